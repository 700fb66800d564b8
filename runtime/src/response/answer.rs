//! A successful response that is not decoded yet.
//!
//! Input: the head of a response, and its body, whole or open. Output: the same for
//! [`Reply`](crate::reply::Reply), and errors that keep the head.

use crate::{
    client::{Client, operation::Operation, settings::Settings},
    error::{Echo, Error, ErrorKind},
    response::{Head, future::AnswerFuture, reply::Reply},
    transport::Body,
};
use bytes::Bytes;
use http::{HeaderMap, StatusCode};

/// A successful response that is not decoded yet.
pub struct Answer {
    pub(crate) operation: &'static Operation,
    pub(crate) status: StatusCode,
    /// True if HTTP or the encoding marks the end of the body, rather than the end of the
    /// connection.
    pub(crate) delimited: bool,
    pub(crate) headers: HeaderMap,
    /// The whole body. Empty if the body is still open.
    pub(crate) body: Bytes,
    pub(crate) attempts: u32,
    pub(crate) echo: Echo,
    /// The largest body, in bytes.
    pub(crate) limit: usize,
    /// The media types that the request accepted.
    pub(crate) accept: &'static str,
    pub(crate) open: Option<Box<Open>>,
}

/// A body that is read as a stream.
pub(crate) struct Open {
    pub(crate) body: Body,
    pub(crate) client: Client,
    pub(crate) settings: Settings,
    /// Sends the request again; `None` if its body was streamed.
    pub(crate) reopen: Option<Box<dyn Reopen>>,
}

/// Sends a request whose response is a stream once more.
pub(crate) trait Reopen: Send + Sync {
    /// Sends the request with this `Last-Event-ID`. `None` keeps the caller's, and an empty id
    /// removes it.
    fn reopen(&self, last_event_id: Option<&str>) -> AnswerFuture;
}

impl Answer {
    /// Returns the status as a number.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.status.as_u16()
    }

    /// Decodes the response as `R`.
    ///
    /// # Errors
    /// The content is not what `R` decodes.
    pub fn read<R: Reply>(self) -> Result<R::Value, Error> {
        R::read(self)
    }

    pub(crate) fn head(&self) -> Head {
        Head {
            status: self.status,
            headers: self.headers.clone(),
            request_id_header: self.operation.request_id_header(),
        }
    }

    /// Creates an error that keeps the head and the body.
    pub(crate) fn into_error(self, kind: ErrorKind, message: impl Into<String>) -> Error {
        let body = self.body.clone();
        self.error(kind, message).with_body(body)
    }

    /// Creates an error that keeps the head.
    pub(crate) fn error(&self, kind: ErrorKind, message: impl Into<String>) -> Error {
        let (headers, id) = (self.headers.clone(), self.operation.request_id_header());
        Error::new(kind, message).of(self.operation.id(), self.attempts).with_head(
            self.status,
            headers,
            id,
            &self.echo,
        )
    }
}
