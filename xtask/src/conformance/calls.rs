//! `cargo xtask conformance DIR`: calls every operation of every document, and lets independent
//! servers judge the calls.
//!
//! Input: a folder of documents. Output: a row for each document, also for documents that cannot be
//! measured. Calls use the public API of the generated crate only.

use super::client::Client;
use super::judge::{self, Judge};
use super::prism;
use super::row::Row;
use super::second;
use crate::cli::Conformance;
use crate::corpus::document::{self, Document};
use crate::workspace::Workspace;
use anyhow::{Context, Result, anyhow};
use generator::{Diagnostics, Options, Source};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use wirewright::console;

/// Calls every operation of every document below `folder`. Returns false if there was any problem.
pub(super) fn run(
    workspace: &Workspace,
    installed: &Path,
    folder: &Path,
    arguments: &Conformance,
) -> Result<bool> {
    let (mut documents, problems) = document::all(folder)?;
    problems.iter().for_each(|problem| console::message(&format!("note: {problem}")));
    if !arguments.only.is_empty() {
        documents.retain(|document| arguments.only.iter().any(|only| only.matches(&document.file)));
    }
    fs::create_dir_all(installed.join("documents"))?;
    let (mut rows, mut sum) = (BTreeMap::new(), Row::default());
    for document in documents {
        let row = one(workspace, installed, &document, arguments).unwrap_or_else(|error| Row::failed(&error));
        console::result(&format!("{}: {row}", document.file));
        for (operation, problems) in &row.problems {
            problems.iter().for_each(|problem| console::message(&format!("  {operation}: {problem}")));
        }
        for (operation, message) in &row.refused {
            console::message(&format!("  {operation}: Prism: {message}"));
        }
        sum.add(&row);
        rows.insert(document.file, row);
    }
    console::result(&format!("all: {sum}"));
    if let Some(json) = &arguments.json {
        let text = format!("{:#}\n", serde_json::to_value(&rows)?);
        fs::write(json, text).with_context(|| format!("cannot write {}", json.display()))?;
    }
    Ok(rows.values().all(Row::is_good))
}

fn one(workspace: &Workspace, installed: &Path, document: &Document, arguments: &Conformance) -> Result<Row> {
    let name = document.name.as_str();
    let path = |ending: &str| installed.join("documents").join(format!("{name}.{ending}"));
    let (merged, samples, report) = (path("json"), path("samples.json"), path("report.jsonl"));
    let read = || Source::read(&document.path, &[]);
    let text = read().and_then(|source| generator::merged_json(&source)).map_err(|all| first(&all))?;
    fs::write(&merged, text)?;
    judge::samples(installed, &merged, &samples)?;
    let values = serde_json::from_str(&fs::read_to_string(&samples)?)?;
    let options = Options {
        origin: document.file.clone(),
        header: generator::Header::Xtask,
        calls: Some((values, name.to_owned())),
        ..Options::default()
    };
    let output =
        read().and_then(|source| generator::generate(&source, &options)).map_err(|all| first(&all))?;
    let mut row = Row { operations: output.summary.operations, ..Row::default() };
    if row.operations == 0 {
        return Ok(row);
    }
    let client = Client::write(workspace, &installed.join("clients"), document, output.files)?;
    let judge = Judge::start(installed, &merged, &samples, &report)?;
    let (called, failure) = client.call(&judge.url)?;
    row.failure = failure;
    let mut judged = judge.report()?;
    for call in &called {
        row.count(call, judged.remove(&call.operation));
    }
    if arguments.judge.is_some() {
        row.count_second(&second::judge(installed, &merged, &samples, &report)?);
    }
    if arguments.prism {
        let server = prism::start(installed, &merged)?;
        let (called, _) = client.call(server.url())?;
        called.iter().for_each(|call| row.count_prism(call));
    }
    Ok(row)
}

/// Returns the first error of a document that cannot be generated.
fn first(diagnostics: &Diagnostics) -> anyhow::Error {
    let error = diagnostics.iter().find(|one| one.code().id().starts_with('E'));
    anyhow!("{}", error.map(|one| one.message()).unwrap_or_default())
}
