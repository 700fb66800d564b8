//! Operations: one call each.

use serde_json::Value;

use super::{Constraints, Docs, Paging, TypeRef};
use crate::pointer::Pointer;

/// An operation by its place in [`Api`](super::Api)'s list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct OperationId(pub(super) usize);

#[derive(Debug)]
pub(crate) struct Operation {
    /// The operationId; without one, the method and the path's words.
    pub(crate) id: String,
    /// Where it stands.
    pub(crate) pointer: Pointer,
    /// The first of its tags.
    pub(crate) tag: Option<String>,
    pub(crate) docs: Docs,
    pub(crate) method: Method,
    /// The path template as the document spells it, as `/v1/Users/{Sid}`.
    pub(crate) path: String,
    /// The same with literals that a URL can hold, and where it has one, the beginning of the query.
    pub(crate) template: String,
    /// The URL of its own server, or the path of one on the client's; `None` where it is the document's.
    pub(crate) server: Option<String>,
    /// Those of the path in the order of the template, then the others in document order.
    pub(crate) parameters: Vec<Parameter>,
    /// The bodies that it takes, one for each media type.
    pub(crate) bodies: Vec<Body>,
    /// A call has to have one of the bodies.
    pub(crate) body_required: bool,
    pub(crate) success: Success,
    pub(crate) errors: Vec<ErrorBody>,
    /// Headers of all responses, each once.
    pub(crate) headers: Vec<Header>,
    /// Alternatives, each a set of credentials that are sent together. An empty set: the operation works without.
    /// No alternative: the document says nothing.
    pub(crate) security: Vec<Vec<Credential>>,
    /// Statuses after which the call may be repeated whatever its method.
    pub(crate) repeatable: Vec<u16>,
    /// The response header that names the request.
    pub(crate) request_id: Option<String>,
    /// The request header by which the service knows a repeated request.
    pub(crate) idempotency_key: Option<String>,
    /// How its list comes in pages, where it gives one.
    pub(crate) paging: Option<Paging>,
}

/// RFC 9110 §9 and RFC 5789.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Method {
    Get,
    Put,
    Post,
    Delete,
    Options,
    Head,
    Patch,
    Trace,
    /// draft-ietf-httpbis-safe-method-w-body, which OpenAPI 3.2 knows.
    Query,
}

impl Method {
    /// Each with its key in a Path Item Object.
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

    /// The method as RFC 9110 spells it, in capitals.
    pub(crate) fn name(self) -> String {
        let row = Self::ALL.iter().find(|(_, method)| *method == self);
        row.map_or_else(String::new, |(key, _)| key.to_uppercase())
    }
}

impl Operation {
    /// The types whose values are sent.
    pub(crate) fn sent(&self) -> impl Iterator<Item = &TypeRef> {
        let parameters = self.parameters.iter().map(|parameter| &parameter.shape);
        let bodies = self.bodies.iter().flat_map(|body| match &body.form {
            BodyForm::Json(shape) | BodyForm::Form(shape, _) => vec![shape],
            BodyForm::Multipart(parts) => parts.iter().filter_map(|part| part.shape.as_ref()).collect(),
            BodyForm::Text | BodyForm::Bytes => vec![],
        });
        parameters.chain(bodies)
    }

    /// The types whose values are received, with success or with an error.
    pub(crate) fn received(&self) -> impl Iterator<Item = &TypeRef> {
        let outcomes = self.success.ways.iter().flat_map(|way| &way.outcomes);
        let success = outcomes.filter_map(|outcome| match &outcome.content {
            Content::Json(shape) | Content::Lines(shape) | Content::Events(Some(shape)) => Some(shape),
            Content::Nothing | Content::Text | Content::Bytes | Content::Events(None) => None,
        });
        let headers = self.headers.iter().map(|header| &header.shape);
        success.chain(headers).chain(self.errors.iter().map(|error| &error.shape))
    }
}

