//! A normalised document: a tree of one dialect, OpenAPI 3.0. Nodes are read one by one.
//!
//! Input: the tree from `normalise`. Output: a node as its `openapiv3` type. Every child that could
//! be a Reference Object is replaced by a pointer to the child.
//!
//! Invariant: a malformed node affects only itself, because no node is read together with the nodes
//! below it.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};

use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

use crate::diagnostic::{Code, Diagnostic, Place};
use crate::pointer::Pointer;
use crate::source::Target;
use crate::specification::{Expects, Kind};
use crate::tree::{Origins, Tree};

/// A normalised document.
#[derive(Debug)]
pub(crate) struct Document {
    tree: Tree,
    /// The end of each reference that leads to another reference. [`Document::resolve`] adds them.
    ends: RefCell<HashMap<Pointer, End>>,
}

/// The end of a chain of references.
#[derive(Clone, Debug)]
enum End {
    /// The last node, which is no reference or leads to nothing.
    Node(Pointer),
    /// The reference `from`, which leads back to `to`.
    Cycle { from: Pointer, to: Pointer },
}

impl Document {
    pub(crate) fn new(tree: Tree) -> Self {
        Self { tree, ends: RefCell::default() }
    }

    /// Returns the node at `pointer`.
    pub(crate) fn get(&self, pointer: &Pointer) -> Option<&Value> {
        self.tree.get(pointer)
    }

    /// Returns the place where the node at `pointer` was written.
    pub(crate) fn place(&self, pointer: &Pointer) -> Place {
        self.tree.place(pointer)
    }

    /// Returns the places where nodes were written.
    pub(crate) fn into_origins(self) -> Origins {
        self.tree.origins
    }

    /// Returns the document as JSON, with overlays applied.
    pub(crate) fn root(&self) -> &Value {
        &self.tree.root
    }

    /// Returns the members of the object at `pointer` in document order, without extensions (`x-`).
    pub(crate) fn members(&self, pointer: &Pointer) -> Vec<(String, Pointer)> {
        let mut members = self.entries(pointer);
        members.retain(|(key, _)| !key.starts_with("x-"));
        members
    }

    /// Returns the entries of the map at `pointer` in document order. The keys are names of
    /// headers, media types or security schemes, for example. A key that begins with `x-` is
    /// therefore no extension.
    pub(crate) fn entries(&self, pointer: &Pointer) -> Vec<(String, Pointer)> {
        let object = self.get(pointer).and_then(Value::as_object);
        object.into_iter().flat_map(Map::keys).map(|key| (key.clone(), pointer.child(key))).collect()
    }

    /// Returns the items of the list at `pointer`. Empty if there is no list.
    pub(crate) fn items(&self, pointer: &Pointer) -> Vec<Pointer> {
        let len = self.get(pointer).and_then(Value::as_array).map_or(0, Vec::len);
        (0..len).map(|index| pointer.item(index)).collect()
    }

    /// Reads the node at `pointer` as an object of the specification.
    pub(crate) fn read<T: DeserializeOwned>(&self, pointer: &Pointer, kind: Kind) -> Result<T, Diagnostic> {
        let problem = |reason: String| {
            let message = format!("this {} can't be read: {reason}", kind.name());
            Diagnostic::new(Code::Malformed, message, self.place(pointer))
        };
        let Some(Value::Object(object)) = self.get(pointer) else {
            return Err(problem("it is not an object".to_owned()));
        };
        serde_json::from_value(view(object, pointer, kind)).map_err(|error| problem(error.to_string()))
    }

    /// Follows the `$ref` at `pointer`, and further references, to a node that is no reference.
    pub(crate) fn resolve(&self, pointer: &Pointer) -> Result<Pointer, Diagnostic> {
        // Most nodes are no reference, and most references lead to none.
        let mut path: Vec<Pointer> = Vec::new();
        let mut seen = HashSet::new();
        let mut here = pointer.clone();
        while let Some(reference) = self.reference(&here) {
            let known = self.ends.borrow().get(&here).cloned();
            match known {
                Some(End::Node(end)) if end != here => {
                    path.push(std::mem::replace(&mut here, end));
                    continue;
                }
                Some(End::Cycle { from, to }) => {
                    let problem = self.cycle(&from, &to);
                    self.remember(path, |_| End::Cycle { from: from.clone(), to: to.clone() });
                    return Err(problem);
                }
                _ => {}
            }
            let place = || self.place(&here.child("$ref")).label("referenced here");
            let problem = match reference.strip_prefix('#').map(Pointer::from_fragment) {
                None => unread(reference, place()),
                Some(Some(target)) if self.get(&target).is_some() => {
                    seen.insert(here.clone());
                    path.push(std::mem::replace(&mut here, target));
                    if !seen.contains(&here) {
                        continue;
                    }
                    return Err(self.closed(path, &here));
                }
                _ => {
                    let message = format!("`{reference}` refers to nothing");
                    Diagnostic::new(Code::DanglingReference, message, place())
                }
            };
            self.remember(path, |_| End::Node(here.clone()));
            return Err(problem);
        }
        self.remember(path, |_| End::Node(here.clone()));
        Ok(here)
    }

