//! Operations: parameters, bodies, responses, credentials.

use serde_json::Value;

use super::{Constraints, Docs, Paging, TypeRef};
use crate::pointer::Pointer;

/// The index of an operation in [`Api`](super::Api)'s list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct OperationId(pub(super) usize);

#[derive(Debug)]
pub(crate) struct Operation {
    /// The operationId. If there is none, the method and the words of the path.
    pub(crate) id: String,
    /// The operation's place in the document.
    pub(crate) pointer: Pointer,
    /// The first of the operation's tags.
    pub(crate) tag: Option<String>,
    pub(crate) docs: Docs,
    pub(crate) method: Method,
    /// The path template as written in the document, such as `/v1/Users/{Sid}`.
    pub(crate) path: String,
    /// The path template with percent-encoded literals, and the fixed beginning of the query if
    /// there is one.
    pub(crate) template: String,
    /// The operation's own server: a URL, or a path on the client's server. `None` for the
    /// document's server.
    pub(crate) server: Option<String>,
    /// Path parameters in the order of the template, then the others in document order.
    pub(crate) parameters: Vec<Parameter>,
    /// The request bodies, one for each media type.
    pub(crate) bodies: Vec<Body>,
    /// True if a call must have a body.
    pub(crate) body_required: bool,
    pub(crate) success: Success,
    pub(crate) errors: Vec<ErrorBody>,
    /// The headers of all responses, without duplicates.
    pub(crate) headers: Vec<Header>,
    /// Security alternatives, each a set of credentials that are sent together. An empty set allows
    /// calls without credentials. An empty list means that the document declares no security.
    pub(crate) security: Vec<Vec<Credential>>,
    /// Statuses after which a call is safe to retry, whatever its method.
    pub(crate) repeatable: Vec<u16>,
    /// The response header with the request's id.
    pub(crate) request_id: Option<String>,
    /// The request header with the idempotency key.
    pub(crate) idempotency_key: Option<String>,
    /// How the operation's list is paged, if it is.
    pub(crate) paging: Option<Paging>,
}

/// A method of HTTP (RFC 9110 §9, RFC 5789).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Method {
    Get,
    Put,
    Post,
    Delete,
    Options,
    Head,
    Patch,
    Trace,
    /// draft-ietf-httpbis-safe-method-w-body, which OpenAPI 3.2 includes.
    Query,
    /// A method of OpenAPI 3.2's `additionalOperations`, as it is sent.
    Other(String),
}

impl Method {
    /// Every other method with its key in a Path Item Object.
    pub(crate) const ALL: &[(&str, Self)] = &[
        ("get", Self::Get),
        ("put", Self::Put),
        ("post", Self::Post),
        ("delete", Self::Delete),
        ("options", Self::Options),
        ("head", Self::Head),
        ("patch", Self::Patch),
        ("trace", Self::Trace),
        ("query", Self::Query),
    ];

    /// Returns the method as it is sent. The methods of [`ALL`](Self::ALL) are in capitals, as in
    /// RFC 9110.
    pub(crate) fn name(&self) -> String {
        if let Self::Other(name) = self {
            return name.clone();
        }
        let row = Self::ALL.iter().find(|(_, method)| method == self);
        row.map_or_else(String::new, |(key, _)| key.to_uppercase())
    }

    /// Returns the method that is sent as `name`, or `None` if `name` is no token (RFC 9110 §9.1).
    pub(crate) fn of(name: &str) -> Option<Self> {
        let known = Self::ALL.iter().find(|(key, _)| key.to_uppercase() == name);
        let is_token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
        let is_valid = !name.is_empty() && name.bytes().all(is_token);
        known.map(|(_, method)| method.clone()).or_else(|| is_valid.then(|| Self::Other(name.to_owned())))
    }
}

impl Operation {
    /// Returns the types of values that are sent.
    pub(crate) fn sent(&self) -> impl Iterator<Item = &TypeRef> {
        let parameters = self.parameters.iter().map(|parameter| &parameter.shape);
        let bodies = self.bodies.iter().flat_map(|body| match &body.form {
            BodyForm::Json(shape) | BodyForm::Form(shape, _) => vec![shape],
            BodyForm::Multipart(parts) => parts.iter().filter_map(|part| part.shape.as_ref()).collect(),
            BodyForm::Text | BodyForm::Bytes => vec![],
        });
        parameters.chain(bodies)
    }

