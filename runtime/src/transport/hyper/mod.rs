//! The default transport: HTTP by hyper, TLS by rustls.
//!
//! Input: a complete request. Output: its response, decompressed. Invariants: the request's target
//! is sent unchanged, and nothing is sent twice.

mod connect;
mod failure;
mod received;
mod stream;
#[cfg(test)]
mod tests;
mod tls;

use self::{connect::Connector, received::Received, tls::Tls};
use super::{Body, Transport, TransportError, TransportErrorKind as Kind, TransportFuture, encoding};
use http::{HeaderValue, Method, Request, Uri, Version, header, uri::Authority};
use http_body::Body as _;
use hyper_util::{
    client::{legacy, proxy::matcher::Matcher},
    rt::{TokioExecutor, TokioTimer},
};
use std::{fmt, time::Duration};

/// The limit for the headers of an HTTP/2 response, in bytes, the same as the client's. hyper's own
/// limit is 16 KiB, and 400 KiB for HTTP/1.1.
const LARGEST_HEAD: u32 = 256 << 10;

/// HTTP/1.1 and HTTP/2, over TLS with the certificates that the operating system trusts.
///
/// Requests compressed responses, unless a request has its own `Accept-Encoding` or `Range`, and
/// decompresses them: gzip, Brotli with the feature `brotli`, and Zstandard with the feature
/// `zstd`.
///
/// Uses HTTP and SOCKS5 proxies from `HTTP_PROXY`, `HTTPS_PROXY`, `ALL_PROXY` and `NO_PROXY`, and
/// from the settings of macOS and Windows. A SOCKS5 proxy (`socks5://user:password@host:1080`, or
/// `socks5h`) resolves the names of servers. Clones share one pool of connections.
///
/// A connection runs on the tokio runtime of the call that opened it. It is not reused after that
/// runtime has ended. If several running runtimes share a client and one of them ends or blocks,
/// calls of the others on its connections fail or wait.
#[derive(Clone)]
pub struct Hyper {
    client: legacy::Client<Connector, Body>,
    connector: Connector,
}

impl Hyper {
    /// Creates a transport with a timeout for connecting (DNS, TCP, TLS, proxy).
    ///
    /// # Errors
    /// rustls refuses its configuration.
    pub fn new(connect_timeout: Duration) -> Result<Self, TransportError> {
        Ok(Self::of(Connector::new(Tls::system()?, Some(Matcher::from_system()), connect_timeout)))
    }

    /// Creates a transport without a proxy, even if the environment or the system configures one.
    /// Otherwise the same as [`new`](Self::new).
    ///
    /// # Errors
    /// The same as [`new`](Self::new).
    pub fn direct(connect_timeout: Duration) -> Result<Self, TransportError> {
        Ok(Self::of(Connector::new(Tls::system()?, None, connect_timeout)))
    }

    /// Sets the TLS configuration, for example with your own certificates, instead of those that
    /// the operating system trusts. Also applies to proxies over TLS. Overrides its
    /// `alpn_protocols`. Existing connections are not used any more.
    ///
    /// ```no_run
    /// use runtime::transport::{Hyper, rustls};
    /// use rustls::pki_types::{CertificateDer, pem::PemObject};
    ///
    /// let mut trusted = rustls::RootCertStore::empty();
    /// trusted.add(CertificateDer::from_pem_file("authority.pem")?)?;
    /// let config = rustls::ClientConfig::builder().with_root_certificates(trusted).with_no_client_auth();
    /// let transport = Hyper::new(std::time::Duration::from_secs(10))?.with_tls(config);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[cfg(feature = "__rustls")]
    #[must_use]
    pub fn with_tls(self, config: rustls::ClientConfig) -> Self {
        Self::of(self.connector.with_tls(Tls::new(config)))
    }

    fn of(connector: Connector) -> Self {
        Self { client: builder().build(connector.clone()), connector }
    }
}

fn builder() -> legacy::Builder {
    let mut builder = legacy::Client::builder(TokioExecutor::new());
    builder.timer(TokioTimer::new()).pool_timer(TokioTimer::new()).http2_max_header_list_size(LARGEST_HEAD);
    if !connect::LIMITS_UNACKNOWLEDGED {
        ping(&mut builder);
    }
    builder
}

/// Ends HTTP/2 connections whose server does not respond to pings. All requests that share such a
/// connection would fail until TCP detects it.
fn ping(builder: &mut legacy::Builder) {
    builder.http2_keep_alive_interval(connect::KEEPALIVE).http2_keep_alive_timeout(connect::KEEPALIVE);
}

/// Checks that a request to `target` can be sent.
fn allows(target: &Uri) -> Result<(), TransportError> {
    // hyper panics outside of a runtime.
    if tokio::runtime::Handle::try_current().is_err() {
        return Err(TransportError::new(Kind::Unusable).with_source("there is no tokio runtime"));
    }
    match (target.scheme_str(), target.authority()) {
        (Some("http" | "https"), Some(authority)) if is_plain(authority) => Ok(()),
        _ => {
            Err(TransportError::new(Kind::Other)
                .with_source("the target is no plain address of http or https"))
        }
    }
}

/// Returns true for a host with or without a port. hyper logs user info and sends it to proxies,
/// and replaces an invalid port by the scheme's.
fn is_plain(authority: &Authority) -> bool {
    let (host, port) = (authority.host(), authority.port());
    let rest = authority.as_str().strip_prefix(host).filter(|_| !host.is_empty());
    rest.is_some_and(|rest| match &port {
        Some(port) => rest.strip_prefix(':') == Some(port.as_str()),
        None => rest.is_empty(),
    })
}

/// Prints nothing: a proxy's address can contain a password.
impl fmt::Debug for Hyper {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Hyper").finish_non_exhaustive()
    }
}

impl Transport for Hyper {
    fn send(&self, mut request: Request<Body>) -> TransportFuture {
        if let Err(error) = allows(request.uri()) {
            return Box::pin(std::future::ready(Err(error.unsent())));
        }
        // A range of a compressed body cannot be decompressed.
        if !request.headers().contains_key(header::RANGE) {
            request.headers_mut().entry(header::ACCEPT_ENCODING).or_insert_with(encoding::accepted);
        }
        // Most clients send this header, and some servers require it.
        request.headers_mut().entry(header::ACCEPT).or_insert(HeaderValue::from_static("*/*"));
        // hyper does not announce an empty body over HTTP/1.1, which some servers require for these
        // methods (RFC 9110 §8.6).
        if matches!(*request.method(), Method::POST | Method::PUT | Method::PATCH)
            && request.body().is_end_stream()
        {
            request.headers_mut().entry(header::CONTENT_LENGTH).or_insert(HeaderValue::from_static("0"));
        }
        if let Some(authorization) = self.connector.proxy_authorization(request.uri()) {
            request.headers_mut().insert(header::PROXY_AUTHORIZATION, authorization);
        }
        let response = self.client.request(request);
        Box::pin(async move {
            let response = response.await.map_err(failure::of_request)?;
            encoding::decompressed(match response.version() {
                Version::HTTP_2 => response.map(|body| Body::new(Received(body))),
                _ => response.map(Body::new),
            })
        })
    }
}
