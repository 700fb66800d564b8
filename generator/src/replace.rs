//! Reads the caller's types that replace schemas.
//!
//! Input: [`Options::types`](crate::Options::types). Output: [`Replacements`], a Rust type for each
//! schema, as text.
//!
//! Invariant: each text is one Rust type, so that generated code parses.

use std::collections::{BTreeMap, HashMap};

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Part, Place};
use crate::document::Document;
use crate::pointer::Pointer;

/// The Rust types that replace generated types, by pointer of the component schema.
#[derive(Debug, Default)]
pub(crate) struct Replacements(HashMap<Pointer, String>);

impl Replacements {
    /// Reads the option, and reports unusable entries.
    pub(crate) fn read(
        types: &BTreeMap<String, String>,
        document: &Document,
        diagnostics: &mut Diagnostics,
    ) -> Self {
        let schemas = document.members(&Pointer::of(&["components", "schemas"]));
        let mut read = HashMap::new();
        for (text, name) in types {
            let Some(pointer) = Pointer::from_fragment(text).filter(|_| text.starts_with('#')) else {
                let message = format!(
                    "the replaced schema `{text}` is not a JSON pointer such as `#/components/schemas/User`"
                );
                diagnostics.push(Diagnostic::new(Code::BadPin, message, Place::file(0)));
                continue;
            };
            if syn::parse_str::<syn::Type>(name).is_err() {
                let message = format!("the replacement `{name}` is not a Rust type");
                diagnostics.push(Diagnostic::new(Code::BadPin, message, document.place(&pointer)));
            } else if schemas.iter().any(|(_, known)| *known == pointer) {
                read.insert(pointer, name.clone());
            } else {
                let message = format!("the type `{name}` for `{pointer}` replaces nothing");
                let place = Place::node(0, pointer, Part::Key);
                diagnostics.push(
                    Diagnostic::new(Code::IdlePin, message, place).note("no component schema is there"),
                );
            }
        }
        Self(read)
    }

    /// Returns the type that replaces the component schema at `pointer`.
    pub(crate) fn of(&self, pointer: &Pointer) -> Option<&str> {
        self.0.get(pointer).map(String::as_str)
    }
}
