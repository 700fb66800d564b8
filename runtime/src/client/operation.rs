//! What a document says about one operation.
//!
//! In: constants that generated code writes down. Out: everything that a call needs and its arguments don't say.
//! The rule: it is made at compile time, so an operation costs a user's build nothing but a constant.

use crate::client::auth::Credential;
use http::{Method, StatusCode};
use std::mem::ManuallyDrop;

/// What a document says about one operation: its id, method, path template, credentials and responses.
///
/// ```
/// use runtime::{Credential, Method, Operation};
///
/// const OPERATION: Operation = Operation::new("FetchUser", Method::GET, "/v1/Users/{Sid}")
///     .security(&[&[Credential::Basic]])
///     .accept("application/json")
///     .repeatable(&[429])
///     .request_id("Request-Id");
/// let shared: &'static Operation = &OPERATION;
/// assert_eq!(shared.path(), "/v1/Users/{Sid}");
/// ```
#[derive(Clone, Debug)]
pub struct Operation {
    id: &'static str,
    /// Never dropped, so that a reference to a constant operation can be `'static`. The standard methods own nothing.
    method: ManuallyDrop<Method>,
    path: &'static str,
    server: Option<&'static str>,
    security: &'static [&'static [Credential]],
    success: &'static [u16],
    media_type: &'static str,
    repeatable: &'static [u16],
    request_id: Option<&'static str>,
    idempotency_key: Option<&'static str>,
}

impl Operation {
    /// An operation without credentials whose success is any 2xx status without content.
    ///
    /// `path` is a path template in the document's spelling: literals that are RFC 3986 path characters, and `{name}`
    /// for each path parameter.
    #[must_use]
    pub const fn new(id: &'static str, method: Method, path: &'static str) -> Self {
        let method = ManuallyDrop::new(method);
        Self {
            id,
            method,
            path,
            server: None,
            security: &[],
            success: &[],
            media_type: "",
            repeatable: &[],
            request_id: None,
            idempotency_key: None,
        }
    }

    /// The server that the operation has of its own: a URL, or an absolute path on the client's server.
    #[must_use]
    pub const fn server(mut self, url: &'static str) -> Self {
        self.server = Some(url);
        self
    }

    /// Which credentials the operation takes: alternatives, each a combination of credentials that go together.
    ///
    /// An empty combination says that the operation also works without any.
    #[must_use]
    pub const fn security(mut self, alternatives: &'static [&'static [Credential]]) -> Self {
        self.security = alternatives;
        self
    }

    /// Sets the statuses other than 2xx that mean success: redirects that the document describes.
    ///
    /// Every 2xx means success, described or not.
    #[must_use]
    pub const fn success(mut self, statuses: &'static [u16]) -> Self {
        self.success = statuses;
        self
    }

    /// The media type of the content that success has, which is asked for in `Accept`.
    #[must_use]
    pub const fn accept(mut self, media_type: &'static str) -> Self {
        self.media_type = media_type;
        self
    }

    /// Which statuses say that the request was not carried out, so that any method may be repeated.
    #[must_use]
    pub const fn repeatable(mut self, statuses: &'static [u16]) -> Self {
        self.repeatable = statuses;
        self
    }

    /// The name of the response header that identifies a request to the service's support.
    #[must_use]
    pub const fn request_id(mut self, header: &'static str) -> Self {
        self.request_id = Some(header);
        self
    }

    /// Sets the name of the request header by which the service knows a repeated request, in lower case.
    ///
    /// Every call sends it: the caller's value, else a random one. All attempts of a call have the same, so the operation
    /// is repeated whatever its method.
    #[must_use]
    pub const fn idempotency_key(mut self, header: &'static str) -> Self {
        self.idempotency_key = Some(header);
        self
    }

    /// The operation's id in the document.
    #[must_use]
    pub const fn id(&self) -> &'static str {
        self.id
    }

    /// The HTTP method.
    #[must_use]
    pub fn method(&self) -> &Method {
        &self.method
    }

    /// The path template, without values.
    #[must_use]
    pub const fn path(&self) -> &'static str {
        self.path
    }

    pub(crate) fn own_server(&self) -> Option<&'static str> {
        self.server
    }

    pub(crate) fn alternatives(&self) -> &'static [&'static [Credential]] {
        self.security
    }

    pub(crate) fn media_type(&self) -> &'static str {
        self.media_type
    }

    pub(crate) fn request_id_header(&self) -> Option<&'static str> {
        self.request_id
    }

    pub(crate) fn idempotency_key_header(&self) -> Option<&'static str> {
        self.idempotency_key
    }

    /// Returns true if a request may be sent again although it may have been carried out (RFC 9110 §9.2.2).
    pub(crate) fn is_idempotent(&self) -> bool {
        self.method.is_idempotent() || self.idempotency_key.is_some()
    }

    /// Returns true if `status` means success.
    pub(crate) fn is_success(&self, status: StatusCode) -> bool {
        status.is_success() || self.success.contains(&status.as_u16())
    }

    /// Whether `status` may be answered by repeating the request: RFC 9110 §9.2.2, plus what the document declares.
    pub(crate) fn is_repeatable(&self, status: StatusCode) -> bool {
        self.repeatable.contains(&status.as_u16())
            || self.is_idempotent() && TRANSIENT.contains(&status.as_u16())
    }
}

/// The operation's id in the document.
impl From<Operation> for String {
    fn from(operation: Operation) -> Self {
        operation.id.to_owned()
    }
}

/// The operation's id in the document.
impl From<&Operation> for String {
    fn from(operation: &Operation) -> Self {
        operation.id.to_owned()
    }
}

/// The statuses that may pass, so that an idempotent request is worth repeating.
pub(crate) const TRANSIENT: &[u16] = &[408, 429, 500, 502, 503, 504];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_2xx_is_success_and_so_are_the_redirects_that_a_document_describes() {
        for (redirects, status, expected) in [
            (&[] as &[_], 200, true),
            (&[], 299, true),
            (&[], 199, false),
            (&[], 302, false),
            (&[302], 302, true),
            (&[302], 303, false),
            (&[302], 204, true),
        ] {
            let operation = Operation::new("Id", Method::GET, "/").success(redirects);
            let status = StatusCode::from_u16(status).unwrap();
            assert_eq!(operation.is_success(status), expected, "{redirects:?} {status}");
        }
    }

    #[test]
    fn a_post_is_repeated_only_where_the_document_says_so() {
        let repeatable = |method, status| {
            let operation = Operation::new("Id", method, "/").repeatable(&[429]);
            operation.is_repeatable(StatusCode::from_u16(status).unwrap())
        };
        assert!(repeatable(Method::GET, 503) && repeatable(Method::DELETE, 408));
        assert!(repeatable(Method::POST, 429) && repeatable(Method::PATCH, 429));
        assert!(!repeatable(Method::POST, 503) && !repeatable(Method::GET, 404));
        assert!(!repeatable(Method::GET, 501));
    }
}
