//! One call, while its arguments are collected.
//!
//! In: arguments, from generated code. Out: a future of the response. The rule: no setter fails; the first thing that
//! is wrong is what `send` gives, before any I/O.

pub(crate) mod arguments;
pub(crate) mod content;
pub(crate) mod methods;
pub(crate) mod multipart;
pub(crate) mod path;
pub(crate) mod style;
pub(crate) mod tree;

use crate::{
    call::future::{AnswerFuture, ResponseFuture},
    call::{self, Answer, Call},
    client::Client,
    client::operation::Operation,
    client::settings::Settings,
    error::{Echo, Error, ErrorKind},
    model::DeserializeOwned,
    request::arguments::{Arguments, Target},
    request::content::Content,
    response::Response,
    response::decode,
};
use bytes::Bytes;
use http::{HeaderMap, HeaderValue, header as names};
use std::{fmt, time::Duration};

/// One call of an operation, while its arguments are collected. Generated code wraps it in a type of its own.
#[must_use = "a request does nothing until it is sent"]
pub struct Request {
    client: Client,
    operation: &'static Operation,
    pub(crate) arguments: Arguments,
    pub(crate) content: Option<Content>,
    /// The media types that are asked for.
    pub(crate) accept: &'static str,
    streamed: bool,
    settings: Settings,
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
            streamed: false,
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

    /// How long the server may say nothing, in place of the client's setting. Zero is refused.
    pub fn idle_timeout(mut self, timeout: Duration) -> Self {
        self.settings.idle_timeout = timeout;
        self
    }

    /// How often a failed attempt is repeated, at most, in place of the client's setting: 0 to 10.
    pub fn retries(mut self, retries: u32) -> Self {
        self.settings.retries = retries;
        self
    }

    /// Sends the request and decodes the response's JSON.
    pub fn send<T: DeserializeOwned>(self) -> ResponseFuture<T> {
        ResponseFuture::new(self.start(), decode::body)
    }

    /// Sends the request and decodes the response's JSON; also gives status, headers and request id.
    pub fn send_with_response<T: DeserializeOwned>(self) -> ResponseFuture<Response<T>> {
        ResponseFuture::new(self.start(), decode::response)
    }

    /// Sends the request of an operation without content; whatever content comes is passed over.
    pub fn send_empty(self) -> ResponseFuture<()> {
        ResponseFuture::new(self.start(), |_| Ok(()))
    }

    /// As [`send_empty`](Self::send_empty); also gives status, headers and request id.
    pub fn send_empty_with_response(self) -> ResponseFuture<Response<()>> {
        ResponseFuture::new(self.start(), |answer| Ok(answer.into_response(())))
    }

    pub(crate) fn send_as<T>(self, decode: fn(Answer) -> Result<T, Error>) -> ResponseFuture<T> {
        ResponseFuture::new(self.start(), decode)
    }

    /// As [`start`](Self::start), up to the head of a success.
    pub(crate) fn open(mut self) -> AnswerFuture {
        self.streamed = true;
        self.start()
    }

    /// All of a call that doesn't depend on the type of its value.
    fn start(self) -> AnswerFuture {
        let call = self.prepare().map(Box::new);
        Box::pin(async move { call::run(call?).await })
    }

    pub(crate) fn prepare(mut self) -> Result<Call, Error> {
        let id = self.operation.id();
        let refuse = |kind| move |problem: String| Error::new(kind, problem).of(id, 0);
        if let Some(problem) =
            self.arguments.problem().or_else(|| self.settings.problems().into_iter().next())
        {
            return Err(refuse(ErrorKind::InvalidInput)(problem));
        }
        let target = self.arguments.target(self.operation.path());
        let Target { path, query } = target.map_err(refuse(ErrorKind::InvalidInput))?;
        let chosen = self.client.credentials(self.operation).map_err(refuse(ErrorKind::Configuration))?;
        let mut headers = self.all_headers();
        let query_keys = chosen.place(&mut headers).map_err(refuse(ErrorKind::Configuration))?;
        let uri = self.client.address(self.operation, &path, &query);
        let uri = uri.map_err(refuse(ErrorKind::InvalidInput))?;
        let (mut said, own) = self.arguments.into_said();
        said.extend(chosen.secrets());
        let authorization = chosen.authorization;
        Ok(Call {
            uri,
            headers,
            echo: Echo::new(said).with_headers(own, authorization.clone()),
            body: self.content.map(|content| content.body).unwrap_or_default(),
            authorization,
            query_keys,
            tokens: chosen.tokens,
            client: self.client,
            operation: self.operation,
            settings: self.settings,
            accept: self.accept,
            streamed: self.streamed,
            opened: None,
        })
    }

    /// The headers of every request, but for credentials, with the caller's in their place.
    fn all_headers(&self) -> HeaderMap {
        let mut headers = HeaderMap::with_capacity(6);
        headers.insert(names::USER_AGENT, self.client.user_agent().clone());
        let accept = HeaderValue::from_maybe_shared(Bytes::from_static(self.accept.as_bytes()));
        if let (false, Ok(media_type)) = (self.accept.is_empty(), accept) {
            headers.insert(names::ACCEPT, media_type);
        }
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
