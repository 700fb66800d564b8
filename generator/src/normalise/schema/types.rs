//! Rewrites unknown type names as the nearest type, and lists of types as one type or an `anyOf`.

use serde_json::{Map, Value, json};

use super::Schema;

/// The types of 3.0. `integer` is a part of `number`.
const TYPES: [&str; 6] = ["string", "number", "integer", "boolean", "array", "object"];

/// Type names that documents use by mistake, with the type and format that they mean.
const MEANT: &[(&str, &str, Option<&str>)] = &[
    ("int", "integer", None),
    ("int32", "integer", Some("int32")),
    ("int64", "integer", Some("int64")),
    ("long", "integer", Some("int64")),
    ("float", "number", Some("float")),
    ("double", "number", Some("double")),
    ("decimal", "number", None),
    ("bool", "boolean", None),
    ("str", "string", None),
    ("text", "string", None),
    ("date", "string", Some("date")),
    ("datetime", "string", Some("date-time")),
    ("date-time", "string", Some("date-time")),
    ("uuid", "string", Some("uuid")),
    ("uri", "string", Some("uri")),
    ("url", "string", Some("uri")),
    ("file", "string", Some("binary")),
    ("binary", "string", Some("binary")),
    ("list", "array", None),
    ("dict", "object", None),
    ("map", "object", None),
];

/// The keywords that apply to one type only. Those of `number` also apply to `integer`.
const KEYWORDS: &[(&str, &[&str])] = &[
    (
        "string",
        &["minLength", "maxLength", "pattern", "contentEncoding", "contentMediaType", "contentSchema"],
    ),
    ("number", &["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"]),
    (
        "array",
        &[
            "items",
            "prefixItems",
            "additionalItems",
            "unevaluatedItems",
            "minItems",
            "maxItems",
            "uniqueItems",
            "contains",
            "minContains",
            "maxContains",
        ],
    ),
    (
        "object",
        &[
            "properties",
            "required",
            "additionalProperties",
            "unevaluatedProperties",
            "patternProperties",
            "propertyNames",
            "minProperties",
            "maxProperties",
            "dependentRequired",
            "dependentSchemas",
            "discriminator",
        ],
    ),
];

/// Formats of numbers. All other formats apply to strings.
const NUMERIC_FORMATS: &[&str] = &["int", "uint", "float", "double", "decimal"];

/// Kubernetes' extension for an integer or a string.
pub(super) const INT_OR_STRING: &str = "x-kubernetes-int-or-string";

/// Rewrites YAML's unquoted `null` as the type `null`.
pub(super) fn unquoted_null(schema: &mut Schema<'_>) {
    let found = match schema.keywords.get_mut("type") {
        Some(name @ Value::Null) => {
            *name = json!("null");
            true
        }
        Some(Value::Array(names)) => {
            let nulls = names.iter_mut().filter(|name| name.is_null());
            nulls.map(|name| *name = json!("null")).count() > 0
        }
        _ => false,
    };
    if found {
        schema.mended(
            "type",
            "a type is a string: `null` has no quotes".to_owned(),
            "read as `\"null\"`".to_owned(),
        );
    }
}

/// Replaces an unknown type name by the type that it means.
pub(super) fn names(schema: &mut Schema<'_>) {
    let Some(Value::String(name)) = schema.keywords.get("type").cloned() else { return };
    let lower = name.to_ascii_lowercase();
    let known = TYPES.iter().chain(&["null"]).find(|known| **known == lower).map(|known| (*known, None));
    let meant = MEANT.iter().find(|(known, ..)| *known == lower).map(|(_, kind, format)| (*kind, *format));
    let Some((kind, format)) = known.or(meant).filter(|(kind, _)| *kind != name) else { return };
    let format = format.filter(|_| !schema.keywords.contains_key("format"));
    let words = format.map_or_else(|| format!("`{kind}`"), |format| format!("`{kind}`, format `{format}`"));
    schema.mended("type", format!("there is no type `{name}`"), format!("read as {words}"));
    schema.set("type", json!(kind), "type");
    if let Some(format) = format {
        schema.set("format", json!(format), "type");
    }
}

/// Rewrites a value that Kubernetes marks as `int-or-string`, by a format or an extension, as an
/// integer or a string.
pub(super) fn int_or_string(schema: &mut Schema<'_>) {
    let format = schema.keywords.get("format").and_then(Value::as_str);
    let source = if format == Some("int-or-string") { "format" } else { INT_OR_STRING };
    let is_said = source == "format" || schema.keywords.get(INT_OR_STRING) == Some(&Value::Bool(true));
    let is_open = schema.keywords.get("type").is_none_or(|kind| kind == "string");
    let is_composed =
        ["oneOf", "anyOf", "allOf", "$ref"].iter().any(|key| schema.keywords.contains_key(*key));
    if is_said && is_open && !is_composed {
        schema.keywords.shift_remove("format");
        schema.set("type", json!(["integer", "string"]), source);
    }
}

