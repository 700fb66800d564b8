//! Shows a [`Plan`] as a unified diff.
//!
//! Paths begin with `a/` and `b/`, so `patch -p1` applies the diff. Colours are stripped later if
//! the output is not a terminal.

use crate::folder::Plan;
use anyhow::Result;
use similar::TextDiff;
use std::fmt::Write;

const BOLD: &str = "\x1b[1m";
const RED: &str = "\x1b[31m";
const GREEN: &str = "\x1b[32m";
const CYAN: &str = "\x1b[36m";
const RESET: &str = "\x1b[0m";

/// Returns the changes to the folder that messages call `label`, with ANSI colours.
///
/// # Errors
///
/// A stale file cannot be read.
pub(crate) fn unified(label: &str, plan: &Plan) -> Result<String> {
    let mut out = String::new();
    for write in &plan.writes {
        let old = write.old.as_deref().map(String::from_utf8_lossy);
        file(&mut out, label, &write.path, old.as_deref(), Some(&write.new));
    }
    for path in &plan.stale {
        let old = plan.read_stale(path)?;
        file(&mut out, label, path, Some(&String::from_utf8_lossy(&old)), None);
    }
    Ok(out)
}

/// Appends the diff of one file. `None` means that the file does not exist.
fn file(out: &mut String, label: &str, path: &str, old: Option<&str>, new: Option<&str>) {
    let name = |side: &str, text: Option<&str>| match text {
        Some(_) => format!("{side}/{}/{path}", label.trim_start_matches('/')).replace("/./", "/"),
        None => "/dev/null".to_owned(),
    };
    let (before, after) = (name("a", old), name("b", new));
    let diff = TextDiff::from_lines(old.unwrap_or_default(), new.unwrap_or_default());
    let text = diff.unified_diff().header(&before, &after).to_string();
    for (number, line) in text.lines().enumerate() {
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
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(label: &str, old: Option<&str>, new: Option<&str>) -> String {
        let mut out = String::new();
        file(&mut out, label, "src/x.rs", old, new);
        [BOLD, RED, GREEN, CYAN, RESET].iter().fold(out, |text, colour| text.replace(colour, ""))
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
    fn a_missing_line_feed_at_the_end_is_seen() {
        assert!(plain("c", Some("1"), Some("1\n")).contains("\\ No newline at end of file"));
    }
}
