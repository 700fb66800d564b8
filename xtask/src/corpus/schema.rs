//! Converts a normalised document into JSON Schema 2020-12.
//!
//! Input: the document. Output: the same tree with JSON Schema's keywords. Keys that are no
//! constraints are dropped. Pointers into the document stay valid.

use serde_json::{Map, Value, json};

/// What the value of a schema keyword holds.
enum Holds {
    Schema,
    Schemas,
    Map,
    Constraint,
}

#[rustfmt::skip]
const KEYWORDS: &[(&str, Holds)] = &[
    ("properties", Holds::Map), ("patternProperties", Holds::Map), ("$defs", Holds::Map), ("dependentSchemas", Holds::Map),
    ("items", Holds::Schema), ("not", Holds::Schema), ("additionalProperties", Holds::Schema),
    ("propertyNames", Holds::Schema), ("contains", Holds::Schema), ("if", Holds::Schema), ("then", Holds::Schema),
    ("else", Holds::Schema), ("unevaluatedProperties", Holds::Schema), ("unevaluatedItems", Holds::Schema),
    ("allOf", Holds::Schemas), ("anyOf", Holds::Schemas), ("oneOf", Holds::Schemas), ("prefixItems", Holds::Schemas),
    ("type", Holds::Constraint), ("enum", Holds::Constraint), ("const", Holds::Constraint), ("format", Holds::Constraint),
    ("multipleOf", Holds::Constraint), ("maximum", Holds::Constraint), ("minimum", Holds::Constraint),
    ("exclusiveMaximum", Holds::Constraint), ("exclusiveMinimum", Holds::Constraint),
    ("maxLength", Holds::Constraint), ("minLength", Holds::Constraint), ("pattern", Holds::Constraint),
    ("maxItems", Holds::Constraint), ("minItems", Holds::Constraint), ("uniqueItems", Holds::Constraint),
    ("maxContains", Holds::Constraint), ("minContains", Holds::Constraint),
    ("maxProperties", Holds::Constraint), ("minProperties", Holds::Constraint), ("required", Holds::Constraint),
    ("dependentRequired", Holds::Constraint),
];

/// Converts a document. `sent` selects the schemas of requests rather than responses.
pub(super) fn document(node: &Value, sent: bool) -> Value {
    let member = |(key, value): (&String, &Value)| {
        let value = match key.as_str() {
            "schema" => schema(value, sent),
            "schemas" => map(value, |value| schema(value, sent)),
            "example" | "examples" => return None,
            _ if key.starts_with("x-") => return None,
            _ => document(value, sent),
        };
        Some((key.clone(), value))
    };
    match node {
        Value::Object(members) => members.iter().filter_map(member).collect::<Map<_, _>>().into(),
        Value::Array(items) => items.iter().map(|item| document(item, sent)).collect(),
        // A string member that happens to be named `$ref` or `$id` must not become a keyword.
        _ => Value::Null,
    }
}

fn schema(node: &Value, sent: bool) -> Value {
    let Value::Object(members) = node else { return node.clone() };
    let mut out = Map::new();
    match members.get("$ref").and_then(Value::as_str) {
        Some(reference) if reference.starts_with('#') => {
            drop(out.insert("$ref".to_owned(), json!(reference)))
        }
        Some(_) => {}
        None => out = constraints(members, sent),
    }
    if members.get("nullable") == Some(&json!(true)) {
        json!({ "anyOf": [out, { "type": "null" }] })
    } else {
        out.into()
    }
}

fn constraints(members: &Map<String, Value>, sent: bool) -> Map<String, Value> {
    let mut out = Map::new();
    for (keyword, holds) in KEYWORDS {
        let Some(value) = members.get(*keyword) else { continue };
        let value = match holds {
            Holds::Schema => schema(value, sent),
            Holds::Schemas => {
                value.as_array().into_iter().flatten().map(|member| schema(member, sent)).collect()
            }
            Holds::Map => map(value, |value| schema(value, sent)),
            Holds::Constraint => value.clone(),
        };
        out.insert((*keyword).to_owned(), value);
    }
    for (bound, exclusive) in [("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")] {
        match out.get(exclusive) {
            Some(Value::Bool(true)) => {
                let bound = out.shift_remove(bound);
                out.shift_remove(exclusive);
                out.extend(bound.map(|bound| (exclusive.to_owned(), bound)));
            }
            Some(Value::Bool(false)) => drop(out.shift_remove(exclusive)),
            _ => {}
        }
    }
    // OpenAPI 3.0.3 §4.7.24.2: `required` applies to read-only properties in responses only, and to
    // write-only properties in requests only.
    let one_way = if sent { "readOnly" } else { "writeOnly" };
    if let Some(Value::Array(required)) = out.get_mut("required") {
        let property = |name: &Value| members.get("properties")?.get(name.as_str()?)?.get(one_way);
        required.retain(|name| property(name) != Some(&json!(true)));
    }
    out
}

fn map(value: &Value, each: impl Fn(&Value) -> Value) -> Value {
    let members = value.as_object().into_iter().flatten();
    members.map(|(key, value)| (key.clone(), each(value))).collect::<Map<_, _>>().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn schemas_use_json_schema_keywords() {
        for (old, new) in [
            (
                json!({"type": "string", "nullable": true}),
                json!({"anyOf": [{"type": "string"}, {"type": "null"}]}),
            ),
            (
                json!({"$ref": "#/a", "description": "", "nullable": true}),
                json!({"anyOf": [{"$ref": "#/a"}, {"type": "null"}]}),
            ),
            (json!({"minimum": 1, "exclusiveMinimum": true}), json!({"exclusiveMinimum": 1})),
            (json!({"maximum": 1, "exclusiveMaximum": false}), json!({"maximum": 1})),
            (
                json!({"properties": {"nullable": {"example": 1}}, "discriminator": {}}),
                json!({"properties": {"nullable": {}}}),
            ),
            (
                json!({"allOf": [{"nullable": false}], "additionalProperties": false}),
                json!({"additionalProperties": false, "allOf": [{}]}),
            ),
        ] {
            assert_eq!(document(&json!({"schemas": {"A": old}}), true)["schemas"]["A"], new);
        }
    }

    #[test]
    fn read_only_properties_are_required_in_responses_only() {
        let node = json!({"schema": {"required": ["a", "b", "c"], "properties": {"a": {"readOnly": true}, "b": {"writeOnly": true}}}});
        assert_eq!(document(&node, true)["schema"]["required"], json!(["b", "c"]));
        assert_eq!(document(&node, false)["schema"]["required"], json!(["a", "c"]));
    }
}
