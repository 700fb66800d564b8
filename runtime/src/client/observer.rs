//! Observes attempts, for metrics and logs.
//!
//! Input: a finished attempt. Output: its public facts. Invariant: no credential, header, body,
//! path value or query.

use crate::{client::operation::Operation, error::ErrorKind};
use http::StatusCode;
use std::time::Duration;

/// Observes the attempts of a client's calls.
///
/// ```
/// use runtime::{Attempt, Client, ClientBuilder, transport::Memory};
///
/// let builder = ClientBuilder::<Client>::new("https://example.com")
///     .observer(|attempt: &Attempt| println!("{} took {:?}", attempt.operation().id(), attempt.duration()));
/// # assert!(builder.transport(Memory::new()).build().is_ok());
/// ```
pub trait Observer: Send + Sync + 'static {
    /// Called after each attempt, within the call, so it should return quickly.
    fn attempted(&self, attempt: &Attempt);
}

impl<F: Fn(&Attempt) + Send + Sync + 'static> Observer for F {
    fn attempted(&self, attempt: &Attempt) {
        self(attempt);
    }
}

/// A finished attempt. Contains no secrets and no personal data.
#[derive(Clone, Debug)]
pub struct Attempt {
    pub(crate) operation: &'static Operation,
    pub(crate) number: u32,
    pub(crate) duration: Duration,
    pub(crate) status: Option<StatusCode>,
    pub(crate) error: Option<ErrorKind>,
    pub(crate) pause: Option<Duration>,
}

impl Attempt {
    /// Returns the operation: its id, method and path template.
    #[must_use]
    pub fn operation(&self) -> &'static Operation {
        self.operation
    }

    /// Returns the number of the attempt in its call. The first is 1.
    #[must_use]
    pub fn number(&self) -> u32 {
        self.number
    }

    /// Returns the duration of the attempt, to the last byte of the response. Zero if the client
    /// has no clock.
    #[must_use]
    pub fn duration(&self) -> Duration {
        self.duration
    }

    /// Returns the response's status, if there is a response.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.status
    }

    /// Returns the kind of the error, if the attempt failed.
    #[must_use]
    pub fn error(&self) -> Option<ErrorKind> {
        self.error
    }

    /// Returns the wait before the next attempt, or `None` if there is none.
    #[must_use]
    pub fn pause(&self) -> Option<Duration> {
        self.pause
    }
}
