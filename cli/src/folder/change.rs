//! The difference of one file between a folder and the files that it should contain.

use super::Plan;
use std::borrow::Cow;

/// A file that differs. At least one of the texts exists.
#[derive(Clone, Debug)]
pub struct Change<'a> {
    /// The path relative to the folder, with `/`.
    pub path: &'a str,
    /// The text on the disk; `None` if there is no file.
    pub old: Option<Cow<'a, str>>,
    /// The text that should be there; `None` if the file should not exist.
    pub new: Option<&'a str>,
}

/// The kind of a [`Change`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The file does not exist and should.
    Added,
    /// The file exists with another text.
    Changed,
    /// The file exists and should not.
    Removed,
}

impl Change<'_> {
    /// Returns the kind of the change.
    pub fn kind(&self) -> Kind {
        match (&self.old, self.new) {
            (None, _) => Kind::Added,
            (Some(_), Some(_)) => Kind::Changed,
            (Some(_), None) => Kind::Removed,
        }
    }
}

impl Plan {
    /// Returns the files that differ: those to write, then the stale ones, each sorted by path.
    pub fn changes(&self) -> impl Iterator<Item = Change<'_>> {
        let writes = self.writes.iter().map(|write| Change {
            path: &write.path,
            old: write.old.as_deref().map(String::from_utf8_lossy),
            new: Some(&write.new),
        });
        let stale = self.stale.iter().map(|stale| Change {
            path: &stale.path,
            old: Some(String::from_utf8_lossy(&stale.text)),
            new: None,
        });
        writes.chain(stale)
    }

    /// Returns the number of changes of a kind.
    pub fn count(&self, kind: Kind) -> usize {
        self.changes().filter(|change| change.kind() == kind).count()
    }
}
