//! A service SID or an identity arrives unchanged in its one segment of the path, or nothing is
//! sent.

#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "tests stop at the first surprise"
)]

mod support;

use generated_client::{Client, ErrorKind};
use percent_encoding::percent_decode_str;
use support::{Peer, SERVICE, json, shown};

/// Values with a meaning in a URL, a form, a file system or a terminal.
const ODD: &[&str] = &[
    "alice@example.com",
    "a/b",
    "/",
    "a b",
    " ",
    "a?x=1",
    "a#b",
    "a%2Fb",
    "%2e%2e",
    "%",
    "..%2f..",
    "...",
    ".a",
    "a\\b",
    "a\tb",
    "a\r\nHost: example.com",
    "a\0b",
    "a+b&c=d;e,f:g",
    "{Sid}",
    "é",
    "e\u{301}",
    "👩‍👩‍👧",
    "\u{202e}abc\u{feff}",
    "'\"<>`|^[]!$()*~",
];

/// Makes a call with these values, and checks that the peer receives exactly them.
async fn assert_arrives(client: &Client, peer: &Peer, service: &str, user: &str) {
    client
        .fetch_service_user(service, user)
        .send()
        .await
        .unwrap();
    let target = peer.requests().pop().unwrap().target;
    let segments: Vec<_> = target
        .split('/')
        .map(|part| percent_decode_str(part).decode_utf8())
        .collect();
    let expected = ["", "v1", "Services", service, "Users", user];
    assert_eq!(segments, expected.map(|text| Ok(text.into())), "{target}");
    // There is only one notation, so servers and proxies cannot read it differently.
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~%/".contains(&byte);
    assert!(target.bytes().all(plain), "{target}");
}

#[tokio::test]
async fn an_odd_value_arrives_as_it_is() {
    for peer in Peer::each(&json(200, "{}")) {
        let client = peer.client();
        for value in ODD {
            assert_arrives(&client, &peer, SERVICE, value).await;
            assert_arrives(&client, &peer, value, "US1").await;
        }
        assert_eq!(peer.requests().len(), 2 * ODD.len());
    }
}

#[tokio::test]
async fn every_ascii_character_arrives_as_it_is() {
    for peer in Peer::each(&json(200, "{}")) {
        let client = peer.client();
        for character in '\0'..='\u{7f}' {
            let (alone, within) = (character.to_string(), format!("a{character}b"));
            let alone = if character == '.' { &within } else { &alone };
            assert_arrives(&client, &peer, alone, &within).await;
        }
    }
}

#[tokio::test]
async fn what_no_url_can_carry_is_refused_by_its_name() {
    for peer in Peer::each(&json(200, "{}")) {
        let client = peer.client();
        for (value, problem) in [
            ("", "is empty"),
            (".", "is a dot segment, which no URL can carry"),
            ("..", "is a dot segment, which no URL can carry"),
        ] {
            for (service, user, name) in [(value, "US1", "ChatServiceSid"), (SERVICE, value, "Sid")]
            {
                let error = client
                    .fetch_service_user(service, user)
                    .send()
                    .await
                    .unwrap_err();
                assert_eq!(
                    (error.kind(), error.attempts()),
                    (ErrorKind::InvalidInput, 0)
                );
                let line = format!("FetchServiceUser: path parameter `{name}` {problem}");
                assert_eq!(error.to_string(), line);
                assert!(error.status().is_none() && !error.is_retryable());
            }
        }
        peer.saw_nothing().await;
    }
}

#[tokio::test]
async fn a_value_that_makes_the_url_too_long_is_refused_and_not_printed() {
    for peer in Peer::each(&json(200, "{}")) {
        let value = "canary".repeat(20_000);
        let error = peer
            .client()
            .fetch_service_user(SERVICE, &value)
            .send()
            .await
            .unwrap_err();
        assert_eq!(
            (error.kind(), error.attempts()),
            (ErrorKind::InvalidInput, 0)
        );
        assert!(!shown(&error).contains("canary"));
        peer.saw_nothing().await;
    }
}
