//! Lowers operations: one for each method of each path item.

mod body;
mod events;
mod example;
mod idempotency;
mod media;
mod multipart;
mod oauth;
mod only;
mod paging;
mod parameter;
mod response;
mod security;
mod server;
mod streaming;
mod style;
mod template;
mod webhook;

use std::collections::BTreeMap;

use super::Lower;
pub(super) use media::{Media, rank};
pub use only::Only;
use template::Template;

use crate::diagnostic::{Code, Diagnostic};
use crate::ir::{Location, Method, Operation, Parameter};
use crate::pointer::Pointer;

/// An operation of the document: its path, path item and place.
struct Listed {
    path: String,
    item: Pointer,
    pointer: Pointer,
    method: Method,
}

/// The reason why an operation is skipped, and the place of the problem.
pub(super) struct Skip {
    pointer: Pointer,
    reason: String,
}

impl Skip {
    pub(super) fn at(pointer: &Pointer, reason: impl Into<String>) -> Self {
        Self { pointer: pointer.clone(), reason: reason.into() }
    }
}

impl Lower<'_> {
    /// Lowers all operations, in document order.
    pub(super) fn operations(&mut self, only: &Only) {
        let mut operations = self.listed();
        let found: Vec<_> = operations.iter().map(|one| (one.path.clone(), one.pointer.clone())).collect();
        self.report_idle(only, &found);
        operations.retain(|one| self.is_wanted(only, &one.path, &one.pointer));
        self.claim_operation_ids(&operations);
        for Listed { path, item, pointer, method } in &operations {
            self.add_operation(path, item, pointer, method);
        }
    }

    fn listed(&mut self) -> Vec<Listed> {
        let mut listed = Vec::new();
        for (path, item) in self.document.members(&Pointer::root().child("paths")) {
            if !path.starts_with('/') {
                continue;
            }
            let item = match self.document.resolve(&item) {
                Ok(item) => item,
                Err(problem) => {
                    self.push(problem.note("its operations are left out"));
                    continue;
                }
            };
            self.report_methods(&item);
            let of_item = self.methods(&item).into_iter();
            listed.extend(of_item.map(|(method, pointer)| Listed {
                path: path.clone(),
                item: item.clone(),
                pointer,
                method,
            }));
        }
        listed
    }

    /// Returns the operations of a path item, each with its method.
    pub(super) fn methods(&self, item: &Pointer) -> Vec<(Method, Pointer)> {
        let known = Method::ALL.iter().map(|(key, method)| (method.clone(), item.child(key)));
        let known = known.filter(|(_, pointer)| self.document.get(pointer).is_some());
        let others = self.document.entries(&item.child("additionalOperations")).into_iter();
        let others = others.filter_map(|(name, pointer)| Some((Method::of(&name)?, pointer)));
        known.chain(others).collect()
    }

    /// Reports the operations of a path item whose method can't be sent.
    fn report_methods(&mut self, item: &Pointer) {
        for (name, pointer) in self.document.entries(&item.child("additionalOperations")) {
            if Method::of(&name).is_none() {
                let message = format!("the operation `{name}` is left out: its method is no token");
                let place = self.place(&pointer).key();
                self.push(Diagnostic::new(Code::SkippedOperation, message, place));
                self.api.skipped += 1;
            }
        }
    }

    /// Gives each operation its name. If several operations share an operationId, those whose first
    /// tag is unique among them are named by tag and operationId. Of the remaining operations, the
    /// first by path and method is named by the operationId, the others by method and path.
    fn claim_operation_ids(&mut self, operations: &[Listed]) {
        let mut sorted: Vec<&Listed> = operations.iter().collect();
        sorted.sort_by(|a, b| a.pointer.cmp(&b.pointer));
        let mut groups: BTreeMap<String, Vec<(&Listed, Option<String>)>> = BTreeMap::new();
        for listed in sorted {
            let id = self.own_operation_id(&listed.pointer);
            if id.chars().any(char::is_alphanumeric) {
                let tag =
                    self.first_tag(&listed.pointer).filter(|tag| tag.chars().any(char::is_alphanumeric));
                groups.entry(id).or_default().push((listed, tag));
            }
        }
        for (id, group) in groups {
            let mut of_tag: BTreeMap<&str, usize> = BTreeMap::new();
            for tag in group.iter().filter_map(|(_, tag)| tag.as_deref()) {
                *of_tag.entry(tag).or_default() += 1;
            }
            let is_repeated = group.len() > 1;
            for (listed, tag) in &group {
                let tag = tag.as_deref().filter(|tag| is_repeated && of_tag.get(tag) == Some(&1));
                let holder = self.operation_ids.entry(id.clone()).or_insert_with(|| listed.pointer.clone());
                let name = match tag {
                    Some(tag) => format!("{tag} {id}"),
                    None if *holder == listed.pointer || !self.plain_ids.contains(&id) => id.clone(),
                    None => format!("{} {}", listed.method.name(), listed.path),
                };
                if name == id {
                    self.plain_ids.insert(id.clone());
                }
                self.operation_names.insert(listed.pointer.clone(), name);
            }
        }
    }

    pub(super) fn own_operation_id(&self, pointer: &Pointer) -> String {
        let id = self.document.get(&pointer.child("operationId"));
        id.and_then(serde_json::Value::as_str).unwrap_or_default().to_owned()
    }

    fn add_operation(&mut self, path: &str, item: &Pointer, pointer: &Pointer, method: &Method) {
        let id = self.operation_id(path, pointer, method);
        self.report_repeated_id(pointer, &id);
        match self.operation(&id, path, item, pointer, method) {
            Ok(operation) => self.api.operations.push(operation),
            Err(skip) => {
                self.api.skipped += 1;
                let message = format!("`{id}` is skipped: {}", skip.reason);
                let place = self.place(&skip.pointer);
                self.push(Diagnostic::new(Code::SkippedOperation, message, place));
            }
        }
    }

    /// Returns the first tag of an operation.
    fn first_tag(&self, pointer: &Pointer) -> Option<String> {
        let tags = self.document.get(&pointer.child("tags"))?.as_array()?;
        tags.first()?.as_str().map(str::to_owned)
    }

    fn operation(
        &mut self,
        id: &str,
        path: &str,
        item: &Pointer,
        pointer: &Pointer,
        method: &Method,
    ) -> Result<Operation, Skip> {
        if self.document.get(pointer).is_none_or(|operation| !operation.is_object()) {
            return Err(Skip::at(pointer, "it is not an object"));
        }
        let mut template = Template::read(path).map_err(|message| Skip::at(item, message))?;
        if template.has_fragment {
            let message = format!("`{path}` has a fragment, which no request can carry");
            self.warn(Code::PathTemplate, item, message, "it is not sent");
        }
        let mut parameters = self.parameters(item, pointer, &template)?;
        let is_always_sent = |one: &Parameter| one.required && one.place == Location::Query;
        template
            .remove_from_query(|name| parameters.iter().any(|one| is_always_sent(one) && one.name == name));
        let idempotency_key = self.idempotency_key(pointer, &mut parameters);
        let (bodies, body_required) = self.bodies(pointer)?;
        let responses = self.responses(pointer, method);
        Ok(Operation {
            id: id.to_owned(),
            pointer: pointer.clone(),
            tag: self.first_tag(pointer),
            docs: self.docs(pointer),
            method: method.clone(),
            path: path.to_owned(),
            template: template.text,
            server: self.own_server(item, pointer),
            parameters,
            bodies,
            body_required,
            success: responses.success,
            errors: responses.errors,
            headers: responses.headers,
            security: self.security(item, pointer),
            repeatable: responses.repeatable,
            request_id: responses.request_id,
            idempotency_key,
            paging: None,
        })
    }

    /// Returns the name of an operation: the name from `claim_operation_ids`, otherwise its method
    /// and path.
    pub(super) fn operation_id(&self, path: &str, pointer: &Pointer, method: &Method) -> String {
        let name = self.operation_names.get(pointer).cloned();
        name.unwrap_or_else(|| format!("{} {path}", method.name()))
    }

    fn report_repeated_id(&mut self, pointer: &Pointer, id: &str) {
        let own = self.own_operation_id(pointer);
        let Some(holder) =
            self.operation_ids.get(&own).filter(|holder| *holder != pointer && !own.is_empty())
        else {
            return;
        };
        let place = |pointer: &Pointer, label| self.place(&pointer.child("operationId")).label(label);
        let message = format!("two operations have the operationId `{own}`");
        let note = match id {
            _ if id == own => "the first keeps the name".to_owned(),
            _ if id.ends_with(&format!(" {own}")) => format!("the first is named after its tag, `{id}`"),
            _ => format!("the first is named by its method and path, `{id}`"),
        };
        let diagnostic = Diagnostic::new(Code::RepeatedOperationId, message, place(pointer, "this one"))
            .and(place(holder, "and this one"))
            .note(note);
        self.push(diagnostic);
    }
}
