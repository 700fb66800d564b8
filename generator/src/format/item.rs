//! Formats items in rustfmt's default style.

use proc_macro2::Delimiter;

use super::expression::{At, TYPES, expression, shape_of_type, value};
use super::flat::{flat, width};
use super::list::packed;
use super::order;
use super::rows;
use super::statement::{assignment, block};
use super::token::{Token, split};

/// Formats items: `use` and `mod` items in order without empty lines, other items with an empty
/// line between them.
pub(super) fn items(tokens: &[Token], indent: usize) -> Option<String> {
    let mut written: Vec<Item> = Vec::new();
    let mut rest = tokens;
    while !rest.is_empty() {
        let (item, behind) = Item::read(rest, indent)?;
        written.push(item);
        rest = behind;
    }
    let groups = written.chunk_by_mut(|one, other| one.kind == other.kind && one.kind != Kind::Other);
    let mut text = String::new();
    for (index, group) in groups.enumerate() {
        group.sort_by(|one, other| match one.kind {
            Kind::Use => order::path(&one.key, &other.key),
            Kind::Mod => one.key.cmp(&other.key),
            Kind::Constant | Kind::Other => std::cmp::Ordering::Equal,
        });
        text.push_str(if index > 0 { "\n" } else { "" });
        text.extend(group.iter().map(|item| item.text.as_str()));
    }
    Some(text)
}

/// A formatted item.
struct Item {
    kind: Kind,
    /// The sort key.
    key: String,
    text: String,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Use,
    Mod,
    /// A constant without documentation.
    Constant,
    Other,
}

impl Item {
    fn read(tokens: &[Token], indent: usize) -> Option<(Self, &[Token])> {
        let start =
            tokens.iter().position(|token| !matches!(token, Token::Doc(..) | Token::Attribute(..)))?;
        let (above, tokens) = tokens.split_at(start);
        let is_keyword = |token: &&Token| match token {
            Token::Word(word) => !["pub", "unsafe", "async"].contains(&word.as_str()),
            _ => false,
        };
        let words: Vec<&str> = tokens.iter().take(4).filter(is_keyword).filter_map(word).collect();
        let keyword = match words.as_slice() {
            ["const", "fn", ..] => "fn",
            [keyword, ..] => keyword,
            [] => return None,
        };
        let ends_with_semicolon = ["use", "const", "static", "type"].contains(&keyword);
        let end = tokens.iter().position(|token| {
            token.is_op(";") || !ends_with_semicolon && token.group(Delimiter::Brace).is_some()
        })?;
        let (tokens, rest) = tokens.split_at(end + 1);
        if let [call @ .., Token::Op(";")] = tokens
            && call.iter().any(|token| token.is_op("!"))
            && above.is_empty()
        {
            let text = format!("{}{};\n", " ".repeat(indent), expression(call, At::new(indent, 1))?);
            return Some((Self { kind: Kind::Other, key: String::new(), text }, rest));
        }
        if let Some((Token::Group(Delimiter::Brace, rows), call)) = tokens.split_last()
            && call.last().is_some_and(|token| token.is_op("!"))
            && above.is_empty()
        {
            let text = rows::call(call, rows, indent)?;
            return Some((Self { kind: Kind::Other, key: String::new(), text }, rest));
        }
        let (kind, key, body) = match keyword {
            "use" => {
                let path = tokens.iter().position(|token| token.is_word("use"))? + 1;
                let key = flat(tokens.get(path..tokens.len() - 1)?)?;
                (Kind::Use, key, import(tokens, indent)?)
            }
            "mod" => {
                let key = word(tokens.get(tokens.len().checked_sub(2)?)?).unwrap_or_default().to_owned();
                let text = flat(tokens)?;
                (if text.ends_with(';') { Kind::Mod } else { return None }, key, text)
            }
            "const" | "static" => {
                let kind = if above.is_empty() { Kind::Constant } else { Kind::Other };
                (kind, String::new(), constant(tokens, indent)?)
            }
            "type" => (Kind::Other, String::new(), alias(tokens, indent)?),
            "fn" => (Kind::Other, String::new(), function(tokens, indent)?),
            "struct" | "enum" => (Kind::Other, String::new(), declaration(tokens, indent)?),
            "impl" | "trait" => (Kind::Other, String::new(), implementation(tokens, indent)?),
            _ => return None,
        };
        let mut text = attributes(above, indent)?;
        text.extend([" ".repeat(indent).as_str(), &body, "\n"]);
        let is_condition = |token: &Token| match token {
            Token::Attribute(tokens, false) => tokens.first().is_some_and(|first| first.is_word("cfg")),
            _ => false,
        };
        let kind = if above.iter().all(is_condition) { kind } else { Kind::Other };
        Some((Self { kind, key, text }, rest))
    }
}

fn word(token: &Token) -> Option<&str> {
    match token {
        Token::Word(word) => Some(word),
        _ => None,
    }
}

