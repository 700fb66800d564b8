//! One attempt: sends a request once and receives the whole response.
//!
//! Input: a call and its deadline. Output: the received part of the response, and the failure if it
//! is incomplete. Every wait and every byte counts against a limit. What was received before a
//! limit was exceeded is kept.

use crate::{
    call::Call,
    call::failure::Failure,
    client::settings::Settings,
    client::timer::within,
    error::Timeout,
    transport::{Body, TransportError},
};
use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Method, header, response::Parts};
use http_body::Body as _;
use std::{
    future::poll_fn,
    pin::{Pin, pin},
    time::{Duration, Instant},
};

/// The received part of a response.
#[derive(Default)]
pub(crate) struct Received {
    pub(crate) head: Option<Parts>,
    pub(crate) body: Vec<u8>,
    /// The body of a successful response that is read later.
    pub(crate) open: Option<Body>,
}

/// The end of an attempt, and the limit that sets it.
struct End {
    at: Option<Instant>,
    timeout: Timeout,
    limit: Duration,
}

impl End {
    /// Returns the earlier of the attempt timeout and the deadline. Without a clock, there is no
    /// end.
    fn of(call: &Call, deadline: Option<Instant>) -> Self {
        let Settings { attempt_timeout, operation_timeout, .. } = call.settings;
        let at = call.client.clock().and_then(|clock| clock.now().checked_add(attempt_timeout));
        match deadline {
            Some(deadline) if at.is_none_or(|at| deadline <= at) => {
                Self { at: Some(deadline), timeout: Timeout::Operation, limit: operation_timeout }
            }
            _ => Self { at, timeout: Timeout::Attempt, limit: attempt_timeout },
        }
    }
}

/// Sends the request once and receives the response, until the attempt timeout or the deadline.
pub(crate) async fn attempt(call: &mut Call, deadline: Option<Instant>) -> (Received, Result<(), Failure>) {
    let request = call.request();
    let end = End::of(call, deadline);
    let mut received = Received::default();
    let outcome = receive(call, &end, request, &mut received).await;
    (received, outcome)
}

async fn receive(
    call: &Call,
    end: &End,
    request: http::Request<Body>,
    received: &mut Received,
) -> Result<(), Failure> {
    let settings = &call.settings;
    let response = patiently(call, end, Duration::MAX, call.client.transport().send(request)).await??;
    let (head, mut body) = response.into_parts();
    let success = call.operation.is_success(head.status);
    let limit = if success { settings.max_body_bytes } else { settings.max_error_body_bytes };
    let announced = announced_length(&call.operation.method(), &head.headers);
    let encoded = is_encoded(&head.headers);
    if !is_reasonable(&head.headers) {
        return Err(Failure::HeadTooLarge);
    }
    received.head = Some(head);
    if success && call.open {
        // A body in an encoding that was not requested is an error, even before it is read.
        received.open = Some(body);
        return if encoded { Err(Failure::Encoding) } else { Ok(()) };
    }
    if success && announced.is_some_and(|length| length > limit) {
        return Err(Failure::TooLarge(limit));
    }
    let idle = settings.idle_timeout;
    while let Some(piece) = patiently(call, end, idle, pin!(next_piece(&mut body))).await? {
        let piece = piece?;
        // The response to a HEAD may name an encoding without having a body.
        if encoded && !piece.is_empty() {
            return Err(Failure::Encoding);
        }
        let most = usize::try_from(limit).unwrap_or(usize::MAX);
        let room = most.saturating_sub(received.body.len());
        append(&mut received.body, piece.get(..room).unwrap_or(&piece), most);
        if piece.len() <= room {
            continue;
        }
        // The beginning of an error's body is enough. A success needs the whole body.
        if !success {
            break;
        }
        let excerpt = usize::try_from(settings.max_error_body_bytes).unwrap_or(usize::MAX);
        received.body.truncate(excerpt);
        return Err(Failure::TooLarge(limit));
    }
    Ok(())
}

/// Appends a piece. The capacity doubles each time, but never exceeds `most`. While the body is
/// copied, old and new memory together are less than twice `most`.
fn append(body: &mut Vec<u8>, piece: &[u8], most: usize) {
    let length = body.len().saturating_add(piece.len());
    if length > body.capacity() {
        let grown = length.max(body.capacity().saturating_mul(2));
        let grown = if grown > most / 2 { most } else { grown };
        body.reserve_exact(grown.saturating_sub(body.len()));
    }
    body.extend_from_slice(piece);
}

/// Waits for `future` until the idle timeout or the end of the attempt, with one timer for both.
/// Before the response begins, only the end of the attempt counts, because a server may work for
/// long before it responds.
///
/// The clock is read before each wait, so that the attempt ends on time even if there is always
/// something to receive.
async fn patiently<F: Future + Unpin>(
    call: &Call,
    end: &End,
    idle: Duration,
    future: F,
) -> Result<F::Output, Failure> {
    let clock = call.client.clock();
    let left = end.at.zip(clock).map(|(at, clock)| at.saturating_duration_since(clock.now()));
    let (wait, timeout, limit) = match left {
        Some(left) if left < idle => (left, end.timeout, end.limit),
        _ => (idle, Timeout::Idle, idle),
    };
    if wait.is_zero() {
        return Err(Failure::Timeout(timeout, limit));
    }
    let output = within(clock, wait, future).await;
    output.map_err(|expired| Failure::expired(expired, timeout, limit))
}

/// Returns the next bytes of a body. Skips trailers.
async fn next_piece(body: &mut Body) -> Option<Result<Bytes, TransportError>> {
    loop {
        match poll_fn(|context| Pin::new(&mut *body).poll_frame(context)).await? {
            Ok(frame) => match frame.into_data() {
                Ok(data) => return Some(Ok(data)),
                Err(_trailers) => {}
            },
            Err(error) => return Some(Err(error)),
        }
    }
}

/// Returns true if the headers are few and small enough to keep. HTTP stacks have limits too, but
/// these differ.
fn is_reasonable(headers: &HeaderMap) -> bool {
    const MOST: usize = 200;
    const LARGEST: usize = 256 << 10;
    let size = |(name, value): (&HeaderName, &HeaderValue)| name.as_str().len() + value.len();
    headers.len() <= MOST && headers.iter().map(size).sum::<usize>() <= LARGEST
}

/// Returns the announced length of a response's body. The response to a HEAD has none.
fn announced_length(method: &Method, headers: &HeaderMap) -> Option<u64> {
    let length = headers.get(header::CONTENT_LENGTH).filter(|_| method != Method::HEAD)?;
    length.to_str().ok()?.trim().parse().ok()
}

/// Returns true if the transport did not decode the body.
fn is_encoded(headers: &HeaderMap) -> bool {
    headers
        .get_all(header::CONTENT_ENCODING)
        .iter()
        .any(|encoding| !encoding.as_bytes().trim_ascii().eq_ignore_ascii_case(b"identity"))
}

impl From<TransportError> for Failure {
    fn from(error: TransportError) -> Self {
        Self::Transport(error)
    }
}
