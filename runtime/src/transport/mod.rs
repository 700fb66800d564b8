//! Transports: the interface between a client and the network.
//!
//! Input: a complete HTTP request. Output: the response's head, and a body that is read piece by
//! piece. Invariant: a transport sends a request once. It follows no redirect, does not retry and
//! does not change the target.
//!
//! `Hyper` is the default, with the feature of that name. [`Memory`] responds without a network,
//! for tests. Your own transport needs a few lines:
//!
//! ```
//! use runtime::transport::{Body, Transport, TransportFuture};
//! use runtime::{Client, ClientBuilder, http};
//!
//! /// Counts requests.
//! #[derive(Default)]
//! struct Counted<T>(T, std::sync::atomic::AtomicUsize);
//!
//! impl<T: Transport> Transport for Counted<T> {
//!     fn send(&self, request: http::Request<Body>) -> TransportFuture {
//!         self.1.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
//!         self.0.send(request)
//!     }
//! }
//! # let client = ClientBuilder::<Client>::new("https://example.com")
//! #     .transport(Counted(runtime::transport::Memory::new(), Default::default())).build();
//! # assert!(client.is_ok());
//! ```

mod body;
#[cfg(feature = "hyper")]
mod encoding;
mod error;
#[cfg(feature = "hyper")]
mod hyper;
mod memory;
mod source;

pub use self::body::Body;
pub use self::error::{TransportError, TransportErrorKind};
#[cfg(feature = "hyper")]
pub use self::hyper::Hyper;
pub use self::memory::{Memory, Recorded};
#[cfg(feature = "__rustls")]
pub use rustls;

use http::{Version, header, response::Parts};
use std::{fmt, pin::Pin, sync::Arc};

/// The future of [`Transport::send`]: the response's head, and a body that is not read yet.
pub type TransportFuture =
    Pin<Box<dyn Future<Output = Result<http::Response<Body>, TransportError>> + Send + 'static>>;

/// Sends one HTTP request and returns its response.
///
/// The request's extensions contain the `&'static Operation`, for transports that distinguish
/// operations.
///
/// The client limits time and size, decodes, and decides on retries. A transport that requests
/// compression decompresses the body, and removes `Content-Encoding`. The future may be dropped at
/// any time.
pub trait Transport: Send + Sync + 'static {
    /// Sends `request` once.
    fn send(&self, request: http::Request<Body>) -> TransportFuture;
}

/// Marks a response whose body marks its own end, such as gzip.
#[cfg(feature = "hyper")]
#[derive(Clone, Copy)]
struct Delimited;

/// Returns true if a body that is cut short is detected: HTTP itself (RFC 9112 §6.3) or the body
/// marks the end.
pub(crate) fn is_delimited(head: &Parts) -> bool {
    #[cfg(feature = "hyper")]
    if head.extensions.get::<Delimited>().is_some() {
        return true;
    }
    head.version >= Version::HTTP_2
        || head.headers.contains_key(header::CONTENT_LENGTH)
        || head.headers.contains_key(header::TRANSFER_ENCODING)
}

impl<T: Transport + ?Sized> Transport for Arc<T> {
    fn send(&self, request: http::Request<Body>) -> TransportFuture {
        (**self).send(request)
    }
}

impl fmt::Debug for dyn Transport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Transport")
    }
}
