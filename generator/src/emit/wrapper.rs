//! Writes a wrapper: a struct with one field, for a list or map that contains itself.

use proc_macro2::TokenStream;
use quote::quote;

use super::imports::Imports;
use super::{Emitter, docs};
use crate::ir::{Type, TypeId, TypeRef};

impl Emitter<'_> {
    pub(super) fn wrapper(
        self,
        id: TypeId,
        known: &Type,
        inner: &TypeRef,
        imports: &mut Imports,
    ) -> Vec<TokenStream> {
        imports.runtime("model");
        let docs = docs::attributes(&docs::prose(&known.docs, self.about(id, known)));
        let name = self.names.type_name(id);
        let derives = self.derives(id);
        let inner = self.type_in_models(inner, id, imports);
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
