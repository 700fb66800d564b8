//! Normalise: the merged tree in, a [`Document`] of one dialect, OpenAPI 3.0, out.
//!
//! The one rule: known deviations are mended here and nowhere else, each that loses something with a diagnostic.

mod deviation;
mod version;

use serde_json::{Map, Value};

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::document::Document;
use crate::document::shape::{Expects, Kind};
use crate::parse::Tree;
use crate::pointer::Pointer;

/// Checks that the tree is an OpenAPI document of a version that is supported, and mends it member by member.
pub(crate) fn normalise(mut tree: Tree, diagnostics: &mut Diagnostics) -> Document {
    if version::check(&tree, diagnostics) {
        let mut root = std::mem::take(&mut tree.root);
        let mut walk = Walk { tree: &tree, diagnostics };
        walk.node(&mut root, &Pointer::root(), Kind::OpenApi);
        tree.root = root;
    }
    Document::new(tree)
}

/// A walk over all objects of the specification in a tree, from the root down. References are not followed:
/// what they lead to is walked where it stands.
struct Walk<'a> {
    /// The tree without its nodes: where they were written.
    tree: &'a Tree,
    diagnostics: &'a mut Diagnostics,
}

impl Walk<'_> {
    fn node(&mut self, value: &mut Value, here: &Pointer, kind: Kind) {
        let Value::Object(object) = value else { return };
        if kind.is_referable() && object.contains_key("$ref") {
            return;
        }
        deviation::mend(object, kind);
        self.members(object, here, kind);
    }

    fn members(&mut self, object: &mut Map<String, Value>, here: &Pointer, kind: Kind) {
        let mut bad = Vec::new();
        for (key, value) in object.iter_mut().filter(|(key, _)| !key.starts_with("x-")) {
            let there = here.child(key);
            let Some(expects) = kind.expects(key) else {
                self.unknown(key, &there, kind);
                continue;
            };
            if matches!(expects, Expects::Unsupported) {
                let message = format!("`{key}` of {} is not supported yet", kind.a_name());
                let place = self.tree.place(&there).key();
                self.diagnostics.push(Diagnostic::new(Code::Ignored, message, place).note("it is ignored"));
            }
            deviation::mend_value(value, expects);
            if !expects.accepts(value) {
                let message = format!("`{key}` of {} has to be {}", kind.a_name(), expects.words());
                let place = self.tree.place(&there);
                self.diagnostics.push(Diagnostic::new(Code::Malformed, message, place).note("it is ignored"));
                bad.push(key.clone());
                continue;
            }
            self.below(value, &there, expects);
        }
        for key in bad {
            object.shift_remove(&key);
        }
    }

    fn unknown(&mut self, key: &str, there: &Pointer, kind: Kind) {
        let (code, message) = match kind {
            Kind::Paths => (Code::Malformed, format!("the path `{key}` does not begin with `/`")),
            Kind::Responses => {
                (Code::Malformed, format!("`{key}` is no status, as `200`, `2XX` or `default` are"))
            }
            _ => (Code::UnknownKeyword, format!("`{key}` is not known of {} in OpenAPI 3.0", kind.a_name())),
        };
        let place = self.tree.place(there).key();
        self.diagnostics.push(Diagnostic::new(code, message, place).note("it is ignored"));
    }

    fn below(&mut self, value: &mut Value, here: &Pointer, expects: Expects) {
        match (expects, value) {
            (Expects::Node(kind), value) => self.node(value, here, kind),
            (Expects::SchemaOrFlag, value) => self.node(value, here, Kind::Schema),
            (Expects::Nodes(kind), Value::Array(items)) => {
                for (index, item) in items.iter_mut().enumerate() {
                    self.node(item, &here.item(index), kind);
                }
            }
            (Expects::Map(kind), Value::Object(members)) => {
                for (key, value) in members {
                    self.node(value, &here.child(key), kind);
                }
            }
            _ => {}
        }
    }
}
