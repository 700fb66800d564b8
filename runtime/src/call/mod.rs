//! A call: one or more attempts.
//!
//! Input: a request that is complete except for credentials. Output: a whole successful response,
//! or an error. Invariant: only this folder decides on retries, by the error's `is_retryable`.

pub(crate) mod attempt;
#[cfg(feature = "blocking")]
pub(crate) mod blocking;
pub(crate) mod failure;
pub(crate) mod retry;
pub(crate) mod send;
pub(crate) mod trace;

use crate::{
    call::{
        attempt::{Received, attempt},
        failure::Failure,
        retry::Pause,
        trace::Span,
    },
    client::{
        Client, backoff::random_uuid, credentials, observer::Attempt, operation::Operation,
        settings::Settings, timer::within, token::Tokens,
    },
    error::{Echo, Error, ErrorKind, Timeout, retry_after, summary},
    request::{Request, arguments::Target},
    response::{
        answer::{Answer, Open, Reopen},
        decode,
        future::AnswerFuture,
        redirect::redirection,
    },
    transport::{self, Body},
};
use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, Uri, header};
use std::{
    pin::pin,
    sync::Arc,
    time::{Duration, Instant},
};
use zeroize::Zeroizing;

/// The parts of a call that all attempts share.
pub(crate) struct Call {
    pub(crate) client: Client,
    pub(crate) operation: &'static Operation,
    pub(crate) uri: Uri,
    pub(crate) headers: HeaderMap,
    pub(crate) authorization: Option<HeaderValue>,
    /// API keys for the query, percent-encoded.
    pub(crate) query_keys: Zeroizing<String>,
    /// The source of the token for `authorization`, if it expires.
    pub(crate) tokens: Option<Arc<Tokens>>,
    pub(crate) echo: Echo,
    /// The body. A whole body is sent with each attempt, a stream only once.
    pub(crate) body: Body,
    pub(crate) settings: Settings,
    /// The accepted media types.
    pub(crate) accept: &'static str,
    /// True if a success returns with its head, before its body is read.
    pub(crate) open: bool,
}

/// Makes attempts until one succeeds or no other is allowed.
pub(crate) async fn run(mut call: Box<Call>) -> Result<Answer, Error> {
    let span = Span::operation(&call);
    let repeatable = call.body.whole().is_some();
    let mut outcome = span.around(pin!(call.attempts())).await;
    span.end(&outcome);
    if let Some(open) = outcome.as_mut().ok().and_then(|answer| answer.open.as_mut()) {
        open.reopen = if repeatable { Some(call) } else { None };
    }
    outcome
}

impl Reopen for Call {
    fn reopen(&self, last_event_id: Option<&str>) -> AnswerFuture {
        let Some(mut call) = self.again() else {
            let error = Error::new(ErrorKind::Configuration, "the request's body can be sent only once");
            let error = error.of(self.operation.id(), 0);
            return Box::pin(std::future::ready(Err(error)));
        };
        let header = HeaderName::from_static("last-event-id");
        match last_event_id.map(HeaderValue::try_from) {
            Some(Ok(id)) if id.is_empty() => drop(call.headers.remove(header)),
            Some(Ok(id)) => drop(call.headers.insert(header, id)),
            Some(Err(_)) | None => {}
        }
        Box::pin(run(Box::new(call)))
    }
}

