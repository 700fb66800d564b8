//! Reads the schemas of a document. Changes nothing, and builds no types.
//!
//! Input: a [`Document`]. Output for each [`SchemaId`]: its keywords ([`Node`]), the keywords
//! merged by `allOf` ([`View`]), the kind of type ([`Form`]), its variants, its annotations, and
//! conditions that all its values meet ([`Facts`]).
//!
//! Invariants: results depend on the document alone, not on the order of calls. Each result is
//! computed once. Nodes borrow from the document.

mod annotations;
mod choice;
mod derived;
mod facts;
mod form;
mod growth;
mod node;
mod nullable;
mod variants;
mod view;

use std::cell::{Cell, OnceCell, RefCell};
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use serde_json::{Map, Value};

use crate::document::Document;
use crate::pointer::Pointer;

use annotations::Annotations;
pub(super) use annotations::docs;
use facts::Facts;
pub(super) use facts::text;
pub(super) use form::{Form, is_whole, listed_numbers};
use growth::Growth;
pub(super) use node::{Additional, Node};
pub(super) use view::View;

/// The id of a schema, or of another node that a schema's keyword refers to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct SchemaId(usize);

/// The schemas of a document.
pub(super) struct Schemas<'a> {
    document: &'a Document,
    ids: RefCell<HashMap<Pointer, SchemaId>>,
    slots: RefCell<Vec<Rc<Slot<'a>>>>,
    /// The components that inherit by `allOf` from a schema with a discriminator.
    derived: OnceCell<derived::Derived>,
    facts_within: RefCell<HashMap<(SchemaId, usize), Rc<Facts>>>,
    growth: Growth,
}

/// The cached results for one schema.
struct Slot<'a> {
    pointer: Pointer,
    value: Option<&'a Value>,
    target: OnceCell<Option<SchemaId>>,
    node: OnceCell<Option<Rc<Node<'a>>>>,
    /// The outer option is empty until the view is requested. The inner one is empty while the view
    /// is computed, or if the schema cannot be read.
    view: RefCell<Option<Option<Rc<View<'a>>>>>,
    variants: OnceCell<Rc<[SchemaId]>>,
    annotations: OnceCell<Rc<Annotations<'a>>>,
    facts: OnceCell<Rc<Facts>>,
    nullable: Cell<Option<bool>>,
    tags: OnceCell<Rc<HashMap<SchemaId, Vec<String>>>>,
    text_counts: OnceCell<Rc<HashMap<(String, String), usize>>>,
    property_counts: OnceCell<Rc<facts::PropertyCounts>>,
}

impl<'a> Slot<'a> {
    fn new(pointer: Pointer, value: Option<&'a Value>) -> Self {
        Self {
            pointer,
            value,
            target: OnceCell::new(),
            node: OnceCell::new(),
            view: RefCell::new(None),
            variants: OnceCell::new(),
            annotations: OnceCell::new(),
            facts: OnceCell::new(),
            nullable: Cell::new(None),
            tags: OnceCell::new(),
            text_counts: OnceCell::new(),
            property_counts: OnceCell::new(),
        }
    }
}

impl<'a> Schemas<'a> {
    pub(super) fn new(document: &'a Document) -> Self {
        let schemas = Self {
            document,
            ids: RefCell::default(),
            slots: RefCell::default(),
            derived: OnceCell::new(),
            facts_within: RefCell::default(),
            growth: Growth::of(document.root()),
        };
        schemas.add(Pointer::root(), Some(document.root()));
        schemas
    }

    /// Returns the id for `pointer`, whether or not a schema is there.
    pub(super) fn at(&self, pointer: &Pointer) -> SchemaId {
        if let Some(id) = self.ids.borrow().get(pointer) {
            return *id;
        }
        self.add(pointer.clone(), self.document.get(pointer))
    }

    /// Returns the schema in the schema `id` at the keyword `key`.
    pub(super) fn child(&self, id: SchemaId, key: &str) -> SchemaId {
        let slot = self.slot(id);
        let value = slot.value.and_then(Value::as_object).and_then(|object| object.get(key));
        self.known(slot.pointer.child(key), value)
    }

    /// Returns the id for `pointer`, whose `value` the caller has.
    fn known(&self, pointer: Pointer, value: Option<&'a Value>) -> SchemaId {
        let known = self.ids.borrow().get(&pointer).copied();
        known.unwrap_or_else(|| self.add(pointer, value))
    }

    fn add(&self, pointer: Pointer, value: Option<&'a Value>) -> SchemaId {
        let mut slots = self.slots.borrow_mut();
        let id = SchemaId(slots.len());
        self.ids.borrow_mut().insert(pointer.clone(), id);
        slots.push(Rc::new(Slot::new(pointer, value)));
        id
    }

    fn slot(&self, id: SchemaId) -> Rc<Slot<'a>> {
        // Only `add` creates ids, so the slot always exists.
        let known = self.slots.borrow().get(id.0).cloned();
        known.unwrap_or_else(|| Rc::new(Slot::new(Pointer::root(), None)))
    }

    /// Returns the schema's pointer.
    pub(super) fn pointer(&self, id: SchemaId) -> Pointer {
        self.slot(id).pointer.clone()
    }

    /// Returns true if the schema is inside `outer` or is `outer`.
    pub(super) fn is_within(&self, id: SchemaId, outer: SchemaId) -> bool {
        self.slot(id).pointer.is_within(&self.slot(outer).pointer)
    }

    /// Returns the keywords of the schema itself, as written.
    pub(super) fn object(&self, id: SchemaId) -> Option<&'a Map<String, Value>> {
        self.slot(id).value?.as_object()
    }

    /// Returns the value of a keyword of the schema itself.
    pub(super) fn get(&self, id: SchemaId, key: &str) -> Option<&'a Value> {
        self.object(id)?.get(key)
    }

    /// Returns true if the document has a node there.
    pub(super) fn exists(&self, id: SchemaId) -> bool {
        self.slot(id).value.is_some()
    }

    /// Follows the schema's `$ref`, and further references, to a schema that is no reference.
    /// Returns `None` for a dangling or cyclic reference. [`Document::resolve`] reports why.
    pub(super) fn resolve(&self, id: SchemaId) -> Option<SchemaId> {
        let (mut path, mut here) = (HashSet::new(), id);
        let target = loop {
            let slot = self.slot(here);
            if let Some(known) = slot.target.get() {
                break *known;
            }
            if !path.insert(here) {
                break None;
            }
            let Some(reference) = slot.value.and_then(|value| value.get("$ref")).and_then(Value::as_str)
            else {
                break slot.value.map(|_| here);
            };
            let there =
                reference.strip_prefix('#').and_then(Pointer::from_fragment).map(|there| self.at(&there));
            match there.filter(|there| self.exists(*there)) {
                Some(there) => here = there,
                None => break None,
            }
        };
        for passed in path {
            let _ = self.slot(passed).target.set(target);
        }
        target
    }

    /// Returns the target of `id`'s references, or `id` itself if there is none.
    pub(super) fn target(&self, id: SchemaId) -> SchemaId {
        self.resolve(id).unwrap_or(id)
    }
}
