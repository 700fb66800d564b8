//! Bodies that decode to a user.

#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "tests stop at the first surprise"
)]

mod support;

use generated_client::{DateTime, http::Response, jiff::Timestamp, models::ServiceUser};
use std::collections::BTreeMap;
use support::{EXAMPLE, IDENTITY, NULLS, Peer, SERVICE, assert_no_secret, json};

/// Returns the user that each peer decodes from a body.
async fn users(body: &str) -> Vec<ServiceUser> {
    let mut users = Vec::new();
    for peer in Peer::each(&json(200, body)) {
        users.push(peer.fetch().await.unwrap());
    }
    users
}

#[tokio::test]
async fn every_property_of_the_example_has_its_type() {
    for user in users(EXAMPLE).await {
        let moment: DateTime = "2023-05-04T09:42:00Z".parse().unwrap();
        let text = Some("string".to_owned());
        assert_eq!(user.account_sid, text);
        assert_eq!(user.attributes, text);
        assert_eq!(user.chat_service_sid, text);
        assert_eq!(user.date_created, Some(moment.clone()));
        assert_eq!(user.date_updated, Some(moment));
        assert_eq!(user.friendly_name, text);
        assert_eq!(user.identity, text);
        assert_eq!(user.is_notifiable, Some(true));
        assert_eq!(user.is_online, Some(true));
        assert_eq!(user.links, Some(BTreeMap::new()));
        assert_eq!(user.role_sid, text);
        assert_eq!(user.sid, text);
        assert_eq!(user.url, Some("https://example.com".to_owned()));
    }
}

/// Decoding never fails because of a format.
#[tokio::test]
async fn a_text_that_is_no_time_is_kept() {
    for text in [
        "",
        "never",
        "2023-05-04",
        "09:42:00Z",
        "2023-13-04T09:42:00Z",
        "0000-00-00 00:00:00",
    ] {
        for user in users(&format!(r#"{{"sid": "US1", "date_created": "{text}"}}"#)).await {
            let created = user.date_created.unwrap();
            assert_eq!(
                (user.sid.as_deref(), created.timestamp(), created.as_str()),
                (Some("US1"), None, text)
            );
        }
    }
}

/// In the example, properties of the same type have similar values. Here all values differ.
#[tokio::test]
async fn no_property_is_taken_for_another() {
    let body = r#"{"account_sid": "AC1", "attributes": "{\"tea\": \"grün\"}", "chat_service_sid": "IS1",
        "date_created": "2023-05-04T11:42:00.25+02:00", "date_updated": "1969-12-31T23:59:59Z",
        "friendly_name": "Alice \ud83d\udc69", "identity": "alice@example.com", "is_notifiable": false,
        "is_online": true, "links": {"user_conversations": "https://example.com/c", "other": "/o"},
        "role_sid": "RL1", "sid": "US1", "url": "https://example.com/u"}"#;
    let mut expected = ServiceUser::default();
    expected.account_sid = Some("AC1".to_owned());
    expected.attributes = Some(r#"{"tea": "grün"}"#.to_owned());
    expected.chat_service_sid = Some("IS1".to_owned());
    expected.date_created = Some("2023-05-04T09:42:00.25Z".parse().unwrap());
    expected.date_updated = Some(Timestamp::from_second(-1).unwrap().into());
    expected.friendly_name = Some("Alice 👩".to_owned());
    expected.identity = Some(IDENTITY.to_owned());
    expected.is_notifiable = Some(false);
    expected.is_online = Some(true);
    let links = [
        ("user_conversations", "https://example.com/c"),
        ("other", "/o"),
    ];
    expected.links = Some(
        links
            .map(|(name, url)| (name.to_owned(), Some(url.to_owned())))
            .into(),
    );
    expected.role_sid = Some("RL1".to_owned());
    expected.sid = Some("US1".to_owned());
    expected.url = Some("https://example.com/u".to_owned());
    for user in users(body).await {
        assert!(user == expected, "{user:#?}");
    }
}

#[tokio::test]
async fn every_property_may_be_null_or_missing() {
    for body in [NULLS, "{}"] {
        for user in users(body).await {
            assert_eq!(user, ServiceUser::default());
        }
    }
}

#[tokio::test]
async fn properties_that_the_document_does_not_know_are_passed_over() {
    let body = r#"{"new": {"sid": "US2", "deep": [{"sid": ["US3", {}, null, 1e400, -0.5]}]}, "sid": "US1",
        "links": {"new": "https://example.com/n"}, "": 1, "SID": "US4", "online": [true]}"#;
    let mut expected = ServiceUser::default();
    expected.sid = Some("US1".to_owned());
    expected.links = Some([("new".to_owned(), Some("https://example.com/n".to_owned()))].into());
    for user in users(body).await {
        assert_eq!(user, expected);
    }
}

#[tokio::test]
async fn a_response_has_status_headers_and_request_id_beside_the_user() {
    let response = Response::builder()
        .header("content-type", "application/json;charset=utf-8")
        .header("twilio-request-id", "RQ1")
        .header("x-other", "canary")
        .body(r#"{"sid": "US1", "identity": "alice@example.com"}"#.to_owned());
    for peer in Peer::each(&response.unwrap()) {
        let request = peer.client().fetch_service_user(SERVICE, IDENTITY);
        let response = request.send_with_response().await.unwrap();
        assert_eq!(response.status(), 200);
        assert_eq!(response.headers()["x-other"], "canary");
        assert_eq!(response.request_id(), Some("RQ1"));
        assert_eq!(response.body().sid.as_deref(), Some("US1"));
        assert_no_secret(&format!("{response:?}"));
        assert_eq!(response.into_body().identity.as_deref(), Some(IDENTITY));
    }
}
