//! The program that calls the clients.
//!
//! Input: `driver/` with a module for each document, named after it. Output: what the program
//! prints, as an [`Outcome`]. Each client is a crate of one workspace, so that one build compiles
//! all of them.

use super::coverage::Report;
use crate::crates::Crates;
use crate::workspace::Workspace;
use anyhow::{Context, Result, anyhow, bail};
use generator::{Header, Options, Source};
use serde::Deserialize;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use wirewright::folder::Plan;

/// The server's documents, below the folder that it is installed in.
const DOCUMENTS: &str = "node_modules/@microsoft.azure/autorest.testserver/swagger";
/// The driver's crate.
const DRIVER: &str = "driver";
const LIB: &str = "[lib]\npath = \"src/lib.rs\"\n\n[lints.rust]\nunexpected_cfgs = \"allow\"\n\n";

/// What the driver prints as its last line.
#[derive(Debug, Deserialize)]
pub(super) struct Outcome {
    pub(super) documents: Vec<Row>,
    pub(super) required: Report,
    pub(super) optional: Report,
    /// The results that are not the expected ones, from the lines before the last.
    #[serde(skip)]
    pub(super) wrong: Vec<String>,
}

/// The calls of a document.
#[derive(Debug, Deserialize)]
pub(super) struct Row {
    pub(super) document: String,
    pub(super) calls: usize,
    pub(super) wrong: usize,
    /// The required scenarios that were covered first by this document.
    pub(super) covered: usize,
}

/// Generates the clients of all documents that the driver has a module for, and builds the driver.
/// Returns its path.
pub(super) fn build(workspace: &Workspace, folder: &Path) -> Result<PathBuf> {
    let driver = workspace.autorest().join(DRIVER);
    let clients = clients(&folder.join(DOCUMENTS), &driver)?;
    let names = clients.iter().map(|(name, _)| name.as_str()).chain([DRIVER]);
    let crates = Crates::new(workspace, folder.join("clients"), names)?;
    for (name, document) in &clients {
        generate(workspace, &crates, name, document)?;
    }
    let clients = clients.iter().map(|(name, _)| format!("{name} = {{ path = \"../{name}\" }}\n"));
    let main = driver.join("main.rs");
    crates.write(
        "driver/Cargo.toml",
        &format!(
            "{}[[bin]]\nname = {DRIVER:?}\npath = {main:?}\n\n[dependencies]\n{}{}\
             tokio = {{ version = \"1\", features = [\"macros\", \"net\", \"rt\", \"time\"] }}\n",
            package(DRIVER),
            runtime(workspace, "\"hyper\""),
            clients.collect::<String>(),
        ),
    )?;
    let built = crates.cargo().args(["build", "--offline", "--quiet", "--package", DRIVER]).status();
    if !built.context("cannot run cargo")?.success() {
        bail!("cargo could not build the driver");
    }
    Ok(crates.member("target/debug").join(DRIVER).with_extension(std::env::consts::EXE_EXTENSION))
}

/// Runs the driver against the server at `url`.
pub(super) fn run(driver: &Path, url: &str) -> Result<Outcome> {
    let mut command = Command::new(driver);
    command.arg(url).stdin(Stdio::null()).stderr(Stdio::inherit());
    let output = command.output().with_context(|| format!("cannot run {}", driver.display()))?;
    let text = String::from_utf8_lossy(&output.stdout);
    let last = text.lines().last().unwrap_or_default();
    if !output.status.success() {
        bail!("the driver ended with {}: {last}", output.status);
    }
    let outcome: Outcome = serde_json::from_str(last).context("the driver's last line is no outcome")?;
    let wrong = text.lines().filter_map(|line| line.strip_prefix("wrong ")).map(str::to_owned);
    Ok(Outcome { wrong: wrong.collect(), ..outcome })
}

/// Returns the names of the documents that the driver calls, as crate names, and their paths.
fn clients(documents: &Path, driver: &Path) -> Result<Vec<(String, PathBuf)>> {
    let mut clients = Vec::new();
    let entries = fs::read_dir(documents).with_context(|| format!("cannot read {}", documents.display()))?;
    for entry in entries {
        let path = entry?.path();
        let stem = path.file_stem().unwrap_or_default().to_string_lossy().to_lowercase();
        let name = stem.replace(['-', '.'], "_");
        if driver.join(&name).with_extension("rs").is_file() {
            clients.push((name, path));
        }
    }
    clients.sort();
    Ok(clients)
}

fn generate(workspace: &Workspace, crates: &Crates, name: &str, document: &Path) -> Result<()> {
    let file = document.file_name().unwrap_or_default().to_string_lossy();
    let options = Options { origin: file.into_owned(), header: Header::Xtask, ..Options::default() };
    let source = Source::read(document, &[]);
    let output = source.and_then(|source| generator::generate(&source, &options));
    let output = output.map_err(|failed| anyhow!("{}", failed.render_plain()))?;
    crates.write(&format!("diagnostics/{name}.txt"), &output.diagnostics.render_plain())?;
    Plan::new(&crates.member(name), output.files)?.apply()?;
    let manifest = format!("{}{LIB}[dependencies]\n{}", package(name), runtime(workspace, ""));
    crates.write(&format!("{name}/Cargo.toml"), &manifest)
}

fn package(name: &str) -> String {
    format!("[package]\nname = {name:?}\nversion = \"0.0.0\"\nedition = \"2024\"\npublish = false\n\n")
}

fn runtime(workspace: &Workspace, features: &str) -> String {
    let path = workspace.runtime();
    format!(
        "runtime = {{ package = \"wirewright-runtime\", path = {path:?}, default-features = false, \
         features = [{features}] }}\n"
    )
}
