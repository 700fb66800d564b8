//! `wirewright generate` and `wirewright check`.

use crate::arguments::{Generate, Selection};
use crate::client::{Client, Described, Document, Surroundings};
use crate::config::Config;
use crate::folder::Layout;
use crate::generate::{Mode, Report, Run};
use crate::levels::Levels;
use crate::package::{Around, RuntimeSource};
use crate::{Outcome, paths};
use anyhow::{Context, Result};
use generator::Header;
use std::env;
use std::path::{Path, PathBuf};

/// Runs `wirewright generate`.
pub(super) fn generate(arguments: Generate) -> Result<Outcome> {
    let mode = if arguments.dry_run { Mode::DryRun } else { Mode::Write };
    run(arguments.selection, mode, arguments.bump)
}

/// Runs `wirewright check`.
pub(super) fn check(selection: Selection) -> Result<Outcome> {
    run(selection, Mode::Check, false)
}

fn run(selection: Selection, mode: Mode, bump: bool) -> Result<Outcome> {
    let update_command = selection.update_command();
    let report = match (selection.json, selection.verbose) {
        (true, _) => Report::Json,
        (false, true) => Report::AllText,
        (false, false) => Report::Text,
    };
    let (clients, levels) = clients(selection)?;
    Ok(crate::generate::run(&clients, &Run { mode, bump, levels, report, update_command }))
}

/// Returns the client that the arguments describe, or those of the configuration file.
fn clients(selection: Selection) -> Result<(Vec<Client>, Levels)> {
    let crates = selection.out.map(|out| (out, Layout::Crate));
    let place = crates.or(selection.module.map(|module| (module, Layout::Module)));
    if let (Some(document), Some((out, layout))) = (selection.document, place) {
        let client = Client::from(Described {
            document: Document::from(document),
            overlays: selection.overlay,
            out,
            layout,
            workspace: Around::Join,
            name: selection.name,
            runtime: selection.runtime.unwrap_or_else(RuntimeSource::published),
            examples: selection.examples,
            header: Header::Wirewright,
        });
        return Ok((vec![client], Levels { deny: selection.deny, ..Levels::default() }));
    }
    let config = read_config(selection.config)?;
    let levels = config.0.levels(&selection.deny);
    Ok((configured(config)?, levels))
}

/// Returns the clients of the configuration file at `path`, or of the nearest one.
pub(super) fn all_clients(path: Option<PathBuf>) -> Result<Vec<Client>> {
    configured(read_config(path)?)
}

/// Returns a configuration and its folder.
fn read_config(path: Option<PathBuf>) -> Result<(Config, PathBuf)> {
    let here = current_folder()?;
    let path = match path {
        Some(path) => paths::lexical(&here.join(path)),
        None => Config::find(&here)?,
    };
    Ok((Config::read(&path)?, path.parent().unwrap_or(Path::new("/")).to_owned()))
}

fn configured((config, root): (Config, PathBuf)) -> Result<Vec<Client>> {
    let surroundings = Surroundings {
        root: &root,
        here: &current_folder()?,
        runtime: RuntimeSource::published(),
        header: Header::Wirewright,
        workspace: Around::Join,
    };
    Ok(Client::configured(config, &surroundings))
}

fn current_folder() -> Result<PathBuf> {
    env::current_dir().context("cannot read the current folder")
}
