//! Overlays (OpenAPI Overlay Specification 1.0): a document's tree and overlay files in, one merged tree out.
//!
//! The one rule: each node that an overlay brings is remembered as written there, so that messages point to it.

use serde_json::Value;
use serde_json_path::JsonPath;

use crate::bundle::Overlay;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Part, Place};
use crate::parse::Tree;
use crate::pointer::Pointer;

/// Applies overlays to a document in order.
pub(crate) fn apply(mut tree: Tree, overlays: &[Overlay], diagnostics: &mut Diagnostics) -> Tree {
    for (file, overlay) in overlays.iter().filter(|(_, overlay)| !overlay.is_null()) {
        apply_one(&mut tree, *file, overlay, diagnostics);
    }
    tree
}

fn apply_one(tree: &mut Tree, file: usize, overlay: &Value, diagnostics: &mut Diagnostics) {
    let mut error = |message: &str, pointer: Pointer| {
        diagnostics.push(Diagnostic::new(Code::Overlay, message, Place::node(file, pointer, Part::Value)));
    };
    let root = Pointer::root();
    let version = overlay.get("overlay").and_then(Value::as_str).unwrap_or_default();
    if !version.starts_with("1.") {
        return error("this is no overlay: it has no `overlay: 1.0.0`", root.child("overlay"));
    }
    let Some(actions) = overlay.get("actions").and_then(Value::as_array) else {
        return error("an overlay has a list of `actions`", root.child("actions"));
    };
    for (index, action) in actions.iter().enumerate() {
        let there = root.child("actions").item(index);
        if let Err(problem) = Action::read(action, file, there).and_then(|action| action.apply(tree)) {
            diagnostics.push(problem);
        }
    }
}

/// One action of an overlay: what it selects, and what it does with it.
struct Action<'a> {
    file: usize,
    pointer: Pointer,
    target: JsonPath,
    change: Change<'a>,
}

enum Change<'a> {
    Update(&'a Value),
    Remove,
}

impl<'a> Action<'a> {
    fn read(action: &'a Value, file: usize, pointer: Pointer) -> Result<Self, Diagnostic> {
        let error = |message: String, key: &str| {
            Err(Diagnostic::new(Code::Overlay, message, Place::node(file, pointer.child(key), Part::Value)))
        };
        let Some(target) = action.get("target").and_then(Value::as_str) else {
            return error("an action has a `target`".to_owned(), "target");
        };
        let target = match JsonPath::parse(target) {
            Ok(target) => target,
            Err(problem) => {
                return error(format!("`{target}` is no JSONPath (RFC 9535): {problem}"), "target");
            }
        };
        let change = match (action.get("remove"), action.get("update")) {
            (Some(Value::Bool(true)), _) => Change::Remove,
            (_, Some(update)) => Change::Update(update),
            _ => return error("an action has an `update` or `remove: true`".to_owned(), "update"),
        };
        Ok(Self { file, pointer, target, change })
    }

    fn apply(&self, tree: &mut Tree) -> Result<(), Diagnostic> {
        let selected = self.target.query_located(&tree.root);
        let mut targets: Vec<Pointer> =
            selected.locations().filter_map(|path| Pointer::from_text(&path.to_json_pointer())).collect();
        if targets.is_empty() {
            let place = Place::node(self.file, self.pointer.child("target"), Part::Value);
            return Err(Diagnostic::new(Code::IdleOverlay, "this action selects nothing", place)
                .note("it changes nothing: has the document changed since it was written?"));
        }
        // From the last to the first, so that removing an item moves none that is still to come.
        targets.sort_by_cached_key(|target| {
            target.tokens().map(|token| (token.parse::<usize>().ok(), token)).collect::<Vec<_>>()
        });
        targets.dedup();
        for target in targets.iter().rev() {
            match self.change {
                Change::Remove => remove(tree, target),
                Change::Update(update) => self.update(tree, target, update)?,
            }
        }
        Ok(())
    }

    fn update(&self, tree: &mut Tree, target: &Pointer, update: &Value) -> Result<(), Diagnostic> {
        let there = self.pointer.child("update");
        let Some(node) = tree.root.pointer_mut(target.as_str()) else { return Ok(()) };
        match (node, update) {
            (Value::Array(items), _) => {
                let here = target.item(items.len());
                items.push(update.clone());
                tree.origins.insert(here, self.file, there);
                Ok(())
            }
            (Value::Object(_), Value::Object(_)) => {
                self.merge(tree, target, update, &there);
                Ok(())
            }
            (node, _) => {
                let message =
                    format!("this action selects {}, and updates go to objects and lists", kind(node));
                Err(Diagnostic::new(Code::Overlay, message, Place::node(self.file, there.clone(), Part::Key))
                    .and(tree.place(target).label("selected here")))
            }
        }
    }

    /// Merges `update` into the node at `here`: objects by member, lists by appending, all else by replacing.
    fn merge(&self, tree: &mut Tree, here: &Pointer, update: &Value, there: &Pointer) {
        let Some(node) = tree.root.pointer_mut(here.as_str()) else { return };
        match (node, update) {
            (Value::Object(members), Value::Object(updates)) => {
                let mut both = Vec::new();
                for (key, value) in updates {
                    if members.contains_key(key) {
                        both.push((key, value));
                    } else {
                        members.insert(key.clone(), value.clone());
                        tree.origins.insert(here.child(key), self.file, there.child(key));
                    }
                }
                for (key, value) in both {
                    self.merge(tree, &here.child(key), value, &there.child(key));
                }
            }
            (Value::Array(items), Value::Array(updates)) => {
                for (index, update) in updates.iter().enumerate() {
                    tree.origins.insert(here.item(items.len()), self.file, there.item(index));
                    items.push(update.clone());
                }
            }
            (node, _) => {
                *node = update.clone();
                tree.origins.remove(here);
                tree.origins.insert(here.clone(), self.file, there.clone());
            }
        }
    }
}

/// Takes a node out of the tree; the items behind it in a list move up, and keep their origins.
fn remove(tree: &mut Tree, target: &Pointer) {
    let Some((parent, token)) = target.split_last() else {
        tree.root = Value::Null;
        return;
    };
    match tree.root.pointer_mut(parent.as_str()) {
        Some(Value::Object(members)) => {
            members.shift_remove(&token);
            tree.origins.remove(target);
        }
        Some(Value::Array(items)) => {
            let Ok(index) = token.parse::<usize>() else { return };
            if index < items.len() {
                items.remove(index);
            }
            for moved in index..items.len() {
                let (file, there) = tree.origins.find(&parent.item(moved + 1));
                tree.origins.remove(&parent.item(moved));
                tree.origins.insert(parent.item(moved), file, there);
            }
        }
        _ => {}
    }
}

/// A JSON value's kind, with its article.
fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "a null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}
