//! Decides which diagnostics stop a run and which are hidden: `--deny`, and the configuration's
//! `deny` and `allow`.

use generator::{Code, Diagnostic, Diagnostics, Severity};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::str::FromStr;

/// The rules of a run. An explicit `deny` of a code wins over `allow`, and `allow` wins over
/// `deny = "warnings"`.
#[derive(Clone, Debug, Default)]
pub struct Levels {
    /// Diagnostics that stop a client.
    pub deny: Vec<Deny>,
    /// Diagnostics that are hidden.
    pub allow: Vec<Allow>,
}

/// Diagnostics that stop a run: `warnings`, or a code such as `W003` or `N010`.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[serde(try_from = "String")]
pub enum Deny {
    /// Every warning.
    Warnings,
    /// Every diagnostic with this code.
    Code(Code),
}

/// A code whose diagnostics are hidden, and the reason.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[serde(try_from = "AllowEntry")]
pub struct Allow {
    code: Code,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AllowEntry {
    code: String,
    reason: String,
}

impl FromStr for Deny {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, String> {
        if word == "warnings" { Ok(Self::Warnings) } else { code(word).map(Self::Code) }
    }
}

impl TryFrom<String> for Deny {
    type Error = String;

    fn try_from(word: String) -> Result<Self, String> {
        word.parse()
    }
}

impl TryFrom<AllowEntry> for Allow {
    type Error = String;

    fn try_from(AllowEntry { code: id, reason }: AllowEntry) -> Result<Self, String> {
        let code = code(&id)?;
        if code.severity() == Severity::Error {
            return Err(format!("{id} is an error: nothing is generated, so it can't be allowed"));
        }
        if reason.trim().is_empty() {
            return Err(format!("`allow` of {id} needs a reason"));
        }
        Ok(Self { code })
    }
}

fn code(id: &str) -> Result<Code, String> {
    Code::from_id(id)
        .ok_or_else(|| format!("`{id}` is neither `warnings` nor a diagnostic code such as `W003`"))
}

impl Levels {
    /// Removes the allowed diagnostics and returns their number.
    pub(crate) fn hide_allowed(&self, diagnostics: &mut Diagnostics) -> usize {
        let before = diagnostics.iter().count();
        diagnostics.retain(|one| self.denies(one) || !self.allows(one));
        before - diagnostics.iter().count()
    }

    /// Returns the number of denied diagnostics of each code.
    pub(crate) fn denied(&self, diagnostics: &Diagnostics) -> BTreeMap<&'static str, usize> {
        let mut counts = BTreeMap::new();
        for one in diagnostics.iter().filter(|one| self.denies(one)) {
            *counts.entry(one.code().id()).or_default() += 1;
        }
        counts
    }

    fn allows(&self, one: &Diagnostic) -> bool {
        self.allow.iter().any(|allow| allow.code == one.code())
    }

    fn denies(&self, one: &Diagnostic) -> bool {
        let code = one.code();
        self.deny.contains(&Deny::Code(code))
            || (self.deny.contains(&Deny::Warnings)
                && code.severity() == Severity::Warning
                && !self.allows(one))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use generator::{Options, Source};

    /// Returns the diagnostics of a document: a warning W003 and notes N003.
    fn diagnostics() -> Diagnostics {
        let text = "openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths:\n  /a:\n    get:\n      responses: {'200': \
                    {description: d, content: {application/json: {schema: {$ref: '#/components/schemas/X'}}}}}\n      \
                    callbacks: {c: {}}\n";
        let source = Source::from_text(("a.yaml", text), &[]);
        generator::generate(&source, &Options::default()).expect("warnings only").diagnostics
    }

    fn levels(deny: &[&str], allow: &[&str]) -> Levels {
        Levels {
            deny: deny.iter().map(|word| word.parse().unwrap()).collect(),
            allow: allow.iter().map(|id| Allow { code: code(id).unwrap() }).collect(),
        }
    }

    #[test]
    fn a_denied_code_wins_over_an_allowed_one_and_that_over_all_warnings() {
        let ids = |levels: &Levels| {
            let mut diagnostics = diagnostics();
            let hidden = levels.hide_allowed(&mut diagnostics);
            (hidden, levels.denied(&diagnostics).into_keys().collect::<Vec<_>>())
        };
        assert_eq!(ids(&levels(&[], &[])), (0, vec![]));
        assert_eq!(ids(&levels(&["warnings"], &[])), (0, vec!["W003"]));
        assert_eq!(ids(&levels(&["warnings"], &["W003"])), (1, vec![]));
        assert_eq!(ids(&levels(&["W003"], &["W003"])), (0, vec!["W003"]));
        assert_eq!(ids(&levels(&["N003"], &[])), (0, vec!["N003"]));
    }

    #[test]
    fn an_allowed_code_has_a_reason_and_is_no_error() {
        let allow =
            |id: &str, reason: &str| Allow::try_from(AllowEntry { code: id.into(), reason: reason.into() });
        assert!(allow("W003", "the server sends it").is_ok());
        assert!(allow("W003", " ").unwrap_err().contains("needs a reason"));
        assert!(allow("E002", "x").unwrap_err().contains("is an error"));
        assert!(allow("W999", "x").unwrap_err().contains("neither"));
    }
}
