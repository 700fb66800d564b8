//! Merges a value into a node: objects by member, lists by appending, all other values by
//! replacing.

use serde_json::Value;

use crate::pointer::Pointer;
use crate::tree::Tree;

/// The place where the merged value was written.
#[derive(Clone)]
pub(super) enum From {
    /// An overlay: the index of its file, and a node of that file.
    Overlay(usize, Pointer),
    /// The document.
    Document(Pointer),
}

/// The reason why an update is refused, and the node of the document.
type Problem = (String, Pointer);

pub(super) struct Merge<'a> {
    pub(super) tree: &'a mut Tree,
    /// True for Overlay 1.1, which concatenates lists with selected lists, replaces selected
    /// scalars, and refuses to merge nodes of different kinds.
    pub(super) is_strict: bool,
}

impl Merge<'_> {
    /// Updates the selected node at `target`.
    pub(super) fn update(&mut self, target: &Pointer, update: &Value, from: &From) -> Result<(), Problem> {
        let is_strict = self.is_strict;
        match (self.tree.root.pointer_mut(target.as_str()), update) {
            (None, _) => Ok(()),
            (Some(Value::Array(items)), update) if !(is_strict && update.is_array()) => {
                let here = target.item(items.len());
                items.push(update.clone());
                self.written(&here, from);
                Ok(())
            }
            (Some(Value::Array(_)), _) | (Some(Value::Object(_)), Value::Object(_)) => {
                self.merge(target, update, from)
            }
            (Some(node), update) if is_strict && is_scalar(node) && is_scalar(update) => {
                self.merge(target, update, from)
            }
            (Some(node), update) if is_scalar(node) && is_scalar(update) => {
                let problem = "Overlay 1.0 updates objects and lists; `overlay: 1.1.0` replaces values too";
                Err((problem.to_owned(), target.clone()))
            }
            (Some(node), update) => {
                let problem = format!("this action merges {} into {}", kind(update), kind(node));
                Err((problem, target.clone()))
            }
        }
    }

    fn merge(&mut self, here: &Pointer, update: &Value, from: &From) -> Result<(), Problem> {
        let Some(node) = self.tree.root.pointer_mut(here.as_str()) else { return Ok(()) };
        match (node, update) {
            (Value::Object(members), Value::Object(updates)) => {
                let (both, new): (Vec<_>, Vec<_>) =
                    updates.iter().partition(|(key, _)| members.contains_key(*key));
                for (key, value) in &new {
                    members.insert((*key).clone(), (*value).clone());
                }
                for (key, _) in new {
                    self.written(&here.child(key), &from.child(key));
                }
                both.into_iter()
                    .try_for_each(|(key, value)| self.merge(&here.child(key), value, &from.child(key)))
            }
            (Value::Array(items), Value::Array(updates)) => {
                let start = items.len();
                items.extend(updates.iter().cloned());
                for index in 0..updates.len() {
                    self.written(&here.item(start + index), &from.child(&index.to_string()));
                }
                Ok(())
            }
            (node, update) if self.is_strict && !(is_scalar(node) && is_scalar(update)) => {
                Err((format!("this action merges {} into {}", kind(update), kind(node)), here.clone()))
            }
            (node, _) => {
                *node = update.clone();
                self.tree.origins.remove(here);
                self.written(here, from);
                Ok(())
            }
        }
    }

    fn written(&mut self, here: &Pointer, from: &From) {
        match from {
            From::Overlay(file, there) => self.tree.origins.insert(here.clone(), *file, there.clone()),
            From::Document(source) => self.tree.origins.derive(here.clone(), source),
        }
    }
}

impl From {
    fn child(&self, key: &str) -> Self {
        match self {
            Self::Overlay(file, there) => Self::Overlay(*file, there.child(key)),
            Self::Document(there) => Self::Document(there.child(key)),
        }
    }
}

fn is_scalar(value: &Value) -> bool {
    !value.is_object() && !value.is_array()
}

/// Returns a JSON value's kind, with its article.
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
