//! Timeouts, with a paused clock.

#![cfg(feature = "hyper")]
#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "tests stop at the first surprise"
)]

mod support;

use runtime::{
    Clock, ErrorKind, Sleep, Timeout,
    bytes::Bytes,
    http::{Request, Response},
    http_body::{Body as HttpBody, Frame},
    transport::{Body, Memory, Transport, TransportError, TransportFuture},
};
use std::{
    pin::Pin,
    task::{Context, Poll},
    time::{Duration, Instant},
};
use support::{api::Client, block_on, in_no_time};

const SECOND: Duration = Duration::from_secs(1);

/// Sends a piece of a body after each pause, for ever. If the piece is empty, sends nothing.
struct Drip(Bytes, Duration, Option<Pin<Box<tokio::time::Sleep>>>);

impl HttpBody for Drip {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        let pause = self.1;
        let sleep = self.2.get_or_insert_with(|| Box::pin(tokio::time::sleep(pause)));
        std::task::ready!(sleep.as_mut().poll(context));
        self.2 = None;
        Poll::Ready(Some(Ok(Frame::data(self.0.clone()))))
    }
}

fn dripping(status: u16, pause: Duration) -> Memory {
    Memory::answering(move |_| {
        let body = Body::new(Drip(Bytes::from_static(b" "), pause, None));
        Ok(Response::builder().status(status).body(body).unwrap())
    })
}

/// Never responds.
struct Silent;

impl Transport for Silent {
    fn send(&self, _: Request<Body>) -> TransportFuture {
        Box::pin(std::future::pending())
    }
}

/// Returns a call's error and the elapsed time.
fn timeout(client: &Client) -> (runtime::Error, Duration) {
    let (outcome, took) = in_no_time(client.fetch_user("IS1", "US1").send());
    (outcome.unwrap_err(), took)
}

#[test]
fn silence_before_the_headers_ends_with_the_attempt_timeout() {
    let (error, took) = timeout(&Client::of(Silent));
    assert_eq!((error.kind(), took), (ErrorKind::Timeout(Timeout::Attempt), 30 * SECOND));
    assert!(error.is_timeout() && error.is_retryable() && error.status().is_none());
    assert_eq!(error.to_string(), "FetchUser: attempt timeout of 30s exceeded attempts=1");
}

/// Responds after a while.
struct Slow(Duration);

impl Transport for Slow {
    fn send(&self, _: Request<Body>) -> TransportFuture {
        let wait = tokio::time::sleep(self.0);
        Box::pin(async move {
            wait.await;
            Ok(Response::new(Body::from("{}")))
        })
    }
}

#[test]
fn a_post_that_is_answered_after_17_seconds_succeeds() {
    let (outcome, took) = in_no_time(Client::of(Slow(17 * SECOND)).create_user().send());
    outcome.unwrap();
    assert_eq!(took, 17 * SECOND);
}

#[test]
fn silence_in_the_body_ends_with_the_idle_timeout_and_keeps_the_head() {
    let client = Client::of(dripping(200, 16 * SECOND));
    let (error, took) = timeout(&client);
    assert_eq!((error.kind(), took), (ErrorKind::Timeout(Timeout::Idle), 15 * SECOND));
    assert_eq!(error.status().unwrap(), 200);
    assert_eq!(error.to_string(), "FetchUser: 200 OK (idle timeout of 15s exceeded) attempts=1");
}

#[test]
fn a_slow_body_ends_with_the_attempt_timeout_and_keeps_what_came() {
    let (error, took) = timeout(&Client::of(dripping(200, 4 * SECOND)));
    assert_eq!((error.kind(), took), (ErrorKind::Timeout(Timeout::Attempt), 30 * SECOND));
    assert_eq!(error.raw_body().len(), 7);
}

#[test]
fn an_error_status_is_kept_when_its_body_never_ends() {
    let (error, took) = timeout(&Client::of(dripping(503, 4 * SECOND)));
    assert_eq!((error.kind(), took), (ErrorKind::Status, 30 * SECOND));
    assert_eq!(
        error.to_string(),
        "FetchUser: 503 Service Unavailable (attempt timeout of 30s exceeded) attempts=1"
    );
    assert!(error.is_retryable());
}

#[test]
fn of_an_error_no_more_is_read_than_is_kept() {
    let builder = Client::builder().transport(dripping(503, 4 * SECOND)).max_error_body_bytes(3);
    let (error, took) = timeout(&builder.build().unwrap());
    assert_eq!((error.kind(), error.raw_body().len(), took), (ErrorKind::Status, 3, 16 * SECOND));
    assert_eq!(error.to_string(), "FetchUser: 503 Service Unavailable attempts=1");
}

#[test]
fn an_attempt_is_cut_to_what_is_left_of_the_operation() {
    let client = Client::builder().transport(Silent).operation_timeout(5 * SECOND).build().unwrap();
    let (error, took) = timeout(&client);
    assert_eq!((error.kind(), took), (ErrorKind::Timeout(Timeout::Operation), 5 * SECOND));
    assert!(!error.is_retryable());
    let (outcome, _) = in_no_time(client.fetch_user("IS1", "US1").attempt_timeout(5 * SECOND).send());
    assert_eq!(outcome.unwrap_err().kind(), ErrorKind::Timeout(Timeout::Operation));
}

