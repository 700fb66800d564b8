//! Reads the test data of `xtask/conformance/schemas`.
//!
//! Input: a draft's lines. Output: a [`Group`] for each line.

use anyhow::{Context, Result};
use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;
use std::fs;
use std::path::Path;

/// A draft of JSON Schema, and the version of OpenAPI whose schemas are of that draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Draft {
    /// Draft 4. OpenAPI 3.0 takes a part of it.
    Four,
    /// Draft 2020-12, of OpenAPI 3.1.
    TwentyTwenty,
}

impl Draft {
    pub(super) const ALL: [Self; 2] = [Self::Four, Self::TwentyTwenty];

    /// Returns the draft's name in the suite.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Four => "draft4",
            Self::TwentyTwenty => "draft2020-12",
        }
    }

    pub(super) fn openapi(self) -> &'static str {
        match self {
            Self::Four => "3.0.4",
            Self::TwentyTwenty => "3.1.1",
        }
    }
}

/// A schema with its tests.
#[derive(Debug, Deserialize)]
pub(super) struct Group {
    /// The suite's file, which is named after the keyword.
    pub(super) file: String,
    pub(super) description: String,
    pub(super) schema: Value,
    pub(super) tests: Vec<Test>,
}

/// A value, and whether the schema allows it.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Test {
    pub(super) description: String,
    /// The text of the value, with the digits of its numbers.
    pub(super) data: Box<RawValue>,
    pub(super) valid: bool,
}

/// Reads the groups of a draft from the folder of test data.
pub(super) fn read(folder: &Path, draft: Draft) -> Result<Vec<Group>> {
    let path = folder.join(format!("{}.jsonl", draft.name()));
    let text = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let group = |line| serde_json::from_str(line).with_context(|| format!("{}: {line}", path.display()));
    text.lines().map(group).collect()
}
