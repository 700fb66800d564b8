//! `cargo xtask history`: compares successive versions of documents, and checks the verdicts with
//! the compiler.
//!
//! Input: a folder for each API, with its versions. Output in `target/history`: the generated
//! crates, the programs that use them, `changes/` with the comparison of each step, and
//! `examples.txt` with the compiler's output.

mod step;

use crate::cli::History;
use crate::corpus::bar;
use crate::crates::{self, Check, Crates, Tool};
use crate::workspace::Workspace;
use anyhow::Result;
use comfy_table::{Table, presets};
use std::time::Duration;
use step::{Measured, Step};
use wirewright::console;

/// Runs the command. Returns false if a verdict is wrong, or if comparing takes longer than
/// generating both versions.
pub(crate) fn run(arguments: &History) -> Result<bool> {
    let steps = step::all(&arguments.folder, &arguments.only)?;
    let workspace = Workspace::find();
    let names: Vec<&str> = steps.iter().map(|step| step.name.as_str()).collect();
    let crates = Crates::new(&workspace, workspace.history_target(), names.iter().copied())?;
    let mut measured = Vec::new();
    let progress = bar(steps.len(), "compare");
    for step in &steps {
        progress.set_message(step.title.clone());
        let one = step.measure(&workspace, &crates.member(step.name.as_str()));
        if let Ok(one) = &one {
            crates.write(&format!("changes/{}.txt", step.name.as_str()), &one.diff.text())?;
        }
        measured.push(one);
        progress.inc(1);
    }
    progress.finish_and_clear();
    let done: Vec<&str> =
        names.iter().zip(&measured).filter(|(_, one)| one.is_ok()).map(|(name, _)| *name).collect();
    // cargo refuses a workspace with a member that has no manifest.
    let crates = Crates::new(&workspace, workspace.history_target(), done.iter().copied())?;
    let checks = if arguments.check {
        let progress = bar(done.len(), "compile");
        let checks = crates::check(&crates, &done, Tool::Examples, |done| progress.set_position(done))?;
        progress.finish_and_clear();
        checks
    } else {
        Default::default()
    };
    let mut table = Table::new();
    table.load_style(presets::UTF8_BORDERS_ONLY);
    table.set_header(["step", "changes", "callers", "wire", "CPU ms", "of two generations", "program"]);
    let mut good = true;
    for (step, one) in steps.iter().zip(&measured) {
        let check = checks.get(step.name.as_str()).copied();
        good &= !matches!((one, check), (Ok(one), Some(check)) if one.is_wrong(check.errors));
        table.add_row(cells(step, one, check));
    }
    let sum = |of: fn(&Measured) -> Duration| measured.iter().flatten().map(of).sum::<Duration>();
    let (diffing, generating) = (sum(|one| one.diffing), sum(|one| one.generating));
    let [diffing_ms, generating_ms] = [diffing, generating].map(|time| time.as_millis().to_string());
    table.add_row(["all", "", "", "", &diffing_ms, &generating_ms]);
    console::result(&format!("{table}\n"));
    Ok(good && diffing < generating)
}

fn cells(step: &Step, measured: &Result<Measured>, check: Option<Check>) -> Vec<String> {
    let program = match (measured, check) {
        (_, None) => String::new(),
        (_, Some(Check { errors: 0, .. })) => "compiles".to_owned(),
        (Ok(one), Some(check)) if one.is_wrong(check.errors) => format!("WRONG: {} errors", check.errors),
        (_, Some(check)) => format!("{} errors", check.errors),
    };
    match measured {
        Ok(Measured { diff, diffing, generating }) => vec![
            step.title.clone(),
            diff.changes.len().to_string(),
            diff.rust().to_string(),
            diff.wire().to_string(),
            diffing.as_millis().to_string(),
            generating.as_millis().to_string(),
            program,
        ],
        Err(error) => vec![step.title.clone(), format!("{error:#}")],
    }
}
