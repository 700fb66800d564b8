//! Connects to the server, through the tunnel of an HTTP or SOCKS5 proxy, or to a forwarding proxy.
//!
//! Input: the origin of a request. Output: a stream. Invariants: connecting takes at most the
//! connect timeout, and no byte of a request is sent before the connection is complete.

use super::{stream::Stream, tls::Tls};
use crate::transport::{TransportError, TransportErrorKind as Kind};
use http::{HeaderValue, Uri};
use hyper_util::client::{
    legacy::connect::{
        HttpConnector,
        dns::{GaiAddrs, GaiResolver, Name},
        proxy::{SocksV5, Tunnel},
    },
    proxy::matcher::{Intercept, Matcher},
};
use std::{
    error::Error,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
    time::Duration,
};
use tower_service::Service;

type Failure = Box<dyn Error + Send + Sync>;
type Connecting<T, E> = Pin<Box<dyn Future<Output = Result<T, E>> + Send>>;

/// The idle time after which TCP keep-alive probes a connection, and the time between two probes.
pub(super) const KEEPALIVE: Duration = Duration::from_secs(15);
/// The number of unanswered probes after which a connection is dead.
const KEEPALIVE_RETRIES: u32 = 3;
/// The longest time that sent bytes may stay unacknowledged by TCP. Without it an operating system
/// tries for a quarter of an hour, and all requests that share an HTTP/2 connection fail for as
/// long.
#[cfg(any(target_os = "android", target_os = "fuchsia", target_os = "linux"))]
const UNACKNOWLEDGED: Duration = Duration::from_secs(30);
/// True if this operating system can limit how long sent bytes stay unacknowledged.
pub(super) const LIMITS_UNACKNOWLEDGED: bool =
    cfg!(any(target_os = "android", target_os = "fuchsia", target_os = "linux"));

/// The port of SOCKS5 proxies (RFC 1928 §3).
const SOCKS_PORT: u16 = 1080;

/// Creates connections.
#[derive(Clone)]
pub(super) struct Connector {
    http: HttpConnector<Resolver>,
    tls: Tls,
    proxies: Option<Arc<Matcher>>,
    timeout: Duration,
}

impl Connector {
    pub(super) fn new(tls: Tls, proxies: Option<Matcher>, timeout: Duration) -> Self {
        let http = tcp(Resolver(GaiResolver::new()), timeout);
        Self { http, tls, proxies: proxies.map(Arc::new), timeout }
    }

    #[cfg(feature = "__rustls")]
    pub(super) fn with_tls(self, tls: Tls) -> Self {
        Self { tls, ..self }
    }

    /// Returns the credentials of the proxy that forwards requests to `target`, if there is one.
    pub(super) fn proxy_authorization(&self, target: &Uri) -> Option<HeaderValue> {
        self.proxy(target).filter(|_| !is_https(target))?.basic_auth().cloned()
    }

    fn proxy(&self, target: &Uri) -> Option<Intercept> {
        self.proxies.as_ref()?.intercept(target)
    }

    async fn connect(self, target: Uri) -> Result<Stream, Failure> {
        let Some(proxy) = self.proxy(&target) else {
            self.tls.allows(&target)?;
            return Ok(Stream::new(self.tls.over(self.http).call(target).await?));
        };
        match proxy.uri().scheme_str() {
            Some("http" | "https") => {}
            Some("socks5" | "socks5h") => return self.connect_by_socks(target, &proxy).await,
            _ => return Err("the proxy speaks neither HTTP nor SOCKS5".into()),
        }
        self.tls.allows(proxy.uri())?;
        let mut to_proxy = self.tls.over_http1(self.http);
        if !is_https(&target) {
            return Ok(Stream::new(to_proxy.call(proxy.uri().clone()).await?).forwards());
        }
        self.tls.allows(&target)?;
        let mut tunnel = Tunnel::new(proxy.uri().clone(), to_proxy);
        if let Some(authorization) = proxy.basic_auth() {
            tunnel = tunnel.with_auth(authorization.clone());
        }
        Ok(Stream::new(self.tls.over(tunnel).call(target).await?))
    }

    /// Connects by SOCKS5 (RFC 1928), with a user name and a password (RFC 1929) if the proxy's
    /// address has them. The proxy resolves names.
    async fn connect_by_socks(self, target: Uri, proxy: &Intercept) -> Result<Stream, Failure> {
        self.tls.allows(&target)?;
        let mut socks = SocksV5::new(with_port(proxy.uri(), SOCKS_PORT)?, self.http);
        if let Some((user, password)) = proxy.raw_auth() {
            socks = socks.with_auth(user.to_owned(), password.to_owned());
        }
        let port = if is_https(&target) { 443 } else { 80 };
        Ok(Stream::new(self.tls.over(socks).call(with_port(&target, port)?).await?))
    }
}

/// Returns a URI with its port, or else with `port`.
fn with_port(uri: &Uri, port: u16) -> Result<Uri, Failure> {
    let host = uri.host().filter(|_| uri.port().is_none());
    let Some(host) = host else { return Ok(uri.clone()) };
    let scheme = uri.scheme_str().unwrap_or("http");
    Ok(Uri::builder().scheme(scheme).authority(format!("{host}:{port}")).path_and_query("/").build()?)
}

impl Service<Uri> for Connector {
    type Response = Stream;
    type Error = Failure;
    type Future = Connecting<Stream, Failure>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Failure>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, target: Uri) -> Self::Future {
        let connecting = tokio::time::timeout(self.timeout, self.clone().connect(target));
        Box::pin(async move { connecting.await? })
    }
}

/// Returns a TCP connector to the first reachable address of a name. The time is divided among the
/// addresses, so that an unresponsive one does not use all of it.
pub(super) fn tcp<R>(resolver: R, timeout: Duration) -> HttpConnector<R> {
    let mut tcp = HttpConnector::new_with_resolver(resolver);
    tcp.enforce_http(false);
    tcp.set_connect_timeout(Some(timeout));
    tcp.set_nodelay(true);
    tcp.set_keepalive(Some(KEEPALIVE));
    tcp.set_keepalive_interval(Some(KEEPALIVE));
    tcp.set_keepalive_retries(Some(KEEPALIVE_RETRIES));
    #[cfg(any(target_os = "android", target_os = "fuchsia", target_os = "linux"))]
    tcp.set_tcp_user_timeout(Some(UNACKNOWLEDGED));
    tcp
}

fn is_https(uri: &Uri) -> bool {
    uri.scheme_str() == Some("https")
}

/// The operating system's resolver, with marked errors.
#[derive(Clone)]
struct Resolver(GaiResolver);

impl Service<Name> for Resolver {
    type Response = GaiAddrs;
    type Error = TransportError;
    type Future = Connecting<GaiAddrs, TransportError>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), TransportError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, name: Name) -> Self::Future {
        let resolving = self.0.call(name);
        Box::pin(async move {
            resolving.await.map_err(|error| TransportError::new(Kind::Dns).with_source(error).unsent())
        })
    }
}
