//! A decoded response with its head.

pub(crate) mod answer;
pub(crate) mod decode;
pub(crate) mod future;
pub(crate) mod header;
pub(crate) mod reply;

use crate::error::request_id;
use http::{HeaderMap, StatusCode};
use std::fmt;

/// A decoded response with its status, headers and request id.
#[derive(Clone)]
pub struct Response<T> {
    status: StatusCode,
    headers: HeaderMap,
    request_id: Option<&'static str>,
    body: T,
}

impl<T> Response<T> {
    pub(crate) fn new(
        status: StatusCode,
        headers: HeaderMap,
        request_id: Option<&'static str>,
        body: T,
    ) -> Self {
        Self { status, headers, request_id, body }
    }

    /// The status: one that the document calls success.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// What identifies the request to the service's support: the response header that the document names for it.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        request_id(&self.headers, self.request_id)
    }

    /// The decoded body.
    #[must_use]
    pub fn body(&self) -> &T {
        &self.body
    }

    /// The decoded body, alone.
    #[must_use]
    pub fn into_body(self) -> T {
        self.body
    }
}

/// Shows no header.
impl<T: fmt::Debug> fmt::Debug for Response<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("status", &self.status)
            .field("body", &self.body)
            .finish_non_exhaustive()
    }
}
