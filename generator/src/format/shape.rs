//! The shape of an expression, which decides where it breaks.

use proc_macro2::Delimiter;

use super::token::Token;

/// An expression, split one level deep.
#[derive(Clone, Debug)]
pub(super) enum Shape<'a> {
    /// `&x`, `return x`: the prefix and the expression.
    Prefix(&'a [Token], &'a [Token]),
    /// `x?`
    Try(&'a [Token]),
    Block(&'a [Token]),
    /// The head with its keyword, and the arms.
    Match(&'a [Token], &'a [Token]),
    /// Heads with their blocks: `if a`, `else if b` and `else`, or a single `for`, `while` or
    /// `loop`.
    Control(Vec<(&'a [Token], &'a [Token])>),
    /// Parameters with their bars, and the body.
    Closure(&'a [Token], &'a [Token]),
    /// The start of a chain, and its links. Each link has its `.` and any `?` after it.
    Chain(&'a [Token], Vec<&'a [Token]>),
    Call(&'a [Token], &'a [Token]),
    Struct(&'a [Token], &'a [Token]),
    Array(&'a [Token]),
    Tuple(&'a [Token]),
    /// A path, a literal, or an expression with operators.
    Other,
}

impl<'a> Shape<'a> {
    pub(super) fn of(tokens: &'a [Token]) -> Self {
        let Some((first, rest)) = tokens.split_first() else { return Self::Other };
        match first {
            Token::Op("|" | "||") => closure(tokens, 0),
            Token::Word(word) if word == "move" => closure(tokens, 1),
            Token::Word(word) if word == "match" => match tokens.split_last() {
                Some((Token::Group(Delimiter::Brace, arms), head)) => Self::Match(head, arms),
                _ => Self::Other,
            },
            Token::Word(word) if ["if", "for", "while", "loop"].contains(&word.as_str()) => control(tokens),
            _ if has_operator(tokens) => Self::Other,
            Token::Op("&") if rest.first().is_some_and(|next| next.is_word("mut")) => prefix(tokens, 2),
            Token::Op("&" | "*" | "!" | "-") => prefix(tokens, 1),
            Token::Word(word) if word == "return" && !rest.is_empty() => prefix(tokens, 1),
            _ => postfix(tokens),
        }
    }

    /// Returns true if the expression, as the last of `count` arguments, may continue on lines of
    /// its own.
    pub(super) fn can_overflow(tokens: &[Token], count: usize) -> bool {
        match Shape::of(tokens) {
            Shape::Closure(..) | Shape::Block(_) => true,
            Shape::Match(..) | Shape::Control(_) | Shape::Array(_) | Shape::Struct(..) => count == 1,
            Shape::Call(..) | Shape::Tuple(_) => count == 1,
            Shape::Chain(_, links) => count == 1 && links.last().is_some_and(|link| is_call(link)),
            Shape::Prefix(_, inner) | Shape::Try(inner) => Self::can_overflow(inner, count),
            Shape::Other => false,
        }
    }

    /// Returns true for a call of a function, not of a method.
    pub(super) fn is_call(tokens: &[Token]) -> bool {
        match Shape::of(tokens) {
            Shape::Call(..) => true,
            Shape::Prefix(_, inner) | Shape::Try(inner) => Self::is_call(inner),
            _ => false,
        }
    }
}

fn is_call(link: &[Token]) -> bool {
    matches!(link.last(), Some(Token::Group(Delimiter::Parenthesis, _)))
}

fn prefix(tokens: &[Token], length: usize) -> Shape<'_> {
    let (before, rest) = tokens.split_at(length.min(tokens.len()));
    Shape::Prefix(before, rest)
}

/// Returns true if there is a binary operator, assignment, cast or range outside of groups.
fn has_operator(tokens: &[Token]) -> bool {
    let mut depth = 0_usize;
    tokens.iter().enumerate().any(|(index, token)| match token {
        Token::Op("<") => {
            depth += 1;
            false
        }
        Token::Op(">") => {
            depth = depth.saturating_sub(1);
            false
        }
        Token::Op("&" | "*" | "-") => index > 0 && depth == 0 && is_operand(tokens.get(index - 1)),
        Token::Op("==" | "!=" | "<=" | ">=" | "&&" | "||" | "+" | "/" | "=" | ".." | "..=" | "+=" | "-=") => {
            depth == 0
        }
        Token::Word(word) => word == "as" && depth == 0,
        _ => false,
    })
}

fn is_operand(token: Option<&Token>) -> bool {
    match token {
        Some(Token::Word(word)) => word != "return" && word != "mut",
        Some(Token::Group(..)) => true,
        Some(Token::Op(op)) => matches!(*op, ">" | "?"),
        _ => false,
    }
}

fn closure(tokens: &[Token], start: usize) -> Shape<'_> {
    let end = match tokens.get(start) {
        Some(Token::Op("||")) => Some(start + 1),
        _ => tokens.iter().skip(start + 1).position(|token| token.is_op("|")).map(|at| start + at + 2),
    };
    match end.and_then(|end| tokens.split_at_checked(end)) {
        Some((head, body)) => Shape::Closure(head, body),
        None => Shape::Other,
    }
}

fn control(tokens: &[Token]) -> Shape<'_> {
    let (mut branches, mut start) = (Vec::new(), 0);
    for (index, token) in tokens.iter().enumerate() {
        if let (Some(block), Some(head)) = (token.group(Delimiter::Brace), tokens.get(start..index)) {
            branches.push((head, block));
            start = index + 1;
        }
    }
    if start == tokens.len() { Shape::Control(branches) } else { Shape::Other }
}

fn postfix(tokens: &[Token]) -> Shape<'_> {
    let dots: Vec<usize> =
        tokens.iter().enumerate().filter(|(_, token)| token.is_op(".")).map(|(index, _)| index).collect();
    if let Some(first) = dots.first().copied().filter(|first| *first > 0) {
        let ends = dots.iter().skip(1).copied().chain([tokens.len()]);
        let links = dots.iter().zip(ends).filter_map(|(start, end)| tokens.get(*start..end)).collect();
        return Shape::Chain(tokens.get(..first).unwrap_or_default(), links);
    }
    match tokens.split_last() {
        Some((Token::Op("?"), inner)) => Shape::Try(inner),
        Some((Token::Group(Delimiter::Brace, inner), [])) => Shape::Block(inner),
        Some((Token::Group(Delimiter::Bracket, inner), [])) => Shape::Array(inner),
        Some((Token::Group(Delimiter::Parenthesis, inner), [])) => Shape::Tuple(inner),
        Some((Token::Group(Delimiter::Parenthesis, inner), callee)) => Shape::Call(callee, inner),
        Some((Token::Group(Delimiter::Brace, inner), path)) => Shape::Struct(path, inner),
        _ => Shape::Other,
    }
}
