//! Cleaning: CommonMark events in, events that rustdoc shows and does not act on out.

use pulldown_cmark::{CodeBlockKind, CowStr, Event, LinkType, Tag, TagEnd};

use super::html::{Piece, pieces};

/// Symbols of text that rustdoc would act on, and the private characters that stand for them until the text is
/// written: they are escaped then, also where CommonMark alone would not ask for it.
pub(super) const GUARDS: [(char, char); 4] =
    [('[', '\u{e000}'), (']', '\u{e001}'), ('<', '\u{e002}'), ('>', '\u{e003}')];

/// Rewrites CommonMark events to ones that rustdoc shows and does not act on.
#[derive(Default)]
pub(super) struct Cleaner<'a> {
    pub(super) events: Vec<Event<'a>>,
    /// The ends of links that are dropped, innermost last: true for those that are kept.
    links: Vec<bool>,
    in_code: bool,
    /// In what can't be broken into lines: a heading, a cell of a table.
    in_line: bool,
    /// The HTML of the block that is being read.
    html: String,
    /// How many events there were after the last break that HTML made.
    broken_at: usize,
    /// Where the HTML link that is open leads.
    link: Option<String>,
}

impl<'a> Cleaner<'a> {
    pub(super) fn push(&mut self, event: Event<'a>) {
        match event {
            Event::Start(Tag::CodeBlock(_)) => {
                self.in_code = true;
                self.events.push(Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced("text".into()))));
            }
            Event::End(TagEnd::CodeBlock) => {
                self.in_code = false;
                if !matches!(self.events.last(), Some(Event::Text(text)) if text.ends_with('\n')) {
                    self.events.push(Event::Text("\n".into()));
                }
                self.events.push(event);
            }
            Event::Start(Tag::Link { ref dest_url, .. } | Tag::Image { ref dest_url, .. }) => {
                let keep = is_web(dest_url) && !self.links.contains(&true);
                if keep {
                    let autolink =
                        matches!(event, Event::Start(Tag::Link { link_type: LinkType::Autolink, .. }));
                    let link_type = if autolink { LinkType::Autolink } else { LinkType::Inline };
                    self.open_link(link_type, dest_url.clone());
                }
                self.links.push(keep);
            }
            Event::End(TagEnd::Link | TagEnd::Image) => {
                if self.links.pop() == Some(true) {
                    self.events.push(Event::End(TagEnd::Link));
                }
            }
            Event::Start(Tag::HtmlBlock) => self.html.clear(),
            Event::Html(html) => self.html.push_str(&html),
            Event::End(TagEnd::HtmlBlock) => {
                let html = std::mem::take(&mut self.html);
                self.events.push(Event::Start(Tag::Paragraph));
                pieces(&html).into_iter().for_each(|piece| self.html_piece(piece, true));
                self.end_paragraph();
            }
            Event::InlineHtml(html) => {
                pieces(&html).into_iter().for_each(|piece| self.html_piece(piece, false));
            }
            Event::Start(Tag::Heading { .. } | Tag::TableCell) => {
                self.in_line = true;
                self.events.push(event);
            }
            Event::End(TagEnd::Heading(_) | TagEnd::TableCell) => {
                self.in_line = false;
                self.events.push(event);
            }
            Event::End(TagEnd::Paragraph) => self.end_paragraph(),
            Event::Text(text) if !self.in_code => self.text(&text),
            // The line was broken already.
            Event::SoftBreak if matches!(self.events.last(), Some(Event::HardBreak)) => {}
            // What stood between them may be left out.
            Event::Code(_) if matches!(self.events.last(), Some(Event::Code(_))) => {
                self.events.extend([Event::Text(" ".into()), event]);
            }
            other => self.events.push(other),
        }
    }

    /// What is shown of HTML, in a paragraph of its own or in the middle of one.
    fn html_piece(&mut self, piece: Piece<'_>, is_block: bool) {
        match piece {
            Piece::Text(text) => {
                for (index, line) in text.split('\n').enumerate() {
                    if index > 0 {
                        self.push_break(Event::SoftBreak);
                    }
                    self.text(line);
                }
            }
            Piece::Paragraph if is_block => {
                self.end_paragraph();
                self.events.push(Event::Start(Tag::Paragraph));
            }
            Piece::Paragraph | Piece::Break => self.push_break(Event::HardBreak),
            Piece::Item => {
                self.push_break(Event::HardBreak);
                self.plain("• ");
            }
            Piece::Link(url) => self.link = Some(url.to_owned()),
            Piece::LinkEnd => {
                if let Some(url) = self.link.take() {
                    self.text(&format!(" ({url})"));
                }
            }
        }
    }

    /// A break, but none at the start of a block, or after another.
    fn push_break(&mut self, event: Event<'a>) {
        match self.events.last() {
            Some(Event::SoftBreak) => {
                self.events.pop();
                self.events.push(event);
            }
            None | Some(Event::Start(_) | Event::HardBreak) => {}
            Some(_) if self.in_line => self.events.push(Event::Text(" ".into())),
            Some(_) => self.events.push(event),
        }
        self.broken_at = self.events.len();
    }

    /// Ends a paragraph; one without anything is none.
    fn end_paragraph(&mut self) {
        while matches!(self.events.last(), Some(Event::HardBreak | Event::SoftBreak)) {
            self.events.pop();
        }
        match self.events.last() {
            Some(Event::Start(Tag::Paragraph)) => {
                self.events.pop();
            }
            _ => self.events.push(Event::End(TagEnd::Paragraph)),
        }
    }

    /// Text, with its web addresses as links.
    fn text(&mut self, text: &str) {
        let mut rest = text;
        while let Some(start) = next_url(rest).filter(|_| !self.links.contains(&true)) {
            let (before, after) = rest.split_at(start);
            let length = url_length(after);
            let (url, after) = after.split_at(length);
            self.plain(before);
            self.open_link(LinkType::Autolink, CowStr::from(url.to_owned()));
            self.events.push(Event::Text(CowStr::from(url.to_owned())));
            self.events.push(Event::End(TagEnd::Link));
            rest = after;
        }
        self.plain(rest);
    }

    /// Text in which rustdoc finds no link to an item and no HTML.
    fn plain(&mut self, text: &str) {
        // What stood before it may be left out, and spaces at the start of a block mean code.
        let is_first =
            matches!(self.events.last(), None | Some(Event::Start(_) | Event::HardBreak | Event::SoftBreak));
        let text = if is_first { text.trim_start() } else { text };
        if text.starts_with('`') && matches!(self.events.last(), Some(Event::Code(_))) {
            self.events.push(Event::Text(" ".into()));
        }
        // At the start of a line it may be read as the start of a block.
        let is_plain = text.starts_with(|c: char| c.is_alphabetic() || "•(<[".contains(c));
        let breaks = matches!(self.events.last(), Some(Event::HardBreak | Event::SoftBreak));
        if breaks && self.broken_at == self.events.len() && !is_plain && !text.is_empty() {
            self.events.pop();
            self.events.push(Event::Text(" ".into()));
        }
        if !text.is_empty() {
            let guard =
                |c: char| GUARDS.iter().find(|(symbol, _)| *symbol == c).map_or(c, |(_, guard)| *guard);
            self.events.push(Event::Text(text.chars().map(guard).collect::<String>().into()));
        }
    }

    fn open_link(&mut self, link_type: LinkType, dest_url: CowStr<'a>) {
        // A `|` would end a table's cell.
        let dest_url = if dest_url.contains('|') { dest_url.replace('|', "%7C").into() } else { dest_url };
        self.events.push(Event::Start(Tag::Link { link_type, dest_url, title: "".into(), id: "".into() }));
    }
}

pub(super) fn is_web(url: &str) -> bool {
    url.starts_with("https://") || url.starts_with("http://")
}

/// Where the next web address of a text begins.
fn next_url(text: &str) -> Option<usize> {
    let mut starts = text.match_indices("http").map(|(start, _)| start);
    starts.find(|start| {
        let rest = text.get(*start..).unwrap_or_default();
        is_web(rest) && rest.get(..url_length(rest)).is_some_and(|url| !url.ends_with("//"))
    })
}

/// How much of a text that begins with an address is the address: not the punctuation of the sentence around it.
fn url_length(text: &str) -> usize {
    let end = text.find(|c: char| c.is_whitespace() || c.is_control() || "<>\"'`()[]{}|\\^*".contains(c));
    text.get(..end.unwrap_or(text.len()))
        .unwrap_or_default()
        .trim_end_matches(['.', ',', ';', ':', '!', '?', '_', '~'])
        .len()
}
