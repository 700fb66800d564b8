//! The scenarios that the server has seen, and those that it need not see.
//!
//! Input: the server's report, and a file of lines with a scenario, a tab and a reason. Output: a
//! table, and every difference between the two.

use super::driver::Outcome;
use anyhow::{Context, Result};
use comfy_table::{Table, presets};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// How often the server has seen each scenario.
pub(super) type Report = BTreeMap<String, u64>;

/// The scenarios that stay uncovered, each with the reason.
#[derive(Debug)]
pub(super) struct Uncovered(BTreeMap<String, String>);

impl Uncovered {
    /// Reads the list.
    pub(super) fn read(path: &Path) -> Result<Self> {
        let text = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
        Ok(Self::parse(&text))
    }

    fn parse(text: &str) -> Self {
        let lines = text.lines().filter_map(|line| line.split_once('\t'));
        Self(lines.map(|(scenario, reason)| (scenario.to_owned(), reason.to_owned())).collect())
    }

    /// Returns the scenarios of each reason.
    pub(super) fn by_reason(&self) -> BTreeMap<&str, Vec<&str>> {
        let mut reasons: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (scenario, reason) in &self.0 {
            reasons.entry(reason).or_default().push(scenario);
        }
        reasons
    }

    /// Returns what is wrong with a report: a scenario that is neither covered nor listed, one that
    /// is both, a listed one that the server does not know, and too few covered ones.
    pub(super) fn compare(&self, report: &Report, floor: usize) -> Vec<String> {
        let mut problems = Vec::new();
        for (scenario, times) in report {
            match (*times > 0, self.0.contains_key(scenario)) {
                (false, false) => problems.push(format!("{scenario} is not covered")),
                (true, true) => problems.push(format!("{scenario} is covered, and listed as uncovered")),
                _ => {}
            }
        }
        let unknown = self.0.keys().filter(|scenario| !report.contains_key(*scenario));
        problems.extend(unknown.map(|scenario| format!("{scenario} is listed, but no scenario")));
        let (covered, all) = (covered(report), report.len());
        if covered * 100 < all * floor {
            problems.push(format!("{covered} of {all} scenarios are covered, less than {floor} %"));
        }
        problems
    }
}

/// Returns the number of scenarios that the server has seen.
fn covered(report: &Report) -> usize {
    report.values().filter(|times| **times > 0).count()
}

/// Returns a row for each document, and one for each category of scenarios.
pub(super) fn table(outcome: &Outcome) -> Table {
    let mut table = Table::new();
    table.load_style(presets::ASCII_MARKDOWN);
    table.set_header(["document", "calls", "wrong results", "scenarios covered"]);
    let (mut calls, mut wrong) = (0, 0);
    for row in &outcome.documents {
        calls += row.calls;
        wrong += row.wrong;
        let cells = [row.calls, row.wrong, row.covered].map(|count| count.to_string());
        table.add_row([row.document.clone()].into_iter().chain(cells));
    }
    let all = |report: &Report| format!("{} of {}", covered(report), report.len());
    let (calls, wrong) = (calls.to_string(), wrong.to_string());
    table.add_row(["all, required".to_owned(), calls, wrong, all(&outcome.required)]);
    table.add_row(["optional".to_owned(), String::new(), String::new(), all(&outcome.optional)]);
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_has_to_agree_with_the_list() {
        let report = Report::from([("a".to_owned(), 1), ("b".to_owned(), 0)]);
        let problems = |list: &str, floor| Uncovered::parse(list).compare(&report, floor);
        assert_eq!(problems("b\tXML\n", 50), [""; 0]);
        assert_eq!(problems("b\tXML\n", 51), ["1 of 2 scenarios are covered, less than 51 %"]);
        assert_eq!(problems("", 0), ["b is not covered"]);
        assert_eq!(problems("a\tXML\nb\tXML\n", 0), ["a is covered, and listed as uncovered"]);
        assert_eq!(problems("b\tXML\nc\tXML\n", 0), ["c is listed, but no scenario"]);
    }
}
