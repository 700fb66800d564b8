//! Writes re-exports: every type that callers need is in the crate's root.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::Emitter;
use crate::ir::{BodyForm, Content, Representation, Scalar, Shape, TypeRef};

/// The types of formatted scalars, in `runtime::model`.
const SCALARS: &[(&str, Scalar)] = &[
    ("Base64", Scalar::Base64),
    ("Date", Scalar::Date),
    ("DateTime", Scalar::DateTime),
    ("Number", Scalar::Number),
    ("Rfc2822", Scalar::Rfc2822),
    ("UnixTime", Scalar::UnixTime),
    ("Uuid", Scalar::Uuid),
];

impl<'a> Emitter<'a> {
    /// Returns the re-exports: the client's type, the runtime types that every client has, and the
    /// runtime types that only this client needs.
    pub(super) fn reexports(self) -> TokenStream {
        let operations = &self.api.operations;
        let has_operations = !operations.is_empty();
        let representations = operations.iter().flat_map(|operation| &operation.success.representations);
        let contents: Vec<&Content> =
            representations.clone().filter_map(Representation::only_answer).collect();
        let any = |is: fn(&Content) -> bool| contents.iter().any(|content| is(content));
        let mut outcomes = representations.flat_map(|representation| &representation.outcomes);
        let redirects = outcomes.any(|outcome| matches!(outcome.content, Content::Redirect(_)));
        let events = any(|content| matches!(content, Content::Events(_) | Content::NamedEvents(_)));
        let multipart = operations
            .iter()
            .flat_map(|operation| &operation.bodies)
            .any(|body| matches!(body.form, BodyForm::Multipart(_)));
        let pages = operations.iter().any(|operation| operation.paging.is_some());
        let shapes = self.shapes();
        let mut scalars = Vec::new();
        shapes.iter().for_each(|shape| add(shape, &mut scalars));
        // A union has a variant of any JSON, and the caller's own type is made of it.
        let is_of_any = |shape: &Shape| matches!(shape, Shape::Union(_) | Shape::Foreign(_));
        let any_json = shapes.iter().any(|shape| shape.why().is_some())
            || self.api.types().any(|(_, known)| is_of_any(&known.shape));
        let has = |scalar: &Scalar| scalars.contains(scalar);
        let is_time = |scalar: &Scalar| !matches!(scalar, Scalar::Base64 | Scalar::Number | Scalar::Uuid);
        let names = [
            ("Attempt", has_operations),
            ("Auth", has_operations),
            ("ByteStream", any(|content| matches!(content, Content::Bytes))),
            ("CallOptions", has_operations),
            ("ClientBuilder", has_operations),
            ("Clock", has_operations),
            ("Error", has_operations),
            ("ErrorKind", has_operations),
            ("Event", events),
            ("EventStream", events),
            ("Header", operations.iter().any(|operation| !operation.headers.is_empty())),
            ("Items", pages),
            ("LineStream", any(|content| matches!(content, Content::Lines(_)))),
            ("Multipart", multipart),
            ("Observer", has_operations),
            ("Pages", pages),
            ("Part", multipart),
            ("Redirect", redirects),
            ("Response", has_operations),
            ("ResponseFuture", has_operations),
            ("Sleep", has_operations),
            ("Timeout", has_operations),
            ("Token", has_operations),
            ("TokenFuture", has_operations),
            ("TokenProvider", has_operations),
            ("bytes", has_operations || has(&Scalar::Base64)),
            ("http", has_operations),
            ("http_body", has_operations),
            ("jiff", SCALARS.iter().any(|(_, scalar)| is_time(scalar) && has(scalar))),
            ("oauth", has_operations && self.api.flows.is_declared),
            ("serde_json", true),
            ("testing", has_operations),
            ("transport", has_operations),
            ("uuid", has(&Scalar::Uuid)),
        ];
        let idents = |names: Vec<&str>| names.into_iter().map(|name| format_ident!("{name}")).collect();
        let names: Vec<Ident> =
            idents(names.into_iter().filter(|(_, is_used)| *is_used).map(|(name, _)| name).collect());
        let models = SCALARS.iter().filter(|(_, scalar)| has(scalar)).map(|(name, _)| *name);
        let models: Vec<Ident> = idents(any_json.then_some("AnyJson").into_iter().chain(models).collect());
        let models = (!models.is_empty()).then(|| quote! { pub use runtime::model::{#(#models),*}; });
        let client = has_operations.then(|| quote! { pub use client::Client; });
        quote! {
            #client
            #models
            pub use runtime::{#(#names),*};
        }
    }

    /// Returns the types of fields, variants and aliases, and those of operations.
    fn shapes(self) -> Vec<&'a TypeRef> {
        let types = self.api.types().flat_map(|(_, known)| match &known.shape {
            Shape::Struct(object) => {
                object.fields.iter().map(|field| &field.shape).chain(&object.additional).collect()
            }
            Shape::Union(union) => union.variants.iter().map(|variant| &variant.shape).collect(),
            Shape::Alias(inner, _) | Shape::Wrapper(inner) => vec![inner],
            Shape::Enum(_) | Shape::Foreign(_) => vec![],
        });
        let operations = self.api.operations.iter();
        let used = operations.flat_map(|operation| operation.sent().chain(operation.received()));
        types.chain(used).collect()
    }
}

/// Adds the scalars of a type.
fn add(shape: &TypeRef, scalars: &mut Vec<Scalar>) {
    match shape {
        TypeRef::Scalar(scalar) if !scalars.contains(scalar) => scalars.push(*scalar),
        TypeRef::List(inner) | TypeRef::Map(inner) | TypeRef::Nullable(inner) => add(inner, scalars),
        TypeRef::Tuple(items) => items.iter().for_each(|item| add(item, scalars)),
        TypeRef::Scalar(_) | TypeRef::Named(_) | TypeRef::Any(_) => {}
    }
}
