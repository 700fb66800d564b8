//! Tests that a model, and what it keeps beside its fields, comes back from other formats than JSON.

#![allow(clippy::unwrap_used, reason = "tests stop at the first surprise")]

use generated_client::{models::ServiceUser, serde_json};

/// A user with a null, and with properties that the document does not declare.
const USER: &str = r#"{"sid":"US1","friendly_name":null,"is_online":true,"date_created":"2019-12-16T22:18:37Z","links":{"a":null,"b":"c"},"new":{"list":[1,-2,0.5,true,null,"é"],"empty":{}},"big":18446744073709551615}"#;

fn user() -> ServiceUser {
    serde_json::from_str(USER).unwrap()
}

/// Checks that a user that came back holds all that [`USER`] holds.
fn assert_is_whole(user: &ServiceUser) {
    let expected: serde_json::Value = serde_json::from_str(USER).unwrap();
    assert_eq!(serde_json::to_value(user).unwrap(), expected);
}

#[test]
fn a_model_comes_back_from_yaml() {
    let text = serde_yaml::to_string(&user()).unwrap();
    assert_is_whole(&serde_yaml::from_str(&text).unwrap());
}

#[test]
fn a_model_comes_back_from_messagepack() {
    let bytes = rmp_serde::to_vec(&user()).unwrap();
    assert_is_whole(&rmp_serde::from_slice(&bytes).unwrap());
}

#[test]
fn a_model_comes_back_from_cbor() {
    let mut bytes = Vec::new();
    ciborium::into_writer(&user(), &mut bytes).unwrap();
    assert_is_whole(&ciborium::from_reader(bytes.as_slice()).unwrap());
}

#[test]
fn a_model_comes_back_from_a_json_value() {
    let value = serde_json::to_value(user()).unwrap();
    assert_is_whole(&serde_json::from_value(value).unwrap());
}
