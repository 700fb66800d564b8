//! The error of all operations.
//!
//! Input: the end of a failed call. Output: everything known about it. Invariant: methods return
//! the full data, but `Display` and `Debug` print no credential, header value, URL, body or path
//! value.

mod echo;
mod kind;
mod retry_after;
mod summary;

pub use kind::{ErrorKind, Timeout};

pub(crate) use echo::Echo;
pub(crate) use retry_after::retry_after;
pub(crate) use summary::summary;

use crate::{
    transport::TransportError,
    wire::{header::content_type, without_mark},
};
use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use serde_core::de::DeserializeOwned;
use serde_json::Value;
use std::{fmt, time::Duration};

/// The characters of a request's id that are shown.
const ID_LIMIT: usize = 64;

/// The error of an operation, with everything known about it.
///
/// `Display` fits a log line: `FetchUser: 404 Not Found (20404: not found) request_id=RQ1
/// attempts=1`.
pub struct Error(Box<Inner>);

struct Inner {
    kind: ErrorKind,
    operation: Option<&'static str>,
    message: String,
    status: Option<StatusCode>,
    headers: HeaderMap,
    request_id: Option<&'static str>,
    /// The request's id as shown: cut and redacted, because servers can send any text.
    shown_id: Option<String>,
    retry_after: Option<Duration>,
    attempts: u32,
    body: Bytes,
    json_path: Option<String>,
    event: Option<String>,
    retryable: bool,
    source: Option<TransportError>,
}

impl Error {
    /// Creates an error with a kind and a message only.
    pub(crate) fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self(Box::new(Inner {
            kind,
            operation: None,
            message: message.into(),
            status: None,
            headers: HeaderMap::new(),
            request_id: None,
            shown_id: None,
            retry_after: None,
            attempts: 0,
            body: Bytes::new(),
            json_path: None,
            event: None,
            retryable: false,
            source: None,
        }))
    }

    pub(crate) fn of(mut self, operation: &'static str, attempts: u32) -> Self {
        self.0.operation = Some(operation);
        self.0.attempts = attempts;
        self
    }

    pub(crate) fn with_head(
        mut self,
        status: StatusCode,
        headers: HeaderMap,
        request_id: Option<&'static str>,
        echo: &Echo,
    ) -> Self {
        self.0.shown_id = self::request_id(&headers, request_id).map(|id| echo.clean(id, ID_LIMIT));
        self.0.status = Some(status);
        self.0.headers = headers;
        self.0.request_id = request_id;
        self
    }

    pub(crate) fn with_message(mut self, message: String) -> Self {
        self.0.message = message;
        self
    }

    pub(crate) fn with_body(mut self, body: Bytes) -> Self {
        self.0.body = body;
        self
    }

    pub(crate) fn with_json_path(mut self, path: String) -> Self {
        self.0.json_path = Some(path);
        self
    }

    pub(crate) fn with_event(mut self, name: String) -> Self {
        self.0.event = Some(name);
        self
    }

    pub(crate) fn with_retry(mut self, retryable: bool) -> Self {
        self.0.retryable = retryable;
        self
    }

    pub(crate) fn with_retry_after(mut self, wait: Option<Duration>) -> Self {
        self.0.retry_after = wait;
        self
    }

    pub(crate) fn with_source(mut self, source: Option<TransportError>) -> Self {
        self.0.source = source;
        self
    }

    /// Returns the kind of the error.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// Returns the operation's id in the document, or `None` if a client could not be built.
    #[must_use]
    pub fn operation(&self) -> Option<&'static str> {
        self.0.operation
    }

    /// Returns the response's status, if there is a response. A status can be compared with a
    /// number. [`has_status`](Self::has_status) is shorter.
    ///
    /// ```
    /// let error = runtime::testing::status(404).build();
    /// assert!(error.status().is_some_and(|status| status == 404) && error.has_status(404));
    /// ```
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.0.status
    }

    /// Returns the response's headers. Empty if there is no response.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.0.headers
    }

    /// Returns the request's id, which a service's support asks for. It is the response header that
    /// the document marks with `x-request-id: true`. Returns `None` if no header is marked or the
    /// response has no such header.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self::request_id(&self.0.headers, self.0.request_id)
    }

    /// Returns the wait that the server asks for: `Retry-After` in seconds or as a date (RFC 9110
    /// §10.2.3). A past date gives zero. The longest wait is a year.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.retry_after
    }

    /// Returns the number of attempts. Zero if an argument or setting was refused before.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }

    /// Returns the received part of the response's body, decompressed, up to the limits. For a
    /// stream, returns the event or line that could not be decoded. Empty if nothing was received.
    #[must_use]
    pub fn raw_body(&self) -> &Bytes {
        &self.0.body
    }

    /// Returns the documented error body: decoded from JSON, or a string if it is `text/plain`.
    /// Returns `None` if the body cannot be decoded as a `T`.
    ///
    /// ```
    /// # fn example(error: &runtime::Error) {
    /// if let Some(body) = error.body::<runtime::serde_json::Value>() {
    ///     println!("{}", body["more_info"]);
    /// }
    /// # }
    /// ```
    #[must_use]
    pub fn body<T: DeserializeOwned>(&self) -> Option<T> {
        let body = without_mark(&self.0.body);
        let text = || {
            std::str::from_utf8(body)
                .ok()
                .filter(|_| content_type(self.headers()).as_deref() == Some("text/plain"))
        };
        let read = |text: &str| serde_json::from_value(Value::from(text)).ok();
        serde_json::from_slice(body).ok().or_else(|| text().and_then(read))
    }

    /// Returns the path of the JSON value that could not be decoded (RFC 9535), such as
    /// `$.links.user`.
    #[must_use]
    pub fn json_path(&self) -> Option<&str> {
        self.0.json_path.as_deref()
    }

    /// Returns the name of the server-sent event whose data could not be decoded.
    /// [`raw_body`](Self::raw_body) returns the data. `None` for every other error.
    #[must_use]
    pub fn event(&self) -> Option<&str> {
        self.0.event.as_deref()
    }

    /// Returns true if the response's status is `status`, such as `404`.
    #[must_use]
    pub fn has_status(&self, status: u16) -> bool {
        self.0.status.is_some_and(|known| known == status)
    }

    /// Returns true if the status is 404.
    #[must_use]
    pub fn is_not_found(&self) -> bool {
        self.0.status == Some(StatusCode::NOT_FOUND)
    }

    /// Returns true if the status is 429.
    #[must_use]
    pub fn is_rate_limited(&self) -> bool {
        self.0.status == Some(StatusCode::TOO_MANY_REQUESTS)
    }

    /// Returns true if one of the four timeouts ended the call.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        matches!(self.0.kind, ErrorKind::Timeout(_))
    }

    /// Returns true if the same call may succeed later and is safe to repeat.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        self.0.retryable
    }
}

