//! Rewrites `const` of 3.1 as an `enum` of one value, and the first of `examples` as `example`.

use serde_json::{Value, json};

use super::Schema;

/// Rewrites `const: x` as `enum: [x]`.
pub(super) fn constants(schema: &mut Schema<'_>) {
    if let Some(value) = schema.keywords.get("const").cloned() {
        schema.set("enum", json!([value]), "const");
        let (item, source) = (schema.at("enum").item(0), schema.at("const"));
        schema.context.origins.derive(item, &source);
        schema.keywords.shift_remove("const");
    }
}

/// Rewrites `examples: [x, y]` as `example: x` and keeps the list. A value that is no list is a
/// deviation, read as one example.
pub(super) fn examples(schema: &mut Schema<'_>) {
    if schema.keywords.contains_key("example") {
        return;
    }
    let first = match schema.keywords.get("examples") {
        Some(Value::Array(values)) => values.first().cloned(),
        Some(Value::Object(_)) | None => None,
        Some(value) => Some(value.clone()),
    };
    if let Some(value) = first {
        schema.set("example", value, "examples");
    }
}
