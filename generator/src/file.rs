//! A file that was read: its path, text and parsed content.

use std::sync::OnceLock;

use serde_json::Value;

use crate::parse::{self, Error, Parsed};

/// One file of a [`Source`](crate::Source).
#[derive(Clone, Debug)]
pub(crate) struct File {
    /// The path as shown in messages.
    pub(crate) path: String,
    /// The text without a byte order mark.
    pub(crate) text: String,
    /// The path from the document's folder, with `/`, as references write it.
    pub(crate) key: String,
    /// The parsed text.
    pub(crate) parsed: Parsed,
    /// The offset of each line, computed at first use.
    lines: OnceLock<Vec<usize>>,
}

impl File {
    pub(crate) fn new(path: String, text: String, key: String) -> Self {
        // A text file, such as a description in a separate file.
        let parsed = if has_extension(&path, &["md", "markdown", "txt"]) {
            Parsed {
                tree: Ok(text.as_str().into()),
                repeated: Vec::new(),
                trailing_comma: None,
                joined: None,
            }
        } else {
            parse::parse(&text, is_json(&path, &text))
        };
        Self { path, text, key, parsed, lines: OnceLock::new() }
    }

    /// Returns the tree of the file, or `None` if it is not JSON or YAML.
    pub(crate) fn tree(&self) -> Option<&Value> {
        self.parsed.tree.as_ref().ok()
    }

    /// Returns the text that nodes have positions in.
    pub(crate) fn readable(&self) -> &str {
        self.parsed.joined.as_deref().unwrap_or(&self.text)
    }

    /// Returns the number (from 1) and the offset of the line with the byte at `offset`.
    pub(crate) fn line_at(&self, offset: usize) -> (usize, usize) {
        let lines = self.lines.get_or_init(|| {
            let newlines = self.text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
            std::iter::once(0).chain(newlines.map(|(at, _)| at + 1)).collect()
        });
        let number = lines.partition_point(|start| *start <= offset);
        let start = number.checked_sub(1).and_then(|index| lines.get(index));
        (number, start.copied().unwrap_or_default())
    }

    /// Returns the language of the file and its syntax error, if any.
    pub(crate) fn problem(&self) -> Option<(&'static str, &Error)> {
        let language = if is_json(&self.path, &self.text) { "JSON" } else { "YAML" };
        self.parsed.tree.as_ref().err().map(|error| (language, error))
    }
}

/// Returns true for JSON. The file extension decides, else the first character: YAML includes
/// nearly all of JSON.
fn is_json(path: &str, text: &str) -> bool {
    has_extension(path, &["json"])
        || (!has_extension(path, &["yaml", "yml"]) && text.trim_start().starts_with(['{', '[']))
}

fn has_extension(path: &str, extensions: &[&str]) -> bool {
    let (_, extension) = path.rsplit_once('.').unwrap_or_default();
    extensions.iter().any(|known| extension.eq_ignore_ascii_case(known))
}
