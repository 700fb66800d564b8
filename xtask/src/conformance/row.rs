//! The figures of one document.
//!
//! Input: the outcome and verdict of each call. Output: counts, and `problems` by operation.
//! Deviations of the judge that a rule explains are no problems.

use super::client::Called;
use super::judge::Judged;
use super::second::Verdict;
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt;

/// The rule for the method QUERY (OpenAPI 3.2 §4.9.1). Neither openapi-backend nor the HTTP server
/// of Node.js 20 knows it, so these calls are not made.
const QUERY: &str = "query-is-a-method";

/// The figures of one document, or the sum of several.
#[derive(Debug, Default, Serialize)]
pub(super) struct Row {
    pub(super) operations: usize,
    pub(super) called: usize,
    pub(super) matched: usize,
    pub(super) valid: usize,
    pub(super) equal: usize,
    pub(super) authorized: usize,
    /// Calls that the judge answered with a response that the document allows.
    pub(super) answered: usize,
    /// Answered calls whose response the client decoded.
    pub(super) decoded: usize,
    /// The verdicts of openapi-core, if it was asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) second: Option<Second>,
    /// Calls that Prism accepted, if Prism was run.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) accepted: Option<usize>,
    /// Prism's message by operation, for calls that it refused. These never fail the command.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) refused: BTreeMap<String, String>,
    /// Number of calls by rule in which the judge deviates from the standard. They count as
    /// correct.
    pub(super) differs: BTreeMap<String, usize>,
    /// Problems by operation.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) problems: BTreeMap<String, Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) failure: Option<String>,
}

/// The figures of the second judge, openapi-core.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct Second {
    judged: usize,
    matched: usize,
    valid: usize,
    equal: usize,
    /// Number of calls by rule in which openapi-core deviates from the standard. They count as
    /// correct.
    differs: BTreeMap<String, usize>,
}

impl Row {
    /// Returns the row of a document that could not be measured.
    pub(super) fn failed(error: &anyhow::Error) -> Self {
        Self { failure: Some(format!("{error:#}")), ..Self::default() }
    }

    /// Returns true if there is no problem.
    pub(super) fn is_good(&self) -> bool {
        self.problems.is_empty() && self.failure.is_none()
    }

    /// Counts one call: its outcome for the client, and the judge's verdict.
    pub(super) fn count(&mut self, called: &Called, judged: Option<Judged>) {
        let Some(judged) = judged else {
            if called.operation.ends_with("/query") {
                *self.differs.entry(QUERY.to_owned()).or_default() += 1;
                return;
            }
            return self.problem(&called.operation, format!("{}: {}", called.outcome, called.message));
        };
        self.called += 1;
        self.matched += usize::from(judged.matched);
        self.valid += usize::from(judged.valid);
        self.equal += usize::from(judged.equal);
        self.authorized += usize::from(judged.authorized);
        self.answered += usize::from(judged.answered);
        for rule in judged.differs {
            *self.differs.entry(rule).or_default() += 1;
        }
        for problem in judged.problems {
            self.problem(&called.operation, problem);
        }
        if judged.matched && !judged.authorized {
            self.problem(
                &called.operation,
                "the request has no credentials that the operation accepts".to_owned(),
            );
        }
        match called.outcome.as_str() {
            "decoded" => self.decoded += usize::from(judged.answered),
            _ if !judged.answered => {}
            outcome => self.problem(&called.operation, format!("{outcome}: {}", called.message)),
        }
    }

    /// Counts the verdicts of the second judge.
    pub(super) fn count_second(&mut self, verdicts: &[Verdict]) {
        for verdict in verdicts {
            let second = self.second.get_or_insert_default();
            second.judged += 1;
            second.matched += usize::from(verdict.matched);
            second.valid += usize::from(verdict.valid);
            second.equal += usize::from(verdict.equal);
            for rule in &verdict.differs {
                *second.differs.entry(rule.clone()).or_default() += 1;
            }
            for problem in &verdict.problems {
                self.problem(&verdict.operation, format!("openapi-core: {problem}"));
            }
        }
    }

    /// Counts a call that Prism accepted, or records a problem.
    pub(super) fn count_prism(&mut self, called: &Called) {
        let accepted = self.accepted.get_or_insert_default();
        match called.status {
            Some(200..=299) => *accepted += 1,
            _ => self.problem(&called.operation, format!("Prism: {}: {}", called.outcome, called.message)),
        }
    }

    fn problem(&mut self, operation: &str, problem: String) {
        self.problems.entry(operation.to_owned()).or_default().push(problem);
    }

    /// Adds the figures of another document.
    pub(super) fn add(&mut self, other: &Self) {
        for (sum, one) in [
            (&mut self.operations, other.operations),
            (&mut self.called, other.called),
            (&mut self.matched, other.matched),
            (&mut self.valid, other.valid),
            (&mut self.equal, other.equal),
            (&mut self.authorized, other.authorized),
            (&mut self.answered, other.answered),
            (&mut self.decoded, other.decoded),
        ] {
            *sum += one;
        }
        if let Some(second) = &other.second {
            self.second.get_or_insert_default().add(second);
        }
        if let Some(accepted) = other.accepted {
            *self.accepted.get_or_insert_default() += accepted;
        }
        for (rule, count) in &other.differs {
            *self.differs.entry(rule.clone()).or_default() += count;
        }
    }
}

impl Second {
    fn add(&mut self, other: &Self) {
        for (sum, one) in [
            (&mut self.judged, other.judged),
            (&mut self.matched, other.matched),
            (&mut self.valid, other.valid),
            (&mut self.equal, other.equal),
        ] {
            *sum += one;
        }
        for (rule, count) in &other.differs {
            *self.differs.entry(rule.clone()).or_default() += count;
        }
    }
}

impl fmt::Display for Second {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { judged, matched, valid, equal, differs } = self;
        write!(f, "openapi-core: {judged} judged, {matched} matched, {valid} valid, {equal} equal")?;
        differs.iter().try_for_each(|(rule, count)| write!(f, "; {count} by rule `{rule}`"))
    }
}

impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { operations, called, matched, valid, equal, authorized, answered, decoded, .. } = self;
        write!(
            f,
            "{operations} operations, {called} called, {matched} matched, {valid} valid, {equal} equal, \
             {authorized} authorized, {decoded} of {answered} answers decoded"
        )?;
        if let Some(accepted) = self.accepted {
            write!(f, ", {accepted} accepted by Prism")?;
        }
        for (rule, count) in &self.differs {
            write!(f, "; {count} by rule `{rule}`")?;
        }
        if let Some(second) = &self.second {
            write!(f, "; {second}")?;
        }
        match &self.failure {
            Some(failure) => write!(f, "; failed: {failure}"),
            None => Ok(()),
        }
    }
}
