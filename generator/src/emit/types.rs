//! Writes types as tokens, and the folder of models: one file for each type and its inline types.

use std::collections::BTreeMap;

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::imports::Imports;
use super::{Emitter, File, docs};
use crate::doc::{DocText, code, item, text};
use crate::ir::{Origin, Scalar, Shape, Type, TypeId, TypeRef};

impl Emitter<'_> {
    /// Writes `src/models/`: a file for each component and each type of an operation.
    pub(super) fn models(self, write: &mut dyn FnMut(File)) {
        let mut groups: BTreeMap<&Ident, Vec<(TypeId, &Type)>> = BTreeMap::new();
        for (id, known) in self.api.types() {
            if let Some(module) = self.names.module(self.owner(id)) {
                groups.entry(module).or_default().push((id, known));
            }
        }
        let modules = groups.iter().map(|(module, types)| {
            let gate = types.first().and_then(|(id, _)| self.gate(self.owner(*id)));
            let mut names: Vec<Ident> = types.iter().map(|(id, _)| self.names.type_name(*id)).collect();
            names.sort();
            let uses = match names.as_slice() {
                [only] => quote! { #gate pub use #module::#only; },
                names => quote! { #gate pub use #module::{#(#names),*}; },
            };
            (quote! { #gate mod #module; }, uses)
        });
        let (modules, uses): (Vec<TokenStream>, Vec<TokenStream>) = modules.unzip();
        let mut index = vec![quote! { #(#modules)* }, quote! { #(#uses)* }];
        index.retain(|item| !item.is_empty());
        let about = DocText::fixed(if self.api.operations.is_empty() {
            "The data that the API sends and receives.\n\n\
             Structs are `#[non_exhaustive]`, because the API may add fields. Create types that are sent with `new` and \
             setters. Other types come from decoding, or from `Default` if they have no required fields."
        } else {
            "The data that the API sends and receives.\n\n\
             Structs are `#[non_exhaustive]`, because the API may add fields. Create types that are sent with `new` and \
             setters. Other types come from decoding, or from `Default` if they have no required fields. In \
             tests, `testing::sample` creates any type."
        });
        write(File {
            path: "src/models/mod.rs".to_owned(),
            docs: docs::inner_attributes(&about),
            items: index,
        });
        groups.iter().for_each(|(module, types)| write(self.model_file(module, types)));
    }

    /// Returns the condition under which a type is compiled, if there is one.
    fn gate(self, id: TypeId) -> Option<TokenStream> {
        let tags = self.plan.gates.get(&id)?;
        let features = tags.iter().filter_map(|tag| self.names.tag(tag)).map(|names| &names.feature);
        match features.collect::<Vec<_>>().as_slice() {
            [] => None,
            [one] => Some(quote! { #[cfg(feature = #one)] }),
            features => Some(quote! { #[cfg(any(#(feature = #features),*))] }),
        }
    }

    fn model_file(self, module: &Ident, types: &[(TypeId, &Type)]) -> File {
        let mut imports = Imports::default();
        let mut items = Vec::new();
        for (id, known) in types {
            items.extend(match &known.shape {
                Shape::Struct(object) => self.object(*id, known, object, &mut imports),
                Shape::Enum(list) => self.enumeration(*id, known, list, &mut imports),
                Shape::Union(union) => self.union(*id, known, union, &mut imports),
                Shape::Wrapper(inner) => self.wrapper(*id, known, inner, &mut imports),
                Shape::Foreign(path) => vec![self.foreign(*id, known, path, &mut imports)],
                Shape::Alias(aliased, constraints) => {
                    vec![self.alias(*id, known, aliased, constraints, &mut imports)]
                }
            });
        }
        items.insert(0, imports.items());
        items.retain(|item| !item.is_empty());
        File { path: format!("src/models/{module}.rs"), docs: TokenStream::new(), items }
    }

    /// Returns the traits that the caller configured, as further entries of a list of derives.
    pub(super) fn derives(self, id: TypeId) -> TokenStream {
        // `plan` has checked that each path parses.
        let paths = self.plan.derives(id).iter().filter_map(|path| path.parse::<TokenStream>().ok());
        paths.map(|path| quote! { , #path }).collect()
    }

    /// Returns the type that owns the file of a type.
    fn owner(self, id: TypeId) -> TypeId {
        match self.api.get(id).map(|known| &known.origin) {
            Some(Origin::Within(parent, _)) => self.owner(*parent),
            _ => id,
        }
    }

    /// Returns the documentation of a type that the document does not describe: its place in the
    /// document.
    pub(super) fn about(self, id: TypeId, known: &Type) -> DocText {
        match &known.origin {
            Origin::Component(key) if self.names.type_name(id) == key.as_str() => DocText::default(),
            Origin::Component(key) => DocText::line([code(key), text(" in the document.")]),
            Origin::Within(parent, words) => {
                let (what, inside) = match words.rsplit_once(' ').unwrap_or(("", words)) {
                    (inside, "item") => ("One item", inside),
                    (inside, "value") => ("One value", inside),
                    _ => ("The value", words.as_str()),
                };
                let start = text(format!("{what} "));
                let inside = (!inside.is_empty()).then(|| [text("of "), code(inside), text(" ")]);
                let parent = item(self.names.type_name(*parent).to_string());
                let inlines = [start].into_iter().chain(inside.into_iter().flatten());
                DocText::line(inlines.chain([text("in "), parent, text(".")]))
            }
            Origin::Operation(id, words) => {
                DocText::line([text(format!("The {words} of ")), code(id), text(".")])
            }
        }
    }

    /// Returns a type for use in the file of the type `user`.
    pub(super) fn type_in_models(self, shape: &TypeRef, user: TypeId, imports: &mut Imports) -> TokenStream {
        for id in shape.named().into_iter().filter(|id| self.owner(*id) != self.owner(user)) {
            imports.sibling(self.names.type_name(id));
        }
        self.type_tokens(shape, &TokenStream::new(), imports)
    }

    /// Returns a type whose models have the path `prefix`.
    pub(super) fn type_tokens(
        self,
        shape: &TypeRef,
        prefix: &TokenStream,
        imports: &mut Imports,
    ) -> TokenStream {
        match shape {
            TypeRef::Named(id) => {
                imports.models |= !prefix.is_empty();
                let name = self.names.type_name(*id);
                quote! { #prefix #name }
            }
            TypeRef::List(inner) => {
                let inner = self.type_tokens(inner, prefix, imports);
                quote! { Vec<#inner> }
            }
            TypeRef::Map(inner) => {
                imports.std("std::collections::BTreeMap");
                let inner = self.type_tokens(inner, prefix, imports);
                quote! { BTreeMap<String, #inner> }
            }
            TypeRef::Nullable(inner) => {
                let inner = self.type_tokens(inner, prefix, imports);
                quote! { Option<#inner> }
            }
            TypeRef::Scalar(scalar) => scalar_tokens(*scalar, imports),
            TypeRef::Tuple(items) => {
                let items: Vec<TokenStream> =
                    items.iter().map(|item| self.type_tokens(item, prefix, imports)).collect();
                quote! { (#(#items,)*) }
            }
            TypeRef::Any(_) => {
                imports.runtime("serde_json");
                quote! { serde_json::Value }
            }
        }
    }
}

pub(super) fn scalar_tokens(scalar: Scalar, imports: &mut Imports) -> TokenStream {
    match scalar {
        Scalar::String => quote! { String },
        Scalar::Bool => quote! { bool },
        Scalar::I64 => quote! { i64 },
        Scalar::U64 => quote! { u64 },
        Scalar::F64 => quote! { f64 },
        Scalar::DateTime => {
            imports.runtime("model");
            quote! { model::DateTime }
        }
        Scalar::Date => {
            imports.runtime("model");
            quote! { model::Date }
        }
        Scalar::Uuid => {
            imports.runtime("model");
            quote! { model::Uuid }
        }
        Scalar::Rfc2822 => {
            imports.runtime("model");
            quote! { model::Rfc2822 }
        }
        Scalar::UnixTime => {
            imports.runtime("model");
            quote! { model::UnixTime }
        }
        Scalar::Base64 => {
            imports.runtime("model");
            quote! { model::Base64 }
        }
        Scalar::Number => {
            imports.runtime("model");
            quote! { model::Number }
        }
        Scalar::Null => quote! { () },
    }
}
