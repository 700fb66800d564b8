//! Forms: a schema's keywords in, what kind of type it is out.

use openapiv3::{AdditionalProperties, AnySchema};

use crate::document::target;
use crate::ir::Scalar;
use crate::pointer::Pointer;

/// What a schema is, by its keywords.
pub(super) enum Form {
    Struct,
    Enum,
    Map,
    List,
    Scalar(Scalar),
    /// The one member of an `allOf`, `oneOf` or `anyOf` that says no more.
    Only(Pointer),
    Any,
}

/// What a schema is, by its keywords.
pub(super) fn form(keywords: &AnySchema) -> Form {
    let kind = keywords.typ.as_deref();
    let says_more = !keywords.properties.is_empty() || !keywords.required.is_empty();
    match composed(keywords) {
        Some("not") => return Form::Any,
        Some(_) => {
            let mut members = [&keywords.all_of, &keywords.one_of, &keywords.any_of].into_iter().flatten();
            return match (members.next(), members.next()) {
                (Some(only), None) if !says_more => Form::Only(target(only)),
                _ => Form::Any,
            };
        }
        None => {}
    }
    let strings = keywords.enumeration.iter().filter(|value| value.is_string()).count();
    let nulls = keywords.enumeration.iter().filter(|value| value.is_null()).count();
    if strings > 0 && strings + nulls == keywords.enumeration.len() && matches!(kind, None | Some("string")) {
        return Form::Enum;
    }
    match kind {
        Some("array") => Form::List,
        None if keywords.items.is_some() => Form::List,
        Some("object") | None if says_more => Form::Struct,
        Some("object") => match keywords.additional_properties {
            Some(AdditionalProperties::Any(false)) => Form::Struct,
            _ => Form::Map,
        },
        None if keywords.additional_properties.is_some() => Form::Map,
        Some(kind) => Scalar::of(kind, keywords.format.as_deref()).map_or(Form::Any, Form::Scalar),
        None => Form::Any,
    }
}

/// The first keyword by which a schema is composed of others.
pub(super) fn composed(keywords: &AnySchema) -> Option<&'static str> {
    let lists = [("allOf", &keywords.all_of), ("oneOf", &keywords.one_of), ("anyOf", &keywords.any_of)];
    let list = lists.iter().find(|(_, members)| !members.is_empty()).map(|(key, _)| *key);
    list.or_else(|| keywords.not.as_ref().map(|_| "not"))
}
