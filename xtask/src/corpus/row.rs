//! One document's figures: what each step of the command has found in, one row of the table and of the JSON file out.
//!
//! The rule: a figure that was not taken is absent, never 0.

use crate::crates::Check;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// All that is known of one document.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Row {
    /// The version as the document writes it.
    pub(crate) openapi: String,
    #[serde(flatten)]
    pub(crate) declared: Declared,
    #[serde(flatten)]
    pub(crate) generated: Generated,
    /// Why there is no crate: what the first error says, or how the generator ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) failure: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) check: Option<Check>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) rustdoc: Option<Check>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) examples: Option<Examples>,
}

/// What the text of a document declares.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub(crate) struct Declared {
    #[serde(rename = "operations_declared")]
    pub(crate) operations: usize,
    #[serde(rename = "schemas_declared")]
    pub(crate) schemas: usize,
}

/// What the generator made of it.
#[derive(Debug, Default, Deserialize, Serialize)]
pub(crate) struct Generated {
    #[serde(rename = "operations_generated")]
    pub(crate) operations: usize,
    pub(crate) operations_skipped: usize,
    #[serde(rename = "schemas_generated")]
    pub(crate) schemas: usize,
    /// Fields typed as any JSON value.
    pub(crate) untyped: usize,
    /// The same by the reason why.
    pub(crate) untyped_why: BTreeMap<String, usize>,
    /// Public names; those that a number tells from others; those of more than 60 characters.
    pub(crate) names: usize,
    pub(crate) numbered: usize,
    pub(crate) long: usize,
    pub(crate) diagnostics: Severities,
    /// How often each code was given.
    pub(crate) codes: BTreeMap<String, usize>,
    /// Public items that are named otherwise where the document's keys stand in another order.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) renamed: Option<usize>,
    pub(crate) generate_ms: u64,
    /// The most memory that the generator's process held at once, in KiB, where the system tells it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) peak_kib: Option<u64>,
}

/// Diagnostics by severity.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Serialize)]
pub(crate) struct Severities {
    pub(crate) error: usize,
    pub(crate) warning: usize,
    pub(crate) note: usize,
}

/// What became of the examples of a document: `decoded` as their models, and encoded again to the same JSON.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub(crate) struct Examples {
    pub(crate) found: usize,
    pub(crate) decoded: usize,
    pub(crate) roundtrip: usize,
    /// Those of them that are valid against their schema.
    pub(crate) valid: Valid,
    /// Those that are valid where `format` is not looked at, as JSON Schema has it.
    pub(crate) valid_but_for_format: Valid,
}

/// The same of examples of which a validator says something.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub(crate) struct Valid {
    pub(crate) found: usize,
    pub(crate) decoded: usize,
    pub(crate) roundtrip: usize,
    /// Those that come back the same but for times, which are written another way.
    pub(crate) but_for_time: usize,
}
