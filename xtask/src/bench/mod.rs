//! `cargo xtask bench`: measures generation and the build of a generated crate, for this generator
//! and others.
//!
//! Input: documents. Output: Markdown tables, on the terminal or in BENCHMARKS.md. Each figure is
//! the median of several rounds. In each round every tool runs once, so that other load on the
//! machine affects all tools.

mod build;
mod generation;
mod measure;
mod table;
mod tool;

use crate::cli::Bench;
use crate::workspace::Workspace;
use anyhow::{Context, Result};
use std::fs;
use table::Tables;
use tool::Tool;

/// Runs the command.
pub(crate) fn run(arguments: &Bench) -> Result<bool> {
    let workspace = Workspace::find();
    let target = workspace.bench_target();
    fs::create_dir_all(&target).with_context(|| format!("cannot make {}", target.display()))?;
    let this = workspace.release_build("xtask")?;
    let mut tools = vec![Tool::ours(&this)];
    if arguments.peers {
        tools.extend(Tool::install_peers(&target)?);
    }
    let mut tables = Tables::default();
    let generated = tempfile::tempdir_in(&target).context("cannot make a folder")?;
    generation::table(&tools, arguments, generated.path(), &mut tables)?;
    if let Some(document) = arguments.documents.first().filter(|_| arguments.build) {
        build::table(&tools, document, arguments, &target, &mut tables)?;
    }
    if let Some(document) = arguments.documents.first().filter(|_| arguments.growth) {
        generation::growth(&tools, document, arguments, generated.path(), &mut tables)?;
    }
    if let Some(file) = &arguments.write {
        tables.insert(file)?;
    }
    Ok(true)
}
