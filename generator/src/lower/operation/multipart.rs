//! Lowers multipart bodies to parts (OpenAPI 3.0.4 §4.7.14.4).

use serde_json::Value;

use super::super::Lower;
use super::super::schema::SchemaId;
use crate::ir::{Part, Shape, TypeRef};
use crate::pointer::Pointer;

/// The deepest nesting of schemas that is searched for a file.
const DEEPEST: usize = 8;

/// The styles that write a list as one part, and the separator of its items.
const SEPARATORS: &[(&str, &str)] =
    &[("form", ","), ("spaceDelimited", " "), ("pipeDelimited", "|"), ("tsv", "\t")];

/// Whether a part holds one file or several.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Files {
    One,
    Several,
}

impl Lower<'_> {
    /// Returns the properties of the body's object, each as a part. Read-only properties are
    /// omitted.
    pub(super) fn parts(&mut self, content: &Pointer) -> Vec<Part> {
        let named = self.content_type(content);
        self.write_pending();
        let TypeRef::Named(id) = *self.api.unaliased(&named) else { return Vec::new() };
        let Some(Shape::Struct(object)) = self.api.get(id).map(|known| &known.shape) else {
            return Vec::new();
        };
        // Required parts have the order of `required`, whatever the key order.
        let positions = object.positions();
        let rank = |key: &String| positions.get(key.as_str()).copied().unwrap_or(usize::MAX);
        let mut fields: Vec<_> = object.fields.iter().filter(|field| !field.read_only).collect();
        fields.sort_by_key(|field| rank(&field.key));
        let parts = fields.into_iter().map(|field| {
            let encoding = content.child("encoding").child(&field.key);
            let files = self.files(self.schemas.at(&field.pointer), DEEPEST);
            let is_list = self.is_list(&field.shape);
            let has_headers = self.document.get(&encoding.child("headers")).is_some_and(Value::is_object);
            // A list of media types is a choice.
            let media_type = self.text(&encoding, "contentType").filter(|name| !name.contains([',', '*']));
            let is_whole = self.document.get(&encoding.child("explode")) == Some(&Value::Bool(false));
            let style = self.text(&encoding, "style").unwrap_or("form");
            let separator =
                SEPARATORS.iter().find(|(name, _)| *name == style).map(|(_, separator)| *separator);
            Part {
                name: field.key.clone(),
                pointer: field.pointer.clone(),
                docs: field.docs.clone(),
                constraints: field.constraints.clone(),
                required: field.required && !field.nullable,
                several: files == Some(Files::Several) || files.is_none() && is_list,
                shape: (files.is_none() && !has_headers).then(|| field.shape.clone()),
                separator: separator.filter(|_| is_whole && is_list && files.is_none()),
                media_type: media_type.map(str::to_owned),
            }
        });
        parts.collect()
    }

    fn is_list(&self, shape: &TypeRef) -> bool {
        match self.api.unaliased(shape) {
            TypeRef::List(_) => true,
            TypeRef::Nullable(inner) => self.is_list(inner),
            _ => false,
        }
    }

    /// Returns whether a schema is one file or several, or `None` if it is no file. A schema is a
    /// file by its own keywords, or by the schemas that it refers to, lists or combines. If both
    /// are possible, the result is `Several`.
    fn files(&self, schema: SchemaId, depth: usize) -> Option<Files> {
        let node = self.schemas.resolve(schema).and_then(|target| self.schemas.node(target));
        let node = node.filter(|_| depth > 0)?;
        if node.format == Some("binary") || node.kind == Some("file") {
            return Some(Files::One);
        }
        if let Some(items) = node.items {
            return self.files(items, depth - 1).map(|_| Files::Several);
        }
        let parts = [&node.all_of, &node.one_of, &node.any_of].into_iter().flatten();
        let found: Vec<Files> = parts.filter_map(|part| self.files(*part, depth - 1)).collect();
        if found.contains(&Files::Several) { Some(Files::Several) } else { found.first().copied() }
    }
}
