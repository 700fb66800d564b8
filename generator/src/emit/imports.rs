//! Collects the names that a file's items use, and writes its `use` items.

use std::collections::BTreeSet;

use proc_macro2::{Ident, TokenStream};
use quote::quote;

/// The names that a file uses, by origin.
#[derive(Debug, Default)]
pub(super) struct Imports {
    runtime: BTreeSet<Ident>,
    std: BTreeSet<&'static str>,
    siblings: BTreeSet<Ident>,
    /// True if the file refers to models by `models::`.
    pub(super) models: bool,
}

impl Imports {
    /// Adds a module or type of `runtime`.
    pub(super) fn runtime(&mut self, name: &str) {
        self.runtime.insert(Ident::new(name, proc_macro2::Span::call_site()));
    }

    /// Adds a path below `std`.
    pub(super) fn std(&mut self, path: &'static str) {
        self.std.insert(path);
    }

    /// Adds a type of another file in the same folder.
    pub(super) fn sibling(&mut self, name: Ident) {
        self.siblings.insert(name);
    }

    /// Returns the `use` items, as one block.
    pub(super) fn items(&self) -> TokenStream {
        let one_or_more = |from: TokenStream, names: &BTreeSet<Ident>| match names.len() {
            0 => TokenStream::new(),
            1 => quote! { use #from::#(#names)*; },
            _ => quote! { use #from::{#(#names),*}; },
        };
        let std = self.std.iter().filter_map(|path| path.parse::<TokenStream>().ok());
        let runtime = one_or_more(quote! { runtime }, &self.runtime);
        let siblings = one_or_more(quote! { super }, &self.siblings);
        quote! { #(use #std;)* #runtime #siblings }
    }
}
