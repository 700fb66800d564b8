//! `cargo xtask corpus`: measures the generator on a folder of OpenAPI documents.
//!
//! Input: a folder. Output: a row for each document, also for documents that fail. Crates stay in
//! `target/corpus`, together with `diagnostics/`, `clippy.txt`, `rustdoc.txt` and `examples.txt`
//! (valid examples that did not round-trip).

mod declared;
pub(crate) mod difference;
pub(crate) mod document;
mod examples;
mod judge;
mod one;
mod order;
mod row;
mod schema;
mod summary;
mod table;

use crate::cli::Corpus;
use crate::crates::{self, Check, Crates, Tool};
use crate::workspace::Workspace;
use anyhow::{Context, Result};
use document::Document;
use indicatif::{ProgressBar, ProgressStyle};
use judge::Judged;
use row::Row;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use wirewright::console;

pub(crate) use one::run as run_one;

/// A document, its figures so far, and its examples.
struct Measured {
    document: Document,
    row: Row,
    examples: Vec<Judged>,
}

/// Runs the command. Returns false if a figure is worse than in the summary to compare with.
pub(crate) fn run(arguments: &Corpus) -> Result<bool> {
    let (mut documents, problems) = document::all(&arguments.folder)?;
    problems.iter().for_each(|problem| console::message(&format!("note: {problem}")));
    if !arguments.only.is_empty() {
        documents.retain(|document| arguments.only.iter().any(|only| only.matches(&document.file)));
    }
    let workspace = Workspace::find();
    let crates = Crates::new(
        &workspace,
        workspace.corpus_target(),
        documents.iter().map(|document| document.name.as_str()),
    )?;
    let mut measured = generate(&crates, documents, arguments.check)?;
    if arguments.check {
        let generated = measured.iter_mut().filter(|one| one.row.failure.is_none()).collect();
        check(&workspace, generated)?;
    }
    let rows = measured.into_iter().map(|one| (one.document.file, one.row)).collect();
    console::result(&table::table(&rows));
    if let Some(file) = &arguments.json {
        write(file, &format!("{:#}\n", serde_json::to_value(&rows)?))?;
    }
    let good = arguments.against.as_deref().map_or(Ok(true), |file| compare(&rows, file))?;
    if let Some(file) = &arguments.summary {
        write(file, &summary::text(&rows))?;
    }
    Ok(good)
}

/// Generates all documents, one after the other so that their times are comparable. With `reverse`,
/// generates each again with its keys reversed, outside the measured time.
fn generate(crates: &Crates, documents: Vec<Document>, reverse: bool) -> Result<Vec<Measured>> {
    let bar = bar(documents.len(), "generate");
    let mut measured = Vec::new();
    for document in documents {
        bar.set_message(document.file.clone());
        let name = document.name.as_str();
        let answer = one::measure(&document, &crates.member(name), reverse)?;
        if answer.failure.is_some() {
            crates.clear(name)?;
        }
        crates.write(&format!("diagnostics/{name}.txt"), &answer.messages)?;
        let row = Row {
            openapi: document.openapi.clone(),
            declared: document.declared,
            generated: answer.generated,
            failure: answer.failure,
            check: None,
            rustdoc: None,
            examples: None,
        };
        measured.push(Measured { document, row, examples: answer.examples });
        bar.inc(1);
    }
    bar.finish_and_clear();
    Ok(measured)
}

/// Checks the crates of all documents, and runs their example tests.
fn check(workspace: &Workspace, mut measured: Vec<&mut Measured>) -> Result<()> {
    let names: Vec<String> = measured.iter().map(|one| one.document.name.as_str().to_owned()).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let crates = Crates::new(workspace, workspace.corpus_target(), names.iter().copied())?;
    for (tool, check) in [
        (Tool::Clippy, (|row| &mut row.check) as fn(&mut Row) -> &mut Option<Check>),
        (Tool::Rustdoc, |row| &mut row.rustdoc),
    ] {
        let bar = bar(names.len(), tool.name());
        let mut checks = crates::check(&crates, &names, tool, |done| bar.set_position(done))?;
        bar.finish_and_clear();
        measured.iter_mut().for_each(|one| *check(&mut one.row) = checks.remove(one.document.name.as_str()));
    }
    measured.retain(|one| !one.examples.is_empty());
    let tests = if measured.is_empty() { Default::default() } else { examples::build(&crates)? };
    let mut text = String::new();
    for one in measured {
        let test = tests.get(one.document.name.as_str()).map(|test| test.as_path());
        let (sum, lines) = examples::run(test, &one.examples);
        one.row.examples = Some(sum);
        text.extend(lines.iter().map(|line| format!("{} {line}\n", one.document.file)));
    }
    crates.write("examples.txt", &text)
}

/// Prints the figures that are worse than in the summary `file`. Returns true if there are none.
fn compare(rows: &BTreeMap<String, Row>, file: &Path) -> Result<bool> {
    let earlier = fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    let comparison = summary::compare(rows, &earlier);
    comparison.worse.iter().for_each(|line| console::message(line));
    if comparison.better > 0 {
        let better = comparison.better;
        console::message(&format!(
            "{better} figures are better than in {}: --summary writes them",
            file.display()
        ));
    }
    Ok(comparison.worse.is_empty())
}

fn write(file: &Path, text: &str) -> Result<()> {
    fs::write(file, text).with_context(|| format!("cannot write {}", file.display()))
}

/// Returns a progress bar that is visible on terminals only.
pub(crate) fn bar(len: usize, what: &'static str) -> ProgressBar {
    let bar = ProgressBar::new(len as u64).with_prefix(what);
    match ProgressStyle::with_template("{prefix} {wide_bar} {pos}/{len} {elapsed} {msg}") {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}
