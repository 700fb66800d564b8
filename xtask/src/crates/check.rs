//! Runs clippy, rustdoc or rustc on the generated crates.
//!
//! Input: the workspace. Output: errors and warnings of each crate. clippy repeats rustc's lints. A
//! crate that neither compiled nor reported an error counts as one error. The pages that rustdoc
//! writes are removed.

use super::Crates;
use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::Stdio;

/// A line of `--message-format=json`.
#[derive(Debug, Deserialize)]
struct Line {
    reason: String,
    manifest_path: Option<PathBuf>,
    message: Option<Message>,
}

/// A diagnostic of rustc.
#[derive(Debug, Deserialize)]
struct Message {
    level: String,
    message: String,
    rendered: Option<String>,
}

/// The numbers of a tool's errors and warnings for one crate. Those of clippy include rustc's.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub(crate) struct Check {
    pub(crate) errors: usize,
    pub(crate) warnings: usize,
}

/// The tool to run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Tool {
    Clippy,
    Rustdoc,
    /// rustc, for the examples of each crate.
    Examples,
}

impl Tool {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Clippy => "clippy",
            Self::Rustdoc => "rustdoc",
            Self::Examples => "examples",
        }
    }

    fn arguments(self) -> &'static [&'static str] {
        match self {
            Self::Clippy => &["clippy", "--lib"],
            Self::Rustdoc => &["doc", "--no-deps"],
            Self::Examples => &["check", "--examples"],
        }
    }

    /// Returns the number of crates for one run. rustdoc rewrites the index of all crates with each
    /// crate, so its runs are short.
    fn at_once(self) -> usize {
        match self {
            Self::Clippy | Self::Examples => usize::MAX,
            Self::Rustdoc => 16,
        }
    }
}

/// Runs `tool` on all members `names`. Calls `done` with the number of finished crates.
pub(crate) fn check(
    crates: &Crates,
    names: &[&str],
    tool: Tool,
    done: impl Fn(u64),
) -> Result<HashMap<String, Check>> {
    let mut found = HashMap::new();
    let mut messages = String::new();
    for names in names.chunks(tool.at_once()) {
        if tool == Tool::Rustdoc {
            crates.remove("target/doc")?;
        }
        let before = found.len() as u64;
        found.extend(run(crates, names, tool, |now| done(before + now), &mut messages)?);
    }
    crates.write(&format!("{}.txt", tool.name()), &messages)?;
    Ok(found)
}

/// Runs `tool` on these members at once, and appends its output to `messages`.
fn run(
    crates: &Crates,
    names: &[&str],
    tool: Tool,
    done: impl Fn(u64),
    messages: &mut String,
) -> Result<HashMap<String, Check>> {
    let mut command = crates.cargo();
    command.args(tool.arguments()).args(names.iter().flat_map(|name| ["--package", name]));
    command.args(["--no-default-features", "--offline", "--keep-going", "--quiet"]);
    command.arg("--message-format=json").stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().context("cannot run cargo")?;
    let stderr = child.stderr.take();
    let stderr = std::thread::spawn(move || stderr.map(std::io::read_to_string));
    let (mut found, mut compiled) = (HashMap::<String, Check>::new(), Vec::new());
    for line in child.stdout.take().map(BufReader::new).into_iter().flat_map(BufReader::lines) {
        let Ok(line) = serde_json::from_str::<Line>(&line?) else { continue };
        let Some(name) = line.manifest_path.as_deref().and_then(|path| path.parent()?.file_name()?.to_str())
        else {
            continue;
        };
        match (line.reason.as_str(), line.message) {
            ("compiler-artifact", _) if names.contains(&name) => {
                compiled.push(name.to_owned());
                done(compiled.len() as u64);
            }
            ("compiler-message", Some(message)) if !is_summary(&message.message) => {
                let check = found.entry(name.to_owned()).or_default();
                match message.level.as_str() {
                    "warning" => check.warnings += 1,
                    level if level.starts_with("error") => check.errors += 1,
                    _ => {}
                }
                messages.push_str(&format!("{name}: {}\n", message.rendered.unwrap_or(message.message)));
            }
            _ => {}
        }
    }
    child.wait().context("cannot wait for cargo")?;
    if let Ok(Some(Ok(rest))) = stderr.join() {
        messages.push_str(&rest);
    }
    for name in names {
        let check = found.entry((*name).to_owned()).or_default();
        if check.errors == 0 && !compiled.iter().any(|compiled| compiled == name) {
            check.errors = 1;
        }
    }
    Ok(found)
}

/// Returns true if the message only counts earlier messages.
fn is_summary(message: &str) -> bool {
    message.starts_with("aborting due to")
        || message.ends_with("warning emitted")
        || message.ends_with("warnings emitted")
}
