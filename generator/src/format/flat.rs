//! Formats tokens on one line, with the spaces that rustfmt puts between them.

use proc_macro2::Delimiter;

use super::token::{Token, split};
use unicode_width::UnicodeWidthStr;

/// Words that are always followed by a space.
const KEYWORDS: &[&str] = &[
    "as", "async", "const", "crate", "dyn", "else", "enum", "fn", "for", "if", "impl", "in", "let", "match",
    "mod", "move", "mut", "pub", "ref", "return", "static", "struct", "trait", "type", "unsafe", "use",
    "where", "while",
];

/// The kind of the previous token.
#[derive(Clone, Copy, PartialEq, Eq)]
enum After {
    /// The start of a group, a unary operator, `::` or `.`: no space follows.
    Start,
    /// A value or a type: an operator after it is binary.
    Operand,
    Keyword,
    /// A comma, colon or binary operator.
    Spaced,
}

/// Returns the tokens as one line, or `None` if there is a doc comment.
pub(super) fn flat(tokens: &[Token]) -> Option<String> {
    flat_within(tokens, usize::MAX)
}

/// Returns the tokens as one line, or `None` if there is a doc comment. Also returns `None` if the
/// line is ASCII and wider than `columns`, so that no time is spent on a line that does not fit.
pub(super) fn flat_within(tokens: &[Token], columns: usize) -> Option<String> {
    let mut line = Line { text: String::with_capacity(64), after: After::Start, open: false, columns };
    line.tokens(tokens)?;
    Some(line.text)
}

/// Returns the width of a text in columns.
pub(super) fn width(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { UnicodeWidthStr::width(text) }
}

struct Line {
    text: String,
    after: After,
    /// True inside the parameters of a closure.
    open: bool,
    /// The width after which the line is abandoned.
    columns: usize,
}

impl Line {
    fn tokens(&mut self, tokens: &[Token]) -> Option<()> {
        for token in tokens {
            match token {
                Token::Word(word) => self.word(word),
                Token::Op(op) => self.op(op),
                Token::Group(delimiter, inner) => self.group(*delimiter, inner)?,
                Token::Attribute(inner, false) => {
                    self.space();
                    self.text.push_str("#[");
                    self.text.push_str(&flat(inner)?);
                    self.text.push(']');
                    self.after = After::Keyword;
                }
                Token::Attribute(..) | Token::Doc(..) => return None,
            }
            // Bytes are columns in ASCII only.
            if self.text.len() > self.columns && self.text.is_ascii() {
                return None;
            }
        }
        Some(())
    }

    fn space(&mut self) {
        if self.after != After::Start {
            self.text.push(' ');
        }
    }

    fn word(&mut self, word: &str) {
        self.space();
        self.text.push_str(word);
        let is_keyword = word.starts_with('\'') && !word.ends_with('\'') || KEYWORDS.contains(&word);
        self.after = if is_keyword && word != "crate" { After::Keyword } else { After::Operand };
    }

    fn op(&mut self, op: &str) {
        let is_binary = self.after == After::Operand;
        let (before, after) = match op {
            "." | "," | ";" | ":" | "?" | ">" => {
                let after = match op {
                    "." => After::Start,
                    "?" | ">" => After::Operand,
                    _ => After::Spaced,
                };
                (false, after)
            }
            "::" => (self.after == After::Spaced || self.after == After::Keyword, After::Start),
            ".." | "..=" => (self.after == After::Spaced || self.after == After::Keyword, After::Start),
            "<" => (self.after == After::Spaced, After::Start),
            "!" if is_binary => (false, After::Start),
            "!" => (true, After::Start),
            "&" | "*" | "-" | "&&" if is_binary => (true, After::Spaced),
            "&" | "*" | "-" | "&&" => (true, After::Start),
            "|" if self.open => {
                self.open = false;
                (false, After::Spaced)
            }
            "|" if is_binary => (true, After::Spaced),
            "|" => {
                self.open = true;
                (true, After::Start)
            }
            _ => (true, After::Spaced),
        };
        if before {
            self.space();
        }
        self.text.push_str(op);
        self.after = after;
    }

    fn group(&mut self, delimiter: Delimiter, inner: &[Token]) -> Option<()> {
        let is_tight = self.after == After::Operand
            || self.after == After::Keyword && ["pub", "fn"].iter().any(|word| self.text.ends_with(word));
        let (open, close) = match delimiter {
            Delimiter::Parenthesis => ("(", ")"),
            Delimiter::Bracket => ("[", "]"),
            _ if inner.is_empty() => ("{", "}"),
            _ if self.after == After::Start && self.text.ends_with("::") => ("{", "}"),
            _ => ("{ ", " }"),
        };
        if delimiter == Delimiter::Brace || !is_tight {
            self.space();
        }
        self.text.push_str(open);
        let is_tuple = delimiter == Delimiter::Parenthesis && self.after != After::Operand;
        let one = is_tuple && split(inner, ",").len() == 1;
        let inner = match inner {
            [items @ .., Token::Op(",")] if !one => items,
            items => items,
        };
        let (after, pipe) = (self.after, self.open);
        (self.after, self.open) = (After::Start, false);
        self.tokens(inner)?;
        (self.after, self.open) = (after, pipe);
        self.text.push_str(close);
        self.after = After::Operand;
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use quote::quote;

    use super::super::token::read;
    use super::flat;

    #[test]
    fn spaces_stand_where_rustfmt_puts_them() {
        for (tokens, expected) in [
            (
                quote! { pub fn f<'a>(&'a self, x: &mut T,) -> Result<Vec<u8>, E> },
                "pub fn f<'a>(&'a self, x: &mut T) -> Result<Vec<u8>, E>",
            ),
            (quote! { impl<'de> model::Deserialize<'de> for X }, "impl<'de> model::Deserialize<'de> for X"),
            (quote! { a.b(c, |x| -x * 2, || &d)?.e::<F>()[0] }, "a.b(c, |x| -x * 2, || &d)?.e::<F>()[0]"),
            (
                quote! { pub(crate) struct A(pub(crate) runtime::Client); },
                "pub(crate) struct A(pub(crate) runtime::Client);",
            ),
            (quote! { &[&[A::B], &["x", "y",]] }, r#"&[&[A::B], &["x", "y"]]"#),
            (quote! { (A,) }, "(A,)"),
            (quote! { X { a, ..Y::Z } }, "X { a, ..Y::Z }"),
            (quote! { use a::{b, c}; }, "use a::{b, c};"),
            (quote! { matches!(x, A | B) && !y }, "matches!(x, A | B) && !y"),
            (quote! { const X: &'static [&'static str] = &[]; }, "const X: &'static [&'static str] = &[];"),
            (quote! { #[allow(a, b = "c")] x: fn(&A) -> B }, r#"#[allow(a, b = "c")] x: fn(&A) -> B"#),
        ] {
            let tokens = read(tokens).expect("tokens");
            assert_eq!(flat(&tokens).expect("a line"), expected);
        }
    }
}
