//! Formats macro calls with braces: sections of a head and rows. rustfmt does not change these
//! lines.

use proc_macro2::Delimiter;

use super::expression::{At, expression};
use super::flat::{flat, width};
use super::token::{Token, split};

/// Formats `path! { head { row, row, } head { one value } }`.
pub(super) fn call(path: &[Token], sections: &[Token], indent: usize) -> Option<String> {
    let pad = " ".repeat(indent);
    let mut text = format!("{pad}{} {{\n", flat(path)?);
    let mut start = 0;
    for (index, token) in sections.iter().enumerate() {
        if let Some(rows) = token.group(Delimiter::Brace) {
            text.push_str(&section(sections.get(start..index)?, rows, indent + 4)?);
            start = index + 1;
        }
    }
    (start == sections.len()).then(|| format!("{text}{pad}}}\n"))
}

/// Formats a head with its rows: one row a line, or all on one line if no comma follows them.
fn section(head: &[Token], rows: &[Token], indent: usize) -> Option<String> {
    let pad = " ".repeat(indent);
    let head = flat(head)?;
    if rows.is_empty() {
        return Some(format!("{pad}{head} {{}}\n"));
    }
    let is_list = rows.last().is_some_and(|last| last.is_op(","));
    if !is_list {
        let line = format!("{pad}{head} {{ {} }}\n", flat(rows)?);
        if width(line.trim_end()) <= At::MAX {
            return Some(line);
        }
    }
    let mut text = format!("{pad}{head} {{\n");
    for row in split(rows, ",") {
        text.push_str(&format!("{pad}    {}", self::row(row, indent + 4)?));
        text.push_str(if is_list { ",\n" } else { "\n" });
    }
    Some(format!("{text}{pad}}}\n"))
}

/// Formats a row. If the row is too wide, each of its options has its own line.
fn row(row: &[Token], indent: usize) -> Option<String> {
    let line = flat(row)?;
    if indent + width(&line) < At::MAX {
        return Some(line);
    }
    // An index or a name before the expression is no part of it.
    let head = row.iter().position(|token| token.is_op(":") || token.is_op("=>") || token.is_op("="));
    let (head, value) = match head {
        Some(at) => row.split_at(at + 1),
        None => row.split_at(0),
    };
    let head = flat(head)?;
    let at = At::new(indent, 1).behind(if head.is_empty() { 0 } else { width(&head) + 1 });
    let value = expression(value, at).or_else(|| flat(value))?;
    Some(if head.is_empty() { value } else { format!("{head} {value}") })
}
