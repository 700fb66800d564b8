//! A decoded response with its head.

pub(crate) mod answer;
pub(crate) mod decode;
pub(crate) mod future;
pub(crate) mod header;
pub(crate) mod redirect;
pub(crate) mod reply;

use crate::error::request_id;
use http::{HeaderMap, StatusCode};
use std::fmt;

/// A decoded response with its status, headers and request id.
#[derive(Clone)]
pub struct Response<T> {
    pub(crate) head: Head,
    pub(crate) body: T,
}

/// A response without its body.
#[derive(Clone)]
pub(crate) struct Head {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) request_id_header: Option<&'static str>,
}

impl<T> Response<T> {
    /// Returns the status, which is a 2xx or a redirect that the document describes.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.head.status
    }

    /// Returns the headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.head.headers
    }

    /// Returns the request's id for the service's support, from the response header that the
    /// document names.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        request_id(&self.head.headers, self.head.request_id_header)
    }

    /// Returns the decoded body.
    #[must_use]
    pub fn body(&self) -> &T {
        &self.body
    }

    /// Returns the decoded body, without the head.
    #[must_use]
    pub fn into_body(self) -> T {
        self.body
    }
}

/// Prints no headers.
impl<T: fmt::Debug> fmt::Debug for Response<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("status", &self.head.status)
            .field("body", &self.body)
            .finish_non_exhaustive()
    }
}
