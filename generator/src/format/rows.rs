//! Calls of macros with braces: sections, each a head with rows between braces. rustfmt leaves their lines as they are.

use proc_macro2::Delimiter;

use super::expression::{At, expression};
use super::flat::{flat, width};
use super::token::{Token, split};

/// Writes `path! { head { row, row, } head { one value } }`.
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

/// Writes a head with its rows: each on a line, or all on one where there is no comma behind them.
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

/// Writes a row. The options of one that is too wide are on lines of their own.
fn row(row: &[Token], indent: usize) -> Option<String> {
    let line = flat(row)?;
    if indent + width(&line) < At::MAX {
        return Some(line);
    }
    // What stands before an expression is no part of it: an index and a name.
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
