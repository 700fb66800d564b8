//! Lowers a [`Document`] to an [`Api`]: types and operations without `$ref`.
//!
//! [`schema`] reads schemas and changes nothing. [`types`] writes types, [`operation`] writes
//! operations.
//!
//! Invariant: a malformed node costs one diagnostic and becomes the most specific type that is
//! certainly correct. The rest of the document is not affected. A document that exceeds the
//! [limits](crate::limits) on work is refused.

mod operation;
mod schema;
mod types;

use std::collections::{HashMap, HashSet};

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place};
use crate::document::Document;
use crate::ir::{Api, Credential, TypeId};
use crate::pointer::Pointer;
use crate::replace::Replacements;
use crate::specification::Kind;
pub use operation::Only;
use schema::{SchemaId, Schemas};
use types::Pending;
use types::pattern::Patterns;

/// Lowers all component schemas and all operations, in document order, and their examples if
/// requested.
pub(crate) fn lower(
    document: &Document,
    only: &Only,
    replaced: &Replacements,
    examples: bool,
    diagnostics: &mut Diagnostics,
) -> Api {
    let mut lower = Lower {
        document,
        replaced,
        diagnostics,
        schemas: Schemas::new(document),
        api: Api::default(),
        named: HashMap::new(),
        several: HashMap::new(),
        formats: HashMap::new(),
        pending: Vec::new(),
        open: HashSet::new(),
        operation_ids: HashMap::new(),
        operation_names: HashMap::new(),
        plain_ids: HashSet::new(),
        media_types: HashMap::new(),
        patterns: Patterns::default(),
        refused: HashSet::new(),
        credentials: HashMap::new(),
        shared_security: None,
    };
    lower.info();
    lower.servers();
    lower.tag_docs();
    lower.component_schemas();
    lower.find_security();
    lower.find_flows();
    lower.operations(only);
    lower.write_pending();
    lower.find_paging();
    lower.find_switches();
    if only.is_empty() {
        lower.webhooks();
    }
    if examples {
        lower.examples(only);
    }
    lower.write_pending();
    lower.settle_tags();
    lower.report_idle_formats();
    lower.report_limit();
    lower.api.drop_unused(!only.is_empty());
    lower.api
}

/// The state of lowering.
struct Lower<'a> {
    document: &'a Document,
    /// Schemas that the caller's own types replace.
    replaced: &'a Replacements,
    diagnostics: &'a mut Diagnostics,
    schemas: Schemas<'a>,
    api: Api,
    /// The types of named schemas.
    named: HashMap<SchemaId, TypeId>,
    /// The unions of properties that a schema does not declare by name.
    several: HashMap<SchemaId, TypeId>,
    /// The types of the caller that replace formats, as far as they are used.
    formats: HashMap<&'a str, TypeId>,
    /// The types whose shape is not written yet.
    pending: Vec<Pending>,
    /// The unnamed schemas that are being lowered. Reaching one again is a cycle.
    open: HashSet<SchemaId>,
    /// The first operation with each operationId.
    operation_ids: HashMap<String, Pointer>,
    /// The name of each operation.
    operation_names: HashMap<Pointer, String>,
    /// The operationIds that name an operation unchanged.
    plain_ids: HashSet<String>,
    /// For each map of media types, the number of entries and the first JSON type.
    media_types: HashMap<Pointer, (usize, Option<String>)>,
    /// The patterns that were compiled.
    patterns: Patterns,
    /// The schemas whose pattern is reported.
    refused: HashSet<SchemaId>,
    /// The credential of each security scheme that was read, by name.
    credentials: HashMap<String, Option<Credential>>,
    /// The alternatives of the document's own `security`.
    shared_security: Option<Vec<Vec<Credential>>>,
}

impl Lower<'_> {
    fn info(&mut self) {
        let pointer = Pointer::root().child("info");
        if self.document.get(&pointer).is_none() {
            return;
        }
        match self.document.read::<openapiv3::Info>(&pointer, Kind::Info) {
            Ok(info) => {
                self.api.title = info.title;
                self.api.version = info.version;
                self.api.description = info.description;
            }
            Err(problem) => self.push(problem),
        }
    }

    /// Reads the documentation of tags.
    fn tag_docs(&mut self) {
        let document = self.document;
        let tags = document.get(&Pointer::root().child("tags")).and_then(serde_json::Value::as_array);
        for tag in tags.into_iter().flatten() {
            let text = |key: &str| tag.get(key).and_then(serde_json::Value::as_str).map(str::to_owned);
            let docs = crate::ir::Docs { description: text("description"), ..crate::ir::Docs::default() };
            if let Some(name) = text("name") {
                self.api.tags.insert(name, docs);
            }
        }
    }

    /// Reports types of the caller for formats that no schema has.
    fn report_idle_formats(&mut self) {
        for (format, name) in self.replaced.formats().filter(|(format, _)| !self.formats.contains_key(format))
        {
            let message = format!("the type `{name}` for the format `{format}` replaces nothing");
            let note = "no text, number or boolean that is generated has this format";
            self.diagnostics.push(Diagnostic::new(Code::IdlePin, message, Place::file(0)).note(note));
        }
    }

    fn push(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// Reports a problem at `pointer`, and what was generated instead.
    fn warn(&mut self, code: Code, pointer: &Pointer, message: impl Into<String>, note: &str) {
        let place = self.place(pointer);
        self.push(Diagnostic::new(code, message, place).note(note));
    }

    /// Reports a problem of a schema, and what was generated instead.
    fn warn_at(&mut self, code: Code, schema: SchemaId, message: impl Into<String>, note: &str) {
        self.warn(code, &self.schemas.pointer(schema), message, note);
    }

    /// Reports the limit that the schemas exceed, if they exceed one.
    fn report_limit(&mut self) {
        if let Some((exceeded, schema)) = self.schemas.exceeded() {
            let (message, note) = exceeded.words();
            self.warn_at(Code::Limit, schema, message, note);
        }
    }

    fn place(&self, pointer: &Pointer) -> Place {
        self.document.place(pointer)
    }
}
