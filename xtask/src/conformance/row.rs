//! The figures of a document: what the judges found of each call in, counts out.
//!
//! The rule: what no rule of the standard explains stands in `problems`, operation by operation, and nothing else does.

use super::client::Called;
use super::judge::Judged;
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt;

/// The rule of a method that OpenAPI 3.2 has (§4.9.1), and neither openapi-backend nor the HTTP server of Node.js 20:
/// its calls are not made.
const QUERY: &str = "query-is-a-method";

/// The figures of one document, or of several.
#[derive(Debug, Default, Serialize)]
pub(super) struct Row {
    pub(super) operations: usize,
    pub(super) called: usize,
    pub(super) matched: usize,
    pub(super) valid: usize,
    pub(super) equal: usize,
    pub(super) authorized: usize,
    /// Calls that the judge answered with what the document allows.
    pub(super) answered: usize,
    /// Those of them whose answer the client decoded.
    pub(super) decoded: usize,
    /// Calls that Prism accepted, where it was asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) accepted: Option<usize>,
    /// By operation, what Prism says of the others. It is a second opinion, and fails nothing.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) refused: BTreeMap<String, String>,
    /// By rule, the calls that the judge reads otherwise than the standard. They count above as the standard has them.
    pub(super) differs: BTreeMap<String, usize>,
    /// By operation, what is not as it should be.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) problems: BTreeMap<String, Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) failure: Option<String>,
}

impl Row {
    /// A document that could not be measured.
    pub(super) fn failed(error: &anyhow::Error) -> Self {
        Self { failure: Some(format!("{error:#}")), ..Self::default() }
    }

    /// Whether all is as it should be.
    pub(super) fn is_good(&self) -> bool {
        self.problems.is_empty() && self.failure.is_none()
    }

    /// Counts one call: how it ended for the client, and what the judge says.
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
            self.problem(&called.operation, "the credentials are none that the operation takes".to_owned());
        }
        match called.outcome.as_str() {
            "decoded" => self.decoded += usize::from(judged.answered),
            _ if !judged.answered => {}
            outcome => self.problem(&called.operation, format!("{outcome}: {}", called.message)),
        }
    }

    /// Counts one call to Prism.
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
        if let Some(accepted) = other.accepted {
            *self.accepted.get_or_insert_default() += accepted;
        }
        for (rule, count) in &other.differs {
            *self.differs.entry(rule.clone()).or_default() += count;
        }
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
        match &self.failure {
            Some(failure) => write!(f, "; failed: {failure}"),
            None => Ok(()),
        }
    }
}
