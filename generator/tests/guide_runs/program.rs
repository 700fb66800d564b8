//! Writes the workspace of the guide's program: the clients that the blocks use, and a function for
//! each block.

use std::fs;
use std::path::Path;

use generator::{Options, Source};

use crate::block::Block;
use crate::repository;

const MANIFEST: &str = r#"[package]
name = "guide"
version = "0.0.0"
edition = "2024"
publish = false

[dependencies]
my_client = { path = "my_client" }
pets = { path = "pets", features = ["validate"] }
runtime = { package = "wirewright-runtime", path = "../../runtime", default-features = false, features = ["hyper", "pkce"] }
tokio = { version = "1", features = ["fs", "net", "rt", "time"] }

[workspace]
members = ["my_client", "pets"]
resolver = "3"
"#;

const START: &str = r#"#![allow(dead_code, unused_imports, unused_variables, reason = "examples")]

use std::future::Future;
use std::time::Duration;

type Outcome = Result<(), Box<dyn std::error::Error>>;

fn client() -> pets::Client {
    pets::Client::new(pets::Auth::bearer("token")).expect("a client")
}

/// Runs a block. Returns true if it fails.
async fn fails(place: &str, block: impl Future<Output = Outcome>) -> bool {
    let problem = match tokio::time::timeout(Duration::from_secs(20), block).await {
        Ok(Ok(())) => return false,
        Ok(Err(error)) => format!("{error}"),
        Err(_) => "takes longer than 20 s".to_owned(),
    };
    println!("{place}: {problem}");
    true
}
"#;

/// Writes the workspace into `folder`. The clients call the server at `url`.
pub(crate) fn write_all(folder: &Path, url: &str, blocks: &[Block]) {
    write(&folder.join("Cargo.toml"), MANIFEST);
    fs::copy(repository().join("Cargo.lock"), folder.join("Cargo.lock")).expect("a copy of Cargo.lock");
    // The token endpoint has the URL of the server, too.
    let overlay = format!(
        "overlay: 1.0.0\ninfo: {{title: Local server, version: '1'}}\nactions:\n\
         - {{target: '$.servers[0]', update: {{url: '{url}'}}}}\n"
    );
    client(&folder.join("pets"), "readme_example/pets.yaml", &overlay);
    let overlay = format!("{overlay}- {{target: '$..[?@.tokenUrl]', update: {{tokenUrl: '{url}/token'}}}}\n");
    client(&folder.join("my_client"), "cases/client/oauth.yaml", &overlay);
    write(&folder.join("src/main.rs"), &program(blocks));
}

/// Writes the client of a document in this folder.
fn client(member: &Path, document: &str, overlay: &str) {
    let path = repository().join("generator/tests").join(document);
    let text = fs::read_to_string(&path).expect("the document");
    let source = Source::from_text(("openapi.yaml", &text), &[("overlay.yaml", overlay)]);
    let output = generator::generate(&source, &Options::default()).expect("a client");
    assert!(output.diagnostics.is_empty(), "{}", output.diagnostics.render_plain());
    for (path, text) in &output.files {
        write(&member.join(path), text);
    }
    let name = member.file_name().expect("a name");
    let manifest = format!(
        "[package]\nname = {name:?}\nversion = \"0.0.0\"\nedition = \"2024\"\npublish = false\n\n\
         [features]\nvalidate = [\"runtime/validate\"]\n\n[dependencies]\n\
         runtime = {{ package = \"wirewright-runtime\", path = \"../../../runtime\", default-features = false }}\n"
    );
    write(&member.join("Cargo.toml"), &manifest);
}

/// Returns a program with a function for each block, which calls those that can run.
fn program(blocks: &[Block]) -> String {
    let (mut functions, mut calls) = (String::new(), String::new());
    for (nth, block) in blocks.iter().enumerate() {
        let Block { page, line, code, .. } = block;
        functions += &format!(
            "\nmod block_{nth} {{\n// {page}:{line}\nuse pets::{{Auth, Client, models, requests}};\n\
             pub async fn run(client: Client) -> super::Outcome {{\n{code}\nOk(())\n}}\n}}\n"
        );
        if block.runs() {
            calls += &format!("    failed |= fails(\"{page}:{line}\", block_{nth}::run(client())).await;\n");
        }
    }
    format!(
        "{START}{functions}\nasync fn run() -> bool {{\n    let mut failed = false;\n{calls}    failed\n}}\n\n\
         fn main() {{\n    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();\n    \
         std::process::exit(runtime.expect(\"a runtime\").block_on(run()).into())\n}}\n"
    )
}

/// Writes a file if it differs, so that cargo compiles changed crates only.
fn write(path: &Path, text: &str) {
    if fs::read_to_string(path).is_ok_and(|known| known == text) {
        return;
    }
    fs::create_dir_all(path.parent().expect("a file has a folder")).expect("a folder");
    fs::write(path, text).expect("a file");
}
