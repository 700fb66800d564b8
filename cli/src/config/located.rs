//! Errors that name a place in the configuration file, in the form of the errors of the TOML parser.

use std::fmt;
use std::ops::Range;

/// A problem with a part of the configuration.
#[derive(Debug)]
pub(super) struct Problem {
    /// The bytes of the part.
    pub(super) span: Range<usize>,
    pub(super) message: String,
}

/// Problems, and the text that they are about.
#[derive(Debug)]
pub(super) struct Problems {
    pub(super) text: String,
    pub(super) list: Vec<Problem>,
}

impl std::error::Error for Problems {}

impl fmt::Display for Problems {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (nth, Problem { span, message }) in self.list.iter().enumerate() {
            let before = self.text.get(..span.start).unwrap_or_default();
            let (line, column) =
                (before.matches('\n').count(), before.chars().rev().take_while(|c| *c != '\n').count());
            let content = self.text.lines().nth(line).unwrap_or_default();
            let part = self.text.get(span.clone()).and_then(|part| part.lines().next()).unwrap_or_default();
            let (number, marks) = (line + 1, "^".repeat(part.chars().count().max(1)));
            let margin = " ".repeat(number.to_string().len());
            let separator = if nth == 0 { "" } else { "\n" };
            write!(formatter, "{separator}at line {number}, column {}\n{margin} |\n", column + 1)?;
            write!(formatter, "{number} | {content}\n{margin} | {}{marks}\n{message}", " ".repeat(column))?;
        }
        Ok(())
    }
}
