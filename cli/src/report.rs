//! Prints the report on one client, as text or as JSON.
//!
//! Text: diagnostics and errors go to standard error, the diff and the summary to standard output.
//! JSON: one [message](crate::messages) a line on standard output.

use crate::bump::Bumped;
use crate::folder::{Change, Kind, Plan};
use crate::generate::Mode;
use crate::{console, diff, messages};
use generator::Diagnostics;
use serde_json::Value;
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
    pub(crate) fn result(self, figures: &Figures<'_>, mode: Mode) {
        if self == Self::Json {
            figures.plan.changes().for_each(|change| line(&messages::file(figures.label, &change, mode)));
            line(&messages::summary(figures, mode));
            return;
        }
        match mode {
            Mode::Write => {}
            Mode::Check => console::result(&diff::unified(figures.label, figures.plan)),
            Mode::DryRun => console::result(&figures.changes()),
        }
        console::result(&figures.text(mode));
    }

    /// Prints the reason why nothing was generated.
    pub(crate) fn failure(self, label: &str, error: &anyhow::Error) {
        if self == Self::Json {
            line(&messages::failure(label, error));
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
        let line = |change: Change<'_>| {
            let verb = match change.kind() {
                Kind::Added => "create",
                Kind::Changed => "replace",
                Kind::Removed => "remove",
            };
            format!("{verb} {}/{}\n", self.label, change.path)
        };
        self.plan.changes().map(line).collect()
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
