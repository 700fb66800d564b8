//! Decides how callers pass values, and how generated code passes them to the runtime.
//!
//! Input: the type of a parameter or body. Output: a [`Given`]. The same rules apply to arguments
//! of methods, setters of requests and parts of forms: callers should need no conversion.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::imports::Imports;
use super::{Emitter, docs};
use crate::doc::{DocText, code, text};
use crate::ir::{self, Location, Scalar, Shape, Style, StyleKind, TypeRef};
use crate::rust::Parameter;

/// How a caller passes a value.
pub(super) enum Given {
    /// A string: `&str`.
    Text,
    /// A number, a boolean, or an optional value of this type: by value.
    Value(TokenStream),
    /// A date, a UUID, an enum, a union or any JSON: anything that converts into this type.
    Into(TokenStream),
    /// A list of strings: any `IntoIterator` of strings, owned or borrowed.
    Texts,
    /// A list of numbers or booleans: any `IntoIterator` of this type.
    Values(TokenStream),
    /// A list of values that convert into this type.
    Converted(TokenStream),
    /// A map of strings: pairs of strings, owned or borrowed.
    Pairs,
    /// A struct: by value or by reference.
    Model(TokenStream),
    /// Anything else: a reference to this type.
    Reference(TokenStream),
}

/// An argument of a method, and the code that uses it.
pub(super) struct Taken {
    /// The argument with its type.
    pub(super) argument: TokenStream,
    /// The statement that converts the argument.
    pub(super) binding: Option<TokenStream>,
    /// The call of a runtime method, with its dot.
    pub(super) call: TokenStream,
}

