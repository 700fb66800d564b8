//! Applies overlays (OpenAPI Overlay Specification 1.0 and 1.1).
//!
//! Input: a document's tree and overlay files. Output: one merged tree. Invariants: each node that
//! an overlay adds keeps its place in the overlay, and the work and growth of overlays are limited.

mod action;
mod merge;
mod path;
mod remove;
mod select;

use serde_json::Value;

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Part, Place};
use crate::limits;
use crate::parse::{self, pointers};
use crate::pointer::Pointer;
use crate::source::Source;
use crate::tree::Tree;
use action::Action;

/// The remaining work and growth for all overlays of a document.
struct Budget {
    /// Nodes that JSONPaths may visit.
    steps: usize,
    /// Bytes that actions may add.
    growth: usize,
    /// Bytes of the JSON Pointers of nodes that actions may add.
    pointers: usize,
}

/// A version of the Overlay Specification. Versions without differences share a variant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Version {
    V1_0,
    V1_1,
}

/// Applies the overlays of a source to its document, in order.
pub(crate) fn apply(mut tree: Tree, source: &Source, diagnostics: &mut Diagnostics) -> Tree {
    if source.overlays() > 0 {
        let size = parse::size(&tree.root);
        let mut budget = Budget {
            steps: limits::PATH_STEPS,
            growth: size.saturating_mul(limits::GROWTH_FACTOR) + limits::GROWTH_BASE,
            pointers: pointers::most(size),
        };
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
    let root = Pointer::root();
    let mut error = |message: &str, key: &str, remedy: &str| {
        let place = Place::node(file, root.child(key), Part::Value);
        let note = format!("nothing is generated; {remedy}");
        diagnostics.push(Diagnostic::new(Code::Overlay, message, place).note(note));
    };
    let Some(version) = overlay.get("overlay") else {
        let remedy = "an overlay has its version there, such as `overlay: 1.1.0`";
        return error("this is not an overlay: it has no member `overlay`", "overlay", remedy);
    };
    let version = match Version::of(version) {
        Ok(version) => version,
        Err(version) => {
            let message = format!("the version `{version}` of the Overlay Specification is not supported");
            return error(&message, "overlay", "use version 1.0.0 or 1.1.0, or remove the overlay");
        }
    };
    let Some(actions) = overlay.get("actions").and_then(Value::as_array) else {
        let remedy = "each action has a `target`, and an `update`, a `copy` or `remove: true`";
        return error("this overlay has no list `actions`", "actions", remedy);
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
    /// Reads the version in the member `overlay`. Later minor versions are compatible (§4.1) and
    /// are read as the latest known. Returns any other version as text.
    fn of(value: &Value) -> Result<Self, String> {
        let text = match value {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        let mut release = text.split('.');
        match (release.next(), release.next()) {
            (Some("1"), Some("0") | None) => Ok(Self::V1_0),
            (Some("1"), Some(_)) => Ok(Self::V1_1),
            _ => Err(text),
        }
    }
}
