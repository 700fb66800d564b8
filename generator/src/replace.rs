//! Reads the caller's types that replace schemas.
//!
//! Input: [`Options::types`](crate::Options::types). Output: [`Replacements`], a Rust type for each
//! schema and format, as text.
//!
//! Invariant: each text is one Rust type, so that generated code parses.

use std::collections::{BTreeMap, HashMap};

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Part, Place};
use crate::document::Document;
use crate::pointer::Pointer;

/// The start of a key that is a format.
const FORMAT: &str = "format:";

/// The Rust types that replace generated types.
#[derive(Debug, Default)]
pub(crate) struct Replacements {
    /// The types for component schemas, by the schema's pointer.
    schemas: HashMap<Pointer, String>,
    /// The types for formats of strings, numbers and booleans, by `format`.
    formats: BTreeMap<String, String>,
}

impl Replacements {
    /// Reads the option, and reports unusable entries.
    pub(crate) fn read(
        types: &BTreeMap<String, String>,
        document: &Document,
        diagnostics: &mut Diagnostics,
    ) -> Self {
        let schemas = document.members(&Pointer::of(&["components", "schemas"]));
        let mut read = Self::default();
        for (text, name) in types {
            if let Some(format) = text.strip_prefix(FORMAT) {
                if syn::parse_str::<syn::Type>(name).is_err() {
                    let message = format!("the replacement `{name}` is not a Rust type");
                    diagnostics.push(Diagnostic::new(Code::BadPin, message, Place::file(0)));
                } else {
                    read.formats.insert(format.to_owned(), name.clone());
                }
                continue;
            }
            let Some(pointer) = Pointer::from_fragment(text).filter(|_| text.starts_with('#')) else {
                let message = format!(
                    "the replaced schema `{text}` is neither a JSON pointer such as `#/components/schemas/User` nor a \
                     format such as `format:decimal`"
                );
                diagnostics.push(Diagnostic::new(Code::BadPin, message, Place::file(0)));
                continue;
            };
            if syn::parse_str::<syn::Type>(name).is_err() {
                let message = format!("the replacement `{name}` is not a Rust type");
                diagnostics.push(Diagnostic::new(Code::BadPin, message, document.place(&pointer)));
            } else if schemas.iter().any(|(_, known)| *known == pointer) {
                read.schemas.insert(pointer, name.clone());
            } else {
                let message = format!("the type `{name}` for `{pointer}` replaces nothing");
                let place = Place::node(0, pointer, Part::Key);
                diagnostics.push(
                    Diagnostic::new(Code::IdlePin, message, place).note("no component schema is there"),
                );
            }
        }
        read
    }

    /// Returns the type that replaces the component schema at `pointer`.
    pub(crate) fn of(&self, pointer: &Pointer) -> Option<&str> {
        self.schemas.get(pointer).map(String::as_str)
    }

    /// Returns the type that replaces schemas of a format.
    pub(crate) fn of_format(&self, format: &str) -> Option<&str> {
        self.formats.get(format).map(String::as_str)
    }

    /// Returns the formats with a type, each with its type.
    pub(crate) fn formats(&self) -> impl Iterator<Item = (&str, &str)> {
        self.formats.iter().map(|(format, name)| (format.as_str(), name.as_str()))
    }
}
