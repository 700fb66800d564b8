//! Makes component schemas from the suite's schemas.
//!
//! Input: a [`Group`]. Output: a [`Component`] for the schema as it is written, and another with
//! the `type` that the keyword implies, or the reason why OpenAPI has no such schema.

use super::suite::{Draft, Group, Test};
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

/// A schema of a document, and its tests.
#[derive(Debug)]
pub(super) struct Component {
    /// The suite's file, which is named after the keyword.
    pub(super) file: String,
    pub(super) description: String,
    pub(super) schema: Value,
    pub(super) tests: Vec<Test>,
    /// True if `type` was added, and tests of other types were left out.
    pub(super) is_typed: bool,
}

/// The keywords of an OpenAPI 3.0 schema (OAS 3.0.4 §4.7.24).
const KEYWORDS_3_0: &[&str] = &[
    "title",
    "multipleOf",
    "maximum",
    "exclusiveMaximum",
    "minimum",
    "exclusiveMinimum",
    "maxLength",
    "minLength",
    "pattern",
    "maxItems",
    "minItems",
    "uniqueItems",
    "maxProperties",
    "minProperties",
    "required",
    "enum",
    "type",
    "allOf",
    "oneOf",
    "anyOf",
    "not",
    "items",
    "properties",
    "additionalProperties",
    "description",
    "format",
    "default",
    "$ref",
];

/// The type that the other keywords of a schema apply to.
const IMPLIED: &[(&str, &[&str])] = &[
    ("string", &["maxLength", "minLength", "pattern", "format"]),
    ("number", &["maximum", "minimum", "exclusiveMaximum", "exclusiveMinimum", "multipleOf"]),
    (
        "array",
        &[
            "items",
            "prefixItems",
            "additionalItems",
            "maxItems",
            "minItems",
            "uniqueItems",
            "contains",
            "minContains",
            "maxContains",
            "unevaluatedItems",
        ],
    ),
    (
        "object",
        &[
            "properties",
            "patternProperties",
            "additionalProperties",
            "required",
            "maxProperties",
            "minProperties",
            "propertyNames",
            "dependentRequired",
            "dependentSchemas",
            "unevaluatedProperties",
        ],
    ),
];

/// Keywords whose value is a schema, a list of schemas, or a map of schemas.
const SUBSCHEMAS: &[&str] = &["not", "items", "additionalProperties", "allOf", "oneOf", "anyOf"];

/// Returns the components of a group, or the reason why it has none.
pub(super) fn components(draft: Draft, group: &Group) -> Result<Vec<Component>, String> {
    let mut schema = group.schema.clone();
    if let Some(dialect) = schema.as_object_mut().and_then(|schema| schema.remove("$schema"))
        && dialect != "https://json-schema.org/draft/2020-12/schema"
        && draft == Draft::TwentyTwenty
    {
        return Err("another dialect".to_owned());
    }
    match draft {
        Draft::Four => check_3_0(&schema)?,
        Draft::TwentyTwenty => check_references(&schema)?,
    }
    // A reference to the whole schema would lead to the added type as well.
    let is_recursive = schema.to_string().contains("\"$ref\":\"#\"");
    let typed = implied(&schema).filter(|_| !is_recursive).map(|(kind, is_kind)| {
        let mut typed = schema.clone();
        typed.as_object_mut().map(|schema| schema.insert("type".to_owned(), json!(kind)));
        let tests = group.tests.iter().filter(|test| is_kind(test)).cloned().collect();
        (typed, tests)
    });
    let component = |schema, tests, is_typed| Component {
        file: group.file.clone(),
        description: group.description.clone(),
        schema,
        tests,
        is_typed,
    };
    let mut all = vec![component(schema, group.tests.clone(), false)];
    all.extend(typed.map(|(schema, tests)| component(schema, tests, true)));
    Ok(all)
}

/// Returns the type that all keywords of a schema imply, and a test of values for it.
fn implied(schema: &Value) -> Option<(&'static str, impl Fn(&Test) -> bool)> {
    let keywords = schema.as_object()?;
    let is_annotation = |key: &str| matches!(key, "$defs" | "$id" | "$anchor" | "$comment" | "default");
    let mut kinds = BTreeSet::new();
    for key in keywords.keys().filter(|key| !is_annotation(key)) {
        kinds.insert(IMPLIED.iter().find(|(_, keys)| keys.contains(&key.as_str())).map(|(kind, _)| *kind)?);
    }
    let kind = kinds.pop_first().filter(|_| kinds.is_empty())?;
    Some((kind, move |test: &Test| {
        let first = test.data.get().bytes().next().unwrap_or_default();
        match kind {
            "string" => first == b'"',
            "array" => first == b'[',
            "object" => first == b'{',
            _ => first == b'-' || first.is_ascii_digit(),
        }
    }))
}