#[test]
fn a_request_has_timeouts_of_its_own() {
    let client = Client::of(Silent);
    let request = || client.fetch_user("IS1", "US1");
    let (outcome, took) = in_no_time(request().attempt_timeout(2 * SECOND).send());
    assert_eq!((outcome.unwrap_err().kind(), took), (ErrorKind::Timeout(Timeout::Attempt), 2 * SECOND));
    let (outcome, took) = in_no_time(request().operation_timeout(3 * SECOND).send());
    assert_eq!((outcome.unwrap_err().kind(), took), (ErrorKind::Timeout(Timeout::Operation), 3 * SECOND));
    let (outcome, _) = in_no_time(request().operation_timeout(Duration::MAX).send());
    assert_eq!(outcome.unwrap_err().kind(), ErrorKind::Timeout(Timeout::Attempt));
}

#[test]
fn outside_of_a_tokio_runtime_a_wait_is_an_error() {
    let mut future = Client::of(Silent).fetch_user("IS1", "US1").send();
    let outcome = Pin::new(&mut future).poll(&mut Context::from_waker(std::task::Waker::noop()));
    let Poll::Ready(Err(error)) = outcome else { panic!("{outcome:?}") };
    assert_eq!(error.kind(), ErrorKind::Configuration);
    assert!(error.to_string().contains("is there a tokio runtime?"), "{error}");
}

/// A clock whose waits end at once.
struct AtOnce;

impl Clock for AtOnce {
    fn now(&self) -> Instant {
        Instant::now()
    }

    fn sleep(&self, _: Duration) -> Option<Sleep> {
        Some(Box::pin(std::future::ready(())))
    }

    fn timestamp(&self) -> runtime::jiff::Timestamp {
        "1994-11-06T08:49:07Z".parse().unwrap()
    }
}

#[test]
fn a_clock_of_ones_own_measures_all_time() {
    let client = Client::builder().transport(Silent).clock(AtOnce).build().unwrap();
    let error = block_on(client.fetch_user("IS1", "US1").send()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout(Timeout::Attempt));

    let response = Response::builder().status(429).header("retry-after", "Sun, 06 Nov 1994 08:49:37 GMT");
    let memory = Memory::new().respond(response.body("").unwrap());
    let client = Client::builder().transport(memory).clock(AtOnce).build().unwrap();
    let error = block_on(client.fetch_user("IS1", "US1").send()).unwrap_err();
    assert_eq!(error.retry_after(), Some(30 * SECOND));
}

#[test]
fn a_timeout_is_repeated_for_get_alone() {
    let client = Client::builder().transport(Silent).retries(2).attempt_timeout(15 * SECOND);
    let client = client.jitter(|_| Duration::ZERO).build().unwrap();
    let (outcome, took) = in_no_time(client.fetch_user("IS1", "US1").send());
    let error = outcome.unwrap_err();
    assert_eq!((error.attempts(), error.is_retryable(), took), (3, true, 45 * SECOND));
    let (outcome, took) = in_no_time(client.create_user().send());
    let error = outcome.unwrap_err();
    assert_eq!((error.attempts(), error.is_retryable(), took), (1, false, 15 * SECOND));
}

/// A clock that advances by a millisecond at each reading.
struct Ticking(std::time::Instant, std::sync::atomic::AtomicU64);

impl runtime::Clock for Ticking {
    fn now(&self) -> std::time::Instant {
        let read = self.1.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        self.0 + std::time::Duration::from_millis(read)
    }

    fn sleep(&self, duration: std::time::Duration) -> Option<runtime::Sleep> {
        Some(Box::pin(tokio::time::sleep(duration)))
    }
}

#[test]
fn an_attempt_ends_on_time_under_constant_input() {
    use runtime::transport::{Body, Memory};
    use runtime::{
        Client, ClientBuilder, ErrorKind, Method, Operation, Request, Timeout, bytes::Bytes, http,
    };
    const GET: Operation = Operation::new("Get", Method::GET, "/").accept("application/json");
    let pieces = std::iter::repeat_n((), 300_000).map(|()| Ok::<_, std::io::Error>(Bytes::from_static(b" ")));
    let body = Body::stream(futures_util::stream::iter(pieces));
    let memory = Memory::new().respond(http::Response::new(body));
    let clock = Ticking(std::time::Instant::now(), Default::default());
    let client =
        ClientBuilder::<Client>::new("https://example.com").transport(memory).clock(clock).retries(0);
    let client = client.attempt_timeout(std::time::Duration::from_secs(2)).build().unwrap();
    let call = Request::new(&client, &GET).send::<runtime::reply::Json<serde_json::Value>>();
    let (error, _) = support::in_no_time(async { call.await.unwrap_err() });
    assert_eq!(error.kind(), ErrorKind::Timeout(Timeout::Attempt));
    assert!((1800..=2200).contains(&error.raw_body().len()), "{}", error.raw_body().len());
}
