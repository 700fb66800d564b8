//! Splits HTML in a description into tags and texts.
//!
//! A tag that formats text has an [`Act`], by one table. All other tags are text.

use pulldown_cmark::{Event, Parser};

/// The effect of a tag.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Act {
    Nothing,
    Break,
    Paragraph,
    Heading(usize),
    Quote,
    List,
    NumberedList,
    Item,
    Table,
    Row,
    Cell,
    /// Text with significant white space, such as code.
    Preformatted,
    Code,
    Emphasis,
    Strong,
    Link,
    Image,
    Rule,
}

const TAGS: &[(&[&str], Act)] = &[
    (&["abbr", "big", "center", "cite", "col", "colgroup", "del", "font", "ins", "label"], Act::Nothing),
    (&["mark", "nobr", "q", "s", "small", "span", "strike", "sub", "sup", "u", "wbr"], Act::Nothing),
    (&["tbody", "tfoot", "thead"], Act::Nothing),
    (&["br"], Act::Break),
    (&["article", "caption", "details", "div", "dl", "dt", "dd", "figure", "footer"], Act::Paragraph),
    (&["header", "main", "nav", "p", "section", "summary"], Act::Paragraph),
    (&["h1"], Act::Heading(1)),
    (&["h2"], Act::Heading(2)),
    (&["h3"], Act::Heading(3)),
    (&["h4"], Act::Heading(4)),
    (&["h5"], Act::Heading(5)),
    (&["h6"], Act::Heading(6)),
    (&["blockquote"], Act::Quote),
    (&["menu", "ul"], Act::List),
    (&["ol"], Act::NumberedList),
    (&["li"], Act::Item),
    (&["table"], Act::Table),
    (&["tr"], Act::Row),
    (&["td", "th"], Act::Cell),
    (&["pre"], Act::Preformatted),
    (&["code", "kbd", "samp", "tt", "var"], Act::Code),
    (&["em", "i"], Act::Emphasis),
    (&["b", "strong"], Act::Strong),
    (&["a"], Act::Link),
    (&["img"], Act::Image),
    (&["hr"], Act::Rule),
];

/// A part of a piece of HTML.
#[derive(Debug, PartialEq)]
pub(super) enum Piece<'a> {
    /// Text as written.
    Text(&'a str),
    /// A tag: its source, its effect, and whether it is an end tag.
    Tag(&'a str, Act, bool),
}

/// Returns the parts of a piece of HTML, without comments.
pub(super) fn pieces(html: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = html;
    while let Some((before, tag, after)) = next_tag(rest) {
        pieces.extend((!before.is_empty()).then_some(Piece::Text(before)));
        pieces.extend((!tag.starts_with("<!--")).then(|| piece(tag)));
        rest = after;
    }
    pieces.extend((!rest.is_empty()).then_some(Piece::Text(rest)));
    pieces
}

/// Returns the text before the next tag or comment, that tag, and the rest.
fn next_tag(html: &str) -> Option<(&str, &str, &str)> {
    let (before, tag) = html.split_at_checked(html.find('<')?)?;
    let end = if tag.starts_with("<!--") { tag.find("-->")? + 3 } else { tag.find('>')? + 1 };
    let (tag, after) = tag.split_at_checked(end)?;
    Some((before, tag, after))
}

fn piece(tag: &str) -> Piece<'_> {
    let inner = tag.trim_start_matches('<').trim_end_matches('>');
    let is_end = inner.starts_with('/');
    let name = inner.trim_start_matches('/').split(|c: char| !c.is_ascii_alphanumeric()).next();
    let name = name.unwrap_or_default().to_ascii_lowercase();
    // A tag name ends with a space, a slash or the end of the tag. `<p:x>`, `<a@b.c>` and `<s-id>`
    // are text.
    let is_whole = inner
        .trim_start_matches('/')
        .get(name.len()..)
        .and_then(|rest| rest.chars().next())
        .is_none_or(|c| c.is_whitespace() || c == '/');
    match TAGS.iter().find(|(names, _)| is_whole && names.contains(&name.as_str())) {
        Some((_, act)) => Piece::Tag(tag, *act, is_end),
        None => Piece::Text(tag),
    }
}

/// Returns the value of a tag's attribute.
pub(super) fn attribute(tag: &str, name: &str) -> Option<String> {
    let lower = tag.to_ascii_lowercase();
    let start = lower.match_indices(name).find_map(|(start, _)| {
        let is_apart = lower.get(..start)?.ends_with(char::is_whitespace);
        let after = lower.get(start + name.len()..)?.trim_start();
        (is_apart && after.starts_with('=')).then_some(tag.len() - after.len() + 1)
    })?;
    let value = tag.get(start..)?.trim_start();
    let value = match value.chars().next()? {
        quote @ ('"' | '\'') => value.get(1..)?.split(quote).next()?,
        _ => value.split(|c: char| c.is_whitespace() || c == '>').next()?,
    };
    Some(decoded(value))
}

/// Decodes the character references of HTML text, once.
pub(super) fn decoded(text: &str) -> String {
    let mut decoded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        decoded.push_str(before);
        let name = after.split_once(';').map(|(name, _)| name).filter(|name| {
            (1..=32).contains(&name.len()) && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '#')
        });
        let reference = name.and_then(|name| Some((character(name)?, after.get(name.len() + 1..)?)));
        rest = match reference {
            Some((character, after)) => {
                decoded.push_str(&character);
                after
            }
            None => {
                decoded.push('&');
                after
            }
        };
    }
    decoded.push_str(rest);
    decoded
}

/// Returns the character of a named reference. CommonMark has the same names as HTML.
fn character(name: &str) -> Option<String> {
    let reference = format!("&{name};");
    Parser::new(&reference).find_map(|event| match event {
        Event::Text(text) if *text != reference => Some(text.into_string()),
        _ => None,
    })
}
