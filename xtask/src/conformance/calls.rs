//! `cargo xtask conformance DIR`: a folder of documents in, what an independent judge says of every operation's call out.
//!
//! The rule: a call goes through the generated crate's public API, and the judge knows nothing of the generator.

use super::judge::{self, Judge, Judged};
use crate::console;
use crate::corpus::document;
use crate::workspace::Workspace;
use anyhow::{Context, Result, anyhow, bail};
use generator::{Options, Source};
use serde::Serialize;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

/// The figures of one document.
#[derive(Debug, Default, Serialize)]
struct Row {
    operations: usize,
    called: usize,
    matched: usize,
    valid: usize,
    equal: usize,
    authorized: usize,
    decoded: usize,
    /// By operation, what is not as it should be.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    problems: BTreeMap<String, Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    failure: Option<String>,
}

/// Calls every operation of every document below `folder`.
pub(super) fn run(
    workspace: &Workspace,
    installed: &Path,
    folder: &Path,
    json: Option<&Path>,
) -> Result<bool> {
    let crates = installed.join("clients");
    let (documents, _) = document::all(folder)?;
    let mut rows = BTreeMap::new();
    for document in &documents {
        let row = one(workspace, installed, &crates, document)
            .unwrap_or_else(|error| Row { failure: Some(format!("{error:#}")), ..Row::default() });
        console::result(&format!("{}", Line(&document.file, &row)));
        rows.insert(document.file.clone(), row);
    }
    let mut total = Row::default();
    for row in rows.values() {
        total.operations += row.operations;
        total.called += row.called;
        total.matched += row.matched;
        total.valid += row.valid;
        total.equal += row.equal;
        total.authorized += row.authorized;
        total.decoded += row.decoded;
    }
    console::result(&format!("{}", Line("all", &total)));
    if let Some(json) = json {
        let text = format!("{:#}\n", serde_json::to_value(&rows)?);
        fs::write(json, text).with_context(|| format!("cannot write {}", json.display()))?;
    }
    Ok(true)
}

fn one(workspace: &Workspace, installed: &Path, crates: &Path, document: &document::Document) -> Result<Row> {
    let name = document.name.as_str();
    let path = |ending: &str| installed.join("documents").join(format!("{name}.{ending}"));
    fs::create_dir_all(installed.join("documents"))?;
    let (merged, samples, report) = (path("json"), path("samples.json"), path("report.json"));
    let read = || Source::read(&document.path, &[]);
    let text = read()
        .and_then(|source| generator::merged_json(&source))
        .map_err(|all| anyhow!("{}", first(&all)))?;
    fs::write(&merged, text)?;
    judge::samples(installed, &merged, &samples)?;
    let values = serde_json::from_str(&fs::read_to_string(&samples)?)?;
    let options = Options {
        origin: document.file.clone(),
        calls: Some((values, name.to_owned())),
        ..Options::default()
    };
    let output = read()
        .and_then(|source| generator::generate(&source, &options))
        .map_err(|all| anyhow!("{}", first(&all)))?;
    let member = crates.join(name);
    let _ = fs::remove_dir_all(member.join("src"));
    for (path, text) in &output.files {
        let path = member.join(path);
        fs::create_dir_all(path.parent().unwrap_or(&member))?;
        fs::write(path, text)?;
    }
    fs::write(member.join("Cargo.toml"), manifest(name, workspace.root()))?;
    let lock = fs::read(workspace.root().join("Cargo.lock"))?;
    fs::write(member.join("Cargo.lock"), lock)?;
    let mut row =
        Row { operations: output.summary.operations + output.summary.operations_skipped, ..Row::default() };
    if output.summary.operations == 0 {
        return Ok(row);
    }
    let judge = Judge::start(installed, &merged, &samples, &report)?;
    let called = call(crates, &member, &judge.url)?;
    let judged = judge.report()?;
    for (pointer, outcome, message) in called {
        row.count(&pointer, &outcome, &message, judged.get(&pointer));
    }
    Ok(row)
}

/// Runs the crate's test; of each call its operation, how it ended, and what the client says of it.
fn call(crates: &Path, member: &Path, url: &str) -> Result<Vec<(String, String, String)>> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command.args(["test", "--offline", "--quiet", "-j2", "--test", "conformance", "--target-dir"]);
    command.arg(crates.join("target")).args(["--", "--nocapture"]).current_dir(member);
    command.env("JUDGE_URL", url).env("NO_PROXY", "127.0.0.1");
    command.env_remove("CARGO_TARGET_DIR").env_remove("RUSTFLAGS").env_remove("CARGO_MANIFEST_DIR");
    let output = command.output().context("cannot run cargo")?;
    if !output.status.success() {
        let text = String::from_utf8_lossy(&output.stderr).into_owned();
        let error = text.lines().find(|line| line.starts_with("error") || line.contains("panicked"));
        fs::write(member.join("failure.txt"), &text)?;
        bail!("the calls do not compile or run: {}", error.unwrap_or_default());
    }
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let line = |line: &str| {
        let mut parts = line.splitn(3, '\t').map(str::to_owned);
        Some((parts.next().filter(|name| name.starts_with('/'))?, parts.next()?, parts.next()?))
    };
    Ok(text.lines().filter_map(line).collect())
}

/// The manifest of a crate that is called: a workspace of its own, so that one that fails is alone.
fn manifest(name: &str, root: &Path) -> String {
    let runtime = root.join("runtime");
    format!(
        "[package]\nname = {name:?}\nversion = \"0.0.0\"\nedition = \"2024\"\npublish = false\n\n[workspace]\n\n\
         [dependencies]\nruntime = {{ path = {runtime:?} }}\n\n\
         [dev-dependencies]\ntokio = {{ version = \"1\", features = [\"rt\", \"net\", \"time\"] }}\n\n\
         [profile.dev]\ndebug = false\nincremental = false\n"
    )
}

fn first(diagnostics: &generator::Diagnostics) -> String {
    diagnostics
        .iter()
        .find(|one| one.code().id().starts_with('E'))
        .map(|one| one.message().to_owned())
        .unwrap_or_default()
}

impl Row {
    fn count(&mut self, pointer: &str, outcome: &str, message: &str, judged: Option<&Judged>) {
        let mut problems = Vec::new();
        if outcome == "uncalled" || outcome == "InvalidInput" || outcome == "Configuration" {
            problems.push(format!("{outcome}: {message}"));
        } else {
            self.called += 1;
            let judged = judged.cloned().unwrap_or_default();
            self.matched += usize::from(judged.matched);
            self.valid += usize::from(judged.matched && judged.valid);
            self.equal += usize::from(judged.matched && judged.equal);
            self.authorized += usize::from(judged.authorized);
            self.decoded += usize::from(outcome == "decoded");
            problems.extend(judged.problems);
            if !judged.authorized {
                problems.push("the credentials are none that the operation takes".to_owned());
            }
            if outcome != "decoded" {
                problems.push(format!("{outcome}: {message}"));
            }
        }
        if !problems.is_empty() {
            self.problems.insert(pointer.to_owned(), problems);
        }
    }
}

struct Line<'a>(&'a str, &'a Row);

impl std::fmt::Display for Line<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self(name, row) = self;
        write!(
            f,
            "{name}: {} operations, {} called, {} matched, {} valid, {} equal, {} authorized, {} decoded",
            row.operations, row.called, row.matched, row.valid, row.equal, row.authorized, row.decoded
        )?;
        match &row.failure {
            Some(failure) => write!(f, "; {failure}"),
            None => Ok(()),
        }
    }
}
