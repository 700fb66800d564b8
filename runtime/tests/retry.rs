//! Which calls are retried, when and how often, with a paused clock.

#![cfg(feature = "hyper")]
#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "tests stop at the first surprise"
)]

mod support;

use runtime::{
    Client as Inner, ClientBuilder, Clock, Error, ErrorKind, Method, Operation, Request, Sleep, Timeout,
    http::{self, Response},
    transport::{Body, Memory, Transport, TransportError, TransportErrorKind as Kind, TransportFuture},
};
use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering::Relaxed},
    },
    time::{Duration, Instant},
};
use support::{
    api::{Client, User},
    block_on, in_no_time,
};

const SECOND: Duration = Duration::from_secs(1);
const SECONDS: fn(u64) -> Duration = Duration::from_secs;

/// Returns a client that retries twice and waits for the maximum.
fn client(transport: impl Transport) -> Client {
    builder(transport).build().unwrap()
}

fn builder(transport: impl Transport) -> ClientBuilder<Client> {
    Client::builder().transport(transport).retries(2).jitter(|longest| longest)
}

fn fetch(memory: &Memory) -> (Result<User, Error>, Duration) {
    in_no_time(client(memory.clone()).fetch_user("IS1", "US1").send())
}

fn status(status: u16, retry_after: &str) -> Response<&'static str> {
    let builder = Response::builder().status(status).header("date", "Sun, 06 Nov 1994 08:49:07 GMT");
    let builder = if retry_after.is_empty() { builder } else { builder.header("retry-after", retry_after) };
    builder.body("").unwrap()
}

fn closed() -> TransportError {
    TransportError::new(Kind::Closed)
}

