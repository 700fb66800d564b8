//! Writes an alias for the caller's own type: the runtime's wrapper of that type.

use proc_macro2::TokenStream;
use quote::quote;

use super::imports::Imports;
use super::{Emitter, docs};
use crate::rust::Type;

impl Emitter<'_> {
    pub(super) fn foreign(self, known: &Type, path: &str, imports: &mut Imports) -> TokenStream {
        imports.runtime("model");
        let docs = docs::attributes(&docs::prose(&known.declared.docs, self.about(known)));
        let name = &known.name;
        // `replace` has checked that the type parses.
        let path: TokenStream = path.parse().unwrap_or_default();
        quote! { #docs pub type #name = model::Foreign<#path>; }
    }
}
