//! One action of an overlay: selects nodes and changes them.

use serde_json::Value;

use super::merge::{From, Merge};
use super::path::{self, Problem};
use super::select::Selection;
use super::{Budget, Version, remove};
use crate::diagnostic::{Code, Diagnostic, Part, Place};
use crate::limits;
use crate::parse::{self, pointers};
use crate::pointer::Pointer;
use crate::tree::Tree;

pub(super) struct Action<'a> {
    version: Version,
    file: usize,
    pointer: Pointer,
    target: Selection,
    change: Change<'a>,
}

enum Change<'a> {
    Update(&'a Value),
    Copy(Selection),
    Remove,
}

impl<'a> Action<'a> {
    /// Reads an action. Only the first of `remove`, `update` and `copy` that has an effect is
    /// applied.
    pub(super) fn read(
        action: &'a Value,
        version: Version,
        file: usize,
        pointer: Pointer,
    ) -> Result<Self, Diagnostic> {
        let place = |key: &str| Place::node(file, pointer.child(key), Part::Value);
        let error = |message: &str, key: &str| Diagnostic::new(Code::Overlay, message, place(key));
        let path = |key: &str| {
            let text = action.get(key).and_then(Value::as_str);
            let text = text.ok_or_else(|| error(&format!("an action's `{key}` is a JSONPath"), key))?;
            path::parse(text).map_err(|problem| match problem {
                Problem::Syntax(problem) => {
                    error(&format!("`{text}` is not a JSONPath (RFC 9535): {problem}"), key)
                }
                Problem::Limit(problem) => Diagnostic::new(Code::Limit, problem, place(key)),
            })
        };
        let target = path("target")?;
        let change = match (action.get("remove"), action.get("update"), action.get("copy")) {
            (Some(Value::Bool(true)), ..) => Change::Remove,
            (_, Some(update), _) => Change::Update(update),
            (.., Some(_)) if version >= Version::V1_1 => Change::Copy(path("copy")?),
            (.., Some(_)) => return Err(error("`copy` needs `overlay: 1.1.0`", "copy")),
            _ => return Err(error("an action needs an `update`, a `copy` or `remove: true`", "update")),
        };
        Ok(Self { version, file, pointer, target, change })
    }

    pub(super) fn apply(&self, tree: &mut Tree, budget: &mut Budget) -> Result<(), Diagnostic> {
        let targets = self.select(&self.target, "target", &tree.root, budget)?;
        if targets.is_empty() {
            return Err(Diagnostic::new(
                Code::IdleOverlay,
                "this action selects nothing",
                self.place("target"),
            )
            .note("the action has no effect; the document may have changed"));
        }
        match &self.change {
            Change::Remove => {
                remove::remove(tree, &targets);
                Ok(())
            }
            Change::Update(update) => {
                let from = From::Overlay(self.file, self.pointer.child("update"));
                self.merge(tree, &targets, update, &from, "update", budget)
            }
            Change::Copy(source) => {
                let sources = self.select(source, "copy", &tree.root, budget)?;
                let [source] = sources.as_slice() else {
                    let message = format!("`copy` selects {} nodes, but must select one", sources.len());
                    return Err(self.error(&message, "copy"));
                };
                let copied = tree.get(source).cloned().unwrap_or_default();
                let from = From::Document(source.clone());
                self.merge(tree, &targets, &copied, &from, "copy", budget)
            }
        }
    }

    fn select(
        &self,
        selection: &Selection,
        key: &str,
        root: &Value,
        budget: &mut Budget,
    ) -> Result<Vec<Pointer>, Diagnostic> {
        selection.select(root, &mut budget.steps).ok_or_else(|| {
            let message = "this JSONPath is too much work for this document";
            Diagnostic::new(Code::Limit, message, self.place(key)).note(format!(
                "all JSONPaths of overlays may look at {} nodes; each `..`, `*` and filter multiplies them",
                limits::PATH_STEPS
            ))
        })
    }

    fn merge(
        &self,
        tree: &mut Tree,
        targets: &[Pointer],
        update: &Value,
        from: &From,
        key: &str,
        budget: &mut Budget,
    ) -> Result<(), Diagnostic> {
        self.check(tree, targets, update, key, budget)?;
        for target in targets {
            Merge { tree, is_strict: self.version >= Version::V1_1 }.update(target, update, from).map_err(
                |(problem, at)| {
                    Diagnostic::new(Code::Overlay, problem, self.place(key).key())
                        .and(tree.place(&at).label("selected here"))
                },
            )?;
        }
        Ok(())
    }

    /// Returns an error if the change would exceed a limit, or the targets are of several kinds.
    fn check(
        &self,
        tree: &Tree,
        targets: &[Pointer],
        update: &Value,
        key: &str,
        budget: &mut Budget,
    ) -> Result<(), Diagnostic> {
        let added = parse::size(update).saturating_mul(targets.len());
        let Some(left) = budget.growth.checked_sub(added) else {
            let message = format!("this action adds {added} bytes: more than a document may grow");
            return Err(Diagnostic::new(Code::Limit, message, self.place(key)).note(format!(
                "overlays may make it {} times as large as it is written",
                limits::GROWTH_FACTOR
            )));
        };
        budget.growth = left;
        let added = targets.iter().map(|target| pointers::below(update, target.as_str().len()));
        let added = added.fold(0, usize::saturating_add);
        let Some(left) = budget.pointers.checked_sub(added) else {
            let message = format!("this action can't be applied: {}", pointers::PROBLEM);
            return Err(Diagnostic::new(Code::Limit, message, self.place(key)).note(pointers::REASON));
        };
        budget.pointers = left;
        let deepest = targets.iter().map(Pointer::depth).max().unwrap_or(0) + depth(update);
        if deepest > limits::DEPTH {
            let message = format!("this action nests the document deeper than {} levels", limits::DEPTH);
            return Err(Diagnostic::new(Code::Limit, message, self.place(key)));
        }
        let mut kinds = targets.iter().filter_map(|target| tree.get(target)).map(std::mem::discriminant);
        let first = kinds.next();
        let is_scalar = |value: &Value| !value.is_object() && !value.is_array();
        let all_scalar = || targets.iter().filter_map(|target| tree.get(target)).all(is_scalar);
        if self.version >= Version::V1_1 && kinds.any(|kind| Some(kind) != first) && !all_scalar() {
            return Err(self.error("this action selects nodes of several kinds", "target"));
        }
        Ok(())
    }

    fn error(&self, message: &str, key: &str) -> Diagnostic {
        Diagnostic::new(Code::Overlay, message, self.place(key))
    }

    fn place(&self, key: &str) -> Place {
        Place::node(self.file, self.pointer.child(key), Part::Value)
    }
}

/// Returns the number of levels below a value.
fn depth(value: &Value) -> usize {
    match value {
        Value::Array(items) => 1 + items.iter().map(depth).max().unwrap_or(0),
        Value::Object(members) => 1 + members.values().map(depth).max().unwrap_or(0),
        _ => 0,
    }
}