impl Call {
    /// Prepares a request, except for credentials that expire.
    ///
    /// # Errors
    /// Invalid arguments, settings or credentials, before any I/O.
    pub(crate) fn new(mut request: Request, open: bool) -> Result<Self, Error> {
        let id = request.operation.id();
        let refuse = |kind| move |problem: String| Error::new(kind, problem).of(id, 0);
        if let Some(problem) = request.problem() {
            return Err(refuse(ErrorKind::InvalidInput)(problem));
        }
        let mut headers = request.headers();
        if let Some(name) = request.operation.idempotency_key_header()
            && !headers.contains_key(name)
        {
            let name = HeaderName::try_from(name).ok();
            headers.extend(name.zip(HeaderValue::try_from(random_uuid()).ok()));
        }
        let Request { client, operation, arguments, content, accept, settings } = request;
        let target = arguments.target(operation.path());
        let Target { path, query } = target.map_err(refuse(ErrorKind::InvalidInput))?;
        let chosen = client.credentials(operation).map_err(refuse(ErrorKind::Configuration))?;
        let query_keys = chosen.place(&mut headers).map_err(refuse(ErrorKind::Configuration))?;
        let query = client.with_query(query);
        let uri = client.address(operation, &path, &query).map_err(refuse(ErrorKind::InvalidInput))?;
        let mut own = client.headers().clone();
        let (mut values, given) = arguments.into_texts();
        own.extend(given);
        values.extend(chosen.secrets());
        let authorization = chosen.authorization;
        Ok(Self {
            uri,
            headers,
            echo: Echo::new(values).with_headers(own, authorization.clone()),
            body: content.map(|content| content.body).unwrap_or_default(),
            authorization,
            query_keys,
            tokens: chosen.tokens,
            client,
            operation,
            settings,
            accept,
            open,
        })
    }

    async fn attempts(&mut self) -> Result<Answer, Error> {
        let now = |call: &Self| call.client.clock().map(|clock| clock.now());
        let deadline = now(self).and_then(|now| now.checked_add(self.settings.operation_timeout));
        let repeatable = self.body.whole().is_some();
        let mut refused = None;
        let mut attempts = 0;
        loop {
            self.authorize(refused.as_ref(), attempts, deadline).await?;
            attempts += 1;
            let span = Span::attempt(self, attempts);
            let start = now(self);
            let (received, outcome) = span.around(pin!(attempt(self, deadline))).await;
            let outcome = self.conclude(received, outcome, attempts).and_then(decode::complete);
            span.end(&outcome);
            let renew = repeatable && refused.is_none() && self.tokens.is_some() && is_refused(&outcome);
            let pause = match &outcome {
                Err(error) if repeatable && !renew => {
                    // The attempt with the refused token does not count.
                    let attempts = attempts - u32::from(refused.is_some());
                    retry::pause(&self.client, &self.settings, error, attempts, deadline)
                }
                _ => None,
            };
            if let Some(observer) = self.client.observer() {
                let duration = start.zip(now(self)).map(|(start, end)| end.saturating_duration_since(start));
                observer.attempted(&Attempt {
                    operation: self.operation,
                    number: attempts,
                    duration: duration.unwrap_or_default(),
                    status: status(&outcome),
                    error: outcome.as_ref().err().map(Error::kind),
                    pause: if renew { Some(Duration::ZERO) } else { pause.as_ref().map(|pause| pause.wait) },
                });
            }
            match pause {
                Some(Pause { wait, sleep }) => {
                    span.pause(wait);
                    sleep.await;
                }
                None if renew => refused = self.authorization.take(),
                None => {
                    if outcome.is_ok() {
                        self.client.budget().refill();
                    }
                    return outcome;
                }
            }
        }
    }

    /// Sets the expiring credential: the client's current token, or a new token if the current one
    /// is the `refused` one.
    async fn authorize(
        &mut self,
        refused: Option<&HeaderValue>,
        attempts: u32,
        deadline: Option<Instant>,
    ) -> Result<(), Error> {
        let Some(tokens) = &self.tokens else { return Ok(()) };
        let (clock, limit) = (self.client.clock(), self.settings.operation_timeout);
        let left =
            deadline.zip(clock).map(|(deadline, clock)| deadline.saturating_duration_since(clock.now()));
        let token = within(clock, left.unwrap_or(limit), pin!(tokens.header(clock, refused))).await;
        let token = token.map_err(|expired| Failure::expired(expired, Timeout::Operation, limit));
        let token = token.and_then(|token| token.map_err(Failure::NoToken));
        let token = token.map_err(|failure| failure.into_error(self.operation, attempts))?;
        self.echo.authorize(token.clone());
        self.authorization = Some(token);
        Ok(())
    }

