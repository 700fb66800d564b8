//! Creates a client from the settings of a builder.
//!
//! Input: a [`ClientBuilder`]. Output: a client, or an error with all invalid settings.

use super::ClientBuilder;
use crate::{
    client::auth::Credential,
    client::budget::Budget,
    client::clock::Clock,
    client::credentials::{self, UNDECLARED},
    client::server::Server,
    client::settings::CONNECT_TIMEOUT,
    client::{Client, Inner},
    error::{Error, ErrorKind},
    transport::Transport,
    wire::header,
    wire::percent::{Keep, encode},
};
use http::HeaderMap;
use std::{sync::Arc, time::Duration};

impl<C> ClientBuilder<C> {
    pub(super) fn build_client(self) -> Result<Client, Error> {
        let mut problems = Vec::new();
        if self.connect_timeout == Some(Duration::ZERO) {
            problems.push("the connect timeout is zero".to_owned());
        }
        problems.extend(self.settings.problems());
        let server =
            self.server.and_then(|url| Server::parse(&url, self.plain_http).map_err(|one| vec![one]));
        let server = server.map_err(|all| problems.extend(all.iter().map(|one| format!("base URL: {one}"))));
        let mut others = Vec::new();
        for (own, url) in self.others {
            match Server::parse(&url, self.plain_http) {
                Ok(server) => others.push((own, server)),
                Err(problem) => problems.push(format!("base URL for `{own}`: {problem}")),
            }
        }
        let auth = self.auth.map(|auth| auth.prepare()).transpose();
        let auth = auth.map_err(|all| problems.extend(all.iter().map(|one| format!("credentials: {one}"))));
        if let (Ok(Some(auth)), Some(taken)) = (&auth, self.taken) {
            let undeclared = self.undeclared.then_some(UNDECLARED).into_iter().flatten();
            let taken: Vec<Credential> = taken.iter().chain(undeclared).copied().collect();
            problems.extend(credentials::unused(auth, &taken));
        }
        let user_agent = header::text(&self.user_agent)
            .ok_or_else(|| problems.push("the user agent is not visible ASCII".to_owned()));
        let mut headers = HeaderMap::new();
        for (name, value) in &self.headers {
            problems.extend(header::set(&mut headers, name, value).err());
        }
        let loopback = server.as_ref().is_ok_and(Server::is_loopback);
        let transport = transport(self.transport, self.connect_timeout, loopback);
        let transport = transport.map_err(|problem| problems.push(problem));
        match (server, auth, user_agent, transport) {
            (Ok(server), Ok(auth), Ok(user_agent), Ok(transport)) if problems.is_empty() => {
                let clock = self.clock.or_else(default_clock);
                let (settings, jitter, observer) = (self.settings, self.jitter, self.observer);
                Ok(Client::new(Inner {
                    server,
                    chosen: self.chosen,
                    others,
                    auth,
                    undeclared: self.undeclared,
                    transport,
                    clock,
                    user_agent,
                    headers,
                    query: self.query.iter().map(|(name, value)| pair(name, value)).collect(),
                    settings,
                    jitter,
                    budget: Budget::full(),
                    observer,
                }))
            }
            _ => Err(Error::new(ErrorKind::Configuration, problems.join("; "))),
        }
    }
}

/// Returns a percent-encoded query parameter: its name, and the pair.
fn pair(name: &str, value: &str) -> (String, String) {
    let (mut key, mut text) = (String::new(), String::new());
    encode(name, Keep::Unreserved, &mut key);
    encode(value, Keep::Unreserved, &mut text);
    let pair = format!("{key}={text}");
    (key, pair)
}

/// Returns the given transport, or else the default one.
fn transport(
    given: Option<Arc<dyn Transport>>,
    connect_timeout: Option<Duration>,
    loopback: bool,
) -> Result<Arc<dyn Transport>, String> {
    match (given, connect_timeout) {
        (Some(transport), None) => Ok(transport),
        (Some(_), Some(_)) => {
            Err("the connect timeout is the default transport's, and another transport was given".to_owned())
        }
        (None, timeout) => default_transport(timeout.unwrap_or(CONNECT_TIMEOUT), loopback),
    }
}

#[cfg(feature = "hyper")]
fn default_transport(connect_timeout: Duration, loopback: bool) -> Result<Arc<dyn Transport>, String> {
    use crate::transport::Hyper;
    // A proxy would read plain HTTP, and would resolve `localhost` to itself.
    let make = if loopback { Hyper::direct } else { Hyper::new };
    match make(connect_timeout) {
        Ok(transport) => Ok(Arc::new(transport)),
        Err(error) => {
            let cause = std::error::Error::source(&error).map(|cause| format!(": {cause}"));
            Err(format!("{error}{}", cause.unwrap_or_default()))
        }
    }
}

#[cfg(not(feature = "hyper"))]
fn default_transport(_: Duration, _: bool) -> Result<Arc<dyn Transport>, String> {
    Err("no transport: give one, or turn on the feature `hyper`".to_owned())
}

#[cfg(feature = "hyper")]
fn default_clock() -> Option<Arc<dyn Clock>> {
    Some(Arc::new(crate::client::clock::Tokio))
}

#[cfg(not(feature = "hyper"))]
fn default_clock() -> Option<Arc<dyn Clock>> {
    None
}
