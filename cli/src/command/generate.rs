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
use std::path::Path;

/// Runs `wirewright generate`.
pub(super) fn generate(arguments: Generate) -> Result<Outcome> {
    run(arguments.selection, if arguments.dry_run { Mode::DryRun } else { Mode::Write })
}

/// Runs `wirewright check`.
pub(super) fn check(selection: Selection) -> Result<Outcome> {
    run(selection, Mode::Check)
}

fn run(selection: Selection, mode: Mode) -> Result<Outcome> {
    let update_command = selection.update_command();
    let report = match (selection.json, selection.verbose) {
        (true, _) => Report::Json,
        (false, true) => Report::AllText,
        (false, false) => Report::Text,
    };
    let (clients, levels) = clients(selection)?;
    Ok(crate::generate::run(&clients, &Run { mode, levels, report, update_command }))
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
    let here = env::current_dir().context("cannot read the current folder")?;
    let path = match selection.config {
        Some(path) => paths::lexical(&here.join(path)),
        None => Config::find(&here)?,
    };
    let config = Config::read(&path)?;
    let levels = config.levels(&selection.deny);
    let surroundings = Surroundings {
        root: path.parent().unwrap_or(Path::new("/")),
        here: &here,
        runtime: RuntimeSource::published(),
        header: Header::Wirewright,
        workspace: Around::Join,
    };
    Ok((Client::configured(config, &surroundings), levels))
}
