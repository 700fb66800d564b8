//! Blocks: the structure of documentation text, and how texts are composed.

use pulldown_cmark::Alignment;

use super::inline::{self, Inline, text};
use super::{print, read};

/// Text for a doc comment.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct DocText {
    blocks: Vec<Block>,
}

/// A part of a text that stands on lines of its own.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Block {
    Paragraph(Vec<Inline>),
    /// A heading of a level from 1 to 6.
    Heading(usize, Vec<Inline>),
    Code(Language, String),
    Quote(Vec<Block>),
    /// A list, numbered from `start` where it has one. The items of a tight list have no empty lines between them.
    List {
        start: Option<u64>,
        tight: bool,
        items: Vec<Vec<Block>>,
    },
    /// A table: its columns' alignments, and its rows, of which the first is the head.
    Table(Vec<Alignment>, Vec<Vec<Vec<Inline>>>),
    Rule,
}

/// What rustdoc does with a code block.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Language {
    /// Shows it.
    Text,
    /// Shows it as Rust.
    Ignored,
}

impl DocText {
    /// Reads a document's CommonMark.
    pub(crate) fn markdown(text: &str) -> Self {
        Self { blocks: read::document(text) }
    }

    /// Reads our own CommonMark, whose links may name items: `` [`Client`] ``.
    pub(crate) fn fixed(text: &'static str) -> Self {
        Self { blocks: read::fixed(text) }
    }

    /// One paragraph.
    pub(crate) fn line(inlines: impl IntoIterator<Item = Inline>) -> Self {
        let inlines = Vec::from_iter(inlines);
        Self { blocks: Vec::from_iter((!inline::is_blank(&inlines)).then_some(Block::Paragraph(inlines))) }
    }

    /// A text that is one line in the document, as a title is: its CommonMark where that is one paragraph, else the
    /// text as it is written.
    pub(crate) fn title(title: &str) -> Self {
        let read = Self::markdown(title);
        match read.blocks.as_slice() {
            [] | [Block::Paragraph(_)] => read,
            _ => Self::line([text(title)]),
        }
    }

    /// An example of Rust code that no test is made of.
    pub(crate) fn example(lines: &[String]) -> Self {
        Self { blocks: vec![Block::Code(Language::Ignored, lines.join("\n"))] }
    }

    /// The texts, one after another.
    pub(crate) fn join(texts: impl IntoIterator<Item = Self>) -> Self {
        Self { blocks: texts.into_iter().flat_map(|text| text.blocks).collect() }
    }

    /// A list with one item for each text, without empty lines between items of one line.
    pub(crate) fn list(items: impl IntoIterator<Item = Self>) -> Self {
        let items: Vec<Vec<Block>> = items.into_iter().map(|item| item.blocks).collect();
        let is_short = |item: &Vec<Block>| match item.as_slice() {
            [] | [Block::Paragraph(_)] => true,
            [Block::Paragraph(_), Block::List { tight, .. }] => *tight,
            _ => false,
        };
        let tight = items.iter().all(is_short);
        let list = Block::List { start: None, tight, items };
        Self { blocks: Vec::from_iter((!list.is_empty()).then_some(list)) }
    }

    /// A heading with the text below it; nothing where the text is empty.
    pub(crate) fn section(heading: &'static str, body: Self) -> Self {
        if body.is_empty() {
            return body;
        }
        let heading = Block::Heading(1, vec![text(heading)]);
        Self { blocks: [heading].into_iter().chain(body.blocks).collect() }
    }

    /// The text with these inlines at the start of its first line. A text that does not begin with a paragraph, as a
    /// table, gets one before it.
    pub(crate) fn prefixed(self, prefix: impl IntoIterator<Item = Inline>) -> Self {
        let mut blocks = self.blocks.into_iter().peekable();
        let first = match blocks.next_if(|block| matches!(block, Block::Paragraph(_))) {
            Some(Block::Paragraph(inlines)) => inlines,
            _ => vec![],
        };
        let first = Block::Paragraph(prefix.into_iter().chain(first).collect());
        Self { blocks: [first].into_iter().chain(blocks).collect() }
    }

    /// The text with these inlines at the end of its last line. A text that does not end with a paragraph gets one.
    pub(crate) fn suffixed(mut self, suffix: impl IntoIterator<Item = Inline>) -> Self {
        match self.blocks.last_mut() {
            Some(Block::Paragraph(inlines)) => inlines.extend(suffix),
            _ => self.blocks.push(Block::Paragraph(suffix.into_iter().collect())),
        }
        self
    }

    /// The text as the item `name` of a list: `` `name`: text ``.
    pub(crate) fn named(self, name: &str) -> Self {
        self.prefixed([inline::code(name), text(": ")])
    }

    /// The text with a full stop at its end, where it is one paragraph that ends with a word.
    pub(crate) fn stopped(mut self) -> Self {
        if let [Block::Paragraph(inlines)] = self.blocks.as_mut_slice()
            && inline::plain(inlines).trim_end().ends_with(char::is_alphanumeric)
        {
            inlines.push(text("."));
        }
        self
    }

    /// Returns true if the text is a paragraph, or begins with one, that holds this code.
    pub(crate) fn shows_code(&self, code: &str) -> bool {
        let is_code = |inline: &Inline| matches!(inline, Inline::Code(text) if text == code);
        matches!(self.blocks.first(), Some(Block::Paragraph(inlines)) if inlines.iter().any(is_code))
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.blocks.is_empty()
    }

    /// The text as CommonMark that rustdoc shows and does not act on, in lines of a doc comment without its sign.
    pub(crate) fn lines(&self) -> Vec<String> {
        print::lines(&self.blocks)
    }
}

impl Block {
    /// Returns true if nothing would be shown of the block.
    pub(super) fn is_empty(&self) -> bool {
        match self {
            Self::Paragraph(inlines) | Self::Heading(_, inlines) => inline::is_blank(inlines),
            Self::Code(_, text) => text.trim().is_empty(),
            Self::Quote(blocks) => blocks.is_empty(),
            Self::List { items, .. } => items.iter().all(Vec::is_empty),
            Self::Table(columns, rows) => columns.is_empty() || rows.is_empty(),
            Self::Rule => false,
        }
    }
}
