//! What a model's `Debug` prints where a property is personal data or a secret.

use std::fmt;

/// Prints `[redacted]`; a model's `Debug` shows it in place of a property that is personal data or a secret.
pub const REDACTED: Redacted = Redacted(());

/// The type of [`REDACTED`].
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Redacted(());

impl fmt::Debug for Redacted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}
