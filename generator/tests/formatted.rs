//! The code of every case is formatted as rustfmt's default style asks for.

#![allow(clippy::expect_used, reason = "a test stops at the first surprise")]

mod support;

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use support::Case;

/// Cases that rustfmt would still break differently: a chain inside a call near the width of a chain (60), a condition
/// near it, and a list of imports of 99 or 100 characters. The test fails when one of them becomes clean.
const NOT_YET: [&str; 2] = ["errors-w040_parameter_twice", "operations-pages_by_name"];

#[test]
fn rustfmt_changes_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    // Without a file of its own, rustfmt reads that of a folder above.
    let settings = folder.path().join("rustfmt.toml");
    fs::write(&settings, "").expect("a file");
    let (mut clean, mut known) = (Vec::new(), Vec::new());
    for case in Case::all() {
        let Ok(output) = case.generate() else { continue };
        let name = format!("{}-{}", case.area, case.name);
        let member = folder.path().join(&name);
        for (path, text) in &output.files {
            let path = member.join(path);
            fs::create_dir_all(path.parent().expect("a file has a folder")).expect("a folder");
            fs::write(path, text).expect("a file");
        }
        let list = if NOT_YET.contains(&name.as_str()) { &mut known } else { &mut clean };
        list.push(member.join("src/lib.rs"));
    }
    assert_eq!(known.len(), NOT_YET.len());
    let check = |roots: &[PathBuf]| {
        let output = Command::new("rustfmt")
            .args(["--check", "--color", "never", "--edition", "2024", "--config-path"])
            .arg(&settings)
            .args(roots)
            .output()
            .expect("rustfmt runs");
        let shown: String = String::from_utf8_lossy(&output.stdout).chars().take(20_000).collect();
        (output.status.success(), format!("{shown}\n{}", String::from_utf8_lossy(&output.stderr)))
    };
    let (is_clean, shown) = check(&clean);
    assert!(is_clean, "{shown}");
    for root in known {
        assert!(!check(std::slice::from_ref(&root)).0, "{} is clean: strike it off the list", root.display());
    }
}
