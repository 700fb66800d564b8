//! Formats expressions and types in rustfmt's default style.
//!
//! A function returns `None` if the text does not fit. rustfmt then leaves text unchanged.

use proc_macro2::Delimiter;

use super::flat::{flat, flat_within, width};
use super::list::List;
use super::shape::Shape;
use super::statement::block;
use super::token::{Token, parts, split};

/// The position of a text.
#[derive(Clone, Copy, Debug)]
pub(super) struct At {
    /// The indentation of each new line, in columns.
    pub(super) indent: usize,
    /// The column where the text begins.
    pub(super) column: usize,
    /// The columns to keep free after the last line.
    pub(super) tail: usize,
    /// True if a chain stays on one line, except for the arguments of its last call.
    pub(super) one_line_chain: bool,
}

/// rustfmt's greatest width for the arguments of a call, an array and a chain on one line.
const CALL: usize = 60;
/// rustfmt's greatest width for the fields of a struct literal, and for `if` with `else`.
const STRUCT: usize = 18;
const CONDITION: usize = 50;

impl At {
    /// The last column that rustfmt writes to.
    pub(super) const MAX: usize = 100;

    pub(super) fn new(indent: usize, tail: usize) -> Self {
        Self { indent, column: indent, tail, one_line_chain: false }
    }

    /// Returns the position of a new line, one level deeper.
    pub(super) fn nested(self, tail: usize) -> Self {
        Self::new(self.indent + 4, tail)
    }

    /// Returns the position after `columns` columns.
    pub(super) fn behind(self, columns: usize) -> Self {
        Self { column: self.column + columns, ..self }
    }

    fn with_tail(self, columns: usize) -> Self {
        Self { tail: self.tail + columns, ..self }
    }

    /// Returns the columns that are left on the line.
    pub(super) fn room(self) -> usize {
        Self::MAX.saturating_sub(self.column + self.tail)
    }
}

const PARENTHESES: List = List {
    open: "(",
    close: ")",
    limit: CALL,
    combines: true,
    item: expression,
    can_overflow: Shape::can_overflow,
};
const BRACKETS: List = List { open: "[", close: "]", ..PARENTHESES };
const ANGLES: List = List { open: "<", close: ">", limit: At::MAX, ..TYPES };

/// The types of a tuple struct or variant.
pub(super) const TYPES: List =
    List { combines: false, item: shape_of_type, can_overflow: |_, _| false, ..PARENTHESES };

/// Formats an expression.
pub(super) fn expression(tokens: &[Token], at: At) -> Option<String> {
    if let Some(text) = one_line(tokens)
        && width(&text) <= at.room()
        && fits_below(tokens, at.indent)
    {
        return Some(text);
    }
    match Shape::of(tokens) {
        Shape::Prefix(before, inner) => {
            let mut text = flat(before)?;
            if before.last().is_some_and(|token| matches!(token, Token::Word(_))) {
                text.push(' ');
            }
            let inner = expression(inner, at.behind(width(&text)))?;
            Some(text + &inner)
        }
        Shape::Try(inner) => Some(expression(inner, at.with_tail(1))? + "?"),
        Shape::Block(inner) => block(inner, at.indent),
        Shape::Match(head, arms) => {
            let head = flat(head)?;
            Some(format!("{head} {{\n{}{}}}", self::arms(arms, at.indent + 4)?, " ".repeat(at.indent)))
        }
        Shape::Control(branches) => {
            let branches: Option<Vec<String>> = branches
                .into_iter()
                .map(|(head, inner)| Some(condition(head, at.indent)? + &block(inner, at.indent)?))
                .collect();
            Some(branches?.join(" "))
        }
        Shape::Closure(head, body) => closure(head, body, at),
        Shape::Chain(parent, links) => chain(parent, &links, at),
        Shape::Call(callee, inner) => {
            let callee = flat(callee)?;
            let columns = width(&callee);
            Some(callee + &PARENTHESES.write(columns, &split(inner, ","), at.behind(columns))?)
        }
        Shape::Struct(path, fields) => {
            let path = flat(path)?;
            Some(format!("{path} {{\n{}{}}}", self::fields(fields, at.indent + 4)?, " ".repeat(at.indent)))
        }
        Shape::Array(inner) => BRACKETS.write(0, &split(inner, ","), at),
        Shape::Tuple(inner) => PARENTHESES.write(0, &split(inner, ","), at),
        Shape::Other => None,
    }
}

