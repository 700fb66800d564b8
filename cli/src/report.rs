//! Prints the report on one client, as text or as JSON.
//!
//! Text: diagnostics and errors go to standard error, the diff and the summary to standard output.
//! JSON: one object a line on standard output. `$message_type` is `diagnostic` (in the shape of
//! rustc's `--error-format=json`), `summary` or `failure`.

use crate::bump::Bumped;
use crate::folder::Plan;
use crate::generate::Mode;
use crate::{console, diff};
use anyhow::Result;
use generator::Diagnostics;
use serde_json::{Value, json};
use std::time::Duration;

/// The number of diagnostics of one code that are shown. The rest is counted.
const REPEATED: usize = 3;

/// The form of the report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Report {
    /// Text. Three diagnostics of each code are shown, the rest is counted.
    Text,
    /// The same as [`Text`](Self::Text), with every diagnostic.
    AllText,
    /// One JSON object a line.
    Json,
}

/// The figures of one client.
pub(crate) struct Figures<'a> {
    pub(crate) label: &'a str,
    pub(crate) generated: &'a generator::Summary,
    pub(crate) diagnostics: &'a Diagnostics,
    /// The number of diagnostics that the configuration allows.
    pub(crate) allowed: usize,
    pub(crate) plan: &'a Plan,
    /// The crate's next version, if it is raised.
    pub(crate) bumped: Option<&'a Bumped>,
    pub(crate) time: Duration,
}

impl Report {
    /// Prints the diagnostics of a document.
    pub(crate) fn diagnostics(self, diagnostics: &Diagnostics) {
        match self {
            Self::Text => console::message(&diagnostics.render_at_most(REPEATED)),
            Self::AllText => console::message(&diagnostics.render()),
            Self::Json => diagnostics.to_json().for_each(|one| line(&one)),
        }
    }

    /// Prints the changes of a run, or those that it would make.
    pub(crate) fn result(self, figures: &Figures<'_>, mode: Mode) -> Result<()> {
        if self == Self::Json {
            line(&figures.json(mode));
            return Ok(());
        }
        match mode {
            Mode::Write => {}
            Mode::Check => console::result(&diff::unified(figures.label, figures.plan)?),
            Mode::DryRun => console::result(&figures.changes()),
        }
        console::result(&figures.text(mode));
        Ok(())
    }

    /// Prints the reason why nothing was generated.
    pub(crate) fn failure(self, label: &str, error: &anyhow::Error) {
        if self == Self::Json {
            line(&json!({ "$message_type": "failure", "client": label, "message": format!("{error:#}") }));
        } else {
            console::error_of(label, error);
        }
    }
}

fn line(value: &Value) {
    console::result(&value.to_string());
}

impl Figures<'_> {
    /// Returns one line for each file that would be written or removed.
    fn changes(&self) -> String {
        let writes = self.plan.writes.iter().map(|write| {
            let verb = if write.old.is_some() { "replace" } else { "create" };
            format!("{verb} {}/{}\n", self.label, write.path)
        });
        let stale = self.plan.stale.iter().map(|path| format!("remove {}/{path}\n", self.label));
        writes.chain(stale).collect()
    }

    /// Returns the summary in one line.
    fn text(&self, mode: Mode) -> String {
        let (written, removed) = match mode {
            Mode::Write => ("written", "removed"),
            Mode::Check | Mode::DryRun => ("to write", "to remove"),
        };
        let skipped = match self.generated.operations_skipped {
            0 => String::new(),
            skipped => format!(" ({skipped} skipped)"),
        };
        let warnings = match self.diagnostics.warnings() {
            0 => String::new(),
            number => format!("; {}", counted(number, "warning")),
        };
        let allowed = match self.allowed {
            0 => String::new(),
            number => format!("; {} allowed", counted(number, "diagnostic")),
        };
        let version = self.bumped.map_or_else(String::new, |bumped| {
            let Bumped { old, new, rust, wire, .. } = bumped;
            format!("{}: {old} -> {new}; for callers: {rust}; for running programs: {wire}\n", self.label)
        });
        format!(
            "{version}{label}: {operations}{skipped}, {models}; {files}: {} {written}, {} unchanged, {} {removed}{warnings}{allowed}; {} ms",
            self.plan.writes.len(),
            self.plan.unchanged,
            self.plan.stale.len(),
            self.time.as_millis(),
            label = self.label,
            operations = counted(self.generated.operations, "operation"),
            models = counted(self.generated.models, "model"),
            files = counted(self.plan.writes.len() + self.plan.unchanged, "file"),
        )
    }

    fn json(&self, mode: Mode) -> Value {
        json!({
            "$message_type": "summary",
            "client": self.label,
            "mode": match mode { Mode::Write => "write", Mode::Check => "check", Mode::DryRun => "dry-run" },
            "operations": self.generated.operations,
            "operations_skipped": self.generated.operations_skipped,
            "models": self.generated.models,
            "write": self.plan.writes.iter().map(|write| &write.path).collect::<Vec<_>>(),
            "remove": self.plan.stale,
            "unchanged": self.plan.unchanged,
            "warnings": self.diagnostics.warnings(),
            "notes": self.diagnostics.notes(),
            "allowed": self.allowed,
            "bump": self.bumped.map(|bumped| json!({
                "old": bumped.old.to_string(),
                "new": bumped.new.to_string(),
                "rust": bumped.rust.to_string(),
                "wire": bumped.wire.to_string(),
            })),
            "milliseconds": self.time.as_millis() as u64,
        })
    }
}

/// Returns a number and its noun: `1 file`, `2 files`.
pub(crate) fn counted(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;
    use generator::{Options, Source};
    use std::collections::BTreeMap;

    #[test]
    fn the_summary_names_only_the_problems_that_there_are() {
        let folder = tempfile::tempdir().unwrap();
        let plan =
            Plan::new(folder.path(), BTreeMap::from([("src/lib.rs".to_owned(), String::new())])).unwrap();
        let summary = |text: &str, operations_skipped, allowed, mode| {
            let source = Source::from_text(("a.yaml", text), &[]);
            let diagnostics = generator::generate(&source, &Options::default()).unwrap().diagnostics;
            let generated = generator::Summary {
                operations: 1,
                operations_skipped,
                models: 2,
                schemas: 2,
                ..generator::Summary::default()
            };
            let figures = Figures {
                label: "client",
                generated: &generated,
                diagnostics: &diagnostics,
                allowed,
                plan: &plan,
                bumped: None,
                time: Duration::from_micros(12_900),
            };
            figures.text(mode)
        };
        let good = "openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths: {}\n";
        assert_eq!(
            summary(good, 0, 0, Mode::Write),
            "client: 1 operation, 2 models; 1 file: 1 written, 0 unchanged, 0 removed; 12 ms"
        );
        let doubtful = format!("{good}components: {{schemas: {{A: {{$ref: '#/x'}}}}}}\n");
        assert_eq!(
            summary(&doubtful, 3, 2, Mode::Check),
            "client: 1 operation (3 skipped), 2 models; 1 file: 1 to write, 0 unchanged, 0 to remove; 1 warning; \
             2 diagnostics allowed; 12 ms"
        );
    }
}
