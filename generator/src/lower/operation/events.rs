//! Finds how a document describes server-sent events (WHATWG HTML §9.2.6).
//!
//! Input: a media type `text/event-stream`. Output: the type of each event's data, or of the whole
//! event with its name.
//!
//! | schema | describes |
//! | --- | --- |
//! | `itemSchema` (OpenAPI 3.2.0 §4.14.3) | an event |
//! | the items of a list, if they have only fields of events | an event |
//! | an object with `event` and `data` and only fields of events | an event |
//! | a union of events, each with its own name | an event, with its name |
//! | any other | the data of an event |

use super::super::Lower;
use super::super::schema::{Form, SchemaId};
use crate::ir::{Content, Scalar, TypeRef};
use crate::pointer::Pointer;

/// The fields of an event.
const FIELDS: [&str; 4] = ["event", "data", "id", "retry"];

impl Lower<'_> {
    /// Returns the events of a media type.
    pub(super) fn events(&mut self, content: &Pointer) -> Content {
        let content = self.schemas.at(content);
        let [schema, item] = ["schema", "itemSchema"].map(|key| self.schemas.child(content, key));
        let (event, data) = if self.schemas.exists(schema) {
            let items = self.items(schema);
            (items.unwrap_or(schema), Some(items.unwrap_or(schema)).filter(|_| !self.is_event(schema, items)))
        } else if self.schemas.exists(item) {
            (item, None)
        } else {
            return Content::Events(None);
        };
        if self.is_union_of_events(event) {
            return Content::NamedEvents(self.schema(event).into_ref());
        }
        let data = data.or_else(|| self.data(event));
        let shape = data.map(|data| self.schema(data).into_ref());
        Content::Events(shape.filter(|shape| *shape != TypeRef::Scalar(Scalar::String)))
    }

    /// Returns the schema of the items, if the schema is a list.
    fn items(&self, schema: SchemaId) -> Option<SchemaId> {
        let list = self.only(schema);
        let items = self.schemas.child(list, "items");
        let is_list = self.schemas.view(list).is_some_and(|view| matches!(view.form, Form::List));
        Some(items).filter(|items| is_list && self.schemas.exists(*items))
    }

    /// Follows references, and a union that has one variant beside null.
    fn only(&self, schema: SchemaId) -> SchemaId {
        let target = self.schemas.target(schema);
        match self.schemas.view(target).map(|view| view.form.clone()) {
            Some(Form::Only(inner)) if inner != target => self.schemas.target(inner),
            _ => target,
        }
    }

    /// Returns true if a schema, or the items of its list, describe an event.
    fn is_event(&self, schema: SchemaId, items: Option<SchemaId>) -> bool {
        let facts = self.schemas.facts(self.only(items.unwrap_or(schema)));
        let has_name = facts.known.iter().any(|key| key == "event");
        let has_data = self.data(items.unwrap_or(schema)).is_some();
        has_only_fields(&facts.known) && has_data && (items.is_some() || has_name)
    }

    /// Returns true for a union of events that have names of their own.
    fn is_union_of_events(&self, schema: SchemaId) -> bool {
        let variants = self.schemas.variants(self.only(schema));
        let facts: Vec<_> = variants.iter().map(|variant| self.schemas.facts(*variant)).collect();
        let is_named = |event: &str| facts.iter().all(|facts| facts.values_of(event).is_some());
        facts.len() > 1
            && facts.iter().all(|facts| has_only_fields(&facts.known))
            && facts.iter().any(|facts| facts.known.iter().any(|key| key == "data"))
            && is_named("event")
    }

    /// Returns the schema of an event's data: JSON if it has a `contentSchema`.
    fn data(&self, event: SchemaId) -> Option<SchemaId> {
        let properties = self.schemas.child(self.only(event), "properties");
        let data = self.schemas.child(properties, "data");
        let content = self.schemas.child(data, "contentSchema");
        [content, data].into_iter().find(|schema| self.schemas.exists(*schema))
    }
}

fn has_only_fields(known: &[String]) -> bool {
    !known.is_empty() && known.iter().all(|key| FIELDS.contains(&key.as_str()))
}
