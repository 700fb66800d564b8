//! Responses with an error status: everything is kept, little is printed.

#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "tests stop at the first surprise"
)]

mod support;

use generated_client::{Error, ErrorKind, http::Response, models::ErrorBody};
use std::time::Duration;
use support::{Peer, assert_no_secret, response, shown};

const STATUSES: [(u16, &str); 4] = [
    (401, "401 Unauthorized"),
    (404, "404 Not Found"),
    (429, "429 Too Many Requests"),
    (500, "500 Internal Server Error"),
];

/// Returns each peer's error for a response with this status and body.
async fn errors(status: u16, content_type: &str, body: &str) -> Vec<Error> {
    let mut errors = Vec::new();
    let mut response = response(status, content_type, body);
    for (name, value) in [
        ("twilio-request-id", "RQ1"),
        ("retry-after", "7"),
        ("x-other", "canary"),
    ] {
        response.headers_mut().insert(name, value.parse().unwrap());
    }
    for peer in Peer::each(&response) {
        let error = peer.fetch().await.unwrap_err();
        assert_eq!(
            (error.kind(), error.operation()),
            (ErrorKind::Status, Some("FetchServiceUser"))
        );
        assert_eq!(
            (error.status().unwrap().as_u16(), error.attempts()),
            (status, 1)
        );
        assert_eq!(error.headers()["x-other"], "canary");
        assert_eq!(error.headers()["content-type"], content_type);
        assert_eq!(error.request_id(), Some("RQ1"));
        assert_eq!(error.retry_after(), Some(Duration::from_secs(7)));
        assert_eq!(error.raw_body(), body);
        assert_eq!(error.is_not_found(), status == 404);
        assert_eq!(error.is_rate_limited(), status == 429);
        assert_eq!(error.is_retryable(), status >= 429);
        assert!(!error.is_timeout() && error.json_path().is_none());
        assert_no_secret(&shown(&error));
        errors.push(error);
    }
    errors
}

#[tokio::test]
async fn an_error_body_is_summed_up_and_decoded() {
    for (code, message, (status, reason)) in [
        (20003, "Authenticate", STATUSES[0]),
        (20404, "The requested resource was not found", STATUSES[1]),
        (20429, "Too many requests", STATUSES[2]),
        (20500, "Internal error", STATUSES[3]),
    ] {
        let more_info = format!("https://www.twilio.com/docs/errors/{code}");
        let body = format!(
            r#"{{"code": {code}, "message": "{message}", "more_info": "{more_info}", "status": {status},
                "details": {{"user": "canary"}}}}"#
        );
        for error in errors(status, "application/json", &body).await {
            let line =
                format!("FetchServiceUser: {reason} ({code}: {message}) request_id=RQ1 attempts=1");
            assert_eq!(error.to_string(), line);
            assert!(!shown(&error).contains(&more_info), "{}", shown(&error));
            let mut expected = ErrorBody::default();
            expected.code = Some(code);
            expected.message = Some(message.to_owned());
            expected.more_info = Some(more_info.clone());
            expected.status = Some(status.into());
            assert_eq!(error.body::<ErrorBody>(), Some(expected));
        }
    }
}

#[tokio::test]
async fn what_the_server_repeats_of_the_call_is_not_printed() {
    let body = r#"{"code": 20404, "message":
        "/v1/Services/IS0123456789abcdefABCDEF0123456789/Users/alice%40example.com (ALICE@example.com) is gone"}"#;
    for error in errors(404, "application/json", body).await {
        assert_eq!(
            error.to_string(),
            "FetchServiceUser: 404 Not Found (20404: /v1/Services/{ChatServiceSid}/Users/{Sid} ({Sid}) is gone) \
             request_id=RQ1 attempts=1"
        );
        let message = error.body::<ErrorBody>().unwrap().message.unwrap();
        assert!(
            message.contains("alice%40example.com"),
            "a program gets the whole message"
        );
    }
}

#[tokio::test]
async fn an_error_page_is_kept_and_not_printed() {
    for (status, reason) in STATUSES {
        for error in errors(status, "text/html", "<html>canary</html>").await {
            assert_eq!(
                error.to_string(),
                format!("FetchServiceUser: {reason} request_id=RQ1 attempts=1")
            );
            assert_eq!(error.body::<ErrorBody>(), None);
        }
    }
}

#[tokio::test]
async fn an_error_without_a_body_is_its_status() {
    for (status, reason) in STATUSES {
        for error in errors(status, "application/json", "").await {
            assert_eq!(
                error.to_string(),
                format!("FetchServiceUser: {reason} request_id=RQ1 attempts=1")
            );
            assert_eq!(error.body::<ErrorBody>(), None);
        }
    }
}

#[tokio::test]
async fn an_error_body_of_another_shape_is_no_error_body() {
    let bodies = [
        r#"{"code": "E1", "x": "canary"}"#,
        r#"{"code": {}, "message": ["canary"]}"#,
        "[]",
        "null",
        "{",
    ];
    for body in bodies {
        for error in errors(500, "application/json", body).await {
            assert_eq!(error.body::<ErrorBody>(), None, "{body}");
        }
    }
}

#[tokio::test]
async fn without_a_request_id_there_is_none() {
    let response = Response::builder()
        .status(404)
        .header("content-length", 0)
        .body(String::new());
    for peer in Peer::each(&response.unwrap()) {
        let error = peer.fetch().await.unwrap_err();
        assert_eq!((error.request_id(), error.retry_after()), (None, None));
        assert_eq!(
            error.to_string(),
            "FetchServiceUser: 404 Not Found attempts=1"
        );
    }
}

#[cfg(feature = "hyper")]
#[tokio::test]
async fn what_the_server_did_not_do_is_repeated() {
    for peer in Peer::each(&support::json(429, "{}")) {
        let client = peer
            .builder()
            .auth(generated_client::Auth::none())
            .retries(2)
            .jitter(|_| Duration::ZERO)
            .build()
            .unwrap();
        let error = client
            .fetch_service_user("IS1", "US1")
            .send()
            .await
            .unwrap_err();
        assert_eq!((error.attempts(), peer.requests().len()), (3, 3));
        let error = client
            .fetch_service_user("IS1", "US1")
            .with(|call| call.retries(1))
            .send()
            .await
            .unwrap_err();
        assert_eq!((error.attempts(), peer.requests().len()), (2, 5));
    }
}
