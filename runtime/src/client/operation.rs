//! The description of one operation.
//!
//! Input: constants in generated code. Output: everything that a call needs except its arguments.
//! Invariant: a description is built at compile time, so that each operation adds only a constant
//! to a build.

use crate::client::auth::Credential;
use http::{Method, StatusCode};
use std::mem::ManuallyDrop;

/// The description of one operation: its id, method, path template, credentials and responses.
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
    /// Never dropped, so that a reference to a constant operation can be `'static`. Standard
    /// methods own no memory.
    method: ManuallyDrop<Method>,
    /// A method that `http` has no constant for, in place of `method`.
    extension: Option<&'static str>,
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
    /// Returns an operation without credentials that succeeds with any 2xx status and has no
    /// content.
    ///
    /// `path` is the document's path template: literals of RFC 3986 path characters, and `{name}`
    /// for each path parameter.
    #[must_use]
    pub const fn new(id: &'static str, method: Method, path: &'static str) -> Self {
        let method = ManuallyDrop::new(method);
        Self {
            id,
            method,
            extension: None,
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

    /// Sets a method that [`Method`] has no constant for. `name` is sent unchanged. The method
    /// counts as neither safe nor idempotent.
    ///
    /// A name that is no token (RFC 9110 §9.1) is ignored.
    #[must_use]
    pub const fn extension_method(mut self, name: &'static str) -> Self {
        self.extension = Some(name);
        self
    }

    /// Sets the operation's own server: a URL, or an absolute path on the client's server.
    #[must_use]
    pub const fn server(mut self, url: &'static str) -> Self {
        self.server = Some(url);
        self
    }

    /// Sets the accepted credentials: alternatives, each a set of credentials that are sent
    /// together.
    ///
    /// An empty set allows calls without credentials.
    #[must_use]
    pub const fn security(mut self, alternatives: &'static [&'static [Credential]]) -> Self {
        self.security = alternatives;
        self
    }

    /// Sets the statuses other than 2xx that mean success: redirects that the document describes.
    /// [`Redirect`](crate::Redirect) reads such responses. Every other reply that reads content
    /// returns an error for them.
    ///
    /// Every 2xx means success, described or not.
    #[must_use]
    pub const fn success(mut self, statuses: &'static [u16]) -> Self {
        self.success = statuses;
        self
    }

    /// Sets the media type of successful responses, which is sent in `Accept`.
    #[must_use]
    pub const fn accept(mut self, media_type: &'static str) -> Self {
        self.media_type = media_type;
        self
    }

    /// Sets the statuses that mean that the server did not process the request. After them, a
    /// request of any method is retried.
    #[must_use]
    pub const fn repeatable(mut self, statuses: &'static [u16]) -> Self {
        self.repeatable = statuses;
        self
    }

    /// Sets the response header with the request's id, for the service's support.
    #[must_use]
    pub const fn request_id(mut self, header: &'static str) -> Self {
        self.request_id = Some(header);
        self
    }

    /// Sets the request header with the idempotency key, in lower case.
    ///
    /// Every call sends it: the caller's value, or else a random one. All attempts of a call have
    /// the same key, so the operation is retried whatever its method.
    #[must_use]
    pub const fn idempotency_key(mut self, header: &'static str) -> Self {
        self.idempotency_key = Some(header);
        self
    }

    /// Returns the operation's id in the document.
    #[must_use]
    pub const fn id(&self) -> &'static str {
        self.id
    }

    /// Returns the HTTP method.
    #[must_use]
    pub fn method(&self) -> Method {
        let extension = self.extension.and_then(|name| Method::from_bytes(name.as_bytes()).ok());
        extension.unwrap_or_else(|| Method::clone(&self.method))
    }

    /// Returns the path template, without values.
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

    /// Returns true if a request is safe to send again although it may have been processed: because
    /// of its method (RFC 9110 §9.2.2) or its idempotency key.
    pub(crate) fn is_idempotent(&self) -> bool {
        self.method().is_idempotent() || self.idempotency_key.is_some()
    }

    /// Returns true if `status` means success.
    pub(crate) fn is_success(&self, status: StatusCode) -> bool {
        status.is_success() || self.success.contains(&status.as_u16())
    }

    /// Returns true if the operation may be retried after `status`: because the document declares
    /// it, or because the operation is idempotent and the status is temporary.
    pub(crate) fn is_repeatable(&self, status: StatusCode) -> bool {
        self.repeatable.contains(&status.as_u16())
            || self.is_idempotent() && TRANSIENT.contains(&status.as_u16())
    }
}

/// Returns the operation's id in the document.
impl From<Operation> for String {
    fn from(operation: Operation) -> Self {
        operation.id.to_owned()
    }
}

/// Returns the operation's id in the document.
impl From<&Operation> for String {
    fn from(operation: &Operation) -> Self {
        operation.id.to_owned()
    }
}

/// Temporary statuses, after which an idempotent request is worth retrying.
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
    fn a_post_is_retried_only_if_the_document_declares_it() {
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
