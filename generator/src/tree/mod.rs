//! A document's JSON tree, with the place where each node was written.
//!
//! Invariant: only nodes that were not written in the document at their own pointer have an entry
//! in [`Origins`].

mod origin;

use std::collections::HashSet;

use serde_json::Value;

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place};
use crate::parse::pointers;
use crate::pointer::Pointer;
pub(crate) use origin::Origins;

/// A document's JSON tree, and the origins of its nodes.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tree {
    pub(crate) root: Value,
    pub(crate) origins: Origins,
}

impl Tree {
    /// Returns the node at `pointer`.
    pub(crate) fn get(&self, pointer: &Pointer) -> Option<&Value> {
        pointer.find(&self.root)
    }

    /// Follows the `$ref` at `pointer`, and further references, to a node that is no reference.
    /// Returns `None` if there is no such node.
    pub(crate) fn follow(&self, pointer: &Pointer) -> Option<Pointer> {
        let mut here = pointer.clone();
        let mut seen = HashSet::new();
        while let Some(reference) = self.get(&here)?.get("$ref") {
            if !seen.insert(here) {
                return None;
            }
            here = Pointer::from_fragment(reference.as_str()?.strip_prefix('#')?)?;
        }
        Some(here)
    }

    /// Reports the JSON Pointers of the tree if they exceed the limit.
    pub(crate) fn check_pointers(&self, diagnostics: &mut Diagnostics) {
        if let Some(member) = pointers::excess(&self.root) {
            let message = format!("the document can't be merged: {}", pointers::PROBLEM);
            let diagnostic = Diagnostic::new(Code::Limit, message, self.place(&member));
            diagnostics.push(diagnostic.note(pointers::REASON));
        }
    }

    /// Returns the place where the node at `pointer` was written.
    pub(crate) fn place(&self, pointer: &Pointer) -> Place {
        self.origins.place(pointer)
    }
}
