//! Output: what one generation gives.

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostics;

/// A client's files, and what there is to say of them.
#[derive(Debug)]
pub struct Output {
    /// Path within the crate's folder, with `/`, to text. Every text begins with the generated header.
    pub files: BTreeMap<String, String>,
    /// How much was generated.
    pub summary: Summary,
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
}
