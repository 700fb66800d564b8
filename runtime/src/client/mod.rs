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
    client::credentials::{Chosen, choose},
    client::observer::Observer,
    client::operation::Operation,
    client::server::Server,
    client::settings::Settings,
    transport::Transport,
};
use http::{HeaderValue, Uri};
use std::{fmt, sync::Arc};

/// What all calls to one server share: address, credentials, connections, timeouts, retries, limits. Cheap to clone.
#[derive(Clone)]
pub struct Client(Arc<Inner>);

pub(crate) struct Inner {
    pub(crate) server: Server,
    /// The program chose the server: it is that of every operation.
    pub(crate) chosen: bool,
    /// Servers in place of those that operations have of their own.
    pub(crate) others: Vec<(String, Server)>,
    pub(crate) auth: Option<Prepared>,
    pub(crate) transport: Arc<dyn Transport>,
    pub(crate) clock: Option<Arc<dyn Clock>>,
    pub(crate) user_agent: HeaderValue,
    pub(crate) settings: Settings,
    pub(crate) jitter: Jitter,
    pub(crate) budget: Budget,
    pub(crate) observer: Option<Arc<dyn Observer>>,
}

impl Client {
    pub(crate) fn new(inner: Inner) -> Self {
        Self(Arc::new(inner))
    }

    /// Where a path of the operation's server is, with a query. Where the program chose a server, no operation goes to
    /// another one that the program didn't name: credentials would go with it.
    pub(crate) fn address(&self, operation: &Operation, path: &str, query: &str) -> Result<Uri, String> {
        let Inner { server, chosen, others, .. } = &*self.0;
        let Some(own) = operation.own_server() else { return server.join(path, query) };
        match others.iter().find(|(known, _)| known == own) {
            Some((_, other)) => other.join(path, query),
            None if *chosen => server.join(path, query),
            None => server.of_operation(own)?.join(path, query),
        }
    }

    /// The credentials that go with a call of `operation`.
    pub(crate) fn credentials(&self, operation: &Operation) -> Result<Chosen, String> {
        choose(operation.alternatives(), self.0.auth.as_ref())
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
