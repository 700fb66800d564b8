//! `cargo xtask conformance`: runs generated clients against mock servers that validate requests.
//!
//! Input: the documents of `spec/codegen.toml`, or a folder of documents. Output: whether clients
//! and servers agree. With `--schemas`: whether models and JSON-Schema-Test-Suite agree. With
//! `--autorest`: whether the clients of AutoRest's documents and AutoRest's test server agree. The
//! servers are independent of this project, and are always stopped. Without Node.js the command
//! prints one line and does nothing, except with `--schemas`.

mod autorest;
mod calls;
mod client;
mod install;
mod judge;
mod prism;
mod row;
mod schemas;
mod second;
mod server;

use crate::cli::Conformance;
use crate::codegen;
use crate::workspace::Workspace;
use anyhow::{Context, Result, anyhow};
use generator::Diagnostics;
use std::fs;
use std::path::Path;
use std::process::Command;
use wirewright::client::Client;
use wirewright::console;

/// The name of a client's test that needs a mock server.
const TEST: &str = "prism";

/// Runs the command. Returns false if a client's test fails.
pub(crate) fn run(arguments: &Conformance) -> Result<bool> {
    if arguments.schemas {
        return schemas::run(&Workspace::find());
    }
    if !install::node_is_there() {
        console::result("conformance: skipped, Node.js is not installed");
        return Ok(true);
    }
    let workspace = Workspace::find();
    if arguments.autorest {
        return autorest::run(&workspace);
    }
    let folder = workspace.conformance_target();
    install::servers(&workspace.conformance(), &folder)?;
    if let Some(documents) = &arguments.folder {
        if arguments.judge.is_some() {
            second::install(&workspace.conformance(), &folder)?;
        }
        return calls::run(&workspace, &folder, documents, arguments);
    }
    let mut all_good = true;
    for client in codegen::configured(&workspace)? {
        if !client.out.join("tests").join(TEST).with_extension("rs").is_file() {
            console::result(&format!("conformance: {} has no tests/{TEST}.rs", client.label));
            continue;
        }
        let document = folder.join(client.label.replace('/', "-")).with_extension("json");
        fs::write(&document, merged(&client)?)
            .with_context(|| format!("cannot write {}", document.display()))?;
        let server = prism::start(&folder, &document)?;
        all_good &= test(&client.out, server.url())?;
    }
    Ok(all_good)
}

/// Returns the client's document with its overlays applied.
fn merged(client: &Client) -> Result<String> {
    let read = || -> Result<String, Diagnostics> { generator::merged_json(&client.source()?) };
    read().map_err(|diagnostics| {
        console::message(&diagnostics.render());
        anyhow!("{}: the document can't be used", client.label)
    })
}

/// Runs the ignored tests of the package in the folder `out` against the server at `url`.
fn test(out: &Path, url: &str) -> Result<bool> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command.args(["test", "--quiet", "--test", TEST, "--manifest-path"]).arg(out.join("Cargo.toml"));
    // A proxy from the environment cannot reach this machine's loopback.
    command.args(["--", "--ignored"]).env("PRISM_URL", url).env("NO_PROXY", "127.0.0.1");
    Ok(command.status().context("cannot run cargo")?.success())
}
