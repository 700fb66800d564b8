//! The code of every case compiles without a warning.
//!
//! All cases are written as crates of one workspace, `target/cases`, and checked at once, with the
//! versions of this workspace's Cargo.lock. The checked code is the same as in the snapshots.

#![allow(clippy::expect_used, reason = "a test stops at the first surprise")]

mod support;

use std::fs;
use std::path::Path;
use std::process::Command;

use generator::Output;
use support::Case;

const WORKSPACE: &str = r#"[workspace]
members = ["*/"]
exclude = ["target"]
resolver = "3"

[workspace.lints.rust]
warnings = "deny"
"#;

#[test]
fn the_code_of_every_case_compiles_without_a_warning() {
    let repository = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace");
    let folder = repository.join("target/cases");
    let mut members = Vec::new();
    for case in Case::all() {
        let Ok(output) = case.generate() else { continue };
        let name = format!("{}-{}", case.area, case.name);
        let member = folder.join(&name);
        let _ = fs::remove_dir_all(member.join("src"));
        for (path, text) in &output.files {
            write(&member.join(path), text);
        }
        write(&member.join("examples/docs.rs"), &doc_examples(output.files.values()));
        write(&member.join("Cargo.toml"), &manifest(&name, &output, repository));
        members.push(format!("{name:?}"));
    }
    write(&folder.join("Cargo.toml"), &WORKSPACE.replace("\"*/\"", &members.join(", ")));
    fs::copy(repository.join("Cargo.lock"), folder.join("Cargo.lock")).expect("a copy of Cargo.lock");
    check(&folder, &["--workspace", "--all-features", "--examples", "--lib"]);
    // Each tag's feature alone, and none of them.
    for (case, features) in
        [("client-tags", ["", "issues", "pull-requests"]), ("client-groups", ["", "issues", "pulls"])]
    {
        for feature in features {
            check(&folder, &["--package", case, "--lib", "--features", feature]);
        }
    }
}

/// Runs `cargo check` in the workspace of cases.
fn check(folder: &Path, arguments: &[&str]) {
    let output = Command::new(env!("CARGO"))
        .arg("check")
        .args(arguments)
        .args(["--offline", "--quiet", "--target-dir", "target"])
        .current_dir(folder)
        .env_remove("CARGO_TARGET_DIR")
        .env_remove("RUSTFLAGS")
        .output()
        .expect("cargo runs");
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
}

/// Returns a program of the examples in doc comments, each in a module. rustdoc would need a
/// compilation for each of some 200 crates.
fn doc_examples<'a>(files: impl Iterator<Item = &'a String>) -> String {
    let mut program =
        "#![allow(deprecated, dead_code, unused, reason = \"examples\")]\nfn main() {}\n".to_owned();
    for file in files {
        for (nth, block) in file.split("/// ```no_run\n").skip(1).enumerate() {
            let block = block.split("/// ```\n").next().unwrap_or_default();
            let lines: Vec<&str> =
                block.lines().map(|line| line.trim_start_matches(['/', ' ', '#'])).collect();
            program += &format!("const _: () = {{\n// {nth}\n{}\n}};\n", lines.join("\n"));
        }
    }
    program
}

fn manifest(name: &str, output: &Output, repository: &Path) -> String {
    let runtime = repository.join("runtime");
    let features: String = output.features.iter().map(|(name, _)| format!("{name} = []\n")).collect();
    format!(
        "[package]\nname = {name:?}\nversion = \"0.0.0\"\nedition = \"2024\"\npublish = false\n\n\
         [lints]\nworkspace = true\n\n[features]\nvalidate = [\"runtime/validate\"]\n{features}\n[dependencies]\n\
         runtime = {{ package = \"wirewright-runtime\", path = {runtime:?}, default-features = false }}\n"
    )
}

/// Writes a file if it differs, so that cargo checks changed crates only.
fn write(path: &Path, text: &str) {
    if fs::read_to_string(path).is_ok_and(|known| known == text) {
        return;
    }
    fs::create_dir_all(path.parent().expect("a file has a folder")).expect("a folder");
    fs::write(path, text).expect("a file");
}
