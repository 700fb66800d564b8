//! Models as values: decoded, encoded, compared and printed.

#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "tests stop at the first surprise"
)]

mod support;

use generated_client::{
    models::{ErrorBody, ServiceUser},
    serde_json::{self, from_reader, from_slice, from_str, from_value, json},
};
use support::{EXAMPLE, NULLS};

#[test]
fn a_user_is_read_from_any_kind_of_json() {
    let user: ServiceUser = from_str(EXAMPLE).unwrap();
    assert_eq!(user.sid.as_deref(), Some("string"));
    assert_eq!(
        from_value::<ServiceUser>(from_str(EXAMPLE).unwrap()).unwrap(),
        user
    );
    assert_eq!(from_slice::<ServiceUser>(EXAMPLE.as_bytes()).unwrap(), user);
    assert_eq!(
        from_reader::<_, ServiceUser>(EXAMPLE.as_bytes()).unwrap(),
        user
    );
    let users: Vec<Option<ServiceUser>> = from_str(&format!("[{EXAMPLE}, null, {{}}]")).unwrap();
    assert_eq!(users, [Some(user), None, Some(ServiceUser::default())]);
}

#[test]
fn null_and_absent_properties_round_trip() {
    let nothing = ServiceUser::default();
    for text in [NULLS, "{}", r#"{"sid":null}"#] {
        let read: ServiceUser = from_str(text).unwrap();
        assert_eq!(read, nothing);
        assert_eq!(serde_json::to_string(&read).unwrap(), text);
    }
    let mut known: ServiceUser = from_str(NULLS).unwrap();
    known.sid = Some("US1".to_owned());
    assert_eq!(serde_json::to_value(&known).unwrap()["sid"], "US1");
}

#[test]
fn models_round_trip() {
    let mut user: ServiceUser = from_str(EXAMPLE).unwrap();
    user.identity = Some("\u{0}\"\\\u{2028}é👩".to_owned());
    user.date_created = Some("2023-05-04T09:42:00.123456789-07:00".parse().unwrap());
    user.links = Some([("a/b".to_owned(), Some(String::new()))].into());
    user.is_online = None;
    let text = serde_json::to_string_pretty(&user).unwrap();
    assert_eq!(from_str::<ServiceUser>(&text).unwrap(), user);
    let value = serde_json::to_value(&user).unwrap();
    assert_eq!(value["date_created"], "2023-05-04T09:42:00.123456789-07:00");
    assert_eq!(value["links"], json!({"a/b": ""}));
    assert!(value.get("is_online").is_none());
    assert_eq!(from_value::<ServiceUser>(value).unwrap(), user);
}

#[test]
fn an_error_body_leaves_out_what_it_does_not_know() {
    assert_eq!(serde_json::to_string(&ErrorBody::default()).unwrap(), "{}");
    let text =
        r#"{"code":20404,"message":"gone","more_info":"https://example.com/20404","status":404}"#;
    let body: ErrorBody = from_str(text).unwrap();
    assert_eq!(
        (body.code, body.message.as_deref(), body.status),
        (Some(20404), Some("gone"), Some(404))
    );
    assert_eq!(serde_json::to_string(&body).unwrap(), text);
    assert_eq!(
        from_str::<ErrorBody>(r#"{"code": null, "new": 1}"#).unwrap(),
        ErrorBody::default()
    );
}

#[test]
fn a_printed_user_is_nobody() {
    let mut user: ServiceUser = from_str(EXAMPLE).unwrap();
    user.sid = Some("US1".to_owned());
    user.identity = Some("canary-identity".to_owned());
    user.friendly_name = Some("canary-name".to_owned());
    user.attributes = Some(r#"{"phone": "canary"}"#.to_owned());
    for text in [format!("{user:?}"), format!("{user:#?}")] {
        assert!(!text.contains("canary"), "{text}");
        for shown in [
            "identity: [redacted]",
            "friendly_name: [redacted]",
            "attributes: [redacted]",
        ] {
            assert!(text.contains(shown), "{shown}: {text}");
        }
        assert!(
            text.contains("US1") && text.contains("2023-05-04T09:42:00+00:00"),
            "{text}"
        );
    }
    // Even the absence of a value is not shown.
    assert!(format!("{:?}", ServiceUser::default()).contains("identity: [redacted]"));
}
