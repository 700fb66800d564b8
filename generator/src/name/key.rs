//! Finds a key for a node that is the same in other versions of the document.
//!
//! Input: a pointer. Output: the pointer with array indexes replaced by the items' identities. A
//! parameter is identified by location and name, a value by itself, a schema by its reference,
//! title or properties.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use crate::document::Document;
use crate::pointer::Pointer;

/// The most properties that identify a schema without a reference or title.
const PROPERTIES: usize = 4;

/// Finds the keys of nodes.
#[derive(Debug)]
pub(super) struct Keys<'a> {
    document: &'a Document,
    /// operationIds that are not repeated.
    own_ids: HashSet<&'a str>,
}

impl<'a> Keys<'a> {
    pub(super) fn new(document: &'a Document) -> Self {
        let mut counts: HashMap<&str, usize> = HashMap::new();
        let paths = document.root().get("paths").and_then(Value::as_object);
        let items = paths.into_iter().flat_map(|paths| paths.values()).filter_map(Value::as_object);
        for id in items.flat_map(|item| item.values()).filter_map(operation_id) {
            *counts.entry(id).or_default() += 1;
        }
        let own_ids = counts.into_iter().filter(|(_, count)| *count == 1).map(|(id, _)| id).collect();
        Self { document, own_ids }
    }

    /// Returns the key of the node at a pointer. Tokens without a node stay. An operation is
    /// identified by its operationId, so that it keeps its names on another path.
    pub(super) fn key(&self, pointer: &Pointer) -> Pointer {
        let mut here = Some(self.document.root());
        let mut key = Pointer::root();
        let is_in_paths = pointer.as_str().starts_with("/paths/");
        for (depth, token) in pointer.as_str().split('/').skip(1).enumerate() {
            let item =
                here.and_then(Value::as_array).and_then(|items| items.get(token.parse::<usize>().ok()?));
            match item.and_then(item_key) {
                Some(name) => key.push(&name),
                None => key.push_escaped(token),
            };
            here = item.or_else(|| Pointer::step(here?, token));
            let id = here.and_then(operation_id).filter(|id| self.own_ids.contains(id));
            if let Some(id) = id.filter(|_| depth == 2 && is_in_paths) {
                key = Pointer::of(&["operations", id]);
            }
        }
        key
    }

    /// Returns the key of a node of an operation, without the operation's key.
    pub(super) fn within_operation(&self, pointer: &Pointer) -> Pointer {
        let key = self.key(pointer);
        let skipped = match key.as_str().split('/').nth(1) {
            Some("operations") => 2,
            Some("paths") => 3,
            _ => return key,
        };
        let mut within = Pointer::root();
        for token in key.as_str().split('/').skip(1 + skipped) {
            within.push_escaped(token);
        }
        within
    }
}

fn operation_id(operation: &Value) -> Option<&str> {
    operation.get("operationId")?.as_str().filter(|id| id.chars().any(char::is_alphanumeric))
}

/// Returns the identity of an array item.
fn item_key(item: &Value) -> Option<String> {
    let text = |name: &str| item.get(name).and_then(Value::as_str).map(str::to_owned);
    match item {
        Value::String(value) => Some(value.clone()),
        Value::Number(_) | Value::Bool(_) => Some(item.to_string()),
        Value::Object(_) => {
            let parameter = text("in").zip(text("name")).map(|(place, name)| format!("{place}:{name}"));
            let reference = || text("$ref").and_then(|target| target.rsplit('/').next().map(str::to_owned));
            parameter.or_else(reference).or_else(|| text("title")).or_else(|| properties(item))
        }
        Value::Null | Value::Array(_) => None,
    }
}

/// Returns the properties that a schema requires, else those that it declares: `{id,name}`.
fn properties(schema: &Value) -> Option<String> {
    let required = schema.get("required").and_then(Value::as_array);
    let required = required.into_iter().flatten().filter_map(Value::as_str);
    let declared = schema.get("properties").and_then(Value::as_object);
    let declared = declared.into_iter().flat_map(|properties| properties.keys().map(String::as_str));
    let mut names: Vec<&str> = required.collect();
    if names.is_empty() {
        names = declared.collect();
    }
    names.sort_unstable();
    names.truncate(PROPERTIES);
    (!names.is_empty()).then(|| format!("{{{}}}", names.join(",")))
}
