//! The messages of `--json`: one object each. `docs/src/ci.md` lists their members, which are stable.
//!
//! `$message_type` is `file`, `summary` or `failure`. `generator` writes those of the type
//! `diagnostic`, in the shape of rustc's `--error-format=json`.

use crate::bump::Bumped;
use crate::diff::FileDiff;
use crate::folder::{Change, Kind};
use crate::generate::Mode;
use crate::report::Figures;
use serde_json::{Value, json};

/// Returns the message about a file that differs. Only a check has the diff: the other modes are
/// about writing.
pub(crate) fn file(client: &str, change: &Change<'_>, mode: Mode) -> Value {
    let diff = FileDiff::new(client, change);
    json!({
        "$message_type": "file",
        "client": client,
        "path": change.path,
        "change": match change.kind() {
            Kind::Added => "added",
            Kind::Changed => "changed",
            Kind::Removed => "removed",
        },
        "lines_added": diff.lines_added,
        "lines_removed": diff.lines_removed,
        "diff": (mode == Mode::Check).then_some(diff.text),
    })
}

/// Returns the message about a client without errors.
pub(crate) fn summary(figures: &Figures<'_>, mode: Mode) -> Value {
    json!({
        "$message_type": "summary",
        "client": figures.label,
        "mode": match mode { Mode::Write => "write", Mode::Check => "check", Mode::DryRun => "dry-run" },
        "operations": figures.generated.operations,
        "operations_skipped": figures.generated.operations_skipped,
        "models": figures.generated.models,
        "added": figures.plan.count(Kind::Added),
        "changed": figures.plan.count(Kind::Changed),
        "removed": figures.plan.count(Kind::Removed),
        "unchanged": figures.plan.unchanged,
        "warnings": figures.diagnostics.warnings(),
        "notes": figures.diagnostics.notes(),
        "allowed": figures.allowed,
        "bump": figures.bumped.map(|Bumped { old, new, rust, wire, .. }| json!({
            "old": old.to_string(),
            "new": new.to_string(),
            "rust": rust.to_string(),
            "wire": wire.to_string(),
        })),
        "milliseconds": figures.time.as_millis() as u64,
    })
}

/// Returns the message about a client that is not generated.
pub(crate) fn failure(client: &str, error: &anyhow::Error) -> Value {
    json!({ "$message_type": "failure", "client": client, "message": format!("{error:#}") })
}
