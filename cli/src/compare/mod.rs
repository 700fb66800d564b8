//! Compares two versions of a client: documents, locks, files of a git revision, or all clients of
//! a revision.
//!
//! Input: the arguments and the clients of the configuration. Output: the differences, as text,
//! Markdown or JSON.

mod git;
mod side;

use crate::arguments::Diff;
use crate::client::Client;
use crate::{Outcome, console};
use anyhow::{Context, Result, bail};
use generator::Bump;
use serde_json::json;
use side::Side;
use std::env;
use std::path::PathBuf;

/// Prints the differences between two versions. Returns [`Outcome::Differs`] if the change is
/// greater than the arguments allow. `clients` returns the clients of a configuration file, by
/// default the nearest one. Revisions are compared client by client.
///
/// # Errors
///
/// A file cannot be read, git does not have the file, or a document has errors.
pub fn run(
    arguments: &Diff,
    clients: impl FnOnce(Option<PathBuf>) -> Result<Vec<Client>>,
) -> Result<Outcome> {
    let here = env::current_dir().context("cannot read the current folder")?;
    let old = Side::of(&arguments.old, &here)?;
    let new = match &arguments.new {
        Some(new) => Side::of(new, &here)?,
        None if old.is_whole() => Side::WorkingTree,
        None => bail!("`{}` is one file: name the other version, too", arguments.old),
    };
    if old.is_whole() != new.is_whole() {
        bail!("a file is compared with a file, a revision with a revision");
    }
    let compared = if old.is_whole() {
        let mut compared = Vec::new();
        for client in clients(arguments.config.clone())? {
            compared.extend(of_client(&client, &old, &new)?.map(|diff| (Some(client.label.clone()), diff)));
        }
        compared
    } else {
        let before = old.lock(&arguments.overlay, None)?;
        vec![(None, generator::diff(&before, &new.lock(&arguments.overlay, Some(&before))?))]
    };
    for (label, diff) in &compared {
        console::result(&shown(arguments, label.as_deref(), diff));
    }
    let worst = compared.iter().map(|(_, diff)| diff.rust()).max().unwrap_or(Bump::Patch);
    let allowed = arguments.max.map_or(Bump::Major, Bump::from);
    Ok(if worst > allowed { Outcome::Differs } else { Outcome::Done })
}

/// Compares a client of the configuration. Returns `None` if a side does not have the client.
fn of_client(client: &Client, old: &Side, new: &Side) -> Result<Option<generator::Diff>> {
    let Some(before) = old.lock_of_client(client, None)? else {
        console::message(&format!("note: {} is new", client.label));
        return Ok(None);
    };
    let Some(after) = new.lock_of_client(client, Some(&before))? else {
        console::message(&format!("note: {} was there before only", client.label));
        return Ok(None);
    };
    Ok(Some(generator::diff(&before, &after)))
}

fn shown(arguments: &Diff, label: Option<&str>, diff: &generator::Diff) -> String {
    match (arguments.json, arguments.markdown) {
        (true, _) => {
            let mut value = diff.json();
            if let Some(members) = value.as_object_mut() {
                members.insert("client".to_owned(), json!(label));
            }
            format!("{value}\n")
        }
        (false, true) => {
            let title = label.map(|label| format!("### {label}\n\n")).unwrap_or_default();
            format!("{title}{}", diff.markdown())
        }
        (false, false) => {
            let title = label.map(|label| format!("{label}:\n")).unwrap_or_default();
            format!("{title}{}", diff.text())
        }
    }
}
