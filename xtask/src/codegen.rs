//! `cargo xtask codegen`: generates the clients of this repository, or the client of one document.

use crate::cli::Codegen;
use crate::workspace::Workspace;
use anyhow::{Context, Result};
use generator::Header;
use std::env;
use std::path::Path;
use wirewright::Outcome;
use wirewright::client::{Client, Described, Document, Surroundings};
use wirewright::config::Config;
use wirewright::folder::Layout;
use wirewright::generate::{Mode, Report, Run};
use wirewright::levels::Levels;
use wirewright::package::{Around, RuntimeSource};

/// Runs the command. Returns false if a client could not be generated or is not up to date.
pub(crate) fn run(arguments: &Codegen) -> Result<bool> {
    let clients = clients(arguments, &Workspace::find())?;
    let mode = if arguments.check { Mode::Check } else { Mode::Write };
    let run = Run {
        mode,
        bump: false,
        levels: Levels::default(),
        report: if arguments.verbose { Report::AllText } else { Report::Text },
        update_command: arguments.update_command(),
    };
    Ok(wirewright::generate::run(&clients, &run) == Outcome::Done)
}

/// Returns the client that the arguments describe, or all clients of `spec/codegen.toml`.
fn clients(arguments: &Codegen, workspace: &Workspace) -> Result<Vec<Client>> {
    let (Some(document), Some(out)) = (&arguments.document, &arguments.out) else {
        return configured(workspace);
    };
    let runtime = arguments.runtime.clone();
    Ok(vec![Client::from(Described {
        document: Document::File(document.clone()),
        overlays: arguments.overlay.clone(),
        out: out.clone(),
        layout: Layout::Crate,
        workspace: Around::Apart,
        name: arguments.name.clone(),
        runtime: runtime.unwrap_or_else(|| RuntimeSource::folder(workspace.runtime())),
        examples: arguments.examples,
        header: Header::Xtask,
    })])
}

/// Returns all clients of `spec/codegen.toml`. Their manifests are hand-written.
pub(crate) fn configured(workspace: &Workspace) -> Result<Vec<Client>> {
    configured_by(workspace, &workspace.config())
}

/// Returns all clients of a configuration file.
pub(crate) fn configured_by(workspace: &Workspace, config: &Path) -> Result<Vec<Client>> {
    let here = env::current_dir().context("cannot read the current folder")?;
    let surroundings = Surroundings {
        root: workspace.root(),
        here: &here,
        runtime: RuntimeSource::folder(workspace.runtime()),
        header: Header::Xtask,
        workspace: Around::Apart,
    };
    let mut clients = Client::configured(Config::read(config)?, &surroundings);
    clients.iter_mut().for_each(|client| client.package = None);
    Ok(clients)
}