/// Returns the expression on one line, if rustfmt keeps it on one line.
fn one_line(tokens: &[Token]) -> Option<String> {
    let text = flat_within(tokens, At::MAX)?;
    (!text.contains('{') && width(&text) <= CALL || stays(tokens, &text)).then_some(text)
}

/// Returns true if every part of the expression is narrow enough for one line.
fn stays(tokens: &[Token], text: &str) -> bool {
    let items = |inner: &[Token], limit: usize| {
        let items = split(inner, ",");
        let texts: Option<Vec<String>> = items.iter().map(|item| one_line(item)).collect();
        let total =
            |texts: &[String]| texts.iter().map(|text| width(text) + 2).sum::<usize>().saturating_sub(2);
        let is_alone = limit == CALL && items.len() == 1 && !items.iter().any(|item| Shape::is_call(item));
        texts.is_some_and(|texts| is_alone || total(&texts) <= limit)
    };
    match Shape::of(tokens) {
        Shape::Prefix(_, inner) | Shape::Try(inner) => one_line(inner).is_some(),
        Shape::Block(inner) => inner.is_empty(),
        Shape::Match(..) => false,
        Shape::Control(branches) => {
            branches.len() > 1
                && width(text) <= CONDITION
                && branches.iter().all(|(_, inner)| !inner.is_empty() && split(inner, ";").len() == 1)
        }
        Shape::Closure(_, body) => one_line(body).is_some(),
        Shape::Chain(parent, links) => {
            let link = |link: &&[Token]| match Shape::of(link.get(1..).unwrap_or_default()) {
                Shape::Call(_, inner) => items(inner, CALL),
                Shape::Try(inner) => one_line(inner).is_some(),
                _ => true,
            };
            (links.len() == 1 || width(text) <= CALL) && one_line(parent).is_some() && links.iter().all(link)
        }
        Shape::Call(_, inner) | Shape::Array(inner) | Shape::Tuple(inner) => items(inner, CALL),
        Shape::Struct(_, inner) => items(inner, STRUCT),
        Shape::Other => tokens.iter().all(|token| match token {
            Token::Group(Delimiter::Brace, inner) => inner.is_empty(),
            Token::Group(_, inner) => items(inner, CALL),
            _ => true,
        }),
    }
}

/// Returns true if the only argument of a call is at most [`CALL`] wide or fits on a line of its
/// own. Otherwise rustfmt breaks the call.
fn fits_below(tokens: &[Token], indent: usize) -> bool {
    match Shape::of(tokens) {
        Shape::Prefix(_, inner) | Shape::Try(inner) => fits_below(inner, indent),
        Shape::Call(_, inner) => match split(inner, ",").as_slice() {
            [only] => flat(only).is_none_or(|text| {
                let columns = width(&text);
                columns <= CALL || indent + 4 + columns < At::MAX
            }),
            _ => true,
        },
        _ => true,
    }
}

/// Formats the head of a block with the space or line break after it: `if a`, `else if b`, `else`,
/// `for a in b`.
fn condition(head: &[Token], indent: usize) -> Option<String> {
    let keyword = head.iter().position(|token| token.is_word("if") || token.is_word("while"));
    let Some((before, condition)) = keyword.map(|at| head.split_at(at + 1)) else {
        return Some(flat(head)? + " ");
    };
    let before = flat(before)? + " ";
    let at = At { tail: 2, ..At::new(indent, 0).behind(width(&before)) };
    let Some(condition) = expression(condition, at) else { return Some(flat(head)? + " ") };
    let joint = if condition.contains('\n') { format!("\n{}", " ".repeat(indent)) } else { " ".to_owned() };
    Some(before + &condition + &joint)
}

fn closure(head: &[Token], body: &[Token], at: At) -> Option<String> {
    let mut text = flat(head)?;
    text.push(' ');
    let place = at.behind(width(&text));
    let keeps = matches!(Shape::of(body), Shape::Block(_) | Shape::Match(..) | Shape::Struct(..));
    match expression(body, place) {
        Some(body) if keeps || !body.contains('\n') => Some(text + &body),
        _ => Some(text + &block(body, at.indent)?),
    }
}

