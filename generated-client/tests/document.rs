//! Decodes the document's own examples with the models generated from it.

#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "tests stop at the first surprise"
)]

use generated_client::{
    models::ServiceUser,
    serde_json::{Value, from_value, to_value},
};

const DOCUMENT: &str = include_str!(concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../spec/twilio_conversations_v1.yaml"
));

#[test]
fn examples_become_models_and_the_same_json_again() {
    let document: Value = serde_yaml::from_str(DOCUMENT).unwrap();
    let mut media_types = vec![(String::new(), &document)];
    for name in ["paths", "*", "*", "responses", "*", "content", "*"] {
        media_types = media_types
            .into_iter()
            .flat_map(|place| members(place, name))
            .collect();
    }
    let mut examples = 0;
    for (pointer, media_type) in media_types {
        let Some(example) = media_type.get("example") else {
            continue;
        };
        let again = match media_type["schema"]["$ref"].as_str() {
            Some("#/components/schemas/conversations.v1.service.service_user") => {
                to_value(from_value::<ServiceUser>(example.clone()).unwrap()).unwrap()
            }
            schema => panic!("{pointer}: no model is known for the schema {schema:?}"),
        };
        assert_eq!(again, *example, "{pointer}/example");
        examples += 1;
    }
    assert_eq!(examples, 1, "an example came or went");
}

/// Returns the members with this name, or all members, each with its JSON pointer.
fn members<'a>((pointer, value): (String, &'a Value), name: &str) -> Vec<(String, &'a Value)> {
    let members = value.as_object().into_iter().flatten();
    let members = members.filter(|(key, _)| name == "*" || name == *key);
    let escape = |key: &str| key.replace('~', "~0").replace('/', "~1");
    members
        .map(|(key, value)| (format!("{pointer}/{}", escape(key)), value))
        .collect()
}
