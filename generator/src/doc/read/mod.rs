//! Reads CommonMark into blocks.
//!
//! HTML that formats text is read too, other HTML is text. Link reference definitions are resolved
//! and removed. Footnotes are text.
//!
//! Bounds: containers and spans nest to [`DEPTH`], and deeper content joins its parent. A text
//! longer than [`SIZE`] is cut. A line with more container marks than [`MARKS`] makes the whole
//! text plain.

mod html;
mod table;

use pulldown_cmark::{Alignment, BrokenLink, CowStr, Event, Options, Parser, Tag, TagEnd, TextMergeStream};

use super::block::{Block, Language};
use super::inline::{Inline, is_blank, is_linkable, item_as, plain, text};

/// The greatest nesting of containers (quotes, lists, items) and spans (emphasis, links). Real
/// descriptions have at most 6.
const DEPTH: usize = 10;

/// The bytes of a text that are shown. The longest real descriptions have about 100 KB.
const SIZE: usize = 1 << 18;

/// The most container marks at the start of a line. The parser's work grows with their square.
const MARKS: usize = 64;

/// Extensions of CommonMark: GitHub's tables, which rustdoc shows.
const EXTENSIONS: Options = Options::ENABLE_TABLES;

/// Reads a document's text.
pub(super) fn document(source: &str) -> Vec<Block> {
    let (shown, left) = cut(source);
    let mut blocks = if shown.lines().any(has_many_marks) {
        vec![Block::Code(Language::Text, shown.to_owned())]
    } else {
        read(Parser::new_ext(shown, EXTENSIONS), false)
    };
    if left > 0 {
        let note = format!("… ({left} more bytes of this text stand in the document.)");
        blocks.push(Block::Paragraph(vec![text(note)]));
    }
    blocks
}

