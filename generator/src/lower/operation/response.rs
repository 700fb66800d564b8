//! Lowers an operation's Responses Object to successful responses and documented errors (OpenAPI
//! 3.0.4 §4.7.16).

use std::collections::{HashMap, HashSet};

use super::super::Lower;
use super::media::{Media, essence, rank};
use crate::diagnostic::Code;
use crate::ir::{
    Content, ErrorBody, Header, Method, Outcome, Representation, Scalar, Status, Success, TypeRef,
};
use crate::limits::MEDIA_TYPES;
use crate::pointer::Pointer;

/// The responses of an operation.
#[derive(Default)]
pub(super) struct Responses {
    pub(super) success: Success,
    pub(super) errors: Vec<ErrorBody>,
    pub(super) headers: Vec<Header>,
    pub(super) repeatable: Vec<u16>,
    pub(super) request_id: Option<String>,
}

/// A response: its place, and its bodies by media type. A redirect that is a result has no bodies:
/// the request does not ask for their media types.
struct Described {
    status: Status,
    pointer: Pointer,
    contents: Vec<(String, Content)>,
    redirect: Option<Content>,
}

impl Described {
    /// Returns the JSON type of the body, if there is one.
    fn json(&self) -> Option<&TypeRef> {
        self.contents.iter().find_map(|(_, content)| match content {
            Content::Json(shape) => Some(shape),
            _ => None,
        })
    }

    /// Returns the redirect as a result.
    fn into_redirect(self) -> Self {
        let redirect = Some(Content::Redirect(self.json().cloned()));
        Self { contents: Vec::new(), redirect, ..self }
    }

    /// Returns the index of each media type's content. If a media type is repeated, the first
    /// counts.
    fn places(&self) -> HashMap<&str, usize> {
        let names = self.contents.iter().enumerate().rev();
        names.map(|(index, (media_type, _))| (media_type.as_str(), index)).collect()
    }
}

