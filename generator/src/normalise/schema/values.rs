//! Values: 3.1's `const` becomes an `enum` of one, and the first of its `examples` the `example`.

use serde_json::{Value, json};

use super::Schema;

/// `const: x` is `enum: [x]`.
pub(super) fn constants(schema: &mut Schema<'_>) {
    if let Some(value) = schema.keywords.get("const").cloned() {
        schema.set("enum", json!([value]), "const");
        let (item, source) = (schema.at("enum").item(0), schema.at("const"));
        schema.context.origins.derive(item, &source);
        schema.keywords.shift_remove("const");
    }
}

/// `examples: [x, y]` has `example: x`; the list stays. One that is no list is a single example, a deviation.
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
