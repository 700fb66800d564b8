//! `cargo xtask conformance --autorest`: runs generated clients against AutoRest's test server.
//!
//! Input: the documents in the server's npm package, the driver in `xtask/conformance/autorest`,
//! which calls their clients, and the list of scenarios that stay uncovered. Output: a table by
//! document, and each uncovered scenario with its reason.

mod coverage;
mod driver;

use super::install;
use super::server::Server;
use crate::workspace::Workspace;
use anyhow::Result;
use coverage::Uncovered;
use std::process::Command;
use wirewright::console;

/// The least share of the required scenarios to cover, in percent.
const FLOOR: usize = 95;

/// Runs the command. Returns false for a wrong result, or if other scenarios are uncovered than
/// those listed.
pub(super) fn run(workspace: &Workspace) -> Result<bool> {
    let (from, folder) = (workspace.autorest(), workspace.autorest_target());
    install::servers(&from, &folder)?;
    let driver = driver::build(workspace, &folder)?;
    let mut node = Command::new("node");
    node.arg(folder.join("serve.js")).arg(folder.join("coverage"));
    let server = Server::start(&mut node, "listening on ", &folder.join("server.log"))?;
    let outcome = driver::run(&driver, server.url())?;
    console::result(&format!("{}\n", coverage::table(&outcome)));
    outcome.wrong.iter().for_each(|wrong| console::message(&format!("wrong: {wrong}")));
    let listed = Uncovered::read(&from.join("uncovered.tsv"))?;
    let problems = listed.compare(&outcome.required, FLOOR);
    for (reason, scenarios) in listed.by_reason() {
        console::result(&format!("{}: {reason}: {}", scenarios.len(), scenarios.join(" ")));
    }
    problems.iter().for_each(|problem| console::message(problem));
    Ok(outcome.wrong.is_empty() && problems.is_empty())
}