#[test]
fn a_failure_is_repeated_until_it_succeeds() {
    let memory = Memory::new().reply(500, "").reply(200, r#"{"sid": "US1"}"#);
    let (outcome, took) = fetch(&memory);
    assert_eq!(outcome.unwrap().sid.as_deref(), Some("US1"));
    assert_eq!((memory.requests().len(), took), (2, SECOND / 2));
}

#[test]
fn each_attempt_is_the_same_request() {
    let memory = Memory::new().reply(503, "").reply(503, "").reply(200, "{}");
    fetch(&memory).0.unwrap();
    let requests = memory.requests();
    assert_eq!(requests.len(), 3);
    for request in &requests {
        assert_eq!(request.target(), "/v1/Services/IS1/Users/US1");
        assert_eq!(request.headers(), requests[0].headers());
    }
}

#[test]
fn the_last_error_has_the_number_of_attempts() {
    let memory = Memory::new().reply(500, "").fail(closed()).reply(503, "").reply(200, "{}");
    let (outcome, took) = fetch(&memory);
    let error = outcome.unwrap_err();
    assert_eq!(error.to_string(), "FetchUser: 503 Service Unavailable attempts=3");
    // Half a second, then one second.
    assert_eq!((error.attempts(), memory.requests().len(), took), (3, 3, SECOND * 3 / 2));
    assert!(error.is_retryable());
}

#[test]
fn statuses_are_repeated_or_not() {
    for (code, requests) in
        [(408, 3), (429, 3), (500, 3), (502, 3), (503, 3), (504, 3), (501, 1), (409, 1), (404, 1), (302, 1)]
    {
        let memory = Memory::answering(move |_| Ok(status(code, "").map(Body::from)));
        let error = fetch(&memory).0.unwrap_err();
        assert_eq!((memory.requests().len(), error.attempts()), (requests, requests as u32), "{code}");
    }
}

#[test]
fn failures_of_the_transport_are_repeated_or_not() {
    for (kind, requests) in [
        (Kind::Dns, 3),
        (Kind::Connect, 3),
        (Kind::ConnectTimeout, 3),
        (Kind::Closed, 3),
        (Kind::Truncated, 3),
        (Kind::Tls, 1),
        (Kind::Protocol, 1),
        (Kind::Decompress, 1),
        (Kind::Unusable, 1),
        (Kind::Other, 1),
    ] {
        let memory = Memory::answering(move |_| Err(TransportError::new(kind)));
        fetch(&memory).0.unwrap_err();
        assert_eq!(memory.requests().len(), requests, "{kind:?}");
    }
}

#[test]
fn a_post_is_repeated_only_where_no_byte_was_sent() {
    let create = |memory: &Memory| in_no_time(client(memory.clone()).create_user().send()).0;
    let memory = Memory::new().fail(closed().unsent()).reply(201, "{}");
    create(&memory).unwrap();
    assert_eq!(memory.requests().len(), 2);
    for memory in [
        Memory::new().fail(closed()),
        Memory::new().reply(503, ""),
        Memory::new().reply(429, ""),
        Memory::new().respond(Response::builder().status(201).body("{\"sid").unwrap()),
    ] {
        assert_eq!(create(&memory).unwrap_err().attempts(), 1);
        assert_eq!(memory.requests().len(), 1);
    }
}

#[test]
fn a_status_that_the_document_declares_safe_is_repeated_for_every_method() {
    const CREATE: Operation = Operation::new("Create", Method::POST, "/v1").repeatable(&[429, 418]);
    let send = |memory: &Memory| {
        let builder = ClientBuilder::<Inner>::new("https://example.com").transport(memory.clone());
        in_no_time(Request::new(&builder.build().unwrap(), &CREATE).send::<runtime::reply::Empty>()).0
    };
    let memory = Memory::new().reply(429, "").reply(418, "").reply(204, "");
    send(&memory).unwrap();
    assert_eq!(memory.requests().len(), 3);
    assert_eq!(send(&Memory::new().reply(503, "")).unwrap_err().attempts(), 1);
}

#[test]
fn a_body_that_is_cut_short_is_repeated() {
    let cut = || Response::new(r#"{"sid": "US"#);
    let memory = Memory::new().respond(cut()).reply(200, r#"{"sid": "US1"}"#);
    assert_eq!(fetch(&memory).0.unwrap().sid.as_deref(), Some("US1"));
    let memory = Memory::answering(move |_| Ok(cut().map(Body::from)));
    let error = fetch(&memory).0.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Truncated, 3));
    assert_eq!(error.json_path(), Some("$.sid"));
    // A complete body of another type is not retried.
    let memory = Memory::answering(|_| Ok(Response::new(Body::from("{]"))));
    assert_eq!(fetch(&memory).0.unwrap_err().attempts(), 1);
}

#[test]
fn retry_after_sets_the_wait() {
    for (retry_after, waits) in [
        ("1", [SECOND, SECOND]),
        // Less than the backoff, so the backoff is used.
        ("0", [SECOND / 2, SECOND]),
        ("60", [SECONDS(60), Duration::ZERO]),
        ("Sun, 06 Nov 1994 08:49:17 GMT", [SECONDS(10), SECONDS(10)]),
        ("Sun, 06 Nov 1994 08:49:00 GMT", [SECOND / 2, SECOND]),
        ("-5", [SECOND / 2, SECOND]),
        ("abc", [SECOND / 2, SECOND]),
        ("", [SECOND / 2, SECOND]),
    ] {
        let memory = Memory::answering(move |_| Ok(status(429, retry_after).map(Body::from)));
        let (outcome, took) = fetch(&memory);
        assert_eq!(took, waits.iter().sum(), "{retry_after}");
        let attempts = waits.iter().filter(|wait| !wait.is_zero()).count() as u32 + 1;
        assert_eq!(outcome.unwrap_err().attempts(), attempts, "{retry_after}");
    }
}

#[test]
fn a_wait_that_is_too_long_is_left_to_the_caller() {
    for (asked, limit) in [("61", SECONDS(90)), ("99999", SECONDS(90)), ("5", SECONDS(5)), ("1", SECOND / 2)]
    {
        let memory = Memory::new().respond(status(429, asked)).reply(200, "{}");
        let client = builder(memory.clone()).operation_timeout(limit).build().unwrap();
        let (outcome, took) = in_no_time(client.fetch_user("IS1", "US1").send());
        let error = outcome.unwrap_err();
        assert_eq!(error.retry_after().unwrap().as_secs().to_string(), asked);
        assert!(error.is_rate_limited() && error.is_retryable());
        assert_eq!((error.attempts(), took), (1, Duration::ZERO));
    }
}

#[test]
fn no_wait_ends_after_the_deadline() {
    let memory = Memory::answering(|_| Ok(status(503, "").map(Body::from)));
    let client = builder(memory.clone()).retries(10).operation_timeout(SECONDS(8)).build().unwrap();
    let (outcome, took) = in_no_time(client.fetch_user("IS1", "US1").send());
    // 0.5 + 1 + 2 + 4; the next wait is 8 seconds.
    assert_eq!((outcome.unwrap_err().attempts(), took), (5, SECOND * 15 / 2));
}

/// Never responds.
struct Silent;

impl Transport for Silent {
    fn send(&self, _: http::Request<Body>) -> TransportFuture {
        Box::pin(std::future::pending())
    }
}

#[test]
fn attempts_are_cut_to_what_is_left_of_the_operation() {
    let client = builder(Silent).attempt_timeout(SECONDS(10)).operation_timeout(SECONDS(24));
    let (outcome, took) = in_no_time(client.build().unwrap().fetch_user("IS1", "US1").send());
    let error = outcome.unwrap_err();
    // 10 s, a wait of 0.5 s, 10 s, a wait of 1 s, and 2.5 s of the third attempt.
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Timeout(Timeout::Operation), 3));
    assert_eq!(took, SECONDS(24));

    let client = builder(Silent).build().unwrap();
    let (outcome, took) = in_no_time(client.create_user().send());
    let error = outcome.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Timeout(Timeout::Attempt), 1));
    assert_eq!(took, SECONDS(30));
}

