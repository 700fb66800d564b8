//! Collects the members with repeated keys.

use super::{Path, pointers};
use crate::pointer::Pointer;

/// The members with repeated keys of a text, within the limit on pointers.
pub(super) struct Repeated {
    found: Vec<Pointer>,
    /// The bytes that further pointers may have.
    left: usize,
    exceeded: bool,
}

impl Repeated {
    pub(super) fn of(text: &str) -> Self {
        Self { found: Vec::new(), left: pointers::most(text.len()), exceeded: false }
    }

    pub(super) fn push(&mut self, path: &Path<'_>) {
        match self.left.checked_sub(path.length()) {
            Some(left) => {
                self.left = left;
                self.found.push(path.pointer());
            }
            None => self.exceeded = true,
        }
    }

    /// Returns the members. The second value is one of them if there are more than the limit
    /// allows.
    pub(super) fn finish(self) -> (Vec<Pointer>, Option<Pointer>) {
        let last = self.found.last().filter(|_| self.exceeded).cloned();
        (self.found, last.or_else(|| self.exceeded.then(Pointer::root)))
    }
}