/// One argument of a call.
#[derive(Debug)]
pub(crate) struct Parameter {
    pub(crate) name: String,
    pub(crate) place: Location,
    pub(crate) style: Style,
    pub(crate) required: bool,
    /// It may be sent without a value, which is not the same as not sent.
    pub(crate) may_be_empty: bool,
    pub(crate) pointer: Pointer,
    pub(crate) docs: Docs,
    pub(crate) shape: TypeRef,
    pub(crate) constraints: Constraints,
    pub(crate) default: Option<Value>,
}

/// Where a parameter stands in a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Location {
    Path,
    Query,
    Header,
    Cookie,
}

/// How a value is written as text (OpenAPI 3.0.4 §4.7.12.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Style {
    pub(crate) kind: StyleKind,
    pub(crate) explode: bool,
    /// Reserved characters are written as they are.
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
    DeepObject,
    /// As JSON, by `content`.
    Json,
}

/// One body that an operation takes.
#[derive(Debug)]
pub(crate) struct Body {
    /// As the document spells it; it may be a range, as `image/*`.
    pub(crate) media_type: String,
    pub(crate) pointer: Pointer,
    pub(crate) docs: Docs,
    pub(crate) form: BodyForm,
}

/// What a body is made from.
#[derive(Debug)]
pub(crate) enum BodyForm {
    Json(TypeRef),
    /// The members of an object as fields, and the style of those that have one of their own.
    Form(TypeRef, Vec<(String, Style)>),
    /// Parts by name; none where the document does not say which.
    Multipart(Vec<Part>),
    Text,
    /// Any bytes, whole or streamed.
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
    /// There may be several of this name.
    pub(crate) several: bool,
    /// The type of its values; `None` of files, and of what has headers of its own.
    pub(crate) shape: Option<TypeRef>,
    /// What stands between the items of a list that is one part.
    pub(crate) separator: Option<&'static str>,
    /// The media type that the document gives it.
    pub(crate) media_type: Option<String>,
}

/// What a call gives when it succeeds.
#[derive(Debug, Default)]
pub(crate) struct Success {
    /// The statuses of success, as the document spells them.
    pub(crate) statuses: Vec<Status>,
    /// What can be asked for: at least one way, the best known kind first.
    pub(crate) ways: Vec<Way>,
}

/// One thing that a caller can ask for, and what comes then.
#[derive(Debug)]
pub(crate) struct Way {
    /// What tells it from the first, as `text/csv`.
    pub(crate) media_type: String,
    /// The media types that are asked for, as `Accept` spells them; empty where nothing comes.
    pub(crate) accept: String,
    pub(crate) pointer: Pointer,
    /// What comes with each status.
    pub(crate) outcomes: Vec<Outcome>,
}

/// What comes with a status.
#[derive(Debug)]
pub(crate) struct Outcome {
    pub(crate) status: Status,
    pub(crate) content: Content,
    pub(crate) docs: Docs,
}

/// What a response's body is.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Content {
    Nothing,
    Json(TypeRef),
    Text,
    Bytes,
    /// Server-sent events, each with JSON or text.
    Events(Option<TypeRef>),
    /// JSON values, one after the other.
    Lines(TypeRef),
}

impl Way {
    /// What comes, where it is the same with every status.
    pub(crate) fn only(&self) -> Option<&Content> {
        let first = &self.outcomes.first()?.content;
        self.outcomes.iter().all(|outcome| outcome.content == *first).then_some(first)
    }
}

/// A response header that the document describes.
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
    /// All codes of a class, by its first digit.
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

/// What proves who calls.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Credential {
    /// RFC 7617.
    Basic,
    /// RFC 6750.
    Bearer,
    /// A key that is sent by this name in a header, the query or a cookie.
    Key(Location, String),
}

impl Credential {
    /// Returns true for the value of `Authorization`, which a request has once (RFC 9110 §11.6.2).
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
    /// RFC 9110 §15.4.
    pub(crate) fn is_redirect(&self) -> bool {
        matches!(self, Self::Code(300..=399) | Self::Range(3))
    }

    /// RFC 9110 §15.3.
    pub(crate) fn is_success(&self) -> bool {
        matches!(self, Self::Code(200..=299) | Self::Range(2))
    }
}