    /// Returns the request of one attempt. Credentials are set last, when the address is final.
    pub(crate) fn request(&mut self) -> http::Request<Body> {
        let body = self.body.whole().cloned().map(Body::from);
        let mut request = http::Request::new(body.unwrap_or_else(|| std::mem::take(&mut self.body)));
        *request.method_mut() = self.operation.method();
        *request.uri_mut() = credentials::with_keys(&self.uri, &self.query_keys);
        *request.headers_mut() = self.headers.clone();
        request.extensions_mut().insert(self.operation);
        if let Some(authorization) = &self.authorization {
            request.headers_mut().insert(header::AUTHORIZATION, authorization.clone());
        }
        request
    }

    /// Copies the call, if its body can be sent again.
    pub(crate) fn again(&self) -> Option<Self> {
        Some(Self {
            client: self.client.clone(),
            operation: self.operation,
            uri: self.uri.clone(),
            headers: self.headers.clone(),
            authorization: self.authorization.clone(),
            query_keys: self.query_keys.clone(),
            tokens: self.tokens.clone(),
            echo: self.echo.clone(),
            body: Body::from(self.body.whole()?.clone()),
            settings: self.settings,
            accept: self.accept,
            open: self.open,
        })
    }

    /// Returns the outcome of one attempt.
    fn conclude(
        &mut self,
        received: Received,
        outcome: Result<(), Failure>,
        attempts: u32,
    ) -> Result<Answer, Error> {
        let (operation, body) = (self.operation, Bytes::from(received.body));
        let Some(head) = received.head else {
            let failure = outcome.err().unwrap_or(Failure::Silence);
            return Err(failure.into_error(operation, attempts));
        };
        let delimited = transport::is_delimited(&head);
        let (status, headers) = (head.status, head.headers);
        if operation.is_success(status)
            && let Ok(()) = outcome
        {
            let open = received.open.map(|body| {
                Box::new(Open { body, client: self.client.clone(), settings: self.settings, reopen: None })
            });
            let limit = usize::try_from(self.settings.max_body_bytes).unwrap_or(usize::MAX);
            let (accept, echo) = (self.accept, std::mem::take(&mut self.echo));
            return Ok(Answer {
                operation,
                status,
                delimited,
                headers,
                body,
                attempts,
                echo,
                limit,
                accept,
                open,
            });
        }
        let now = || self.client.clock().map_or_else(jiff::Timestamp::now, |clock| clock.timestamp());
        let wait = retry_after(&headers, now);
        let error = match outcome {
            Err(failure) if operation.is_success(status) => failure.into_error(operation, attempts),
            outcome => {
                let told = self.tell(status, &headers, &body);
                let (unread, source) = outcome.err().map(Failure::into_parts).unwrap_or_default();
                let message = [told, unread].into_iter().find(|text| !text.is_empty());
                Error::new(status_kind(status), message.unwrap_or_default())
                    .of(operation.id(), attempts)
                    .with_retry(operation.is_repeatable(status))
                    .with_source(source)
            }
        };
        Err(error
            .with_head(status, headers, operation.request_id_header(), &self.echo)
            .with_body(body)
            .with_retry_after(wait))
    }

    /// Returns a short message for an unsuccessful response.
    fn tell(&self, status: StatusCode, headers: &HeaderMap, body: &[u8]) -> String {
        match headers.get(header::LOCATION) {
            Some(location) if status.is_redirection() => self.echo.clean(&redirection(location), 200),
            _ => summary(body, &self.echo),
        }
    }
}

/// Returns true if the server refused the credentials.
fn is_refused(outcome: &Result<Answer, Error>) -> bool {
    status(outcome) == Some(StatusCode::UNAUTHORIZED)
}

/// Returns the status of a response, successful or not.
pub(crate) fn status(outcome: &Result<Answer, Error>) -> Option<StatusCode> {
    outcome.as_ref().map_or_else(Error::status, |answer| Some(answer.status))
}

fn status_kind(status: StatusCode) -> ErrorKind {
    if status.is_client_error() || status.is_server_error() {
        ErrorKind::Status
    } else {
        ErrorKind::UnexpectedStatus
    }
}
