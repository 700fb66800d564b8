//! A client: what all calls to one server share.

use crate::{
    auth::{self, Prepared},
    clock::Clock,
    operation::Operation,
    retry::{Budget, Jitter},
    server::Server,
    settings::Settings,
    transport::Transport,
};
use http::{HeaderValue, Uri};
use std::{fmt, sync::Arc};

/// What all calls to one server share: address, credentials, connections, timeouts, retries, limits. Cheap to clone.
#[derive(Clone)]
pub struct Client(Arc<Inner>);

pub(crate) struct Inner {
    pub(crate) server: Server,
    pub(crate) auth: Option<Prepared>,
    pub(crate) transport: Arc<dyn Transport>,
    pub(crate) clock: Option<Arc<dyn Clock>>,
    pub(crate) user_agent: HeaderValue,
    pub(crate) settings: Settings,
    pub(crate) jitter: Jitter,
    pub(crate) budget: Budget,
}

impl Client {
    pub(crate) fn new(inner: Inner) -> Self {
        Self(Arc::new(inner))
    }

    /// Where a path of this server is, with a query.
    pub(crate) fn address(&self, path: &str, query: &str) -> Result<Uri, String> {
        self.0.server.join(path, query)
    }

    /// What goes into `Authorization` for `operation`, if anything does.
    pub(crate) fn authorization(&self, operation: &Operation) -> Result<Option<HeaderValue>, String> {
        auth::choose(operation.alternatives(), self.0.auth.as_ref()).map(Option::<&_>::cloned)
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
