//! Lowers a Request Body Object to one body for each of its media types (OpenAPI 3.0.4 §4.7.13).

use serde_json::Value;

use super::super::Lower;
use super::Skip;
use super::media::{Media, is_range, rank};
use super::style::style;
use crate::diagnostic::Code;
use crate::ir::{Body, BodyForm, Constraints, Location, Style, StyleKind, TypeRef, Why};
use crate::pointer::Pointer;

impl Lower<'_> {
    /// Returns the bodies of an operation, the best supported media type first, and whether a body
    /// is required.
    pub(super) fn bodies(&mut self, operation: &Pointer) -> Result<(Vec<Body>, bool), Skip> {
        let pointer = operation.child("requestBody");
        if self.document.get(&pointer).is_none() {
            return Ok((Vec::new(), false));
        }
        let resolved =
            self.document.resolve(&pointer).map_err(|problem| Skip::at(&pointer, problem.message()))?;
        let mut bodies = Vec::new();
        for (media_type, content) in self.document.entries(&resolved.child("content")) {
            let media = self.media(&media_type, &content);
            self.report_unread("body", &media_type, &content);
            let (form, constraints) = self.body_form(media, &content);
            // A request has a concrete media type.
            let is_open_json = media == Media::Json && is_range(&media_type);
            let media_type = if is_open_json { "application/json".to_owned() } else { media_type };
            let docs = self.docs(&resolved);
            bodies.push((media, Body { docs, media_type, pointer: content, form, constraints }));
        }
        if bodies.is_empty() {
            let message = "a request body must have a media type";
            self.warn(Code::OddBody, &resolved, message, "it is read as bytes of any type");
            let any = Body {
                media_type: "*/*".to_owned(),
                pointer: resolved.clone(),
                docs: self.docs(&resolved),
                form: BodyForm::Bytes,
                constraints: Constraints::default(),
            };
            bodies.push((Media::Bytes, any));
        }
        bodies.sort_by_cached_key(|(media, body)| (*media, rank(&body.media_type)));
        let required = self.flag(&resolved, "required");
        Ok((bodies.into_iter().map(|(_, body)| body).collect(), required))
    }

    /// Returns the form of a body, and the constraints that no named type and no part has.
    fn body_form(&mut self, media: Media, content: &Pointer) -> (BodyForm, Constraints) {
        let none = Constraints::default();
        match media {
            Media::Json => {
                let (shape, constraints) = self.content(content);
                (BodyForm::Json(shape), constraints)
            }
            Media::Form => {
                let (shape, constraints) = self.content(content);
                (BodyForm::Form(shape, self.encodings(content)), constraints)
            }
            Media::Multipart => (BodyForm::Multipart(self.parts(content)), none),
            Media::Text => (BodyForm::Text, self.constraints_at(&content.child("schema"))),
            Media::Events => (BodyForm::Text, none),
            Media::Lines | Media::Bytes => (BodyForm::Bytes, none),
        }
    }

    /// Returns the type of a Media Type Object's values.
    pub(super) fn content_type(&mut self, content: &Pointer) -> TypeRef {
        self.content(content).0
    }

    /// Returns the type of a Media Type Object's values, and the constraints that the type does not
    /// have itself.
    fn content(&mut self, content: &Pointer) -> (TypeRef, Constraints) {
        let schema = content.child("schema");
        if self.document.get(&schema).is_none() {
            return (TypeRef::Any(Why::Unsaid), Constraints::default());
        }
        let lowered = self.schema_at(&schema);
        let constraints = match lowered.shape {
            TypeRef::Named(_) => Constraints::default(),
            _ => lowered.constraints.clone(),
        };
        (lowered.into_ref(), constraints)
    }

    /// Returns the styles of a form's fields that declare one (OpenAPI 3.0.4 §4.7.15).
    fn encodings(&mut self, content: &Pointer) -> Vec<(String, Style)> {
        let mut styles = Vec::new();
        for (name, encoding) in self.document.entries(&content.child("encoding")) {
            let written = self.text(&encoding, "style").map(str::to_owned);
            let explode = self.document.get(&encoding.child("explode")).and_then(Value::as_bool);
            let reserved = self.flag(&encoding, "allowReserved");
            let is_json =
                self.text(&encoding, "contentType").is_some_and(|name| Media::of(name) == Media::Json);
            let kind = written.as_deref().and_then(|written| style(written, Location::Query));
            if let (Some(written), None) = (&written, kind) {
                let message = format!(
                    "the field `{name}` has the style `{written}`, which OpenAPI does not define for forms"
                );
                self.warn(Code::OddBody, &encoding.child("style"), message, "it is sent in the style `form`");
            }
            if written.is_some() || explode.is_some() || reserved {
                let kind = kind.unwrap_or(StyleKind::Form);
                let explode = explode.unwrap_or(kind == StyleKind::Form);
                styles.push((name, Style { kind, explode, reserved }));
            } else if is_json {
                styles.push((name, Style { kind: StyleKind::Json, explode: false, reserved: false }));
            }
        }
        styles
    }
}
