//! The default transport: HTTP by reqwest and hyper, TLS by rustls.
//!
//! In: a final request. Out: its response, decompressed. The rule: reqwest moves bytes and decides nothing: no
//! redirects, no Referer, no timeouts but connecting, no URL in an error.

use super::{Body, Transport, TransportError, TransportErrorKind as Kind, TransportFuture, gzip};
use http::{HeaderValue, Request, Response, Uri, header};
use std::{error::Error, fmt, io, time::Duration};

/// HTTP/1.1 and HTTP/2 with gzip, over TLS that trusts what the operating system trusts.
///
/// Honours `HTTP_PROXY`, `HTTPS_PROXY`, `ALL_PROXY` and `NO_PROXY`, for proxies that speak HTTP. Clones share one pool
/// of connections.
#[derive(Clone)]
pub struct Reqwest {
    client: reqwest::Client,
    /// Why no `https` request can be sent. Plain HTTP works all the same.
    plain: Option<tls::Plain>,
}

impl Reqwest {
    /// A transport that gives up connecting (DNS, TCP, TLS, proxy) after `connect_timeout`.
    ///
    /// # Errors
    /// Where reqwest or rustls refuse their configuration.
    pub fn new(connect_timeout: Duration) -> Result<Self, TransportError> {
        Self::build(reqwest::Client::builder(), connect_timeout)
    }

    /// As [`new`](Self::new), but without a proxy, whatever the environment says.
    ///
    /// # Errors
    /// As [`new`](Self::new).
    pub fn direct(connect_timeout: Duration) -> Result<Self, TransportError> {
        Self::build(reqwest::Client::builder().no_proxy(), connect_timeout)
    }

    fn build(builder: reqwest::ClientBuilder, connect_timeout: Duration) -> Result<Self, TransportError> {
        let (builder, plain) = tls::configure(builder)?;
        let client = builder
            .connect_timeout(connect_timeout)
            .redirect(reqwest::redirect::Policy::none())
            .referer(false)
            .build()
            .map_err(classify)?;
        Ok(Self { client, plain })
    }

    fn prepare(&self, mut request: Request<Body>) -> Result<reqwest::Request, TransportError> {
        let unsent = |kind| TransportError::new(kind).unsent();
        // Outside of a runtime reqwest panics.
        if tokio::runtime::Handle::try_current().is_err() {
            return Err(unsent(Kind::Unusable).with_source("there is no tokio runtime"));
        }
        if let (Some(reason), Some("https")) = (&self.plain, request.uri().scheme_str()) {
            return Err(unsent(Kind::Tls).with_source(tls::Plain::clone(reason)));
        }
        // A part of a text in gzip can't be decompressed.
        if !request.headers().contains_key(header::RANGE) {
            let encodings = request.headers_mut().entry(header::ACCEPT_ENCODING);
            encodings.or_insert(HeaderValue::from_static("gzip"));
        }
        let uri = request.uri().clone();
        let request = request.map(|body| match body.whole() {
            Some(bytes) => reqwest::Body::from(bytes.clone()),
            None => reqwest::Body::wrap(body),
        });
        let request = reqwest::Request::try_from(request).map_err(classify)?;
        if !is_same(request.url(), &uri) {
            return Err(unsent(Kind::Other).with_source("the URL parser would change the request's target"));
        }
        Ok(request)
    }
}

/// Shows nothing: a proxy's address can hold a password.
impl fmt::Debug for Reqwest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reqwest").finish_non_exhaustive()
    }
}

impl Transport for Reqwest {
    fn send(&self, request: Request<Body>) -> TransportFuture {
        let prepared = self.prepare(request);
        let client = self.client.clone();
        Box::pin(async move {
            let response = client.execute(prepared?).await.map_err(classify)?;
            Ok(gzip::decompressed(Response::from(response).map(Body::new)))
        })
    }
}

/// Whether reqwest's URL is the request's, byte for byte in what the server sees.
fn is_same(url: &reqwest::Url, uri: &Uri) -> bool {
    let default_port = if url.scheme() == "https" { 443 } else { 80 };
    uri.scheme_str() == Some(url.scheme())
        && uri.host() == url.host_str()
        && uri.port_u16().unwrap_or(default_port) == url.port().unwrap_or(default_port)
        && uri.path() == url.path()
        && uri.query() == url.query()
        && url.username().is_empty()
        && url.password().is_none()
        && url.fragment().is_none()
}

impl From<reqwest::Error> for TransportError {
    fn from(error: reqwest::Error) -> Self {
        classify(error)
    }
}

/// Finds out what went wrong, by the first cause that says it.
fn classify(error: reqwest::Error) -> TransportError {
    let error = error.without_url();
    let kind = kind_of(&error);
    let unsent = error.is_builder() || error.is_connect();
    let error = TransportError::new(kind).with_source(error);
    if unsent { error.unsent() } else { error }
}

