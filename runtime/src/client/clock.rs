//! Clocks, which tests replace.
//!
//! Input: a duration. Output: a future that ends after it. Invariant: a client with a clock uses no
//! other time source, so that tests need no real time.

use std::{fmt, pin::Pin, time::Duration, time::Instant};

/// A future that ends when a wait is over.
pub type Sleep = Pin<Box<dyn Future<Output = ()> + Send>>;

/// The time source of a client.
///
/// With the feature `hyper` the default is tokio's clock. Without the feature, and without a clock
/// in the builder, timeouts are not enforced.
pub trait Clock: Send + Sync + 'static {
    /// Returns the current time of a monotonic clock.
    fn now(&self) -> Instant;

    /// Returns a future that ends after `duration`, or `None` if this clock cannot wait here
    /// (tokio's outside of a tokio runtime). The call then returns an error.
    fn sleep(&self, duration: Duration) -> Option<Sleep>;

    /// Returns the time of day. Used for a `Retry-After` date in a response without `Date`.
    fn timestamp(&self) -> jiff::Timestamp {
        jiff::Timestamp::now()
    }
}

impl fmt::Debug for dyn Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Clock")
    }
}

/// tokio's timer, which supports `tokio::time::pause` in tests.
#[cfg(feature = "hyper")]
pub(crate) struct Tokio;

#[cfg(feature = "hyper")]
impl Clock for Tokio {
    fn now(&self) -> Instant {
        tokio::time::Instant::now().into_std()
    }

    fn sleep(&self, duration: Duration) -> Option<Sleep> {
        // `tokio::time::sleep` panics outside of a runtime.
        tokio::runtime::Handle::try_current().ok()?;
        Some(Box::pin(tokio::time::sleep(duration)))
    }
}
