//! Output: what one generation gives.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::diagnostic::Diagnostics;
use crate::ir;
use crate::lock::Lock;
use crate::pointer::Pointer;

/// A client's files, and what there is to say of them.
#[derive(Debug)]
pub struct Output {
    /// Path within the crate's folder, with `/`, to text. Every text begins with the generated header.
    pub files: BTreeMap<String, String>,
    /// How much was generated.
    pub summary: Summary,
    /// The features of the crate by tag, which its `Cargo.toml` has to declare: name and tag, by name.
    pub features: Vec<(String, String)>,
    /// What `tests/examples.rs` decodes, in its order; none unless asked for.
    pub examples: Vec<Example>,
    /// The names that were given, and the client's public surface.
    pub lock: Lock,
    /// Warnings and notes; errors are in the `Err` of [`generate`](crate::generate).
    pub diagnostics: Diagnostics,
}

/// How much was generated.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Operations that the client can call.
    pub operations: usize,
    /// Operations that were left out, each named by a diagnostic.
    pub operations_skipped: usize,
    /// Types in `models`.
    pub models: usize,
    /// Those of them that are component schemas.
    pub schemas: usize,
    /// Fields of any JSON value, by the reason why.
    pub untyped: BTreeMap<&'static str, usize>,
    /// Public names: of types, members, methods, parameters, files.
    pub names: usize,
    /// Those of them that a number tells from others.
    pub numbered: usize,
    /// Those of them of more than 60 characters.
    pub long: usize,
}

/// A body as the document shows it.
#[derive(Clone, Debug)]
pub struct Example {
    /// Where it stands in the [merged](crate::merged_json) document.
    pub pointer: Pointer,
    /// Where its schema stands there.
    pub schema: Pointer,
    /// Whether it is the body of a request, not of a response.
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

/// The file that `tests/examples.rs` reads: a line of JSON for each example.
pub(crate) fn examples(examples: &[Example], header: &str) -> Option<(String, String)> {
    if examples.is_empty() {
        return None;
    }
    let lines: String = examples.iter().map(|example| format!("{}\n", example.value)).collect();
    Some(("tests/examples.txt".to_owned(), format!("# {header}\n{lines}")))
}
