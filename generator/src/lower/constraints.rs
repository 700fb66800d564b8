//! A schema node's validation keywords in, [`Constraints`] out.

use serde_json::{Map, Number, Value};

use crate::ir::{Bound, Constraints};

/// The constraints that a schema object states itself; those of its items are added where items are lowered.
///
/// Read from the tree, because `openapiv3` holds bounds as floats, which round those beyond 2⁵³.
pub(super) fn constraints(schema: &Map<String, Value>) -> Constraints {
    let count =
        |key: &str| schema.get(key).and_then(Value::as_u64).and_then(|count| usize::try_from(count).ok());
    let number = |key: &str| match schema.get(key) {
        Some(Value::Number(number)) => Some(number.clone()),
        _ => None,
    };
    let flag = |key: &str| schema.get(key).and_then(Value::as_bool).unwrap_or(false);
    let bound = |key: &str, exclusive: &str| {
        let exclusive = flag(exclusive);
        number(key).map(|number: Number| Bound { number, exclusive })
    };
    Constraints {
        min_length: count("minLength"),
        max_length: count("maxLength"),
        pattern: schema.get("pattern").and_then(Value::as_str).map(str::to_owned),
        minimum: bound("minimum", "exclusiveMinimum"),
        maximum: bound("maximum", "exclusiveMaximum"),
        multiple_of: number("multipleOf"),
        min_items: count("minItems"),
        max_items: count("maxItems"),
        unique_items: flag("uniqueItems"),
        min_properties: count("minProperties"),
        max_properties: count("maxProperties"),
        items: None,
    }
}
