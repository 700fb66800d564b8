//! A document's text is only shown in the client's documentation, and has no other effect.
//!
//! A document with hostile text ([`shapes`]) in every place is generated, compiled and documented
//! without a warning, and its doctests are run: there are none but the generator's own. The pages
//! of rustdoc have only elements and attributes that a harmless document also causes.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test stops at the first surprise"
)]

mod document;
mod pages;
mod shapes;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use generator::{Options, Source};
use pages::Pages;

#[test]
#[ignore = "documents a client of some thousand pages: minutes on a busy machine; .ci/run runs it"]
fn a_documents_text_is_shown_and_nothing_else() {
    let repository = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace");
    let folder = repository.join("target/doc_text");
    write(
        &folder.join("Cargo.toml"),
        "[workspace]\nmembers = [\"harmless\", \"hostile\"]\nresolver = \"3\"\n\n[profile.dev]\ndebug = 0\n",
    );
    fs::copy(repository.join("Cargo.lock"), folder.join("Cargo.lock")).expect("a copy of Cargo.lock");
    let examples = client(&folder.join("hostile"), &shapes::hostile(), repository);
    client(&folder.join("harmless"), &shapes::harmless(), repository);

    let canary = folder.join("canary");
    let _ = fs::remove_file(&canary);
    let docs = folder.join("target/doc");
    for name in ["harmless", "hostile"] {
        let _ = fs::remove_dir_all(docs.join(name));
    }
    cargo(&folder, &["doc", "--workspace", "--no-deps"], &canary);
    let [harmless, hostile] = ["harmless", "hostile"].map(|name| Pages::read(&docs.join(name)));
    assert!(hostile.count > 1000, "{} pages", hostile.count);
    assert_eq!(Vec::from_iter(&hostile.live), Vec::<&String>::new());
    let added = hostile.parts.iter().filter(|(part, _)| !harmless.parts.contains_key(part));
    assert_eq!(Vec::from_iter(added), vec![]);

    let output = cargo(&folder, &["test", "--doc", "--package", "hostile"], &canary);
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(text.contains(&format!("0 passed; 0 failed; {examples} ignored")), "{text}");
    assert!(!canary.exists(), "code of the document ran");
}

/// Runs cargo in the folder, and checks that it reports nothing.
fn cargo(folder: &Path, arguments: &[&str], canary: &Path) -> Output {
    let output = Command::new(env!("CARGO"))
        .args(arguments)
        .args(["--offline", "--quiet", "--target-dir", "target"])
        .current_dir(folder)
        .env("CANARY", canary)
        .env("RUSTDOCFLAGS", "-D warnings")
        .env_remove("CARGO_TARGET_DIR")
        .env_remove("RUSTFLAGS")
        .output()
        .expect("cargo runs");
    let text = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{}", text.chars().take(9000).collect::<String>());
    output
}

/// Writes the client of a document with these texts. Each text is also the title of another
/// document, whose client is a module. Returns the number of the generator's own examples: one for
/// the crate, and one for each operation.
fn client(member: &Path, texts: &[[String; 2]], repository: &Path) -> usize {
    let _ = fs::remove_dir_all(member.join("src"));
    let mut operations = 0;
    for (path, text) in files(&document::document(texts), "spec/api.json") {
        operations += text.matches("const OPERATION: runtime::Operation").count();
        write(&member.join(path), &text);
    }
    let mut modules = String::new();
    for (number, [text, _]) in texts.iter().enumerate() {
        for (path, text) in files(&document::titled(text), text) {
            let Ok(path) = Path::new(&path).strip_prefix("src") else { continue };
            let path = if path == Path::new("lib.rs") { Path::new("mod.rs") } else { path };
            write(&member.join(format!("src/titled_{number}")).join(path), &text);
        }
        modules.push_str(&format!("pub mod titled_{number};\n"));
    }
    let library = member.join("src/lib.rs");
    let text = fs::read_to_string(&library).expect("the library");
    write(&library, &format!("{text}\n{modules}"));
    let runtime = repository.join("runtime");
    let name = member.file_name().unwrap_or_default();
    let manifest = format!(
        "[package]\nname = {name:?}\nversion = \"0.0.0\"\nedition = \"2024\"\npublish = false\n\n[features]\n\
         validate = [\"runtime/validate\"]\n\n[dependencies]\n\
         runtime = {{ package = \"wirewright-runtime\", path = {runtime:?}, default-features = false }}\n"
    );
    write(&member.join("Cargo.toml"), &manifest);
    1 + operations
}

/// Returns the client's files. The origin is a text in the files' first line.
fn files(document: &serde_json::Value, origin: &str) -> Vec<(PathBuf, String)> {
    let text = document.to_string();
    let source = Source::from_text(("api.json", &text), &[]);
    let options = Options { origin: origin.to_owned(), ..Options::default() };
    let output =
        generator::generate(&source, &options).unwrap_or_else(|diagnostics| panic!("{diagnostics:?}"));
    output.files.into_iter().map(|(path, text)| (PathBuf::from(path), text)).collect()
}

fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().expect("a file has a folder")).expect("a folder");
    fs::write(path, text).expect("a file");
}
