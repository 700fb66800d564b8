//! Timeouts and limits of a client, with their defaults.

use std::time::Duration;

/// What a client was told about time and size.
#[derive(Clone, Debug)]
pub(crate) struct Settings {
    /// One attempt, to the last byte of its body.
    pub(crate) attempt_timeout: Duration,
    /// The longest wait for the response's headers, and then for each next piece of its body.
    pub(crate) idle_timeout: Duration,
    /// The whole operation.
    pub(crate) operation_timeout: Duration,
    /// Bytes of a decoded body.
    pub(crate) max_body_bytes: u64,
    /// Bytes that are kept of an error's decoded body.
    pub(crate) max_error_body_bytes: u64,
}

/// DNS, TCP, TLS and proxy.
pub(crate) const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

impl Default for Settings {
    fn default() -> Self {
        Self {
            attempt_timeout: Duration::from_secs(30),
            idle_timeout: Duration::from_secs(15),
            operation_timeout: Duration::from_secs(90),
            max_body_bytes: 16 << 20,
            max_error_body_bytes: 64 << 10,
        }
    }
}
