//! The code of every case compiles without a warning, and so does the README's example of another document's client.
//!
//! All cases are written as crates of one workspace, `target/cases`, and checked in one go, with the versions of
//! this workspace's Cargo.lock. What is checked is what the snapshots show: both come from the same call.

#![allow(clippy::expect_used, reason = "a test stops at the first surprise")]

mod support;

use std::fs;
use std::path::Path;
use std::process::Command;

use generator::{Options, Source};
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
        write(&member.join("Cargo.toml"), &manifest(&name, repository));
        members.push(format!("{name:?}"));
    }
    readme_example(&folder.join("pets"), repository);
    members.push("\"pets\"".to_owned());
    write(&folder.join("Cargo.toml"), &WORKSPACE.replace("\"*/\"", &members.join(", ")));
    fs::copy(repository.join("Cargo.lock"), folder.join("Cargo.lock")).expect("a copy of Cargo.lock");
    let output = Command::new(env!("CARGO"))
        .args(["check", "--workspace", "--all-features", "--examples", "--lib"])
        .args(["--offline", "--quiet", "--target-dir", "target"])
        .current_dir(&folder)
        .env_remove("CARGO_TARGET_DIR")
        .env_remove("RUSTFLAGS")
        .output()
        .expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// Writes the client of the README's example, and the example as a program.
fn readme_example(member: &Path, repository: &Path) {
    let document = repository.join("generator/tests/readme_example/pets.yaml");
    let source = Source::read(&document, &[]).expect("the document");
    let output = generator::generate(&source, &Options::default()).expect("a client");
    assert!(output.diagnostics.is_empty(), "{:?}", output.diagnostics);
    for (path, text) in &output.files {
        write(&member.join(path), text);
    }
    let readme = include_str!("../../README.md");
    let code = readme.split("```rust,ignore\n").nth(1).and_then(|rest| rest.split("```").next());
    let code = code.expect("the example");
    let program = format!(
        "#![allow(dead_code)]\nuse pets::{{Client, models}};\nfn main() {{}}\n\
         async fn usage(client: Client) -> Result<(), Box<dyn std::error::Error>> {{\n{code}Ok(())\n}}\n"
    );
    write(&member.join("examples/usage.rs"), &program);
    write(&member.join("Cargo.toml"), &manifest("pets", repository));
}

fn manifest(name: &str, repository: &Path) -> String {
    let runtime = repository.join("runtime");
    format!(
        "[package]\nname = {name:?}\nversion = \"0.0.0\"\nedition = \"2024\"\npublish = false\n\n\
         [lints]\nworkspace = true\n\n[features]\nvalidate = [\"runtime/validate\"]\n\n[dependencies]\nruntime = {{ path = {runtime:?}, default-features = false }}\n"
    )
}

/// Writes a file that differs, so that cargo checks again only what changed.
fn write(path: &Path, text: &str) {
    if fs::read_to_string(path).is_ok_and(|known| known == text) {
        return;
    }
    fs::create_dir_all(path.parent().expect("a file has a folder")).expect("a folder");
    fs::write(path, text).expect("a file");
}
