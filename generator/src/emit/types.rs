//! Writes types as tokens, and the folder of models: one file for each type and its inline types.

use std::collections::BTreeMap;

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::imports::Imports;
use super::{Chunk, Emitter, File, docs};
use crate::doc::{DocText, code, item, text};
use crate::ir::{Origin, Scalar, TypeRef};
use crate::rust::{Item, Type};

impl Emitter<'_> {
    /// Writes `src/models/`: a file for each component and each type of an operation.
    pub(super) fn models(self, write: &mut dyn FnMut(File)) {
        let mut groups: BTreeMap<&Ident, Vec<&Type>> = BTreeMap::new();
        for known in &self.rust.types {
            if let Some(module) = known.module {
                groups.entry(module).or_default().push(known);
            }
        }
        let modules = groups.iter().map(|(module, types)| {
            let gate = types.first().and_then(|known| gate(known));
            let mut names: Vec<&Ident> = types.iter().map(|known| &known.name).collect();
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
        write(File::new("src/models/mod.rs".to_owned(), docs::inner_attributes(&about), index));
        groups.iter().for_each(|(module, types)| write(self.model_file(module, types)));
    }

    fn model_file(self, module: &Ident, types: &[&Type]) -> File {
        let mut imports = Imports::default();
        let mut chunks = Vec::new();
        for known in types {
            let items = match &known.item {
                Item::Struct(object) => {
                    chunks.extend(self.object(known, object, &mut imports));
                    continue;
                }
                Item::Enum(list) => self.enumeration(known, list, &mut imports),
                Item::Union(union) => self.union(known, union, &mut imports),
                Item::Wrapper(inner) => self.wrapper(known, inner, &mut imports),
                Item::Foreign(path) => vec![self.foreign(known, path, &mut imports)],
                Item::Alias(aliased, constraints) => {
                    vec![self.alias(known, aliased, constraints, &mut imports)]
                }
            };
            chunks.extend(items.into_iter().map(Chunk::Tokens));
        }
        chunks.insert(0, Chunk::Tokens(imports.items()));
        chunks.retain(|chunk| !chunk.is_empty());
        File { path: format!("src/models/{module}.rs"), docs: TokenStream::new(), chunks }
    }

    /// Returns the documentation of a type that the document does not describe: its place in the
    /// document.
    pub(super) fn about(self, known: &Type) -> DocText {
        match &known.declared.origin {
            Origin::Component(key) if known.name == key.as_str() => DocText::default(),
            Origin::Component(key) => DocText::line([code(key), text(" in the document.")]),
            Origin::Within(parent, words) => {
                let (what, inside) = match words.rsplit_once(' ').unwrap_or(("", words)) {
                    (inside, "item") => ("One item", inside),
                    (inside, "value") => ("One value", inside),
                    _ => ("The value", words.as_str()),
                };
                let start = text(format!("{what} "));
                let inside = (!inside.is_empty()).then(|| [text("of "), code(inside), text(" ")]);
                let parent = item(self.rust.name(*parent).to_string());
                let inlines = [start].into_iter().chain(inside.into_iter().flatten());
                DocText::line(inlines.chain([text("in "), parent, text(".")]))
            }
            Origin::Operation(id, words) => {
                DocText::line([text(format!("The {words} of ")), code(id), text(".")])
            }
        }
    }

    /// Returns a type for use in the file of the model `user`.
    pub(super) fn type_in_models(self, shape: &TypeRef, user: &Type, imports: &mut Imports) -> TokenStream {
        let named = shape.named().into_iter().filter_map(|id| self.rust.get(id));
        for known in named.filter(|known| known.owner != user.owner) {
            imports.sibling(known.name.clone());
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
                let name = self.rust.name(*id);
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
                imports.runtime("model");
                quote! { model::AnyJson }
            }
        }
    }
}

/// Returns the condition under which a model is compiled, if there is one.
fn gate(known: &Type) -> Option<TokenStream> {
    match known.features.as_slice() {
        [] => None,
        [one] => Some(quote! { #[cfg(feature = #one)] }),
        features => Some(quote! { #[cfg(any(#(feature = #features),*))] }),
    }
}

/// Returns the traits that the caller configured, as further entries of a list of derives.
pub(super) fn derives(known: &Type) -> TokenStream {
    // `plan` has checked that each path parses.
    let paths = known.derives.iter().filter_map(|path| path.parse::<TokenStream>().ok());
    paths.map(|path| quote! { , #path }).collect()
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
