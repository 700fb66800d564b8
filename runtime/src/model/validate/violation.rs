//! Violations: where a model breaks which rule.

use crate::model::Rule;
use std::{error, fmt};

/// A rule that a value breaks, and where the value stands. It does not hold the value, which may be personal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    pub(super) path: String,
    pub(super) rule: Rule,
}

impl Violation {
    /// The JSON path of the value, from the model that was checked: `$.links.user`, `$.users[3]`, `$['odd name']`
    /// (RFC 9535 §2). The names in it are those of members; a map's are data.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// What is asked for, with its limit.
    pub fn rule(&self) -> Rule {
        self.rule
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path, self.rule)
    }
}

/// What is wrong with a value: at least one violation, in the order of the fields, and at most 1,000.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violations {
    pub(super) found: Vec<Violation>,
    pub(super) is_cut: bool,
}

impl Violations {
    /// The violations, one by one.
    pub fn iter(&self) -> std::slice::Iter<'_, Violation> {
        self.found.iter()
    }

    /// Returns true if these are all violations. Returns false if the check ended after 1,000: there may be more.
    pub fn is_complete(&self) -> bool {
        !self.is_cut
    }
}

impl IntoIterator for Violations {
    type Item = Violation;
    type IntoIter = std::vec::IntoIter<Violation>;

    fn into_iter(self) -> Self::IntoIter {
        self.found.into_iter()
    }
}

impl<'a> IntoIterator for &'a Violations {
    type Item = &'a Violation;
    type IntoIter = std::slice::Iter<'a, Violation>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl fmt::Display for Violations {
    /// All of them on one line: `$.name: length at least 1; $.age: at least 0`. The line ends with a remark if the check was
    /// not complete.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, violation) in self.iter().enumerate() {
            f.write_str(if index == 0 { "" } else { "; " })?;
            violation.fmt(f)?;
        }
        if self.is_cut {
            f.write_str("; the check ended here, and there may be more")?;
        }
        Ok(())
    }
}

impl error::Error for Violations {}
