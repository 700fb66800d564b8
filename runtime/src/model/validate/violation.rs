//! Violations: the rules that a model breaks.

use crate::model::Rule;
use std::{error, fmt};

/// A rule that a value breaks, and the value's path. Does not contain the value, which may be
/// personal data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    pub(super) path: String,
    pub(super) rule: Rule,
}

impl Violation {
    /// Returns the JSON path of the value from the validated model: `$.links.user`, `$.users[3]`,
    /// `$['odd name']` (RFC 9535 §2). The path has property names, and the keys of maps, which are
    /// data.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Returns the violated rule, with its limit.
    pub fn rule(&self) -> Rule {
        self.rule
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path, self.rule)
    }
}

/// The violations of a value: at least one, at most 1,000, in the order of the fields. There are
/// fewer if their paths together reach 1 MiB.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violations {
    pub(super) found: Vec<Violation>,
    pub(super) is_cut: bool,
}

impl Violations {
    /// Returns an iterator over the violations.
    pub fn iter(&self) -> std::slice::Iter<'_, Violation> {
        self.found.iter()
    }

    /// Returns true if these are all violations, or false if the validation ended at a limit.
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
    /// Writes all violations on one line: `$.name: length at least 1; $.age: at least 0`. Adds a
    /// remark if the validation was incomplete.
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
