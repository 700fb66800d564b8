//! A document in several files: which files are read, and which are not.

#![allow(clippy::expect_used, reason = "a test stops at the first surprise")]

use std::fs;
use std::path::Path;

use generator::{Code, Options, Source};

const DOCUMENT: &str = "openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths: {}\ncomponents:\n  schemas:\n    A: {type: object, properties: {b: {$ref: FILE}}}\n";

/// Returns the codes of the diagnostics for a document with a single `reference`.
fn codes(folder: &Path, reference: &str) -> Vec<Code> {
    let document = folder.join("api.yaml");
    fs::write(&document, DOCUMENT.replace("FILE", reference)).expect("a file");
    let source = Source::read(&document, &[]).expect("readable");
    let output = generator::generate(&source, &Options::default()).expect("generated");
    output.diagnostics.iter().map(|one| one.code()).collect()
}

#[test]
fn files_in_the_folder_are_read_and_no_others() {
    let all = tempfile::tempdir().expect("a folder");
    let folder = all.path().join("docs");
    fs::create_dir_all(folder.join("schemas")).expect("a folder");
    fs::write(folder.join("schemas/b c.yaml"), "type: string").expect("a file");
    fs::write(all.path().join("secret.yaml"), "type: string").expect("a file");
    assert_eq!(codes(&folder, "./schemas/b%20c.yaml"), []);
    assert_eq!(codes(&folder, "../docs/schemas/b%20c.yaml"), [Code::RefusedReference]);
    assert_eq!(codes(&folder, "../secret.yaml"), [Code::RefusedReference]);
    assert_eq!(codes(&folder, "schemas"), [Code::DanglingReference]);
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(all.path().join("secret.yaml"), folder.join("link.yaml")).expect("a link");
        std::os::unix::fs::symlink(folder.join("schemas/b c.yaml"), folder.join("fine.yaml"))
            .expect("a link");
        assert_eq!(codes(&folder, "link.yaml"), [Code::DanglingReference]);
        assert_eq!(codes(&folder, "fine.yaml"), []);
    }
}

/// Two links to their own folder give one file 2⁴⁰ paths.
#[cfg(unix)]
#[test]
fn cycles_of_links_end() {
    let folder = tempfile::tempdir().expect("a folder");
    for link in ["one", "two"] {
        std::os::unix::fs::symlink(".", folder.path().join(link)).expect("a link");
    }
    let both = "'one/api.yaml#/components/schemas/A'}, c: {$ref: 'two/api.yaml#/components/schemas/A'";
    let codes = codes(folder.path(), both);
    assert!(!codes.is_empty() && codes.iter().all(|code| *code == Code::DanglingReference), "{codes:?}");
}
