//! Runs the example tests of the generated crates.
//!
//! Input: the workspace. Output: the outcome of each example. A test that does not end by itself
//! counts as having decoded nothing.

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

/// A line of a test's output: an example that did not round-trip, or the last line, which has the
/// count.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Reported {
    example: String,
    encoded: Option<Value>,
    error: Option<String>,
    examples: Option<usize>,
}

/// Builds the tests of all members that have one. Returns the executables by member name.
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

/// Runs the test of one document. Returns the counts, and a line for each valid example that did
/// not round-trip.
pub(super) fn run(test: Option<&Path>, judged: &[Judged]) -> (Examples, Vec<String>) {
    let reported = test.map_or(Err("the test does not compile".to_owned()), report);
    let mut sum = Examples::default();
    let mut lines = Vec::new();
    for Judged { pointer, value, verdict } in judged {
        let outcome = match &reported {
            Ok(reported) => reported.get(pointer).map_or(Outcome::Same, |reported| outcome(value, reported)),
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

/// The outcome of one example.
enum Outcome {
    Same,
    /// Only times differ. Holds the place.
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

fn outcome(shown: &Value, reported: &Reported) -> Outcome {
    let Some(encoded) = &reported.encoded else {
        return Outcome::Undecoded(reported.error.clone().unwrap_or_default());
    };
    let mut found = differences(shown, encoded);
    found.sort_by_key(|one| std::cmp::Reverse(one.way));
    let Some(worst) = found.first() else { return Outcome::Same };
    let words = format!("{} at {} and {} other places", worst.way.words(), worst.place, found.len() - 1);
    if worst.way == Way::Time { Outcome::Time(words) } else { Outcome::Other(words) }
}

/// Runs a test and returns its lines by the pointers of the examples that did not round-trip.
fn report(test: &Path) -> Result<HashMap<String, Reported>, String> {
    let mut command = Command::new(test);
    let output =
        command.arg("--nocapture").stdin(Stdio::null()).output().map_err(|error| error.to_string())?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let mut reported = HashMap::new();
    let mut ended = false;
    for line in text.lines().filter_map(|line| line.find('{').and_then(|start| line.get(start..))) {
        let Ok(line) = serde_json::from_str::<Reported>(line) else { continue };
        ended |= line.examples.is_some();
        reported.insert(line.example.clone(), line);
    }
    if ended { Ok(reported) } else { Err(format!("the test ended with {}", output.status)) }
}
