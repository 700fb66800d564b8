//! HTML: a piece of HTML in a description in, what is left of it where none may be out.
//!
//! The one rule: tags that only shape text are left out, with a break where they break; all others are text.

use super::clean::is_web;

/// A part of a piece of HTML.
#[derive(Debug, PartialEq)]
pub(super) enum Piece<'a> {
    /// To be shown as it is written.
    Text(&'a str),
    /// The end of a line.
    Break,
    /// The end of a paragraph.
    Paragraph,
    /// The start of an item of a list.
    Item,
    /// The start of a link to a web address.
    Link(&'a str),
    LinkEnd,
}

/// Tags that give text another look.
const LOOKS: &[&str] =
    &["b", "code", "em", "font", "i", "s", "small", "span", "strong", "sub", "sup", "tt", "u"];
/// Tags of what stands by itself.
const BLOCKS: &[&str] =
    &["blockquote", "center", "div", "h1", "h2", "h3", "h4", "h5", "h6", "ol", "p", "pre", "ul"];

/// The parts of a piece of HTML.
pub(super) fn pieces(html: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = html;
    while let Some((before, tag, after)) = next_tag(rest) {
        pieces.extend((!before.is_empty()).then_some(Piece::Text(before)));
        pieces.extend(piece(tag));
        rest = after;
    }
    pieces.extend((!rest.is_empty()).then_some(Piece::Text(rest)));
    pieces
}

/// What stands before the next tag or comment, it, and what follows.
fn next_tag(html: &str) -> Option<(&str, &str, &str)> {
    let start = html.find('<')?;
    let (before, tag) = html.split_at(start);
    let end = if tag.starts_with("<!--") { tag.find("-->")? + 3 } else { tag.find('>')? + 1 };
    let (tag, after) = tag.split_at_checked(end)?;
    Some((before, tag, after))
}

/// What a tag is shown as; nothing where it is left out.
fn piece(tag: &str) -> Option<Piece<'_>> {
    let inner = tag.trim_start_matches('<').trim_end_matches('>').trim_end_matches('/');
    let closes = inner.starts_with('/');
    let name =
        inner.trim_start_matches('/').split_whitespace().next().unwrap_or_default().to_ascii_lowercase();
    match name.as_str() {
        _ if tag.starts_with("<!--") => None,
        "br" => Some(Piece::Break),
        "li" if closes => None,
        "li" => Some(Piece::Item),
        "a" if closes => Some(Piece::LinkEnd),
        "a" => inner.split(['"', '\'']).find(|value| is_web(value)).map(Piece::Link),
        name if BLOCKS.contains(&name) => Some(Piece::Paragraph),
        name if LOOKS.contains(&name) => None,
        _ => Some(Piece::Text(tag)),
    }
}

#[cfg(test)]
mod tests {
    use super::{Piece, pieces};

    #[test]
    fn what_only_shapes_text_is_left_out() {
        let html = "<P class=\"x\">a <b>b</b><br/><a href='https://x.y'>c</a></p><!-- <p> --><script> 1 < 2";
        let (text, link) = (Piece::Text, Piece::Link);
        let expected = [
            Piece::Paragraph,
            text("a "),
            text("b"),
            Piece::Break,
            link("https://x.y"),
            text("c"),
            Piece::LinkEnd,
            Piece::Paragraph,
            text("<script>"),
            text(" 1 < 2"),
        ];
        assert_eq!(pieces(html), expected);
        assert_eq!(pieces("<!-- a"), [text("<!-- a")]);
        assert_eq!(pieces("<a href=\"/relative\">"), []);
    }
}
