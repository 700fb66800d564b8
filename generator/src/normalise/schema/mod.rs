//! Rewrites a schema of any version as one of 3.0.
//!
//! Each file handles one group of keywords. [`REWRITES`] is their order.
//!
//! Invariant: a rewrite does not change which values a schema accepts. A keyword that 3.0 lacks
//! stays, or is reported if it only restricts values.

mod bounds;
mod content;
mod null;
mod object;
mod reference;
mod types;
mod values;

use serde_json::{Map, Value, json};

use super::version::Version;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::pointer::Pointer;
use crate::tree::Origins;
pub(super) use null::nulls;

/// A rewrite, and the keywords of which a schema must have one for the rewrite to do anything.
type Rewrite = (&'static [&'static str], fn(&mut Schema<'_>));

/// The rewrites of each schema, in order.
const REWRITES: &[Rewrite] = &[
    (&["$ref", "$recursiveRef"], reference::keep_siblings),
    (&["const"], values::constants),
    (&["examples"], values::examples),
    (&["type"], types::unquoted_null),
    (&["type"], types::names),
    (&["x-nullable"], null::extension),
    (&["type", "enum", "oneOf", "anyOf"], null::nullable),
    (&["format", types::INT_OR_STRING], types::int_or_string),
    (&["type"], types::alternatives),
    (&["exclusiveMinimum", "exclusiveMaximum"], bounds::exclusive),
    (&bounds::COUNTS, bounds::whole_counts),
    (&["contentEncoding", "contentMediaType"], content::formats),
    (&["unevaluatedProperties", "definitions", "items"], object::renamed),
    (&["properties"], object::required_flags),
    (&["discriminator"], object::discriminators),
];

/// A schema that is being rewritten.
struct Schema<'a> {
    keywords: &'a mut Map<String, Value>,
    context: Context<'a>,
}

/// A schema's place, and data that its rewrites share.
pub(super) struct Context<'a> {
    pub(super) here: &'a Pointer,
    pub(super) version: Version,
    pub(super) origins: &'a mut Origins,
    pub(super) diagnostics: &'a mut Diagnostics,
    /// The references to component schemas that accept null only.
    pub(super) nulls: &'a [String],
    /// The schemas with `$recursiveAnchor` so far.
    pub(super) recursive: &'a [Pointer],
}

/// Rewrites one schema. Schemas below it are not rewritten, but may be moved.
pub(super) fn rewrite(keywords: &mut Map<String, Value>, context: Context<'_>) {
    let mut schema = Schema { keywords, context };
    for (wanted, rewrite) in REWRITES {
        // Most schemas have few keywords, so that a lookup by hash would take longer.
        if schema.keywords.keys().any(|key| wanted.contains(&key.as_str())) {
            rewrite(&mut schema);
        }
    }
}

/// Returns the schema for `true` or `false`.
pub(super) fn of_flag(accepts: bool) -> Value {
    if accepts { json!({}) } else { json!({"not": {}}) }
}

impl Schema<'_> {
    fn at(&self, key: &str) -> Pointer {
        self.context.here.child(key)
    }

    /// Sets a keyword that is derived from the keyword `source`.
    fn set(&mut self, key: &str, value: Value, source: &str) {
        if !self.keywords.contains_key(key) && key != source {
            let source = self.at(source);
            self.context.origins.derive(self.context.here.child(key), &source);
        }
        self.keywords.insert(key.to_owned(), value);
    }

    /// Renames a keyword, with all nodes below it.
    fn rename(&mut self, from: &str, to: &str) {
        if let Some(value) = self.keywords.shift_remove(from) {
            self.context.origins.r#move(&self.context.here.child(from), &self.context.here.child(to));
            self.keywords.insert(to.to_owned(), value);
        }
    }

    /// Reports a deviation at a keyword, and how it is read.
    fn mended(&mut self, key: &str, message: String, note: String) {
        let place = self.context.origins.place(&self.at(key));
        self.context.diagnostics.push(Diagnostic::new(Code::Mended, message, place).note(note));
    }
}
