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
        walk.demanded(&root);
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

    /// The members that every document has to have. Without `paths` there is no operation.
    fn demanded(&mut self, root: &Value) {
        let is_newer =
            root.get("openapi").and_then(Value::as_str).is_some_and(|version| !version.starts_with("3.0"));
        for key in
            ["info", "paths"].iter().filter(|key| root.get(key).is_none() && !(is_newer && **key == "paths"))
        {
            let place = self.tree.place(&Pointer::root());
            self.diagnostics.push(Diagnostic::new(
                Code::Malformed,
                format!("the document has no `{key}`"),
                place,
            ));
        }
    }

    fn members(&mut self, object: &mut Map<String, Value>, here: &Pointer, kind: Kind) {
        let mut bad = Vec::new();
        for (key, value) in object.iter_mut() {
            let there = here.child(key);
            if key.starts_with("x-") {
                self.extension(key, value, &there, kind);
                continue;
            }
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

    /// An extension of this generator's own that has no effect where it stands, or for what it says, is told.
    fn extension(&mut self, key: &str, value: &Value, there: &Pointer, kind: Kind) {
        let message = match Kind::of_extension(key) {
            Some(owner) if owner != kind => {
                format!("`{key}` belongs to {}, not to {}", owner.a_name(), kind.a_name())
            }
            Some(_) if !value.is_boolean() => format!("`{key}` has to be a boolean"),
            _ => return,
        };
        let place = self.tree.place(there);
        self.diagnostics.push(Diagnostic::new(Code::Malformed, message, place).note("it is ignored"));
    }

    fn unknown(&mut self, key: &str, there: &Pointer, kind: Kind) {
        let (code, message) = match kind {
            Kind::Paths => (Code::Malformed, format!("the path `{key}` does not begin with `/`")),
            Kind::Responses => {
                (Code::Malformed, format!("`{key}` is no status, as `200`, `2XX` or `default` are"))
            }
            _ => (Code::UnknownKeyword, format!("OpenAPI 3.0 has no `{key}` in {}", kind.a_name())),
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
