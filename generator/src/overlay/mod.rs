//! Overlays (OpenAPI Overlay Specification 1.0 and 1.1): a document's tree and overlay files in, one merged tree out.
//!
//! Invariants: each node that an overlay adds keeps the place in the overlay where it was written; the work and the
//! growth that overlays can cause are limited.

mod action;
mod merge;
mod path;
mod remove;
mod select;

use serde_json::Value;

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Part, Place};
use crate::limits;
use crate::parse;
use crate::pointer::Pointer;
use crate::source::Source;
use crate::tree::Tree;
use action::Action;

/// What all overlays of a document may still cost.
struct Budget {
    /// Nodes that JSONPaths may look at.
    steps: usize,
    /// Bytes that actions may add.
    growth: usize,
}

/// A version of the Overlay Specification, as far as the versions differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Version {
    V1_0,
    V1_1,
}

/// Applies the overlays of a source to its document, in order.
pub(crate) fn apply(mut tree: Tree, source: &Source, diagnostics: &mut Diagnostics) -> Tree {
    if source.overlays() > 0 {
        let growth = parse::size(&tree.root).saturating_mul(limits::GROWTH_FACTOR);
        let mut budget = Budget { steps: limits::PATH_STEPS, growth: growth + limits::GROWTH_BASE };
        for file in 1..=source.overlays() {
            if let Some(overlay) = source.tree(file).filter(|overlay| !overlay.is_null()) {
                apply_one(&mut tree, file, overlay, &mut budget, diagnostics);
            }
        }
    }
    tree
}

fn apply_one(
    tree: &mut Tree,
    file: usize,
    overlay: &Value,
    budget: &mut Budget,
    diagnostics: &mut Diagnostics,
) {
    let mut error = |message: &str, pointer: Pointer| {
        diagnostics.push(Diagnostic::new(Code::Overlay, message, Place::node(file, pointer, Part::Value)));
    };
    let root = Pointer::root();
    let Some(version) = overlay.get("overlay").and_then(Version::of) else {
        return error("this is no overlay: it has no `overlay: 1.1.0`", root.child("overlay"));
    };
    let Some(actions) = overlay.get("actions").and_then(Value::as_array) else {
        return error("an overlay has a list of `actions`", root.child("actions"));
    };
    for (index, action) in actions.iter().enumerate() {
        let there = root.child("actions").item(index);
        let applied =
            Action::read(action, version, file, there).and_then(|action| action.apply(tree, budget));
        if let Err(problem) = applied {
            let is_limit = problem.code() == Code::Limit;
            diagnostics.push(problem);
            if is_limit {
                return;
            }
        }
    }
}

impl Version {
    /// Reads the `overlay` member. Later minor versions are compatible (§4.1): they are read as the last one known.
    fn of(value: &Value) -> Option<Self> {
        let text = match value {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        let mut release = text.split('.');
        match (release.next(), release.next()) {
            (Some("1"), Some("0") | None) => Some(Self::V1_0),
            (Some("1"), Some(_)) => Some(Self::V1_1),
            _ => None,
        }
    }
}
