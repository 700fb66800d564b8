//! Writes a union: its variants, the choice of a value's variant, and the variant for unknown
//! values.

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use serde_json::Value;

use super::imports::Imports;
use super::types::{derives, scalar_tokens};
use super::{Emitter, docs, validate};
use crate::doc::{DocText, code, codes, item_as, text};
use crate::ir::{Choice, Kinds, Shape, Test, TypeRef};
use crate::rust::{Type, Union, Variant, asked};

impl Emitter<'_> {
    pub(super) fn union(self, known: &Type, union: &Union, imports: &mut Imports) -> Vec<TokenStream> {
        imports.runtime("model");
        let docs = docs::attributes(&docs::prose(&known.declared.docs, self.about(known)));
        let name = &known.name;
        let derives = derives(known);
        let variants = union.variants.iter().enumerate().map(|(index, variant)| {
            let about = docs::attributes(&self.variant_docs(union, index, variant));
            let shape = self.type_in_models(&variant.declared.shape, known, imports);
            let shape = self.boxed_if_struct(&variant.declared.shape, shape);
            let name = variant.name;
            quote! { #about #name(#shape), }
        });
        let variants: Vec<TokenStream> = variants.collect();
        let choice = choice(union.choice);
        let indexes = (0..union.variants.len()).map(Literal::usize_unsuffixed);
        let views = self.views(union);
        let mut items = vec![
            quote! {
                #docs
                #[derive(Clone, Debug, PartialEq #derives)]
                #[non_exhaustive]
                pub enum #name {
                    #(#variants)*
                    /// A value of no declared variant, kept as received.
                    Unknown(model::AnyJson),
                }
            },
            quote! {
                model::union! {
                    #name { #(#indexes #views,)* }
                    choice { #choice }
                }
            },
        ];
        let mut converted: Vec<&TypeRef> = Vec::new();
        for variant in &union.variants {
            // If two variants have the same type, only the first can have `From`.
            let shape = &variant.declared.shape;
            if converted.iter().any(|known| self.api.are_one_type(known, shape)) {
                continue;
            }
            converted.push(shape);
            items.extend(self.conversion(known, variant, imports));
        }
        items
            .extend(union.variants.iter().find_map(|variant| self.array_conversion(known, variant, imports)));
        items
    }

    /// Returns a row for each variant: its name, and a view if the value needs a tag or has rules.
    fn views(self, union: &Union) -> Vec<TokenStream> {
        let views = union.variants.iter().map(|Variant { declared, name }| {
            let rules = validate::rules(&asked(self.api, &declared.shape, &declared.constraints));
            let tag = declared.written_tag.as_ref().and_then(|(key, tag)| Some((key, constant(tag)?)));
            match (tag, rules) {
                (Some((key, tag)), _) => quote! { #name(value) => model::View::tagged(#key, #tag, value) },
                (None, Some(rules)) => quote! { #name(value) => model::View::Checked(value, #rules) },
                (None, None) => quote! { #name },
            }
        });
        views.collect()
    }

    /// Boxes structs, so that unions are small and may be part of their own variants.
    fn boxed_if_struct(self, shape: &TypeRef, tokens: TokenStream) -> TokenStream {
        if self.is_boxed_variant(shape) {
            quote! { Box<#tokens> }
        } else {
            tokens
        }
    }

    fn is_boxed_variant(self, shape: &TypeRef) -> bool {
        match self.api.unaliased(shape) {
            TypeRef::Named(id) => {
                matches!(
                    self.api.get(*id).map(|known| &known.shape),
                    Some(Shape::Struct(_) | Shape::Union(_))
                )
            }
            TypeRef::Tuple(_) => true,
            _ => false,
        }
    }

    /// Returns `From` for a variant's value.
    fn conversion(self, known: &Type, variant: &Variant, imports: &mut Imports) -> Vec<TokenStream> {
        let (name, variant_name, declared) = (&known.name, variant.name, &variant.declared.shape);
        let shape = self.type_in_models(declared, known, imports);
        let value = if self.is_boxed_variant(declared) {
            quote! { Box::new(value) }
        } else {
            quote! { value }
        };
        let mut items = vec![quote! {
            impl From<#shape> for #name {
                fn from(value: #shape) -> Self { Self::#variant_name(#value) }
            }
        }];
        if self.is_string(declared) {
            items.push(quote! {
                impl From<&str> for #name {
                    fn from(value: &str) -> Self { Self::#variant_name(value.to_owned()) }
                }
            });
        }
        items
    }

    /// Returns `From` for arrays, which converts `["a", "b"]` or `[("key", "value")]` to a variant.
    /// A union has only one of these, because two would be ambiguous.
    fn array_conversion(self, known: &Type, variant: &Variant, imports: &mut Imports) -> Option<TokenStream> {
        let (name, variant_name) = (&known.name, variant.name);
        let (inner, is_map) = match self.api.unaliased(&variant.declared.shape) {
            TypeRef::List(item) => (item, false),
            TypeRef::Map(value) => (value, true),
            _ => return None,
        };
        let shape = self.type_in_models(inner, known, imports);
        let (converted, given) = match self.is_converted(inner) {
            true => (Some(quote! { T: Into<#shape>, }), quote! { T }),
            false => (None, shape),
        };
        Some(if is_map {
            quote! {
                impl<K: Into<String>, #converted const N: usize> From<[(K, #given); N]> for #name {
                    fn from(value: [(K, #given); N]) -> Self { Self::#variant_name(runtime::map(value)) }
                }
            }
        } else {
            quote! {
                impl<#converted const N: usize> From<[#given; N]> for #name {
                    fn from(value: [#given; N]) -> Self { Self::#variant_name(runtime::list(value)) }
                }
            }
        })
    }

    fn variant_docs(self, union: &Union, index: usize, variant: &Variant) -> DocText {
        match union.choice {
            Choice::Tag { key, otherwise, .. } if *otherwise == Some(index) => {
                DocText::line([text("Where "), code(key), text(" names no other variant.")])
            }
            Choice::Tag { key, values, .. } => {
                where_docs(key, values.get(index).map(Vec::as_slice).unwrap_or_default())
            }
            Choice::Tests(tests) => match tests.get(index).and_then(|test| test.member.as_ref()) {
                Some((path, values)) => where_docs(&path.join("."), values),
                None => self.kind_words(&variant.declared.shape),
            },
        }
    }

    /// Returns a value's type in words.
    fn kind_words(self, shape: &TypeRef) -> DocText {
        match shape {
            TypeRef::Named(id) => {
                let name = self.rust.name(*id).to_string();
                DocText::line([item_as(&name, format!("super::{name}")), text(".")])
            }
            TypeRef::List(_) | TypeRef::Tuple(_) => DocText::fixed("A list."),
            TypeRef::Map(_) => DocText::fixed("An object with any keys."),
            TypeRef::Nullable(inner) => self.kind_words(inner),
            TypeRef::Any(_) => DocText::fixed("Any value."),
            TypeRef::Scalar(scalar) => DocText::line([text(match scalar.word() {
                word @ "integer" => format!("An {word}."),
                "uuid" => "A UUID.".to_owned(),
                "base64" => "Bytes as base64.".to_owned(),
                "null" => "Null.".to_owned(),
                word => format!("A {word}."),
            })]),
        }
    }
}

/// Returns which values of a property select a variant.
fn where_docs<T: AsRef<str>>(key: &str, values: &[T]) -> DocText {
    let values = codes(values, " or ");
    let start = [text("Used if "), code(key), text(" is ")];
    DocText::line(start.into_iter().chain(values).chain([text(".")]))
}

/// Returns a tag as a literal, or `None` for a value that cannot be a tag.
fn constant(tag: &Value) -> Option<TokenStream> {
    match tag {
        Value::String(text) => Some(quote! { #text }),
        Value::Bool(flag) => Some(quote! { #flag }),
        Value::Number(number) => {
            let number = Literal::i64_unsuffixed(number.as_i64()?);
            Some(quote! { #number })
        }
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

fn choice(choice: &Choice) -> TokenStream {
    match choice {
        Choice::Tag { key, values, otherwise } => {
            let values = values.iter().map(|values| quote! { &[#(#values),*] });
            let otherwise = otherwise.map(Literal::usize_unsuffixed);
            let otherwise = otherwise.map(|index| quote! { .otherwise(#index) });
            quote! { model::Choice::tag(#key, &[#(#values),*]) #otherwise }
        }
        Choice::Tests(tests) => {
            let tests = tests.iter().map(test);
            quote! { model::Choice::Tests(&[#(#tests),*]) }
        }
    }
}

fn test(test: &Test) -> TokenStream {
    let kinds = if test.kinds == Kinds::ANY {
        quote! { model::Kinds::ANY }
    } else {
        let names = Kinds::EACH.iter().filter(|(kind, _)| kind.meets(test.kinds));
        let mut names = names.map(|(_, name)| quote::format_ident!("{name}"));
        let first = names.next();
        quote! { model::Kinds::#first #(.or(model::Kinds::#names))* }
    };
    let texts = (!test.texts.is_empty()).then(|| {
        let texts = &test.texts;
        quote! { .texts(&[#(#texts),*]) }
    });
    let format = test.format.map(|scalar| {
        let shape = scalar_tokens(scalar, &mut Imports::default());
        quote! { .format(#shape::is_valid) }
    });
    let member = test.member.as_ref().and_then(|(path, texts)| {
        let (key, within) = path.split_last()?;
        let within = (!within.is_empty()).then(|| quote! { .within(&[#(#within),*]) });
        Some(quote! { .member(#key, &[#(#texts),*]) #within })
    });
    let keys = |name: &str, keys: &[String]| {
        let name = quote::format_ident!("{name}");
        (!keys.is_empty()).then(|| quote! { .#name(&[#(#keys),*]) })
    };
    let required = keys("required", &test.required);
    let known = keys("known", &test.known);
    let items = test.items.as_deref().map(self::test);
    let items = items.map(|items| quote! { .items(&#items) });
    quote! { model::Test::of(#kinds) #texts #format #member #required #known #items }
}