/// Reads the generator's own text. Links name items, and need no target if the label is the item's
/// path.
pub(super) fn fixed(text: &'static str) -> Vec<Block> {
    let path = |link: BrokenLink<'_>| Some((CowStr::from(link.reference.replace('`', "")), CowStr::from("")));
    read(Parser::new_with_broken_link_callback(text, EXTENSIONS, Some(path)), true)
}

fn read<'a>(events: impl Iterator<Item = Event<'a>>, is_ours: bool) -> Vec<Block> {
    let mut reader = Reader { is_ours, ..Reader::default() };
    TextMergeStream::new(events).for_each(|event| reader.event(event));
    reader.finish()
}

/// Returns the start of a text that is read, and the number of bytes cut off.
fn cut(text: &str) -> (&str, usize) {
    let end = (0..=SIZE.min(text.len())).rev().find(|end| text.is_char_boundary(*end)).unwrap_or_default();
    let (start, rest) = text.split_at_checked(end).unwrap_or((text, ""));
    (start, rest.len())
}

/// Returns true if a line opens more containers than are read.
fn has_many_marks(line: &str) -> bool {
    let mut marks = 0;
    let mut before = ' ';
    for c in line.chars().chain(['\n']) {
        match c {
            '>' => marks += 1,
            ' ' | '\t' | '\n' if matches!(before, '*' | '+' | '-' | '.' | ')') => marks += 1,
            ' ' | '\t' | '*' | '+' | '-' | '.' | ')' | '0'..='9' => {}
            _ => break,
        }
        before = c;
    }
    marks > MARKS
}

/// The state while events are read.
#[derive(Default)]
struct Reader {
    is_ours: bool,
    /// The blocks of the text itself. Open containers have their own blocks.
    root: Vec<Block>,
    containers: Vec<Container>,
    /// For each open container of the parser, true if `containers` has it.
    opened: Vec<bool>,
    /// The inlines of the open line. Open spans have their own inlines.
    line: Vec<Inline>,
    spans: Vec<(Span, Vec<Inline>)>,
    /// For each open span of the parser, true if `spans` has it.
    spanned: Vec<bool>,
    /// The heading level of the open line, 0 for a paragraph.
    heading: usize,
    /// The text of the open code block.
    code: Option<String>,
    /// The open HTML block.
    html: Option<String>,
    table: Option<Table>,
}

struct Container {
    kind: Kind,
    is_html: bool,
    blocks: Vec<Block>,
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Quote,
    List { start: Option<u64>, tight: bool },
    Item,
}

#[derive(Clone, PartialEq)]
enum Span {
    Emphasis,
    Strong,
    Code,
    Link(String),
    /// A link that is shown as text.
    Dropped,
}

#[derive(Default)]
struct Table {
    columns: Vec<Alignment>,
    rows: Vec<Vec<Vec<Inline>>>,
    is_html: bool,
}

impl Reader {
    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(part) => match (&mut self.code, &mut self.html) {
                (Some(code), _) | (_, Some(code)) => code.push_str(&part),
                _ => self.push(text(part)),
            },
            Event::Code(code) | Event::InlineMath(code) | Event::DisplayMath(code) => {
                self.push(Inline::Code(code.into_string()));
            }
            Event::Html(html) => match &mut self.html {
                Some(known) => known.push_str(&html),
                None => self.html(&html, true),
            },
            Event::InlineHtml(html) => self.html(&html, false),
            Event::FootnoteReference(name) => self.push(text(format!("[^{name}]"))),
            Event::SoftBreak => self.push(text(" ")),
            Event::HardBreak => self.push(Inline::Break),
            Event::Rule => self.block(Block::Rule),
            Event::TaskListMarker(is_done) => self.push(text(if is_done { "[x] " } else { "[ ] " })),
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Paragraph => {
                self.flush();
                self.loosen();
            }
            Tag::Heading { level, .. } => {
                self.flush();
                self.heading = level as usize;
            }
            Tag::BlockQuote(_) => self.open(Kind::Quote),
            Tag::List(start) => self.open(Kind::List { start, tight: true }),
            Tag::Item => self.open(Kind::Item),
            Tag::CodeBlock(_) => {
                self.flush();
                self.code = Some(String::new());
            }
            Tag::HtmlBlock => {
                self.flush();
                self.html = Some(String::new());
            }
            Tag::Table(columns) => {
                self.flush();
                self.table = Some(Table { columns, ..Table::default() });
            }
            Tag::TableHead | Tag::TableRow => self.row(),
            Tag::TableCell => self.line.clear(),
            Tag::Emphasis => self.span(Span::Emphasis),
            Tag::Strong => self.span(Span::Strong),
            Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. } => {
                self.span(Span::Link(dest_url.into_string()))
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph | TagEnd::Heading(_) => self.flush(),
            TagEnd::BlockQuote(_) | TagEnd::List(_) | TagEnd::Item => self.close(),
            TagEnd::CodeBlock => {
                let code = self.code.take().unwrap_or_default();
                self.block(Block::Code(Language::Text, code));
            }
            TagEnd::HtmlBlock => {
                let html = self.html.take().unwrap_or_default();
                self.html(&html, true);
                self.flush();
            }
            TagEnd::Table => self.end_table(),
            TagEnd::TableCell => self.cell(),
            TagEnd::Emphasis => self.close_span(|span| matches!(span, Span::Emphasis | Span::Dropped)),
            TagEnd::Strong => self.close_span(|span| matches!(span, Span::Strong | Span::Dropped)),
            TagEnd::Link | TagEnd::Image => {
                self.close_span(|span| matches!(span, Span::Link(_) | Span::Dropped));
            }
            _ => {}
        }
    }

    /// Returns all blocks, after the last event.
    fn finish(mut self) -> Vec<Block> {
        self.end_table();
        self.flush();
        while let Some(container) = self.containers.pop() {
            self.enclose(container);
        }
        self.root
    }

    /// Appends an inline to the open span or line.
    fn push(&mut self, inline: Inline) {
        match self.spans.last_mut() {
            Some((_, inlines)) => inlines.push(inline),
            None => self.line.push(inline),
        }
    }

    fn blocks(&mut self) -> &mut Vec<Block> {
        match self.containers.last_mut() {
            Some(container) => &mut container.blocks,
            None => &mut self.root,
        }
    }

    fn block(&mut self, block: Block) {
        self.flush();
        if block.is_empty() {
            return;
        }
        match (&mut self.table, block) {
            // A table cell is one line.
            (Some(_), Block::Code(_, code)) => self.push(Inline::Code(code.trim().to_owned())),
            (Some(_), _) => self.push(Inline::Break),
            (None, block) => self.blocks().push(block),
        }
    }

    /// Ends the open line. In a table cell the line goes on.
    fn flush(&mut self) {
        while !self.spans.is_empty() {
            self.end_span(|_| true);
        }
        if self.table.is_some() {
            self.line.push(Inline::Break);
            return;
        }
        let line = std::mem::take(&mut self.line);
        let level = std::mem::take(&mut self.heading);
        if !is_blank(&line) {
            let block = if level > 0 { Block::Heading(level, line) } else { Block::Paragraph(line) };
            self.blocks().push(block);
        }
    }

    /// Marks the list around a paragraph as loose: empty lines separate its items.
    fn loosen(&mut self) {
        let list = self.containers.len().checked_sub(2).and_then(|index| self.containers.get_mut(index));
        if let Some(Container { kind: Kind::List { tight, .. }, .. }) = list {
            *tight = false;
        }
    }

    /// Opens a container of the parser, unless it is too deep. A list needs a level for its items.
    fn open(&mut self, kind: Kind) {
        self.flush();
        let is_open = self.table.is_none()
            && match kind {
                Kind::Quote => self.containers.len() < DEPTH,
                Kind::List { .. } => self.containers.len() + 1 < DEPTH,
                Kind::Item => self.opened.last() == Some(&true),
            };
        self.opened.push(is_open);
        if is_open {
            self.containers.push(Container { kind, is_html: false, blocks: vec![] });
        }
    }

    /// Closes the container that the parser opened last, and HTML containers in it.
    fn close(&mut self) {
        self.end_table();
        self.flush();
        if self.opened.pop() != Some(true) {
            return;
        }
        while let Some(container) = self.containers.pop() {
            let is_html = container.is_html;
            self.enclose(container);
            if !is_html {
                break;
            }
        }
    }

    /// Moves a closed container into its parent.
    fn enclose(&mut self, Container { kind, blocks, .. }: Container) {
        let around = self.blocks();
        match (kind, around.last_mut()) {
            (Kind::Quote, _) if !blocks.is_empty() => around.push(Block::Quote(blocks)),
            (Kind::List { start, tight }, _) => {
                let items: Vec<Vec<Block>> = blocks
                    .into_iter()
                    .filter_map(|item| match item {
                        Block::List { items, .. } => items.into_iter().next(),
                        _ => None,
                    })
                    .collect();
                let list = Block::List { start, tight, items };
                around.extend((!list.is_empty()).then_some(list));
            }
            // An item by itself, until its list ends.
            (Kind::Item, _) => around.push(Block::List { start: None, tight: true, items: vec![blocks] }),
            (Kind::Quote, _) => {}
        }
    }

    fn span(&mut self, span: Span) {
        let in_link = self.spans.iter().any(|(span, _)| matches!(span, Span::Link(_)));
        let span = match span {
            Span::Link(url) if in_link || !(self.is_ours || is_linkable(&url)) => Span::Dropped,
            span if self.spans.iter().any(|(known, _)| *known == span) => Span::Dropped,
            span => span,
        };
        let is_open = self.spans.len() < DEPTH;
        self.spanned.push(is_open);
        if is_open {
            self.spans.push((span, vec![]));
        }
    }

    /// Ends the span that the parser opened last, unless it was too deep.
    fn close_span(&mut self, is_it: fn(&Span) -> bool) {
        if self.spanned.pop() == Some(true) {
            self.end_span(is_it);
        }
    }

    /// Ends the innermost span that `is_it` selects and the spans inside it. Does nothing if there
    /// is none.
    fn end_span(&mut self, is_it: fn(&Span) -> bool) {
        if !self.spans.iter().any(|(span, _)| is_it(span)) {
            return;
        }
        while let Some((span, inner)) = self.spans.pop() {
            let is_last = is_it(&span);
            match span {
                Span::Emphasis if is_last => self.push(Inline::Emphasis(inner)),
                Span::Strong if is_last => self.push(Inline::Strong(inner)),
                Span::Code if is_last => self.push(Inline::Code(plain(&inner).trim().to_owned())),
                Span::Link(path) if is_last && self.is_ours && !is_linkable(&path) => {
                    self.push(item_as(plain(&inner), path));
                }
                Span::Link(url) if is_last => self.push(Inline::Link { url, label: inner }),
                // A span that was not closed has no effect.
                _ => inner.into_iter().for_each(|inline| self.push(inline)),
            }
            if is_last {
                break;
            }
        }
    }
}
