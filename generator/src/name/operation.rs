//! Names of operations and tags: the client's method, the request's type, the parameters; modules and features.

use std::collections::BTreeSet;

use super::scope::{Case, Scope};
use super::types::RESERVED;
use super::words::{file, ident, module, pascal, snake, words};
use super::{Namer, OperationNames, TagNames};
use crate::ir::{BodyForm, Operation, OperationId, Part, Scalar, Status, TypeRef};
use crate::pointer::Pointer;

/// Methods that every generated request has, or will.
const REQUEST_METHODS: &[&str] =
    &["clone", "items", "pages", "send", "send_stream", "send_with_response", "with"];

/// The features that every generated crate has, with `_` for `-`.
const FEATURES: &[&str] =
    &["blocking", "default", "hyper", "rustls_aws_lc", "rustls_ring", "tracing", "validate"];

/// The module of operations without a tag, where others have one.
const UNTAGGED: &str = "untagged";

/// Methods that every generated client has.
const CLIENT_METHODS: &[&str] = &["builder", "clone", "new"];

impl Namer<'_> {
    pub(super) fn operations(&mut self) {
        let api = self.api;
        let mut methods = Scope::new(Case::Snake, CLIENT_METHODS, "_operation");
        let mut requests = Scope::new(Case::Pascal, RESERVED, "Request");
        let mut order: Vec<(OperationId, &Operation)> = api.operations().collect();
        order.sort_by_key(|(_, operation)| {
            (self.pinned(&operation.pointer, false).is_none(), operation.id.clone())
        });
        let mut named = Vec::new();
        for (id, operation) in order {
            let pin = self.pin(&operation.pointer, false);
            let words = words(pin.as_ref().unwrap_or(&operation.id));
            let method = self.claim(&mut methods, &snake(&words), &operation.pointer);
            let request = requests.claim(&pascal(&words), &operation.pointer).name;
            named.push((id, operation, method, request));
        }
        for (id, operation, method, request) in &named {
            let mut names = OperationNames {
                method: ident(method),
                request: ident(request),
                parameters: Vec::new(),
                empties: Vec::new(),
                bodies: Vec::new(),
                forms: Vec::new(),
                sends: Vec::new(),
                choices: Vec::new(),
                variants: Vec::new(),
                headers: Vec::new(),
            };
            self.arguments(operation, method, &mut methods, &mut names);
            answers(operation, request, &mut requests, &mut names);
            forms(operation, request, &mut requests, &mut names);
            self.names.operations.insert(*id, names);
        }
    }

    /// Names the tags of operations, in the order of the alphabet.
    pub(super) fn tags(&mut self) {
        let tags: BTreeSet<&String> =
            self.api.operations.iter().filter_map(|operation| operation.tag.as_ref()).collect();
        // Where a script has no capitals, a module and a request would have one name.
        let requests = self.names.operations.values().map(|names| names.request.to_string());
        let reserved: Vec<String> = requests.chain(["mod", UNTAGGED].map(str::to_owned)).collect();
        let mut modules = Scope::new(Case::Snake, reserved, "_");
        let mut features = Scope::new(Case::Snake, FEATURES, "_tag");
        for tag in tags {
            let name = file(&words(tag));
            let feature = features.claim(name.trim_start_matches('_'), &Pointer::root()).name;
            let module = module(&modules.claim(&name, &Pointer::root()).name);
            self.names.tags.insert(tag.clone(), TagNames { module, feature: feature.replace('_', "-") });
        }
    }

    /// Names what a caller gives: arguments in a scope of their own, setters among the methods of every request.
    fn arguments(
        &mut self,
        operation: &Operation,
        method: &str,
        methods: &mut Scope,
        names: &mut OperationNames,
    ) {
        let mut arguments = Scope::new(Case::Snake, ["body", "media_type"], "_parameter");
        let mut setters = Scope::new(Case::Snake, REQUEST_METHODS, "_parameter");
        for (index, way) in operation.success.ways.iter().enumerate() {
            let suffix = if index == 0 { String::new() } else { format!("_{}", media_word(&way.media_type)) };
            let name = format!("send{suffix}");
            let name = if index == 0 { name } else { setters.claim(&name, &way.pointer).name };
            let mut other = |what: &str| {
                let name = format!("{name}_{what}");
                ident(&if index == 0 { name } else { setters.claim(&name, &way.pointer).name })
            };
            names.sends.push([ident(&name), other("with_response"), other("stream")]);
        }
        for (index, body) in operation.bodies.iter().enumerate() {
            let suffix =
                if index == 0 { String::new() } else { format!("_as_{}", media_word(&body.media_type)) };
            let name = if operation.body_required {
                if index == 0 {
                    method.to_owned()
                } else {
                    methods.claim(&format!("{method}{suffix}"), &body.pointer).name
                }
            } else {
                setters.claim(&format!("body{suffix}"), &body.pointer).name
            };
            names.bodies.push(ident(&name));
        }
        for parameter in &operation.parameters {
            let pointer: &Pointer = &parameter.pointer;
            let wanted = self.pin(pointer, false).unwrap_or_else(|| snake(&words(&parameter.name)));
            let scope = if parameter.required { &mut arguments } else { &mut setters };
            let name = self.claim(scope, &wanted, pointer);
            names.parameters.push(ident(&name));
            let can_be_empty = parameter.may_be_empty
                && !parameter.required
                && parameter.shape != TypeRef::Scalar(Scalar::String);
            let empty = can_be_empty.then(|| setters.claim(&format!("{name}_empty"), pointer).name);
            names.empties.push(empty.map(|name| ident(&name)));
        }
    }
}

