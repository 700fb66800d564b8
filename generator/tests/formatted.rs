//! The code of every case has rustfmt's default style.

#![allow(clippy::expect_used, reason = "a test stops at the first surprise")]

mod support;

use std::fs;
use std::process::Command;

use support::Case;

#[test]
fn rustfmt_changes_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    // Without its own settings file, rustfmt uses that of a parent folder.
    let settings = folder.path().join("rustfmt.toml");
    fs::write(&settings, "").expect("a file");
    let mut roots = Vec::new();
    for case in Case::all() {
        let Ok(output) = case.generate() else { continue };
        let member = folder.path().join(format!("{}-{}", case.area, case.name));
        for (path, text) in &output.files {
            let path = member.join(path);
            fs::create_dir_all(path.parent().expect("a file has a folder")).expect("a folder");
            fs::write(path, text).expect("a file");
        }
        roots.push(member.join("src/lib.rs"));
    }
    let output = Command::new("rustfmt")
        .args(["--check", "--color", "never", "--edition", "2024", "--config-path"])
        .arg(&settings)
        .args(&roots)
        .output()
        .expect("rustfmt runs");
    let shown: String = String::from_utf8_lossy(&output.stdout).chars().take(20_000).collect();
    assert!(output.status.success(), "{shown}\n{}", String::from_utf8_lossy(&output.stderr));
}