    /// Returns the types of values that are received, in successful responses or errors.
    pub(crate) fn received(&self) -> impl Iterator<Item = &TypeRef> {
        let outcomes =
            self.success.representations.iter().flat_map(|representation| &representation.outcomes);
        let success = outcomes.filter_map(|outcome| match &outcome.content {
            Content::Json(shape)
            | Content::Lines(shape)
            | Content::Events(Some(shape))
            | Content::NamedEvents(shape)
            | Content::Redirect(Some(shape)) => Some(shape),
            Content::Nothing
            | Content::Text
            | Content::Bytes
            | Content::Events(None)
            | Content::Redirect(None) => None,
        });
        let headers = self.headers.iter().map(|header| &header.shape);
        success.chain(headers).chain(self.errors.iter().map(|error| &error.shape))
    }
}

/// A parameter of an operation.
#[derive(Debug)]
pub(crate) struct Parameter {
    pub(crate) name: String,
    pub(crate) place: Location,
    pub(crate) style: Style,
    pub(crate) required: bool,
    /// True if the parameter may be sent with an empty value, which differs from omitting it.
    pub(crate) may_be_empty: bool,
    pub(crate) pointer: Pointer,
    pub(crate) docs: Docs,
    pub(crate) shape: TypeRef,
    pub(crate) constraints: Constraints,
    pub(crate) default: Option<Value>,
}

/// The location of a parameter in a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Location {
    Path,
    Query,
    /// The whole query, as JSON (OpenAPI 3.2).
    QueryString,
    Header,
    Cookie,
}

impl Location {
    /// Returns the value of `in`.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Query => "query",
            Self::QueryString => "querystring",
            Self::Header => "header",
            Self::Cookie => "cookie",
        }
    }
}

/// The serialization style of a value (OpenAPI 3.0.4 §4.7.12.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Style {
    pub(crate) kind: StyleKind,
    pub(crate) explode: bool,
    /// True if reserved characters are not encoded. In a cookie, true means that no character is
    /// encoded.
    pub(crate) reserved: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum StyleKind {
    Simple,
    Label,
    Matrix,
    Form,
    SpaceDelimited,
    PipeDelimited,
    /// Of OpenAPI 2.0 (`tsv`).
    TabDelimited,
    DeepObject,
    /// JSON, declared by `content`.
    Json,
}

/// A request body of one media type.
#[derive(Debug)]
pub(crate) struct Body {
    /// The media type as written in the document. May be a range, such as `image/*`.
    pub(crate) media_type: String,
    pub(crate) pointer: Pointer,
    pub(crate) docs: Docs,
    pub(crate) form: BodyForm,
    /// The constraints of the whole body. A named type has its own.
    pub(crate) constraints: Constraints,
}

/// The form of a body.
#[derive(Debug)]
pub(crate) enum BodyForm {
    Json(TypeRef),
    /// An object whose properties are form fields, and the styles of fields that declare one.
    Form(TypeRef, Vec<(String, Style)>),
    /// Parts by name. Empty if the document declares none.
    Multipart(Vec<Part>),
    Text,
    /// Bytes, whole or streamed.
    Bytes,
}

/// A part of a multipart body.
#[derive(Debug)]
pub(crate) struct Part {
    pub(crate) name: String,
    pub(crate) pointer: Pointer,
    pub(crate) docs: Docs,
    pub(crate) constraints: Constraints,
    pub(crate) required: bool,
    /// True if the part may be repeated.
    pub(crate) several: bool,
    /// The type of the part's values. `None` for files and for parts with headers.
    pub(crate) shape: Option<TypeRef>,
    /// The separator between the items of a list that is one part.
    pub(crate) separator: Option<&'static str>,
    /// The media type that the document declares for the part.
    pub(crate) media_type: Option<String>,
}

/// The successful responses of an operation.
#[derive(Debug, Default)]
pub(crate) struct Success {
    /// The success statuses, as written in the document.
    pub(crate) statuses: Vec<Status>,
    /// The representations that can be requested (RFC 9110 §12). There is at least one, and the
    /// best supported media type comes first.
    pub(crate) representations: Vec<Representation>,
}

