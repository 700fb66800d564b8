//! Settings and headers that are refused before any I/O.

#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "tests stop at the first surprise"
)]

mod support;

use generated_client::{Auth, Client, Error, ErrorKind};
use support::{IDENTITY, Peer, SERVICE, assert_no_secret, json, shown};

/// Checks that the error is one of the settings, with exactly this message.
fn assert_configuration(error: &Error, problem: &str) {
    assert_eq!(
        (error.kind(), error.attempts()),
        (ErrorKind::Configuration, 0)
    );
    assert_eq!(error.to_string(), problem);
    assert_no_secret(&shown(error));
}

#[tokio::test]
async fn a_header_that_could_end_itself_is_refused() {
    for peer in Peer::each(&json(200, "{}")) {
        let client = peer.client();
        let invisible = "header `x-trace` has a value with a character that is not visible ASCII";
        for (name, value, problem) in [
            ("X-Trace", "canary\r\nX-Other: canary", invisible),
            ("X-Trace", "canary\n", invisible),
            ("X-Trace", "canary\0", invisible),
            ("X\r\nY", "canary", r"header name `X\r\nY` is not a token"),
            (
                "Authorization",
                "Basic canary",
                "header `authorization` can't be set for a request",
            ),
            (
                "host",
                "canary.example",
                "header `host` can't be set for a request",
            ),
        ] {
            let request = client
                .fetch_service_user(SERVICE, IDENTITY)
                .with(|call| call.header(name, value));
            let error = request.send().await.unwrap_err();
            assert_eq!(
                (error.kind(), error.attempts()),
                (ErrorKind::InvalidInput, 0)
            );
            assert_eq!(error.to_string(), format!("FetchServiceUser: {problem}"));
            assert_no_secret(&shown(&error));
        }
        peer.saw_nothing().await;
    }
}

#[tokio::test]
async fn a_call_without_credentials_is_refused() {
    for peer in Peer::each(&json(200, "{}")) {
        let client = peer.builder().build().unwrap();
        let error = client
            .fetch_service_user(SERVICE, IDENTITY)
            .send()
            .await
            .unwrap_err();
        let takes = "the operation takes a user name and a password (`Auth::basic`)";
        assert_configuration(
            &error,
            &format!("FetchServiceUser: no credentials: {takes}"),
        );
        let error = peer
            .builder()
            .auth(Auth::bearer("canary"))
            .build()
            .unwrap_err();
        let takes = "they take a user name and a password (`Auth::basic`)";
        let refused = "credentials: no operation takes a bearer token (`Auth::bearer`)";
        assert_configuration(&error, &format!("{refused}; {takes}"));
        peer.saw_nothing().await;
    }
}

#[test]
fn a_base_url_that_could_lead_astray_is_refused() {
    let plain = "base URL: plain http to another machine needs `allow_plain_http(true)`";
    for (url, problem) in [
        (
            "https://user:canary@example.com",
            "base URL: user info has no place in a base URL",
        ),
        (
            "https://canary@127.0.0.1",
            "base URL: user info has no place in a base URL",
        ),
        ("http://conversations.twilio.com", plain),
        ("http://10.0.0.1", plain),
        ("http://127.0.0.1.canary.example", plain),
        (
            "https://example.com?canary",
            "base URL: a query has no place in a base URL",
        ),
        (
            "https://example.com#canary",
            "base URL: a fragment has no place in a base URL",
        ),
        (
            "file://canary/etc",
            "base URL: the scheme is neither https nor http",
        ),
        ("canary", "base URL: not an absolute URL"),
    ] {
        for peer in Peer::each(&json(200, "{}")) {
            let error = peer
                .builder()
                .auth(Auth::basic("AC1", "token"))
                .server(url)
                .build()
                .unwrap_err();
            assert_configuration(&error, problem);
        }
    }
}

#[test]
fn credentials_that_http_can_not_carry_are_refused() {
    for (auth, problem) in [
        (
            Auth::basic("", "canary"),
            "credentials: the user name is empty",
        ),
        (Auth::basic("AC1", ""), "credentials: the password is empty"),
        (
            Auth::basic("canary:AC1", "token"),
            "credentials: the user name holds a colon (RFC 7617 §2)",
        ),
        (
            Auth::basic("AC1", "canary\r\n"),
            "credentials: the password holds a control character (RFC 7617 §2)",
        ),
    ] {
        for peer in Peer::each(&json(200, "{}")) {
            assert_configuration(
                &peer.builder().auth(auth.clone()).build().unwrap_err(),
                problem,
            );
        }
    }
}

#[cfg(feature = "hyper")]
#[test]
fn the_documents_server_and_the_default_transport_need_nothing_but_credentials() {
    assert_eq!(Client::SERVER, "https://conversations.twilio.com");
    assert!(Client::new(Auth::basic("AC1", "token")).is_ok());
}

#[cfg(not(feature = "hyper"))]
#[test]
fn without_the_default_transport_one_has_to_be_given() {
    let error = Client::new(Auth::basic("AC1", "token")).unwrap_err();
    assert_configuration(
        &error,
        "no transport: give one, or turn on the feature `hyper`",
    );
}