/// Rewrites a list of types: null becomes `nullable`, the rest `type` or an `anyOf`.
pub(super) fn alternatives(schema: &mut Schema<'_>) {
    let Some(Value::Array(listed)) = schema.keywords.get("type") else { return };
    let is_type = |name: &Value| TYPES.iter().chain(&["null"]).any(|known| name == known);
    if listed.is_empty() || !listed.iter().all(is_type) {
        return;
    }
    let null = listed.iter().position(|name| name == "null");
    let has_numbers = listed.iter().any(|name| name == "number");
    let mut kinds: Vec<(usize, &'static str)> = Vec::new();
    for (index, name) in listed.iter().enumerate() {
        let kind = TYPES.iter().find(|known| name == *known && !(has_numbers && **known == "integer"));
        kinds.extend(
            kind.filter(|kind| !kinds.iter().any(|(_, known)| known == *kind)).map(|kind| (index, *kind)),
        );
    }
    let list = schema.at("type");
    if let Some(index) = null {
        schema.set("nullable", json!(true), "type");
        schema.context.origins.derive(schema.context.here.child("nullable"), &list.item(index));
    }
    let is_composed = ["oneOf", "anyOf"].iter().any(|key| schema.keywords.contains_key(*key));
    match kinds.as_slice() {
        [(index, kind)] => {
            schema.keywords.insert("type".to_owned(), json!(kind));
            schema.context.origins.derive(list.clone(), &list.item(*index));
        }
        // A list of all types without further keywords is no restriction. `integer` is part of
        // `number`.
        all if is_composed || (all.len() == TYPES.len() - 1 && !says_more(schema.keywords)) => {
            schema.keywords.shift_remove("type");
        }
        _ => {
            schema.keywords.shift_remove("type");
            one_schema_each(schema, &kinds);
        }
    }
}

/// Splits a schema of several types into an `anyOf` with one schema for each type, each with the
/// keywords that apply to its type.
fn one_schema_each(schema: &mut Schema<'_>, kinds: &[(usize, &'static str)]) {
    let any = schema.at("anyOf");
    let values = schema.keywords.shift_remove("enum");
    let mut members = Vec::new();
    for (index, kind) in kinds {
        let here = any.item(members.len());
        let mut member = Map::from_iter([("type".to_owned(), json!(kind))]);
        schema.context.origins.derive(here.clone(), &schema.context.here.child("type").item(*index));
        if let Some(Value::Array(values)) = &values {
            let own: Vec<Value> = values.iter().filter(|value| fits(value, kind)).cloned().collect();
            if own.is_empty() {
                continue;
            }
            schema.context.origins.derive(here.child("enum"), &schema.context.here.child("enum"));
            member.insert("enum".to_owned(), own.into());
        }
        for key in keywords_of(kind, schema.keywords) {
            if let Some(value) = schema.keywords.shift_remove(&key) {
                schema.context.origins.r#move(&schema.context.here.child(&key), &here.child(&key));
                member.insert(key, value);
            }
        }
        members.push(Value::Object(member));
    }
    match (members.len(), members.pop()) {
        (1, Some(Value::Object(only))) => schema.keywords.extend(only),
        (_, Some(last)) => {
            members.push(last);
            schema.keywords.insert("anyOf".to_owned(), members.into());
        }
        _ => {}
    }
}

/// Returns true if a schema has a keyword that applies to one type only.
fn says_more(keywords: &Map<String, Value>) -> bool {
    TYPES.iter().any(|kind| !keywords_of(kind, keywords).is_empty()) || keywords.contains_key("enum")
}

/// Returns a schema's keywords that apply to `kind` only.
fn keywords_of(kind: &str, keywords: &Map<String, Value>) -> Vec<String> {
    let of = if kind == "integer" { "number" } else { kind };
    let table = KEYWORDS.iter().find(|(name, _)| *name == of).map_or(&[][..], |(_, keys)| *keys);
    let mut keys: Vec<String> =
        table.iter().filter(|key| keywords.contains_key(**key)).map(|key| (*key).to_owned()).collect();
    let format = keywords.get("format").and_then(Value::as_str);
    let is_numeric = |format: &str| NUMERIC_FORMATS.iter().any(|known| format.starts_with(known));
    if format.is_some_and(|format| of == if is_numeric(format) { "number" } else { "string" }) {
        keys.push("format".to_owned());
    }
    keys
}

/// Returns true if a value is of a type.
fn fits(value: &Value, kind: &str) -> bool {
    match value {
        Value::Null => false,
        Value::Bool(_) => kind == "boolean",
        Value::Number(number) => kind == "number" || (kind == "integer" && !number.is_f64()),
        Value::String(_) => kind == "string",
        Value::Array(_) => kind == "array",
        Value::Object(_) => kind == "object",
    }
}
