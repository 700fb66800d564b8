//! Responses: an operation's Responses Object in, what success gives and what errors carry out (OpenAPI 3.0.4 §4.7.16).

use std::collections::{HashMap, HashSet};

use super::super::Lower;
use super::media::{Media, essence, rank};
use crate::diagnostic::Code;
use crate::ir::{Content, ErrorBody, Header, Method, Outcome, Scalar, Status, Success, TypeRef, Way};
use crate::limits::MEDIA_TYPES;
use crate::pointer::Pointer;

/// What an operation's responses say.
#[derive(Default)]
pub(super) struct Responses {
    pub(super) success: Success,
    pub(super) errors: Vec<ErrorBody>,
    pub(super) headers: Vec<Header>,
    pub(super) repeatable: Vec<u16>,
    pub(super) request_id: Option<String>,
}

/// One response: where it is described, and its bodies by media type.
struct Described {
    status: Status,
    pointer: Pointer,
    contents: Vec<(String, Content)>,
}

impl Described {
    /// Returns the index of each media type's content. The first of two with one name counts.
    fn places(&self) -> HashMap<&str, usize> {
        let names = self.contents.iter().enumerate().rev();
        names.map(|(index, (media_type, _))| (media_type.as_str(), index)).collect()
    }
}

impl Lower<'_> {
    pub(super) fn responses(&mut self, operation: &Pointer, method: Method) -> Responses {
        let mut read = Responses::default();
        let mut described = Vec::new();
        let mut with_headers = Vec::new();
        for (status, pointer) in self.statuses(&operation.child("responses")) {
            let pointer = match self.document.resolve(&pointer) {
                Ok(pointer) => pointer,
                Err(problem) => {
                    self.push(problem.note("the response is taken as undocumented"));
                    continue;
                }
            };
            self.repeatable(&status, &pointer, &mut read);
            with_headers.push((status.clone(), pointer.clone()));
            let contents = match status {
                _ if method == Method::Head => Vec::new(),
                Status::Code(code @ (204 | 205 | 304)) => self.no_contents(code, &pointer),
                _ => self.contents(&pointer),
            };
            described.push(Described { status, pointer, contents });
        }
        // Of two headers with one name that of the lowest status counts, whatever the order of keys.
        with_headers.sort();
        for (_, pointer) in &with_headers {
            self.headers(pointer, &mut read);
        }
        let (successes, others): (Vec<_>, Vec<_>) =
            described.into_iter().partition(|response| response.status.is_success());
        // Without a 2xx, a redirect that is described is what the operation is for, and without a redirect `default`
        // stands for success too.
        let (successes, others) = if successes.is_empty() {
            let redirects = others.iter().any(|response| response.status.is_redirect());
            others.into_iter().partition(|response| match redirects {
                true => response.status.is_redirect(),
                false => response.status == Status::Default,
            })
        } else {
            (successes, others)
        };
        for Described { status, contents, .. } in others {
            let json = contents.into_iter().find_map(|(_, content)| match content {
                Content::Json(shape) => Some(shape),
                _ => None,
            });
            read.errors.extend(json.map(|shape| ErrorBody { status, shape }));
        }
        read.success = self.success(successes, operation);
        read
    }

    /// Each status with where its response stands, `default` last.
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
                let message = format!("`x-safe-to-repeat` speaks of one status, not of `{status}`");
                let pointer = pointer.child("x-safe-to-repeat");
                self.warn(Code::OddResponse, &pointer, message, "it is ignored");
            }
        }
    }

    /// The headers of a response. `Content-Type` is said elsewhere (§4.7.17.1).
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

    /// The bodies of a status that never has content (RFC 9110 §15.3.5, §15.3.6, §15.4.5): none.
    fn no_contents(&mut self, status: u16, response: &Pointer) -> Vec<(String, Content)> {
        let pointer = response.child("content");
        if !self.document.entries(&pointer).is_empty() {
            let message = format!("a response with status {status} never has content");
            self.warn(Code::OddResponse, &pointer, message, "the content is ignored");
        }
        Vec::new()
    }

    /// What a response's body can be, by media type, the best known kind first. Events are asked for on purpose.
    fn contents(&mut self, response: &Pointer) -> Vec<(String, Content)> {
        let mut contents = Vec::new();
        for (media_type, pointer) in self.document.entries(&response.child("content")) {
            let media = self.media(&media_type, &pointer);
            self.report_unread(&media_type, &pointer);
            let content = match media {
                Media::Json => Content::Json(self.content_type(&pointer)),
                Media::Events => {
                    let shape = self.event_schema(&pointer).map(|schema| self.schema_at(&schema).into_ref());
                    Content::Events(shape.filter(|shape| *shape != TypeRef::Scalar(Scalar::String)))
                }
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
                Content::Bytes => 3,
                Content::Events(_) => 4,
            };
            (kind, rank(media_type))
        });
        contents
    }

    /// Returns where the schema of an event's data stands. An `itemSchema` describes the whole event (OpenAPI 3.2.0
    /// §4.14.3): its data is JSON if it has a `contentSchema`.
    fn event_schema(&self, content: &Pointer) -> Option<Pointer> {
        let item = content.child("itemSchema");
        let data = item.child("properties").child("data");
        let schemas = [content.child("schema"), data.child("contentSchema"), data];
        schemas.into_iter().find(|schema| self.document.get(schema).is_some())
    }

    /// Returns the type of each JSON value of a body that is a sequence of them. A schema of a list describes the whole
    /// sequence.
    fn line(&mut self, content: &Pointer) -> TypeRef {
        let item = content.child("itemSchema");
        if self.document.get(&item).is_some() {
            return self.schema_at(&item).into_ref();
        }
        let shape = self.content_type(content);
        self.write_pending();
        match self.api.unaliased(&shape) {
            TypeRef::List(item) => (**item).clone(),
            _ => shape,
        }
    }

    /// One way that asks for the best known kind of each status, and one for each other media type.
    fn success(&mut self, responses: Vec<Described>, operation: &Pointer) -> Success {
        let statuses = responses.iter().map(|response| response.status.clone()).collect();
        let first = |_, response: &Described| response.contents.first().cloned();
        let mut ways = vec![self.way(&responses, operation, first)];
        // Where each response has each media type.
        let places: Vec<HashMap<&str, usize>> = responses.iter().map(Described::places).collect();
        let mut seen = HashSet::new();
        for response in &responses {
            let best = response.contents.first().map(|(_, content)| content);
            let json = |content: &Content| matches!(content, Content::Json(_)) && Some(content) == best;
            let rest = response.contents.iter().skip(1).filter(|(_, content)| !json(content));
            for (media_type, _) in rest.filter(|(media_type, _)| seen.insert(essence(media_type))) {
                if ways.len() >= MEDIA_TYPES {
                    let message = format!("the responses have more than {MEDIA_TYPES} media types");
                    let place = operation.child("responses");
                    self.warn(Code::OddResponse, &place, message, "the first ones can be asked for");
                    return Success { statuses, ways };
                }
                let of = |index: usize, response: &Described| {
                    let place = places.get(index)?.get(media_type.as_str())?;
                    response.contents.get(*place).cloned()
                };
                ways.push(self.way(&responses, operation, of));
            }
        }
        Success { statuses, ways }
    }

    fn way(
        &self,
        responses: &[Described],
        operation: &Pointer,
        choose: impl Fn(usize, &Described) -> Option<(String, Content)>,
    ) -> Way {
        let mut accept: Vec<String> = Vec::new();
        let mut outcomes = Vec::new();
        for (index, response) in responses.iter().enumerate() {
            let (media_type, content) = choose(index, response).unzip();
            // What was not asked for does not come.
            if media_type.is_none() && !response.contents.is_empty() {
                continue;
            }
            accept.extend(media_type.filter(|media_type| !accept.contains(media_type)));
            outcomes.push(Outcome {
                status: response.status.clone(),
                content: content.unwrap_or(Content::Nothing),
                docs: self.docs(&response.pointer),
            });
        }
        // A stream that is not there is no stream.
        if outcomes.iter().any(|outcome| matches!(outcome.content, Content::Events(_) | Content::Lines(_))) {
            outcomes.retain(|outcome| outcome.content != Content::Nothing);
        }
        if outcomes.is_empty() {
            let docs = crate::ir::Docs::default();
            outcomes.push(Outcome { status: Status::Range(2), content: Content::Nothing, docs });
        }
        let pointer = responses.first().map_or(operation, |response| &response.pointer).clone();
        let media_type = accept.first().cloned().unwrap_or_default();
        Way { media_type, accept: accept.join(", "), switch: None, pointer, outcomes }
    }
}

impl Status {
    /// A key of the Responses Object.
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