#[test]
fn a_request_has_settings_of_its_own() {
    let memory = Memory::answering(|_| Ok(status(503, "").map(Body::from)));
    let client = client(memory);
    let attempts = |retries| {
        let (outcome, took) = in_no_time(client.fetch_user("IS1", "US1").retries(retries).send());
        (outcome.unwrap_err().attempts(), took)
    };
    assert_eq!(attempts(0), (1, Duration::ZERO));
    assert_eq!(attempts(4), (5, SECOND * 15 / 2));
    let (outcome, _) = in_no_time(client.fetch_user("IS1", "US1").retries(11).send());
    let error = outcome.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::InvalidInput, 0));
    assert_eq!(error.to_string(), "FetchUser: 11 retries are more than 10");

    let request = client.create_user().attempt_timeout(SECOND);
    drop(request);
    let (outcome, took) = in_no_time(self::client(Silent).create_user().attempt_timeout(SECOND).send());
    assert_eq!((outcome.unwrap_err().kind(), took), (ErrorKind::Timeout(Timeout::Attempt), SECOND));
}

#[test]
fn chance_decides_how_long_to_wait() {
    let memory = Memory::answering(|_| Ok(status(503, "").map(Body::from)));
    let client = Client::builder().transport(memory).retries(2).backoff(SECONDS(4), SECONDS(6));
    let client = client.build().unwrap();
    let took: Vec<Duration> = (0..6).map(|_| in_no_time(client.fetch_user("IS1", "US1").send()).1).collect();
    assert!(took.iter().all(|took| *took <= SECONDS(10)), "{took:?}");
    assert!(took.iter().any(|other| other.abs_diff(took[0]) > SECOND / 1000), "{took:?}");

    // The limits also apply to a custom jitter.
    let memory = Memory::answering(|_| Ok(status(503, "").map(Body::from)));
    let client = self::builder(memory).jitter(|_| Duration::MAX).build().unwrap();
    assert_eq!(in_no_time(client.fetch_user("IS1", "US1").send()).1, SECOND * 3 / 2);
}

