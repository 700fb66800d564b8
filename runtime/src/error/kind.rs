//! The kinds of errors.

/// The kind of an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// An argument cannot be sent. There was no I/O.
    InvalidInput,
    /// The builder refused the client's settings, or credentials are missing (before any I/O). Or
    /// the client is used outside of the async runtime that its transport or clock needs.
    Configuration,
    /// The [`TokenProvider`](crate::TokenProvider) failed.
    Credentials,
    /// The server could not be found or reached.
    Connect,
    /// TLS failed, usually because the server's certificate is not trusted.
    Tls,
    /// One of the four timeouts.
    Timeout(Timeout),
    /// The connection broke, or the peer does not speak HTTP.
    Transport,
    /// The next page of a list is on another server, or was read before.
    Pagination,
    /// The response's body ended too early.
    Truncated,
    /// The response's body is larger than the limit.
    TooLarge,
    /// The response's body cannot be decompressed, or has an encoding that was not requested.
    Decompress,
    /// The server responded with an error: a status 4xx or 5xx.
    Status,
    /// The status is neither an error nor a documented success, such as a redirect (which is never
    /// followed). Or a success lacks the documented content.
    UnexpectedStatus,
    /// A successful response is not JSON.
    ContentType,
    /// A response's JSON is malformed, or does not have the documented type.
    Decode,
}

impl ErrorKind {
    /// Returns a short name that never changes, for metrics: `connect`, `timeout_idle`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::InvalidInput => "invalid_input",
            Self::Configuration => "configuration",
            Self::Credentials => "credentials",
            Self::Connect => "connect",
            Self::Tls => "tls",
            Self::Timeout(Timeout::Connect) => "timeout_connect",
            Self::Timeout(Timeout::Attempt) => "timeout_attempt",
            Self::Timeout(Timeout::Idle) => "timeout_idle",
            Self::Timeout(Timeout::Operation) => "timeout_operation",
            Self::Transport => "transport",
            Self::Pagination => "pagination",
            Self::Truncated => "truncated",
            Self::TooLarge => "too_large",
            Self::Decompress => "decompress",
            Self::Status => "status",
            Self::UnexpectedStatus => "unexpected_status",
            Self::ContentType => "content_type",
            Self::Decode => "decode",
        }
    }
}

/// The timeout that ended a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Timeout {
    /// Connecting: DNS, TCP, TLS and proxy.
    Connect,
    /// One attempt, to the last byte of its body.
    Attempt,
    /// The wait for the next piece of a response's body, after its headers.
    Idle,
    /// The whole operation.
    Operation,
}

impl Timeout {
    pub(crate) fn describe(self) -> &'static str {
        match self {
            Self::Connect => "connect timeout",
            Self::Attempt => "attempt timeout",
            Self::Idle => "idle timeout",
            Self::Operation => "operation timeout",
        }
    }
}
