//! Rewrites `body` and `formData` parameters as a request body.

use serde_json::{Value, json};

use super::{Convert, MediaTypes, Object};
use crate::diagnostic::{self, Code, Diagnostic, Place};
use crate::pointer::Pointer;

const MULTIPART: &str = "multipart/form-data";
const FORM: &str = "application/x-www-form-urlencoded";

/// A parameter in the body, and its place.
#[derive(Clone)]
pub(super) struct Part {
    parameter: Object,
    origin: (usize, Pointer),
    /// The pointer that references to the parameter have.
    stood: Pointer,
}

/// Returns true if a parameter is in the body. References are not followed.
pub(super) fn is_in_body(parameter: &Value) -> bool {
    parameter.get("in").is_some_and(|place| place == "body" || place == "formData")
}

impl Convert<'_> {
    /// Rewrites the parameters of a path item or an operation. Removes and returns those in the
    /// body.
    pub(super) fn parameters(&mut self, object: &mut Object, here: &Pointer) -> Vec<Part> {
        let Some(Value::Array(listed)) = object.get_mut("parameters") else { return Vec::new() };
        let here = here.child("parameters");
        let mut parts = Vec::new();
        let mut kept = Vec::new();
        for (index, mut parameter) in std::mem::take(listed).into_iter().enumerate() {
            let from = here.item(index);
            if let Some((shared, at)) = self.shared_part(&parameter) {
                parts.push(Part { parameter: shared, origin: self.origins.find(&at), stood: at });
                continue;
            }
            if let (true, Some(parameter)) = (is_in_body(&parameter), parameter.as_object()) {
                let origin = self.origins.find(&from);
                parts.push(Part { parameter: parameter.clone(), origin, stood: from });
                continue;
            }
            let to = here.item(kept.len());
            if from != to {
                self.origins.shift(&from, &to);
            }
            self.parameter(&mut parameter, &to);
            kept.push(parameter);
        }
        *listed = kept;
        parts
    }

    /// Returns the shared parameter that a reference leads to, if it is in the body.
    fn shared_part(&self, parameter: &Value) -> Option<(Object, Pointer)> {
        let reference = parameter.get("$ref")?.as_str()?.strip_prefix('#')?;
        let name = Pointer::from_fragment(reference)?.as_str().strip_prefix("/parameters/")?.to_owned();
        let name = Pointer::from_text(&format!("/{name}"))?.last();
        let shared = self.shared.get(&name).filter(|shared| is_in_body(shared))?;
        Some((shared.as_object()?.clone(), Pointer::of(&["components", "parameters", &name])))
    }

    /// Sets the request body of an operation from its parameters in the body.
    pub(super) fn body(
        &mut self,
        operation: &mut Object,
        here: &Pointer,
        parts: Vec<Part>,
        media_types: &MediaTypes,
    ) {
        let here = here.child("requestBody");
        let (bodies, form): (Vec<Part>, Vec<Part>) =
            parts.into_iter().partition(|part| part.parameter.get("in").is_some_and(|place| place == "body"));
        for ignored in bodies.iter().skip(1).chain(form.iter().filter(|_| !bodies.is_empty())) {
            let name = ignored.parameter.get("name").and_then(Value::as_str).unwrap_or_default();
            let message = format!("`{name}` is a second body: a request has one");
            let (file, there) = ignored.origin.clone();
            let place = Place::node(file, there, diagnostic::Part::Value);
            self.diagnostics.push(Diagnostic::new(Code::OddBody, message, place).note("it is not sent"));
        }
        let body = match bodies.into_iter().next() {
            Some(body) => self.whole(body, &here, media_types),
            None if form.is_empty() => return,
            None => self.form(form, &here, media_types),
        };
        operation.insert("requestBody".to_owned(), body.into());
    }

    fn whole(&mut self, mut part: Part, here: &Pointer, media_types: &MediaTypes) -> Object {
        let (file, there) = part.origin;
        self.origins.insert(here.clone(), file, there.clone());
        let schema = part.parameter.shift_remove("schema").unwrap_or_else(|| json!({}));
        let mut body = part.parameter;
        for key in ["name", "in"] {
            body.shift_remove(key);
        }
        let json = ["application/json".to_owned()];
        let names = if media_types.consumes.is_empty() { &json[..] } else { &media_types.consumes };
        if let Some(name) = names.first() {
            let to = here.child("content").child(name).child("schema");
            self.origins.redirect(&part.stood.child("schema"), &to);
        }
        let mut content = Object::new();
        for name in names {
            let at = here.child("content").child(name).child("schema");
            self.origins.insert(at, file, there.child("schema"));
            content.insert(name.clone(), json!({ "schema": schema }));
        }
        body.insert("content".to_owned(), content.into());
        body
    }

    fn form(&mut self, parts: Vec<Part>, here: &Pointer, media_types: &MediaTypes) -> Object {
        let has_file = parts.iter().any(|part| part.parameter.get("type").is_some_and(|kind| kind == "file"));
        let says = media_types.consumes.iter().find(|name| [MULTIPART, FORM].contains(&name.as_str()));
        let media_type = if has_file { MULTIPART } else { says.map_or(FORM, String::as_str) };
        let at = here.child("content").child(media_type);
        let mut properties = Object::new();
        let mut required: Vec<Value> = Vec::new();
        let mut encoding = Object::new();
        for Part { mut parameter, origin: (file, there), .. } in parts {
            let Some(name) = parameter.get("name").and_then(Value::as_str).map(str::to_owned) else {
                continue;
            };
            if properties.is_empty() {
                self.origins.insert(here.clone(), file, there.clone());
            }
            let property = at.child("schema").child("properties").child(&name);
            self.origins.insert(property.clone(), file, there);
            if parameter.get("required") == Some(&Value::Bool(true)) {
                required.push(json!(name));
            }
            let (mut schema, style) = self.values(&mut parameter, &property, "formData", &property);
            for key in ["description", "example"] {
                schema.extend(parameter.shift_remove(key).map(|value| (key.to_owned(), value)));
            }
            if !style.is_empty() {
                encoding.insert(name.clone(), style.into());
            }
            properties.insert(name, schema.into());
        }
        let mut body = json!({ "required": !required.is_empty() });
        let mut schema = json!({ "type": "object", "properties": properties });
        if let Some(schema) = schema.as_object_mut().filter(|_| !required.is_empty()) {
            schema.insert("required".to_owned(), required.into());
        }
        let mut media = json!({ "schema": schema });
        if let Some(media) = media.as_object_mut().filter(|_| !encoding.is_empty()) {
            media.insert("encoding".to_owned(), encoding.into());
        }
        body.as_object_mut().map(|body| body.insert("content".to_owned(), json!({ media_type: media })));
        if let Value::Object(body) = body { body } else { Object::new() }
    }
}
