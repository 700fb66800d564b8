//! A schema merged with the schemas of its `allOf`.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use serde_json::Value;

use super::growth::Exceeded;
use super::{Additional, Form, Node, SchemaId, Schemas, form};
use crate::limits;

/// A schema merged with the schemas of its `allOf`.
#[derive(Debug)]
pub(in crate::lower) struct View<'a> {
    pub(in crate::lower) id: SchemaId,
    /// The schemas that all apply, without duplicates. The schema's own keywords come last.
    pub(in crate::lower) nodes: Vec<Rc<Node<'a>>>,
    pub(in crate::lower) form: Form,
}

impl<'a> View<'a> {
    /// Returns the last type of the nodes. An integer is also a number.
    pub(in crate::lower) fn kind(&self) -> Option<&'a str> {
        let kinds = || self.nodes.iter().rev().filter_map(|node| node.kind);
        match kinds().next() {
            Some("number") if kinds().any(|kind| kind == "integer") => Some("integer"),
            kind => kind,
        }
    }

    /// Returns the last format of the nodes.
    pub(in crate::lower) fn format(&self) -> Option<&'a str> {
        self.nodes.iter().rev().find_map(|node| node.format)
    }

    /// Returns the last node that `has` accepts.
    pub(in crate::lower) fn last(&self, has: impl Fn(&Node<'a>) -> bool) -> Option<&Node<'a>> {
        self.nodes.iter().rev().map(Rc::as_ref).find(|node| has(node))
    }

    /// Returns the last value of a keyword.
    pub(in crate::lower) fn keyword(&self, key: &str) -> Option<&'a Value> {
        self.nodes.iter().rev().find_map(|node| node.object.get(key))
    }

    /// Returns the properties that any node declares, in order, each with all schemas that apply to
    /// its value.
    pub(in crate::lower) fn properties(&self) -> Vec<(&'a str, Vec<SchemaId>)> {
        let mut properties: Vec<(&str, Vec<SchemaId>)> = Vec::new();
        let mut index = HashMap::new();
        for node in &self.nodes {
            for (key, property) in &node.properties {
                let at = *index.entry(*key).or_insert_with(|| {
                    properties.push((key, Vec::new()));
                    properties.len() - 1
                });
                if let Some((_, schemas)) = properties.get_mut(at) {
                    schemas.push(*property);
                }
            }
        }
        properties
    }

    /// Returns the keys that any node requires, without duplicates, each with the schema that
    /// requires it.
    pub(in crate::lower) fn required(&self) -> Vec<(&'a str, SchemaId)> {
        let mut seen = HashSet::new();
        let keys = self.nodes.iter().flat_map(|node| node.required.iter().map(|key| (*key, node.id)));
        keys.filter(|(key, _)| seen.insert(*key)).collect()
    }

    /// Returns the schemas of properties that the object does not declare by name: the last
    /// `additionalProperties` that is a schema, and those of the patterns.
    pub(in crate::lower) fn undeclared(&self) -> Vec<SchemaId> {
        let values = self.last(|node| matches!(node.additional, Additional::Schema(_)));
        let values = values.map(|node| node.additional);
        let patterns = self.nodes.iter().flat_map(|node| &node.patterns).map(|(_, schema)| *schema);
        let values = values.and_then(|values| match values {
            Additional::Schema(values) => Some(values),
            _ => None,
        });
        patterns.chain(values).collect()
    }

    /// Returns true if the object has only the properties that it declares by name or pattern.
    pub(in crate::lower) fn is_closed(&self) -> bool {
        self.nodes.iter().any(|node| node.additional == Additional::Any(false))
    }

    /// Returns the schema of a list's items.
    pub(in crate::lower) fn items(&self) -> Option<SchemaId> {
        self.nodes.iter().rev().find_map(|node| node.items)
    }

    /// Returns the schemas of a list's first items.
    pub(in crate::lower) fn prefix(&self) -> &[SchemaId] {
        let lists = self.nodes.iter().rev().map(|node| node.prefix.as_slice());
        lists.into_iter().find(|items| !items.is_empty()).unwrap_or_default()
    }
}

impl<'a> Schemas<'a> {
    /// Returns the view of a schema that is no reference, or `None` if it cannot be read.
    pub(in crate::lower) fn view(&self, id: SchemaId) -> Option<Rc<View<'a>>> {
        let slot = self.slot(id);
        if let Some(known) = slot.view.borrow().as_ref() {
            return known.clone();
        }
        // Ends a cycle: a schema that leads back to itself here adds nothing.
        *slot.view.borrow_mut() = Some(None);
        let mut nodes = Vec::new();
        self.gather(id, 0, &mut HashSet::new(), &mut nodes);
        let is_read = nodes.last().is_some_and(|own| own.id == id) && self.grow(nodes.len() - 1, id);
        let view = is_read.then(|| {
            let mut view = View { id, nodes, form: Form::any() };
            view.form = form::form(self, &view);
            Rc::new(view)
        });
        slot.view.borrow_mut().replace(view.clone());
        view
    }

    /// Returns the view of a schema or of its `$ref` target.
    pub(in crate::lower) fn resolved_view(&self, id: SchemaId) -> Option<Rc<View<'a>>> {
        self.view(self.resolve(id)?)
    }

    /// Adds a schema after the schemas of its `allOf`, without duplicates.
    fn gather(
        &self,
        id: SchemaId,
        depth: usize,
        seen: &mut HashSet<SchemaId>,
        nodes: &mut Vec<Rc<Node<'a>>>,
    ) {
        if depth > limits::INHERITANCE_DEPTH {
            self.refuse(Exceeded::Depth, id);
        }
        let Some(id) = self.resolve(id).filter(|_| !self.is_refused()) else { return };
        if !seen.insert(id) {
            return;
        }
        let Some(node) = self.node(id) else { return };
        for member in &node.all_of {
            self.gather(*member, depth + 1, seen, nodes);
        }
        nodes.push(node);
    }

    /// Returns the targets of a list of schemas, following references, without duplicates.
    pub(in crate::lower) fn targets(&self, members: &[SchemaId]) -> Vec<SchemaId> {
        let mut seen = HashSet::new();
        members.iter().map(|member| self.target(*member)).filter(|target| seen.insert(*target)).collect()
    }
}