impl Lower<'_> {
    pub(super) fn responses(&mut self, operation: &Pointer, method: &Method) -> Responses {
        let mut read = Responses::default();
        let mut described = Vec::new();
        let mut with_headers = Vec::new();
        for (status, pointer) in self.statuses(&operation.child("responses")) {
            let pointer = match self.document.resolve(&pointer) {
                Ok(pointer) => pointer,
                Err(problem) => {
                    self.push(problem.note("the response is read as undocumented"));
                    continue;
                }
            };
            self.repeatable(&status, &pointer, &mut read);
            with_headers.push((status.clone(), pointer.clone()));
            let contents = match status {
                _ if *method == Method::Head => Vec::new(),
                Status::Code(code @ (204 | 205 | 304)) => self.no_contents(code, &pointer),
                _ => self.contents(&pointer),
            };
            described.push(Described { status, pointer, contents, redirect: None });
        }
        // If two responses have a header of the same name, the lowest status decides, so that the
        // order of keys has no effect.
        with_headers.sort();
        for (_, pointer) in &with_headers {
            self.headers(pointer, &mut read);
        }
        let (successes, others): (Vec<_>, Vec<_>) =
            described.into_iter().partition(|response| response.status.is_success());
        let (redirects, others): (Vec<_>, Vec<_>) =
            others.into_iter().partition(|response| response.status.is_redirect());
        // Without a 2xx and a redirect, `default` describes success too.
        let is_undescribed = successes.is_empty() && redirects.is_empty();
        let (defaults, mut errors): (Vec<_>, Vec<_>) =
            others.into_iter().partition(|response| is_undescribed && response.status == Status::Default);
        // A redirect with the body of an error is an error.
        let has_success = !successes.is_empty();
        let (refused, redirects): (Vec<_>, Vec<_>) = redirects.into_iter().partition(|response| {
            let body = response.json();
            has_success && body.is_some() && errors.iter().any(|error| error.json() == body)
        });
        errors.extend(refused);
        let bodies = errors.into_iter().filter_map(|error| Some((error.json().cloned()?, error.status)));
        read.errors = bodies.map(|(shape, status)| ErrorBody { status, shape }).collect();
        let redirects = redirects.into_iter().map(Described::into_redirect);
        let successes = successes.into_iter().chain(defaults).chain(redirects).collect();
        read.success = self.success(successes, operation);
        read
    }

    /// Returns each status with the place of its response, `default` last.
    fn statuses(&self, responses: &Pointer) -> Vec<(Status, Pointer)> {
        let members = self.document.members(responses).into_iter();
        let mut statuses: Vec<_> =
            members.filter_map(|(key, pointer)| Some((Status::read(&key)?, pointer))).collect();
        statuses.sort_by_key(|(status, _)| *status == Status::Default);
        statuses
    }

    fn repeatable(&mut self, status: &Status, pointer: &Pointer, read: &mut Responses) {
        if !self.flag(pointer, "x-safe-to-repeat") {
            return;
        }
        match status {
            Status::Code(code) => read.repeatable.push(*code),
            _ => {
                let message = format!("`x-safe-to-repeat` applies to a single status, not to `{status}`");
                let pointer = pointer.child("x-safe-to-repeat");
                self.warn(Code::OddResponse, &pointer, message, "it is ignored");
            }
        }
    }

    /// Reads the headers of a response. `Content-Type` is declared elsewhere (§4.7.17.1).
    fn headers(&mut self, response: &Pointer, read: &mut Responses) {
        for (name, pointer) in self.document.entries(&response.child("headers")) {
            let Ok(pointer) = self.document.resolve(&pointer) else { continue };
            if self.flag(&pointer, "x-request-id") {
                read.request_id.get_or_insert_with(|| name.clone());
            }
            let known = |header: &Header| header.name.eq_ignore_ascii_case(&name);
            let is_sayable = !name.is_empty() && name.bytes().all(|b| b.is_ascii_graphic() && b != b':');
            if !is_sayable || name.eq_ignore_ascii_case("content-type") || read.headers.iter().any(known) {
                continue;
            }
            let content = self.document.entries(&pointer.child("content")).into_iter().next();
            let schema =
                content.map_or_else(|| pointer.child("schema"), |(_, content)| content.child("schema"));
            let shape = match self.document.get(&schema) {
                Some(_) => self.schema_at(&schema).shape,
                None => TypeRef::Scalar(Scalar::String),
            };
            let docs = self.docs(&pointer);
            read.headers.push(Header { name, pointer, docs, shape });
        }
    }

    /// Reports the bodies of a status that never has content (RFC 9110 §15.3.5, §15.3.6, §15.4.5),
    /// and returns none.
    fn no_contents(&mut self, status: u16, response: &Pointer) -> Vec<(String, Content)> {
        let pointer = response.child("content");
        if !self.document.entries(&pointer).is_empty() {
            let message = format!("a response with status {status} never has content");
            self.warn(Code::OddResponse, &pointer, message, "the content is ignored");
        }
        Vec::new()
    }

    /// Returns the possible bodies of a response by media type, the best supported first. Events
    /// come last, because callers ask for them explicitly.
    fn contents(&mut self, response: &Pointer) -> Vec<(String, Content)> {
        let mut contents = Vec::new();
        for (media_type, pointer) in self.document.entries(&response.child("content")) {
            let media = self.media(&media_type, &pointer);
            self.report_unread("body", &media_type, &pointer);
            let content = match media {
                Media::Json => Content::Json(self.content_type(&pointer)),
                Media::Events => self.events(&pointer),
                Media::Lines => Content::Lines(self.line(&pointer)),
                Media::Bytes if self.is_varied_text(&media_type, &pointer) => {
                    Content::Json(self.content_type(&pointer))
                }
                Media::Text | Media::Form => Content::Text,
                Media::Bytes | Media::Multipart => Content::Bytes,
            };
            contents.push((media_type, content));
        }
        contents.sort_by_cached_key(|(media_type, content)| {
            let kind = match content {
                Content::Json(_) => 0,
                Content::Lines(_) => 1,
                Content::Text | Content::Nothing => 2,
                Content::Bytes | Content::Redirect(_) => 3,
                Content::Events(_) | Content::NamedEvents(_) => 4,
            };
            (kind, rank(media_type))
        });
        contents
    }

    /// Returns the type of each value in a sequence of JSON values. A schema of a list describes
    /// the whole sequence.
    fn line(&mut self, content: &Pointer) -> TypeRef {
        let item = content.child("itemSchema");
        if self.document.get(&item).is_some() {
            return self.schema_at(&item).into_ref();
        }
        let shape = self.content_type(content);
        self.write_pending();
        let whole = match self.api.unaliased(&shape) {
            TypeRef::Nullable(inner) => self.api.unaliased(inner),
            whole => whole,
        };
        match whole {
            TypeRef::List(item) => (**item).clone(),
            _ => shape,
        }
    }

    /// Returns the representations that can be requested: one with the best supported media type of
    /// each status, and one for each other media type.
    fn success(&mut self, responses: Vec<Described>, operation: &Pointer) -> Success {
        let statuses = responses.iter().map(|response| response.status.clone()).collect();
        let first = |_, response: &Described| response.contents.first().cloned();
        let mut representations = vec![self.representation(&responses, operation, first)];
        // The index of each media type in each response.
        let places: Vec<HashMap<&str, usize>> = responses.iter().map(Described::places).collect();
        let mut seen = HashSet::new();
        for response in &responses {
            let best = response.contents.first().map(|(_, content)| content);
            let json = |content: &Content| matches!(content, Content::Json(_)) && Some(content) == best;
            let rest = response.contents.iter().skip(1).filter(|(_, content)| !json(content));
            for (media_type, _) in rest.filter(|(media_type, _)| seen.insert(essence(media_type))) {
                if representations.len() >= MEDIA_TYPES {
                    let message = format!("the responses have more than {MEDIA_TYPES} media types");
                    let place = operation.child("responses");
                    self.warn(Code::OddResponse, &place, message, "only the first ones can be requested");
                    return Success { statuses, representations };
                }
                let of = |index: usize, response: &Described| {
                    let place = places.get(index)?.get(media_type.as_str())?;
                    response.contents.get(*place).cloned()
                };
                representations.push(self.representation(&responses, operation, of));
            }
        }
        Success { statuses, representations }
    }

    fn representation(
        &self,
        responses: &[Described],
        operation: &Pointer,
        choose: impl Fn(usize, &Described) -> Option<(String, Content)>,
    ) -> Representation {
        let mut accept: Vec<String> = Vec::new();
        let mut outcomes = Vec::new();
        for (index, response) in responses.iter().enumerate() {
            let (media_type, content) = choose(index, response).unzip();
            // A media type that was not requested is not received.
            if media_type.is_none() && !response.contents.is_empty() {
                continue;
            }
            accept.extend(media_type.filter(|media_type| !accept.contains(media_type)));
            outcomes.push(Outcome {
                status: response.status.clone(),
                content: response.redirect.clone().or(content).unwrap_or(Content::Nothing),
                docs: self.docs(&response.pointer),
            });
        }
        // Without the stream in a response, there is nothing to stream.
        if outcomes.iter().any(|outcome| outcome.content.is_stream()) {
            outcomes.retain(|outcome| !matches!(outcome.content, Content::Nothing | Content::Redirect(_)));
        }
        if outcomes.is_empty() {
            let docs = crate::ir::Docs::default();
            outcomes.push(Outcome { status: Status::Range(2), content: Content::Nothing, docs });
        }
        let pointer = responses.first().map_or(operation, |response| &response.pointer).clone();
        let media_type = accept.first().cloned().unwrap_or_default();
        Representation { media_type, accept: accept.join(", "), switch: None, pointer, outcomes }
    }
}

impl Status {
    /// Parses a key of the Responses Object.
    fn read(key: &str) -> Option<Self> {
        let class = || key.get(..1)?.parse::<u16>().ok().filter(|class| (1..=5).contains(class));
        match key.get(1..)? {
            "efault" if key == "default" => Some(Self::Default),
            "XX" | "xx" => class().map(Self::Range),
            rest if rest.len() == 2 => class().and(key.parse().ok()).map(Self::Code),
            _ => None,
        }
    }
}
