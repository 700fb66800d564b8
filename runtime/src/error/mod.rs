//! One error for every operation.
//!
//! In: how far a call got. Out: everything that is known about its end. The rule: what a program asks for by method
//! is there in full; what `Display` and `Debug` print holds no credential, header value, URL, body or path value.

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

/// As many characters of a request's id as a log needs.
const ID_LIMIT: usize = 64;

/// Why an operation gave no value, and everything that is known about it.
///
/// `Display` fits a log line: `FetchUser: 404 Not Found (20404: not found) request_id=RQ1 attempts=1`.
pub struct Error(Box<Inner>);

struct Inner {
    kind: ErrorKind,
    operation: Option<&'static str>,
    message: String,
    status: Option<StatusCode>,
    headers: HeaderMap,
    request_id: Option<&'static str>,
    /// Its value as it is shown: what a server sends can be of any length, and hold what was sent to it.
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
    /// An error of which nothing is known but its kind and what to tell.
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

    /// What kind of thing went wrong.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// The operation's id in the document; nothing where a client could not be built.
    #[must_use]
    pub fn operation(&self) -> Option<&'static str> {
        self.0.operation
    }

    /// The response's status, where one came.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.0.status
    }

    /// The response's headers; empty where none came.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.0.headers
    }

    /// What identifies the request to the service's support: the response header that the document names for it.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self::request_id(&self.0.headers, self.0.request_id)
    }

    /// How long the server asks to wait: `Retry-After` in seconds or as a date (RFC 9110 §10.2.3). A date that has
    /// passed is zero, and more than a year is a year.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.retry_after
    }

    /// How many times the request was tried; 0 where an argument or a setting was refused before.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }

    /// What came of the response's body (of a stream: the event or line that could not be decoded), decompressed and as far as the limits allow; empty where nothing came.
    #[must_use]
    pub fn raw_body(&self) -> &Bytes {
        &self.0.body
    }

    /// Returns the body as the document describes it: its JSON, or a string if it is `text/plain`. Returns `None` if the
    /// body is not a `T`.
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

    /// Where in a response's JSON the value stands that could not be decoded: `$.links.user`, a path of RFC 9535.
    #[must_use]
    pub fn json_path(&self) -> Option<&str> {
        self.0.json_path.as_deref()
    }

    /// Returns the name of the server-sent event whose data could not be decoded; [`raw_body`](Self::raw_body) returns
    /// its data. `None` for every other error.
    #[must_use]
    pub fn event(&self) -> Option<&str> {
        self.0.event.as_deref()
    }

    /// Returns true if the response's status is `status`, as `404`.
    #[must_use]
    pub fn has_status(&self, status: u16) -> bool {
        self.0.status.is_some_and(|known| known == status)
    }

    /// Whether the status is 404.
    #[must_use]
    pub fn is_not_found(&self) -> bool {
        self.0.status == Some(StatusCode::NOT_FOUND)
    }

    /// Whether the status is 429.
    #[must_use]
    pub fn is_rate_limited(&self) -> bool {
        self.0.status == Some(StatusCode::TOO_MANY_REQUESTS)
    }

    /// Whether one of the four timeouts ended the call.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        matches!(self.0.kind, ErrorKind::Timeout(_))
    }

    /// Whether the same call may succeed later, and can be repeated without doing something twice.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        self.0.retryable
    }
}

/// Returns the value of the header that the document names for a request's id.
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
        // The message already says what the transport's own error says: go on with its cause.
        self.0.source.as_ref().and_then(std::error::Error::source)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_one_pointer_wide_and_goes_anywhere() {
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
