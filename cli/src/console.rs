//! Prints results on standard output and messages on standard error.
//!
//! Invariant: colours are written to terminals only. A reader that stops reading (`| head`) causes
//! no error.

use std::io::Write;

/// Prints a result on standard output.
pub fn result(text: &str) {
    let _ = anstream::stdout().write_all(ended(text).as_bytes());
}

/// Prints a message on standard error.
pub fn message(text: &str) {
    let _ = anstream::stderr().write_all(ended(text).as_bytes());
}

/// Prints an error and its causes on standard error.
pub fn error(error: &anyhow::Error) {
    message(&format!("\x1b[1;31merror\x1b[0m: {error:#}"));
}

/// Prints an error about a client and its causes on standard error.
pub(crate) fn error_of(label: &str, error: &anyhow::Error) {
    message(&format!("\x1b[1;31merror\x1b[0m: {label}: {error:#}"));
}

/// Returns the text with a final line feed. Empty text stays empty.
fn ended(text: &str) -> String {
    let end = if text.is_empty() || text.ends_with('\n') { "" } else { "\n" };
    format!("{text}{end}")
}
