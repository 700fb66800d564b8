//! The verdicts for running programs beside those of Redocly's diff.
//!
//! Input: npm's `@redocly/cli`, and `redocly.yaml` with a reason for each case on which both differ.
//! Output: the number of cases on which they agree. A test fails if they differ without a reason.

use std::path::Path;
use std::process::{Command, Stdio};

use generator::Wire;
use serde_json::Value;

use super::{Pair, judge, pairs};

const PACKAGE: &str = "@redocly/cli@2.77.0";

#[test]
#[ignore = "installs @redocly/cli by npm, and runs it on each case: minutes"]
fn verdicts_for_running_programs_agree_with_redocly() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut npm = Command::new(if cfg!(windows) { "npm.cmd" } else { "npm" });
    npm.args(["install", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix"]).arg(folder.path());
    assert!(npm.arg(PACKAGE).stdout(Stdio::null()).status().expect("npm").success());
    let breaks = |breaks| if breaks { "breaks" } else { "works" };
    judge::compare(&pairs(), include_str!("redocly.yaml"), |pair| {
        let here = pair.compare().1.wire() > Wire::Works;
        (breaks(here), breaks(is_major(pair, folder.path())))
    });
}

/// Returns true if Redocly calls the new document a major change.
fn is_major(pair: &Pair, folder: &Path) -> bool {
    let write = |side: &str, text: &str| {
        let path = folder.join(format!("{}.{side}.json", pair.rule));
        std::fs::write(&path, text).expect("a file");
        path
    };
    let mut node = Command::new("node");
    node.arg(folder.join("node_modules/@redocly/cli/bin/cli.js")).arg("diff");
    node.arg(write("old", &pair.old)).arg(write("new", &pair.new)).args(["--format", "json"]);
    let output = node.current_dir(folder).env("REDOCLY_TELEMETRY", "off").output().expect("node");
    let report: Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|error| {
        panic!("{}: {error}: {}", pair.rule, String::from_utf8_lossy(&output.stderr))
    });
    report["bump"] == "major"
}
