//! A generated client sends and receives a gigabyte in constant memory:
//!
//!     cargo test -p wirewright-generator --test large_bodies -- --ignored --nocapture

#![cfg(target_os = "linux")]
#![allow(clippy::expect_used, reason = "a test stops at the first surprise")]

use std::fs;
use std::path::Path;
use std::process::Command;

use generator::{Options, Source};

#[test]
#[ignore = "compiles a client with its transport and moves three gigabytes: a minute or two"]
fn a_generated_client_moves_a_gigabyte_in_constant_memory() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let repository = here.parent().expect("the workspace");
    let folder = repository.join("target/large_bodies");
    let document = here.join("tests/large_bodies/files.yaml");
    let source = Source::read(&document, &[]).expect("the document");
    let output = generator::generate(&source, &Options::default()).expect("a client");
    let write = |path: &str, text: &str| {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().expect("a file has a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    };
    output.files.iter().for_each(|(path, text)| write(path, text));
    write("tests/large_bodies.rs", include_str!("test.rs"));
    write("Cargo.toml", &manifest(repository));
    fs::copy(repository.join("Cargo.lock"), folder.join("Cargo.lock")).expect("a copy of Cargo.lock");
    let status = Command::new(env!("CARGO"))
        .args(["test", "--offline", "--quiet", "--", "--nocapture"])
        .current_dir(&folder)
        .env_remove("CARGO_TARGET_DIR")
        .env_remove("RUSTFLAGS")
        .env("NO_PROXY", "127.0.0.1")
        .status()
        .expect("cargo runs");
    assert!(status.success());
}

fn manifest(repository: &Path) -> String {
    let runtime = repository.join("runtime");
    format!(
        "[package]\nname = \"files\"\nversion = \"0.0.0\"\nedition = \"2024\"\npublish = false\n\n[workspace]\n\n\
         [dependencies]\nruntime = {{ package = \"wirewright-runtime\", path = {runtime:?} }}\n\n\
         [dev-dependencies]\ntokio = {{ version = \"1\", features = [\"io-util\", \"net\", \"rt\", \"time\"] }}\n"
    )
}
