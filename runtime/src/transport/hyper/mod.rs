//! The default transport: HTTP by hyper, TLS by rustls.
//!
//! In: a final request. Out: its response, decompressed. The rule: hyper moves bytes and decides nothing: the request's
//! target is sent as it is, and nothing is sent twice.

mod connect;
mod failure;
mod stream;
#[cfg(test)]
mod tests;
mod tls;

use self::{connect::Connector, tls::Tls};
use super::{Body, Transport, TransportError, TransportErrorKind as Kind, TransportFuture, gzip};
use http::{HeaderValue, Request, Uri, header};
use hyper_util::{
    client::{legacy, proxy::matcher::Matcher},
    rt::{TokioExecutor, TokioTimer},
};
use std::{fmt, time::Duration};

/// HTTP/1.1 and HTTP/2 with gzip, over TLS that trusts what the operating system trusts.
///
/// Honours `HTTP_PROXY`, `HTTPS_PROXY`, `ALL_PROXY` and `NO_PROXY`, for proxies that speak HTTP. Clones share one pool
/// of connections.
#[derive(Clone)]
pub struct Hyper {
    client: legacy::Client<Connector, Body>,
    connector: Connector,
}

impl Hyper {
    /// A transport that gives up connecting (DNS, TCP, TLS, proxy) after `connect_timeout`.
    ///
    /// # Errors
    /// Where rustls refuses its configuration.
    pub fn new(connect_timeout: Duration) -> Result<Self, TransportError> {
        Ok(Self::of(Connector::new(Tls::system()?, Some(Matcher::from_system()), connect_timeout)))
    }

    /// As [`new`](Self::new), but without a proxy, whatever the environment says.
    ///
    /// # Errors
    /// As [`new`](Self::new).
    pub fn direct(connect_timeout: Duration) -> Result<Self, TransportError> {
        Ok(Self::of(Connector::new(Tls::system()?, None, connect_timeout)))
    }

    /// Has TLS trust, and show, what `config` says: certificates of your own, for example. Its `alpn_protocols` are set
    /// here. Connections made so far are not used any more.
    #[cfg(feature = "__rustls")]
    #[must_use]
    pub fn with_tls(self, config: rustls::ClientConfig) -> Self {
        Self::of(self.connector.with_tls(Tls::new(config)))
    }

    fn of(connector: Connector) -> Self {
        let mut builder = legacy::Client::builder(TokioExecutor::new());
        builder.timer(TokioTimer::new()).pool_timer(TokioTimer::new());
        Self { client: builder.build(connector.clone()), connector }
    }
}

/// Whether a request to `target` can be sent at all.
fn allows(target: &Uri) -> Result<(), TransportError> {
    // Outside of a runtime hyper panics.
    if tokio::runtime::Handle::try_current().is_err() {
        return Err(TransportError::new(Kind::Unusable).with_source("there is no tokio runtime"));
    }
    // hyper writes a target's credentials to its log, and sends them to a proxy.
    let credentials = target.authority().is_none_or(|authority| authority.as_str().contains('@'));
    if credentials || !matches!(target.scheme_str(), Some("http" | "https")) {
        let reason = "the target is no address of http or https without credentials";
        return Err(TransportError::new(Kind::Other).with_source(reason));
    }
    Ok(())
}

/// Shows nothing: a proxy's address can hold a password.
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
        // A part of a text in gzip can't be decompressed.
        if !request.headers().contains_key(header::RANGE) {
            let encodings = request.headers_mut().entry(header::ACCEPT_ENCODING);
            encodings.or_insert(HeaderValue::from_static("gzip"));
        }
        if let Some(authorization) = self.connector.proxy_authorization(request.uri()) {
            request.headers_mut().insert(header::PROXY_AUTHORIZATION, authorization);
        }
        let response = self.client.request(request);
        Box::pin(async move {
            Ok(gzip::decompressed(response.await.map_err(failure::of_request)?.map(Body::new)))
        })
    }
}
