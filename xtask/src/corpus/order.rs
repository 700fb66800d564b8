//! A document with its keys in another order: its text in, the names that differ then out.
//!
//! The rule: what a program that uses the crate can name must not depend on the order of an object's keys, which says
//! nothing (RFC 8259 §4).

use anyhow::Result;
use generator::{Options, Output, Source};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// How many public items, by name and file, are in `output` and not in that of the reversed document, or the other way
/// round. None of a document of several files, which can't be read from text alone.
pub(super) fn renamed(document: &Path, options: &Options, output: &Output) -> Result<Option<usize>> {
    if Source::read(document, &[]).is_ok_and(|source| source.refers_to_files()) {
        return Ok(None);
    }
    // A value that only the generator's own parser reads, such as a number of 20 digits, is not turned round.
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

/// Every file and every public item's first line.
fn names(output: &Output) -> BTreeSet<(&str, &str)> {
    let lines = output.files.iter().flat_map(|(path, text)| {
        let public = text.lines().map(str::trim).filter(|line| line.starts_with("pub "));
        std::iter::once("").chain(public).map(move |line| (path.as_str(), line))
    });
    lines.collect()
}
