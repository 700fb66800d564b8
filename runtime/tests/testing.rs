//! The testing module for programs: scripted responses, custom errors, and an observer.

#![cfg(feature = "hyper")]
#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "tests stop at the first surprise"
)]

mod support;

use runtime::{
    Attempt, ErrorKind, Method, Operation, Timeout,
    http::Response,
    serde_json::{Value, json},
    testing::{self, Script},
    transport::TransportErrorKind,
};
use std::{
    sync::{Arc, Mutex},
    time::Duration,
};
use support::{
    api::{Client, User, shown},
    in_no_time,
};

const SECOND: Duration = Duration::from_secs(1);

#[test]
fn each_operation_answers_by_script() {
    let user = User { sid: Some("US1".to_owned()), ..User::default() };
    let gone = Response::builder().status(404).header("request-id", "RQ1").body("{}").unwrap();
    let script = Script::new().on("FetchUser").reply(200, &user).on("FetchUser").respond(gone);
    let client: Client = script.on("CreateUser").reply(201, json!({"sid": "US2"})).client().unwrap();
    in_no_time(async {
        assert_eq!(client.fetch_user("IS1", "US1").send().await.unwrap(), user);
        assert_eq!(client.create_user().send().await.unwrap().sid.as_deref(), Some("US2"));
        // The last response is repeated.
        for _ in 0..2 {
            let error = client.fetch_user("IS1", "US1").send().await.unwrap_err();
            assert_eq!((error.is_not_found(), error.request_id()), (true, Some("RQ1")));
        }
        let error = client.delete_user("US1").send().await.unwrap_err();
        assert!(shown(&error).contains("the script has no answer for `DeleteUser`"), "{}", shown(&error));
    });
}

#[test]
fn calls_are_recorded_with_their_repetitions() {
    let script = Script::new().on("FetchUser").reply(503, json!({}));
    let script =
        script.on("FetchUser").fail(TransportErrorKind::Closed).on("FetchUser").reply(200, json!({}));
    let client: Client = script.client().unwrap();
    let (outcome, took) = in_no_time(client.fetch_user("IS1", "a/b").header("x-trace", "t").send());
    outcome.unwrap();
    let calls = script.calls("FetchUser");
    assert_eq!((calls.len(), script.calls("CreateUser").len(), took), (3, 0, Duration::ZERO));
    assert_eq!(calls[2].target(), "/v1/Services/IS1/Users/a%2Fb");
    assert_eq!(calls[2].header("x-trace"), Some("t"));
    assert!(!format!("{script:?} {:?}", calls[0]).contains("IS1"));
}

#[test]
fn an_answer_may_take_its_time() {
    let script = Script::new().on("FetchUser").after(20 * SECOND).reply(200, json!({}));
    let client: Client = script.builder().build().unwrap();
    let (outcome, took) = in_no_time(client.fetch_user("IS1", "US1").send());
    assert_eq!((outcome.is_ok(), took), (true, 20 * SECOND));
    let client: Client = script.builder().attempt_timeout(10 * SECOND).retries(0).build().unwrap();
    let error = in_no_time(client.fetch_user("IS1", "US1").send()).0.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout(Timeout::Attempt));
}

#[test]
fn an_error_is_made_to_order() {
    let error = testing::status(429)
        .of("FetchUser", 3)
        .message("20429: slow down")
        .header("x-a", "b")
        .body(json!({"code": 20429}))
        .retry_after(SECOND)
        .build();
    assert!(error.is_rate_limited() && error.is_retryable());
    assert_eq!(error.to_string(), "FetchUser: 429 Too Many Requests (20429: slow down) attempts=3");
    assert_eq!((error.retry_after(), &error.headers()["x-a"]), (Some(SECOND), &"b".parse().unwrap()));
    assert_eq!(error.body::<Value>().unwrap()["code"], 20429);

    let error = testing::error(ErrorKind::Timeout(Timeout::Idle)).retryable(true).build();
    assert!(error.is_timeout() && error.is_retryable() && error.status().is_none());
    assert_eq!(testing::status(302).build().kind(), ErrorKind::UnexpectedStatus);
    assert_eq!(testing::status(99).header("a b", "\n").build().status(), None);
}

#[test]
fn an_observer_sees_each_attempt() {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let push = Arc::clone(&seen);
    let script = Script::new().on("FetchUser").after(SECOND).reply(503, json!({}));
    let script =
        script.on("FetchUser").fail(TransportErrorKind::Closed).on("FetchUser").reply(404, json!({}));
    let client: Client = script
        .builder()
        .backoff(SECOND, SECOND)
        .jitter(|longest| longest)
        .observer(move |attempt: &Attempt| push.lock().unwrap().push(attempt.clone()))
        .build()
        .unwrap();
    in_no_time(client.fetch_user("IScanary", "US1").send()).0.unwrap_err();
    let seen = seen.lock().unwrap();
    let told: Vec<_> = seen
        .iter()
        .map(|one| {
            assert_eq!(one.operation().id(), "FetchUser");
            (one.number(), one.status().map(|one| one.as_u16()), one.error(), one.duration(), one.pause())
        })
        .collect();
    assert_eq!(
        told,
        [
            (1, Some(503), Some(ErrorKind::Status), SECOND, Some(SECOND)),
            (2, None, Some(ErrorKind::Transport), Duration::ZERO, Some(SECOND)),
            (3, Some(404), Some(ErrorKind::Status), Duration::ZERO, None),
        ]
    );
    assert!(!format!("{seen:?}").contains("canary"));
}

#[test]
fn unused_responses_are_reported() {
    static FETCH: Operation = Operation::new("FetchUser", Method::GET, "/");
    let script = Script::new().on(&FETCH).reply(200, json!({})).on(&FETCH).reply(404, json!({}));
    let script = script.on("CreateUser").reply(201, json!({}));
    let client: Client = script.client().unwrap();
    assert_eq!(script.unused(), ["FetchUser", "CreateUser"]);
    in_no_time(client.fetch_user("IS1", "US1").send()).0.unwrap();
    in_no_time(client.create_user().send()).0.unwrap();
    assert_eq!(script.unused(), ["FetchUser"]);
    in_no_time(client.fetch_user("IS1", "US1").send()).0.unwrap_err();
    assert!(script.unused().is_empty());
    assert_eq!(script.calls(&FETCH).len(), 2);
}