fn kind_of(error: &reqwest::Error) -> Kind {
    let causes = || Causes(Some(error));
    // hyper calls a certificate that isn't trusted a failure to connect.
    if causes().any(tls::is_error) {
        return Kind::Tls;
    }
    if error.is_connect() {
        return match () {
            () if error.is_timeout() => Kind::ConnectTimeout,
            () if error.is_dns() => Kind::Dns,
            () => Kind::Connect,
        };
    }
    let io_kind = causes().find_map(|cause| cause.downcast_ref::<io::Error>()).map(io::Error::kind);
    let Some(http) = causes().find_map(|cause| cause.downcast_ref::<hyper::Error>()) else {
        return Kind::Other;
    };
    match io_kind {
        _ if http.is_parse() => Kind::Protocol,
        Some(io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput) => Kind::Protocol,
        Some(io::ErrorKind::UnexpectedEof) if error.is_body() || error.is_decode() => Kind::Truncated,
        _ => Kind::Closed,
    }
}

/// An error and its causes. Unlike `source()`, it doesn't pass over what an `io::Error` wraps.
struct Causes<'a>(Option<&'a (dyn Error + 'static)>);

impl<'a> Iterator for Causes<'a> {
    type Item = &'a (dyn Error + 'static);

    fn next(&mut self) -> Option<Self::Item> {
        let current = self.0?;
        self.0 = match current.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
            Some(wrapped) => Some(wrapped),
            None => current.source(),
        };
        Some(current)
    }
}

/// TLS by rustls.
#[cfg(feature = "__rustls")]
mod tls {
    use super::{Error, Kind, TransportError};
    #[cfg(feature = "rustls-aws-lc")]
    use rustls::crypto::aws_lc_rs as backend;
    #[cfg(not(feature = "rustls-aws-lc"))]
    use rustls::crypto::ring as backend;
    use rustls_platform_verifier::Verifier;
    use std::sync::Arc;

    /// The system has no certificates to trust.
    pub(super) type Plain = Arc<rustls::Error>;

    pub(super) fn configure(
        builder: reqwest::ClientBuilder,
    ) -> Result<(reqwest::ClientBuilder, Option<Plain>), TransportError> {
        // A configuration of our own needs no provider for the whole process: reqwest panics where there is none.
        let provider = Arc::new(backend::default_provider());
        let tls = rustls::ClientConfig::builder_with_provider(Arc::clone(&provider))
            .with_safe_default_protocol_versions()
            .map_err(|error| TransportError::new(Kind::Tls).with_source(error).unsent())?;
        let (mut tls, plain) = match Verifier::new(provider) {
            Ok(verifier) => {
                let tls = tls.dangerous().with_custom_certificate_verifier(Arc::new(verifier));
                (tls.with_no_client_auth(), None)
            }
            Err(error) => {
                let nothing = rustls::RootCertStore::empty();
                (tls.with_root_certificates(nothing).with_no_client_auth(), Some(Arc::new(error)))
            }
        };
        tls.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        Ok((builder.tls_backend_preconfigured(tls), plain))
    }

    pub(super) fn is_error(cause: &(dyn Error + 'static)) -> bool {
        cause.is::<rustls::Error>()
    }
}

/// No TLS.
#[cfg(not(feature = "__rustls"))]
mod tls {
    use super::{Error, TransportError};

    pub(super) type Plain = &'static str;

    pub(super) fn configure(
        builder: reqwest::ClientBuilder,
    ) -> Result<(reqwest::ClientBuilder, Option<Plain>), TransportError> {
        Ok((builder, Some("https needs the feature `rustls-ring` or `rustls-aws-lc`")))
    }

    pub(super) fn is_error(_: &(dyn Error + 'static)) -> bool {
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_that_the_url_parser_leaves_alone_is_the_same() {
        let same = |uri: &str, url: &str| is_same(&url.parse().unwrap(), &uri.parse().unwrap());
        for uri in [
            "https://example.com/",
            "https://example.com:8443/a%2Fb/%252e%252e/%00?x=%20",
            "http://127.0.0.1:4010/v1/Users('a')/$count;v=1,2:@&=+!*~",
            "http://localhost//x",
            "https://example.com:443/x",
            "http://[::1]:4010/x",
            "https://[2001:db8::]/x",
        ] {
            assert!(same(uri, uri), "{uri}");
        }
        for (uri, url) in [
            ("https://example.com/a", "https://example.com/b"),
            ("https://example.com/a", "http://example.com/a"),
            ("https://example.com/a", "https://evil.example/a"),
            ("https://example.com/a", "https://example.com:444/a"),
            ("https://example.com:444/a", "https://example.com/a"),
            ("https://example.com/a", "https://example.com/a?x"),
            ("https://example.com/a", "https://example.com/a#x"),
            ("https://example.com/a", "https://user@example.com/a"),
            ("https://example.com/a/%2e%2e/b", "https://example.com/a/%2e%2e/b"),
            ("https://127.1/", "https://127.1/"),
        ] {
            assert!(!same(uri, url), "{uri} {url}");
        }
    }
}
