//! The figures of one document, as a row of the table and of the JSON file.
//!
//! Invariant: a figure that was not measured is absent, not 0.

use crate::crates::Check;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// All figures of one document.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Row {
    /// The version as the document writes it.
    pub(crate) openapi: String,
    #[serde(flatten)]
    pub(crate) declared: Declared,
    #[serde(flatten)]
    pub(crate) generated: Generated,
    /// The reason why there is no crate: the first error, or the generator's exit status.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) failure: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) check: Option<Check>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) rustdoc: Option<Check>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) examples: Option<Examples>,
}

/// Counts of what a document declares.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub(crate) struct Declared {
    #[serde(rename = "operations_declared")]
    pub(crate) operations: usize,
    #[serde(rename = "schemas_declared")]
    pub(crate) schemas: usize,
}

/// Counts of the generator's output.
#[derive(Debug, Default, Deserialize, Serialize)]
pub(crate) struct Generated {
    #[serde(rename = "operations_generated")]
    pub(crate) operations: usize,
    pub(crate) operations_skipped: usize,
    #[serde(rename = "schemas_generated")]
    pub(crate) schemas: usize,
    /// Fields typed as any JSON value.
    pub(crate) untyped: usize,
    /// Untyped fields by reason.
    pub(crate) untyped_why: BTreeMap<String, usize>,
    /// Public names.
    pub(crate) names: usize,
    /// Names with a distinguishing number.
    pub(crate) numbered: usize,
    /// Names of more than 60 characters.
    pub(crate) long: usize,
    pub(crate) diagnostics: Severities,
    /// Number of diagnostics by code.
    pub(crate) codes: BTreeMap<String, usize>,
    /// Public items whose name changes if the document's keys are reversed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) renamed: Option<usize>,
    pub(crate) generate_ms: u64,
    /// Peak memory of the generator's process in KiB, where the system reports it.
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

/// Counts of a document's examples: found, decoded, and encoded to the same JSON again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub(crate) struct Examples {
    pub(crate) found: usize,
    pub(crate) decoded: usize,
    pub(crate) roundtrip: usize,
    /// Examples that are valid against their schema.
    pub(crate) valid: Valid,
    /// Examples that are valid if `format` is ignored, as JSON Schema does.
    pub(crate) valid_but_for_format: Valid,
}

/// Counts of examples that the validator accepts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub(crate) struct Valid {
    pub(crate) found: usize,
    pub(crate) decoded: usize,
    pub(crate) roundtrip: usize,
    /// Examples that round-trip except for the notation of times.
    pub(crate) but_for_time: usize,
}
