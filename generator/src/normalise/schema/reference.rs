//! Rewrites references with keywords beside them, which 3.1 applies and 3.0 ignores.

use serde_json::{Value, json};

use super::{Context, Schema};
use crate::diagnostic::{Code, Diagnostic};
use crate::normalise::version::Version;

/// Keywords that do not restrict values. Beside a `$ref` they describe the place of the reference.
const ANNOTATIONS: &[&str] = &[
    "$ref",
    "$comment",
    "$defs",
    "$id",
    "$schema",
    "$anchor",
    "$dynamicAnchor",
    "$recursiveAnchor",
    "title",
    "summary",
    "description",
    "deprecated",
    "default",
    "readOnly",
    "writeOnly",
    "example",
    "examples",
    "externalDocs",
    "nullable",
    "xml",
];

/// Rewrites a `$ref` with constraints beside it as an `allOf`, for 3.1. In 3.0 the `$ref` wins.
pub(super) fn keep_siblings(schema: &mut Schema<'_>) {
    if !schema.keywords.contains_key("$ref") {
        recursive(schema);
    }
    if !schema.keywords.get("$ref").is_some_and(Value::is_string) {
        return;
    }
    let siblings = schema.keywords.keys().filter(|key| !is_annotation(key));
    let siblings: Vec<String> = siblings.cloned().collect();
    if siblings.is_empty() {
        return;
    }
    if schema.context.version < Version::V3_1 {
        for key in siblings {
            let place = schema.context.origins.place(&schema.at(&key)).key();
            let message = format!("`{key}` beside a `$ref` has no effect before OpenAPI 3.1");
            schema.context.diagnostics.push(Diagnostic::new(Code::BesideReference, message, place));
            schema.keywords.shift_remove(&key);
        }
        return;
    }
    let Some(reference) = schema.keywords.shift_remove("$ref") else { return };
    let all = schema.at("allOf");
    let list = schema.keywords.entry("allOf").or_insert_with(|| json!([]));
    if let Value::Array(members) = list {
        let item = all.item(members.len());
        members.push(json!({ "$ref": reference }));
        let source = schema.at("$ref");
        schema.context.origins.derive(item.child("$ref"), &source);
        schema.context.origins.derive(item, &source);
    }
}

/// Resolves `$recursiveRef` to the nearest schema around it with `$recursiveAnchor` (JSON Schema
/// 2019-09 §8.2.4.2).
fn recursive(schema: &mut Schema<'_>) {
    let Context { here, recursive, .. } = schema.context;
    let around = recursive.iter().rev().find(|outer| here.is_within(outer));
    if let (Some(around), true) = (around, schema.keywords.contains_key("$recursiveRef")) {
        let around = json!(around.to_fragment());
        schema.rename("$recursiveRef", "$ref");
        schema.keywords.insert("$ref".to_owned(), around);
    }
}

fn is_annotation(key: &str) -> bool {
    ANNOTATIONS.contains(&key) || key.starts_with("x-")
}
