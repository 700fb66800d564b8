//! Arguments: a parameter's or a body's type in, what a caller gives for it and how it is handed on out.
//!
//! The one rule: what is copied as cheaply as a pointer is taken by value, all else is borrowed.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::imports::Imports;
use super::{Emitter, docs};
use crate::doc::{DocText, code, text};
use crate::ir::{Location, Parameter, Scalar, Shape, Style, StyleKind, TypeRef};

/// How an argument is taken.
pub(super) struct Argument {
    /// The type that a caller gives.
    pub(super) shape: TokenStream,
    /// It is a `&str`.
    pub(super) is_text: bool,
    /// It is a reference already.
    pub(super) is_borrowed: bool,
    /// What it is made into.
    pub(super) into: Option<TokenStream>,
}

impl Argument {
    /// A reference to the value of the argument `name`.
    pub(super) fn reference(&self, name: &Ident) -> TokenStream {
        match &self.into {
            _ if self.is_borrowed => quote! { #name },
            Some(shape) => quote! { &Into::<#shape>::into(#name) },
            None => quote! { &#name },
        }
    }
}

impl Emitter<'_> {
    /// How a value of this type is taken.
    pub(super) fn argument(self, shape: &TypeRef, imports: &mut Imports) -> Argument {
        let models = quote! { models:: };
        let (shape, is_borrowed) = match self.api.unaliased(shape) {
            TypeRef::Scalar(Scalar::String) => {
                return Argument { shape: quote! { &str }, is_text: true, is_borrowed: true, into: None };
            }
            TypeRef::Scalar(scalar) if scalar.is_formatted() => {
                let into = self.type_tokens(shape, &models, imports);
                let shape = quote! { impl Into<#into> };
                return Argument { shape, is_text: false, is_borrowed: false, into: Some(into) };
            }
            TypeRef::Scalar(scalar) if is_copied(*scalar) => {
                (self.type_tokens(shape, &models, imports), false)
            }
            TypeRef::Nullable(inner) => {
                let argument = self.argument(inner, imports);
                let inner = argument.into.map_or(argument.shape, |shape| quote! { &#shape });
                (quote! { Option<#inner> }, false)
            }
            TypeRef::List(inner) if self.is_string(inner) => (quote! { &[impl runtime::Text] }, true),
            TypeRef::List(inner) => {
                let inner = self.type_tokens(inner, &models, imports);
                (quote! { &[#inner] }, true)
            }
            _ => {
                let shape = self.type_tokens(shape, &models, imports);
                (quote! { &#shape }, true)
            }
        };
        Argument { shape, is_text: false, is_borrowed, into: None }
    }

    /// The call of the runtime that takes a parameter's value by the name `name`.
    pub(super) fn argument_call(
        self,
        parameter: &Parameter,
        name: &Ident,
        imports: &mut Imports,
    ) -> TokenStream {
        let Parameter { name: key, place, style, shape, .. } = parameter;
        let argument = self.argument(shape, imports);
        if argument.is_text && !self.needs_style(parameter) {
            let method = match place {
                Location::Path => quote! { path },
                Location::Query => quote! { query },
                Location::Header => quote! { header_parameter },
                Location::Cookie => quote! { cookie },
            };
            return quote! { .#method(#key, #name) };
        }
        let method = match place {
            Location::Path => quote! { path_value },
            Location::Query => quote! { query_value },
            Location::Header => quote! { header_value },
            Location::Cookie => quote! { cookie_value },
        };
        // One text is written alike whether it is exploded or not.
        let explode = style.explode && !self.is_one_text(shape);
        let style = style_tokens(Style { explode, ..*style });
        let value = argument.reference(name);
        quote! { .#method(#key, #style, #value) }
    }

    /// Whether a text is written in another way than by itself.
    fn needs_style(self, parameter: &Parameter) -> bool {
        let usual = match parameter.place {
            Location::Path | Location::Header => StyleKind::Simple,
            Location::Query | Location::Cookie => StyleKind::Form,
        };
        let others = [StyleKind::Label, StyleKind::Matrix, StyleKind::Json];
        parameter.style.reserved || parameter.style.kind != usual && others.contains(&parameter.style.kind)
    }

    fn is_one_text(self, shape: &TypeRef) -> bool {
        match self.api.unaliased(shape) {
            TypeRef::Scalar(_) => true,
            TypeRef::Named(id) => matches!(self.api.get(*id).map(|known| &known.shape), Some(Shape::Enum(_))),
            _ => false,
        }
    }

    pub(super) fn is_string(self, shape: &TypeRef) -> bool {
        matches!(self.api.unaliased(shape), TypeRef::Scalar(Scalar::String))
    }
}

/// A style as the runtime spells it.
pub(super) fn style_tokens(style: Style) -> TokenStream {
    let kind = match style.kind {
        StyleKind::Simple => quote! { SIMPLE },
        StyleKind::Label => quote! { LABEL },
        StyleKind::Matrix => quote! { MATRIX },
        StyleKind::Form => quote! { FORM },
        StyleKind::SpaceDelimited => quote! { SPACE_DELIMITED },
        StyleKind::PipeDelimited => quote! { PIPE_DELIMITED },
        StyleKind::DeepObject => quote! { DEEP_OBJECT },
        StyleKind::Json => quote! { JSON },
    };
    let explode = (style.explode && style.kind != StyleKind::DeepObject).then(|| quote! { .exploded() });
    let reserved = style.reserved.then(|| quote! { .reserved() });
    quote! { runtime::Style::#kind #explode #reserved }
}

/// What is said of a parameter: what the document says, its constraints, its default.
pub(super) fn parameter_docs(parameter: &Parameter) -> DocText {
    let place = match parameter.place {
        Location::Path => "path",
        Location::Query => "query",
        Location::Header => "header",
        Location::Cookie => "cookie",
    };
    let otherwise = [text(format!("The {place} parameter ")), code(&parameter.name), text(".")];
    let default = parameter
        .default
        .as_ref()
        .map(|default| DocText::line([text("Default: "), code(default.to_string()), text(".")]));
    DocText::join([
        docs::prose(&parameter.docs, DocText::line(otherwise)),
        docs::constraints(&parameter.constraints),
        default.unwrap_or_default(),
    ])
}

/// Whether a scalar is copied as cheaply as a pointer.
fn is_copied(scalar: Scalar) -> bool {
    !matches!(scalar, Scalar::String | Scalar::Base64 | Scalar::Number)
}
