//! Writes a struct: its fields, and the table from which the runtime encodes and decodes them.

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use serde_json::Value;
use syn::ext::IdentExt;

use super::imports::Imports;
use super::types::derives;
use super::{Chunk, Emitter, braced, docs, validate};
use crate::doc::{DocText, code, text};
use crate::ir;
use crate::rust::{Field, Flattened, Presence, Struct, Type, asked, asked_of_struct};

impl Emitter<'_> {
    pub(super) fn object(self, known: &Type, object: &Struct, imports: &mut Imports) -> Vec<Chunk> {
        imports.runtime("model");
        let mut chunks = vec![Chunk::Tokens(self.declaration(known, object, imports))];
        chunks.extend(self.constructor(known, object, imports));
        chunks.push(Chunk::Tokens(self.rows(known, object)));
        chunks
    }

    fn declaration(self, known: &Type, object: &Struct, imports: &mut Imports) -> TokenStream {
        let docs = docs::attributes(&docs::prose(&known.declared.docs, self.about(known)));
        let name = &known.name;
        let default = object.is_default.then(|| quote! { , Default });
        let derives = derives(known);
        let mut members = TokenStream::new();
        for field in &object.fields {
            let docs = docs::attributes(&field_docs(field));
            let (name, shape) = (field.name, self.field_type(known, field, imports));
            members.extend(quote! { #docs pub #name: #shape, });
        }
        for Flattened { declared, name } in &object.flattened {
            let mut shape = self.type_in_models(&declared.shape, known, imports);
            if declared.optional {
                shape = quote! { Option<#shape> };
            }
            members.extend(quote! {
                /// The part of this object that can be of several types. Its properties are inlined in the JSON.
                pub #name: #shape,
            });
        }
        if let Some((name, values)) = object.additional {
            imports.std("std::collections::BTreeMap");
            let values = self.type_in_models(values, known, imports);
            members.extend(quote! {
                /// Properties that the document does not declare.
                pub #name: BTreeMap<String, #values>,
            });
        }
        if let Some(name) = object.rest {
            members.extend(quote! {
                /// Undeclared properties and nulls, kept so that the value round-trips.
                #name: model::Rest,
            });
        }
        let members = braced(members);
        quote! {
            #docs
            #[derive(Clone #default #derives)]
            #[non_exhaustive]
            pub struct #name #members
        }
    }

    fn field_type(self, known: &Type, field: &Field, imports: &mut Imports) -> TokenStream {
        let mut shape = self.type_in_models(&field.declared.shape, known, imports);
        if field.is_boxed {
            shape = quote! { Box<#shape> };
        }
        match field.presence {
            Presence::Required => shape,
            Presence::Nullable | Presence::Optional | Presence::Either => quote! { Option<#shape> },
            Presence::Tristate => quote! { Option<Option<#shape>> },
        }
    }

    /// Returns the macro call that implements the model, with a row for each field.
    fn rows(self, known: &Type, object: &Struct) -> TokenStream {
        let name = &known.name;
        let mut indexes = (0..).map(Literal::usize_unsuffixed);
        let fields = object.fields.iter().zip(&mut indexes).map(|(field, index)| {
            let Field { declared, name, .. } = field;
            let key = &declared.key;
            let presence = match field.presence {
                Presence::Required => quote! { required },
                Presence::Nullable => quote! { nullable },
                Presence::Optional | Presence::Either | Presence::Tristate => quote! { optional },
            };
            let redacted = declared.personal.then(|| quote! { .redacted() });
            let rules = validate::rules(&asked(self.api, &declared.shape, &declared.constraints));
            let rules = rules.map(|rules| quote! { .rules(#rules) });
            quote! { #index #name: #presence(#key) #redacted #rules, }
        });
        let fields = braced(fields.collect());
        let parts = object.flattened.iter().zip(&mut indexes).map(|(part, index)| {
            let name = part.name;
            quote! { #index #name, }
        });
        let parts: TokenStream = parts.collect();
        let parts = (!parts.is_empty()).then(|| quote! { parts { #parts } });
        let map =
            object.additional.zip(indexes.next()).map(|((name, _), index)| quote! { map { #index #name } });
        let rest = object.rest.map(|name| quote! { rest { #name } });
        let table = self.options(object.declared);
        let table = (!table.is_empty()).then(|| quote! { table { #table } });
        quote! {
            model::object! { #name #fields #parts #map #rest #table }
        }
    }

    /// Returns the options of the object itself.
    fn options(self, object: &ir::Struct) -> TokenStream {
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

/// Returns the documentation of a field: its description, constraints and default.
fn field_docs(Field { declared, name, .. }: &Field) -> DocText {
    let default = declared.default.as_ref().filter(|value| !value.is_null()).map(|value| {
        let default = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        if matches!(value, Value::Object(_) | Value::Array(_)) && default.len() > 80 {
            DocText::fixed("Has a default.")
        } else {
            DocText::line([text("Default: "), code(default), text(".")])
        }
    });
    let is_same = name.unraw() == declared.key.as_str();
    let otherwise = if is_same { vec![] } else { vec![code(&declared.key), text(" in JSON.")] };
    DocText::join([
        docs::prose(&declared.docs, DocText::line(otherwise)),
        docs::constraints(&declared.constraints),
        default.unwrap_or_default(),
    ])
}