/// Returns the request's id from the header that the document names.
pub(crate) fn request_id<'a>(headers: &'a HeaderMap, name: Option<&str>) -> Option<&'a str> {
    headers.get(name?)?.to_str().ok()
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(operation) = self.0.operation {
            write!(f, "{operation}: ")?;
        }
        if let Some(status) = self.0.status {
            f.write_str(status.as_str())?;
            if let Some(reason) = status.canonical_reason() {
                write!(f, " {reason}")?;
            }
            if !self.0.message.is_empty() {
                write!(f, " ({})", self.0.message)?;
            }
        } else {
            f.write_str(&self.0.message)?;
        }
        if let Some(id) = &self.0.shown_id {
            write!(f, " request_id={id}")?;
        }
        if self.0.attempts > 0 {
            write!(f, " attempts={}", self.0.attempts)?;
        }
        Ok(())
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Error")
            .field("kind", &self.0.kind)
            .field("operation", &self.0.operation)
            .field("status", &self.0.status)
            .field("request_id", &self.0.shown_id)
            .field("attempts", &self.0.attempts)
            .field("message", &self.0.message)
            .field("source", &self.0.source)
            .finish_non_exhaustive()
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        // The message includes the transport's own error, so the chain continues with its cause.
        self.0.source.as_ref().and_then(std::error::Error::source)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_error_is_one_pointer_wide_and_send_and_sync() {
        fn anywhere<T: std::error::Error + Send + Sync + 'static>() {}
        anywhere::<Error>();
        assert_eq!(size_of::<Error>(), size_of::<usize>());
        assert_eq!(size_of::<Result<(), Error>>(), size_of::<usize>());
    }

    #[test]
    fn display_fits_a_log_line() {
        let error = Error::new(ErrorKind::Configuration, "the attempt timeout is zero");
        assert_eq!(error.to_string(), "the attempt timeout is zero");
        let error = Error::new(ErrorKind::Connect, "the server could not be reached").of("FetchUser", 3);
        assert_eq!(error.to_string(), "FetchUser: the server could not be reached attempts=3");
        let mut headers = HeaderMap::new();
        headers.insert("request-id", "RQ1".parse().unwrap());
        let error = Error::new(ErrorKind::Status, "20404: gone").of("FetchUser", 1).with_head(
            StatusCode::NOT_FOUND,
            headers,
            Some("Request-Id"),
            &Echo::default(),
        );
        assert_eq!(error.to_string(), "FetchUser: 404 Not Found (20404: gone) request_id=RQ1 attempts=1");
        let error = Error::new(ErrorKind::Status, "").of("FetchUser", 1).with_head(
            StatusCode::from_u16(599).unwrap(),
            HeaderMap::new(),
            None,
            &Echo::default(),
        );
        assert_eq!(error.to_string(), "FetchUser: 599 attempts=1");
    }
}
