//! `cargo xtask conformance --schemas`: runs JSON-Schema-Test-Suite on generated models.
//!
//! Input: the test data in `xtask/conformance/schemas`. Output: a table by keyword, and a line for
//! each value with a wrong outcome. Valid values must decode and encode as the same JSON. Invalid
//! values must be refused by decoding or `validate()` if the keyword's check is documented.

mod component;
mod program;
mod row;
mod suite;
mod table;

use crate::crates::Crates;
use crate::workspace::Workspace;
use anyhow::Result;
use component::Component;
use program::Program;
use row::{Miss, Row};
use std::collections::{BTreeMap, BTreeSet};
use suite::Draft;
use wirewright::console;

/// A component and its number, which its names have.
type Numbered<'c> = (usize, &'c Component);

/// Runs the command. Returns false if there is an outcome that no reason explains.
pub(super) fn run(workspace: &Workspace) -> Result<bool> {
    let mut rows: BTreeMap<&str, BTreeMap<String, Row>> = BTreeMap::new();
    let mut components = BTreeMap::new();
    for draft in Draft::ALL {
        let rows = rows.entry(draft.name()).or_default();
        let components: &mut Vec<Component> = components.entry(draft.name()).or_default();
        for group in suite::read(&workspace.conformance().join("schemas"), draft)? {
            match component::components(draft, &group) {
                Ok(all) => components.extend(all),
                Err(_) => {
                    let row = rows.entry(group.file).or_default();
                    row.schemas += 1;
                    row.apart += 1;
                }
            }
        }
    }
    let documents: Vec<_> = Draft::ALL
        .into_iter()
        .flat_map(|draft| {
            let documents = apart(components.get(draft.name()).map(Vec::as_slice).unwrap_or_default());
            let name = move |number| format!("{}-{number}", draft.name());
            documents.into_iter().enumerate().map(move |(number, all)| (draft, name(number), all))
        })
        .collect();
    let names = documents.iter().map(|(_, name, _)| name.as_str());
    let crates = Crates::new(workspace, workspace.conformance_target().join("schemas"), names)?;
    let mut programs = Vec::new();
    for (draft, name, components) in documents {
        programs.push(Program::generate(workspace, &crates, name, draft, components)?);
    }
    let mut misses = Vec::new();
    for program in &programs {
        let rows = rows.entry(program.draft().name()).or_default();
        misses.extend(count(program, &crates, rows)?);
    }
    for draft in Draft::ALL {
        if let Some(rows) = rows.get(draft.name()) {
            console::result(&format!("{}\n", table::table(draft, rows)));
        }
    }
    let mut reasons: BTreeMap<&str, usize> = BTreeMap::new();
    let mut is_good = true;
    for (draft, Miss { file, group, is_typed, test, problem, reason }) in &misses {
        let typed = if *is_typed { ", with its type" } else { "" };
        console::message(&format!("{} {file}: {group}{typed}: {test}\n  {problem}", draft.name()));
        match reason {
            Some(reason) => *reasons.entry(reason).or_default() += 1,
            None => {
                console::message("  no reason is known");
                is_good = false;
            }
        }
    }
    reasons.iter().for_each(|(reason, count)| console::result(&format!("{count}: {reason}")));
    Ok(is_good)
}

/// Runs a program and counts its outcomes.
fn count(
    program: &Program<'_>,
    crates: &Crates,
    rows: &mut BTreeMap<String, Row>,
) -> Result<Vec<(Draft, Miss)>> {
    let outcomes = program.run(crates)?;
    let mut outcomes = outcomes.as_slice();
    let mut misses = Vec::new();
    for (index, component) in program.components() {
        let Some((own, rest)) = outcomes.split_at_checked(component.tests.len()) else { break };
        outcomes = rest;
        let row = rows.entry(component.file.clone()).or_default();
        let found = row.count(component, program.lowered(*index), own);
        misses.extend(found.into_iter().map(|miss| (program.draft(), miss)));
    }
    Ok(misses)
}

/// Distributes components to documents, so that no document has an `$id` twice.
fn apart(components: &[Component]) -> Vec<Vec<Numbered<'_>>> {
    let mut documents: Vec<(BTreeSet<String>, Vec<Numbered<'_>>)> = Vec::new();
    for (index, component) in components.iter().enumerate() {
        let ids = component::ids(&component.schema);
        let place = documents.iter().position(|(known, _)| known.is_disjoint(&ids));
        let place = place.unwrap_or_else(|| {
            documents.push(Default::default());
            documents.len() - 1
        });
        if let Some((known, components)) = documents.get_mut(place) {
            known.extend(ids);
            components.push((index, component));
        }
    }
    documents.into_iter().map(|(_, components)| components).collect()
}
