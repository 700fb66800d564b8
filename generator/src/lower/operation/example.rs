//! Collects the examples of JSON bodies in all requests and responses.
//!
//! Unsupported parts of an operation do not matter here, and nothing is reported twice: a body that
//! cannot be resolved was reported when its operation was lowered.

use std::collections::HashSet;

use serde_json::Value;

use super::super::Lower;
use super::Only;
use super::media::Media;
use crate::document::Document;
use crate::ir::Example;
use crate::pointer::Pointer;

/// A JSON body: its media type, and whether it is sent.
struct Body {
    media_type: Pointer,
    sent: bool,
}

impl Lower<'_> {
    /// Collects the examples of all JSON bodies, in document order, without duplicates.
    pub(in crate::lower) fn examples(&mut self, only: &Only) {
        let said = self.diagnostics.len();
        let mut seen = HashSet::new();
        for body in self.json_bodies(only) {
            let schema = body.media_type.child("schema");
            if self.document.get(&schema).is_none() {
                continue;
            }
            for (pointer, value) in shown(self.document, &body.media_type, &schema) {
                if seen.insert((pointer.clone(), body.sent)) {
                    let (schema, shape) = (schema.clone(), self.schema_at(&schema).into_ref());
                    let value = value.clone();
                    self.api.examples.push(Example { pointer, schema, shape, value, sent: body.sent });
                }
            }
        }
        self.diagnostics.truncate(said);
    }

    /// Returns the JSON bodies of all selected operations.
    fn json_bodies(&self, only: &Only) -> Vec<Body> {
        let document = self.document;
        let mut bodies = Vec::new();
        let mut add = |pointer: &Pointer, sent| {
            let Ok(pointer) = document.resolve(pointer) else { return };
            let media_types = document.entries(&pointer.child("content")).into_iter();
            let json = media_types.filter(|(name, _)| Media::of(name) == Media::Json);
            bodies.extend(json.map(|(_, media_type)| Body { media_type, sent }));
        };
        for (path, item) in document.members(&Pointer::root().child("paths")) {
            let Ok(item) = document.resolve(&item) else { continue };
            for (_, operation) in self.methods(&item) {
                if !self.is_wanted(only, &path, &operation) {
                    continue;
                }
                add(&operation.child("requestBody"), true);
                for (_, response) in document.members(&operation.child("responses")) {
                    add(&response, false);
                }
            }
        }
        bodies
    }
}

/// Returns the examples of a media type and of its schema, with their places.
fn shown<'a>(document: &'a Document, media_type: &Pointer, schema: &Pointer) -> Vec<(Pointer, &'a Value)> {
    let mut shown = Vec::new();
    let mut add =
        |pointer: Pointer, value: Option<&'a Value>| shown.extend(value.map(|value| (pointer, value)));
    let example = media_type.child("example");
    add(example.clone(), document.get(&example));
    for (_, example) in document.members(&media_type.child("examples")) {
        let target = document.resolve(&example).ok();
        let value = target.and_then(|target| {
            ["value", "dataValue"].iter().find_map(|key| document.get(&target.child(key)))
        });
        add(example, value);
    }
    if let Ok(schema) = document.resolve(schema) {
        let (example, list) = (schema.child("example"), document.items(&schema.child("examples")));
        // `normalise` sets a missing `example` to the first item of `examples`.
        if list.first().and_then(|first| document.get(first)) != document.get(&example) {
            add(example.clone(), document.get(&example));
        }
        for example in list {
            add(example.clone(), document.get(&example));
        }
    }
    shown
}
