//! Generates clients.
//!
//! Input: a list of [`Client`]s. Output: updated folders, or a diff. Invariant: a client that fails
//! does not stop the others.

use crate::bump::Bumped;
use crate::client::Client;
use crate::console;
use crate::folder::{self, Folder, Layout, Lock};
use crate::levels::Levels;
use crate::outcome::Outcome;
use crate::package::{self, MANIFEST};
use crate::progress;
pub use crate::report::Report;
use crate::report::{Figures, counted};
use anyhow::{Context, Result, anyhow};
use generator::{Diagnostics, Options, Output};
use std::fs;
use std::path::PathBuf;
use std::time::Instant;

/// The treatment of the files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Files that differ are replaced, stale files are removed.
    Write,
    /// Nothing is written. Differences are printed as a unified diff, and are an
    /// [`Outcome::Differs`].
    Check,
    /// Nothing is written. The files that would change are listed.
    DryRun,
}

/// The settings of a run.
#[derive(Clone, Debug)]
pub struct Run {
    /// The treatment of the files.
    pub mode: Mode,
    /// Raises the version of each crate that changes, and writes an entry into its changelog.
    pub bump: bool,
    /// Which diagnostics stop the run or are hidden.
    pub levels: Levels,
    /// The form of what is printed.
    pub report: Report,
    /// The command that brings the files up to date, for the message of [`Mode::Check`].
    pub update_command: String,
}

/// Generates all clients and prints a report on each.
pub fn run(clients: &[Client], run: &Run) -> Outcome {
    let mut outcome = Outcome::Done;
    let mut outdated = Vec::new();
    for client in clients {
        match one(client, run) {
            Ok(Outcome::Differs) => {
                outdated.push(client.label.as_str());
                outcome = outcome.max(Outcome::Differs);
            }
            Ok(other) => outcome = outcome.max(other),
            Err(error) => {
                run.report.failure(&client.label, &error);
                outcome = outcome.max(Outcome::Failed);
            }
        }
    }
    if !outdated.is_empty() && run.report != Report::Json {
        let (labels, command) = (outdated.join(", "), &run.update_command);
        console::error(&anyhow!("not up to date: {labels}: run `{command}` to update"));
    }
    outcome
}

/// Generates one client, or shows what would change.
fn one(client: &Client, run: &Run) -> Result<Outcome> {
    let start = Instant::now();
    let features = has_own_manifest(client)?;
    let earlier_lock = client.earlier_lock()?;
    // The name of a crate with a hand-written manifest is not known.
    let library = client.package.as_ref().filter(|_| features).map(|package| package.name.library());
    let options = Options { features, library, earlier_lock: earlier_lock.clone(), ..client.options.clone() };
    let generated = progress::during(&client.label, || generate(client, &options));
    let mut stopped = None;
    let (mut output, inputs) = match generated {
        Ok((output, inputs)) => (Ok(output), inputs),
        Err(diagnostics) => {
            stopped = Some(format!("not generated, {}", counted(diagnostics.errors(), "error")));
            (Err(diagnostics), Vec::new())
        }
    };
    let diagnostics = match &mut output {
        Ok(output) => &mut output.diagnostics,
        Err(diagnostics) => diagnostics,
    };
    let allowed = run.levels.hide_allowed(diagnostics);
    run.report.diagnostics(diagnostics);
    let denied = run.levels.denied(diagnostics);
    let stopped = stopped.or_else(|| {
        let counts: Vec<String> = denied.iter().map(|(code, count)| format!("{code} ({count})")).collect();
        (!counts.is_empty())
            .then(|| format!("not generated, because these are denied: {}", counts.join(", ")))
    });
    let output = match (output, stopped) {
        (Ok(output), None) => output,
        (_, stopped) => {
            run.report.failure(&client.label, &anyhow!(stopped.unwrap_or_default()));
            return Ok(Outcome::Diagnostics);
        }
    };
    // The lock is held until the files are written, so that the compared files cannot change in
    // between.
    let _lock = if run.mode == Mode::Write { Some(Lock::acquire(&client.out)?) } else { None };
    let mut files = output.files;
    files.extend(manifest(client, &output.features, run.mode)?);
    let folder = Folder::new(&client.out, client.layout).inputs(inputs);
    let mut plan = folder.plan(files.clone())?;
    let mut bumped = None;
    let bumps = run.bump && client.layout == Layout::Crate;
    if run.bump && !bumps {
        let label = &client.label;
        console::message(&format!(
            "note: {label}: `--bump` does not raise a version, because this client is a module"
        ));
    }
    if let (true, false, Some(earlier)) = (bumps, plan.is_empty(), &earlier_lock) {
        let raised = Bumped::new(client, &generator::Lock::parse(earlier)?, &output.lock)?;
        if let Some(manifest) = files.get_mut(MANIFEST) {
            *manifest = package::with_version(manifest, &raised.new)?;
            plan = folder.plan(files)?;
        } else {
            let (path, version) = (client.out.join(MANIFEST), &raised.new);
            let note = format!("note: {} is hand-written: set `version = \"{version}\"`", path.display());
            console::message(&note);
        }
        bumped = Some(raised);
    }
    if run.mode == Mode::Write {
        plan.apply()?;
        bumped.as_ref().map(|bumped| bumped.write_entry(&client.out)).transpose()?;
    }
    let figures = Figures {
        label: &client.label,
        generated: &output.summary,
        diagnostics: &output.diagnostics,
        allowed,
        plan: &plan,
        bumped: bumped.as_ref(),
        time: start.elapsed(),
    };
    run.report.result(&figures, run.mode);
    let differs = run.mode == Mode::Check && !plan.is_empty();
    Ok(if differs { Outcome::Differs } else { Outcome::Done })
}

