//! The verdicts for callers beside those of cargo-semver-checks.
//!
//! Input: two crates with a module for each case, the old and the new client, as rustdoc's JSON, and
//! `semver.yaml` with a reason for each case on which the two verdicts differ. Output: the number of
//! cases on which they agree. A test fails if they differ without a reason. `target/semver` has the
//! crates and the tool's output.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use generator::Bump;

use super::support::crates;
use super::{Pair, judge, pairs};

const VERSION: &str = "0.51.0";

#[test]
#[ignore = "installs cargo-semver-checks, documents both clients of each case: minutes"]
fn verdicts_for_callers_agree_with_cargo_semver_checks() {
    let target = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target");
    let folder = target.join("semver");
    let tool = tool(&target.join("tools"));
    let cases = pairs();
    let documented =
        ["old", "new"].map(|side| document(&folder.join(side), usize::from(side == "new"), &cases));
    // Lints that require a minor version run for a patch only.
    let [major, any] = ["minor", "patch"].map(|release| {
        let report = run(&tool, release, &documented);
        crates::write(&folder.join(format!("{release}.txt")), &report);
        failing(&report)
    });
    judge::compare(&cases, include_str!("semver.yaml"), |pair| {
        let there = match module(pair) {
            name if major.contains(&name) => Bump::Major,
            name if any.contains(&name) => Bump::Minor,
            _ => Bump::Patch,
        };
        (pair.compare().1.rust(), there)
    });
}

/// Returns the program: the installed one, or one that is installed below `root`.
fn tool(root: &Path) -> PathBuf {
    let has_version = |program: &Path| {
        let output = Command::new(program).args(["semver-checks", "--version"]).output();
        output.is_ok_and(|output| String::from_utf8_lossy(&output.stdout).trim().ends_with(VERSION))
    };
    let installed = PathBuf::from("cargo-semver-checks");
    let own = root.join("bin/cargo-semver-checks");
    if has_version(&installed) {
        return installed;
    }
    if !has_version(&own) {
        let package = format!("cargo-semver-checks@{VERSION}");
        let mut cargo = Command::new(env!("CARGO"));
        cargo.args(["install", "--locked", &package, "--root"]).arg(root);
        assert!(cargo.status().expect("cargo").success());
    }
    own
}

fn module(pair: &Pair) -> String {
    pair.rule.replace('-', "_")
}

/// Writes a crate with a module for each case: the old client, or the new one. Returns its
/// documentation as JSON. One crate takes seconds, where a crate for each case would take minutes:
/// rustdoc describes the runtime for each crate.
fn document(folder: &Path, side: usize, cases: &[Pair]) -> PathBuf {
    let repository = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace");
    let member = folder.join("cases");
    for pair in cases {
        for (path, text) in &pair.modules()[side] {
            crates::write(&member.join("src").join(module(pair)).join(path), text);
        }
    }
    let modules = cases.iter().map(|pair| format!("pub mod {};\n", module(pair)));
    crates::write(&member.join("src/lib.rs"), &modules.collect::<String>());
    crates::write(&member.join("Cargo.toml"), &crates::manifest("cases", repository));
    crates::write(&folder.join("Cargo.toml"), &crates::workspace(&["cases".to_owned()]));
    std::fs::copy(repository.join("Cargo.lock"), folder.join("Cargo.lock")).expect("a copy of Cargo.lock");
    // JSON is an unstable output of rustdoc. cargo-semver-checks enables it in the same way.
    let status = Command::new(env!("CARGO"))
        .args(["doc", "--no-deps", "--offline", "--quiet", "--target-dir", "target"])
        .current_dir(folder)
        .env_remove("CARGO_TARGET_DIR")
        .env_remove("RUSTFLAGS")
        .env("RUSTC_BOOTSTRAP", "1")
        .env("RUSTDOCFLAGS", "-Zunstable-options --output-format=json")
        .status();
    assert!(status.expect("cargo").success());
    folder.join("target/doc/cases.json")
}

/// Returns the tool's output for a new release of a kind.
fn run(tool: &Path, release: &str, [old, new]: &[PathBuf; 2]) -> String {
    let output = Command::new(tool)
        .args(["semver-checks", "--release-type", release, "--color", "never", "--baseline-rustdoc"])
        .arg(old)
        .arg("--current-rustdoc")
        .arg(new)
        .output()
        .expect("cargo-semver-checks");
    let report =
        [output.stdout, output.stderr].map(|text| String::from_utf8_lossy(&text).into_owned()).concat();
    assert!(report.contains("Summary"), "{report}");
    report
}

/// Returns the modules with a failing check. Each failure names the item's file:
/// `struct cases::field_added::models::User in cases/src/field_added/models/user.rs:8`.
fn failing(report: &str) -> BTreeSet<String> {
    let failures = report.lines().filter_map(|line| line.split_once("cases/src/"));
    let modules = failures.filter_map(|(_, path)| path.split('/').next());
    modules.map(str::to_owned).collect()
}
