//! What can go wrong.

/// What kind of thing went wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// An argument that no request can carry. There was no I/O.
    InvalidInput,
    /// The client's settings: its builder refused them or credentials are missing, before any I/O; or it is used outside
    /// of the async runtime that its transport or clock needs.
    Configuration,
    /// The [`TokenProvider`](crate::TokenProvider) gave no token.
    Credentials,
    /// The server could not be found or reached.
    Connect,
    /// TLS failed: above all, the server's certificate is not trusted.
    Tls,
    /// One of the four timeouts.
    Timeout(Timeout),
    /// The connection broke, or the other side doesn't speak HTTP.
    Transport,
    /// The next page of a list is on another server, or one that was read already.
    Pagination,
    /// The response's body ended too early.
    Truncated,
    /// The response's body is larger than the limit.
    TooLarge,
    /// The response's body can't be decompressed, or came in an encoding that was not asked for.
    Decompress,
    /// The server answered with an error: a status 4xx or 5xx.
    Status,
    /// A status that is neither an error nor what the document calls success, such as a redirect (which is never
    /// followed); or success without the content that the document promises.
    UnexpectedStatus,
    /// A response with success, but not of JSON.
    ContentType,
    /// A response whose JSON is malformed or of another shape than the document says.
    Decode,
}

impl ErrorKind {
    /// A short name that never changes, for metrics: `connect`, `timeout_idle`.
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

/// Which timeout ended a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Timeout {
    /// Connecting: DNS, TCP, TLS and proxy.
    Connect,
    /// One attempt, to the last byte of its body.
    Attempt,
    /// The wait for the response's headers, or for the next piece of its body.
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
