//! Errors made to order.

use crate::client::operation::TRANSIENT;
use crate::error::{Echo, Error, ErrorKind};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use serde_core::Serialize;
use std::time::Duration;

/// An error of a kind, as of one attempt of an operation `Test`.
#[must_use = "a builder does nothing until it is built"]
pub fn error(kind: ErrorKind) -> ErrorBuilder {
    let error = Error::new(kind, "").of("Test", 1);
    ErrorBuilder { error, status: None, headers: HeaderMap::new() }
}

/// The error of an answer with this status. It may be repeated if the status is a passing one: 408, 429, 500, 502, 503
/// or 504. A number that is no status is none.
#[must_use = "a builder does nothing until it is built"]
pub fn status(status: u16) -> ErrorBuilder {
    let known = StatusCode::from_u16(status).ok();
    let failed = known.is_some_and(|status| status.is_client_error() || status.is_server_error());
    let builder = error(if failed { ErrorKind::Status } else { ErrorKind::UnexpectedStatus });
    ErrorBuilder { status: known, ..builder.retryable(TRANSIENT.contains(&status)) }
}

/// Makes an [`Error`], so that code which handles errors can be tested without a call.
#[derive(Debug)]
#[must_use = "a builder does nothing until it is built"]
pub struct ErrorBuilder {
    error: Error,
    status: Option<StatusCode>,
    headers: HeaderMap,
}

impl ErrorBuilder {
    /// The operation's id, and the number of attempts.
    pub fn of(self, operation: &'static str, attempts: u32) -> Self {
        Self { error: self.error.of(operation, attempts), ..self }
    }

    /// What `Display` tells.
    pub fn message(self, message: impl Into<String>) -> Self {
        Self { error: self.error.with_message(message.into()), ..self }
    }

    /// A header of the response; one that no response can have is passed over.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::try_from(value)) {
            self.headers.insert(name, value);
        }
        self
    }

    /// The response's body: this, as JSON.
    pub fn body(self, body: impl Serialize) -> Self {
        let json = serde_json::to_vec(&body).unwrap_or_default();
        Self { error: self.error.with_body(json.into()), ..self }
    }

    /// What the server asks to wait.
    pub fn retry_after(self, wait: Duration) -> Self {
        Self { error: self.error.with_retry_after(Some(wait)), ..self }
    }

    /// Whether the call may be repeated.
    pub fn retryable(self, retryable: bool) -> Self {
        Self { error: self.error.with_retry(retryable), ..self }
    }

    /// Makes the error.
    #[must_use]
    pub fn build(self) -> Error {
        match self.status {
            Some(status) => self.error.with_head(status, self.headers, None, &Echo::default()),
            None => self.error,
        }
    }
}
