//! One call, while its arguments are collected.
//!
//! In: arguments, from generated code. Out: a future of the response. The rule: no setter fails; the first thing that
//! is wrong is what `send` gives, before any I/O.

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

/// One call of an operation, while its arguments are collected. Generated code wraps it in a type of its own.
#[must_use = "a request does nothing until it is sent"]
pub struct Request {
    pub(crate) client: Client,
    pub(crate) operation: &'static Operation,
    pub(crate) arguments: Arguments,
    pub(crate) content: Option<Content>,
    /// The media types that are asked for.
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

    /// How long this operation may take in all, in place of the client's setting. Zero is refused.
    pub fn operation_timeout(mut self, timeout: Duration) -> Self {
        self.settings.operation_timeout = timeout;
        self
    }

    /// How long one attempt may take, in place of the client's setting. Zero is refused.
    pub fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.settings.attempt_timeout = timeout;
        self
    }

    /// The longest wait for the next piece of the response's body, in place of the client's setting. Zero is refused.
    pub fn idle_timeout(mut self, timeout: Duration) -> Self {
        self.settings.idle_timeout = timeout;
        self
    }

    /// How often a failed attempt is repeated, at most, in place of the client's setting: 0 to 10.
    pub fn retries(mut self, retries: u32) -> Self {
        self.settings.retries = retries;
        self
    }

    /// Sets the media types that the request asks for, in place of the operation's.
    pub fn accept(mut self, media_types: &'static str) -> Self {
        self.accept = media_types;
        self
    }

    /// Returns what is wrong with the arguments and settings, if anything is.
    pub(crate) fn problem(&mut self) -> Option<String> {
        self.arguments.problem().or_else(|| self.settings.problems().into_iter().next())
    }

    /// The headers of every request, but for credentials, with the caller's in their place.
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

/// Shows the operation and its path template; all else can hold personal data.
impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request")
            .field("operation", &self.operation.id())
            .field("path", &self.operation.path())
            .finish_non_exhaustive()
    }
}
