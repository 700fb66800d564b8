//! A client: what all calls to one server share.

pub(crate) mod auth;
pub(crate) mod backoff;
pub(crate) mod budget;
pub(crate) mod builder;
pub(crate) mod clock;
pub(crate) mod credentials;
pub(crate) mod observer;
pub(crate) mod operation;
pub(crate) mod server;
pub(crate) mod server_template;
pub(crate) mod settings;
pub(crate) mod timer;
pub(crate) mod token;

use crate::{
    client::auth::Prepared,
    client::backoff::Jitter,
    client::budget::Budget,
    client::clock::Clock,
    client::credentials::{Chosen, UNDECLARED, choose},
    client::observer::Observer,
    client::operation::Operation,
    client::server::Server,
    client::settings::Settings,
    transport::Transport,
};
use http::{HeaderMap, HeaderValue, Uri};
use std::{fmt, sync::Arc};

/// The settings that all calls to one server share: address, credentials, connections, timeouts,
/// retries, limits. Cheap to clone.
#[derive(Clone)]
pub struct Client(Arc<Inner>);

pub(crate) struct Inner {
    pub(crate) server: Server,
    /// True if the program set the server. This server then replaces the server of every operation.
    pub(crate) chosen: bool,
    /// The servers that replace declared servers of operations, by the declared server.
    pub(crate) others: Vec<(String, Server)>,
    pub(crate) auth: Option<Prepared>,
    /// True if the document declares no security for any operation.
    pub(crate) undeclared: bool,
    pub(crate) transport: Arc<dyn Transport>,
    pub(crate) clock: Option<Arc<dyn Clock>>,
    pub(crate) user_agent: HeaderValue,
    /// Headers of every request.
    pub(crate) headers: HeaderMap,
    /// Query parameters of every request, percent-encoded: names and pairs.
    pub(crate) query: Vec<(String, String)>,
    pub(crate) settings: Settings,
    pub(crate) jitter: Jitter,
    pub(crate) budget: Budget,
    pub(crate) observer: Option<Arc<dyn Observer>>,
}

impl Client {
    pub(crate) fn new(inner: Inner) -> Self {
        Self(Arc::new(inner))
    }

    /// Returns the address of a path and query on the operation's server. If the program set the
    /// server, no operation uses a server that the program did not set, because credentials are
    /// sent along.
    pub(crate) fn address(&self, operation: &Operation, path: &str, query: &str) -> Result<Uri, String> {
        let Inner { server, chosen, others, .. } = &*self.0;
        let Some(own) = operation.own_server() else { return server.join(path, query) };
        match others.iter().find(|(known, _)| known == own) {
            Some((_, other)) => other.join(path, query),
            None if *chosen => server.join(path, query),
            None => server.of_operation(own)?.join(path, query),
        }
    }

    /// Returns the credentials for a call of `operation`.
    pub(crate) fn credentials(&self, operation: &Operation) -> Result<Chosen, String> {
        let alternatives = match operation.alternatives() {
            [] if self.0.undeclared => &[UNDECLARED, &[]],
            declared => declared,
        };
        choose(alternatives, self.0.auth.as_ref())
    }

    pub(crate) fn observer(&self) -> Option<&dyn Observer> {
        self.0.observer.as_deref()
    }

    pub(crate) fn transport(&self) -> &dyn Transport {
        &*self.0.transport
    }

    pub(crate) fn clock(&self) -> Option<&dyn Clock> {
        self.0.clock.as_deref()
    }

    pub(crate) fn user_agent(&self) -> &HeaderValue {
        &self.0.user_agent
    }

    pub(crate) fn headers(&self) -> &HeaderMap {
        &self.0.headers
    }

    /// Returns the query of a request with the client's own parameters, unless the request sets
    /// them.
    pub(crate) fn with_query(&self, query: String) -> String {
        let names: Vec<&str> = query.split('&').filter_map(|pair| pair.split('=').next()).collect();
        let missing = self.0.query.iter().filter(|(name, _)| !names.contains(&name.as_str()));
        let pairs: Vec<&str> = [query.as_str()]
            .into_iter()
            .filter(|query| !query.is_empty())
            .chain(missing.map(|(_, pair)| pair.as_str()))
            .collect();
        pairs.join("&")
    }

    pub(crate) fn settings(&self) -> &Settings {
        &self.0.settings
    }

    pub(crate) fn jitter(&self) -> &Jitter {
        &self.0.jitter
    }

    pub(crate) fn budget(&self) -> &Budget {
        &self.0.budget
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("server", &self.0.server.origin()).finish_non_exhaustive()
    }
}
