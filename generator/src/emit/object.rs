//! A struct: its fields, and the short impls by which it is decoded, encoded and printed.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use serde_json::Value;
use syn::ext::IdentExt;

use super::imports::Imports;
use super::{Emitter, docs};
use crate::doc::{DocText, code, text};
use crate::ir::{Field, Struct, Type, TypeId};
use crate::plan::Presence;

impl Emitter<'_> {
    pub(super) fn object(
        self,
        id: TypeId,
        known: &Type,
        object: &Struct,
        imports: &mut Imports,
    ) -> Vec<TokenStream> {
        imports.runtime("model");
        let mut items = vec![self.declaration(id, known, object, imports)];
        if object.is_personal() {
            imports.std("std::fmt");
            items.push(self.debug(id, object));
        }
        items.extend(self.constructor(id, object, imports));
        items.extend([self.blank(id, object), self.decoding(id, object)]);
        items.extend(self.flattening(id, object, imports));
        items.extend([self.reading(id, object), self.encoding(id, object)]);
        items
    }

    fn declaration(self, id: TypeId, known: &Type, object: &Struct, imports: &mut Imports) -> TokenStream {
        let docs = docs::attributes(&docs::prose(&known.docs, self.about(id, known)));
        let name = self.names.type_name(id);
        let debug = (!object.is_personal()).then(|| quote! { Debug, });
        let default = self.plan.is_default(id, object).then(|| quote! { Default, });
        let fields =
            object.fields.iter().zip(self.names.members(id)).enumerate().map(|(index, (field, name))| {
                let docs = docs::attributes(&field_docs(field, name));
                let shape = self.field_type(id, index, field, imports);
                quote! { #docs pub #name: #shape, }
            });
        let fields: TokenStream = fields.collect();
        let flattened = object.flattened.iter().zip(self.names.flattened(id)).map(|(union, name)| {
            let shape = self.type_in_models(&union.shape, id, imports);
            let shape = if union.optional {
                quote! { Option<#shape> }
            } else {
                shape
            };
            quote! {
                /// What the members besides come to; they stand in the object itself.
                pub #name: #shape,
            }
        });
        let flattened: TokenStream = flattened.collect();
        let additional = object.additional.as_ref().zip(self.names.additional(id)).map(|(values, name)| {
            imports.std("std::collections::BTreeMap");
            let values = self.type_in_models(values, id, imports);
            quote! {
                /// The members that the document does not declare.
                pub #name: BTreeMap<String, #values>,
            }
        });
        let rest = self.rest(id, object).map(|name| {
            quote! {
                /// What was received besides, to be written as it came.
                #name: model::Rest,
            }
        });
        quote! {
            #docs
            #[derive(Clone, #debug #default PartialEq)]
            #[non_exhaustive]
            pub struct #name {
                #fields
                #flattened
                #additional
                #rest
            }
        }
    }

    /// The field that keeps what was received and no other field shows, of a struct that has any such thing.
    pub(super) fn rest(self, id: TypeId, object: &Struct) -> Option<Ident> {
        let is_either = |(index, field)| self.plan.presence(id, index, field) == Presence::Either;
        let keeps = self.keeps_members(id, object) || object.fields.iter().enumerate().any(is_either);
        self.names.rest(id).filter(|_| keeps).cloned()
    }

    /// Whether a struct is received with members that it does not declare.
    fn keeps_members(self, id: TypeId, object: &Struct) -> bool {
        let is_open = !object.closed && object.additional.is_none() && object.flattened.is_empty();
        is_open && self.plan.is_received(id)
    }

    fn field_type(self, id: TypeId, index: usize, field: &Field, imports: &mut Imports) -> TokenStream {
        let mut shape = self.type_in_models(&field.shape, id, imports);
        if self.plan.is_boxed(id, index) {
            shape = quote! { Box<#shape> };
        }
        match self.plan.presence(id, index, field) {
            Presence::Required => shape,
            Presence::Nullable | Presence::Optional | Presence::Either => quote! { Option<#shape> },
            Presence::Tristate => quote! { Option<Option<#shape>> },
        }
    }

    /// `Debug` of a struct that holds what is not to be printed.
    fn debug(self, id: TypeId, object: &Struct) -> TokenStream {
        let name = self.names.type_name(id);
        let text = name.to_string();
        let fields = object.fields.iter().zip(self.names.members(id)).map(|(field, name)| {
            let key = name.unraw().to_string();
            if field.personal {
                quote! { .field(#key, &model::REDACTED) }
            } else {
                quote! { .field(#key, &self.#name) }
            }
        });
        let flattened = self.names.flattened(id).iter().map(|name| {
            let key = name.to_string();
            quote! { .field(#key, &self.#name) }
        });
        let flattened: TokenStream = flattened.collect();
        let additional = self.names.additional(id).map(|name| {
            let key = name.to_string();
            if object.additional_is_personal {
                quote! { .field(#key, &model::REDACTED) }
            } else {
                quote! { .field(#key, &self.#name) }
            }
        });
        quote! {
            impl fmt::Debug for #name {
                fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                    formatter.debug_struct(#text) #(#fields)* #flattened #additional .finish()
                }
            }
        }
    }

    fn blank(self, id: TypeId, object: &Struct) -> TokenStream {
        let name = self.names.type_name(id);
        let body = if self.plan.is_default(id, object) {
            quote! { Self::default() }
        } else {
            let fields =
                object.fields.iter().zip(self.names.members(id)).enumerate().map(|(index, (field, name))| {
                    match self.plan.presence(id, index, field) {
                        Presence::Required => quote! { #name: model::blank(), },
                        _ => quote! { #name: None, },
                    }
                });
            let flattened = self.names.flattened(id).iter().map(|name| quote! { #name: model::blank(), });
            let additional = self.names.additional(id).map(|name| quote! { #name: model::blank(), });
            let rest = self.rest(id, object).map(|name| quote! { #name: model::blank(), });
            quote! { Self { #(#fields)* #(#flattened)* #additional #rest } }
        };
        quote! {
            impl model::Blank for #name {
                fn blank() -> Self { #body }
            }
        }
    }

    fn decoding(self, id: TypeId, object: &Struct) -> TokenStream {
        let name = self.names.type_name(id);
        let required = object.fields.iter().enumerate().filter_map(|(index, field)| {
            (self.plan.presence(id, index, field) == Presence::Required).then_some(field.key.as_str())
        });
        let required: Vec<&str> = required.collect();
        let required = (!required.is_empty())
            .then(|| quote! { const REQUIRED: &'static [&'static str] = &[#(#required),*]; });
        let rest = self.rest(id, object);
        let arms =
            object.fields.iter().zip(self.names.members(id)).enumerate().map(|(index, (field, name))| {
                let key = &field.key;
                match self.plan.presence(id, index, field) {
                    Presence::Tristate => quote! { #key => value.read_some(&mut self.#name), },
                    Presence::Either => {
                        quote! { #key => value.read_null(&mut self.#name, &mut self.#rest), }
                    }
                    _ => quote! { #key => value.read(&mut self.#name), },
                }
            });
        let other = if self.keeps_members(id, object) {
            quote! { value.keep(&mut self.#rest) }
        } else {
            quote! { value.skip() }
        };
        let body = match (self.names.additional(id), object.fields.is_empty()) {
            (Some(values), true) => quote! { value.insert(key, &mut self.#values) },
            (Some(values), false) => {
                quote! { match key { #(#arms)* _ => value.insert(key, &mut self.#values), } }
            }
            (None, true) => quote! { #other },
            (None, false) => quote! { match key { #(#arms)* _ => #other, } },
        };
        let key = if object.fields.is_empty() && self.names.additional(id).is_none() {
            quote! { _key }
        } else {
            quote! { key }
        };
        quote! {
            impl model::Object for #name {
                #required

                fn field<'de, A: model::MapAccess<'de>>(
                    &mut self,
                    #key: &str,
                    value: model::Value<'_, A>,
                ) -> Result<(), A::Error> {
                    #body
                }
            }
        }
    }

    /// The unions among the members, each read from all of them.
    fn flattening(self, id: TypeId, object: &Struct, imports: &mut Imports) -> Option<TokenStream> {
        let (last, others) =
            self.names.flattened(id).split_last().filter(|_| !object.flattened.is_empty())?;
        imports.runtime("serde_json");
        let name = self.names.type_name(id);
        Some(quote! {
            impl model::Flattened for #name {
                fn flatten(&mut self, members: serde_json::Value) -> Result<(), serde_json::Error> {
                    #(self.#others = serde_json::from_value(members.clone())?;)*
                    self.#last = serde_json::from_value(members)?;
                    Ok(())
                }
            }
        })
    }

    fn reading(self, id: TypeId, object: &Struct) -> TokenStream {
        let name = self.names.type_name(id);
        let read = if object.flattened.is_empty() {
            quote! { read }
        } else {
            quote! { read_flattened }
        };
        quote! {
            impl<'de> model::Deserialize<'de> for #name {
                fn deserialize<D: model::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                    model::#read(deserializer)
                }
            }
        }
    }

    fn encoding(self, id: TypeId, object: &Struct) -> TokenStream {
        let name = self.names.type_name(id);
        let rest = self.rest(id, object);
        let writes =
            object.fields.iter().zip(self.names.members(id)).enumerate().map(|(index, (field, name))| {
                let key = &field.key;
                match self.plan.presence(id, index, field) {
                    Presence::Required => quote! { object.required(#key, &self.#name)?; },
                    Presence::Nullable => quote! { object.nullable(#key, &self.#name)?; },
                    Presence::Optional | Presence::Tristate => {
                        quote! { object.optional(#key, &self.#name)?; }
                    }
                    Presence::Either => {
                        quote! { object.optional_null(#key, &self.#name, &self.#rest)?; }
                    }
                }
            });
        let own: Vec<&str> = object.fields.iter().map(|field| field.key.as_str()).collect();
        let flattened = self.names.flattened(id).iter();
        let flattened = flattened.map(|name| quote! { object.flattened(&self.#name, &[#(#own),*])?; });
        let flattened: TokenStream = flattened.collect();
        let additional = self.names.additional(id).map(|name| quote! { object.additional(&self.#name)?; });
        let kept = self.keeps_members(id, object).then(|| quote! { object.rest(&self.#rest)?; });
        let is_written =
            !object.fields.is_empty() || !flattened.is_empty() || additional.is_some() || kept.is_some();
        let mutable = is_written.then(|| quote! { mut });
        quote! {
            impl model::Serialize for #name {
                fn serialize<S: model::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                    let #mutable object = model::Writer::new(serializer)?;
                    #(#writes)*
                    #flattened
                    #additional
                    #kept
                    object.end()
                }
            }
        }
    }
}

fn field_docs(field: &Field, name: &Ident) -> DocText {
    let default = field.default.as_ref().filter(|value| !value.is_null()).map(|value| {
        let default = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        if matches!(value, Value::Object(_) | Value::Array(_)) && default.len() > 80 {
            DocText::fixed("Has a default.")
        } else {
            DocText::line([text("Default: "), code(default), text(".")])
        }
    });
    let is_same = name.unraw() == field.key.as_str();
    let otherwise = if is_same { vec![] } else { vec![code(&field.key), text(" in JSON.")] };
    DocText::join([
        docs::prose(&field.docs, DocText::line(otherwise)),
        docs::constraints(&field.constraints),
        default.unwrap_or_default(),
    ])
}
