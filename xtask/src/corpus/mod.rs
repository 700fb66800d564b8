//! `cargo xtask corpus`: a folder of OpenAPI documents in, what the generator makes of each of them out.
//!
//! The rule: it measures and does not judge: a document that fails is a row like all others. The crates stay in
//! `target/corpus`, their diagnostics in `target/corpus/diagnostics`, what clippy says in `target/corpus/check.txt`.

mod cargo;
mod check;
mod declared;
mod document;
mod one;
mod row;
mod table;

use crate::cli::Corpus;
use crate::console;
use crate::workspace::Workspace;
use anyhow::{Context, Result};
use cargo::Crates;
use document::Document;
use indicatif::{ProgressBar, ProgressStyle};
use row::Row;
use std::collections::BTreeMap;
use std::fs;

pub(crate) use one::run as run_one;

/// Runs the command.
pub(crate) fn run(arguments: &Corpus) -> Result<bool> {
    let (documents, problems) = document::all(&arguments.folder)?;
    problems.iter().for_each(|problem| console::message(&format!("note: {problem}")));
    let names = documents.iter().map(|document| document.name.as_str());
    let workspace = Workspace::find();
    let crates = Crates::new(&workspace, names)?;
    let mut rows = generate(&crates, &documents)?;
    let is_there = |document: &&Document| rows.get(&document.file).is_some_and(|row| row.failure.is_none());
    let generated: Vec<&Document> = documents.iter().filter(is_there).collect();
    let names: Vec<&str> = generated.iter().map(|document| document.name.as_str()).collect();
    let crates = Crates::new(&workspace, names.iter().copied())?;
    if arguments.check {
        let bar = bar(names.len(), "clippy");
        let mut checks = check::check(&crates, &names, |done| bar.set_position(done))?;
        bar.finish_and_clear();
        for document in &generated {
            if let Some(row) = rows.get_mut(&document.file) {
                row.check = checks.remove(document.name.as_str());
            }
        }
    }
    console::result(&table::table(&rows));
    if let Some(file) = &arguments.json {
        let text = format!("{:#}\n", serde_json::to_value(&rows)?);
        fs::write(file, text).with_context(|| format!("cannot write {}", file.display()))?;
    }
    Ok(true)
}

/// Generates each document, one after the other: their times are to be compared.
fn generate(crates: &Crates, documents: &[Document]) -> Result<BTreeMap<String, Row>> {
    let bar = bar(documents.len(), "generate");
    let mut rows = BTreeMap::new();
    for document in documents {
        bar.set_message(document.file.clone());
        let name = document.name.as_str();
        let answer = one::measure(document, &crates.member(name))?;
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
        };
        rows.insert(document.file.clone(), row);
        bar.inc(1);
    }
    bar.finish_and_clear();
    Ok(rows)
}

/// A bar on a terminal; nothing elsewhere.
fn bar(len: usize, what: &'static str) -> ProgressBar {
    let bar = ProgressBar::new(len as u64).with_prefix(what);
    match ProgressStyle::with_template("{prefix} {wide_bar} {pos}/{len} {elapsed} {msg}") {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}
