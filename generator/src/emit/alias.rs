//! Writes an alias: another name for a list, a map, a scalar or another type.

use proc_macro2::TokenStream;
use quote::quote;

use super::imports::Imports;
use super::{Emitter, docs};
use crate::doc::DocText;
use crate::ir::{Constraints, Type, TypeId, TypeRef};

impl Emitter<'_> {
    pub(super) fn alias(
        self,
        id: TypeId,
        known: &Type,
        aliased: &TypeRef,
        constraints: &Constraints,
        imports: &mut Imports,
    ) -> TokenStream {
        let prose = docs::prose(&known.docs, self.about(id, known));
        let docs = docs::attributes(&DocText::join([prose, docs::constraints(constraints)]));
        let name = self.names.type_name(id);
        let aliased = self.type_in_models(aliased, id, imports);
        quote! { #docs pub type #name = #aliased; }
    }
}
