//! Names operations: the method, the request's type, parameters, responses.

use std::collections::{HashMap, HashSet};

use super::group::{Methods, short_words};
use super::reserved::{ARGUMENTS, HEADERS, OUTCOMES, PARTS, REQUESTS, SETTERS};
use super::scope::Scope;
use super::shorten::without_path;
use super::spelling::{ident, pascal, shout, snake};
use super::words::{full_words, style_word, words};
use super::{BodyNames, Groups, Namer, OperationNames, ParameterNames, RepresentationNames};
use crate::ir::{BodyForm, Operation, OperationId, Parameter, Part, Scalar, Status, TypeRef};
use crate::pointer::Pointer;

/// An operation with the names of its method and of its request.
struct Named<'a> {
    id: OperationId,
    operation: &'a Operation,
    method: String,
    request: String,
}

impl Namer<'_> {
    pub(super) fn operations(&mut self, mut methods: Methods) {
        let api = self.api;
        let mut requests = self.scope(&REQUESTS, "requests");
        let present: HashSet<Pointer> =
            api.operations().map(|(_, operation)| self.keys.key(&operation.pointer)).collect();
        methods.forget_places(&present);
        requests.forget_places(&present);
        let mut order: Vec<(OperationId, &Operation)> = api.operations().collect();
        order.sort_by_key(|(_, operation)| {
            (self.pinned(&operation.pointer, false).is_none(), operation.id.clone())
        });
        let short = if self.groups == Groups::Tag { short_words(api) } else { HashMap::new() };
        let mut named = Vec::new();
        for (id, operation) in order {
            let pin = self.pin(&operation.pointer, false).map(|pin| vec![words(&pin)]);
            let short = short.get(&id).filter(|_| pin.is_none());
            let names = pin.unwrap_or_else(|| operation_words(operation));
            let snakes: Vec<String> = short.into_iter().chain(&names).map(|words| snake(words)).collect();
            let pascals: Vec<String> = names.iter().map(|words| pascal(words)).collect();
            let method = self.claim(methods.of(operation), &snakes, &operation.pointer);
            let request = self.claim_quietly(&mut requests, &pascals, &operation.pointer);
            named.push(Named { id, operation, method, request });
        }
        for Named { id, operation, method, request } in &named {
            let mut names = OperationNames {
                method: ident(method),
                request: ident(request),
                parameters: Vec::new(),
                bodies: Vec::new(),
                representations: Vec::new(),
                headers: Vec::new(),
            };
            self.arguments(operation, method, request, methods.of(operation), &mut names);
            self.answers(operation, request, &mut requests, &mut names);
            self.forms(operation, request, &mut requests, &mut names);
            self.names.operations.insert(*id, names);
        }
        self.group_types(methods, &mut requests);
    }

    /// Names parameters and bodies. Arguments have their own scope. Setters share it with the
    /// methods of every request.
    fn arguments(
        &mut self,
        operation: &Operation,
        method: &str,
        request: &str,
        methods: &mut Scope,
        names: &mut OperationNames,
    ) {
        let mut arguments = self.scope(&ARGUMENTS, &methods.path(method));
        let mut setters = self.scope(&SETTERS, &format!("requests::{request}"));
        for (index, representation) in operation.success.representations.iter().enumerate() {
            let sends = if index == 0 {
                ["send", "send_with_response", "send_stream"].map(str::to_owned)
            } else {
                let whole = snake(&words(&representation.media_type));
                let wanted =
                    [format!("send_{}", media_word(&representation.media_type)), format!("send_{whole}")];
                let pointer = representation.pointer.child(&representation.media_type);
                let name = self.claim_quietly(&mut setters, &wanted, &pointer);
                let mut other = |what: &str| {
                    let names = [format!("{name}_{what}")];
                    self.claim_quietly(&mut setters, &names, &pointer.child(what))
                };
                [name.clone(), other("with_response"), other("stream")]
            };
            let sends = sends.map(|name| ident(&name));
            names.representations.push(RepresentationNames { sends, choice: None });
        }
        for (index, body) in operation.bodies.iter().enumerate() {
            let suffix =
                if index == 0 { String::new() } else { format!("_as_{}", media_word(&body.media_type)) };
            let whole = || snake(&words(&body.media_type));
            let first = operation.pointer.child("requestBody");
            let name = match (operation.body_required, index) {
                (true, 0) => method.to_owned(),
                (true, _) => {
                    let wanted = [format!("{method}{suffix}"), format!("{method}_as_{}", whole())];
                    self.claim_quietly(methods, &wanted, &body.pointer)
                }
                (false, _) => {
                    let wanted = [format!("body{suffix}"), format!("body_as_{}", whole())];
                    let pointer = if index == 0 { &first } else { &body.pointer };
                    self.claim_quietly(&mut setters, &wanted, pointer)
                }
            };
            names.bodies.push(BodyNames { name: ident(&name), form: None });
        }
        let mut order: Vec<(usize, &Parameter)> = operation.parameters.iter().enumerate().collect();
        order.sort_by_cached_key(|(_, one)| {
            let is_pinned = self.pinned(&one.pointer, false).is_some();
            let name = snake(&words(&one.name));
            (!is_pinned, name != one.name, one.name.clone(), one.place)
        });
        let mut named = Vec::new();
        for (index, parameter) in order {
            let mut wanted = parameter_names(parameter);
            wanted.splice(0..0, self.pin(&parameter.pointer, false));
            let scope = if parameter.required { &mut arguments } else { &mut setters };
            let name = self.claim(scope, &wanted, &parameter.pointer);
            let can_be_empty = parameter.may_be_empty
                && !parameter.required
                && parameter.shape != TypeRef::Scalar(Scalar::String);
            let empty = can_be_empty.then(|| {
                let pointer = parameter.pointer.child("allowEmptyValue");
                ident(&self.claim_quietly(&mut setters, &[format!("{name}_empty")], &pointer))
            });
            named.push((index, ParameterNames { name: ident(&name), empty }));
        }
        named.sort_by_key(|(index, _)| *index);
        names.parameters = named.into_iter().map(|(_, names)| names).collect();
    }

    /// Names responses: an enum if the type depends on the status, and constants for headers.
    fn answers(
        &mut self,
        operation: &Operation,
        request: &str,
        requests: &mut Scope,
        names: &mut OperationNames,
    ) {
        let representations = operation.success.representations.iter().zip(&mut names.representations);
        for (index, (representation, names)) in representations.enumerate() {
            if representation.only().is_some() {
                continue;
            }
            let word = if index == 0 {
                String::new()
            } else {
                pascal(&words(&media_word(&representation.media_type)))
            };
            let pointer = representation.pointer.child(&representation.media_type);
            let name = self.claim_quietly(requests, &[format!("{request}{word}Success")], &pointer);
            let mut scope = self.scope(&OUTCOMES, &format!("requests::{name}"));
            let variants = representation.outcomes.iter().map(|outcome| {
                let pointer = pointer.child(&outcome.status.to_string());
                ident(&self.claim_quietly(&mut scope, &[status_word(&outcome.status)], &pointer))
            });
            names.choice = Some((ident(&name), variants.collect()));
        }
        let mut scope = self.scope(&HEADERS, &format!("requests::{request}"));
        for header in &operation.headers {
            let wanted = [shout(&words(&header.name)), shout(&full_words(&header.name))];
            names.headers.push(ident(&self.claim_quietly(&mut scope, &wanted, &header.pointer)));
        }
    }

    /// Names the types of forms, and the setters of their parts.
    fn forms(
        &mut self,
        operation: &Operation,
        request: &str,
        requests: &mut Scope,
        names: &mut OperationNames,
    ) {
        for (body, names) in operation.bodies.iter().zip(&mut names.bodies) {
            let BodyForm::Multipart(parts) = &body.form else { continue };
            if parts.is_empty() {
                continue;
            }
            let form = self.claim_quietly(requests, &[format!("{request}Form")], &body.pointer);
            let mut scope = self.scope(&PARTS, &format!("requests::{form}"));
            let mut order: Vec<(usize, &Part)> = parts.iter().enumerate().collect();
            order.sort_by_key(|(_, part)| part.name.as_str());
            let mut named = Vec::new();
            for (index, part) in order {
                let wanted = plain_names(&part.name);
                named.push((index, ident(&self.claim_quietly(&mut scope, &wanted, &part.pointer))));
            }
            named.sort_by_key(|(index, _)| *index);
            names.form = Some((ident(&form), named.into_iter().map(|(_, name)| name).collect()));
        }
    }
}

