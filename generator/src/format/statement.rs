//! Formats blocks and statements in rustfmt's default style.
//!
//! A function returns `None` if the text does not fit.

use proc_macro2::Delimiter;

use super::expression::{At, expression, value};
use super::flat::flat;
use super::shape::Shape;
use super::token::Token;

/// Formats `{ … }` on several lines.
pub(super) fn block(tokens: &[Token], indent: usize) -> Option<String> {
    if tokens.is_empty() {
        return Some("{}".to_owned());
    }
    let mut text = "{\n".to_owned();
    let mut rest = tokens;
    while !rest.is_empty() {
        let (next, behind) = rest.split_at(statement_end(rest));
        rest = behind;
        text.push_str(&" ".repeat(indent + 4));
        text.push_str(&statement(next, indent + 4)?);
        text.push('\n');
    }
    text.push_str(&" ".repeat(indent));
    text.push('}');
    Some(text)
}

/// Returns the number of tokens of the first statement, with its semicolon.
fn statement_end(tokens: &[Token]) -> usize {
    let is_control = tokens.first().is_some_and(|first| match first {
        Token::Word(word) => ["if", "match", "for", "while", "loop"].contains(&word.as_str()),
        Token::Group(delimiter, _) => *delimiter == Delimiter::Brace,
        _ => false,
    });
    for (index, token) in tokens.iter().enumerate() {
        let next = tokens.get(index + 1);
        let goes_on = next.is_some_and(|next| next.is_word("else") || next.is_op(".") || next.is_op("?"));
        match token {
            Token::Op(";") => return index + 1,
            Token::Group(Delimiter::Brace, _) if is_control && !goes_on => {
                return index + 1 + usize::from(next.is_some_and(|next| next.is_op(";")));
            }
            _ => {}
        }
    }
    tokens.len()
}

fn statement(tokens: &[Token], indent: usize) -> Option<String> {
    let at = At::new(indent, 0);
    let (tokens, end) = match tokens {
        [tokens @ .., Token::Op(";")] => (tokens, ";"),
        tokens => (tokens, ""),
    };
    if tokens.first().is_some_and(|first| first.is_word("use")) {
        return Some(flat(tokens)? + end);
    }
    let is_let = tokens.first().is_some_and(|first| first.is_word("let"));
    if is_let || matches!(Shape::of(tokens), Shape::Other) {
        let at_equals = tokens.iter().position(|token| token.is_op("="));
        if let Some((left, [_, right @ ..])) = at_equals.map(|index| tokens.split_at(index)) {
            return assignment(&(flat(left)? + " ="), right, At { tail: end.len(), ..at });
        }
    }
    Some(expression(tokens, At { tail: end.len(), ..at })? + end)
}

/// Formats `left right;`. `left` ends with `=` or `:`, and the tail of `at` includes the semicolon.
pub(super) fn assignment(left: &str, right: &[Token], at: At) -> Option<String> {
    let text = value(left, right, at, expression)?;
    Some(if at.tail == 1 { text + ";" } else { text })
}
