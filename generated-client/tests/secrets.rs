//! Everything that a program may print or log contains no credential and no personal data.

#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "tests stop at the first surprise"
)]

mod support;

use generated_client::{Auth, Client, transport::Memory};
use support::{EXAMPLE, IDENTITY, PASSWORD, Peer, SERVICE, USER, assert_no_secret, json};

#[tokio::test]
async fn nothing_on_the_way_prints_a_secret() {
    let user = EXAMPLE.replace(
        r#""identity": "string""#,
        r#""identity": "alice@example.com""#,
    );
    for peer in Peer::each(&json(200, &user)) {
        let auth = Auth::basic(USER, PASSWORD);
        assert_no_secret(&format!("{auth:?}"));
        let builder = peer.builder().auth(auth);
        assert_no_secret(&format!("{builder:?}"));
        let client = builder.build().unwrap();
        assert_no_secret(&format!("{client:?}"));
        let request = client
            .fetch_service_user(SERVICE, IDENTITY)
            .with(|call| call.header("x-trace", "canary"));
        assert_no_secret(&format!("{request:?}"));
        let future = request.send_with_response();
        assert_no_secret(&format!("{future:?}"));
        let response = future.await.unwrap();
        assert_no_secret(&format!("{response:?}"));
        assert_no_secret(&format!("{:?}", response.body()));
    }
}

#[tokio::test]
async fn recorded_requests_are_not_printed() {
    let memory = Memory::new().reply(200, r#"{"identity": "alice@example.com"}"#);
    let client = Client::builder()
        .auth(Auth::basic(USER, PASSWORD))
        .transport(memory.clone());
    client
        .build()
        .unwrap()
        .fetch_service_user(SERVICE, IDENTITY)
        .send()
        .await
        .unwrap();
    assert_no_secret(&format!("{memory:?} {:?}", memory.requests()));
}
