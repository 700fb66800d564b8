//! Rewrites every notation of null as `nullable: true`.

use serde_json::{Map, Value, json};

use super::Schema;

/// Rewrites `x-nullable`, which documents of 2.0 use for `nullable`.
pub(super) fn extension(schema: &mut Schema<'_>) {
    if schema.keywords.get("x-nullable") == Some(&json!(true)) && !schema.keywords.contains_key("nullable") {
        schema.set("nullable", json!(true), "x-nullable");
    }
}

/// Moves null out of `oneOf` and `anyOf`, and rewrites a schema that accepts null only.
///
/// [`types::alternatives`](super::types::alternatives) handles null in a `type` list.
pub(super) fn nullable(schema: &mut Schema<'_>) {
    if !schema.keywords.contains_key("$ref") && is_null(schema.keywords) {
        return null_alone(schema, if schema.keywords.contains_key("enum") { "enum" } else { "type" });
    }
    for key in ["oneOf", "anyOf"] {
        let Some(Value::Array(members)) = schema.keywords.get_mut(key) else { continue };
        let nulls = schema.context.nulls;
        let is_member_null = |member: &Value| match member.get("$ref").and_then(Value::as_str) {
            Some(reference) => nulls.iter().any(|known| known == reference),
            None => member.as_object().is_some_and(is_null),
        };
        let (taken, kept): (Vec<_>, Vec<_>) =
            std::mem::take(members).into_iter().enumerate().partition(|(_, member)| is_member_null(member));
        let list = schema.context.here.child(key);
        if !taken.is_empty() {
            for (to, (from, _)) in kept.iter().enumerate().filter(|(to, (from, _))| to != from) {
                schema.context.origins.r#move(&list.item(*from), &list.item(to));
            }
        }
        *members = kept.into_iter().map(|(_, member)| member).collect();
        let is_empty = members.is_empty();
        if let Some((first, _)) = taken.first() {
            schema.set("nullable", json!(true), key);
            schema.context.origins.derive(schema.context.here.child("nullable"), &list.item(*first));
            if is_empty {
                schema.keywords.shift_remove(key);
                return null_alone(schema, key);
            }
        }
    }
}

/// Rewrites a schema that accepts null only, for which 3.0 has no type.
fn null_alone(schema: &mut Schema<'_>, source: &str) {
    schema.set("enum", json!([null]), source);
    schema.set("nullable", json!(true), source);
    schema.keywords.shift_remove("type");
}

/// Returns true for a schema that accepts null only. References are not followed.
fn is_null(schema: &Map<String, Value>) -> bool {
    let is_null_type = |name: &Value| name == "null" || name.is_null();
    match (schema.get("type"), schema.get("const"), schema.get("enum")) {
        (_, Some(Value::Null), _) => true,
        (_, _, Some(Value::Array(values))) if !values.is_empty() => values.iter().all(Value::is_null),
        (Some(Value::Array(names)), ..) if !names.is_empty() => names.iter().all(is_null_type),
        (Some(name), ..) => is_null_type(name),
        _ => false,
    }
}

/// Returns the references to component schemas that accept null only.
pub(in crate::normalise) fn nulls(root: &Value) -> Vec<String> {
    let schemas = root.pointer("/components/schemas").and_then(Value::as_object);
    let alone = schemas.into_iter().flatten().filter(|(_, schema)| {
        schema.as_object().is_some_and(|schema| !schema.contains_key("$ref") && is_null(schema))
    });
    alone.map(|(key, _)| format!("#/components/schemas/{key}")).collect()
}
