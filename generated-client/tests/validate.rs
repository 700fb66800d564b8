//! `validate()` on received models, compared with a JSON Schema validator that reads the document.

#![cfg(feature = "validate")]
#![allow(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "tests stop at the first surprise"
)]

use generated_client::{
    Rule, Validate,
    models::ServiceUser,
    serde_json::{Value, from_value, json},
};

#[test]
fn the_example_of_twilio_is_valid() {
    let sid = |prefix: &str| format!("{prefix}{}", "0a".repeat(16));
    let user: ServiceUser =
        from_value(json!({"sid": sid("US"), "account_sid": sid("AC"), "role_sid": null})).unwrap();
    assert_eq!(user.validate(), Ok(()));
}

#[test]
fn received_violations_are_reported() {
    let user: ServiceUser = from_value(json!({"sid": "canary", "identity": "canary"})).unwrap();
    let violations = user.validate().unwrap_err();
    let rules: Vec<_> = violations
        .iter()
        .map(|one| (one.path(), one.rule()))
        .collect();
    assert_eq!(
        rules,
        [
            ("$.sid", Rule::MinLength(34)),
            ("$.sid", Rule::Pattern("^US[0-9a-fA-F]{32}$"))
        ]
    );
    assert_eq!(
        violations.to_string(),
        "$.sid: length at least 34; $.sid: pattern `^US[0-9a-fA-F]{32}$`"
    );
}

#[test]
fn a_json_schema_validator_finds_the_same() {
    let mut schema = schema();
    let properties = schema["properties"].as_object_mut().unwrap();
    let keys = [
        "account_sid",
        "chat_service_sid",
        "role_sid",
        "sid",
        "friendly_name",
    ];
    for property in properties.values_mut() {
        // JSON Schema has no `nullable`.
        property.as_object_mut().unwrap().remove("type");
    }
    let validator = jsonschema::validator_for(&schema).unwrap();
    let zeros = "0".repeat(32);
    let values = [
        "",
        "AC",
        "é",
        &format!("AC{zeros}"),
        &format!("US{zeros}"),
        &format!("RL{zeros}0"),
        &zeros,
    ];
    let values: Vec<Value> = values
        .iter()
        .map(|value| json!(value))
        .chain([Value::Null])
        .collect();
    let mut found = 0;
    for (shift, _) in values.iter().enumerate() {
        let members = keys.iter().enumerate().map(|(at, key)| {
            (
                (*key).to_owned(),
                values[(at * at + shift) % values.len()].clone(),
            )
        });
        let instance = Value::Object(members.collect());
        let mut expected: Vec<String> = validator
            .iter_errors(&instance)
            .map(|error| {
                format!(
                    "{} {}",
                    error.instance_path().as_str().replacen('/', "$.", 1),
                    error.kind().keyword()
                )
            })
            .collect();
        let user: ServiceUser = from_value(instance).unwrap();
        let mut violations: Vec<String> = match user.validate() {
            Ok(()) => vec![],
            Err(all) => all
                .iter()
                .map(|one| format!("{} {}", one.path(), one.rule().keyword()))
                .collect(),
        };
        expected.sort();
        violations.sort();
        assert_eq!(violations, expected, "{user:?}");
        found += violations.len();
    }
    assert!(found > 20, "only {found} violations");
}

fn schema() -> Value {
    let document = include_str!("../../spec/twilio_conversations_v1.yaml");
    let document: Value = serde_yaml::from_str(document).unwrap();
    document["components"]["schemas"]["conversations.v1.service.service_user"].clone()
}
