//! Writes a wrapper: a struct with one field, for a list or map that contains itself.

use proc_macro2::TokenStream;
use quote::quote;

use super::imports::Imports;
use super::types::derives;
use super::{Emitter, docs};
use crate::ir::TypeRef;
use crate::rust::Type;

impl Emitter<'_> {
    pub(super) fn wrapper(self, known: &Type, inner: &TypeRef, imports: &mut Imports) -> Vec<TokenStream> {
        imports.runtime("model");
        let docs = docs::attributes(&docs::prose(&known.declared.docs, self.about(known)));
        let name = &known.name;
        let derives = derives(known);
        let inner = self.type_in_models(inner, known, imports);
        vec![
            quote! {
                #docs
                #[derive(Clone, Debug, Default, PartialEq #derives)]
                pub struct #name(pub #inner);
            },
            quote! { model::wrappers!(#name); },
        ]
    }
}
