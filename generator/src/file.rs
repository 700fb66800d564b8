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
    /// The number of characters before each [`BLOCK`], computed at first use.
    characters: OnceLock<Vec<usize>>,
}

/// Bytes between two counts of characters. To find a column, the characters of only one block are
/// counted, even in a document without line breaks.
const BLOCK: usize = 1024;

impl File {
    pub(crate) fn new(path: String, text: String, key: String) -> Self {
        let parsed = parsed(&path, &text);
        Self { path, text, key, parsed, lines: OnceLock::new(), characters: OnceLock::new() }
    }

    /// Returns the tree of the file, or `None` if it is not JSON or YAML.
    pub(crate) fn tree(&self) -> Option<&Value> {
        self.parsed.tree.as_ref().ok()
    }

    /// Takes the tree, and leaves null.
    pub(crate) fn take_tree(&mut self) -> Option<Value> {
        self.parsed.tree.as_mut().ok().map(Value::take)
    }

    /// Parses the text again, if it could be parsed.
    pub(crate) fn parse_again(&self) -> Option<Value> {
        self.tree()?;
        parsed(&self.path, &self.text).tree.ok()
    }

    /// Returns the text that nodes have positions in.
    pub(crate) fn readable(&self) -> &str {
        self.parsed.joined.as_deref().unwrap_or(&self.text)
    }

    /// Returns the number (from 1) and the offset of the line with the byte at `offset`, and the
    /// line's text.
    pub(crate) fn line_at(&self, offset: usize) -> (usize, usize, &str) {
        let lines = self.lines.get_or_init(|| {
            let newlines = self.text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
            std::iter::once(0).chain(newlines.map(|(at, _)| at + 1)).collect()
        });
        let number = lines.partition_point(|start| *start <= offset);
        let start = number.checked_sub(1).and_then(|index| lines.get(index)).copied().unwrap_or_default();
        let end = lines.get(number).copied().unwrap_or(self.text.len());
        let line = self.text.get(start..end).unwrap_or_default();
        let line = line.strip_suffix('\n').unwrap_or(line);
        (number, start, line.strip_suffix('\r').unwrap_or(line))
    }

    /// Returns the column (from 1, in characters) of the byte at `offset`.
    pub(crate) fn column(&self, offset: usize) -> usize {
        let (_, start, line) = self.line_at(offset);
        self.characters_before(offset.min(start + line.len())).saturating_sub(self.characters_before(start))
            + 1
    }

    fn characters_before(&self, offset: usize) -> usize {
        // A byte that continues a character in UTF-8 begins with the bits 10.
        let count = |bytes: &[u8]| bytes.iter().filter(|byte| *byte & 0xc0 != 0x80).count();
        let blocks = self.characters.get_or_init(|| {
            let sums = self.text.as_bytes().chunks(BLOCK).scan(0, |all, block| {
                *all += count(block);
                Some(*all)
            });
            std::iter::once(0).chain(sums).collect()
        });
        let block = offset / BLOCK;
        let rest = self.text.as_bytes().get(block * BLOCK..offset).unwrap_or_default();
        blocks.get(block).copied().unwrap_or_default() + count(rest)
    }

    /// Returns the language of the file and its syntax error, if any.
    pub(crate) fn problem(&self) -> Option<(&'static str, &Error)> {
        let language = if is_json(&self.path, &self.text) { "JSON" } else { "YAML" };
        self.parsed.tree.as_ref().err().map(|error| (language, error))
    }
}

fn parsed(path: &str, text: &str) -> Parsed {
    // A text file, such as a description in a separate file.
    if has_extension(path, &["md", "markdown", "txt"]) {
        let tree = Ok(text.into());
        return Parsed { tree, repeated: Vec::new(), trailing_comma: None, joined: None };
    }
    parse::parse(text, is_json(path, text))
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

#[cfg(test)]
mod tests {
    use super::File;

    #[test]
    fn a_column_counts_characters() {
        let text = format!("{}\n{}", "é".repeat(3000), "aé".repeat(1024));
        let file = File::new("a.txt".to_owned(), text.clone(), "a.txt".to_owned());
        for offset in [0, 2, 1024, 2048, 5998, 6000, 6001, 6002, 6004, 6145, 9070, text.len()] {
            let before = text.get(..offset).unwrap();
            let column = before.rsplit('\n').next().unwrap().chars().count() + 1;
            assert_eq!(file.column(offset), column, "{offset}");
        }
    }
}
