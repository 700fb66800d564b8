//! A transport with scripted responses.

use crate::{
    client::Client,
    client::builder::ClientBuilder,
    client::operation::Operation,
    error::Error,
    transport::{Body, Recorded, Transport, TransportError, TransportErrorKind, TransportFuture},
};
use bytes::Bytes;
use http::{HeaderValue, Request, Response, StatusCode, header};
use serde_core::Serialize;
use std::{
    collections::VecDeque,
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

/// The responses of a client's operations. Clones share them, and the recorded requests.
#[derive(Clone, Default)]
pub struct Script(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    answers: Vec<Answers>,
    calls: Vec<(&'static str, Recorded)>,
}

/// The remaining responses of an operation.
struct Answers {
    operation: String,
    waiting: VecDeque<Answer>,
    /// True if the last response was returned. It stays for further calls.
    is_last_given: bool,
}

#[derive(Clone)]
struct Answer {
    #[cfg_attr(not(feature = "hyper"), expect(dead_code, reason = "without tokio nothing can wait"))]
    after: Duration,
    outcome: Result<Response<Bytes>, TransportErrorKind>,
}

impl Script {
    /// Creates a script without responses: each call fails.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds the next response of an operation. The last response is repeated.
    ///
    /// `operation` is the operation's constant, such as `requests::CreatePet::OPERATION`, or its id
    /// in the document.
    pub fn on(self, operation: impl Into<String>) -> On {
        On { script: self, operation: operation.into(), after: Duration::ZERO }
    }

    /// Returns a client that uses this script, and needs no credentials.
    ///
    /// # Errors
    /// The same as [`ClientBuilder::build`]. The settings of a script cause none of them.
    pub fn client<C: From<Client>>(&self) -> Result<C, Error> {
        self.builder().build()
    }

    /// Returns a builder of clients that use this script and need no credentials. They do not wait
    /// between attempts.
    pub fn builder<C: From<Client>>(&self) -> ClientBuilder<C> {
        ClientBuilder::new("https://script.invalid")
            .auth(crate::client::auth::Auth::none())
            .transport(self.clone())
            .backoff(Duration::ZERO, Duration::ZERO)
    }

    /// Returns the ids of operations with responses that no call received. Empty at the end of a
    /// test that uses all.
    #[must_use]
    pub fn unused(&self) -> Vec<String> {
        let state = self.lock();
        let is_unused = |answers: &&Answers| answers.waiting.len() > 1 || !answers.is_last_given;
        state.answers.iter().filter(is_unused).map(|answers| answers.operation.clone()).collect()
    }

    /// Returns the requests of an operation so far, with retries.
    #[must_use]
    pub fn calls(&self, operation: impl Into<String>) -> Vec<Recorded> {
        let (state, operation) = (self.lock(), operation.into());
        let of_it = state.calls.iter().filter(|(id, _)| *id == operation);
        of_it.map(|(_, request)| request.clone()).collect()
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn next(&self, operation: &'static str, request: Recorded) -> Option<Answer> {
        let mut state = self.lock();
        state.calls.push((operation, request));
        let answers = state.answers.iter_mut().find(|answers| answers.operation == operation)?;
        if answers.waiting.len() > 1 {
            return answers.waiting.pop_front();
        }
        answers.is_last_given = true;
        answers.waiting.front().cloned()
    }
}

impl fmt::Debug for Script {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Script").field("calls", &self.lock().calls.len()).finish_non_exhaustive()
    }
}

impl Transport for Script {
    fn send(&self, request: Request<Body>) -> TransportFuture {
        let script = self.clone();
        Box::pin(async move {
            let operation = request.extensions().get::<&'static Operation>().map_or("", |one| one.id());
            let recorded = Recorded::read(request).await?;
            let Some(answer) = script.next(operation, recorded) else {
                return Err(TransportError::new(TransportErrorKind::Other)
                    .with_source(format!("the script has no answer for `{operation}`")));
            };
            #[cfg(feature = "hyper")]
            if !answer.after.is_zero() {
                tokio::time::sleep(answer.after).await;
            }
            answer.outcome.map(|response| response.map(Body::from)).map_err(TransportError::new)
        })
    }
}

/// The next response of an operation.
#[must_use = "the script has no answer until `reply`, `respond` or `fail`"]
pub struct On {
    script: Script,
    operation: String,
    after: Duration,
}

impl On {
    /// Delays the response. The delay is measured by tokio's clock, which a test can pause.
    #[cfg(feature = "hyper")]
    pub fn after(mut self, delay: Duration) -> Self {
        self.after = delay;
        self
    }

    /// Responds with a status and JSON.
    pub fn reply(self, status: u16, body: impl Serialize) -> Script {
        let json = serde_json::to_vec(&body).ok().zip(StatusCode::from_u16(status).ok());
        self.push(json.ok_or(TransportErrorKind::Other).map(|(json, status)| {
            let mut response = Response::new(Bytes::from(json));
            *response.status_mut() = status;
            response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
            response
        }))
    }

    /// Responds with any response.
    pub fn respond(self, response: Response<impl Into<Bytes>>) -> Script {
        self.push(Ok(response.map(Into::into)))
    }

    /// Fails like a connection.
    pub fn fail(self, kind: TransportErrorKind) -> Script {
        self.push(Err(kind))
    }

    fn push(self, outcome: Result<Response<Bytes>, TransportErrorKind>) -> Script {
        let answer = Answer { after: self.after, outcome };
        let mut state = self.script.lock();
        match state.answers.iter_mut().find(|answers| answers.operation == self.operation) {
            Some(answers) => answers.waiting.push_back(answer),
            None => state.answers.push(Answers {
                operation: self.operation,
                waiting: VecDeque::from([answer]),
                is_last_given: false,
            }),
        }
        drop(state);
        self.script
    }
}

impl fmt::Debug for On {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("On").field("operation", &self.operation).finish_non_exhaustive()
    }
}
