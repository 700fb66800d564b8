//! Builds errors for tests.

use crate::client::operation::TRANSIENT;
use crate::error::{Echo, Error, ErrorKind};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use serde_core::Serialize;
use std::time::Duration;

/// Returns a builder for an error of a kind, after one attempt of an operation `Test`.
#[must_use = "a builder does nothing until it is built"]
pub fn error(kind: ErrorKind) -> ErrorBuilder {
    let error = Error::new(kind, "").of("Test", 1);
    ErrorBuilder { error, status: None, headers: HeaderMap::new() }
}

/// Returns a builder for the error of a response with this status. The error is retryable if the
/// status is temporary: 408, 429, 500, 502, 503 or 504. A number that is no status is ignored.
#[must_use = "a builder does nothing until it is built"]
pub fn status(status: u16) -> ErrorBuilder {
    let known = StatusCode::from_u16(status).ok();
    let failed = known.is_some_and(|status| status.is_client_error() || status.is_server_error());
    let builder = error(if failed { ErrorKind::Status } else { ErrorKind::UnexpectedStatus });
    ErrorBuilder { status: known, ..builder.retryable(TRANSIENT.contains(&status)) }
}

/// Builds an [`Error`], to test code that handles errors without a call.
#[derive(Debug)]
#[must_use = "a builder does nothing until it is built"]
pub struct ErrorBuilder {
    error: Error,
    status: Option<StatusCode>,
    headers: HeaderMap,
}

impl ErrorBuilder {
    /// Sets the operation's id and the number of attempts.
    pub fn of(self, operation: &'static str, attempts: u32) -> Self {
        Self { error: self.error.of(operation, attempts), ..self }
    }

    /// Sets the message of `Display`.
    pub fn message(self, message: impl Into<String>) -> Self {
        Self { error: self.error.with_message(message.into()), ..self }
    }

    /// Sets a header of the response. Ignored if the error has no status, or if the header is
    /// invalid.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::try_from(value)) {
            self.headers.insert(name, value);
        }
        self
    }

    /// Sets the response's body to this value as JSON.
    pub fn body(self, body: impl Serialize) -> Self {
        let json = serde_json::to_vec(&body).unwrap_or_default();
        Self { error: self.error.with_body(json.into()), ..self }
    }

    /// Sets the wait that the server asks for by `Retry-After`.
    pub fn retry_after(self, wait: Duration) -> Self {
        Self { error: self.error.with_retry_after(Some(wait)), ..self }
    }

    /// Sets whether the call is retryable.
    pub fn retryable(self, retryable: bool) -> Self {
        Self { error: self.error.with_retry(retryable), ..self }
    }

    /// Builds the error.
    #[must_use]
    pub fn build(self) -> Error {
        match self.status {
            Some(status) => self.error.with_head(status, self.headers, None, &Echo::default()),
            None => self.error,
        }
    }
}