/// Returns the candidate names of an operation as words, best first: a long operationId without the
/// words of its path, the operationId, the operationId with every symbol spelled, method and path.
pub(super) fn operation_words(operation: &Operation) -> Vec<Vec<String>> {
    let own = words(&operation.id);
    let path = words(&operation.path);
    let method = operation.method.name().to_lowercase();
    let mut names: Vec<Vec<String>> = without_path(&own, &method, &path).into_iter().collect();
    names.push(own);
    names.push(full_words(&operation.id));
    names.push([vec![method], path].concat());
    names
}

/// Returns the candidate names of a parameter, best first: those of [`plain_names`], then its name
/// with its location.
fn parameter_names(parameter: &Parameter) -> Vec<String> {
    let place = parameter.place.word().to_owned();
    let mut names = plain_names(&parameter.name);
    names.push(snake(&[words(&parameter.name), vec![place]].concat()));
    names
}

/// Returns the candidate names of a text in snake case, best first: its words, its words with every
/// symbol spelled, its words with a word for its style.
pub(super) fn plain_names(text: &str) -> Vec<String> {
    let own = words(text);
    let styled = [own.clone(), vec![style_word(text).to_owned()]].concat();
    vec![snake(&own), snake(&full_words(text)), snake(&styled)]
}

/// Returns the name of a status: its reason phrase, if it has one (RFC 9110 §15.3 and §15.4, RFC 4918
/// §11.1).
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
        (300, "MultipleChoices"),
        (301, "MovedPermanently"),
        (302, "Found"),
        (303, "SeeOther"),
        (307, "TemporaryRedirect"),
        (308, "PermanentRedirect"),
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

/// Returns the words that a media type adds to a name.
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
    if let Some(range) = essence.strip_suffix("/*").filter(|range| *range != "*") {
        return snake(&words(range));
    }
    let short = SHORT.iter().find(|(known, _)| *known == essence).map(|(_, word)| (*word).to_owned());
    short.unwrap_or_else(|| snake(&words(essence.strip_prefix("application/").unwrap_or(essence))))
}
