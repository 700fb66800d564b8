//! Objects: a schema with properties in, a struct out.

use openapiv3::AdditionalProperties;
use serde_json::{Map, Value};

use super::Lower;
use super::schema::Node;
use crate::diagnostic::Code;
use crate::document::target;
use crate::ir::{Constraints, Docs, Field, Struct, TypeRef};
use crate::pointer::Pointer;

/// Lists and maps within each other that are looked into; a list of itself has no end.
const DEEPEST: usize = 16;

impl Lower<'_> {
    pub(super) fn fields(&mut self, node: &Node) -> Struct {
        let keywords = &node.keywords;
        let all_personal = self.said(&node.pointer, "x-personal-data") == Some(&Value::Bool(true));
        let mut fields = Vec::new();
        for (key, property) in &keywords.properties {
            let pointer = target(property);
            let lowered = self.schema(&pointer);
            let write_only = self.said(&pointer, "writeOnly") == Some(&Value::Bool(true));
            let personal = all_personal || write_only || self.is_personal(&pointer);
            fields.push(Field {
                key: key.clone(),
                docs: self.docs(&pointer),
                shape: lowered.shape,
                // OpenAPI 3.0.3 §4.7.24.1: what is only written is required of requests alone.
                required: keywords.required.contains(key) && !write_only,
                nullable: lowered.nullable,
                personal,
                constraints: lowered.constraints,
                default: self.said(&pointer, "default").cloned(),
                pointer,
            });
        }
        for key in keywords.required.iter().filter(|key| !keywords.properties.contains_key(*key)) {
            let pointer = node.pointer.child("required");
            let message = format!("`{key}` is required, and declared nowhere");
            self.warn(Code::UndeclaredRequired, &pointer, message, "it is a field of any JSON value");
            fields.push(Field {
                key: key.clone(),
                pointer,
                docs: Docs::default(),
                shape: TypeRef::Any,
                required: true,
                nullable: false,
                personal: all_personal,
                constraints: Constraints::default(),
                default: None,
            });
        }
        let additional = match &keywords.additional_properties {
            Some(AdditionalProperties::Schema(values)) => Some(self.schema(&target(values)).into_ref()),
            Some(AdditionalProperties::Any(true)) => Some(TypeRef::Any),
            Some(AdditionalProperties::Any(false)) | None => None,
        };
        let values = node.pointer.child("additionalProperties");
        let additional_is_personal = additional.is_some() && (all_personal || self.is_personal(&values));
        Struct { fields, additional, additional_is_personal }
    }

    /// Whether the values of the schema at `pointer`, or what they hold in lists and maps, are not to be printed.
    fn is_personal(&self, pointer: &Pointer) -> bool {
        let mut here = pointer.clone();
        for _ in 0..DEEPEST {
            let is_password = self.said(&here, "format").is_some_and(|format| format == "password");
            if is_password || self.said(&here, "x-personal-data") == Some(&Value::Bool(true)) {
                return true;
            }
            let Ok(resolved) = self.document.resolve(&here) else { return false };
            let values = ["items", "additionalProperties"].map(|key| resolved.child(key));
            let members = ["allOf", "oneOf", "anyOf"].map(|key| resolved.child(key).item(0));
            let mut inner = values.into_iter().chain(members);
            match inner.find(|inner| self.document.get(inner).is_some_and(Value::is_object)) {
                Some(inner) => here = inner,
                None => return false,
            }
        }
        false
    }

    /// The value of a keyword of the schema at `pointer`, or of the one that it refers to.
    fn said(&self, pointer: &Pointer, keyword: &str) -> Option<&Value> {
        let own = self
            .document
            .get(pointer)
            .and_then(Value::as_object)
            .and_then(|schema: &Map<_, _>| schema.get(keyword));
        own.or_else(|| self.document.get(&self.document.resolve(pointer).ok()?)?.get(keyword))
    }
}
