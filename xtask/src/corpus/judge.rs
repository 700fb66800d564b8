//! Validates a document's examples with an independent validator, jsonschema.
//!
//! Input: examples and their document. Output: a verdict on each example.

use super::schema;
use generator::Example;
use jsonschema::{Draft, Registry, Validator};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::HashMap;

/// The validator's verdict on an example.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Verdict {
    Valid,
    /// Valid except for `format`, which is an annotation in JSON Schema.
    ValidButForFormat(String),
    /// Invalid, or the schema cannot be used.
    Invalid(String),
}

/// An example and its verdict.
#[derive(Debug, Deserialize, Serialize)]
pub(super) struct Judged {
    pub(super) pointer: String,
    pub(super) value: Value,
    pub(super) verdict: Verdict,
}

/// Judges examples of the normalised `document`, in order.
pub(super) fn judge(document: &Value, examples: Vec<Example>) -> Vec<Judged> {
    let received = Judge::new(document, false);
    let sent = Judge::new(document, true);
    let mut judges = [received, sent];
    let mut judged = Vec::new();
    for Example { pointer, schema, sent, value } in examples {
        let [received, requested] = &mut judges;
        let judge = if sent { requested } else { received };
        let verdict = match judge {
            Ok(judge) => judge.verdict(schema.as_str(), &value),
            Err(problem) => Verdict::Invalid(problem.clone()),
        };
        judged.push(Judged { pointer: pointer.to_string(), value, verdict });
    }
    judged
}

const BASE: &str = "urn:openapi";

/// A document's schemas, and the validators built so far.
struct Judge {
    registry: Registry<'static>,
    known: HashMap<(String, bool), Result<Validator, String>>,
}

impl Judge {
    fn new(document: &Value, sent: bool) -> Result<Self, String> {
        let resource = Draft::Draft202012.create_resource(schema::document(document, sent));
        let registry = Registry::new().add(BASE, resource).and_then(|registry| registry.prepare());
        let registry = registry.map_err(|error| error.to_string())?;
        Ok(Self { registry, known: HashMap::new() })
    }

    fn verdict(&mut self, schema: &str, value: &Value) -> Verdict {
        let Err(with_formats) = self.validate(schema, value, true) else { return Verdict::Valid };
        match self.validate(schema, value, false) {
            Ok(()) => Verdict::ValidButForFormat(with_formats),
            Err(problem) => Verdict::Invalid(problem),
        }
    }

    fn validate(&mut self, schema: &str, value: &Value, formats: bool) -> Result<(), String> {
        let Self { registry, known } = self;
        let validator = known.entry((schema.to_owned(), formats)).or_insert_with(|| {
            let fragment = percent_encoding::utf8_percent_encode(schema, percent_encoding::NON_ALPHANUMERIC);
            let fragment = fragment.to_string().replace("%2F", "/").replace("%7E", "~");
            let options = jsonschema::options().with_draft(Draft::Draft202012).with_registry(registry);
            let options = options.should_validate_formats(formats);
            options.build(&json!({ "$ref": format!("{BASE}#{fragment}") })).map_err(|error| error.to_string())
        });
        let validator = validator.as_ref().map_err(Clone::clone)?;
        validator.validate(value).map_err(|error| format!("at {}: {error}", error.instance_path()))
    }
}
