//! Cleaning: CommonMark events in, events that rustdoc shows and does not act on out.

use pulldown_cmark::{CodeBlockKind, CowStr, Event, LinkType, Tag, TagEnd};

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
            Event::Start(Tag::HtmlBlock) => self.events.push(Event::Start(Tag::Paragraph)),
            Event::End(TagEnd::HtmlBlock) => self.events.push(Event::End(TagEnd::Paragraph)),
            Event::Html(html) => {
                for line in html.lines().map(str::trim).filter(|line| !line.is_empty()) {
                    self.text(line);
                    self.events.push(Event::SoftBreak);
                }
            }
            Event::InlineHtml(html) => self.text(&html),
            Event::Text(text) if !self.in_code => self.text(&text),
            other => self.events.push(other),
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
