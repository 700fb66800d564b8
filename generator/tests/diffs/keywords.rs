//! Each validation keyword is compared in each place where a value is sent.

use std::collections::BTreeSet;

use generator::Bump;
use serde_json::{Value, json};

use super::{Pair, merge};

/// A keyword, a schema that can have it, a weak and a strict value of it, and the rules of the
/// changes: it is added, stricter, weaker, removed.
const KEYWORDS: &[(&str, &str, [&str; 2], [&str; 4])] = &[
    ("minLength", TEXT, ["1", "2"], LOWER),
    ("maxLength", TEXT, ["9", "8"], UPPER),
    ("pattern", TEXT, ["'^a'", "'^ab'"], PATTERN),
    ("minimum", INTEGER, ["1", "2"], LOWER),
    ("maximum", INTEGER, ["9", "8"], UPPER),
    ("multipleOf", INTEGER, ["2", "4"], MULTIPLE),
    ("minItems", LIST, ["1", "2"], LOWER),
    ("maxItems", LIST, ["9", "8"], UPPER),
    ("uniqueItems", LIST, ["false", "true"], UNIQUE),
    ("minProperties", MAP, ["1", "2"], LOWER),
    ("maxProperties", MAP, ["9", "8"], UPPER),
];

const TEXT: &str = "{type: string}";
const INTEGER: &str = "{type: integer}";
const LIST: &str = "{type: array, items: {type: string}}";
const MAP: &str = "{type: object, additionalProperties: {type: string}}";

const LOWER: [&str; 4] = ["minimum-raised", "minimum-raised", "minimum-lowered", "minimum-lowered"];
const UPPER: [&str; 4] = ["maximum-lowered", "maximum-lowered", "maximum-raised", "maximum-raised"];
const PATTERN: [&str; 4] = ["pattern-added", "pattern-changed", "pattern-changed", "pattern-removed"];
const MULTIPLE: [&str; 4] =
    ["multiple-of-added", "multiple-of-added", "multiple-of-added", "multiple-of-removed"];
const UNIQUE: [&str; 4] = ["", "unique-items-added", "unique-items-removed", ""];

/// The rule for every keyword of the items of a list and the values of a map.
const OF_ITEMS: &str = "items-rule-changed";

/// Places of a schema, each with the group of its change: what the base is merged with. `SCHEMA`
/// stands for the schema.
const PLACES: &[(&str, &str)] = &[
    (
        "models::Plain",
        "{components: {schemas: {Plain: {type: object, properties: {probe: SCHEMA}}, NewUser: {properties: {plain: {$ref: '#/components/schemas/Plain'}}}}}}",
    ),
    (
        "models::Named",
        "{components: {schemas: {Named: SCHEMA, NewUser: {properties: {named: {$ref: '#/components/schemas/Named'}}}}}}",
    ),
    ("models::NewUser", "{components: {schemas: {NewUser: {additionalProperties: SCHEMA}}}}"),
    (
        "models::Either",
        "{components: {schemas: {Either: {oneOf: [{type: boolean}, SCHEMA]}, NewUser: {properties: {either: {$ref: '#/components/schemas/Either'}}}}}}",
    ),
    ("GET /users", "{paths: {/users: {get: {parameters: [{name: probe, in: query, schema: SCHEMA}]}}}}"),
    (
        "POST /photos",
        "{paths: {/photos: {post: {requestBody: {content: {multipart/form-data: {schema: {properties: {title: SCHEMA}}}}}}}}}",
    ),
    (
        "POST /body",
        "{paths: {/body: {post: {requestBody: {required: true, content: {application/json: {schema: SCHEMA}}}}}}}",
    ),
    (
        "POST /optional",
        "{paths: {/optional: {post: {requestBody: {content: {application/json: {schema: SCHEMA}}}}}}}",
    ),
];

/// A body of text. Its schema describes the whole text.
const OF_TEXT: (&str, &str) = (
    "POST /text",
    "{paths: {/text: {post: {requestBody: {required: true, content: {text/plain: {schema: SCHEMA}}}}}}}",
);

fn yaml(text: &str) -> Value {
    serde_yaml::from_str(text).expect("YAML")
}

/// Returns the base with a schema in all places.
fn document(places: &[&(&str, &str)], schema: &Value) -> String {
    let mut document = yaml(include_str!("base.yaml"));
    for (_, patch) in places {
        merge(&mut document, &yaml(&patch.replace("SCHEMA", &schema.to_string())));
    }
    for operations in document["paths"].as_object_mut().expect("paths").values_mut() {
        for operation in operations.as_object_mut().expect("operations").values_mut() {
            let responses = json!({"204": {"description": "Good."}});
            operation.as_object_mut().expect("an operation").entry("responses").or_insert(responses);
        }
    }
    document.to_string()
}

/// Checks that a change of the schema gets the rule in each place, and breaks no caller.
fn check(places: &[&(&str, &str)], [old, new]: [&Value; 2], rule: &str) {
    let [old_text, new_text] = [old, new].map(|schema| document(places, schema));
    let (_, diff) = Pair { old: old_text, new: new_text, ..Pair::default() }.compare();
    assert_eq!(diff.rust(), Bump::Patch, "{}", diff.text());
    let found: BTreeSet<_> = diff.changes.iter().map(|change| (change.group.as_str(), change.rule)).collect();
    let expected: BTreeSet<_> = places.iter().map(|(group, _)| (*group, rule)).collect();
    let expected = if rule.is_empty() { BTreeSet::new() } else { expected };
    assert_eq!(found, expected, "from {old} to {new}");
}

#[test]
fn each_keyword_is_compared_in_each_place() {
    for (keyword, schema, values, rules) in KEYWORDS {
        let bare = yaml(schema);
        let [weak, strict] = values.map(|value| {
            let mut schema = bare.clone();
            merge(&mut schema, &json!({ *keyword: yaml(value) }));
            schema
        });
        let places: Vec<_> = PLACES.iter().collect();
        let of_text = (*schema == TEXT).then_some(&OF_TEXT);
        let all: Vec<_> = PLACES.iter().chain(of_text).collect();
        for (pair, rule) in
            [[&bare, &weak], [&weak, &strict], [&strict, &weak], [&weak, &bare]].into_iter().zip(rules)
        {
            check(&all, pair, rule);
        }
        let [bare, strict] = [bare, strict].map(|schema| json!({"type": "array", "items": schema}));
        check(&places, [&bare, &strict], OF_ITEMS);
    }
}