impl Given {
    /// Returns the type of the argument.
    pub(super) fn shape(&self) -> TokenStream {
        match self {
            Self::Text => quote! { &str },
            Self::Value(shape) => quote! { #shape },
            Self::Into(shape) => quote! { impl Into<#shape> },
            Self::Texts => quote! { impl IntoIterator<Item = impl runtime::Text> },
            Self::Values(item) => quote! { impl IntoIterator<Item = #item> },
            Self::Converted(item) => quote! { impl IntoIterator<Item = impl Into<#item>> },
            Self::Pairs => {
                quote! { impl IntoIterator<Item = (impl AsRef<str> + Ord, impl runtime::Text)> }
            }
            Self::Model(shape) => quote! { impl std::borrow::Borrow<#shape> },
            Self::Reference(shape) => quote! { &#shape },
        }
    }

    /// Returns the statement that converts the argument `name` for the runtime, if a conversion is
    /// needed.
    pub(super) fn binding(&self, name: &Ident) -> Option<TokenStream> {
        match self {
            Self::Text | Self::Value(_) | Self::Reference(_) => None,
            Self::Into(shape) => Some(quote! { let #name: #shape = #name.into(); }),
            Self::Texts | Self::Values(_) => Some(quote! { let #name = Vec::from_iter(#name); }),
            Self::Converted(item) => Some(quote! { let #name = runtime::list::<#item>(#name); }),
            Self::Pairs => Some(quote! { let #name = std::collections::BTreeMap::from_iter(#name); }),
            Self::Model(shape) => Some(quote! { let #name: &#shape = std::borrow::Borrow::borrow(&#name); }),
        }
    }

    /// Returns a reference to the value of the argument `name`, after its binding.
    pub(super) fn reference(&self, name: &Ident) -> TokenStream {
        match self {
            Self::Text | Self::Reference(_) | Self::Model(_) => quote! { #name },
            _ => quote! { &#name },
        }
    }
}

impl Emitter<'_> {
    /// Returns how a value of this type is passed.
    pub(super) fn argument(self, shape: &TypeRef, imports: &mut Imports) -> Given {
        let models = quote! { models:: };
        let unaliased = self.api.unaliased(shape);
        let mut tokens = |shape: &TypeRef| self.type_tokens(shape, &models, imports);
        match unaliased {
            TypeRef::Scalar(Scalar::String) => Given::Text,
            TypeRef::Scalar(scalar) if scalar.is_formatted() => Given::Into(tokens(shape)),
            TypeRef::Any(_) => Given::Into(tokens(shape)),
            TypeRef::Scalar(scalar) if is_copied(*scalar) => Given::Value(tokens(shape)),
            TypeRef::Named(id) => match self.api.get(*id).map(|known| &known.shape) {
                Some(Shape::Enum(_) | Shape::Union(_)) => Given::Into(tokens(shape)),
                Some(Shape::Struct(_)) => Given::Model(tokens(shape)),
                _ => Given::Reference(tokens(shape)),
            },
            TypeRef::Nullable(inner) => {
                let inner = match self.argument(inner, imports) {
                    Given::Text => quote! { &str },
                    Given::Value(shape) => shape,
                    _ => {
                        let inner = self.borrowed(inner, imports);
                        quote! { &#inner }
                    }
                };
                Given::Value(quote! { Option<#inner> })
            }
            TypeRef::List(inner) => match self.argument(inner, imports) {
                Given::Text => Given::Texts,
                Given::Value(item) if matches!(self.api.unaliased(inner), TypeRef::Scalar(_)) => {
                    Given::Values(item)
                }
                Given::Into(item) if self.is_converted(inner) => Given::Converted(item),
                Given::Into(item) => Given::Values(item),
                _ => Given::Reference(self.borrowed(unaliased, imports)),
            },
            TypeRef::Map(inner) if self.is_string(inner) => Given::Pairs,
            _ => Given::Reference(tokens(shape)),
        }
    }

    /// Returns true if items of a list are converted into this type: strings, dates, enums, any
    /// JSON, and unions with a string variant. Items of other unions may have different types. Callers
    /// convert each item with `.into()`, so the argument is an iterator over the union's own type.
    pub(super) fn is_converted(self, shape: &TypeRef) -> bool {
        match self.api.unaliased(shape) {
            TypeRef::Scalar(scalar) => {
                scalar.is_formatted() || matches!(scalar, Scalar::String | Scalar::Base64 | Scalar::UnixTime)
            }
            TypeRef::Any(_) => true,
            TypeRef::Named(id) => match self.api.get(*id).map(|known| &known.shape) {
                Some(Shape::Enum(_)) => true,
                Some(Shape::Union(union)) => {
                    union.variants.iter().any(|variant| self.is_string(&variant.shape))
                }
                _ => false,
            },
            _ => false,
        }
    }

    /// Returns true for enums and unions.
    pub(super) fn is_choice(self, shape: &TypeRef) -> bool {
        let TypeRef::Named(id) = self.api.unaliased(shape) else { return false };
        matches!(self.api.get(*id).map(|known| &known.shape), Some(Shape::Union(_) | Shape::Enum(_)))
    }

    /// Returns the type behind a reference to a value of this type. For a list, this is a slice.
    fn borrowed(self, shape: &TypeRef, imports: &mut Imports) -> TokenStream {
        let models = quote! { models:: };
        match self.api.unaliased(shape) {
            TypeRef::List(inner) => {
                let inner = self.type_tokens(inner, &models, imports);
                quote! { [#inner] }
            }
            _ => self.type_tokens(shape, &models, imports),
        }
    }

    /// Returns the argument for a parameter.
    pub(super) fn parameter(self, parameter: &Parameter, imports: &mut Imports) -> Taken {
        let Parameter { declared, name, .. } = parameter;
        let ir::Parameter { name: key, place, style, shape, .. } = declared;
        let given = self.argument(shape, imports);
        let taken = |call| {
            let shape = given.shape();
            Taken { argument: quote! { #name: #shape }, binding: given.binding(name), call }
        };
        let (of_text, of_value) = setters(*place);
        if matches!(given, Given::Text) && !needs_style(declared) {
            let method = format_ident!("{of_text}");
            return taken(quote! { .#method(#key, #name) });
        }
        let (method, value) = (format_ident!("{of_value}"), given.reference(name));
        if *place == Location::QueryString {
            return taken(quote! { .#method(#key, #value) });
        }
        // `explode` makes no difference for a single string.
        let explode = style.explode && !self.is_one_text(shape);
        let style = style_tokens(Style { explode, ..*style });
        taken(quote! { .#method(#key, #style, #value) })
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

/// Returns true if the serialization of a string depends on the parameter's style.
fn needs_style(parameter: &ir::Parameter) -> bool {
    let usual = match parameter.place {
        Location::Path | Location::Header => StyleKind::Simple,
        Location::Query | Location::QueryString | Location::Cookie => StyleKind::Form,
    };
    let others = [StyleKind::Label, StyleKind::Matrix, StyleKind::Json];
    parameter.style.reserved || parameter.style.kind != usual && others.contains(&parameter.style.kind)
}

/// Returns the runtime's methods that set a parameter to a text, and to a value.
fn setters(place: Location) -> (&'static str, &'static str) {
    match place {
        Location::Path => ("path", "path_value"),
        Location::Query => ("query", "query_value"),
        Location::QueryString => ("query_string", "query_string"),
        Location::Header => ("header_parameter", "header_value"),
        Location::Cookie => ("cookie", "cookie_value"),
    }
}

/// Returns a style as a value of the runtime.
pub(super) fn style_tokens(style: Style) -> TokenStream {
    let kind = match style.kind {
        StyleKind::Simple => quote! { SIMPLE },
        StyleKind::Label => quote! { LABEL },
        StyleKind::Matrix => quote! { MATRIX },
        StyleKind::Form => quote! { FORM },
        StyleKind::SpaceDelimited => quote! { SPACE_DELIMITED },
        StyleKind::PipeDelimited => quote! { PIPE_DELIMITED },
        StyleKind::TabDelimited => quote! { TAB_DELIMITED },
        StyleKind::DeepObject => quote! { DEEP_OBJECT },
        StyleKind::Json => quote! { JSON },
    };
    let explode = (style.explode && style.kind != StyleKind::DeepObject).then(|| quote! { .exploded() });
    let reserved = style.reserved.then(|| quote! { .reserved() });
    quote! { runtime::Style::#kind #explode #reserved }
}

/// Returns the documentation of a parameter: its description, constraints and default.
pub(super) fn parameter_docs(parameter: &ir::Parameter) -> DocText {
    let place = parameter.place.word();
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

/// Returns true if copying a scalar is as cheap as copying a pointer.
fn is_copied(scalar: Scalar) -> bool {
    !matches!(scalar, Scalar::String | Scalar::Base64 | Scalar::Number)
}
