//! The bytes of requests.

#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "tests stop at the first surprise"
)]

mod support;

use generated_client::Auth;
use support::{CREDENTIALS, EXAMPLE, IDENTITY, Peer, SERVICE, json};

#[tokio::test]
async fn the_request_is_what_the_document_says() {
    for peer in Peer::each(&json(200, EXAMPLE)) {
        peer.fetch().await.unwrap();
        let requests = peer.requests();
        assert_eq!(requests.len(), 1);
        let request = &requests[0];
        assert_eq!(request.method, "GET");
        let target = "/v1/Services/IS0123456789abcdefABCDEF0123456789/Users/alice%40example.com";
        assert_eq!(request.target, target);
        assert_eq!(
            request.headers["authorization"],
            format!("Basic {CREDENTIALS}")
        );
        assert_eq!(request.headers["accept"], "application/json");
        assert_eq!(
            request.headers["user-agent"],
            concat!("generated-client/", env!("CARGO_PKG_VERSION"))
        );
    }
}

/// Each header is sent once, and there are no others: no Referer, no cookie, no length of a missing
/// body.
#[tokio::test]
async fn there_are_no_other_headers() {
    for peer in Peer::each(&json(200, EXAMPLE)) {
        peer.fetch().await.unwrap();
        let request = &peer.requests()[0];
        let mut names: Vec<&str> = request
            .headers
            .iter()
            .map(|(name, _)| name.as_str())
            .collect();
        names.sort_unstable();
        // The transport adds the headers of HTTP itself.
        let expected: &[&str] = match peer {
            Peer::Memory(_) => &["accept", "authorization", "user-agent"],
            #[cfg(feature = "hyper")]
            Peer::Loopback(_) => &[
                "accept",
                "accept-encoding",
                "authorization",
                "host",
                "user-agent",
            ],
        };
        assert_eq!(names, expected);
    }
}

/// The example of RFC 7617 §2, the one with UTF-8 of §2.1, and a password with a colon.
#[tokio::test]
async fn credentials_are_base64() {
    for (user, password, expected) in [
        (
            "Aladdin",
            "open sesame",
            "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==",
        ),
        ("test", "123£", "Basic dGVzdDoxMjPCow=="),
        ("SK0", "a:b", "Basic U0swOmE6Yg=="),
    ] {
        for peer in Peer::each(&json(200, "{}")) {
            let client = peer
                .builder()
                .auth(Auth::basic(user, password))
                .build()
                .unwrap();
            client
                .fetch_service_user(SERVICE, IDENTITY)
                .send()
                .await
                .unwrap();
            assert_eq!(peer.requests()[0].headers["authorization"], expected);
        }
    }
}

#[tokio::test]
async fn without_credentials_on_purpose_none_are_sent() {
    for peer in Peer::each(&json(200, "{}")) {
        let client = peer.builder().auth(Auth::none()).build().unwrap();
        client
            .fetch_service_user(SERVICE, IDENTITY)
            .send()
            .await
            .unwrap();
        assert!(!peer.requests()[0].headers.contains_key("authorization"));
    }
}

#[tokio::test]
async fn a_program_sets_its_name_and_headers_of_its_own() {
    for peer in Peer::each(&json(200, "{}")) {
        let client = peer
            .builder()
            .auth(Auth::basic("AC1", "token"))
            .user_agent("my-app/1.2 (tea)")
            .build();
        let request = client.unwrap().fetch_service_user(SERVICE, IDENTITY);
        request
            .with(|call| call.header("X-Trace", "replaced").header("x-trace", "a b"))
            .send()
            .await
            .unwrap();
        let headers = &peer.requests()[0].headers;
        assert_eq!(headers["user-agent"], "my-app/1.2 (tea)");
        assert_eq!(
            headers.get_all("x-trace").iter().collect::<Vec<_>>(),
            ["a b"]
        );
    }
}

#[tokio::test]
async fn one_client_makes_many_calls() {
    for peer in Peer::each(&json(200, "{}")) {
        let client = peer.client();
        for user in ["a", "b"] {
            client
                .clone()
                .fetch_service_user(SERVICE, user)
                .send()
                .await
                .unwrap();
        }
        let targets: Vec<String> = peer
            .requests()
            .into_iter()
            .map(|request| request.target)
            .collect();
        assert_eq!(
            targets,
            ["a", "b"].map(|user| format!("/v1/Services/{SERVICE}/Users/{user}"))
        );
    }
}
