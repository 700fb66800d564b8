//! Spellings that documents use and OpenAPI 3.0 does not: one object in, the same object in 3.0's words.
//!
//! The one rule: nothing is lost here. What can't be said in 3.0's words stays, and is reported by the walk.

use serde_json::{Map, Value, json};

use crate::document::shape::{Expects, Kind};

pub(super) fn mend(object: &mut Map<String, Value>, kind: Kind) {
    if kind == Kind::Schema {
        nullable_type(object);
        whole_counts(object);
    }
}

/// `version: 1.0`, where text is expected, is the text `1.0`.
pub(super) fn mend_value(value: &mut Value, expects: Expects) {
    if let (Expects::Text, Value::Number(_) | Value::Bool(_)) = (expects, &*value) {
        *value = json!(value.to_string());
    }
}

/// 3.1's `type: [T, "null"]` is 3.0's `type: T, nullable: true`; `type: [T]` is `type: T`.
fn nullable_type(schema: &mut Map<String, Value>) {
    let Some(Value::Array(types)) = schema.get("type") else { return };
    let (null, rest): (Vec<&Value>, Vec<&Value>) = types.iter().partition(|name| **name == "null");
    if let [only] = rest.as_slice() {
        let only = (*only).clone();
        if !null.is_empty() {
            schema.insert("nullable".to_owned(), json!(true));
        }
        schema.insert("type".to_owned(), only);
    }
}

/// `maxLength: 5.0` is `maxLength: 5`: JSON does not tell them apart, its readers do.
fn whole_counts(schema: &mut Map<String, Value>) {
    for key in ["maxLength", "minLength", "maxItems", "minItems", "maxProperties", "minProperties"] {
        let Some(number) = schema.get_mut(key) else { continue };
        if let Some(float) =
            number.as_f64().filter(|float| float.fract() == 0.0 && (0.0..1e15).contains(float))
        {
            *number = json!(float as u64);
        }
    }
}
