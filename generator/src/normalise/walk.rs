//! Walks over all objects of the specification in a tree, from the root down. Rewrites each object,
//! and checks it against the tables of the specification.
//!
//! Invariants: a node is rewritten before the nodes below it. References are not followed, because
//! the walk reaches their targets anyway.

use serde_json::{Map, Value, json};

use super::path;
use super::schema::{self, Context};
use super::version::Version;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::pointer::Pointer;
use crate::specification::{Expects, Kind};
use crate::tree::{Origins, Tree};

/// Rewrites and checks a whole tree.
pub(super) fn walk(tree: &mut Tree, version: Version, diagnostics: &mut Diagnostics) {
    let mut root = std::mem::take(&mut tree.root);
    let nulls = schema::nulls(&root);
    let recursive = Vec::new();
    let mut walk = Walk { origins: &mut tree.origins, diagnostics, version, nulls, recursive };
    walk.node(&mut root, &mut Pointer::root(), Kind::OpenApi);
    tree.root = root;
}

struct Walk<'a> {
    origins: &'a mut Origins,
    diagnostics: &'a mut Diagnostics,
    version: Version,
    /// The references to component schemas that accept null only.
    nulls: Vec<String>,
    /// The schemas with `$recursiveAnchor`, outer ones first.
    recursive: Vec<Pointer>,
}

impl Walk<'_> {
    fn node(&mut self, value: &mut Value, here: &mut Pointer, kind: Kind) {
        if let (Kind::Schema, Value::Bool(accepts)) = (kind, &*value) {
            *value = schema::of_flag(*accepts);
        }
        let Value::Object(object) = value else { return };
        if kind == Kind::Schema && object.get("$recursiveAnchor") == Some(&Value::Bool(true)) {
            self.recursive.push(here.clone());
        }
        match kind {
            Kind::Schema => schema::rewrite(
                object,
                Context {
                    here,
                    version: self.version,
                    origins: self.origins,
                    diagnostics: self.diagnostics,
                    nulls: &self.nulls,
                    recursive: &self.recursive,
                },
            ),
            _ if kind.is_referable() && object.contains_key("$ref") => return,
            Kind::Paths => path::begin_with_slash(object, here, self.origins, self.diagnostics),
            _ => {}
        }
        self.members(object, here, kind);
    }

    fn members(&mut self, object: &mut Map<String, Value>, here: &mut Pointer, kind: Kind) {
        let mut bad = Vec::new();
        for (key, value) in object.iter_mut() {
            let length = here.push(key);
            if !self.member(key, value, here, kind) {
                bad.push(key.clone());
            }
            here.truncate(length);
        }
        for key in bad {
            object.shift_remove(&key);
        }
    }

    /// Rewrites and checks the member `key` at `there`. Returns false if the member must be
    /// removed.
    fn member(&mut self, key: &str, value: &mut Value, there: &mut Pointer, kind: Kind) -> bool {
        if key.starts_with("x-") {
            self.extension(key, value, there, kind);
            return true;
        }
        let Some(expects) = kind.expects(key) else {
            self.unknown(key, there, kind);
            return true;
        };
        // A schema that accepts nothing was `false`. It is reported where that matters.
        if !value.as_object().is_some_and(Map::is_empty) {
            self.unused(key, there, kind, expects);
        }
        respell(value, expects);
        if !expects.accepts(value) {
            let message = format!("`{key}` of {} must be {}", kind.a_name(), expects.words());
            let place = self.origins.place(there);
            self.diagnostics.push(Diagnostic::new(Code::Malformed, message, place).note("it is ignored"));
            return false;
        }
        self.below(value, there, expects);
        true
    }

    /// Reports one of the generator's own extensions if it has no effect at its place or with its
    /// value.
    fn extension(&mut self, key: &str, value: &Value, there: &Pointer, kind: Kind) {
        let message = match Kind::of_extension(key) {
            Some((owner, _)) if owner != kind => {
                format!("`{key}` belongs to {}, not to {}", owner.a_name(), kind.a_name())
            }
            Some((_, expects)) if !expects.accepts(value) => {
                format!("`{key}` must be {}", expects.words())
            }
            _ => return,
        };
        let place = self.origins.place(there);
        self.diagnostics.push(Diagnostic::new(Code::Malformed, message, place).note("it is ignored"));
    }

    /// Reports a key that the specification does not define: a warning if it looks misspelled, else
    /// a note.
    fn unknown(&mut self, key: &str, there: &Pointer, kind: Kind) {
        if let Some(known) = kind.similar(key) {
            let message = format!("OpenAPI has no `{key}` in {}: did you mean `{known}`?", kind.a_name());
            let place = self.origins.place(there).key();
            let diagnostic = Diagnostic::new(Code::MisspelledKeyword, message, place);
            self.diagnostics.push(diagnostic.note("it is ignored"));
            return;
        }
        let (code, message) = match kind {
            Kind::Paths => (Code::Malformed, format!("the path `{key}` does not begin with `/`")),
            Kind::Responses => {
                (Code::Malformed, format!("`{key}` is not a status such as `200`, `2XX` or `default`"))
            }
            _ => (Code::UnknownKeyword, format!("OpenAPI has no `{key}` in {}", kind.a_name())),
        };
        let place = self.origins.place(there).key();
        self.diagnostics.push(Diagnostic::new(code, message, place).note("it is ignored"));
    }

    /// Reports a known member that has no effect.
    fn unused(&mut self, key: &str, there: &Pointer, kind: Kind, expects: Expects) {
        let (code, message, note) = match expects {
            Expects::Unsupported => {
                let message = format!("`{key}` of {} is not supported yet", kind.a_name());
                (Code::Ignored, message, "it is ignored")
            }
            Expects::Unchecked => {
                let message = format!("`{key}` of {} is not checked", kind.a_name());
                (Code::Unchecked, message, "all values are accepted, even if they do not match")
            }
            _ => return,
        };
        let place = self.origins.place(there).key();
        self.diagnostics.push(Diagnostic::new(code, message, place).note(note));
    }

    fn below(&mut self, value: &mut Value, here: &mut Pointer, expects: Expects) {
        match (expects, value) {
            (Expects::Node(kind), value) => self.node(value, here, kind),
            (Expects::SchemaOrFlag, value @ Value::Object(_)) => self.node(value, here, Kind::Schema),
            (Expects::Nodes(kind), Value::Array(items)) => {
                for (index, item) in items.iter_mut().enumerate() {
                    let length = here.push_index(index);
                    self.node(item, here, kind);
                    here.truncate(length);
                }
            }
            (Expects::Map(kind), Value::Object(members)) => {
                for (key, value) in members {
                    let length = here.push(key);
                    self.node(value, here, kind);
                    here.truncate(length);
                }
            }
            _ => {}
        }
    }
}

/// Corrects the type of a value: `version: 1.0` becomes the text `1.0`, a boolean in place of a
/// schema becomes a schema.
fn respell(value: &mut Value, expects: Expects) {
    match (expects, &*value) {
        (Expects::Text, Value::Number(_) | Value::Bool(_)) => *value = json!(value.to_string()),
        (Expects::Node(Kind::Schema), Value::Bool(accepts)) => *value = schema::of_flag(*accepts),
        _ => {}
    }
}
