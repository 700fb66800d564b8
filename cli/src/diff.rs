//! Shows a [`Plan`] as a unified diff.
//!
//! Paths begin with `a/` and `b/`, so `patch -p1` applies the diff of a file. Colours are stripped
//! later if the output is not a terminal.

use crate::folder::{Change, Plan};
use similar::{ChangeTag, TextDiff};
use std::fmt::Write;

const BOLD: &str = "\x1b[1m";
const RED: &str = "\x1b[31m";
const GREEN: &str = "\x1b[32m";
const CYAN: &str = "\x1b[36m";
const RESET: &str = "\x1b[0m";

/// The difference of one file.
pub(crate) struct FileDiff {
    /// The number of lines that only the new text has.
    pub(crate) lines_added: usize,
    /// The number of lines that only the old text has.
    pub(crate) lines_removed: usize,
    /// The unified diff, with all characters of the texts.
    pub(crate) text: String,
}

impl FileDiff {
    /// Compares the two texts of a file in the folder that messages call `label`.
    pub(crate) fn new(label: &str, change: &Change<'_>) -> Self {
        let name = |side: &str, exists: bool| match exists {
            true => format!("{side}/{}/{}", label.trim_start_matches('/'), change.path).replace("/./", "/"),
            false => "/dev/null".to_owned(),
        };
        let (before, after) = (name("a", change.old.is_some()), name("b", change.new.is_some()));
        let old = change.old.as_deref().unwrap_or_default();
        let diff = TextDiff::from_lines(old, change.new.unwrap_or_default());
        let count = |tag| diff.iter_all_changes().filter(|line| line.tag() == tag).count();
        Self {
            lines_added: count(ChangeTag::Insert),
            lines_removed: count(ChangeTag::Delete),
            text: diff.unified_diff().header(&before, &after).to_string(),
        }
    }

    /// Returns the diff for a terminal: with ANSI colours, and without control characters of the
    /// texts.
    fn coloured(&self) -> String {
        let mut out = String::new();
        for (number, line) in self.text.lines().enumerate() {
            let colour = match line.as_bytes().first() {
                _ if number < 2 => BOLD,
                Some(b'-') => RED,
                Some(b'+') => GREEN,
                Some(b'@') => CYAN,
                _ => "",
            };
            let reset = if colour.is_empty() { "" } else { RESET };
            // Writing to a string can't fail.
            let _ = writeln!(out, "{colour}{}{reset}", generator::escaped(line));
        }
        out
    }
}

/// Returns the changes to the folder that messages call `label`, with ANSI colours.
pub(crate) fn unified(label: &str, plan: &Plan) -> String {
    plan.changes().map(|change| FileDiff::new(label, &change).coloured()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn diff(label: &str, old: Option<&'static str>, new: Option<&str>) -> FileDiff {
        FileDiff::new(label, &Change { path: "src/x.rs", old: old.map(Into::into), new })
    }

    fn plain(label: &str, old: Option<&'static str>, new: Option<&str>) -> String {
        let diff = diff(label, old, new);
        let coloured = diff.coloured();
        let plain =
            [BOLD, RED, GREEN, CYAN, RESET].iter().fold(coloured, |text, colour| text.replace(colour, ""));
        assert_eq!(plain, diff.text);
        plain
    }

    #[test]
    fn a_changed_a_new_and_a_stale_file() {
        assert_eq!(
            plain("client", Some("1\n2\n3\n"), Some("1\ntwo\n3\n")),
            "--- a/client/src/x.rs\n+++ b/client/src/x.rs\n@@ -1,3 +1,3 @@\n 1\n-2\n+two\n 3\n"
        );
        assert_eq!(
            plain("/tmp/c", None, Some("1\n")),
            "--- /dev/null\n+++ b/tmp/c/src/x.rs\n@@ -0,0 +1 @@\n+1\n"
        );
        assert_eq!(plain(".", Some("1\n"), None), "--- a/src/x.rs\n+++ /dev/null\n@@ -1 +0,0 @@\n-1\n");
    }

    #[test]
    fn added_and_removed_lines_are_counted() {
        let counts = |old, new| {
            let diff = diff("c", old, new);
            (diff.lines_added, diff.lines_removed)
        };
        assert_eq!(counts(Some("1\n2\n3\n"), Some("1\ntwo\n3\n4\n")), (2, 1));
        assert_eq!(counts(None, Some("1\n2\n")), (2, 0));
        assert_eq!(counts(Some("1\n"), None), (0, 1));
    }

    #[test]
    fn a_missing_line_feed_at_the_end_is_seen() {
        assert!(plain("c", Some("1"), Some("1\n")).contains("\\ No newline at end of file"));
    }

    #[test]
    fn a_terminal_gets_no_control_characters_of_a_file() {
        let diff = diff("c", Some("\u{1b}[2J\n"), Some("x\n"));
        assert!(diff.text.contains("-\u{1b}[2J\n") && !diff.coloured().contains("\u{1b}[2J"));
    }
}
