//! The result of a command, and its exit code.

use std::process::ExitCode;

/// The result of a command. The result of several steps is the greatest of their results.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// Exit code 0: everything was done, or everything is up to date.
    Done = 0,
    /// Exit code 1: `check` found files that differ from what would be generated, or `diff` found a
    /// change that is greater than `--max`.
    Differs = 1,
    /// Exit code 2: a document cannot be read or has errors, or has warnings that are denied. Nothing
    /// was generated from it.
    Diagnostics = 2,
    /// Exit code 3: the arguments or the configuration are not usable, or another file cannot be
    /// read or written.
    Failed = 3,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        Self::from(outcome as u8)
    }
}
