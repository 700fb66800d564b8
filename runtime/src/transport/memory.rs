//! A transport without a network.
//!
//! Input: responses, in order or from a closure. Output: these responses, and the recorded
//! requests. Invariant: a recorded request is exactly the request of the client. This transport
//! adds no header, while `Hyper` adds `Accept-Encoding`.

use super::{Body, Transport, TransportError, TransportErrorKind, TransportFuture};
use bytes::Bytes;
use http::{HeaderMap, Method, Request, Response, StatusCode, Uri, header};
use http_body::Body as _;
use serde_core::Serialize;
use std::{
    collections::VecDeque,
    fmt,
    future::poll_fn,
    pin::Pin,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// A transport for tests that responds from memory and records requests. Clones share the responses
/// and the recorded requests.
///
/// ```
/// use runtime::{Auth, Client, ClientBuilder, transport::Memory};
///
/// let memory = Memory::new().reply(200, r#"{"sid": "US1"}"#).reply(404, "{}");
/// let client: Client = ClientBuilder::new("https://example.com")
///     .auth(Auth::basic("user", "password"))
///     .transport(memory.clone())
///     .build()?;
/// // … calls of the client …
/// assert!(memory.requests().is_empty());
/// # Ok::<(), runtime::Error>(())
/// ```
#[derive(Clone)]
pub struct Memory {
    answer: Arc<dyn Fn(&Recorded) -> Answer + Send + Sync>,
    queue: Arc<Mutex<VecDeque<Answer>>>,
    requests: Arc<Mutex<Vec<Recorded>>>,
}

type Answer = Result<Response<Body>, TransportError>;

impl Memory {
    /// Creates a transport that returns queued responses in order, then an error.
    #[must_use]
    pub fn new() -> Self {
        Self::answering(|_| {
            Err(TransportError::new(TransportErrorKind::Other)
                .with_source("the in-memory transport has no answer left"))
        })
    }

    /// Creates a transport that calls a closure for each request when the queue is empty.
    #[must_use]
    pub fn answering(
        answer: impl Fn(&Recorded) -> Result<Response<Body>, TransportError> + Send + Sync + 'static,
    ) -> Self {
        Self { answer: Arc::new(answer), queue: Arc::default(), requests: Arc::default() }
    }

    /// Queues a response with JSON text, or its bytes.
    #[must_use]
    pub fn reply(self, status: u16, json: impl Into<Bytes>) -> Self {
        let answer = StatusCode::from_u16(status)
            .map(|status| {
                let mut response = Response::new(Body::from(json.into()));
                *response.status_mut() = status;
                let json = header::HeaderValue::from_static("application/json");
                response.headers_mut().insert(header::CONTENT_TYPE, json);
                response
            })
            .map_err(|error| TransportError::new(TransportErrorKind::Other).with_source(error));
        self.queue(answer)
    }

    /// Queues a response with a value as JSON.
    ///
    /// ```
    /// # use runtime::{serde_json::json, transport::Memory};
    /// let memory = Memory::new().reply_json(200, json!({"sid": "US1"}));
    /// ```
    #[must_use]
    pub fn reply_json(self, status: u16, value: impl Serialize) -> Self {
        match serde_json::to_vec(&value) {
            Ok(json) => self.reply(status, json),
            Err(error) => self.fail(TransportError::new(TransportErrorKind::Other).with_source(error)),
        }
    }

    /// Queues a response of any shape, such as a file.
    ///
    /// ```
    /// # use runtime::{http::Response, transport::Memory};
    /// let file = Response::builder().header("Content-Type", "image/png").body(vec![0x89, b'P', b'N', b'G']);
    /// let memory = Memory::new().respond(file?);
    /// # Ok::<(), runtime::http::Error>(())
    /// ```
    #[must_use]
    pub fn respond(self, response: Response<impl Into<Body>>) -> Self {
        self.queue(Ok(response.map(Into::into)))
    }

    /// Queues a failure.
    #[must_use]
    pub fn fail(self, error: TransportError) -> Self {
        self.queue(Err(error))
    }

    /// Returns the requests so far.
    #[must_use]
    pub fn requests(&self) -> Vec<Recorded> {
        lock(&self.requests).clone()
    }

    fn queue(self, answer: Answer) -> Self {
        lock(&self.queue).push_back(answer);
        self
    }
}

impl Default for Memory {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for Memory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Memory").field("requests", &lock(&self.requests).len()).finish_non_exhaustive()
    }
}

impl Transport for Memory {
    fn send(&self, request: Request<Body>) -> TransportFuture {
        let memory = self.clone();
        Box::pin(async move {
            let recorded = Recorded::read(request).await?;
            lock(&memory.requests).push(recorded.clone());
            let queued = lock(&memory.queue).pop_front();
            queued.unwrap_or_else(|| (memory.answer)(&recorded))
        })
    }
}

/// A recorded request.
#[derive(Clone)]
pub struct Recorded {
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
}

impl Recorded {
    /// Reads a request to its end.
    pub(crate) async fn read(request: Request<Body>) -> Result<Self, TransportError> {
        let (head, mut body) = request.into_parts();
        let mut bytes = Vec::new();
        while let Some(frame) = poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await {
            if let Ok(data) = frame?.into_data() {
                bytes.extend_from_slice(&data);
            }
        }
        Ok(Self { method: head.method, uri: head.uri, headers: head.headers, body: bytes.into() })
    }

    /// Returns the method.
    #[must_use]
    pub fn method(&self) -> &Method {
        &self.method
    }

    /// Returns the absolute URI.
    #[must_use]
    pub fn uri(&self) -> &Uri {
        &self.uri
    }

    /// Returns path and query, byte for byte as in the request line.
    #[must_use]
    pub fn target(&self) -> &str {
        self.uri.path_and_query().map_or("/", |target| target.as_str())
    }

    /// Returns the value of a header, if it exists and is ASCII.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// Returns all headers, including credentials.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// Returns the whole body.
    #[must_use]
    pub fn body(&self) -> &Bytes {
        &self.body
    }
}

/// Prints the method only. Everything else may be secret or personal data.
impl fmt::Debug for Recorded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Recorded").field("method", &self.method).finish_non_exhaustive()
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