/// A representation of the response that can be requested: the media types to accept, and the
/// possible responses.
#[derive(Debug)]
pub(crate) struct Representation {
    /// The media type that distinguishes this representation from the first, such as `text/csv`.
    pub(crate) media_type: String,
    /// The value of `Accept`. Empty if responses have no body.
    pub(crate) accept: String,
    /// The boolean property of the body that requests this representation.
    pub(crate) switch: Option<String>,
    pub(crate) pointer: Pointer,
    /// The response for each status.
    pub(crate) outcomes: Vec<Outcome>,
}

/// The response for one status.
#[derive(Debug)]
pub(crate) struct Outcome {
    pub(crate) status: Status,
    pub(crate) content: Content,
    pub(crate) docs: Docs,
}

/// The content of a response body.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Content {
    Nothing,
    Json(TypeRef),
    Text,
    Bytes,
    /// Server-sent events. The data of each is JSON of a type, or text.
    Events(Option<TypeRef>),
    /// Server-sent events. Each is decoded as a type, from an object of its name and its data.
    NamedEvents(TypeRef),
    /// A sequence of JSON values.
    Lines(TypeRef),
    /// A redirect, and the type of its JSON body if the document describes one.
    Redirect(Option<TypeRef>),
}

impl Content {
    /// Returns true for a sequence of values, which are read one by one.
    pub(crate) fn is_stream(&self) -> bool {
        matches!(self, Self::Events(_) | Self::NamedEvents(_) | Self::Lines(_))
    }
}

impl Representation {
    /// Returns the responses that are no redirects.
    pub(crate) fn answers(&self) -> impl Iterator<Item = &Outcome> {
        self.outcomes.iter().filter(|outcome| !matches!(outcome.content, Content::Redirect(_)))
    }

    /// Returns the content of all responses that are no redirects, if it is the same.
    pub(crate) fn only_answer(&self) -> Option<&Content> {
        let first = &self.answers().next()?.content;
        self.answers().all(|outcome| outcome.content == *first).then_some(first)
    }

    /// Returns the content, if it is the same for all statuses.
    pub(crate) fn only(&self) -> Option<&Content> {
        let first = &self.outcomes.first()?.content;
        self.outcomes.iter().all(|outcome| outcome.content == *first).then_some(first)
    }
}

/// A documented response header.
#[derive(Debug)]
pub(crate) struct Header {
    pub(crate) name: String,
    pub(crate) pointer: Pointer,
    pub(crate) docs: Docs,
    pub(crate) shape: TypeRef,
}

/// A documented error body.
#[derive(Debug)]
pub(crate) struct ErrorBody {
    pub(crate) status: Status,
    pub(crate) shape: TypeRef,
}

/// A key of the Responses Object.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Status {
    Code(u16),
    /// All status codes of a class, given by the first digit.
    Range(u16),
    Default,
}

impl std::fmt::Display for Status {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Code(code) => write!(formatter, "{code}"),
            Self::Range(class) => write!(formatter, "{class}XX"),
            Self::Default => formatter.write_str("default"),
        }
    }
}

/// A credential.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Credential {
    /// RFC 7617.
    Basic,
    /// RFC 6750.
    Bearer,
    /// A key with this name in a header, the query or a cookie.
    Key(Location, String),
}

impl Credential {
    /// Returns true for a credential in `Authorization`, which a request may have once (RFC 9110
    /// §11.6.2).
    pub(crate) fn is_authorization(&self) -> bool {
        match self {
            Self::Basic | Self::Bearer => true,
            Self::Key(place, name) => {
                *place == Location::Header && name.eq_ignore_ascii_case("authorization")
            }
        }
    }
}

impl Status {
    /// Returns true for a redirect (RFC 9110 §15.4). The status 304 is no redirect: it answers a
    /// condition that the caller added to the request.
    pub(crate) fn is_redirect(&self) -> bool {
        matches!(self, Self::Code(300..=303 | 305..=399) | Self::Range(3))
    }

    /// Returns true for success (RFC 9110 §15.3).
    pub(crate) fn is_success(&self) -> bool {
        matches!(self, Self::Code(200..=299) | Self::Range(2))
    }
}
