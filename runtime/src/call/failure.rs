//! Why an attempt got no whole response.
//!
//! In: what a transport, a timer or a limit says. Out: an error's kind, message, cause, and whether to try again. The
//! rule: what may have been carried out is repeated only where the method is idempotent (RFC 9110 §9.2.2).

use crate::{
    client::operation::Operation,
    client::timer::Expired,
    client::token::Refusal,
    error::{Error, ErrorKind, Timeout},
    transport::{TransportError, TransportErrorKind as Transport},
};
use std::time::Duration;

/// Why an attempt got no whole response.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The transport failed.
    Transport(TransportError),
    /// A timeout of this length ended it.
    Timeout(Timeout, Duration),
    /// The body is larger than this many bytes.
    TooLarge(u64),
    /// The body is in an encoding that was not asked for.
    Encoding,
    /// The headers are more, or larger, than any server has reason to send.
    HeadTooLarge,
    /// There is no token to send.
    NoToken(Refusal),
    /// The clock can't wait here.
    NoTimer,
    /// The transport ended without a response and without an error.
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

    /// Message and cause.
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

    /// Whether the same request may succeed later, and may be sent again.
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
