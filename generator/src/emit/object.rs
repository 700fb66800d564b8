//! Writes a struct: its fields, and the table from which the runtime encodes and decodes them.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;
use serde_json::Value;
use syn::ext::IdentExt;

use super::imports::Imports;
use super::{Emitter, braced, docs, validate};
use crate::doc::{DocText, code, text};
use crate::ir::{Field, Struct, Type, TypeId};
use crate::plan::{Presence, asked, asked_of_struct};

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
        items.extend(self.constructor(id, object, imports));
        items.push(self.rows(id, object));
        items
    }

    fn declaration(self, id: TypeId, known: &Type, object: &Struct, imports: &mut Imports) -> TokenStream {
        let docs = docs::attributes(&docs::prose(&known.docs, self.about(id, known)));
        let name = self.names.type_name(id);
        let default = self.plan.is_default(id, object).then(|| quote! { , Default });
        let derives = self.derives(id);
        let fields =
            object.fields.iter().zip(self.names.members(id)).enumerate().map(|(index, (field, name))| {
                let docs = docs::attributes(&field_docs(field, name));
                let shape = self.field_type(id, index, field, imports);
                quote! { #docs pub #name: #shape, }
            });
        let mut members: TokenStream = fields.collect();
        let flattened = object.flattened.iter().zip(self.names.flattened(id)).map(|(union, name)| {
            let shape = self.type_in_models(&union.shape, id, imports);
            let shape = if union.optional {
                quote! { Option<#shape> }
            } else {
                shape
            };
            quote! {
                /// The part of this object that can be of several types. Its properties are inlined in the JSON.
                pub #name: #shape,
            }
        });
        members.extend(flattened.collect::<Vec<_>>());
        let additional = object.additional.as_ref().zip(self.names.additional(id)).map(|(values, name)| {
            imports.std("std::collections::BTreeMap");
            let values = self.type_in_models(values, id, imports);
            quote! {
                /// Properties that the document does not declare.
                pub #name: BTreeMap<String, #values>,
            }
        });
        let rest = self.rest(id, object).map(|name| {
            quote! {
                /// Undeclared properties and nulls, kept so that the value round-trips.
                #name: model::Rest,
            }
        });
        members.extend(additional.into_iter().chain(rest));
        let members = braced(members);
        quote! {
            #docs
            #[derive(Clone #default #derives)]
            #[non_exhaustive]
            pub struct #name #members
        }
    }

    /// Returns the field for undeclared properties and nulls, if the struct keeps any.
    pub(super) fn rest(self, id: TypeId, object: &Struct) -> Option<Ident> {
        self.names.rest(id).filter(|_| self.plan.keeps_rest(id, object)).cloned()
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

    /// Returns the macro call that implements the model, with a row for each field.
    fn rows(self, id: TypeId, object: &Struct) -> TokenStream {
        let name = self.names.type_name(id);
        let members = self.names.members(id);
        let fields = object.fields.iter().zip(members).enumerate().map(|(index, (field, member))| {
            let key = &field.key;
            let presence = match self.plan.presence(id, index, field) {
                Presence::Required => quote! { required },
                Presence::Nullable => quote! { nullable },
                Presence::Optional | Presence::Either | Presence::Tristate => quote! { optional },
            };
            let redacted = field.personal.then(|| quote! { .redacted() });
            let rules = validate::rules(&asked(self.api, &field.shape, &field.constraints));
            let rules = rules.map(|rules| quote! { .rules(#rules) });
            let index = Literal::usize_unsuffixed(index);
            quote! { #index #member: #presence(#key) #redacted #rules, }
        });
        let fields = braced(fields.collect());
        let first = members.len();
        let parts = self.names.flattened(id);
        let indexes = (first..).map(Literal::usize_unsuffixed);
        let part_rows = (!parts.is_empty()).then(|| quote! { parts { #(#indexes #parts,)* } });
        let map = self.names.additional(id).map(|name| {
            let index = Literal::usize_unsuffixed(first + parts.len());
            quote! { map { #index #name } }
        });
        let rest = self.rest(id, object).map(|name| quote! { rest { #name } });
        let table = self.options(object);
        let table = (!table.is_empty()).then(|| quote! { table { #table } });
        quote! {
            model::object! { #name #fields #part_rows #map #rest #table }
        }
    }

    /// Returns the options of the object itself.
    fn options(self, object: &Struct) -> TokenStream {
        let closed = (!object.keeps_members() && object.additional.is_none()).then(|| quote! { .closed() });
        let additional = object.additional.as_ref().map(|values| {
            let kind = if object.additional_is_personal {
                quote! { .redacted_additional() }
            } else {
                quote! { .additional() }
            };
            let rules = validate::rules(&asked(self.api, values, &object.additional_constraints));
            let rules = rules.map(|rules| quote! { .additional_rules(#rules) });
            quote! { #kind #rules }
        });
        let rules = validate::rules(&asked_of_struct(object)).map(|rules| quote! { .rules(#rules) });
        quote! { #closed #additional #rules }
    }
}

/// Returns true if a struct keeps undeclared properties in its `rest` field. A map or a flattened
/// union keeps them otherwise.
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
