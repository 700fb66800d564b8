//! The default transport: HTTP by reqwest and hyper, TLS by rustls.
//!
//! In: a final request. Out: its response, decompressed. The rule: reqwest moves bytes and decides nothing: no
//! redirects, no Referer, no timeouts but connecting, no URL in an error.

use super::{Body, Transport, TransportError, TransportErrorKind as Kind, TransportFuture, gzip};
use http::{HeaderValue, Request, Response, Uri, header};
use std::{
    error::Error,
    fmt, io,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

/// HTTP/1.1 and HTTP/2 with gzip, over TLS that trusts what the operating system trusts.
///
/// Honours `HTTP_PROXY`, `HTTPS_PROXY`, `ALL_PROXY` and `NO_PROXY`, for proxies that speak HTTP. Clones share one pool
/// of connections.
#[derive(Clone)]
pub struct Reqwest {
    client: reqwest::Client,
    /// The origin of the last request. That of the next is mostly the same, and takes long to parse.
    origin: Arc<Mutex<Option<reqwest::Url>>>,
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
            // Otherwise it repeats by itself what a server refused to look at. It still copies each request for that, unless
            // it may do so never.
            .retry(reqwest::retry::never().max_retries_per_request(0))
            .redirect(reqwest::redirect::Policy::none())
            .referer(false)
            .build()
            .map_err(classify)?;
        Ok(Self { client, origin: Arc::default(), plain })
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
        let url = {
            let mut origin = self.origin.lock().unwrap_or_else(PoisonError::into_inner);
            url_of(request.uri(), &mut origin)
        };
        let changed = || unsent(Kind::Other).with_source("the URL parser would change the request's target");
        let (head, body) = request.into_parts();
        let mut request = reqwest::Request::new(head.method, url.ok_or_else(changed)?);
        *request.headers_mut() = head.headers;
        *request.version_mut() = head.version;
        *request.body_mut() = Some(match body.whole() {
            Some(bytes) => reqwest::Body::from(bytes.clone()),
            None => reqwest::Body::wrap(body),
        });
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

/// The URL of a request's target, if the URL parser leaves it as it is, byte for byte in what the server sees.
///
/// `origin` is that of the last request: mostly the same, and what takes longest to parse.
fn url_of(target: &Uri, origin: &mut Option<reqwest::Url>) -> Option<reqwest::Url> {
    let known = origin.take().filter(|origin| is_origin(origin, target));
    let parse = || format!("{}://{}", target.scheme_str()?, target.authority()?).parse().ok();
    *origin = known.or_else(|| parse().filter(|origin| is_origin(origin, target)));
    let mut url = origin.clone()?;
    url.set_path(target.path());
    url.set_query(target.query());
    (url.path() == target.path() && url.query() == target.query()).then_some(url)
}

fn is_origin(url: &reqwest::Url, target: &Uri) -> bool {
    let default_port = if url.scheme() == "https" { 443 } else { 80 };
    target.scheme_str() == Some(url.scheme())
        && target.host() == url.host_str()
        && target.port_u16().unwrap_or(default_port) == url.port().unwrap_or(default_port)
        && target.authority().is_some_and(|authority| !authority.as_str().contains('@'))
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
    let unsent = error.is_builder() || error.is_connect() || is_unprocessed(&error);
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

/// Whether the server said that it did nothing with the request: by refusing its stream, or by an orderly end of the
/// connection before it (RFC 9113 §8.7).
fn is_unprocessed(error: &reqwest::Error) -> bool {
    let http = Causes(Some(error)).find_map(|cause| cause.downcast_ref::<h2::Error>());
    http.filter(|http| http.is_remote()).is_some_and(|http| match http.reason() {
        Some(h2::Reason::REFUSED_STREAM) => http.is_reset(),
        Some(h2::Reason::NO_ERROR) => http.is_go_away(),
        _ => false,
    })
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
    fn a_target_that_the_url_parser_leaves_alone_is_sent() {
        let mut origin = None;
        for target in [
            "https://example.com/",
            "https://example.com/a?",
            "https://example.com:8443/a%2Fb/%252e%252e/%00?x=%20",
            "http://127.0.0.1:4010/v1/Users('a')/$count;v=1,2:@&=+!*~",
            "http://127.0.0.1:4010/?x=/?",
            "http://localhost//x",
            "https://localhost//x",
            "http://[::1]:4010/x",
            "https://[2001:db8::]/x",
        ] {
            let sent = |origin: &mut _| url_of(&target.parse().unwrap(), origin).map(String::from);
            assert_eq!(sent(&mut None).as_deref(), Some(target));
            assert_eq!(sent(&mut origin).as_deref(), Some(target), "after another one");
            assert_eq!(sent(&mut origin).as_deref(), Some(target), "after the same one");
        }
        let default_port = url_of(&"https://example.com:443/x".parse().unwrap(), &mut None);
        assert_eq!(default_port.unwrap().as_str(), "https://example.com/x");
    }

    #[test]
    fn a_target_that_the_url_parser_would_change_is_not_sent() {
        let mut origin = "https://example.com".parse().ok();
        for target in [
            "https://example.com/a/%2e%2E/b",
            "https://example.com/a/../b",
            "https://example.com/a/.",
            "https://example.com/a\"b",
            "https://example.com/a?x='",
            "https://user@example.com/a",
            "https://user:word@example.com/a",
            "https://EXAMPLE.com/a",
            "https://127.1/",
            "https://0x7f.0.0.1/",
            "https://[::ffff:127.0.0.1]/",
            "/a",
        ] {
            assert_eq!(url_of(&target.parse().unwrap(), &mut None), None, "{target}");
            assert_eq!(url_of(&target.parse().unwrap(), &mut origin), None, "{target}");
        }
    }

    #[test]
    fn what_the_server_refused_to_look_at_is_unsent_and_not_repeated_here() {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let refused_with = |reason| async move {
            let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
            let url = format!("http://{}/", listener.local_addr().unwrap());
            let server = tokio::spawn(async move {
                let (stream, _) = listener.accept().await.unwrap();
                let mut connection = h2::server::handshake(stream).await.unwrap();
                let mut requests = 0;
                while let Some(Ok((_, mut respond))) = connection.accept().await {
                    requests += 1;
                    respond.send_reset(reason);
                }
                requests
            });
            let builder = reqwest::Client::builder().no_proxy().http2_prior_knowledge();
            let transport = Reqwest::build(builder, Duration::from_secs(5)).unwrap();
            let error = transport.send(Request::post(url).body(Body::from("{}")).unwrap()).await.unwrap_err();
            drop(transport);
            (error.may_have_been_sent(), server.await.unwrap())
        };
        for (reason, may_have_been_sent) in [
            (h2::Reason::REFUSED_STREAM, false),
            (h2::Reason::CANCEL, true),
            (h2::Reason::INTERNAL_ERROR, true),
        ] {
            assert_eq!(runtime.block_on(refused_with(reason)), (may_have_been_sent, 1), "{reason}");
        }
    }
}
