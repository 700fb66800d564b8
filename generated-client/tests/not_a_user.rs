//! Responses with status 200 that are not a user: checks the error, and that it prints nothing from
//! the body.

#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "tests stop at the first surprise"
)]

mod support;

use generated_client::{Error, ErrorKind, http::Response, serde_json::Value};
use support::{EXAMPLE, Peer, assert_no_secret, json, response, shown};

/// Returns each peer's error for a response with status 200.
async fn errors(response: &Response<String>) -> Vec<Error> {
    let mut errors = Vec::new();
    for peer in Peer::each(response) {
        let error = peer.fetch().await.unwrap_err();
        assert_eq!(error.operation(), Some("FetchServiceUser"));
        assert_eq!(
            (error.status().unwrap().as_u16(), error.attempts()),
            (200, 1)
        );
        assert_eq!(error.raw_body(), response.body());
        assert_no_secret(&shown(&error));
        errors.push(error);
    }
    errors
}

/// Checks the error of a JSON body: the problem and its path.
async fn assert_decode(body: &str, path: &str, problem: &str) {
    for error in errors(&json(200, body)).await {
        assert_eq!(
            (error.kind(), error.json_path()),
            (ErrorKind::Decode, Some(path)),
            "{body}"
        );
        let line = format!("FetchServiceUser: 200 OK ({problem} at {path}) attempts=1");
        assert_eq!(error.to_string(), line);
        assert!(!error.is_retryable());
    }
}

#[tokio::test]
async fn a_wrong_type_is_named_with_its_place() {
    let found = |expected, found| format!("expected {expected}, found {found}");
    for (body, path, problem) in [
        (
            r#"{"is_online": "canary"}"#,
            "$.is_online",
            found("a boolean", "a string"),
        ),
        (
            r#"{"sid": "US1", "is_notifiable": 1}"#,
            "$.is_notifiable",
            found("a boolean", "an integer"),
        ),
        (
            r#"{"identity": 4.5}"#,
            "$.identity",
            found("a string", "a number"),
        ),
        (
            r#"{"attributes": {"canary": "canary"}}"#,
            "$.attributes",
            found("a string", "an object"),
        ),
        (
            r#"{"friendly_name": ["canary"]}"#,
            "$.friendly_name",
            found("a string", "an array"),
        ),
        (
            r#"{"date_created": 1683193320}"#,
            "$.date_created",
            found("a string", "an integer"),
        ),
        (r#"{"sid": true}"#, "$.sid", found("a string", "a boolean")),
        (
            r#"{"links": ["canary"]}"#,
            "$.links",
            found("an object", "an array"),
        ),
        (
            r#"{"links": {"a": "canary", "b": 7}}"#,
            "$.links.b",
            found("a string", "an integer"),
        ),
        (
            r#"{"links": {"b c": []}}"#,
            "$.links['b c']",
            found("a string", "an array"),
        ),
        ("null", "$", found("an object", "null")),
        (
            r#"[{"sid": "canary"}]"#,
            "$",
            found("an object", "an array"),
        ),
        (r#""canary""#, "$", found("an object", "a string")),
    ] {
        assert_decode(body, path, &problem).await;
    }
}

/// An array fits no property, so each property is checked by its own type.
#[tokio::test]
async fn no_property_takes_any_value() {
    let example: Value = generated_client::serde_json::from_str(EXAMPLE).unwrap();
    for name in example.as_object().unwrap().keys() {
        for error in errors(&json(200, &format!(r#"{{"{name}": ["canary"]}}"#))).await {
            assert_eq!(error.kind(), ErrorKind::Decode);
            assert_eq!(error.json_path(), Some(&*format!("$.{name}")));
        }
    }
}

#[tokio::test]
async fn malformed_json_is_decode() {
    for (body, path, problem) in [
        (
            r#"{"sid": "US1", "identity": "ali"#,
            "$.identity",
            "EOF while parsing a string",
        ),
        (
            r#"{"sid": "US1", "is_online": tr"#,
            "$.is_online",
            "EOF while parsing a value",
        ),
        (r#"{"sid": "US1""#, "$.sid", "EOF while parsing an object"),
        ("<html>canary</html>", "$", "expected value"),
        ("canary", "$", "expected value"),
        (r#"{"sid": "US1"} canary"#, "$", "trailing characters"),
        (r#"{"sid": "US1",}"#, "$", "trailing comma"),
    ] {
        assert_decode(body, path, problem).await;
    }
}

/// Only the JSON reveals that such a body is incomplete, so the error is one of the connection.
#[tokio::test]
async fn a_cut_body_without_a_length_is_truncated() {
    let response = Response::builder().header("content-type", "application/json");
    for error in errors(
        &response
            .body(r#"{"identity": "alice@exam"#.to_owned())
            .unwrap(),
    )
    .await
    {
        assert_eq!(
            (error.kind(), error.json_path()),
            (ErrorKind::Truncated, Some("$.identity"))
        );
    }
}

#[tokio::test]
async fn success_without_content_is_unexpected() {
    for error in errors(&json(200, "")).await {
        assert_eq!(error.kind(), ErrorKind::UnexpectedStatus);
        assert_eq!(
            error.to_string(),
            "FetchServiceUser: 200 OK (no content) attempts=1"
        );
    }
}

#[tokio::test]
async fn content_of_another_type_is_not_read() {
    for (content_type, body) in [
        ("text/html", "<html>canary</html>"),
        ("text/plain; charset=utf-8", EXAMPLE),
        ("canary", "{}"),
    ] {
        for error in errors(&response(200, content_type, body)).await {
            assert_eq!(error.kind(), ErrorKind::ContentType);
            let line = "FetchServiceUser: 200 OK (the content is not JSON) attempts=1";
            assert_eq!(error.to_string(), line);
        }
    }
}
