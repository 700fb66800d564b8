//! The errors of transports.

use std::{convert::Infallible, error::Error, fmt};

/// The kind of a transport error.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// The host's name has no address.
    Dns,
    /// The host cannot be reached, or refuses the connection.
    Connect,
    /// Connecting took too long.
    ConnectTimeout,
    /// TLS failed, usually because the certificate is not trusted.
    Tls,
    /// The connection was reset or closed.
    Closed,
    /// The body ended before its announced end.
    Truncated,
    /// The peer does not speak HTTP.
    Protocol,
    /// The body cannot be decompressed.
    Decompress,
    /// The transport cannot work in this context: `Hyper` outside of a tokio runtime.
    Unusable,
    /// Anything else.
    Other,
}

/// The error of a request without a response, or of an incomplete response.
///
/// Neither `Display` nor the `source()` chain may contain a credential, a header's value, a body or
/// a URL.
#[derive(Debug)]
pub struct TransportError {
    kind: TransportErrorKind,
    may_have_been_sent: bool,
    source: Option<Box<dyn Error + Send + Sync>>,
}

impl TransportError {
    /// Creates an error of a request that may have reached the server, which is the safe
    /// assumption.
    #[must_use]
    pub fn new(kind: TransportErrorKind) -> Self {
        Self { kind, may_have_been_sent: true, source: None }
    }

    /// Marks the request as not processed by the server, usually because no byte was sent. Any
    /// request is then safe to retry.
    #[must_use]
    pub fn unsent(mut self) -> Self {
        self.may_have_been_sent = false;
        self
    }

    /// Adds the cause.
    #[must_use]
    pub fn with_source(mut self, source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        self.source = Some(source.into());
        self
    }

    /// Returns the kind of the error.
    #[must_use]
    pub fn kind(&self) -> TransportErrorKind {
        self.kind
    }

    /// Returns true if the server may have received the request, at least in part.
    #[must_use]
    pub fn may_have_been_sent(&self) -> bool {
        self.may_have_been_sent
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.kind {
            TransportErrorKind::Dns => "the server's name could not be resolved",
            TransportErrorKind::Connect => "the server could not be reached",
            TransportErrorKind::ConnectTimeout => "connecting took too long",
            TransportErrorKind::Tls => "TLS failed",
            TransportErrorKind::Closed => "the connection was closed",
            TransportErrorKind::Truncated => "the body ended too early",
            TransportErrorKind::Protocol => "the server's answer is not HTTP",
            TransportErrorKind::Decompress => "the body could not be decompressed",
            TransportErrorKind::Unusable => "the transport can't work here",
            TransportErrorKind::Other => "the request failed",
        })
    }
}

impl Error for TransportError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.source.as_deref().map(|source| source as _)
    }
}

impl From<Infallible> for TransportError {
    fn from(never: Infallible) -> Self {
        match never {}
    }
}
