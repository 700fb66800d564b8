//! An enum of strings or integers: its variants, and what was unknown when the document was written.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::imports::Imports;
use super::{Emitter, docs};
use crate::doc::{DocText, code, text};
use crate::ir::{Base, Enum, Type, TypeId};

impl Emitter<'_> {
    pub(super) fn enumeration(
        self,
        id: TypeId,
        known: &Type,
        list: &Enum,
        imports: &mut Imports,
    ) -> Vec<TokenStream> {
        imports.runtime("model");
        let docs = docs::attributes(&docs::prose(&known.docs, self.about(id, known)));
        let name = self.names.type_name(id);
        let variants = self.names.members(id);
        let variant_docs = list.symbols.iter().map(|symbol| {
            let value = match symbol.value.as_str() {
                "" => text("The empty string."),
                value => code(value),
            };
            let prose = docs::prose(&symbol.docs, DocText::default());
            docs::attributes(&DocText::join([DocText::line([value]), prose]))
        });
        let base = Tokens::of(list.base);
        let Tokens { owned, borrowed, getter, known: unknown, from, kept, models } = &base;
        let values: Vec<Literal> =
            list.symbols.iter().map(|symbol| literal(list.base, &symbol.value)).collect();
        vec![
            quote! {
                #docs
                #[derive(Clone, Debug, PartialEq, Eq, Hash)]
                #[non_exhaustive]
                pub enum #name {
                    #(#variant_docs #variants,)*
                    /// A value that the document does not list, kept as it was received.
                    Unknown(#owned),
                }
            },
            quote! {
                impl #name {
                    /// The value as it is sent and received.
                    pub fn #getter(&self) -> #borrowed {
                        match self {
                            #(Self::#variants => #values,)*
                            Self::Unknown(value) => #unknown,
                        }
                    }
                }
            },
            quote! {
                impl From<#from> for #name {
                    fn from(value: #from) -> Self {
                        match value {
                            #(#values => Self::#variants,)*
                            other => Self::Unknown(#kept),
                        }
                    }
                }
            },
            quote! { model::#models!(#name); },
        ]
    }
}

/// What differs between an enum of strings and one of integers.
struct Tokens {
    owned: TokenStream,
    borrowed: TokenStream,
    getter: TokenStream,
    known: TokenStream,
    from: TokenStream,
    kept: TokenStream,
    /// The macro that implements how the enum is read, written and printed.
    models: TokenStream,
}

impl Tokens {
    fn of(base: Base) -> Self {
        match base {
            Base::String => Self {
                owned: quote! { String },
                borrowed: quote! { &str },
                getter: quote! { as_str },
                known: quote! { value },
                from: quote! { &str },
                kept: quote! { other.to_owned() },
                models: quote! { symbols },
            },
            Base::Integer => Self {
                owned: quote! { i64 },
                borrowed: quote! { i64 },
                getter: quote! { as_i64 },
                known: quote! { *value },
                from: quote! { i64 },
                kept: quote! { other },
                models: quote! { integers },
            },
        }
    }
}

fn literal(base: Base, value: &str) -> Literal {
    match value.parse() {
        Ok(number) if base == Base::Integer => Literal::i64_unsuffixed(number),
        _ => Literal::string(value),
    }
}
