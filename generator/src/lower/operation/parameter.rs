//! Lowers the parameters of a path item and of an operation (OpenAPI 3.0.4 §4.7.12).
//!
//! Output: path parameters in the order of the template, then the others in document order.

use serde_json::Value;

use super::super::Lower;
use super::Skip;
use super::media::{Media, rank};
use super::style::{default_style, style};
use super::template::Template;
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::{Constraints, Docs, Location, Parameter, Scalar, Shape, Style, StyleKind, TypeRef};
use crate::pointer::Pointer;

/// A Parameter Object with its place.
struct Source {
    pointer: Pointer,
    /// The parameter list that contains it.
    list: Pointer,
    place: Location,
    name: String,
}

/// The header that carries an operation's credentials.
const AUTHORIZATION: &str = "authorization";

const PLACES: &[Location] =
    &[Location::Path, Location::Query, Location::QueryString, Location::Header, Location::Cookie];

/// Header parameters that are ignored because OpenAPI declares them elsewhere (§4.7.12.1).
/// `security` reads the last one.
const SAID_ELSEWHERE: &[&str] = &["accept", "content-type", AUTHORIZATION];
/// Header parameters that are ignored because HTTP sets them.
const OF_HTTP: &[&str] = &["connection", "content-length", "host", "transfer-encoding"];

