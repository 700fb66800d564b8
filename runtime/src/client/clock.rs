//! Time behind a seam.
//!
//! In: a duration to wait. Out: a future that ends then. The rule: where a client has a clock, nothing else is
//! asked what time it is, so that a test needs no real time.

use std::{fmt, pin::Pin, time::Duration, time::Instant};

/// A future that ends when a wait is over.
pub type Sleep = Pin<Box<dyn Future<Output = ()> + Send>>;

/// What a client measures time with.
///
/// With the feature `hyper` a client has tokio's clock. Without the feature, and without a clock given to the
/// builder, timeouts are not enforced.
pub trait Clock: Send + Sync + 'static {
    /// A time that never goes back.
    fn now(&self) -> Instant;

    /// A future that ends after `duration`, or nothing where this clock can't wait here (tokio's outside of a tokio
    /// runtime); the call then ends with an error.
    fn sleep(&self, duration: Duration) -> Option<Sleep>;

    /// The time of day, which a `Retry-After` date is measured from where a response has no `Date`.
    fn timestamp(&self) -> jiff::Timestamp {
        jiff::Timestamp::now()
    }
}

impl fmt::Debug for dyn Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Clock")
    }
}

/// tokio's timer, which honours `tokio::time::pause` in tests.
#[cfg(feature = "hyper")]
pub(crate) struct Tokio;

#[cfg(feature = "hyper")]
impl Clock for Tokio {
    fn now(&self) -> Instant {
        tokio::time::Instant::now().into_std()
    }

    fn sleep(&self, duration: Duration) -> Option<Sleep> {
        // Outside of a runtime `tokio::time::sleep` panics.
        tokio::runtime::Handle::try_current().ok()?;
        Some(Box::pin(tokio::time::sleep(duration)))
    }
}
