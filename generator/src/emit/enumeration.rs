//! An enum of strings: its variants, and what was unknown when the document was written.

use proc_macro2::TokenStream;
use quote::quote;

use super::imports::Imports;
use super::{Emitter, docs};
use crate::ir::{Enum, Type, TypeId};

impl Emitter<'_> {
    pub(super) fn enumeration(
        self,
        id: TypeId,
        known: &Type,
        list: &Enum,
        imports: &mut Imports,
    ) -> Vec<TokenStream> {
        imports.runtime("model");
        imports.std("std::fmt");
        let docs = docs::attributes(&docs::prose(&known.docs, &self.about(id, known)));
        let name = self.names.type_name(id);
        let variants = self.names.members(id);
        let values: Vec<&str> = list.symbols.iter().map(|symbol| symbol.value.as_str()).collect();
        let variant_docs = values.iter().map(|value| match *value {
            "" => " The empty string.".to_owned(),
            value => format!(" {}", docs::code(value)),
        });
        vec![
            quote! {
                #docs
                #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
                #[non_exhaustive]
                pub enum #name {
                    #(#[doc = #variant_docs] #variants,)*
                    /// A value that the document does not list, kept as it was received.
                    Unknown(String),
                }
            },
            quote! {
                impl #name {
                    /// The value as it is sent and received.
                    pub fn as_str(&self) -> &str {
                        match self {
                            #(Self::#variants => #values,)*
                            Self::Unknown(value) => value,
                        }
                    }
                }
            },
            quote! {
                impl From<&str> for #name {
                    fn from(value: &str) -> Self {
                        match value {
                            #(#values => Self::#variants,)*
                            other => Self::Unknown(other.to_owned()),
                        }
                    }
                }
            },
            quote! {
                impl fmt::Display for #name {
                    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                        formatter.write_str(self.as_str())
                    }
                }
            },
            quote! {
                impl model::Blank for #name {
                    fn blank() -> Self { Self::Unknown(String::new()) }
                }
            },
            quote! {
                impl<'de> model::Deserialize<'de> for #name {
                    fn deserialize<D: model::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                        model::read_symbol(deserializer)
                    }
                }
            },
            quote! {
                impl model::Serialize for #name {
                    fn serialize<S: model::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                        serializer.serialize_str(self.as_str())
                    }
                }
            },
        ]
    }
}
