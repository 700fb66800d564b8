//! Multipart bodies: a Media Type Object in, the parts of its body out (OpenAPI 3.0.4 §4.7.14.4).

use serde_json::Value;

use super::Lower;
use crate::ir::{Part, Shape, TypeRef};
use crate::pointer::Pointer;

impl Lower<'_> {
    /// The members of the body's object, each a part.
    pub(super) fn parts(&mut self, content: &Pointer) -> Vec<Part> {
        let TypeRef::Named(id) = self.content_type(content) else { return Vec::new() };
        let named = TypeRef::Named(id);
        let TypeRef::Named(id) = *self.api.unaliased(&named) else { return Vec::new() };
        let Some(Shape::Struct(object)) = self.api.get(id).map(|known| &known.shape) else {
            return Vec::new();
        };
        // The order of what is required is the document's, whatever the order of its keys is.
        let rank = |key: &String| object.required.iter().position(|known| known == key).unwrap_or(usize::MAX);
        let mut fields: Vec<_> = object.fields.iter().collect();
        fields.sort_by_key(|field| rank(&field.key));
        let parts = fields.into_iter().map(|field| {
            let encoding = content.child("encoding").child(&field.key);
            let items = self.document.resolve(&field.pointer).unwrap_or_default().child("items");
            let several = self.document.get(&items).is_some();
            let is_file = self.is_file(&field.pointer) || several && self.is_file(&items);
            let has_headers = self.document.get(&encoding.child("headers")).is_some_and(Value::is_object);
            // A list of media types is a choice.
            let media_type = self.text(&encoding, "contentType").filter(|name| !name.contains([',', '*']));
            Part {
                name: field.key.clone(),
                pointer: field.pointer.clone(),
                docs: field.docs.clone(),
                constraints: field.constraints.clone(),
                required: field.required && !field.nullable,
                several,
                shape: (!is_file && !has_headers).then(|| field.shape.clone()),
                media_type: media_type.map(str::to_owned),
            }
        });
        parts.collect()
    }

    /// Whether the schema at `pointer` is one of bytes.
    fn is_file(&self, pointer: &Pointer) -> bool {
        let Ok(pointer) = self.document.resolve(pointer) else { return false };
        self.text(&pointer, "format") == Some("binary") || self.text(&pointer, "type") == Some("file")
    }
}
