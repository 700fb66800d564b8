//! Watching attempts, for metrics and logs of one's own.
//!
//! In: an attempt that ended. Out: what may be told of it. The rule: no credential, header, body, path value or query.

use crate::{client::operation::Operation, error::ErrorKind};
use http::StatusCode;
use std::time::Duration;

/// Is told of each attempt of a client's calls when it has ended.
///
/// ```
/// use runtime::{Attempt, Client, ClientBuilder, transport::Memory};
///
/// let builder = ClientBuilder::<Client>::new("https://example.com")
///     .observer(|attempt: &Attempt| println!("{} took {:?}", attempt.operation().id(), attempt.duration()));
/// # assert!(builder.transport(Memory::new()).build().is_ok());
/// ```
pub trait Observer: Send + Sync + 'static {
    /// Is told of one attempt, within the call: it had better be quick.
    fn attempted(&self, attempt: &Attempt);
}

impl<F: Fn(&Attempt) + Send + Sync + 'static> Observer for F {
    fn attempted(&self, attempt: &Attempt) {
        self(attempt);
    }
}

/// An attempt that ended. It holds no secret and nothing personal.
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
    /// The operation: its id, its method, its path template.
    #[must_use]
    pub fn operation(&self) -> &'static Operation {
        self.operation
    }

    /// Which attempt of its call it is; the first is 1.
    #[must_use]
    pub fn number(&self) -> u32 {
        self.number
    }

    /// How long it took, to the last byte of the response; zero where the client has no clock.
    #[must_use]
    pub fn duration(&self) -> Duration {
        self.duration
    }

    /// The response's status, where one came.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.status
    }

    /// What went wrong, if anything did.
    #[must_use]
    pub fn error(&self) -> Option<ErrorKind> {
        self.error
    }

    /// How long the call waits now before it repeats the request; nothing where it doesn't.
    #[must_use]
    pub fn pause(&self) -> Option<Duration> {
        self.pause
    }
}
