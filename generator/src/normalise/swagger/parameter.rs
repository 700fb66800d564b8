//! Rewrites parameters and headers: the type becomes a schema, `collectionFormat` becomes a style.

use serde_json::{Value, json};

use super::{Convert, Object};
use crate::diagnostic::{Code, Diagnostic};
use crate::pointer::Pointer;

/// The keys of a parameter itself. All other keys belong to its schema.
const OWN: [&str; 9] =
    ["$ref", "name", "in", "description", "required", "deprecated", "allowEmptyValue", "example", "schema"];

/// Extensions that belong to the schema.
const OF_VALUES: [&str; 2] = ["x-nullable", "x-personal-data"];

/// The styles of lists: `collectionFormat`, the locations that allow it, and `style` and `explode`.
/// Where 3.0 has no such style, the dialect keeps the name of 2.0.
const STYLES: [(&str, &[&str], &str, bool); 8] = [
    ("csv", &["query", "formData"], "form", false),
    ("csv", &["path", "header"], "simple", false),
    ("ssv", &["query", "formData"], "spaceDelimited", false),
    ("ssv", &["path", "header"], "ssv", false),
    ("tsv", &["query", "formData", "path", "header"], "tsv", false),
    ("pipes", &["query", "formData"], "pipeDelimited", false),
    ("pipes", &["path", "header"], "pipes", false),
    ("multi", &["query", "formData"], "form", true),
];

impl Convert<'_> {
    /// Rewrites a parameter of query, path or header, or a header of a response.
    pub(super) fn parameter(&mut self, parameter: &mut Value, here: &Pointer) {
        let Some(parameter) = parameter.as_object_mut() else { return };
        if parameter.contains_key("$ref") || parameter.contains_key("schema") {
            return;
        }
        let place = parameter.get("in").and_then(Value::as_str).unwrap_or("header").to_owned();
        let (schema, style) = self.values(parameter, here, &place, &here.child("schema"));
        parameter.extend(style);
        parameter.insert("schema".to_owned(), schema.into());
    }

    /// Removes the keys of a parameter's schema. Returns the schema, which will be at `there`, and
    /// the style of lists.
    pub(super) fn values(
        &mut self,
        parameter: &mut Object,
        here: &Pointer,
        place: &str,
        there: &Pointer,
    ) -> (Object, Object) {
        let is_own = |key: &str| OWN.contains(&key) || (key.starts_with("x-") && !OF_VALUES.contains(&key));
        let (own, mut schema): (Object, Object) =
            std::mem::take(parameter).into_iter().partition(|(key, _)| is_own(key));
        *parameter = own;
        self.origins.derive(there.clone(), here);
        let format = schema.shift_remove("collectionFormat");
        let mut style = Object::new();
        if schema.get("type").is_some_and(|kind| kind == "array") {
            style = self.style(format.as_ref(), place, here);
        }
        file(&mut schema);
        self.nested_lists(&mut schema, there);
        (schema, style)
    }

    fn style(&mut self, format: Option<&Value>, place: &str, here: &Pointer) -> Object {
        let word = format.and_then(Value::as_str).unwrap_or("csv");
        let find = |word: &str| {
            STYLES.iter().find(|(name, places, ..)| *name == word && places.contains(&place)).copied()
        };
        let (.., style, explode) = find(word)
            .or_else(|| {
                self.lost(word, &here.child("collectionFormat"), "the list is written with commas");
                find("csv")
            })
            .unwrap_or(("csv", &[], "form", false));
        let json = json!({ "style": style, "explode": explode });
        self.origins.derive(here.child("style"), &here.child("collectionFormat"));
        self.origins.derive(here.child("explode"), &here.child("collectionFormat"));
        if let Value::Object(members) = json { members } else { Object::new() }
    }

    /// Reports a `collectionFormat` of lists inside lists, which 3.0 cannot express.
    fn nested_lists(&mut self, schema: &mut Object, here: &Pointer) {
        let here = here.child("items");
        let Some(Value::Object(items)) = schema.get_mut("items") else { return };
        if let Some(format) = items.shift_remove("collectionFormat")
            && items.get("type").is_some_and(|kind| kind == "array")
        {
            let word = format.as_str().unwrap_or_default();
            self.lost(word, &here.child("collectionFormat"), "it is ignored");
        }
        self.nested_lists(items, &here);
    }

    fn lost(&mut self, word: &str, at: &Pointer, note: &str) {
        let message = format!("OpenAPI 3.0 has no `collectionFormat: {word}` here");
        let place = self.origins.place(at);
        self.diagnostics.push(Diagnostic::new(Code::LostInConversion, message, place).note(note));
    }
}

/// Rewrites `type: file` as a string of bytes.
pub(super) fn file(schema: &mut Object) {
    if schema.get("type").is_some_and(|kind| kind == "file") {
        schema.insert("type".to_owned(), json!("string"));
        schema.insert("format".to_owned(), json!("binary"));
    }
}