/// Formats doc comments and attributes, each on its own line.
pub(super) fn attributes(tokens: &[Token], indent: usize) -> Option<String> {
    let pad = " ".repeat(indent);
    let mut text = String::new();
    for token in tokens {
        text.push_str(&pad);
        match token {
            Token::Doc(doc, is_inner) => {
                text.push_str(if *is_inner { "//!" } else { "///" });
                text.push_str(doc.trim_end());
            }
            Token::Attribute(tokens, is_inner) => text.push_str(&attribute(tokens, *is_inner, indent)?),
            _ => return None,
        }
        text.push('\n');
    }
    Some(text)
}

fn attribute(tokens: &[Token], is_inner: bool, indent: usize) -> Option<String> {
    /// rustfmt's greatest width for the arguments of an attribute on one line.
    const ARGUMENTS: usize = 70;
    let start = if is_inner { "#![" } else { "#[" };
    let pad = " ".repeat(indent + 4);
    let mut is_list = false;
    // The only argument of a condition may be a list: `cfg(any(…))`.
    if let [Token::Word(name), Token::Group(Delimiter::Parenthesis, inner)] = tokens
        && let [Token::Word(list), Token::Group(Delimiter::Parenthesis, items)] = inner.as_slice()
    {
        is_list = true;
        let texts: Option<Vec<String>> = split(items, ",").into_iter().map(flat).collect();
        let texts = texts?;
        let line = texts.join(", ");
        if width(&line) > ARGUMENTS {
            let lines: Vec<String> = texts.iter().map(|item| format!("{pad}{item}")).collect();
            let end = " ".repeat(indent);
            return Some(format!("{start}{name}({list}(\n{}\n{end}))]", lines.join(",\n")));
        }
    }
    if let [Token::Word(name), Token::Group(Delimiter::Parenthesis, inner)] = tokens
        && !is_list
    {
        let items: Option<Vec<String>> = split(inner, ",").into_iter().map(flat).collect();
        let items = items?;
        let line = items.join(", ");
        if width(&line) > ARGUMENTS && items.len() > 1 && name != "derive" {
            let lines: Vec<String> = items.iter().map(|item| format!("{pad}{item}")).collect();
            return Some(format!("{start}{name}(\n{}\n{})]", lines.join(",\n"), " ".repeat(indent)));
        }
    }
    Some(format!("{start}{}]", flat(tokens)?))
}

fn import(tokens: &[Token], indent: usize) -> Option<String> {
    let mut tokens = tokens;
    let mut end = "";
    if let [rest @ .., Token::Op(";")] = tokens {
        (tokens, end) = (rest, ";");
    }
    let Some((Token::Group(Delimiter::Brace, inner), path)) = tokens.split_last() else {
        return Some(flat(tokens)? + end);
    };
    let names: Option<Vec<String>> = split(inner, ",").into_iter().map(flat).collect();
    let mut names = names?;
    names.sort_by(|a, b| order::path(a, b));
    let path = flat(path)?;
    if let [name] = names.as_slice()
        && name != "self"
    {
        return Some(format!("{path}{name};"));
    }
    let line = format!("{path}{{{}}}{end}", names.join(", "));
    // rustfmt leaves two columns free.
    if indent + width(&line) + 2 <= At::MAX {
        return Some(line);
    }
    let pad = " ".repeat(indent + 4);
    let lines = packed(&names, At::MAX - indent - 4);
    let lines: String = lines.iter().map(|line| format!("{pad}{line},\n")).collect();
    Some(format!("{path}{{\n{lines}{}}}{end}", " ".repeat(indent)))
}

fn constant(tokens: &[Token], indent: usize) -> Option<String> {
    let (left, right) = halves(tokens)?;
    let mut text = flat(left)?;
    if indent + width(&text) + 2 > At::MAX {
        text = typed(left, At::new(indent, 2))?;
    }
    assignment(&(text + " ="), right, At::new(indent, 1))
}

fn alias(tokens: &[Token], indent: usize) -> Option<String> {
    let (left, right) = halves(tokens)?;
    Some(value(&(flat(left)? + " ="), right, At::new(indent, 1), shape_of_type)? + ";")
}

/// Returns the tokens before and after the first `=`, without the semicolon.
fn halves(tokens: &[Token]) -> Option<(&[Token], &[Token])> {
    let at = tokens.iter().position(|token| token.is_op("="))?;
    let (left, right) = tokens.split_at(at);
    match right {
        [_, right @ .., Token::Op(";")] => Some((left, right)),
        _ => None,
    }
}

