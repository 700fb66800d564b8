//! Operations: one call each.

use super::{Constraints, Docs, TypeRef};
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
    pub(crate) docs: Docs,
    pub(crate) method: Method,
    /// The path template, as `/v1/Users/{Sid}`.
    pub(crate) path: String,
    /// The path parameters in the order of the template.
    pub(crate) parameters: Vec<Parameter>,
    /// What of the document's request is left out, in words, as «query parameter `page`».
    pub(crate) missing: Vec<String>,
    pub(crate) success: Success,
    pub(crate) errors: Vec<ErrorBody>,
    /// Alternatives, each a set of credentials that are sent together; empty: none is sent.
    pub(crate) security: Vec<Vec<Credential>>,
    /// Statuses after which the call may be repeated whatever its method.
    pub(crate) repeatable: Vec<u16>,
    /// The response header that names the request.
    pub(crate) request_id: Option<String>,
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
    ];

    /// The method as RFC 9110 spells it, in capitals.
    pub(crate) fn name(self) -> String {
        let row = Self::ALL.iter().find(|(_, method)| *method == self);
        row.map_or_else(String::new, |(key, _)| key.to_uppercase())
    }
}

/// A path parameter: a scalar, or a name for one.
#[derive(Debug)]
pub(crate) struct Parameter {
    pub(crate) name: String,
    pub(crate) pointer: Pointer,
    pub(crate) docs: Docs,
    pub(crate) shape: TypeRef,
    pub(crate) constraints: Constraints,
}

/// What a call gives when it succeeds.
#[derive(Debug)]
pub(crate) struct Success {
    /// The statuses of success, as the document spells them.
    pub(crate) statuses: Vec<Status>,
    /// The type of the JSON body and its media type; `None` where no body is decoded.
    pub(crate) body: Option<(TypeRef, String)>,
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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Credential {
    /// RFC 7617.
    Basic,
    /// RFC 6750.
    Bearer,
}

impl Status {
    /// RFC 9110 §15.3.
    pub(crate) fn is_success(&self) -> bool {
        matches!(self, Self::Code(200..=299) | Self::Range(2))
    }
}
