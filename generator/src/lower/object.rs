//! Objects: a schema with properties in, a struct out.

use openapiv3::AdditionalProperties;
use serde_json::{Map, Value};

use super::Lower;
use super::schema::Node;
use crate::diagnostic::Code;
use crate::document::target;
use crate::ir::{Constraints, Docs, Field, Struct, TypeRef};
use crate::pointer::Pointer;

impl Lower<'_> {
    pub(super) fn fields(&mut self, node: &Node) -> Struct {
        let keywords = &node.keywords;
        let mut fields = Vec::new();
        for (key, property) in &keywords.properties {
            let pointer = target(property);
            let lowered = self.schema(&pointer);
            let said = |keyword: &str| self.said(&pointer, keyword);
            let write_only = said("writeOnly") == Some(&Value::Bool(true));
            let personal = write_only
                || said("format").is_some_and(|format| format == "password")
                || said("x-personal-data") == Some(&Value::Bool(true));
            fields.push(Field {
                key: key.clone(),
                docs: self.docs(&pointer),
                shape: lowered.shape,
                // OpenAPI 3.0.3 §4.7.24.1: what is only written is required of requests alone.
                required: keywords.required.contains(key) && !write_only,
                nullable: lowered.nullable,
                personal,
                constraints: lowered.constraints,
                default: said("default").cloned(),
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
                personal: false,
                constraints: Constraints::default(),
                default: None,
            });
        }
        let additional = match &keywords.additional_properties {
            Some(AdditionalProperties::Schema(values)) => Some(self.schema(&target(values)).into_ref()),
            Some(AdditionalProperties::Any(true)) => Some(TypeRef::Any),
            Some(AdditionalProperties::Any(false)) | None => None,
        };
        Struct { fields, additional }
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
