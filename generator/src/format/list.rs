//! Formats lists between delimiters: arguments, array items, type parameters.

use super::expression::At;
use super::flat::width;
use super::shape::Shape;
use super::token::Token;

/// The style of a list.
#[derive(Clone, Copy)]
pub(super) struct List {
    pub(super) open: &'static str,
    pub(super) close: &'static str,
    /// The greatest width of the items on one line, in columns.
    pub(super) limit: usize,
    /// True if a single item follows a short text and the opening delimiter on the same line.
    pub(super) combines: bool,
    /// Formats one item.
    pub(super) item: fn(&[Token], At) -> Option<String>,
    /// Returns true if the lines of the last item may follow the opening delimiter.
    pub(super) can_overflow: fn(&[Token], usize) -> bool,
}

impl List {
    /// Formats the list after a text of `before` columns that ends at `at`.
    pub(super) fn write(&self, before: usize, items: &[&[Token]], at: At) -> Option<String> {
        let List { open, close, .. } = self;
        let Some((last, others)) = items.split_last() else { return Some(format!("{open}{close}")) };
        if at.column >= At::MAX {
            return None;
        }
        let room = at.room().saturating_sub(2);
        let limit = self.limit.min(room);
        let single = |item: &[Token]| {
            let text = (self.item)(item, At { column: at.indent, tail: 0, ..at })?;
            (!text.contains('\n')).then_some(text)
        };
        let first: Option<Vec<String>> = others.iter().map(|item| single(item)).collect();
        let combines = self.combines && others.is_empty() && before < 4;
        if let Some(first) = &first
            && (combines || (self.can_overflow)(last, items.len()))
        {
            let used: usize = first.iter().map(|item| width(item) + 2).sum();
            let own = if others.is_empty() && !Shape::is_call(last) { room } else { limit };
            if let Some(own) = own.checked_sub(used) {
                let column = at.column + 1 + used;
                let place = At {
                    column,
                    tail: At::MAX.saturating_sub(column + own),
                    one_line_chain: !combines,
                    ..at
                };
                let text = (self.item)(last, place);
                if let Some(text) =
                    text.filter(|text| used + width(text.lines().next().unwrap_or_default()) <= limit)
                    && (text.contains('\n') || used + width(&text) <= limit)
                {
                    let items: Vec<&str> = first.iter().map(String::as_str).chain([text.as_str()]).collect();
                    return Some(format!("{open}{}{close}", items.join(", ")));
                }
            }
        }
        let texts: Option<Vec<String>> = items.iter().map(|item| (self.item)(item, at.nested(1))).collect();
        let texts = texts?;
        let total: usize = texts.iter().map(|text| width(text) + 2).sum::<usize>().saturating_sub(2);
        let is_flat = !texts.iter().any(|text| text.contains('\n'));
        if is_flat && (total <= limit || items.len() == 1 && total <= room) {
            return Some(format!("{open}{}{close}", texts.join(", ")));
        }
        let pad = " ".repeat(at.indent + 4);
        let end = " ".repeat(at.indent);
        let is_short = is_flat && texts.iter().all(|text| width(text) <= 10);
        let lines = if is_short && items.iter().all(|item| is_simple(item)) {
            packed(&texts, At::MAX.saturating_sub(at.indent + 4))
        } else {
            texts
        };
        let lines: String = lines.iter().map(|line| format!("{pad}{line},\n")).collect();
        Some(format!("{open}\n{lines}{end}{close}"))
    }
}

/// Returns true for literals, paths, and references to them.
fn is_simple(tokens: &[Token]) -> bool {
    tokens.iter().all(|token| match token {
        Token::Word(_) => true,
        Token::Op(op) => matches!(*op, "&" | "-" | "!" | "::" | "."),
        _ => false,
    })
}

/// Joins texts to lines of this width. Each line ends with a comma. rustfmt leaves one more column
/// free, except on the last line.
pub(super) fn packed(texts: &[String], room: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for (index, text) in texts.iter().enumerate() {
        let comma = if index + 1 < texts.len() { 1 } else { 0 };
        match lines.last_mut() {
            Some(line) if width(line) + 2 + width(text) + comma < room => {
                line.push_str(", ");
                line.push_str(text);
            }
            _ => lines.push(text.clone()),
        }
    }
    lines
}
