//! The result of a generation.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::diagnostic::Diagnostics;
use crate::ir;
use crate::lock::Lock;
use crate::pointer::Pointer;

/// A client's files, and a report on them.
#[derive(Debug)]
pub struct Output {
    /// Maps a path within the crate's folder, with `/`, to text. Every text begins with the
    /// generated header.
    pub files: BTreeMap<String, String>,
    /// Counts of what was generated.
    pub summary: Summary,
    /// The features that the crate's `Cargo.toml` has to declare, sorted: feature name and tag.
    pub features: Vec<(String, String)>,
    /// The examples in `tests/examples.rs`, in order. Empty unless requested.
    pub examples: Vec<Example>,
    /// The names in use, and the client's public surface.
    pub lock: Lock,
    /// Warnings and notes. Errors are in the `Err` of [`generate`](crate::generate).
    pub diagnostics: Diagnostics,
}

/// Counts of what was generated.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Operations that the client can call.
    pub operations: usize,
    /// Operations that were skipped. Each has a diagnostic.
    pub operations_skipped: usize,
    /// Types in `models`.
    pub models: usize,
    /// Models that are component schemas.
    pub schemas: usize,
    /// Number of fields with any JSON value, by reason.
    pub untyped: BTreeMap<&'static str, usize>,
    /// Public names: of types, members, methods, parameters, files.
    pub names: usize,
    /// Names with a number that distinguishes them.
    pub numbered: usize,
    /// Names of more than 60 characters.
    pub long: usize,
}

/// An example of a body in the document.
#[derive(Clone, Debug)]
pub struct Example {
    /// The example's pointer in the [merged](crate::merged_json) document.
    pub pointer: Pointer,
    /// The pointer of the example's schema in the merged document.
    pub schema: Pointer,
    /// True for the body of a request, false for that of a response.
    pub sent: bool,
    /// The body.
    pub value: Value,
}

impl Example {
    pub(crate) fn new(example: &ir::Example) -> Self {
        let ir::Example { pointer, schema, sent, value, .. } = example;
        Self { pointer: pointer.clone(), schema: schema.clone(), sent: *sent, value: value.clone() }
    }
}

/// Returns the path and text of the file that `tests/examples.rs` reads: a line of JSON for each
/// example.
pub(crate) fn examples(examples: &[Example], header: &str) -> Option<(String, String)> {
    if examples.is_empty() {
        return None;
    }
    let lines: String = examples.iter().map(|example| format!("{}\n", example.value)).collect();
    Some(("tests/examples.txt".to_owned(), format!("# {header}\n{lines}")))
}
