//! A schema's own keywords, borrowed from the document.

use serde_json::{Map, Value};

use super::{SchemaId, Schemas};
use crate::pointer::Pointer;
use std::rc::Rc;

/// One schema by itself: its keywords, with inline schemas as ids.
#[derive(Debug)]
pub(in crate::lower) struct Node<'a> {
    pub(in crate::lower) id: SchemaId,
    pub(in crate::lower) object: &'a Map<String, Value>,
    pub(in crate::lower) kind: Option<&'a str>,
    pub(in crate::lower) format: Option<&'a str>,
    pub(in crate::lower) properties: Vec<(&'a str, SchemaId)>,
    pub(in crate::lower) required: Vec<&'a str>,
    pub(in crate::lower) enumeration: &'a [Value],
    pub(in crate::lower) all_of: Vec<SchemaId>,
    pub(in crate::lower) one_of: Vec<SchemaId>,
    pub(in crate::lower) any_of: Vec<SchemaId>,
    pub(in crate::lower) items: Option<SchemaId>,
    pub(in crate::lower) additional: Additional,
    pub(in crate::lower) patterns: Vec<(&'a str, SchemaId)>,
    pub(in crate::lower) prefix: Vec<SchemaId>,
}

/// The value of `additionalProperties`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::lower) enum Additional {
    Unsaid,
    /// A boolean: `true` allows any value, `false` allows no undeclared property.
    Any(bool),
    Schema(SchemaId),
}

impl Node<'_> {
    /// Returns true if the schema has only a JSON type, a format, constraints and annotations.
    pub(in crate::lower) fn is_plain(&self) -> bool {
        self.properties.is_empty()
            && self.required.is_empty()
            && self.enumeration.is_empty()
            && self.items.is_none()
            && self.patterns.is_empty()
            && self.prefix.is_empty()
            && !matches!(self.additional, Additional::Schema(_))
            && !self.is_composed()
    }

    /// Returns true if the schema is composed of other schemas.
    pub(in crate::lower) fn is_composed(&self) -> bool {
        !self.all_of.is_empty() || self.has_variants()
    }

    /// Returns true if the schema lists variants.
    pub(in crate::lower) fn has_variants(&self) -> bool {
        !self.one_of.is_empty() || !self.any_of.is_empty()
    }

    /// Returns true if the schema does not determine a value's type: it has constraints and
    /// annotations at most.
    pub(in crate::lower) fn is_bare(&self) -> bool {
        self.is_plain()
            && self.kind.is_none()
            && self.format.is_none()
            && self.additional == Additional::Unsaid
            && !self.object.contains_key("not")
            && !self.object.contains_key("$ref")
    }

    /// Returns true if the schema's keyword `key` is `true`.
    pub(in crate::lower) fn says(&self, key: &str) -> bool {
        self.object.get(key) == Some(&Value::Bool(true))
    }
}

impl<'a> Schemas<'a> {
    /// Returns the schema's own keywords, or `None` if it is no object.
    pub(in crate::lower) fn node(&self, id: SchemaId) -> Option<Rc<Node<'a>>> {
        let slot = self.slot(id);
        slot.node
            .get_or_init(|| Some(Rc::new(self.read(id, &slot.pointer, slot.value?.as_object()?))))
            .clone()
    }

    fn read(&self, id: SchemaId, pointer: &Pointer, object: &'a Map<String, Value>) -> Node<'a> {
        let text = |key: &str| object.get(key).and_then(Value::as_str);
        let list = |key: &str| {
            let items = object.get(key).and_then(Value::as_array).into_iter().flatten();
            let here = pointer.child(key);
            let id = |(index, item)| self.known(here.item(index), Some(item));
            items.enumerate().map(id).collect::<Vec<SchemaId>>()
        };
        let map = |key: &str| {
            let members = object.get(key).and_then(Value::as_object).into_iter().flatten();
            let here = pointer.child(key);
            let id = |(name, value): (&'a String, &'a Value)| {
                (name.as_str(), self.known(here.child(name), Some(value)))
            };
            members.map(id).collect::<Vec<(&'a str, SchemaId)>>()
        };
        let inner = |key: &str, value: &'a Value| self.known(pointer.child(key), Some(value));
        let required = object.get("required").and_then(Value::as_array).into_iter().flatten();
        Node {
            id,
            object,
            kind: text("type"),
            format: text("format"),
            properties: map("properties"),
            required: required.filter_map(Value::as_str).collect(),
            enumeration: object.get("enum").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default(),
            all_of: list("allOf"),
            one_of: list("oneOf"),
            any_of: list("anyOf"),
            items: object.get("items").map(|items| inner("items", items)),
            additional: match object.get("additionalProperties") {
                None => Additional::Unsaid,
                Some(Value::Bool(any)) => Additional::Any(*any),
                Some(values) => Additional::Schema(inner("additionalProperties", values)),
            },
            patterns: map("patternProperties"),
            prefix: list("prefixItems"),
        }
    }
}
