//! Views: a schema by itself in, with all that its `allOf` brings, and what kind of type that is.
//!
//! The one rule: a view follows from the document alone, never from what was lowered before, so that it may be asked
//! for at any time; each is made once.

use std::rc::Rc;

use openapiv3::{AnySchema, ReferenceOr, Schema};
use serde_json::Value;

use super::Lower;
use super::form::{Form, form};
use crate::document::shape::Kind;
use crate::document::target;
use crate::pointer::Pointer;

/// A schema node by itself: its keywords, with each child as a pointer.
#[derive(Debug)]
pub(super) struct Node {
    pub(super) pointer: Pointer,
    pub(super) keywords: AnySchema,
}

/// A schema with those that its `allOf` brings.
#[derive(Debug)]
pub(super) struct View {
    pub(super) pointer: Pointer,
    /// The schemas that all hold, each once, the schema's own keywords last.
    pub(super) nodes: Vec<Rc<Node>>,
    pub(super) form: Form,
}

impl Node {
    /// Whether it says no more of a value than its JSON type and format, and constraints and texts.
    pub(super) fn is_plain(&self) -> bool {
        let keywords = &self.keywords;
        keywords.properties.is_empty()
            && keywords.required.is_empty()
            && keywords.enumeration.is_empty()
            && keywords.items.is_none()
            && !matches!(keywords.additional_properties, Some(openapiv3::AdditionalProperties::Schema(_)))
            && !self.is_composed()
    }

    /// Whether it is composed of other schemas.
    pub(super) fn is_composed(&self) -> bool {
        let keywords = &self.keywords;
        [&keywords.all_of, &keywords.one_of, &keywords.any_of].iter().any(|members| !members.is_empty())
    }
}

impl View {
    /// The last type that the nodes name; an integer is a number as well.
    pub(super) fn kind(&self) -> Option<&str> {
        let kinds = || self.nodes.iter().rev().filter_map(|node| node.keywords.typ.as_deref());
        match kinds().next() {
            Some("number") if kinds().any(|kind| kind == "integer") => Some("integer"),
            kind => kind,
        }
    }

    /// The last format that the nodes name.
    pub(super) fn format(&self) -> Option<&str> {
        self.nodes.iter().rev().find_map(|node| node.keywords.format.as_deref())
    }

    /// The last node that `has` something.
    pub(super) fn last(&self, has: impl Fn(&AnySchema) -> bool) -> Option<&Node> {
        self.nodes.iter().rev().find(|node| has(&node.keywords)).map(Rc::as_ref)
    }

    /// The members that any node declares, in order, each with all the schemas that it has to be of.
    pub(super) fn properties(&self) -> Vec<(&str, Vec<Pointer>)> {
        let mut properties: Vec<(&str, Vec<Pointer>)> = Vec::new();
        let mut index = std::collections::HashMap::new();
        for node in &self.nodes {
            for (key, property) in &node.keywords.properties {
                let at = *index.entry(key.as_str()).or_insert_with(|| {
                    properties.push((key, Vec::new()));
                    properties.len() - 1
                });
                if let Some((_, pointers)) = properties.get_mut(at) {
                    pointers.push(target(property));
                }
            }
        }
        properties
    }

    /// The keys that any node requires, each once, with where that is said.
    pub(super) fn required(&self) -> Vec<(&str, Pointer)> {
        let mut required: Vec<(&str, Pointer)> = Vec::new();
        for node in &self.nodes {
            for key in &node.keywords.required {
                if !required.iter().any(|(known, _)| known == key) {
                    required.push((key, node.pointer.child("required")));
                }
            }
        }
        required
    }
}

impl Lower<'_> {
    /// The view of the schema at `pointer`, which is no reference; nothing where it can't be read.
    pub(super) fn view(&self, pointer: &Pointer) -> Option<Rc<View>> {
        if let Some(known) = self.views.borrow().get(pointer) {
            return known.clone();
        }
        // A schema that leads back to itself here brings nothing more.
        self.views.borrow_mut().insert(pointer.clone(), None);
        let mut nodes = Vec::new();
        self.gather(pointer, &mut Vec::new(), &mut nodes);
        let is_read = nodes.last().is_some_and(|own| own.pointer == *pointer);
        let view = is_read.then(|| {
            let mut view = View { pointer: pointer.clone(), nodes, form: Form::any() };
            view.form = form(self, &view);
            Rc::new(view)
        });
        self.views.borrow_mut().insert(pointer.clone(), view.clone());
        view
    }

    /// The view of the schema at `pointer`, or of the one that it refers to.
    pub(super) fn resolved_view(&self, pointer: &Pointer) -> Option<Rc<View>> {
        self.view(&self.document.resolve(pointer).ok()?)
    }

    /// The schema at `pointer` by itself.
    pub(super) fn node(&self, pointer: &Pointer) -> Option<Rc<Node>> {
        if let Some(known) = self.nodes.borrow().get(pointer) {
            return Some(known.clone());
        }
        let keywords = self.document.read::<AnySchema>(pointer, Kind::Schema).ok()?;
        let node = Rc::new(Node { pointer: pointer.clone(), keywords });
        self.nodes.borrow_mut().insert(pointer.clone(), node.clone());
        Some(node)
    }

    /// Adds the schema at `pointer` behind all that its `allOf` brings; each once.
    fn gather(&self, pointer: &Pointer, seen: &mut Vec<Pointer>, nodes: &mut Vec<Rc<Node>>) {
        let Ok(pointer) = self.document.resolve(pointer) else { return };
        if seen.contains(&pointer) {
            return;
        }
        seen.push(pointer.clone());
        let Some(node) = self.node(&pointer) else { return };
        for member in &node.keywords.all_of {
            self.gather(&target(member), seen, nodes);
        }
        nodes.push(node);
    }

    /// The schemas that a list names, through references, each once.
    pub(super) fn targets(&self, members: &[ReferenceOr<Schema>]) -> Vec<Pointer> {
        let mut targets = Vec::new();
        for member in members {
            let pointer = target(member);
            let pointer = self.document.resolve(&pointer).unwrap_or(pointer);
            if !targets.contains(&pointer) {
                targets.push(pointer);
            }
        }
        targets
    }

    /// The value of a keyword of the schema at `pointer`, or of the one that it refers to.
    pub(super) fn said(&self, pointer: &Pointer, keyword: &str) -> Option<&Value> {
        let own =
            self.document.get(pointer).and_then(Value::as_object).and_then(|schema| schema.get(keyword));
        own.or_else(|| self.document.get(&self.document.resolve(pointer).ok()?)?.get(keyword))
    }

    /// Whether a keyword of the schema at `pointer`, or of the one that it refers to, is `true`.
    pub(super) fn says(&self, pointer: &Pointer, keyword: &str) -> bool {
        self.said(pointer, keyword) == Some(&Value::Bool(true))
    }
}
