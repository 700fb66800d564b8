//! Writes Markdown tables row by row, and inserts them into a file.

use super::measure::Cost;
use anyhow::{Context, Result};
use std::fs;
use std::path::Path;
use wirewright::console;

/// The tables of a run. Each row is printed as soon as it is measured: a run can take an hour.
#[derive(Debug, Default)]
pub(super) struct Tables(String);

impl Tables {
    /// Starts a table.
    pub(super) fn head(&mut self, cells: Vec<String>) {
        if !self.0.is_empty() {
            self.line("\n");
        }
        let rule = row(std::iter::repeat_n("---".to_owned(), cells.len()));
        self.line(&row(cells));
        self.line(&rule);
    }

    /// Adds a row to the last table.
    pub(super) fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        self.line(&row(cells));
    }

    fn line(&mut self, line: &str) {
        console::result(line);
        self.0.push_str(line);
    }

    /// Replaces the tables of an earlier run in a file.
    pub(super) fn insert(&self, file: &Path) -> Result<()> {
        let text = fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
        let text = inserted(&text, &self.0).context("the file has no line `<!-- cargo xtask bench -->`")?;
        fs::write(file, text).with_context(|| format!("cannot write {}", file.display()))
    }
}

/// The lines before and after the tables in a file.
const MARKS: (&str, &str) = ("<!-- cargo xtask bench -->\n", "<!-- end of cargo xtask bench -->\n");

fn row(cells: impl IntoIterator<Item = String>) -> String {
    let cells: Vec<String> = cells.into_iter().collect();
    format!("| {} |\n", cells.join(" | "))
}

pub(super) fn cell(cost: Cost) -> String {
    let Cost { user, system, wall, memory } = cost;
    format!("{user:.2} + {system:.2}, {wall:.2} s, {memory:.0} MiB")
}

/// Returns the cell of one build. `library` is the size of the library in bytes.
pub(super) fn build_cell(cost: Cost, library: Option<u64>) -> String {
    let library = library.map(|bytes| format!(", {:.1} MiB", bytes as f64 / 1_048_576.0)).unwrap_or_default();
    format!("{:.1}, {:.0} MiB{library}", cost.user, cost.memory)
}

fn inserted(text: &str, tables: &str) -> Option<String> {
    let (before, rest) = text.split_once(MARKS.0)?;
    let (_, behind) = rest.split_once(MARKS.1)?;
    Some(format!("{before}{}\n{tables}\n{}{behind}", MARKS.0, MARKS.1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_stand_between_the_marks() {
        let text = format!("a\n{}old\n{}b\n", MARKS.0, MARKS.1);
        let new = inserted(&text, "| new |\n").expect("marks");
        assert_eq!(new, format!("a\n{}\n| new |\n\n{}b\n", MARKS.0, MARKS.1));
        assert_eq!(inserted(&new, "| new |\n").as_deref(), Some(new.as_str()));
        assert_eq!(inserted("a", "b"), None);
    }
}
