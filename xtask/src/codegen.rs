//! `cargo xtask codegen`: clients in, generated crates or a diff out.
//!
//! The rule: one client that fails does not keep the others from being generated.

use crate::cli::Codegen;
use crate::client::Client;
use crate::folder::{self, Plan};
use crate::workspace::Workspace;
use crate::{console, diff, package};
use anyhow::{Context, Result, bail};
use generator::{Diagnostics, Output, Source};
use std::fs;
use std::time::{Duration, Instant};

/// Runs the command. `false` where a client could not be generated, which its own message has said.
pub(crate) fn run(arguments: &Codegen) -> Result<bool> {
    let mut all_good = true;
    let mut outdated = Vec::new();
    for client in Client::all(arguments, &Workspace::find())? {
        match one(&client, arguments.check) {
            Ok(true) => {}
            Ok(false) => outdated.push(client.label),
            Err(error) => {
                all_good = false;
                console::error(&error.context(client.label));
            }
        }
    }
    if !outdated.is_empty() {
        bail!("not up to date: {}: run `{}` to update", outdated.join(", "), arguments.update_command());
    }
    Ok(all_good)
}

/// Generates one client, or shows what that would change. Whether the folder is up to date afterwards.
fn one(client: &Client, check: bool) -> Result<bool> {
    let start = Instant::now();
    let output = match generate(client) {
        Ok(output) => output,
        Err(diagnostics) => {
            console::message(&diagnostics.render());
            bail!("not generated, {}", counted(diagnostics.errors(), "error"));
        }
    };
    console::message(&output.diagnostics.render());
    let warnings = output.diagnostics.warnings();
    let mut files = output.files;
    if let Some((path, text)) = manifest(client)? {
        files.insert(path, text);
    }
    let plan = Plan::new(&client.out, files)?;
    if check {
        console::result(&diff::unified(&client.label, &plan)?);
    } else {
        plan.apply()?;
    }
    console::result(&summary(&client.label, output.summary, warnings, &plan, check, start.elapsed()));
    Ok(!check || plan.is_empty())
}

fn generate(client: &Client) -> Result<Output, Diagnostics> {
    let source = Source::read(&client.document, &client.overlays)?;
    generator::generate(&source, &client.options)
}

/// The manifest to write, if any. One that is hand-written is left alone.
fn manifest(client: &Client) -> Result<Option<(String, String)>> {
    const PATH: &str = "Cargo.toml";
    let Some(package) = &client.package else { return Ok(None) };
    let path = client.out.join(PATH);
    if !folder::is_hand_written(&path)? {
        return Ok(Some((PATH.to_owned(), package.manifest(&client.out)?)));
    }
    let text = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    if !package::depends_on_runtime(&text) {
        let path = path.display();
        console::message(&format!(
            "note: {path} is hand-written and lacks the dependency `runtime` of generated code"
        ));
    }
    Ok(None)
}

/// The line that says what was done.
fn summary(
    label: &str,
    generated: generator::Summary,
    warnings: usize,
    plan: &Plan,
    check: bool,
    time: Duration,
) -> String {
    let (written, removed) = if check { ("to write", "to remove") } else { ("written", "removed") };
    let skipped = match generated.operations_skipped {
        0 => String::new(),
        skipped => format!(" ({skipped} skipped)"),
    };
    let warnings = match warnings {
        0 => String::new(),
        number => format!("; {}", counted(number, "warning")),
    };
    format!(
        "{label}: {operations}{skipped}, {models}; {files}: {} {written}, {} unchanged, {} {removed}{warnings}; {} ms",
        plan.writes.len(),
        plan.unchanged,
        plan.stale.len(),
        time.as_millis(),
        operations = counted(generated.operations, "operation"),
        models = counted(generated.models, "model"),
        files = counted(plan.writes.len() + plan.unchanged, "file"),
    )
}

/// A number and its noun: `1 file`, `2 files`.
fn counted(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    #[test]
    fn the_summary_names_only_the_problems_that_there_are() {
        let folder = tempfile::tempdir().unwrap();
        let plan =
            Plan::new(folder.path(), BTreeMap::from([("src/lib.rs".to_owned(), String::new())])).unwrap();
        let generated = |operations_skipped| generator::Summary {
            operations: 1,
            operations_skipped,
            models: 2,
            schemas: 2,
            ..generator::Summary::default()
        };
        let time = Duration::from_micros(12_900);
        assert_eq!(
            summary("client", generated(0), 0, &plan, false, time),
            "client: 1 operation, 2 models; 1 file: 1 written, 0 unchanged, 0 removed; 12 ms"
        );
        assert_eq!(
            summary("client", generated(3), 1, &plan, true, time),
            "client: 1 operation (3 skipped), 2 models; 1 file: 1 to write, 0 unchanged, 0 to remove; 1 warning; 12 ms"
        );
    }
}