    /// Returns the diagnostic for a chain of references whose last one leads back to `to`.
    fn closed(&self, path: Vec<Pointer>, to: &Pointer) -> Diagnostic {
        let start = path.iter().position(|passed| passed == to).unwrap_or(0);
        let last = path.last().unwrap_or(to).clone();
        let problem = self.cycle(&last, to);
        let before: HashMap<Pointer, Pointer> =
            path.iter().skip(start + 1).cloned().zip(path.iter().skip(start).cloned()).collect();
        self.remember(path, |passed| match before.get(passed) {
            Some(from) => End::Cycle { from: from.clone(), to: passed.clone() },
            None => End::Cycle { from: last.clone(), to: to.clone() },
        });
        problem
    }

    /// Keeps the end of each reference of a chain, so that many chains with one end take linear
    /// time.
    fn remember(&self, path: Vec<Pointer>, end: impl Fn(&Pointer) -> End) {
        if path.len() > 1 {
            self.ends.borrow_mut().extend(path.into_iter().map(|passed| {
                let end = end(&passed);
                (passed, end)
            }));
        }
    }

    /// Returns the diagnostic for the reference at `from`, which leads back to `to`.
    fn cycle(&self, from: &Pointer, to: &Pointer) -> Diagnostic {
        let reference = self.reference(from).unwrap_or_default();
        let message = format!("`{reference}` refers only to itself, directly or through other references");
        let place = self.place(&from.child("$ref")).label("referenced here");
        let back = self.place(&to.child("$ref")).label("and from here on");
        Diagnostic::new(Code::ReferenceCycle, message, place).and(back)
    }

    /// Returns the text of the `$ref` at `pointer`.
    fn reference(&self, pointer: &Pointer) -> Option<&str> {
        self.get(pointer)?.get("$ref")?.as_str()
    }
}

/// Returns the diagnostic for a reference to another file that was not bundled.
fn unread(reference: &str, place: Place) -> Diagnostic {
    match Target::of(reference, "") {
        target if target.is_inside() => {
            let message = format!("`{reference}` refers to nothing that can be read");
            Diagnostic::new(Code::DanglingReference, message, place)
        }
        Target::File { .. } => {
            let message = format!("`{reference}` refers to a file outside the document's folder");
            Diagnostic::new(Code::RefusedReference, message, place).note("only files in that folder are read")
        }
        Target::Elsewhere => {
            let message =
                format!("`{reference}` refers to a network address or a file outside the document's folder");
            Diagnostic::new(Code::RefusedReference, message, place).note("only files in that folder are read")
        }
    }
}

/// Returns one object without the nodes below it. Each child that could be a reference becomes one.
fn view(object: &Map<String, Value>, pointer: &Pointer, kind: Kind) -> Value {
    let mut shown = Map::new();
    for (key, value) in object {
        let here = pointer.child(key);
        if key.starts_with("x-") {
            shown.insert(key.clone(), value.clone());
        } else if let Some(value) = kind.expects(key).and_then(|expects| child(value, &here, expects)) {
            shown.insert(key.clone(), value);
        }
    }
    for key in kind.demanded() {
        let empty = || kind.expects(key).map(Expects::empty).unwrap_or_default();
        shown.entry(*key).or_insert_with(empty);
    }
    Value::Object(shown)
}

fn child(value: &Value, pointer: &Pointer, expects: Expects) -> Option<Value> {
    let node = |value: &Value, pointer: &Pointer, kind: Kind| match value {
        _ if kind.is_referable() => json!({ "$ref": pointer.as_str() }),
        Value::Object(object) => view(object, pointer, kind),
        other => other.clone(),
    };
    match (expects, value) {
        (Expects::Unread | Expects::Unsupported | Expects::Unchecked, _) => None,
        (Expects::Node(kind), _) => Some(node(value, pointer, kind)),
        (Expects::SchemaOrFlag, Value::Object(_)) => Some(node(value, pointer, Kind::Schema)),
        (Expects::Nodes(kind), Value::Array(items)) => Some(
            items.iter().enumerate().map(|(index, item)| node(item, &pointer.item(index), kind)).collect(),
        ),
        (Expects::Map(kind), Value::Object(members)) => {
            let member =
                |(key, value): (&String, &Value)| (key.clone(), node(value, &pointer.child(key), kind));
            Some(members.iter().map(member).collect::<Map<_, _>>().into())
        }
        _ => Some(value.clone()),
    }
}
