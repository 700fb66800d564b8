//! Checks that key order changes no name.
//!
//! Input: a document. Output: the number of names that change if its keys are reversed. JSON
//! objects are unordered (RFC 8259 §4), so names must not depend on key order.

use anyhow::Result;
use generator::{Options, Output, Source};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// Returns the number of public items, by name and file, in which `output` and the output of the
/// reversed document differ. Returns `None` for a document of several files, because only the main
/// file is reversed.
pub(super) fn renamed(document: &Path, options: &Options, output: &Output) -> Result<Option<usize>> {
    if Source::read(document, &[]).is_ok_and(|source| source.refers_to_files()) {
        return Ok(None);
    }
    // Values that only the generator's own parser reads, such as a number of 20 digits, are not
    // reversed.
    let Ok(value) = serde_yaml::from_str(&fs::read_to_string(document)?) else { return Ok(None) };
    let reversed = reverse(value).to_string();
    let other = generator::generate(&Source::from_text((&options.origin, &reversed), &[]), options);
    let other = other.as_ref().map(names).unwrap_or_default();
    Ok(Some(names(output).symmetric_difference(&other).count()))
}

fn reverse(value: Value) -> Value {
    match value {
        Value::Object(members) => {
            members.into_iter().rev().map(|(key, value)| (key, reverse(value))).collect()
        }
        Value::Array(items) => items.into_iter().map(reverse).collect(),
        scalar => scalar,
    }
}

/// Returns every file, and the first line of every public item.
fn names(output: &Output) -> BTreeSet<(&str, &str)> {
    let lines = output.files.iter().flat_map(|(path, text)| {
        let public = text.lines().map(str::trim).filter(|line| line.starts_with("pub "));
        std::iter::once("").chain(public).map(move |line| (path.as_str(), line))
    });
    lines.collect()
}
