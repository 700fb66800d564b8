//! Prints blocks as lines of CommonMark.
//!
//! Invariants:
//!
//! - Every code block is a fenced block of `text`, or of `ignore` for the generator's own examples.
//!   The fence is longer than any row of backticks inside. rustdoc therefore finds no test, at any
//!   depth.
//! - Every character of a text that CommonMark may interpret is escaped, inside a line and at its
//!   start. A line is broken only before a word that cannot begin a block.
//! - No line holds a control character or a character that changes the direction of writing.

use pulldown_cmark::Alignment;

use super::block::{Block, Language};
use super::inline::Inline;
use super::words::{self, Word, backticks};

/// The longest line of prose, in characters.
const WIDTH: usize = 96;

/// Returns the lines of blocks, with an empty line between two blocks.
pub(super) fn lines(blocks: &[Block]) -> Vec<String> {
    stacked(blocks, false, WIDTH).into_iter().map(|line| visible(line.trim_end())).collect()
}

/// Replaces control characters of a line by visible text. Characters that change the direction of
/// writing can disguise code, and a lone carriage return is invalid in Rust.
pub(crate) fn visible(line: &str) -> String {
    let is_plain = line.bytes().all(|byte| matches!(byte, b' '..=b'~'));
    if is_plain || !line.contains(is_invisible) {
        return line.to_owned();
    }
    let mut shown = String::with_capacity(line.len());
    for c in line.chars() {
        if is_invisible(c) {
            shown.push_str(&format!("U+{:04X}", u32::from(c)));
        } else {
            shown.push(c);
        }
    }
    shown
}

/// Returns true for control characters, direction marks, characters of zero width that join no
/// letters, and tag characters.
fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}')
        || matches!(c, '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
        || matches!(c, '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// Returns the lines of blocks. In an item of a tight list, no empty line follows a paragraph
/// before a list or code.
fn stacked(blocks: &[Block], tight: bool, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut before: Option<&Block> = None;
    // Two adjacent lists need different signs, else CommonMark joins them.
    let mut is_other = false;
    for block in blocks.iter().filter(|block| !block.is_empty()) {
        let is_list = |block: &Block| matches!(block, Block::List { .. });
        is_other = is_list(block) && before.is_some_and(is_list) && !is_other;
        let goes_on = tight
            && matches!(before, Some(Block::Paragraph(_)))
            && matches!(block, Block::Code(..) | Block::List { start: None | Some(1), .. });
        if before.is_some() && !goes_on {
            lines.push(String::new());
        }
        lines.extend(printed(block, is_other, width));
        before = Some(block);
    }
    lines
}

fn printed(block: &Block, is_other: bool, width: usize) -> Vec<String> {
    match block {
        Block::Paragraph(inlines) => wrapped(inlines, width),
        Block::Heading(level, inlines) => {
            vec![format!(
                "{} {}",
                "#".repeat((*level).clamp(1, 6)),
                one_line(inlines, false).replace('#', "\\#")
            )]
        }
        Block::Code(language, text) => fenced(*language, text),
        Block::Quote(blocks) => {
            let inner = stacked(blocks, false, width.saturating_sub(2));
            inner
                .into_iter()
                .map(|line| if line.is_empty() { ">".to_owned() } else { format!("> {line}") })
                .collect()
        }
        Block::List { start, tight, items } => {
            let mut lines = Vec::new();
            for (index, item) in items.iter().enumerate() {
                let mark = match (start, is_other) {
                    (None, false) => "*".to_owned(),
                    (None, true) => "-".to_owned(),
                    (Some(start), other) => {
                        let number = start.saturating_add(index as u64).min(999_999_999);
                        format!("{number}{}", if other { ")" } else { "." })
                    }
                };
                if index > 0 && !tight {
                    lines.push(String::new());
                }
                let indent = " ".repeat(mark.len() + 1);
                let inner = stacked(item, *tight, width.saturating_sub(indent.len()));
                if inner.is_empty() {
                    lines.push(mark.clone());
                }
                lines.extend(inner.into_iter().enumerate().map(|(index, line)| match index {
                    0 => format!("{mark} {line}"),
                    _ if line.is_empty() => line,
                    _ => format!("{indent}{line}"),
                }));
            }
            lines
        }
        Block::Table(columns, rows) => table(columns, rows),
        // A rule uses a sign that no list has: `- ---` would be a rule instead of an item.
        Block::Rule => vec!["___".to_owned()],
    }
}

fn fenced(language: Language, text: &str) -> Vec<String> {
    let word = match language {
        Language::Text => "text",
        Language::Ignored => "ignore",
        Language::Compiled => "no_run",
    };
    let fence = backticks(text, 3);
    let is_end = |c| matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}');
    let text = text.replace("\r\n", "\n").replace('\t', "    ");
    let inner = text.trim_end().split(is_end).map(|line| line.trim_end().to_owned());
    [format!("{fence}{word}")].into_iter().chain(inner).chain([fence.clone()]).collect()
}

fn table(columns: &[Alignment], rows: &[Vec<Vec<Inline>>]) -> Vec<String> {
    let row = |cells: &Vec<Vec<Inline>>| {
        let cells = (0..columns.len())
            .map(|index| cells.get(index).map_or_else(String::new, |cell| one_line(cell, true)));
        format!("|{}|", cells.collect::<Vec<_>>().join("|"))
    };
    let rule = columns.iter().map(|column| match column {
        Alignment::None => "-",
        Alignment::Left => ":-",
        Alignment::Center => ":-:",
        Alignment::Right => "-:",
    });
    let rule = format!("|{}|", rule.collect::<Vec<_>>().join("|"));
    let mut lines: Vec<String> = rows.iter().map(row).collect();
    lines.insert(1.min(lines.len()), rule);
    lines
}

/// Returns inlines as lines of at most `width` characters. A longer word exceeds the width.
fn wrapped(inlines: &[Inline], width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let (mut line, mut length) = (String::new(), 0);
    for word in words::of(inlines, false) {
        let Word::Text(word) = word else {
            // A backslash at the end of a line is a line break.
            lines.push(std::mem::take(&mut line) + "\\");
            continue;
        };
        let added = word.chars().count();
        if line.is_empty() {
            line = at_start(word);
            length = added;
        } else if length + 1 + added > width && can_begin(&word) {
            lines.push(std::mem::replace(&mut line, word));
            length = added;
        } else {
            line.push(' ');
            line.push_str(&word);
            length += 1 + added;
        }
    }
    lines.push(line);
    lines
}

/// Returns inlines as one line.
fn one_line(inlines: &[Inline], in_cell: bool) -> String {
    let mut line = String::new();
    for word in words::of(inlines, in_cell) {
        if let Word::Text(word) = word {
            line.push_str(if line.is_empty() { "" } else { " " });
            line.push_str(&word);
        }
    }
    line
}

/// Escapes a word that would begin a heading, list, table or rule at the start of a line.
fn at_start(word: String) -> String {
    let digits = word.len() - word.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    match word.split_at_checked(digits) {
        Some((number, rest)) if digits > 0 && rest.starts_with(['.', ')']) => format!("{number}\\{rest}"),
        _ if word.starts_with(['#', '+', '-', '=', ':', '>']) => format!("\\{word}"),
        _ => word,
    }
}

/// Returns true if CommonMark never begins a block with this word, even at the start of a line.
fn can_begin(word: &str) -> bool {
    word.starts_with(|c: char| c.is_alphabetic() || matches!(c, '`' | '(' | '[' | '<'))
}