fn chain(parent: &[Token], links: &[&[Token]], at: At) -> Option<String> {
    let count = links.len();
    let mut root = expression(parent, At { tail: 0, ..at })?;
    let mut links = links.iter();
    let least = 4_usize.saturating_sub(at.column.saturating_sub(at.indent));
    while width(&root) <= least
        && let Some(link) = links.next()
    {
        root.push_str(&flat(link)?);
    }
    let Some((last, others)) = links.as_slice().split_last() else { return Some(root) };
    let ends_with_block = root.contains('\n');
    let indent = if ends_with_block { at.indent } else { at.indent + 4 };
    let child = At::new(indent, at.tail);
    let others: Option<Vec<String>> =
        others.iter().map(|other| link(other, At { tail: 0, ..child })).collect();
    let others = others?;
    let total = width(&root) + others.iter().map(|other| width(other)).sum::<usize>();
    let budget = if count == 1 { at.room() } else { at.room().min(CALL) };
    let is_flat = !root.contains('\n') && !others.iter().any(|other| other.contains('\n'));
    let apart = link(last, child);
    if let Some(budget) = budget.checked_sub(total).filter(|budget| is_flat && *budget > 0)
        && let Some(text) = link(last, At { one_line_chain: false, ..at.behind(total) })
    {
        let lines = text.lines().count();
        let fits = width(text.lines().next().unwrap_or_default()) <= budget;
        let is_better = lines >= 5 || apart.as_ref().is_none_or(|apart| apart.lines().count() >= lines);
        if fits && is_better {
            return Some(format!("{root}{}{text}", others.concat()));
        }
    }
    if at.one_line_chain {
        return None;
    }
    let pad = " ".repeat(indent);
    let links = others.iter().chain([&apart?]).map(|link| format!("\n{pad}{link}")).collect::<String>();
    Some(root + &links)
}

/// Formats one link of a chain, with its dot.
fn link(tokens: &[Token], at: At) -> Option<String> {
    let rest = tokens.get(1..)?;
    match Shape::of(rest) {
        Shape::Try(inner) => Some(format!(".{}?", expression(inner, at.behind(1).with_tail(1))?)),
        _ => Some(format!(".{}", expression(rest, at.behind(1))?)),
    }
}

/// Formats `left right`, without the `;` or `,` after it, as rustfmt does: on the same line, or
/// with `right` on the next line.
pub(super) fn value(
    left: &str,
    right: &[Token],
    at: At,
    write: fn(&[Token], At) -> Option<String>,
) -> Option<String> {
    let columns = left.rsplit('\n').next().map_or(0, width);
    let column = if left.contains('\n') { columns + 1 } else { at.column + columns + 1 };
    let same = write(right, At { column, ..at });
    if let Some(text) = same.as_ref().filter(|text| !text.contains('\n')) {
        return Some(format!("{left} {text}"));
    }
    let next = write(right, at.nested(at.tail));
    match (same, next) {
        (Some(same), Some(next)) if !prefers_next(&same, &next) => Some(format!("{left} {same}")),
        (Some(same), None) => Some(format!("{left} {same}")),
        (_, Some(next)) => Some(format!("{left}\n{}{next}", " ".repeat(at.indent + 4))),
        (None, None) => Some(format!("{left} {}", flat(right)?)),
    }
}

/// Returns true if rustfmt prefers the text on the next line to the text on the same line.
fn prefers_next(same: &str, next: &str) -> bool {
    let lines = |text: &str| text.matches('\n').count();
    let opens = |text: &str, with: char| text.lines().next().is_some_and(|line| line.ends_with(with));
    lines(next) == 0
        || lines(same) > lines(next) + 1
        || ['(', '{', '['].iter().any(|with| opens(same, *with) && !opens(next, *with))
}

