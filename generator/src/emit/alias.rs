//! Writes an alias: another name for a list, a map, a scalar or another type.

use proc_macro2::TokenStream;
use quote::quote;

use super::imports::Imports;
use super::{Emitter, docs};
use crate::doc::DocText;
use crate::ir::{Constraints, TypeRef};
use crate::rust::Type;

impl Emitter<'_> {
    pub(super) fn alias(
        self,
        known: &Type,
        aliased: &TypeRef,
        constraints: &Constraints,
        imports: &mut Imports,
    ) -> TokenStream {
        let prose = docs::prose(&known.declared.docs, self.about(known));
        let docs = docs::attributes(&DocText::join([prose, docs::constraints(constraints)]));
        let name = &known.name;
        let aliased = self.type_in_models(aliased, known, imports);
        quote! { #docs pub type #name = #aliased; }
    }
}
