//! The Rust blocks of the guide and of the README run, against a server on this machine.
//!
//! A block whose fence is `rust` runs. A block that can't run has the fence `rust,no_run,WHY`, and
//! is compiled. The blocks of `rust,ignore` in the README use the client of the guide, and run too.
//! The README's other blocks are in `generated-client/tests/readme.rs`.
//!
//! The blocks become one program in the workspace `target/guide`, with the clients that they use.
//! The server of these clients is the server of this test.

#![allow(clippy::expect_used, clippy::panic, reason = "a test stops at the first surprise")]

mod block;
mod program;
mod server;

use std::fs;
use std::path::Path;
use std::process::Command;

use block::Block;
use server::Server;

fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace")
}

#[test]
fn every_block_runs() {
    let server = Server::start();
    let folder = repository().join("target/guide");
    program::write_all(&folder, server.url(), &Block::all(repository()));
    // The program reads this file.
    fs::write(folder.join("rex.jpg"), [0xff, 0xd8]).expect("a file");
    let output = Command::new(env!("CARGO"))
        .args(["run", "--offline", "--quiet", "--package", "guide", "--target-dir", "target"])
        .current_dir(&folder)
        .env_remove("CARGO_TARGET_DIR")
        .env_remove("RUSTFLAGS")
        .output()
        .expect("cargo runs");
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{out}{err}");
    assert!(server.calls() > 15, "the program made {} calls", server.calls());
}

#[test]
fn a_page_with_calls_has_a_block_that_runs() {
    let blocks = Block::all(repository());
    for block in blocks.iter().filter(|block| block.calls()) {
        let runs = blocks.iter().any(|one| one.page == block.page && one.runs() && one.calls());
        assert!(runs, "no block of {} runs", block.page);
    }
    assert!(blocks.iter().filter(|block| block.runs()).count() > 20);
}

#[test]
fn a_block_that_does_not_run_says_why() {
    for Block { page, line, attributes, .. } in Block::all(repository()) {
        let attributes: Vec<&str> = attributes.iter().map(String::as_str).collect();
        let is_known = match attributes.as_slice() {
            [] => true,
            ["ignore"] => page == "README.md",
            ["no_run", why] => why.contains('-'),
            _ => false,
        };
        assert!(
            is_known,
            "{page}:{line}: the fence has {attributes:?}, expected `no_run,words-that-say-why`"
        );
    }
}

/// The page about tests shows every public function of the module `testing`, and of `Memory`.
#[test]
fn the_page_about_tests_shows_every_function() {
    let page = fs::read_to_string(repository().join("docs/src/testing.md")).expect("the page");
    let folder = repository().join("runtime/src");
    for file in ["testing/error.rs", "testing/sample.rs", "testing/script.rs", "transport/memory.rs"] {
        let text = fs::read_to_string(folder.join(file)).expect("a source file");
        let names = text
            .lines()
            .filter_map(|line| line.trim_start().strip_prefix("pub fn ")?.split(['(', '<']).next());
        for name in names {
            let is_called = [".", "::"].iter().any(|before| {
                ["(", "::<"].iter().any(|after| page.contains(&format!("{before}{name}{after}")))
            });
            assert!(is_called, "docs/src/testing.md does not show `{name}` of {file}");
        }
    }
}
