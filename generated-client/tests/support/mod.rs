//! Shared by the tests: a user, a client, and two peers.

#![allow(dead_code, unused_imports, reason = "no test file uses all of it")]

mod peer;
#[cfg(feature = "hyper")]
pub(crate) mod server;

pub(crate) use peer::{Peer, Sent};

use generated_client::{Error, http::Response};

pub(crate) const SERVICE: &str = "IS0123456789abcdefABCDEF0123456789";
pub(crate) const IDENTITY: &str = "alice@example.com";
pub(crate) const USER: &str = "AC0123456789abcdef0123456789abcdef";
pub(crate) const PASSWORD: &str = "canary-token";
/// `USER:PASSWORD` in base64, encoded by another program.
pub(crate) const CREDENTIALS: &str =
    "QUMwMTIzNDU2Nzg5YWJjZGVmMDEyMzQ1Njc4OWFiY2RlZjpjYW5hcnktdG9rZW4=";

/// The response example of the API's reference.
pub(crate) const EXAMPLE: &str = r#"{
  "account_sid": "string",
  "attributes": "string",
  "chat_service_sid": "string",
  "date_created": "2023-05-04T09:42:00+00:00",
  "date_updated": "2023-05-04T09:42:00+00:00",
  "friendly_name": "string",
  "identity": "string",
  "is_notifiable": true,
  "is_online": true,
  "links": {},
  "role_sid": "string",
  "sid": "string",
  "url": "https://example.com"
}"#;

/// A user whose properties are all null.
pub(crate) const NULLS: &str = concat!(
    r#"{"account_sid":null,"attributes":null,"chat_service_sid":null,"date_created":null,"#,
    r#""date_updated":null,"friendly_name":null,"identity":null,"is_notifiable":null,"#,
    r#""is_online":null,"links":null,"role_sid":null,"sid":null,"url":null}"#,
);

/// Returns a response with this body and its length.
pub(crate) fn response(status: u16, content_type: &str, body: &str) -> Response<String> {
    Response::builder()
        .status(status)
        .header("content-type", content_type)
        .header("content-length", body.len())
        .body(body.to_owned())
        .unwrap()
}

/// Returns a response with a JSON body.
pub(crate) fn json(status: u16, body: &str) -> Response<String> {
    response(status, "application/json", body)
}

/// Returns everything that a log could show of an error: the error and its causes, by `Display` and
/// `Debug`.
pub(crate) fn shown(error: &Error) -> String {
    let mut text = format!("{error:#?}");
    let mut cause: Option<&dyn std::error::Error> = Some(error);
    while let Some(error) = cause {
        text.push_str(&format!("\n{error}\n{error:?}"));
        cause = error.source();
    }
    text
}

/// Checks that a text contains no credential, no personal data and no other secret.
pub(crate) fn assert_no_secret(text: &str) {
    let secrets = [
        "canary",
        USER,
        CREDENTIALS,
        SERVICE,
        IDENTITY,
        "alice",
        "Basic ",
        "<html>",
    ];
    for secret in secrets {
        assert!(!text.contains(secret), "{secret} stands in: {text}");
    }
}
