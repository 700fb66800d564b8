//! The annotations of a schema: documentation, and keywords that do not change its type.

use std::rc::Rc;

use serde_json::{Map, Value};

use super::{SchemaId, Schemas};
use crate::ir::Docs;

/// The annotations of a schema and of all parts of its `allOf`. The schema's own come last and win.
#[derive(Debug, Default)]
pub(in crate::lower) struct Annotations<'a> {
    /// The texts of the schema and of its inline parts. Referenced schemas have their own
    /// documentation.
    pub(in crate::lower) docs: Docs,
    pub(in crate::lower) read_only: bool,
    pub(in crate::lower) write_only: bool,
    /// `x-personal-data`.
    pub(in crate::lower) personal: bool,
    pub(in crate::lower) default: Option<&'a Value>,
}

impl<'a> Annotations<'a> {
    /// Adds an object's annotations, which override earlier ones.
    fn add(&mut self, object: &'a Map<String, Value>, with_docs: bool) {
        let says = |key: &str| object.get(key) == Some(&Value::Bool(true));
        if with_docs {
            let docs = docs(object);
            self.docs.title = docs.title.or(self.docs.title.take());
            self.docs.description = docs.description.or(self.docs.description.take());
            self.docs.deprecated |= docs.deprecated;
            self.docs.sunset = docs.sunset.or(self.docs.sunset.take());
        }
        self.read_only |= says("readOnly");
        self.write_only |= says("writeOnly");
        self.personal |= says("x-personal-data");
        self.default = object.get("default").or(self.default);
    }
}

impl<'a> Schemas<'a> {
    /// Returns the annotations of a schema and of its `$ref` target.
    pub(in crate::lower) fn annotations(&self, id: SchemaId) -> Rc<Annotations<'a>> {
        let slot = self.slot(id);
        slot.annotations.get_or_init(|| Rc::new(self.find_annotations(id))).clone()
    }

    fn find_annotations(&self, id: SchemaId) -> Annotations<'a> {
        let mut all = Annotations::default();
        let target = self.target(id);
        for node in self.view(target).iter().flat_map(|view| &view.nodes) {
            all.add(node.object, target == id && self.is_within(node.id, id));
        }
        if let Some(own) = self.object(id).filter(|_| target != id || self.view(target).is_none()) {
            all.add(own, true);
        }
        all
    }
}

/// Returns the documentation of a node.
pub(in crate::lower) fn docs(object: &Map<String, Value>) -> Docs {
    let text = |key: &str| {
        object.get(key)?.as_str().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned)
    };
    Docs {
        title: text("title").or_else(|| text("summary")),
        description: text("description"),
        deprecated: object.get("deprecated") == Some(&Value::Bool(true)),
        sunset: text("x-sunset"),
    }
}
