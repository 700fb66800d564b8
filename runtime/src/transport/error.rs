//! Why a request got no response, or a response no end.

use std::{convert::Infallible, error::Error, fmt};

/// What kind of thing went wrong in a transport.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// The host's name has no address.
    Dns,
    /// The host can't be reached, or refuses.
    Connect,
    /// Connecting took too long.
    ConnectTimeout,
    /// TLS failed: above all, the certificate is not trusted.
    Tls,
    /// The connection was reset or closed.
    Closed,
    /// The body ended before its announced end.
    Truncated,
    /// The other side doesn't speak HTTP.
    Protocol,
    /// The body can't be decompressed.
    Decompress,
    /// The transport can't work where it was called: `Hyper` outside of a tokio runtime.
    Unusable,
    /// Anything else.
    Other,
}

/// Why a request got no response, or a response no end.
///
/// Neither `Display` nor the errors that `source()` gives may hold a credential, a header's value, a body or a URL.
#[derive(Debug)]
pub struct TransportError {
    kind: TransportErrorKind,
    may_have_been_sent: bool,
    source: Option<Box<dyn Error + Send + Sync>>,
}

impl TransportError {
    /// An error of a request that may have reached the server, which is the safe thing to say.
    #[must_use]
    pub fn new(kind: TransportErrorKind) -> Self {
        Self { kind, may_have_been_sent: true, source: None }
    }

    /// Says that the server has done nothing with the request, mostly because no byte of it was sent: any request may be
    /// repeated.
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

    /// What kind of thing went wrong.
    #[must_use]
    pub fn kind(&self) -> TransportErrorKind {
        self.kind
    }

    /// Whether the server may have seen the request, in part at least.
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