#[test]
fn the_retries_of_a_client_are_limited() {
    let memory = Memory::answering(|_| Ok(status(503, "").map(Body::from)));
    let client = client(memory.clone());
    for _ in 0..100 {
        in_no_time(client.clone().fetch_user("IS1", "US1").send()).0.unwrap_err();
    }
    // 500 tokens pay for 35 retries of 14.
    assert_eq!(memory.requests().len(), 135);
}

/// A clock whose waits end at once, and are summed.
#[derive(Clone, Default)]
struct Counting(Arc<AtomicU64>);

impl Clock for Counting {
    fn now(&self) -> Instant {
        Instant::now()
    }

    fn sleep(&self, duration: Duration) -> Option<Sleep> {
        self.0.fetch_add(duration.as_millis() as u64, Relaxed);
        Some(Box::pin(std::future::ready(())))
    }
}

#[test]
fn a_clock_of_ones_own_waits_between_attempts() {
    let clock = Counting::default();
    let memory = Memory::new().reply(503, "").respond(status(429, "7")).reply(200, "{}");
    let client = builder(memory).clock(clock.clone()).build().unwrap();
    block_on(client.fetch_user("IS1", "US1").send()).unwrap();
    assert_eq!(clock.0.load(Relaxed), 7500);
}

/// A clock that cannot wait.
struct Stuck;

impl Clock for Stuck {
    fn now(&self) -> Instant {
        Instant::now()
    }

    fn sleep(&self, _: Duration) -> Option<Sleep> {
        None
    }
}

#[test]
fn without_a_working_clock_nothing_is_retried() {
    let memory = Memory::new().reply(503, "").reply(200, "{}");
    let client = builder(memory).clock(Stuck).build().unwrap();
    assert_eq!(block_on(client.fetch_user("IS1", "US1").send()).unwrap_err().attempts(), 1);
}

#[test]
fn all_invalid_settings_are_reported_at_once() {
    let builder = Client::builder()
        .transport(Memory::new())
        .attempt_timeout(Duration::ZERO)
        .idle_timeout(Duration::ZERO)
        .operation_timeout(Duration::ZERO)
        .backoff(SECOND, SECOND / 2)
        .retries(11);
    assert_eq!(
        builder.build().unwrap_err().to_string(),
        "the attempt timeout is zero; the idle timeout is zero; the operation timeout is zero; \
         the backoff's maximum is below its base; 11 retries are more than 10"
    );
}

#[test]
fn a_post_with_an_idempotency_key_is_repeated_with_the_same_key() {
    static KEYED: Operation = Operation::new("Id", Method::POST, "/").idempotency_key("idempotency-key");
    let keys = |given: Option<&str>| -> Vec<String> {
        let memory = Memory::new().reply(503, "").fail(closed()).reply(204, "");
        let client = ClientBuilder::<Inner>::new("https://example.com").transport(memory.clone());
        let client = client.jitter(|longest| longest).build().unwrap();
        let mut request = Request::new(&client, &KEYED);
        if let Some(key) = given {
            request = request.header_parameter("Idempotency-Key", key);
        }
        in_no_time(request.send::<runtime::reply::Empty>()).0.unwrap();
        let requests = memory.requests();
        requests
            .iter()
            .map(|request| request.headers()["idempotency-key"].to_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(keys(Some("mine")), ["mine"; 3]);
    let (one, other) = (keys(None), keys(None));
    assert_eq!(one.len(), 3);
    assert!(one.iter().all(|key| *key == one[0]));
    let uuid: runtime::model::Uuid = one[0].parse().unwrap();
    assert_eq!(uuid.to_string(), one[0]);
    assert_ne!(one[0], other[0]);
}