fn arms(tokens: &[Token], indent: usize) -> Option<String> {
    let pad = " ".repeat(indent);
    let mut text = String::new();
    let mut rest = tokens;
    while !rest.is_empty() {
        let arrow = rest.iter().position(|token| token.is_op("=>"))?;
        let (pattern, behind) = rest.split_at(arrow);
        let body = behind.get(1..)?;
        let end = match body.first() {
            Some(Token::Group(Delimiter::Brace, _)) => 1,
            _ => parts(body, ",").next()?.len(),
        };
        let (body, behind) = body.split_at(end);
        rest = match behind {
            [Token::Op(","), behind @ ..] => behind,
            behind => behind,
        };
        let pattern = flat(pattern)?;
        text.push_str(&format!(
            "{pad}{pattern} => {}\n",
            arm(body, At::new(indent, 1).behind(width(&pattern) + 4))?
        ));
    }
    Some(text)
}

/// Formats an arm's body with its comma. A body that needs a line of its own becomes a block.
fn arm(body: &[Token], at: At) -> Option<String> {
    if let Shape::Block(inner) = Shape::of(body) {
        return block(inner, at.indent);
    }
    let same = expression(body, at);
    if let Some(text) = same.as_ref().filter(|text| !text.contains('\n')) {
        return Some(format!("{text},"));
    }
    let next = expression(body, at.nested(0));
    let extends = Shape::can_overflow(body, 1);
    match (same, next) {
        (Some(same), Some(next)) if extends && !prefers_next(&same, &next) => Some(format!("{same},")),
        (Some(same), None) => Some(format!("{same},")),
        (_, Some(_)) => block(body, at.indent),
        (None, None) => Some(format!("{},", flat(body)?)),
    }
}

fn fields(tokens: &[Token], indent: usize) -> Option<String> {
    let pad = " ".repeat(indent);
    let mut text = String::new();
    for field in split(tokens, ",") {
        let colon = field.iter().position(|token| token.is_op(":"));
        let at = At::new(indent, 1);
        let line = match colon.map(|colon| field.split_at(colon)) {
            Some((name, [_, value @ ..])) => self::field(&(flat(name)? + ":"), value, at)?,
            _ => flat(field)?,
        };
        let end = if field.first().is_some_and(|first| first.is_op("..")) { "" } else { "," };
        text.push_str(&format!("{pad}{line}{end}\n"));
    }
    Some(text)
}

/// Formats a field of a struct literal. rustfmt breaks a call behind its parenthesis, and moves any
/// other value to the next line.
fn field(name: &str, right: &[Token], at: At) -> Option<String> {
    if let Shape::Call(..) = Shape::of(right)
        && let Some(text) = expression(right, at.behind(width(name) + 1))
    {
        return Some(format!("{name} {text}"));
    }
    value(name, right, at, expression)
}

/// Formats a type.
pub(super) fn shape_of_type(tokens: &[Token], at: At) -> Option<String> {
    let text = flat(tokens)?;
    let breaks = has_wide_tuple(tokens);
    if !breaks && width(&text) <= at.room() {
        return Some(text);
    }
    match tokens {
        [Token::Group(Delimiter::Parenthesis, types)] => TYPES.write(0, &split(types, ","), at),
        [name, Token::Op("="), rest @ ..] => {
            let name = flat(std::slice::from_ref(name))? + " = ";
            let shape = shape_of_type(rest, at.behind(width(&name)))?;
            Some(name + &shape)
        }
        [Token::Op("&"), rest @ ..] => Some("&".to_owned() + &shape_of_type(rest, at.behind(1))?),
        // rustfmt does not count the comma after a bound.
        [first, rest @ ..] if first.is_word("impl") && (breaks || at.column + width(&text) > At::MAX) => {
            Some("impl ".to_owned() + &shape_of_type(rest, at.behind("impl ".len()))?)
        }
        [first, ..] if first.is_word("impl") => Some(text),
        [rest @ .., Token::Op(">")] => {
            let start = rest.iter().position(|token| token.is_op("<"))?;
            let (path, inner) = rest.split_at(start);
            let path = flat(path)?;
            let columns = width(&path);
            let list = ANGLES.write(columns, &split(inner.get(1..)?, ","), at.behind(columns))?;
            Some(path + &list)
        }
        _ => None,
    }
}

/// Returns true if a tuple in the type is too wide for one line.
fn has_wide_tuple(tokens: &[Token]) -> bool {
    tokens.iter().any(|token| match token {
        Token::Group(Delimiter::Parenthesis, types) => {
            has_wide_tuple(types) || flat(types).is_some_and(|text| width(&text) > CALL)
        }
        _ => false,
    })
}
