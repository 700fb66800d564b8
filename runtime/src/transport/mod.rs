//! What moves bytes: the seam between a client and the network.
//!
//! In: an HTTP request whose target, headers and credentials are final. Out: the response's head, and a body that is
//! read piece by piece. The rule: a transport sends one request once: no redirect, no repetition, no change of target.
//!
//! `Hyper` is the default, with the feature of that name. [`Memory`] answers without a network, for tests. One of
//! your own is a few lines:
//!
//! ```
//! use runtime::transport::{Body, Transport, TransportFuture};
//! use runtime::{Client, ClientBuilder, http};
//!
//! /// Counts what goes through it.
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
mod error;
#[cfg(feature = "hyper")]
mod gzip;
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

/// What [`Transport::send`] gives: the response's head and a body yet to be read.
pub type TransportFuture =
    Pin<Box<dyn Future<Output = Result<http::Response<Body>, TransportError>> + Send + 'static>>;

/// Sends one HTTP request and gives its response.
///
/// The request's extensions hold the `&'static Operation` that it belongs to, for a transport that tells them apart.
///
/// The client limits time and size, decodes, and decides what to repeat. A transport decompresses what it asked to be
/// compressed, and removes `Content-Encoding` then. The future may be dropped at any time.
pub trait Transport: Send + Sync + 'static {
    /// Sends `request` once.
    fn send(&self, request: http::Request<Body>) -> TransportFuture;
}

/// Says of a response that its body tells by itself where it ends, as gzip does.
#[cfg(feature = "hyper")]
#[derive(Clone, Copy)]
struct Delimited;

/// Whether a body that is cut short can't look like one that ended: HTTP itself says where the end is (RFC 9112 §6.3),
/// or the body does.
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
