//! Writes an enum of strings or integers, with a variant for unknown values.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use super::imports::Imports;
use super::types::derives;
use super::{Emitter, docs};
use crate::doc::{DocText, code, text};
use crate::ir::Base;
use crate::rust::{Enum, Type};

impl Emitter<'_> {
    pub(super) fn enumeration(self, known: &Type, list: &Enum, imports: &mut Imports) -> Vec<TokenStream> {
        imports.runtime("model");
        let docs = docs::attributes(&docs::prose(&known.declared.docs, self.about(known)));
        let name = &known.name;
        let derives = derives(known);
        let variants: Vec<&Ident> = list.variants.iter().map(|(name, _)| *name).collect();
        let variant_docs = list.variants.iter().map(|(_, symbol)| {
            let value = match symbol.value.as_str() {
                "" => text("The empty string."),
                value => code(value),
            };
            let prose = docs::prose(&symbol.docs, DocText::default());
            docs::attributes(&DocText::join([DocText::line([value]), prose]))
        });
        let (owned, models) = match list.base {
            Base::String => (quote! { String }, quote! { symbols }),
            Base::Integer => (quote! { i64 }, quote! { integers }),
        };
        let values = list.variants.iter().map(|(_, symbol)| literal(list.base, &symbol.value));
        vec![
            quote! {
                #docs
                #[derive(Clone, Debug, PartialEq, Eq, Hash #derives)]
                #[non_exhaustive]
                pub enum #name {
                    #(#variant_docs #variants,)*
                    /// A value that the document does not list, kept as received.
                    Unknown(#owned),
                }
            },
            quote! { model::#models! { #name { #(#variants = #values,)* } } },
        ]
    }
}

fn literal(base: Base, value: &str) -> Literal {
    match value.parse() {
        Ok(number) if base == Base::Integer => Literal::i64_unsuffixed(number),
        _ => Literal::string(value),
    }
}
