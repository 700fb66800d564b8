//! Tests the client against Prism, a mock server that validates requests against the same document.
//!
//! `cargo xtask conformance` starts the server and sets `PRISM_URL`.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "clippy.toml allows it in test functions, not in what they call"
)]

use generated_client::{Auth, Client, Error};
use std::collections::BTreeMap;

const SERVICE: &str = "ISaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

fn client(auth: Auth) -> Client {
    let url = std::env::var("PRISM_URL").expect("PRISM_URL: run `cargo xtask conformance`");
    Client::builder().server(url).auth(auth).build().unwrap()
}

fn status(error: &Error) -> Option<u16> {
    error.status().map(|status| status.as_u16())
}

#[tokio::test]
#[ignore = "needs a Prism mock server: cargo xtask conformance"]
async fn the_documents_example_is_decoded() {
    let client = client(Auth::basic("AC0", "secret"));
    let user = client
        .fetch_service_user(SERVICE, "alice@example.com")
        .send()
        .await
        .unwrap();
    let text = Some("string");
    assert_eq!(user.account_sid.as_deref(), text);
    assert_eq!(user.attributes.as_deref(), text);
    assert_eq!(user.chat_service_sid.as_deref(), text);
    assert_eq!(user.friendly_name.as_deref(), text);
    assert_eq!(user.identity.as_deref(), text);
    assert_eq!(user.role_sid.as_deref(), text);
    assert_eq!(user.sid.as_deref(), text);
    assert_eq!(user.url.as_deref(), Some("https://example.com"));
    assert_eq!(
        (user.is_notifiable, user.is_online),
        (Some(true), Some(true))
    );
    assert_eq!(user.links, Some(BTreeMap::new()));
    let moment = "2023-05-04T09:42:00Z".parse().ok();
    assert_eq!(
        (user.date_created, user.date_updated),
        (moment.clone(), moment)
    );
}

#[tokio::test]
#[ignore = "needs a Prism mock server: cargo xtask conformance"]
async fn without_credentials_the_answer_is_401() {
    let client = client(Auth::none());
    let error = client
        .fetch_service_user(SERVICE, "alice@example.com")
        .send()
        .await
        .unwrap_err();
    assert_eq!(status(&error), Some(401), "{error}");
}

#[tokio::test]
#[ignore = "needs a Prism mock server: cargo xtask conformance"]
async fn a_bad_service_sid_is_answered_with_422() {
    let client = client(Auth::basic("AC0", "secret"));
    let error = client
        .fetch_service_user("IS1", "alice@example.com")
        .send()
        .await
        .unwrap_err();
    assert_eq!(status(&error), Some(422), "{error}");
}
