//! Emits files of tokens from an [`Api`] with its [`Names`] and [`Plan`].
//!
//! One small file for each kind of output. Invariant: no OpenAPI here, and no identifier that
//! `name` did not create.

mod alias;
mod argument;
mod calls;
mod client;
mod constructor;
mod description;
mod docs;
mod enumeration;
mod examples;
mod foreign;
mod form;
mod imports;
mod library;
mod object;
mod paging;
mod reexports;
mod request;
mod response;
mod tag;
mod types;
mod union;
mod usage;
mod validate;
mod wrapper;

use proc_macro2::{Delimiter, Group, TokenStream};

use crate::ir::Api;
use crate::name::Names;
use crate::plan::Plan;
use crate::{Options, Place};

/// A file of the client: its path in the crate, and its items, which are formatted one by one.
#[derive(Debug)]
pub(crate) struct File {
    pub(crate) path: String,
    /// The file's `//!` lines, as inner attributes.
    pub(crate) docs: TokenStream,
    pub(crate) items: Vec<TokenStream>,
}

/// Writes the whole client and the requested tests. A document without operations gives models
/// only.
pub(crate) fn emit(api: &Api, names: &Names, plan: &Plan, options: &Options, write: &mut dyn FnMut(File)) {
    let library = options.library.as_deref();
    let emitter = Emitter { api, names, plan, place: options.place, library };
    write(emitter.library());
    emitter.models(write);
    if !api.operations.is_empty() {
        write(emitter.client());
        emitter.requests(write);
        if let Some((samples, package)) = &options.calls {
            write(emitter.calls(samples, package));
        }
    }
    if let Some(examples) = options.examples.as_deref().and_then(|library| emitter.examples(library)) {
        write(examples);
    }
}

/// Puts braces around tokens. A group is interpolated without a copy of its tokens.
fn braced(tokens: TokenStream) -> Group {
    Group::new(Delimiter::Brace, tokens)
}

/// The input of every file.
#[derive(Clone, Copy)]
struct Emitter<'a> {
    api: &'a Api,
    names: &'a Names,
    plan: &'a Plan,
    place: Place,
    /// The library's name in Rust code, if it is known.
    library: Option<&'a str>,
}
