//! Timeouts, retries and limits, with their defaults.
//!
//! Input: the settings of a client or of one request. Output: the same, checked. All values out of
//! range are reported at once, before any I/O.

use std::time::Duration;

/// The settings of a client or of one request for time, retries and size.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Settings {
    /// One attempt, to the last byte of its body.
    pub(crate) attempt_timeout: Duration,
    /// The longest wait for the next piece of a response's body, after its headers.
    pub(crate) idle_timeout: Duration,
    /// The whole operation.
    pub(crate) operation_timeout: Duration,
    /// The maximum number of retries.
    pub(crate) retries: u32,
    /// The upper bound of the wait before the first retry.
    pub(crate) backoff_base: Duration,
    /// The upper bound of the wait before any retry.
    pub(crate) backoff_max: Duration,
    /// The largest decompressed body, in bytes.
    pub(crate) max_body_bytes: u64,
    /// The decompressed bytes of an error's body that are kept.
    pub(crate) max_error_body_bytes: u64,
}

/// DNS, TCP, TLS and proxy.
pub(crate) const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// The most retries. A higher number would hide an outage.
const MOST_RETRIES: u32 = 10;

impl Default for Settings {
    fn default() -> Self {
        Self {
            attempt_timeout: Duration::from_secs(30),
            idle_timeout: Duration::from_secs(15),
            operation_timeout: Duration::from_secs(90),
            retries: 2,
            backoff_base: Duration::from_millis(500),
            backoff_max: Duration::from_secs(8),
            max_body_bytes: 16 << 20,
            max_error_body_bytes: 64 << 10,
        }
    }
}

impl Settings {
    /// Returns a message for each value out of range.
    pub(crate) fn problems(&self) -> Vec<String> {
        let checks = [
            (self.attempt_timeout.is_zero(), "the attempt timeout is zero"),
            (self.idle_timeout.is_zero(), "the idle timeout is zero"),
            (self.operation_timeout.is_zero(), "the operation timeout is zero"),
            (self.backoff_max < self.backoff_base, "the backoff's maximum is below its base"),
        ];
        let mut problems: Vec<String> =
            checks.into_iter().filter(|(wrong, _)| *wrong).map(|(_, problem)| problem.to_owned()).collect();
        if self.retries > MOST_RETRIES {
            problems.push(format!("{} retries are more than {MOST_RETRIES}", self.retries));
        }
        problems
    }
}
