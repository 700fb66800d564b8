//! The reasons why an attempt received no whole response.
//!
//! Input: an error of the transport, a timer or a limit. Output: an error's kind, message and
//! cause, and whether it is retryable. Invariant: a request that the server may have processed is
//! retried only if the operation is idempotent, by its method (RFC 9110 §9.2.2) or by an
//! idempotency key.

use crate::{
    client::operation::Operation,
    client::timer::Expired,
    client::token::Refusal,
    error::{Error, ErrorKind, Timeout},
    transport::{TransportError, TransportErrorKind as Transport},
};
use std::time::Duration;

/// The reason why an attempt received no whole response.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The transport failed.
    Transport(TransportError),
    /// A timeout, and its length.
    Timeout(Timeout, Duration),
    /// The body exceeds this many bytes.
    TooLarge(u64),
    /// The body has an encoding that was not requested.
    Encoding,
    /// The headers are too many or too large.
    HeadTooLarge,
    /// The token provider failed.
    NoToken(Refusal),
    /// The clock cannot wait in this context.
    NoTimer,
    /// The transport's future ended without a response or an error.
    Silence,
}

impl Failure {
    pub(crate) fn expired(expired: Expired, timeout: Timeout, limit: Duration) -> Self {
        match expired {
            Expired::Elapsed => Self::Timeout(timeout, limit),
            Expired::NoTimer => Self::NoTimer,
        }
    }

    pub(crate) fn into_error(self, operation: &Operation, attempts: u32) -> Error {
        let (kind, retryable) = (self.kind(), self.is_retryable(operation));
        let (message, source) = self.into_parts();
        Error::new(kind, message).of(operation.id(), attempts).with_retry(retryable).with_source(source)
    }

    /// Returns the message and the cause.
    pub(crate) fn into_parts(self) -> (String, Option<TransportError>) {
        match self {
            Self::Transport(error) => (error.to_string(), Some(error)),
            Self::Timeout(timeout, limit) => (format!("{} of {limit:?} exceeded", timeout.describe()), None),
            Self::TooLarge(limit) => (format!("the body is larger than {limit} bytes"), None),
            Self::Encoding => ("the body is in an encoding that was not asked for".to_owned(), None),
            Self::HeadTooLarge => ("the response's headers are too large".to_owned(), None),
            Self::NoToken(refusal) => (
                "no token could be fetched".to_owned(),
                Some(TransportError::new(Transport::Other).with_source(refusal)),
            ),
            Self::NoTimer => ("the clock can't wait here: is there a tokio runtime?".to_owned(), None),
            Self::Silence => ("the transport gave no response".to_owned(), None),
        }
    }

    fn kind(&self) -> ErrorKind {
        match self {
            Self::Transport(error) => match error.kind() {
                Transport::Dns | Transport::Connect => ErrorKind::Connect,
                Transport::ConnectTimeout => ErrorKind::Timeout(Timeout::Connect),
                Transport::Tls => ErrorKind::Tls,
                Transport::Truncated => ErrorKind::Truncated,
                Transport::Decompress => ErrorKind::Decompress,
                Transport::Unusable => ErrorKind::Configuration,
                Transport::Closed | Transport::Protocol | Transport::Other => ErrorKind::Transport,
            },
            Self::Timeout(timeout, _) => ErrorKind::Timeout(*timeout),
            Self::TooLarge(_) | Self::HeadTooLarge => ErrorKind::TooLarge,
            Self::NoToken(_) => ErrorKind::Credentials,
            Self::Encoding => ErrorKind::Decompress,
            Self::NoTimer => ErrorKind::Configuration,
            Self::Silence => ErrorKind::Transport,
        }
    }

    /// Returns true if the same request may succeed later and is safe to send again.
    fn is_retryable(&self, operation: &Operation) -> bool {
        let idempotent = operation.is_idempotent();
        match self {
            Self::Transport(error) => match error.kind() {
                Transport::Dns
                | Transport::Connect
                | Transport::ConnectTimeout
                | Transport::Closed
                | Transport::Truncated => idempotent || !error.may_have_been_sent(),
                _ => false,
            },
            Self::Timeout(timeout, _) => *timeout != Timeout::Operation && idempotent,
            Self::TooLarge(_)
            | Self::HeadTooLarge
            | Self::Encoding
            | Self::NoToken(_)
            | Self::NoTimer
            | Self::Silence => false,
        }
    }
}
