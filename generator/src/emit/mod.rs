//! Emits the source files of a client, as tokens, from a [`Crate`].
//!
//! Each submodule emits one kind of item. Invariants: nothing here reads the OpenAPI document, and
//! the identifiers of its items come from `name`.

mod alias;
mod argument;
mod calls;
mod client;
mod constructor;
mod description;
mod docs;
mod enumeration;
mod examples;
mod file;
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
use crate::rust::Crate;
pub(crate) use file::{Chunk, File};

/// Writes the whole client. A document without operations gives models only.
pub(crate) fn emit(rust: &Crate, write: &mut dyn FnMut(File)) {
    let emitter = Emitter::new(rust);
    write(emitter.library());
    emitter.models(write);
    if !rust.operations.is_empty() {
        write(emitter.client());
        emitter.requests(write);
    }
}

/// Returns the file of a test that round-trips the document's examples, or `None` if there are no
/// examples.
pub(crate) fn examples(rust: &Crate, library: &str) -> Option<File> {
    Emitter::new(rust).examples(library)
}

/// Returns the file of a test that calls each operation with sample values, or `None` if there are
/// no operations.
pub(crate) fn calls(rust: &Crate, samples: &serde_json::Value, package: &str) -> Option<File> {
    (!rust.operations.is_empty()).then(|| Emitter::new(rust).calls(samples, package))
}

/// Puts braces around tokens. A group is interpolated without a copy of its tokens.
fn braced(tokens: TokenStream) -> Group {
    Group::new(Delimiter::Brace, tokens)
}

/// The input of every file.
#[derive(Clone, Copy)]
struct Emitter<'a> {
    rust: &'a Crate<'a>,
    api: &'a Api,
}

impl<'a> Emitter<'a> {
    fn new(rust: &'a Crate<'a>) -> Self {
        Self { rust, api: rust.api }
    }
}
