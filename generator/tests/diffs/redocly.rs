//! The verdicts for running programs beside those of Redocly's diff.
//!
//! Input: npm's `@redocly/cli`, and `redocly.yaml` with a reason for each case on which both differ.
//! Output: the number of cases on which they agree. A test fails if they differ without a reason.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Mutex;

use generator::Wire;
use serde_json::Value;

use super::{Pair, pairs};

const PACKAGE: &str = "@redocly/cli@2.77.0";

#[test]
#[ignore = "installs @redocly/cli by npm, and runs it on each case: minutes"]
fn verdicts_for_running_programs_agree_with_redocly() {
    let reasons: BTreeMap<String, String> =
        serde_yaml::from_str(include_str!("redocly.yaml")).expect("reasons");
    let folder = tempfile::tempdir().expect("a folder");
    let mut npm = Command::new(if cfg!(windows) { "npm.cmd" } else { "npm" });
    npm.args(["install", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix"]).arg(folder.path());
    assert!(npm.arg(PACKAGE).stdout(Stdio::null()).status().expect("npm").success());
    let cases = pairs();
    let (next, differing) = (Mutex::new(cases.iter()), Mutex::new(BTreeMap::new()));
    let work = || {
        loop {
            let pair = next.lock().expect("no panic").next();
            let Some(pair) = pair else { break };
            let here = pair.compare().1.changes.iter().map(|change| change.wire).max();
            let breaks = here.is_some_and(|wire| wire > Wire::Works);
            if breaks != is_major(pair, folder.path()) {
                differing.lock().expect("no panic").insert(pair.rule.clone(), here);
            }
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(work);
        }
    });
    let differing = differing.into_inner().expect("no panic");
    println!("{} of {} cases agree", cases.len() - differing.len(), cases.len());
    let unexplained: Vec<_> = differing.iter().filter(|(rule, _)| !reasons.contains_key(*rule)).collect();
    assert!(unexplained.is_empty(), "{unexplained:?}");
    let unused: Vec<_> = reasons.keys().filter(|rule| !differing.contains_key(*rule)).collect();
    assert!(unused.is_empty(), "no case needs the reasons of {unused:?}");
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
