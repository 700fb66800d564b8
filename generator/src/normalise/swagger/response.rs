//! Rewrites responses: schema and examples become content by media type.

use serde_json::Value;

use super::{Convert, MediaTypes, Object, parameter};
use crate::pointer::Pointer;

impl Convert<'_> {
    /// Rewrites a response. References are not followed.
    pub(super) fn response(&mut self, response: &mut Value, here: &Pointer, media_types: &MediaTypes) {
        let Some(response) = response.as_object_mut() else { return };
        if let Some(Value::Object(headers)) = response.get_mut("headers") {
            for (name, header) in headers {
                self.parameter(header, &here.child("headers").child(name));
            }
        }
        let mut schema = response.shift_remove("schema");
        let examples = match response.shift_remove("examples") {
            Some(Value::Object(examples)) => examples,
            _ => Object::new(),
        };
        if schema.is_none() && examples.is_empty() {
            return;
        }
        let is_file =
            schema.as_ref().is_some_and(|schema| schema.get("type").is_some_and(|kind| kind == "file"));
        if let Some(Value::Object(schema)) = &mut schema {
            parameter::file(schema);
        }
        let mut names = media_types.produces.clone();
        if names.is_empty() && schema.is_some() {
            names.push(if is_file { "application/octet-stream" } else { "application/json" }.to_owned());
        }
        if is_file {
            // A file is bytes, even if the other responses are JSON.
            names.retain(|name| !name.contains("json"));
            if names.is_empty() {
                names.push("*/*".to_owned());
            }
        }
        names.extend(
            examples.keys().filter(|key| key.contains('/') && !media_types.produces.contains(key)).cloned(),
        );
        names.dedup();
        let source = here.child("schema");
        let mut content = Object::new();
        for name in names {
            let at = here.child("content").child(&name);
            let mut media = Object::new();
            if let Some(schema) = &schema {
                self.origins.copy(&source, &at.child("schema"));
                media.insert("schema".to_owned(), schema.clone());
            }
            if let Some(example) = examples.get(&name) {
                self.origins.derive(at.child("example"), &here.child("examples").child(&name));
                media.insert("example".to_owned(), example.clone());
            }
            content.insert(name, media.into());
        }
        self.origins.derive(here.child("content"), &source);
        if let (Some(name), Some(_)) = (content.keys().next(), &schema) {
            self.origins.redirect(&source, &here.child("content").child(name).child("schema"));
        }
        response.insert("content".to_owned(), content.into());
    }
}