fn function(tokens: &[Token], indent: usize) -> Option<String> {
    let arguments =
        tokens.iter().position(|token| token.group(Delimiter::Parenthesis).is_some_and(|_| true))?;
    // `pub(crate)` also has parentheses.
    let is_visibility =
        arguments > 0 && tokens.get(arguments - 1).is_some_and(|before| before.is_word("pub"));
    let arguments = if is_visibility {
        let behind = tokens.get(arguments + 1..)?;
        arguments + 1 + behind.iter().position(|token| token.group(Delimiter::Parenthesis).is_some())?
    } else {
        arguments
    };
    let name = flat(tokens.get(..arguments)?)?;
    let inner = tokens.get(arguments)?.group(Delimiter::Parenthesis)?;
    let (end, result) = tokens.get(arguments + 1..)?.split_last()?;
    let result = if result.is_empty() { String::new() } else { format!(" {}", flat(result)?) };
    let body = match end {
        Token::Group(_, inner) => block(inner, indent)?,
        _ => ";".to_owned(),
    };
    let parameters = split(inner, ",");
    let texts: Option<Vec<String>> = parameters.iter().map(|argument| flat(argument)).collect();
    let line = format!("{name}({}){result}", texts?.join(", "));
    let (joint, brace) = if body == ";" { ("", 1) } else { (" ", 2) };
    if indent + width(&line) + brace <= At::MAX {
        return Some(line + joint + &body);
    }
    let pad = " ".repeat(indent + 4);
    let mut text = format!("{name}(\n");
    for parameter in parameters {
        text.push_str(&format!("{pad}{},\n", typed(parameter, At::new(indent + 4, 1))?));
    }
    let end = " ".repeat(indent);
    let result = match tokens.get(arguments + 1..)?.split_last()?.1 {
        [Token::Op("->"), shape @ ..] => {
            let at = At { column: indent + 5, ..At::new(indent, 0) };
            shape_of_type(shape, at).map_or(result, |shape| format!(" -> {shape}"))
        }
        _ => result,
    };
    // rustfmt counts the indentation twice.
    let is_wide = !result.contains('\n') && 2 * indent + 1 + width(&result) + brace > At::MAX;
    let joint = if is_wide { format!("\n{end}") } else { joint.to_owned() };
    Some(format!("{text}{end}){result}{joint}{body}"))
}

/// Formats `name: Type`.
fn typed(tokens: &[Token], at: At) -> Option<String> {
    match tokens.iter().position(|token| token.is_op(":")).map(|colon| tokens.split_at(colon)) {
        Some((name, [_, shape @ ..])) => {
            let name = flat(name)? + ": ";
            match shape_of_type(shape, at.behind(width(&name))) {
                Some(shape) => Some(name + &shape),
                None => flat(tokens),
            }
        }
        _ => flat(tokens),
    }
}

/// Formats a field or a variant.
fn member(tokens: &[Token], at: At) -> Option<String> {
    if let Some((name, [_, shape @ ..])) =
        tokens.iter().position(|token| token.is_op(":")).map(|colon| tokens.split_at(colon))
    {
        return value(&(flat(name)? + ":"), shape, at, shape_of_type);
    }
    match tokens.split_last() {
        Some((Token::Group(Delimiter::Parenthesis, types), name)) => {
            let name = flat(name)?;
            let columns = width(&name);
            Some(name + &TYPES.write(columns, &split(types, ","), at.behind(columns))?)
        }
        _ => flat(tokens),
    }
}

/// Formats a struct or an enum.
fn declaration(tokens: &[Token], indent: usize) -> Option<String> {
    let (Token::Group(Delimiter::Brace, inner), head) = tokens.split_last()? else {
        return Some(member(tokens.split_last()?.1, At::new(indent, 1))? + ";");
    };
    let head = flat(head)?;
    let (pad, end) = (" ".repeat(indent + 4), " ".repeat(indent));
    let joint = |braces: usize| {
        if indent + width(&head) + 1 + braces > At::MAX { format!("\n{end}") } else { " ".to_owned() }
    };
    if inner.is_empty() {
        return Some(format!("{head}{}{{}}", joint(2)));
    }
    let mut text = format!("{head}{}{{\n", joint(1));
    for member in split(inner, ",") {
        let start =
            member.iter().position(|token| !matches!(token, Token::Doc(..) | Token::Attribute(..)))?;
        let (above, member) = member.split_at(start);
        text.push_str(&attributes(above, indent + 4)?);
        text.push_str(&format!("{pad}{},\n", self::member(member, At::new(indent + 4, 1))?));
    }
    Some(format!("{text}{end}}}"))
}

fn implementation(tokens: &[Token], indent: usize) -> Option<String> {
    let (last, head) = tokens.split_last()?;
    let inner = last.group(Delimiter::Brace)?;
    let head = opening(head, indent)?;
    if inner.is_empty() {
        return Some(format!("{head}}}"));
    }
    Some(format!("{head}\n{}{}}}", items(inner, indent + 4)?, " ".repeat(indent)))
}

/// Formats what is before the members of an `impl` or a trait, with the brace.
pub(super) fn opening(head: &[Token], indent: usize) -> Option<String> {
    let line = flat(head)?;
    let pad = " ".repeat(indent);
    let is_short = indent + width(&line) + 2 <= At::MAX;
    Some(match line.find(" for ") {
        Some(at) if !is_short => {
            let (of, name) = line.split_at(at);
            format!("{of}\n{pad}   {name}\n{pad}{{")
        }
        _ => format!("{line} {{"),
    })
}