/// Returns the output, and the files that it is generated from.
fn generate(client: &Client, options: &Options) -> Result<(Output, Vec<PathBuf>), Diagnostics> {
    let source = client.source()?;
    let output = generator::generate(&source, options)?;
    Ok((output, source.paths().map(PathBuf::from).collect()))
}

/// Returns true if the manifest of the client is generated. Only a generated manifest is certain to
/// declare the features of tags.
pub(crate) fn has_own_manifest(client: &Client) -> Result<bool> {
    Ok(client.package.is_some() && !folder::is_hand_written(&client.out.join(MANIFEST))?)
}

/// Returns the manifest to write, or `None` if it is hand-written or not wanted. A new crate joins
/// the workspace.
fn manifest(client: &Client, features: &[(String, String)], mode: Mode) -> Result<Option<(String, String)>> {
    if client.layout == Layout::Module {
        note_missing_dependency(client);
    }
    let Some(package) = &client.package else { return Ok(None) };
    let path = client.out.join(MANIFEST);
    if has_own_manifest(client)? {
        if mode == Mode::Write
            && !path.exists()
            && let Some(root) = package.join(&client.out)?
        {
            console::message(&format!("note: added {} to the members of {}", client.label, root.display()));
        }
        return Ok(Some((MANIFEST.to_owned(), package.manifest(&client.out, features)?)));
    }
    let path = client.out.join(MANIFEST);
    let text = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    if !package::depends_on_runtime(&text) {
        let path = path.display();
        console::message(&format!(
            "note: {path} is hand-written and lacks the dependency `runtime` of generated code"
        ));
    }
    Ok(None)
}

/// Prints the dependency that the crate around a generated module lacks, if any.
fn note_missing_dependency(client: &Client) {
    let manifests = client.out.ancestors().map(|folder| folder.join("Cargo.toml"));
    let manifest = manifests
        .filter(|path| path.is_file())
        .find_map(|path| Some((fs::read_to_string(&path).ok()?, path)));
    if let Some((text, path)) = manifest
        && !package::depends_on_runtime(&text)
    {
        let dependency = "runtime = { package = \"wirewright-runtime\", version = \"";
        let version = env!("CARGO_PKG_VERSION");
        console::message(&format!(
            "note: {} needs this dependency: {dependency}{version}\" }}",
            path.display()
        ));
    }
}