/// Names what comes back: an enum where the type depends on the status, and constants of headers.
fn answers(operation: &Operation, request: &str, requests: &mut Scope, names: &mut OperationNames) {
    for (index, way) in operation.success.ways.iter().enumerate() {
        let word = if index == 0 { String::new() } else { pascal(&words(&media_word(&way.media_type))) };
        let choice = way
            .only()
            .is_none()
            .then(|| ident(&requests.claim(&format!("{request}{word}Success"), &way.pointer).name));
        let mut scope = Scope::new(Case::Pascal, [""; 0], "");
        let variants = way
            .outcomes
            .iter()
            .map(|outcome| ident(&scope.claim(&status_word(&outcome.status), &way.pointer).name));
        names.variants.push(variants.collect());
        names.choices.push(choice);
    }
    let mut scope = Scope::new(Case::Snake, ["OPERATION", "PAGING"], "_HEADER");
    for header in &operation.headers {
        let name = snake(&words(&header.name)).to_uppercase();
        names.headers.push(ident(&scope.claim(&name, &header.pointer).name));
    }
}

/// Names the types of forms, and in each the setters of its parts.
fn forms(operation: &Operation, request: &str, requests: &mut Scope, names: &mut OperationNames) {
    for body in &operation.bodies {
        let form = match &body.form {
            BodyForm::Multipart(parts) if !parts.is_empty() => {
                let form = requests.claim(&format!("{request}Form"), &body.pointer).name;
                let mut scope = Scope::new(Case::Snake, ["new", "part"], "_part");
                let claim = |part: &Part| ident(&scope.claim(&snake(&words(&part.name)), &part.pointer).name);
                Some((ident(&form), parts.iter().map(claim).collect()))
            }
            _ => None,
        };
        names.forms.push(form);
    }
}

/// What a status is called: by its reason phrase, where it has one (RFC 9110 §15.3, RFC 4918 §11.1).
fn status_word(status: &Status) -> String {
    const REASONS: &[(u16, &str)] = &[
        (200, "Ok"),
        (201, "Created"),
        (202, "Accepted"),
        (203, "NonAuthoritative"),
        (204, "NoContent"),
        (205, "ResetContent"),
        (206, "PartialContent"),
        (207, "MultiStatus"),
    ];
    match status {
        Status::Code(code) => {
            let reason = REASONS.iter().find(|(known, _)| known == code);
            reason.map_or_else(|| format!("Status{code}"), |(_, reason)| (*reason).to_owned())
        }
        Status::Range(class) => format!("Status{class}xx"),
        Status::Default => "Other".to_owned(),
    }
}

/// What a media type adds to a name.
fn media_word(media_type: &str) -> String {
    const SHORT: &[(&str, &str)] = &[
        ("application/x-www-form-urlencoded", "form"),
        ("text/event-stream", "events"),
        ("application/x-ndjson", "lines"),
        ("application/jsonl", "lines"),
        ("multipart/form-data", "multipart"),
        ("text/plain", "text"),
        ("*/*", "bytes"),
        ("application/octet-stream", "bytes"),
    ];
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    let short = SHORT.iter().find(|(known, _)| *known == essence).map(|(_, word)| (*word).to_owned());
    short.unwrap_or_else(|| snake(&words(essence.strip_prefix("application/").unwrap_or(essence))))
}
