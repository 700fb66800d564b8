//! Selects operations by tags, paths and operationIds.

use serde_json::Value;

use super::super::Lower;
use crate::diagnostic::{Code, Diagnostic, Part, Place};
use crate::pointer::Pointer;
use crate::wildcard;

/// A selection of operations: those that match any of the lists, or all if the lists are empty.
#[derive(Clone, Debug, Default)]
pub struct Only {
    /// Tags.
    pub tags: Vec<String>,
    /// Paths as written in the document. In a path `*` is any text: `/users*`, `*/files`.
    pub paths: Vec<String>,
    /// OperationIds.
    pub ids: Vec<String>,
}

impl Only {
    pub(crate) fn is_empty(&self) -> bool {
        self.tags.is_empty() && self.paths.is_empty() && self.ids.is_empty()
    }
}

impl Lower<'_> {
    /// Returns true if an operation is selected.
    pub(super) fn is_wanted(&self, only: &Only, path: &str, operation: &Pointer) -> bool {
        let id = self.text(operation, "operationId");
        let tags = self.document.get(&operation.child("tags")).and_then(Value::as_array);
        let has_tag = |tag: &String| tags.is_some_and(|tags| tags.iter().any(|one| one == tag.as_str()));
        only.is_empty()
            || only.ids.iter().any(|wanted| Some(wanted.as_str()) == id)
            || only.paths.iter().any(|wanted| wildcard::matches(wanted, path))
            || only.tags.iter().any(has_tag)
    }

    /// Reports entries that select nothing.
    pub(super) fn report_idle(&mut self, only: &Only, found: &[(String, Pointer)]) {
        let one = |tags: &[&String], paths: &[&String], ids: &[&String]| Only {
            tags: tags.iter().copied().cloned().collect(),
            paths: paths.iter().copied().cloned().collect(),
            ids: ids.iter().copied().cloned().collect(),
        };
        let tags = only.tags.iter().map(|tag| ("tag", tag, one(&[tag], &[], &[])));
        let paths = only.paths.iter().map(|path| ("path", path, one(&[], &[path], &[])));
        let ids = only.ids.iter().map(|id| ("operationId", id, one(&[], &[], &[id])));
        for (kind, name, alone) in tags.chain(paths).chain(ids) {
            if !found.iter().any(|(path, operation)| self.is_wanted(&alone, path, operation)) {
                let place = Place::node(0, Pointer::root().child("paths"), Part::Key);
                let message = format!("the {kind} `{name}` selects no operation");
                let note = "the entry has no effect; the document may have changed";
                self.push(Diagnostic::new(Code::IdleChoice, message, place).note(note));
            }
        }
    }
}