/// Checks that an OpenAPI 3.0 document may have this schema.
fn check_3_0(schema: &Value) -> Result<(), String> {
    let Some(keywords) = schema.as_object() else { return Err("a boolean schema".to_owned()) };
    for (key, value) in keywords {
        match key.as_str() {
            "type" if !value.is_string() => return Err("a list of types".to_owned()),
            "type" if value == "null" => return Err("the type null".to_owned()),
            "items" if !value.is_object() => return Err("a list of items".to_owned()),
            "$ref" if !value.as_str().is_some_and(|to| to.starts_with('#')) => {
                return Err("a reference to an id".to_owned());
            }
            key if !KEYWORDS_3_0.contains(&key) => return Err(format!("`{key}`")),
            _ => {}
        }
        for schema in subschemas(key, value) {
            check_3_0(schema)?;
        }
    }
    Ok(())
}

/// Returns the schemas of a keyword's value that OpenAPI 3.0 has.
fn subschemas<'s>(key: &str, value: &'s Value) -> Vec<&'s Value> {
    match value {
        Value::Object(map) if key == "properties" => map.values().collect(),
        Value::Array(list) if SUBSCHEMAS.contains(&key) => list.iter().collect(),
        Value::Object(_) if SUBSCHEMAS.contains(&key) => vec![value],
        _ => vec![],
    }
}

/// Checks that no reference leads to the network.
fn check_references(schema: &Value) -> Result<(), String> {
    match schema {
        Value::Object(keywords) => {
            let reference = keywords.get("$ref").and_then(Value::as_str);
            if reference.is_some_and(|to| to.starts_with("https://json-schema.org/")) {
                return Err("a reference to a dialect".to_owned());
            }
            keywords.values().try_for_each(check_references)
        }
        Value::Array(list) => list.iter().try_for_each(check_references),
        _ => Ok(()),
    }
}

/// Returns the schema as a component called `name`, whose own references lead into itself.
pub(super) fn placed(draft: Draft, schema: &Value, name: &str) -> Value {
    let mut schema = schema.clone();
    match (draft, schema.as_object_mut()) {
        (Draft::Four, _) => rebase(&mut schema, name),
        (Draft::TwentyTwenty, Some(keywords)) if !keywords.contains_key("$id") => {
            keywords.insert("$id".to_owned(), json!(format!("https://example.com/schemas/{name}")));
        }
        _ => {}
    }
    schema
}

/// Prefixes references with the place of the component. OpenAPI 3.0 has no base URIs.
fn rebase(schema: &mut Value, name: &str) {
    let Some(keywords) = schema.as_object_mut() else { return };
    if let Some(Value::String(reference)) = keywords.get_mut("$ref") {
        let inside = reference.trim_start_matches('#').to_owned();
        *reference = format!("#/components/schemas/{name}{inside}");
    }
    for (key, value) in keywords {
        match value {
            Value::Object(map) if key == "properties" => {
                map.values_mut().for_each(|schema| rebase(schema, name));
            }
            Value::Array(list) if SUBSCHEMAS.contains(&key.as_str()) => {
                list.iter_mut().for_each(|schema| rebase(schema, name));
            }
            Value::Object(_) if SUBSCHEMAS.contains(&key.as_str()) => rebase(value, name),
            _ => {}
        }
    }
}

/// Returns all `$id`s of a schema. A document has each of them once.
pub(super) fn ids(schema: &Value) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    collect(schema, &mut found);
    found
}

fn collect(schema: &Value, found: &mut BTreeSet<String>) {
    match schema {
        Value::Object(keywords) => {
            found.extend(keywords.get("$id").and_then(Value::as_str).map(str::to_owned));
            keywords.values().for_each(|value| collect(value, found));
        }
        Value::Array(list) => list.iter().for_each(|value| collect(value, found)),
        _ => {}
    }
}

/// Returns a document whose model `Case…` of each component has the component as its property
/// `value`.
pub(super) fn document(draft: Draft, components: &[(usize, &Component)]) -> Value {
    let mut schemas = Map::new();
    for (index, component) in components {
        let name = format!("Schema{index}");
        schemas.insert(name.clone(), placed(draft, &component.schema, &name));
        let reference = json!({ "$ref": format!("#/components/schemas/{name}") });
        let case = json!({ "type": "object", "required": ["value"], "properties": { "value": reference } });
        schemas.insert(format!("Case{index}"), case);
    }
    json!({
        "openapi": draft.openapi(),
        "info": { "title": draft.name(), "version": "1" },
        "paths": {},
        "components": { "schemas": schemas },
    })
}
