//! Generates one document in a separate process, so that a crash affects one document only.
//!
//! Input: a document. Output: a crate and its figures. [`measure`] starts the process and reads its
//! answer. [`run`] runs in that process.

use super::document::Document;
use super::judge::{Judged, judge};
use super::order;
use super::row::{Generated, Severities};
use crate::cli::CorpusDocument;
use crate::workspace::Workspace;
use anyhow::{Context, Result};
use generator::{Diagnostics, Header, Options, Severity, Source};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;
use wirewright::console;
use wirewright::folder::Plan;
use wirewright::package::{Around, Package, RuntimeSource};

/// The answer of the process, as one line of JSON.
#[derive(Debug, Default, Deserialize, Serialize)]
pub(super) struct Answer {
    pub(super) generated: Generated,
    /// The reason why the crate was not written.
    pub(super) failure: Option<String>,
    /// The diagnostics as text.
    pub(super) messages: String,
    /// The examples in the crate's test, judged.
    pub(super) examples: Vec<Judged>,
}

/// Generates `document` in another process of this program, into the folder `out`. With `reverse`,
/// generates it again with its keys reversed.
pub(super) fn measure(document: &Document, out: &Path, reverse: bool) -> Result<Answer> {
    let this = std::env::current_exe().context("this program has no path")?;
    let mut command = Command::new(this);
    command
        .arg("corpus-document")
        .arg(&document.path)
        .arg("--out")
        .arg(out)
        .args(["--name", document.name.as_str()]);
    if reverse {
        command.arg("--reverse");
    }
    let output = command.stdin(Stdio::null()).output().context("cannot run this program again")?;
    if let Ok(answer) = serde_json::from_slice(&output.stdout) {
        return Ok(answer);
    }
    let stderr = String::from_utf8_lossy(&output.stderr).trim().to_owned();
    let failure = format!("the generator ended with {}: {stderr}", output.status);
    let diagnostics = Severities { error: 1, ..Severities::default() };
    let generated = Generated { diagnostics, ..Generated::default() };
    Ok(Answer { generated, failure: Some(failure.clone()), messages: failure, examples: Vec::new() })
}

/// Runs the hidden command that generates one document.
pub(crate) fn run(arguments: &CorpusDocument) -> Result<bool> {
    let origin = arguments.document.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let examples = Some(arguments.name.library());
    let options = Options { origin: origin.clone(), header: Header::Xtask, examples, ..Options::default() };
    let start = Instant::now();
    let source = Source::read(&arguments.document, &[]);
    let output = source.clone().and_then(|source| generator::generate(&source, &options));
    let (generate_ms, peak_kib) = (start.elapsed().as_millis() as u64, peak_kib());
    let mut answer = Answer::default();
    match output {
        Ok(output) => {
            answer.generated.operations = output.summary.operations;
            answer.generated.operations_skipped = output.summary.operations_skipped;
            answer.generated.schemas = output.summary.schemas;
            let why = &output.summary.untyped;
            answer.generated.untyped = why.values().sum();
            answer.generated.names = output.summary.names;
            answer.generated.numbered = output.summary.numbered;
            answer.generated.long = output.summary.long;
            answer.generated.untyped_why =
                why.iter().map(|(why, count)| ((*why).to_owned(), *count)).collect();
            answer.diagnose(&output.diagnostics);
            if arguments.reverse {
                answer.generated.renamed = order::renamed(&arguments.document, &options, &output)?;
            }
            write(arguments, origin, output.files)?;
            if let (false, Ok(Ok(text))) =
                (output.examples.is_empty(), source.map(|source| generator::merged_json(&source)))
            {
                answer.examples = judge(&serde_json::from_str(&text)?, output.examples);
            }
        }
        Err(diagnostics) => {
            answer.diagnose(&diagnostics);
            let error = diagnostics.iter().find(|diagnostic| diagnostic.code().severity() == Severity::Error);
            answer.failure = error.map(|error| format!("{}: {}", error.code().id(), error.message()));
        }
    }
    answer.generated.generate_ms = generate_ms;
    answer.generated.peak_kib = peak_kib;
    console::result(&serde_json::to_string(&answer)?);
    Ok(true)
}

impl Answer {
    fn diagnose(&mut self, diagnostics: &Diagnostics) {
        self.messages = diagnostics.render_plain();
        self.generated.diagnostics = Severities {
            error: diagnostics.errors(),
            warning: diagnostics.warnings(),
            note: diagnostics.notes(),
        };
        for diagnostic in diagnostics.iter() {
            *self.generated.codes.entry(diagnostic.code().id().to_owned()).or_default() += 1;
        }
    }
}

fn write(arguments: &CorpusDocument, origin: String, mut files: BTreeMap<String, String>) -> Result<()> {
    let runtime = RuntimeSource::folder(Workspace::find().runtime());
    let package = Package {
        name: arguments.name.clone(),
        origin,
        header: Header::Xtask,
        runtime,
        workspace: Around::Apart,
        dependencies: Default::default(),
    };
    files.insert("Cargo.toml".to_owned(), package.manifest(&arguments.out, &[])?);
    Plan::new(&arguments.out, files)?.apply()
}

/// Returns the peak memory of this process in KiB: `VmHWM` of proc_pid_status(5).
fn peak_kib() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix(" kB")?.parse().ok()
}
