//! Responses: an operation's Responses Object in, what success gives and what errors carry out.

use openapiv3::{MediaType, Operation, ReferenceOr, Response, StatusCode};
use serde_json::Value;

use super::Lower;
use crate::diagnostic::Code;
use crate::document::shape::Kind;
use crate::document::target;
use crate::ir::{ErrorBody, Method, Status, Success, TypeRef};
use crate::pointer::Pointer;

/// What an operation's responses say.
pub(super) struct Responses {
    pub(super) success: Success,
    pub(super) errors: Vec<ErrorBody>,
    pub(super) repeatable: Vec<u16>,
    pub(super) request_id: Option<String>,
}

/// The body of one response: where it is described, and the type of its JSON.
struct Body {
    status: Status,
    pointer: Pointer,
    json: Option<(TypeRef, String)>,
}

impl Lower<'_> {
    pub(super) fn responses(&mut self, operation: &Operation, method: Method) -> Responses {
        let mut read = Responses {
            success: Success { statuses: Vec::new(), body: None },
            errors: Vec::new(),
            repeatable: Vec::new(),
            request_id: None,
        };
        let mut bodies = Vec::new();
        for (status, pointer) in statuses(operation) {
            let resolved = self.document.resolve(&pointer);
            let response = resolved.and_then(|pointer| {
                let response = self.document.read::<Response>(&pointer, Kind::Response)?;
                Ok((pointer, response))
            });
            let (pointer, response) = match response {
                Ok(found) => found,
                Err(problem) => {
                    self.push(problem.note("the response is taken as undocumented"));
                    continue;
                }
            };
            if response.extensions.get("x-safe-to-repeat") == Some(&Value::Bool(true)) {
                match &status {
                    Status::Code(code) => read.repeatable.push(*code),
                    _ => {
                        let message = format!("`x-safe-to-repeat` speaks of one status, not of `{status}`");
                        let pointer = pointer.child("x-safe-to-repeat");
                        self.warn(Code::UnsupportedResponse, &pointer, message, "it is ignored");
                    }
                }
            }
            read.request_id = read.request_id.or_else(|| self.request_id_header(&response));
            let json = self.json_body(&response, &pointer, method);
            bodies.push(Body { status, pointer, json });
        }
        let (successes, others): (Vec<Body>, Vec<Body>) =
            bodies.into_iter().partition(|body| body.status.is_success());
        // OpenAPI 3.0.3 §4.7.16: `default` speaks for all statuses that are not declared; of success, where none is.
        let (successes, others) = if successes.is_empty() {
            others.into_iter().partition(|body| body.status == Status::Default)
        } else {
            (successes, others)
        };
        for Body { status, json, .. } in others {
            read.errors.extend(json.map(|(shape, _)| ErrorBody { status, shape }));
        }
        read.success = self.success(successes);
        read
    }

    /// One type for all statuses of success. Those that give another type are left out.
    fn success(&mut self, bodies: Vec<Body>) -> Success {
        let mut success = Success { statuses: Vec::new(), body: None };
        for body in bodies {
            let same =
                success.body.as_ref().map(|(shape, _)| shape) == body.json.as_ref().map(|(shape, _)| shape);
            if success.statuses.is_empty() {
                success.body = body.json;
            } else if !same {
                let message = format!(
                    "status {} gives another type than {} does, which is not supported yet",
                    body.status,
                    list(&success.statuses)
                );
                self.warn(
                    Code::UnsupportedResponse,
                    &body.pointer,
                    message,
                    "it is an error that carries the body",
                );
                continue;
            }
            success.statuses.push(body.status);
        }
        success
    }

    /// The type of a response's JSON body.
    fn json_body(
        &mut self,
        response: &Response,
        pointer: &Pointer,
        method: Method,
    ) -> Option<(TypeRef, String)> {
        if method == Method::Head || response.content.is_empty() {
            return None;
        }
        let Some((name, media_type)) = json_media_type(response) else {
            let names: Vec<_> = response.content.keys().map(String::as_str).collect();
            let message = format!("a response of {} is not supported yet", names.join(", "));
            self.warn(
                Code::UnsupportedResponse,
                &pointer.child("content"),
                message,
                "its body is not decoded",
            );
            return None;
        };
        let shape = match &media_type.schema {
            Some(schema) => {
                let lowered = self.schema(&target(schema));
                if lowered.nullable { TypeRef::Nullable(Box::new(lowered.shape)) } else { lowered.shape }
            }
            None => TypeRef::Any,
        };
        Some((shape, name.to_owned()))
    }

    /// The name of the header that is marked `x-request-id: true`.
    fn request_id_header(&self, response: &Response) -> Option<String> {
        let is_marked = |header: &ReferenceOr<openapiv3::Header>| {
            let pointer = self.document.resolve(&target(header)).ok();
            pointer.and_then(|pointer| self.document.get(&pointer.child("x-request-id")))
                == Some(&Value::Bool(true))
        };
        response.headers.iter().find(|(_, header)| is_marked(header)).map(|(name, _)| name.clone())
    }
}

/// Each status with where its response stands, in document order, `default` last.
fn statuses(operation: &Operation) -> Vec<(Status, Pointer)> {
    let responses = &operation.responses;
    let coded = responses.responses.iter().map(|(status, response)| {
        let status = match status {
            StatusCode::Code(code) => Status::Code(*code),
            StatusCode::Range(class) => Status::Range(*class),
        };
        (status, target(response))
    });
    coded.chain(responses.default.iter().map(|response| (Status::Default, target(response)))).collect()
}

/// The first media type that is JSON (RFC 8259, RFC 6839 §3.1).
fn json_media_type(response: &Response) -> Option<(&str, &MediaType)> {
    let is_json = |name: &str| {
        let essence = name.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        essence == "application/json" || essence.ends_with("+json")
    };
    response
        .content
        .iter()
        .find(|(name, _)| is_json(name))
        .map(|(name, media_type)| (name.as_str(), media_type))
}

fn list(statuses: &[Status]) -> String {
    statuses.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}
