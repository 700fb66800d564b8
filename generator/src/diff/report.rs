//! Writes a diff as text for a terminal, as Markdown and as JSON.

use std::fmt;

use serde_json::{Value, json};

use super::{Bump, Change, Diff, Wire};

impl fmt::Display for Bump {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        })
    }
}

impl fmt::Display for Wire {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Works => "works",
            Self::MayFail => "may fail",
            Self::Fails => "fails",
        })
    }
}

impl Diff {
    /// Returns a line for each change, grouped by operation or type, then the two verdicts.
    pub fn text(&self) -> String {
        let mut text = String::new();
        for (group, changes) in self.groups() {
            text.push_str(&format!("{group}\n"));
            for change in changes {
                let Change { rule, rust, wire, message, .. } = change;
                text.push_str(&format!("  {rust}, {wire}: {message} [{rule}]\n"));
                for (side, place) in [("was", &change.old), ("is", &change.new)] {
                    text.push_str(
                        &place.as_ref().map(|place| format!("    {side} at {place}\n")).unwrap_or_default(),
                    );
                }
            }
        }
        text.push_str(&format!("Rust: {}. Wire: {}.\n", self.rust(), self.wire()));
        text
    }

    /// Returns the changes as a Markdown list, for a pull request or a changelog.
    pub fn markdown(&self) -> String {
        let mut text = format!("Rust: **{}**. Wire: **{}**.\n", self.rust(), self.wire());
        for (group, changes) in self.groups() {
            text.push_str(&format!("\n* `{group}`\n"));
            for Change { rust, wire, message, .. } in changes {
                text.push_str(&format!("  * {message} ({rust}, {wire})\n"));
            }
        }
        text
    }

    /// Returns the verdicts and the changes as one JSON value.
    pub fn json(&self) -> Value {
        let changes = self.changes.iter().map(|change| {
            json!({
                "rule": change.rule,
                "rust": change.rust.to_string(),
                "wire": change.wire.to_string(),
                "group": change.group,
                "message": change.message,
                "old": change.old,
                "new": change.new,
            })
        });
        let changes: Vec<Value> = changes.collect();
        json!({ "rust": self.rust().to_string(), "wire": self.wire().to_string(), "changes": changes })
    }

    /// Returns the changes, group by group.
    fn groups(&self) -> impl Iterator<Item = (&str, &[Change])> {
        let chunks = self.changes.chunk_by(|a, b| a.group == b.group);
        chunks.filter_map(|changes| Some((changes.first()?.group.as_str(), changes)))
    }
}
