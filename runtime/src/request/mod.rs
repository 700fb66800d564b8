//! A call while its arguments are collected.
//!
//! Input: arguments. Output: a future of the response. Invariant: no setter fails. `send` returns
//! the first problem, before any I/O.

pub(crate) mod arguments;
pub(crate) mod content;
pub(crate) mod multipart;
pub(crate) mod options;
pub(crate) mod path;
pub(crate) mod style;
pub(crate) mod tree;
#[cfg(test)]
mod uritemplate;

use crate::{
    client::{Client, operation::Operation, settings::Settings},
    request::{arguments::Arguments, content::Content},
};
use bytes::Bytes;
use http::{HeaderMap, HeaderValue, header as names};
use std::{fmt, time::Duration};

/// One call of an operation, while its arguments are collected. Generated code wraps it in a type
/// for each operation.
#[must_use = "a request does nothing until it is sent"]
pub struct Request {
    pub(crate) client: Client,
    pub(crate) operation: &'static Operation,
    pub(crate) arguments: Arguments,
    pub(crate) content: Option<Content>,
    /// The accepted media types.
    pub(crate) accept: &'static str,
    pub(crate) settings: Settings,
}

impl Request {
    /// Begins a call of `operation`.
    pub fn new(client: &Client, operation: &'static Operation) -> Self {
        Self {
            settings: *client.settings(),
            client: client.clone(),
            operation,
            arguments: Arguments::default(),
            content: None,
            accept: operation.media_type(),
        }
    }

    /// Sets the operation timeout of this request. Overrides the client's setting. `send` returns
    /// an error if `timeout` is zero.
    pub fn operation_timeout(mut self, timeout: Duration) -> Self {
        self.settings.operation_timeout = timeout;
        self
    }

    /// Sets the attempt timeout of this request. Overrides the client's setting. `send` returns an
    /// error if `timeout` is zero.
    pub fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.settings.attempt_timeout = timeout;
        self
    }

    /// Sets the idle timeout of this request: the longest wait for the next piece of the response's
    /// body. Overrides the client's setting. `send` returns an error if `timeout` is zero.
    pub fn idle_timeout(mut self, timeout: Duration) -> Self {
        self.settings.idle_timeout = timeout;
        self
    }

    /// Sets the maximum number of retries of this request: 0 to 10. Overrides the client's setting.
    pub fn retries(mut self, retries: u32) -> Self {
        self.settings.retries = retries;
        self
    }

    /// Sets the accepted media types. Overrides the operation's.
    pub fn accept(mut self, media_types: &'static str) -> Self {
        self.accept = media_types;
        self
    }

    /// Returns the first problem with the arguments or settings, if any.
    pub(crate) fn problem(&mut self) -> Option<String> {
        self.arguments.problem().or_else(|| self.settings.problems().into_iter().next())
    }

    /// Returns the headers of every attempt, without credentials. The caller's headers take
    /// precedence.
    pub(crate) fn headers(&self) -> HeaderMap {
        let mut headers = HeaderMap::with_capacity(6);
        headers.insert(names::USER_AGENT, self.client.user_agent().clone());
        let accept = HeaderValue::from_maybe_shared(Bytes::from_static(self.accept.as_bytes()));
        if let (false, Ok(media_type)) = (self.accept.is_empty(), accept) {
            headers.insert(names::ACCEPT, media_type);
        }
        headers.extend(self.client.headers().clone());
        if let Some(content) = &self.content {
            headers.insert(names::CONTENT_TYPE, content.media_type.clone());
        }
        headers.extend(self.arguments.headers());
        headers
    }
}

/// Prints the operation and its path template. Everything else may be personal data.
impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request")
            .field("operation", &self.operation.id())
            .field("path", &self.operation.path())
            .finish_non_exhaustive()
    }
}
