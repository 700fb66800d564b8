//! The example tests of the generated crates: the workspace in, what became of each example out.
//!
//! The rule: a test that does not end by itself has decoded nothing.

use super::difference::{Way, differences};
use super::judge::{Judged, Verdict};
use super::row::Examples;
use crate::crates::Crates;
use anyhow::{Context, Result};
use serde::Deserialize;
use serde_json::Value;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A line of `--message-format=json`.
#[derive(Debug, Deserialize)]
struct Line {
    manifest_path: Option<PathBuf>,
    executable: Option<PathBuf>,
}

/// A line of a test: an example that did not come back as it was, or the last one, which counts.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Told {
    example: String,
    encoded: Option<Value>,
    error: Option<String>,
    examples: Option<usize>,
}

/// The tests of all members that have one, as executables by the member's name.
pub(super) fn build(crates: &Crates) -> Result<HashMap<String, PathBuf>> {
    let mut command = crates.cargo();
    command.args([
        "build",
        "--workspace",
        "--test",
        "examples",
        "--no-default-features",
        "--offline",
        "--keep-going",
    ]);
    command.args(["--quiet", "--message-format=json"]).stdin(Stdio::null()).stderr(Stdio::null());
    let output = command.output().context("cannot run cargo")?;
    let lines = String::from_utf8_lossy(&output.stdout).into_owned();
    let lines = lines.lines().filter_map(|line| serde_json::from_str::<Line>(line).ok());
    let name = |path: &Path| Some(path.parent()?.file_name()?.to_string_lossy().into_owned());
    Ok(lines.filter_map(|line| Some((name(&line.manifest_path?)?, line.executable?))).collect())
}

/// What became of the examples `judged` of one document, and a line on each that is valid and did not come back.
pub(super) fn run(test: Option<&Path>, judged: &[Judged]) -> (Examples, Vec<String>) {
    let told = test.map_or(Err("the test does not compile".to_owned()), tell);
    let mut sum = Examples::default();
    let mut lines = Vec::new();
    for Judged { pointer, value, verdict } in judged {
        let outcome = match &told {
            Ok(told) => told.get(pointer).map_or(Outcome::Same, |told| outcome(value, told)),
            Err(problem) => Outcome::Undecoded(problem.clone()),
        };
        sum.found += 1;
        sum.decoded += usize::from(!matches!(outcome, Outcome::Undecoded(_)));
        sum.roundtrip += usize::from(matches!(outcome, Outcome::Same));
        let (valid, remark) = match verdict {
            Verdict::Valid => (Some(&mut sum.valid), ""),
            Verdict::ValidButForFormat(_) => (None, "format: "),
            Verdict::Invalid(_) => continue,
        };
        for valid in valid.into_iter().chain([&mut sum.valid_but_for_format]) {
            valid.found += 1;
            valid.decoded += usize::from(!matches!(outcome, Outcome::Undecoded(_)));
            valid.roundtrip += usize::from(matches!(outcome, Outcome::Same));
            valid.but_for_time += usize::from(matches!(outcome, Outcome::Same | Outcome::Time(_)));
        }
        lines.extend(outcome.words().map(|words| format!("{pointer}: {remark}{words}")));
    }
    (sum, lines)
}

/// What became of one example.
enum Outcome {
    Same,
    /// The same but for times, and where.
    Time(String),
    Other(String),
    Undecoded(String),
}

impl Outcome {
    fn words(self) -> Option<String> {
        match self {
            Self::Same => None,
            Self::Time(words) | Self::Other(words) => Some(words),
            Self::Undecoded(problem) => Some(format!("not decoded: {problem}")),
        }
    }
}

fn outcome(shown: &Value, told: &Told) -> Outcome {
    let Some(encoded) = &told.encoded else {
        return Outcome::Undecoded(told.error.clone().unwrap_or_default());
    };
    let mut found = differences(shown, encoded);
    found.sort_by_key(|one| std::cmp::Reverse(one.way));
    let Some(worst) = found.first() else { return Outcome::Same };
    let words = format!("{} at {} and {} other places", worst.way.words(), worst.place, found.len() - 1);
    if worst.way == Way::Time { Outcome::Time(words) } else { Outcome::Other(words) }
}

/// What a test says of the examples that did not come back as they were, by their pointer.
fn tell(test: &Path) -> Result<HashMap<String, Told>, String> {
    let mut command = Command::new(test);
    let output =
        command.arg("--nocapture").stdin(Stdio::null()).output().map_err(|error| error.to_string())?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let mut told = HashMap::new();
    let mut ended = false;
    for line in text.lines().filter_map(|line| line.find('{').and_then(|start| line.get(start..))) {
        let Ok(line) = serde_json::from_str::<Told>(line) else { continue };
        ended |= line.examples.is_some();
        told.insert(line.example.clone(), line);
    }
    if ended { Ok(told) } else { Err(format!("the test ended with {}", output.status)) }
}
