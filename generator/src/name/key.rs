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
    /// The parent of the last node, and its pointer. They are kept because siblings claim their
    /// names one after another.
    parent: (String, Keyed<'a>),
}

/// A node with its key.
#[derive(Debug, Default)]
struct Keyed<'a> {
    node: Option<&'a Value>,
    key: Pointer,
    /// The number of tokens that lead to the node.
    depth: usize,
    /// True for nodes of `paths`.
    is_in_paths: bool,
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
        let parent = Keyed { node: Some(document.root()), ..Keyed::default() };
        Self { document, own_ids, parent: (String::new(), parent) }
    }

    /// Returns the key of the node at a pointer. Tokens without a node stay. An operation is
    /// identified by its operationId, so that it keeps its names on another path.
    pub(super) fn key(&mut self, pointer: &Pointer) -> Pointer {
        let Some((parent, token)) = pointer.as_str().rsplit_once('/') else { return Pointer::root() };
        if self.parent.0 != parent {
            let tokens = parent.split('/').skip(1);
            let root = Keyed { node: Some(self.document.root()), ..Keyed::default() };
            self.parent = (parent.to_owned(), tokens.fold(root, |keyed, token| self.child(&keyed, token)));
        }
        self.child(&self.parent.1, token).key
    }

    /// Returns the child of a node that an escaped token leads to.
    fn child(&self, parent: &Keyed<'a>, token: &str) -> Keyed<'a> {
        let item = parent.node.and_then(Value::as_array);
        let item = item.and_then(|items| items.get(token.parse::<usize>().ok()?));
        let node = item.or_else(|| Pointer::step(parent.node?, token));
        let operation = node.filter(|_| parent.is_in_paths && parent.depth == 2);
        let id = operation.and_then(operation_id).filter(|id| self.own_ids.contains(id));
        let key = match (id, item.and_then(item_key)) {
            (Some(id), _) => Pointer::of(&["operations", id]),
            (None, Some(name)) => parent.key.child(&name),
            (None, None) => {
                let mut key = parent.key.clone();
                key.push_escaped(token);
                key
            }
        };
        let is_in_paths = parent.is_in_paths || parent.depth == 0 && token == "paths";
        Keyed { node, key, depth: parent.depth + 1, is_in_paths }
    }

    /// Returns the key of a node of an operation, without the operation's key.
    pub(super) fn within_operation(&mut self, pointer: &Pointer) -> Pointer {
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
