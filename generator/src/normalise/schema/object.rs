//! Rewrites keywords of objects and lists that other versions of JSON Schema name differently.

use serde_json::{Map, Value, json};

use super::Schema;
use crate::diagnostic::{Code, Diagnostic};

/// A keyword, and its equivalent for this generator.
const RENAMED: [(&str, &str); 2] = [(UNEVALUATED, "additionalProperties"), ("definitions", "$defs")];

const UNEVALUATED: &str = "unevaluatedProperties";

/// Keywords whose schemas evaluate properties only for some values, or that no rewrite follows.
const CONDITIONAL: [&str; 6] = ["if", "then", "else", "dependentSchemas", "$dynamicRef", "$recursiveRef"];

/// Renames keywords, unless the new keyword is also present. An `items` that is a list becomes
/// `prefixItems`.
pub(super) fn renamed(schema: &mut Schema<'_>) {
    for (from, to) in RENAMED {
        let is_free = schema.keywords.contains_key(from) && !schema.keywords.contains_key(to);
        if is_free && (from != UNEVALUATED || sees_all(schema.keywords)) {
            schema.rename(from, to);
        }
    }
    if matches!(schema.keywords.get("items"), Some(Value::Array(_)))
        && !schema.keywords.contains_key("prefixItems")
    {
        schema.rename("items", "prefixItems");
    }
}

/// Returns true if `additionalProperties` has the meaning of `unevaluatedProperties` here: no part
/// of the schema evaluates properties that it does not declare. Otherwise members that the document
/// allows would be dropped.
fn sees_all(keywords: &Map<String, Value>) -> bool {
    let parts = ["allOf", "anyOf", "oneOf"].iter().filter_map(|key| keywords.get(*key)?.as_array()).flatten();
    !CONDITIONAL.iter().any(|key| keywords.contains_key(*key))
        && parts.filter_map(Value::as_object).all(|part| {
            let is_open = |key: &str| part.get(key).is_some_and(|values| values != &json!(false));
            !is_open(UNEVALUATED) && !is_open("additionalProperties") && sees_all(part)
        })
}

/// Moves `required: true` of a property (JSON Schema draft 3) into the object's `required` list.
pub(super) fn required_flags(schema: &mut Schema<'_>) {
    let Some(Value::Object(properties)) = schema.keywords.get_mut("properties") else { return };
    let mut flagged = Vec::new();
    for (name, property) in properties {
        let Some(property) = property.as_object_mut() else { continue };
        if let Some(Value::Bool(is_required)) = property.get("required") {
            flagged.push((name.clone(), *is_required));
            property.shift_remove("required");
        }
    }
    for (name, is_required) in flagged {
        let place = schema.context.origins.place(&schema.at("properties").child(&name).child("required"));
        let note = if is_required { "read as an item of the object's `required`" } else { "it is ignored" };
        let message = "`required` of a property is a list of the names of its own properties";
        schema.context.diagnostics.push(Diagnostic::new(Code::Mended, message, place).note(note));
        if !is_required {
            continue;
        }
        let list = schema.keywords.entry("required").or_insert_with(|| json!([]));
        if let Some(names) = list.as_array_mut().filter(|names| !names.contains(&json!(name))) {
            names.push(json!(name));
        }
    }
}

/// Rewrites `discriminator: name` of 2.0 as `discriminator: {propertyName: name}`.
pub(super) fn discriminators(schema: &mut Schema<'_>) {
    if let Some(Value::String(name)) = schema.keywords.get("discriminator") {
        let discriminator = json!({ "propertyName": name });
        schema.keywords.insert("discriminator".to_owned(), discriminator);
    }
}
