//! The placeholder in `Debug` for secrets and personal data.

use std::fmt;

/// Prints `[redacted]`. A model's `Debug` shows it in place of personal data and secrets.
pub const REDACTED: Redacted = Redacted(());

/// The type of [`REDACTED`].
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Redacted(());

impl fmt::Debug for Redacted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}
