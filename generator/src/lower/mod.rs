//! Lower: a [`Document`] in, an [`Api`] out.
//!
//! The one rule: an odd node costs one diagnostic and the nearest honest type, never the document.

mod body;
mod choice;
mod constraints;
mod enumeration;
mod example;
mod facts;
mod form;
mod heirs;
mod media;
mod multipart;
mod object;
mod only;
mod operation;
mod origin;
mod paging;
mod parameter;
mod response;
mod schema;
mod security;
mod server;
mod style;
mod template;
mod union;
mod view;
mod webhook;

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::rc::Rc;

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place};
use crate::document::Document;
use crate::document::shape::Kind;
use crate::ir::{Api, TypeId};
use crate::pointer::Pointer;
pub use only::Only;
use view::{Node, View};

/// Lowers all component schemas and all operations, in document order, and their examples where they are asked for.
pub(crate) fn lower(document: &Document, only: &Only, examples: bool, diagnostics: &mut Diagnostics) -> Api {
    let mut lower = Lower {
        document,
        diagnostics,
        api: Api::default(),
        named: HashMap::new(),
        open: HashSet::new(),
        nodes: RefCell::default(),
        views: RefCell::default(),
        children: BTreeMap::new(),
        operation_ids: HashMap::new(),
        patterns: HashMap::new(),
    };
    lower.info();
    lower.servers();
    lower.find_heirs();
    lower.tag_docs();
    lower.component_schemas();
    lower.find_security();
    lower.operations(only);
    lower.find_paging();
    if only.is_empty() {
        lower.webhooks();
    }
    if examples {
        lower.examples(only);
    }
    lower.api.drop_unused(!only.is_empty());
    lower.api
}

/// What lowering knows so far.
struct Lower<'a> {
    document: &'a Document,
    diagnostics: &'a mut Diagnostics,
    api: Api,
    /// The types that stand for a schema, by where the schema is.
    named: HashMap<Pointer, TypeId>,
    /// The schemas that are being lowered without a name: to meet one again is a cycle.
    open: HashSet<Pointer>,
    nodes: RefCell<HashMap<Pointer, Rc<Node>>>,
    /// What each schema comes to; nothing of one that can't be read, or is being looked at.
    views: RefCell<HashMap<Pointer, Option<Rc<View>>>>,
    /// The components that inherit by `allOf` from a schema with a discriminator.
    children: BTreeMap<Pointer, Vec<Pointer>>,
    /// The operation that has an operationId.
    operation_ids: HashMap<String, Pointer>,
    /// Whether the pattern that stands at a place can be checked.
    patterns: HashMap<Pointer, bool>,
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

    /// Reads what the document says about its tags.
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

    fn push(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// Says that what stands at `pointer` is `message`, and what was done about it.
    fn warn(&mut self, code: Code, pointer: &Pointer, message: impl Into<String>, note: &str) {
        let place = self.place(pointer);
        self.push(Diagnostic::new(code, message, place).note(note));
    }

    fn place(&self, pointer: &Pointer) -> Place {
        self.document.place(pointer)
    }
}