impl Lower<'_> {
    /// Returns whether the header parameter `Authorization` is required, if the operation declares
    /// it.
    pub(super) fn authorization(&mut self, path_item: &Pointer, operation: &Pointer) -> Option<bool> {
        let lists = [operation.child("parameters"), path_item.child("parameters")];
        let declared = lists.iter().flat_map(|list| self.document.items(list));
        let found = declared.filter_map(|pointer| self.document.resolve(&pointer).ok()).find(|pointer| {
            self.source(pointer, operation).is_some_and(|source| {
                source.place == Location::Header && source.name.eq_ignore_ascii_case(AUTHORIZATION)
            })
        })?;
        Some(self.flag(&found, "required"))
    }

    pub(super) fn parameters(
        &mut self,
        path_item: &Pointer,
        operation: &Pointer,
        template: &Template,
    ) -> Result<Vec<Parameter>, Skip> {
        let (mut in_path, mut others) = (Vec::new(), Vec::new());
        for source in self.declared(path_item, operation)? {
            if source.place == Location::Header && self.is_ignored(&source) {
                continue;
            }
            let parameter = self.parameter(source);
            if parameter.place == Location::Path { in_path.push(parameter) } else { others.push(parameter) }
        }
        let mut parameters = Vec::new();
        for name in &template.names {
            match in_path.iter().position(|parameter: &Parameter| parameter.name == *name) {
                Some(index) => parameters.push(in_path.remove(index)),
                None => {
                    let message = format!("`{{{name}}}` of the path is not declared as a parameter");
                    self.warn(Code::PathTemplate, path_item, message, "it is read as a string");
                    parameters.push(undeclared(name, operation));
                }
            }
        }
        for unused in in_path {
            let message = format!("the path has no `{{{}}}`", unused.name);
            self.warn(Code::PathTemplate, &unused.pointer, message, "the parameter is ignored");
        }
        parameters.append(&mut others);
        Ok(parameters)
    }

    /// Returns the parameters of an operation, and those of its path item that it does not override
    /// by name and location. A parameter that cannot be read may be required, so the operation is
    /// skipped.
    fn declared(&mut self, path_item: &Pointer, operation: &Pointer) -> Result<Vec<Source>, Skip> {
        let mut declared: Vec<Source> = Vec::new();
        for list in [path_item.child("parameters"), operation.child("parameters")] {
            for pointer in self.document.items(&list) {
                let resolved = self.document.resolve(&pointer);
                let pointer = resolved.map_err(|problem| Skip::at(&pointer, problem.message()))?;
                let Some(source) = self.source(&pointer, &list) else {
                    let is_query_string = self.text(&pointer, "in") == Some(Location::QueryString.word());
                    if self.flag(&pointer, "required") {
                        let what = if is_query_string {
                            "a query string that is neither a form nor JSON is required"
                        } else {
                            "a parameter without a name or a known place is required"
                        };
                        return Err(Skip::at(&pointer, what));
                    }
                    let message = if is_query_string {
                        "a parameter in `querystring` must have a `name`, and one content: a form or JSON"
                    } else {
                        "a parameter must have a `name`, and `in` must be one of `path`, `query`, \
                         `querystring`, `header`, `cookie`"
                    };
                    self.warn(Code::OddParameter, &pointer, message, "it is optional, and never sent");
                    continue;
                };
                let is_same = |known: &Source| {
                    let is_same_name = match source.place {
                        Location::Header => known.name.eq_ignore_ascii_case(&source.name),
                        _ => known.name == source.name,
                    };
                    known.place == source.place && is_same_name
                };
                // An operation's parameter overrides that of its path item.
                if let Some(index) = declared.iter().position(is_same) {
                    let replaced = declared.remove(index);
                    if replaced.list == list {
                        let message = format!("the parameter `{}` appears twice in one list", source.name);
                        self.warn(Code::OddParameter, &replaced.pointer, message, "the last one is used");
                    }
                }
                declared.push(source);
            }
        }
        Ok(declared)
    }

    fn source(&self, pointer: &Pointer, list: &Pointer) -> Option<Source> {
        let place = self.text(pointer, "in")?;
        let place = PLACES.iter().find(|known| known.word() == place)?;
        if *place == Location::QueryString && !self.is_json(pointer) {
            return None;
        }
        let name = self.text(pointer, "name")?.to_owned();
        Some(Source { pointer: pointer.clone(), list: list.clone(), place: *place, name })
    }

    /// Returns true if a parameter's only content is JSON.
    fn is_json(&self, pointer: &Pointer) -> bool {
        let contents = self.document.entries(&pointer.child("content"));
        matches!(contents.as_slice(), [(media_type, _)] if Media::of(media_type) == Media::Json)
    }

    fn is_ignored(&mut self, source: &Source) -> bool {
        let name = source.name.to_ascii_lowercase();
        if OF_HTTP.contains(&name.as_str()) {
            let message = format!("the header `{}` is set by HTTP itself", source.name);
            let place = self.place(&source.pointer);
            self.push(Diagnostic::new(Code::ImpliedHeader, message, place).note("the parameter is ignored"));
            return true;
        }
        SAID_ELSEWHERE.contains(&name.as_str())
    }

    fn parameter(&mut self, source: Source) -> Parameter {
        let Source { pointer, place, name, .. } = source;
        let (schema, is_json) = self.schema_of(&pointer, &name);
        let lowered = schema.as_ref().map(|schema| self.schema_at(schema));
        let (shape, constraints) = match lowered {
            Some(lowered) => (lowered.shape, lowered.constraints),
            None => (TypeRef::Scalar(Scalar::String), Constraints::default()),
        };
        let style = if is_json {
            Style { kind: StyleKind::Json, explode: false, reserved: false }
        } else {
            self.style_of(&pointer, place, &name)
        };
        self.note_undefined(&pointer, style, &shape);
        let default = schema.as_ref().and_then(|schema| self.default(schema));
        let mut docs = self.docs(&pointer);
        let of_schema = schema.as_ref().map(|schema| self.docs(schema));
        docs.description = docs.description.or_else(|| of_schema.and_then(|docs| docs.description));
        Parameter {
            required: place == Location::Path || self.flag(&pointer, "required"),
            may_be_empty: place == Location::Query && self.flag(&pointer, "allowEmptyValue"),
            default,
            name,
            place,
            style,
            pointer,
            docs,
            shape,
            constraints,
        }
    }

    /// Returns the place of a parameter's schema, and whether values are sent as JSON.
    fn schema_of(&mut self, pointer: &Pointer, name: &str) -> (Option<Pointer>, bool) {
        let schema = pointer.child("schema");
        let mut contents = self.document.entries(&pointer.child("content"));
        contents.sort_by_cached_key(|(media_type, _)| (Media::of(media_type), rank(media_type)));
        let has_schema = self.document.get(&schema).is_some();
        match contents.first() {
            Some(_) if has_schema => {
                let message = format!("`{name}` has both `schema` and `content`");
                self.warn(Code::OddParameter, pointer, message, "`content` is ignored");
                (Some(schema), false)
            }
            Some((media_type, content)) => {
                if let Some((second, _)) = contents.get(1) {
                    let message = format!("`{name}` has several media types");
                    let note = format!("it is sent as `{media_type}`, not as `{second}`");
                    self.warn(Code::OddParameter, pointer, message, &note);
                }
                self.report_unread("parameter", media_type, content);
                let schema = content.child("schema");
                let is_json = Media::of(media_type) == Media::Json;
                (Some(schema).filter(|schema| is_json && self.document.get(schema).is_some()), is_json)
            }
            None if has_schema => (Some(schema), false),
            None => {
                let message = format!("`{name}` has neither `schema` nor `content`");
                self.warn(Code::OddParameter, pointer, message, "it is read as a string");
                (None, false)
            }
        }
    }

    fn style_of(&mut self, pointer: &Pointer, place: Location, name: &str) -> Style {
        let written = self.text(pointer, "style").map(str::to_owned);
        let kind = written.as_deref().and_then(|written| style(written, place));
        if let (Some(written), None) = (&written, kind) {
            let place = place.word();
            let message = format!(
                "{place} parameter `{name}` has the style `{written}`, which OpenAPI does not define there"
            );
            let pointer = pointer.child("style");
            self.warn(
                Code::OddParameter,
                &pointer,
                message,
                "it is sent in the default style of its location",
            );
        }
        let kind = kind.unwrap_or_else(|| default_style(place));
        let is_reserved = self.flag(pointer, "allowReserved");
        // Headers are never percent-encoded. The style `cookie` escapes nothing (OpenAPI 3.2
        // §4.12.2).
        let is_verbatim = written.as_deref() == Some("cookie") && place == Location::Cookie;
        if is_reserved && !is_verbatim && matches!(place, Location::Path | Location::Cookie) {
            let message = format!("`allowReserved` of a {} parameter is not supported", place.word());
            let at = self.place(&pointer.child("allowReserved")).key();
            self.push(
                Diagnostic::new(Code::Ignored, message, at).note("reserved characters are percent-encoded"),
            );
        }
        let explode = self.document.get(&pointer.child("explode")).and_then(Value::as_bool);
        Style {
            kind,
            explode: explode.unwrap_or(kind == StyleKind::Form),
            reserved: is_verbatim || place == Location::Query && is_reserved,
        }
    }

    /// Reports a value whose serialization OpenAPI does not define.
    fn note_undefined(&mut self, pointer: &Pointer, style: Style, shape: &TypeRef) {
        self.write_pending();
        let (what, note) = match (style.kind, self.api.unaliased(shape)) {
            (StyleKind::Json, _) => return,
            (StyleKind::DeepObject, TypeRef::List(_)) => {
                ("a list in the style `deepObject`", "each item is sent with its index in brackets")
            }
            (StyleKind::DeepObject, _) => return,
            (_, TypeRef::List(inner)) if self.has_parts(inner) => {
                ("a list of lists or objects as a parameter", "each item is sent as JSON")
            }
            _ => return,
        };
        let place = self.place(pointer);
        let message = format!("OpenAPI does not define how {what} is written");
        self.push(Diagnostic::new(Code::UndefinedStyle, message, place).note(note));
    }

    /// Returns true if a value of this type consists of several texts.
    fn has_parts(&self, shape: &TypeRef) -> bool {
        match self.api.unaliased(shape) {
            TypeRef::List(_) | TypeRef::Map(_) => true,
            TypeRef::Nullable(inner) => self.has_parts(inner),
            TypeRef::Named(id) => {
                matches!(self.api.get(*id).map(|known| &known.shape), Some(Shape::Struct(_)))
            }
            _ => false,
        }
    }

    /// Returns the `default` of the schema at `pointer`, following its `$ref`.
    fn default(&mut self, pointer: &Pointer) -> Option<Value> {
        let schema = self.schemas.at(pointer);
        let default = self.schemas.annotations(schema).default?;
        self.is_of(schema, default).then(|| default.clone())
    }

    pub(super) fn text(&self, pointer: &Pointer, key: &str) -> Option<&str> {
        self.document.get(pointer)?.get(key)?.as_str()
    }

    pub(super) fn flag(&self, pointer: &Pointer, key: &str) -> bool {
        self.document.get(pointer).and_then(|node| node.get(key)) == Some(&Value::Bool(true))
    }
}

/// Returns a parameter for a name in the template that no parameter declares.
fn undeclared(name: &str, operation: &Pointer) -> Parameter {
    Parameter {
        name: name.to_owned(),
        place: Location::Path,
        style: Style { kind: StyleKind::Simple, explode: false, reserved: false },
        required: true,
        may_be_empty: false,
        pointer: operation.clone(),
        docs: Docs::default(),
        shape: TypeRef::Scalar(Scalar::String),
        constraints: Constraints::default(),
        default: None,
    }
}
