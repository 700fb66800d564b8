//! Counts what a document declares, independently of the generator.
//!
//! Input: a file. Output: its OpenAPI version, and its numbers of operations and component schemas.

use super::row::Declared;
use anyhow::{Context, Result};
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};
use std::path::Path;
use std::{fmt, fs};

/// The methods of a path item. `trace` exists since OpenAPI 3.0, and `query` since 3.2.
const METHODS: [&str; 9] = ["get", "put", "post", "delete", "options", "head", "patch", "trace", "query"];

/// Returns the version and the counts of the document at `path`, or `None` if the file is no
/// OpenAPI document.
///
/// # Errors
///
/// The file cannot be read, or is neither JSON nor YAML.
pub(super) fn declared(path: &Path) -> Result<Option<(String, Declared)>> {
    let root = read(path)?;
    let Some(version) = root.get("openapi").or_else(|| root.get("swagger")) else { return Ok(None) };
    let version = version.as_str().map_or_else(|| version.to_string(), str::to_owned);
    let schemas = if root.get("swagger").is_some() { "/definitions" } else { "/components/schemas" };
    let items = members(root.get("paths")).filter(|(path, _)| path.starts_with('/'));
    let operations = items.map(|(_, item)| operations(item, &root, path)).sum();
    let schemas = members(root.pointer(schemas)).count();
    Ok(Some((version, Declared { operations, schemas })))
}

/// Counts the operations of a path item. Follows its `$ref` into this document or a file beside it.
fn operations(item: &Value, root: &Value, path: &Path) -> usize {
    let count = |item: &Value| {
        let known = members(Some(item)).filter(|(key, _)| METHODS.contains(key)).count();
        known + members(item.get("additionalOperations")).count()
    };
    match item
        .get("$ref")
        .and_then(Value::as_str)
        .and_then(|reference| reference.split_once('#').or(Some((reference, ""))))
    {
        Some(("", fragment)) => target(root, fragment).map_or(0, count),
        Some((file, fragment)) => {
            let file = path.parent().unwrap_or(Path::new("")).join(file);
            read(&file).ok().as_ref().and_then(|root| target(root, fragment)).map_or(0, count)
        }
        None => count(item),
    }
}

/// Returns the value that a URI fragment points to (RFC 6901 §6).
fn target<'a>(root: &'a Value, fragment: &str) -> Option<&'a Value> {
    root.pointer(&percent_encoding::percent_decode_str(fragment).decode_utf8().ok()?)
}

/// Returns the members of an object without extensions.
fn members(value: Option<&Value>) -> impl Iterator<Item = (&str, &Value)> {
    let members = value.and_then(Value::as_object).into_iter().flatten();
    members.map(|(key, value)| (key.as_str(), value)).filter(|(key, _)| !key.starts_with("x-"))
}

fn read(path: &Path) -> Result<Value> {
    let text = fs::read_to_string(path)?;
    let text = text.trim_start_matches('\u{feff}');
    let tree = if path.extension().is_some_and(|extension| extension == "json") {
        serde_json::from_str(text).map(|Tree(tree)| tree).context("not JSON")?
    } else {
        serde_yaml::from_str(text).map(|Tree(tree)| tree).context("not YAML")?
    };
    Ok(tree)
}

/// A document's tree. Keys stay as written, the last of repeated keys wins, and scalars stay as
/// text.
struct Tree(Value);

impl<'de> Deserialize<'de> for Tree {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Nodes).map(Self)
    }
}

struct Nodes;

impl<'de> Visitor<'de> for Nodes {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a node")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_i128<E>(self, _: i128) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_u128<E>(self, _: u128) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_f64<E>(self, number: f64) -> Result<Value, E> {
        Ok(number.into())
    }

    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(text.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(Tree(item)) = items.next_element()? {
            list.push(item);
        }
        Ok(list.into())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        while let Some((key, Tree(value))) = members.next_entry::<String, Tree>()? {
            object.insert(key, value);
        }
        Ok(object.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(name: &str, text: &str) -> Option<(String, Declared)> {
        let folder = tempfile::tempdir().unwrap();
        fs::write(
            folder.path().join("other.yaml"),
            "get: {}\nput: {}\nx-post: {}\nitems:\n  a b: {head: {}}\n",
        )
        .unwrap();
        fs::write(folder.path().join(name), text).unwrap();
        declared(&folder.path().join(name)).unwrap()
    }

    #[test]
    fn operations_and_schemas_are_counted_in_every_version() {
        let counted = |operations, schemas| Some(Declared { operations, schemas });
        let newer = "openapi: 3.1.0\nx-least: -9223372036854776000\npaths:\n  /a: {get: {}, parameters: [], x-put: {}}\n  x-b: {get: {}}\n\
                     components:\n  schemas: {A: {}, 2: {}, x-c: {}}\n";
        assert_eq!(count("a.yaml", newer), counted(1, 2).map(|counts| ("3.1.0".to_owned(), counts)));
        let older =
            r#"{"swagger": "2.0", "paths": {"/a": {"post": {}, "get": {}}}, "definitions": {"A": {}}}"#;
        assert_eq!(count("a.json", older), counted(2, 1).map(|counts| ("2.0".to_owned(), counts)));
    }

    #[test]
    fn path_items_are_followed() {
        let text = "openapi: 3.0.0\npaths:\n  /a: {$ref: ./other.yaml}\n  /b: {$ref: 'other.yaml#/items/a%20b'}\n  \
                    /c: {$ref: '#/paths/~1d'}\n  /d: {trace: {}}\n  /e: {$ref: none.yaml}\n";
        assert_eq!(count("a.yaml", text).unwrap().1.operations, 5);
    }

    #[test]
    fn a_file_without_a_version_is_no_document() {
        assert_eq!(count("a.yaml", "type: object\n"), None);
        assert_eq!(count("a.json", "[1]"), None);
    }
}
