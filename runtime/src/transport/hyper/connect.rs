//! How a connection is made: to the server, through a proxy's tunnel, or to a proxy that forwards.
//!
//! In: the origin of a request. Out: a stream. The rule: all of it together takes no longer than the connect timeout,
//! and no byte of a request is sent before it is done.

use super::{stream::Stream, tls::Tls};
use crate::transport::{TransportError, TransportErrorKind as Kind};
use http::{HeaderValue, Uri};
use hyper_util::client::{
    legacy::connect::{
        HttpConnector,
        dns::{GaiAddrs, GaiResolver, Name},
        proxy::Tunnel,
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

/// How soon a connection on which nothing is said is asked whether it is alive, and how soon it is asked again.
const KEEPALIVE: Duration = Duration::from_secs(15);
/// How often it is asked before it is dead.
const KEEPALIVE_RETRIES: u32 = 3;
/// How long what was sent may stay without TCP's acknowledgement. Without a limit a system tries for a quarter of an hour,
/// and every request that shares a connection of HTTP/2 fails as long.
#[cfg(any(target_os = "android", target_os = "fuchsia", target_os = "linux"))]
const UNACKNOWLEDGED: Duration = Duration::from_secs(30);

/// Makes connections.
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

    /// The credentials of the proxy that forwards requests to `target`, where one does.
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
        if !matches!(proxy.uri().scheme_str(), Some("http" | "https")) {
            return Err("the proxy doesn't speak HTTP".into());
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

/// TCP to the first of a name's addresses that answers. Each has its part of the time, so that one of them that is silent
/// doesn't take all.
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

/// The operating system's resolver, whose errors say that it is theirs.
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
