//! Blocks: the structure of documentation text, and functions that compose texts.

use pulldown_cmark::Alignment;

use super::inline::{self, Inline, text};
use super::{print, read};

/// Text for a doc comment.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct DocText {
    blocks: Vec<Block>,
}

/// A block: a part of a text that has lines of its own.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Block {
    Paragraph(Vec<Inline>),
    /// A heading of a level from 1 to 6.
    Heading(usize, Vec<Inline>),
    Code(Language, String),
    Quote(Vec<Block>),
    /// A list. `start` is the number of the first item of a numbered list. Items of a tight list
    /// have no empty lines between them.
    List {
        start: Option<u64>,
        tight: bool,
        items: Vec<Vec<Block>>,
    },
    /// A table: the alignments of its columns, and its rows. The first row is the head.
    Table(Vec<Alignment>, Vec<Vec<Vec<Inline>>>),
    Rule,
}

/// How rustdoc treats a code block.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Language {
    /// As text.
    Text,
    /// As Rust that is not tested.
    Ignored,
    /// As Rust that is compiled, but not run.
    Compiled,
}

impl DocText {
    /// Parses a document's CommonMark.
    pub(crate) fn markdown(text: &str) -> Self {
        Self { blocks: read::document(text) }
    }

    /// Parses the generator's own CommonMark. Its links may name items: `` [`Client`] ``.
    pub(crate) fn fixed(text: &'static str) -> Self {
        Self { blocks: read::fixed(text) }
    }

    /// Returns one paragraph.
    pub(crate) fn line(inlines: impl IntoIterator<Item = Inline>) -> Self {
        let inlines = Vec::from_iter(inlines);
        Self { blocks: Vec::from_iter((!inline::is_blank(&inlines)).then_some(Block::Paragraph(inlines))) }
    }

    /// Parses text that is one line in the document, such as a title. Text that is more than one
    /// paragraph of CommonMark is shown as written.
    pub(crate) fn title(title: &str) -> Self {
        let read = Self::markdown(title);
        match read.blocks.as_slice() {
            [] | [Block::Paragraph(_)] => read,
            _ => Self::line([text(title)]),
        }
    }

    /// Returns an example of Rust code that rustdoc does not test.
    pub(crate) fn example(lines: &[String]) -> Self {
        Self { blocks: vec![Block::Code(Language::Ignored, lines.join("\n"))] }
    }

    /// Returns an example of Rust code that rustdoc compiles. Lines that begin with `# ` are hidden.
    pub(crate) fn compiled_example(lines: &[String]) -> Self {
        Self { blocks: vec![Block::Code(Language::Compiled, lines.join("\n"))] }
    }

    /// Joins texts, one after another.
    pub(crate) fn join(texts: impl IntoIterator<Item = Self>) -> Self {
        Self { blocks: texts.into_iter().flat_map(|text| text.blocks).collect() }
    }

    /// Returns a list with one item for each text. Items of one line have no empty lines between
    /// them.
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

    /// Returns a heading with the text below it, or nothing if the text is empty.
    pub(crate) fn section(heading: &'static str, body: Self) -> Self {
        if body.is_empty() {
            return body;
        }
        let heading = Block::Heading(1, vec![text(heading)]);
        Self { blocks: [heading].into_iter().chain(body.blocks).collect() }
    }

    /// Inserts inlines at the start of the first line. A text that begins with another block, such
    /// as a table, gets a new paragraph.
    pub(crate) fn prefixed(self, prefix: impl IntoIterator<Item = Inline>) -> Self {
        let mut blocks = self.blocks.into_iter().peekable();
        let first = match blocks.next_if(|block| matches!(block, Block::Paragraph(_))) {
            Some(Block::Paragraph(inlines)) => inlines,
            _ => vec![],
        };
        let first = Block::Paragraph(prefix.into_iter().chain(first).collect());
        Self { blocks: [first].into_iter().chain(blocks).collect() }
    }

    /// Appends inlines to the last line. A text that does not end with a paragraph gets a new one.
    pub(crate) fn suffixed(mut self, suffix: impl IntoIterator<Item = Inline>) -> Self {
        match self.blocks.last_mut() {
            Some(Block::Paragraph(inlines)) => inlines.extend(suffix),
            _ => self.blocks.push(Block::Paragraph(suffix.into_iter().collect())),
        }
        self
    }

    /// Returns the text as an item of a list: `` `name`: text ``.
    pub(crate) fn named(self, name: &str) -> Self {
        self.prefixed([inline::code(name), text(": ")])
    }

    /// Adds a full stop if the text is one paragraph that ends with a word.
    pub(crate) fn stopped(mut self) -> Self {
        if let [Block::Paragraph(inlines)] = self.blocks.as_mut_slice()
            && inline::plain(inlines).trim_end().ends_with(char::is_alphanumeric)
        {
            inlines.push(text("."));
        }
        self
    }

    /// Returns true if the text begins with a paragraph that contains this code.
    pub(crate) fn shows_code(&self, code: &str) -> bool {
        let is_code = |inline: &Inline| matches!(inline, Inline::Code(text) if text == code);
        matches!(self.blocks.first(), Some(Block::Paragraph(inlines)) if inlines.iter().any(is_code))
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.blocks.is_empty()
    }

    /// Returns the text as CommonMark that has no side effects in rustdoc, as lines of a doc
    /// comment without `///`.
    pub(crate) fn lines(&self) -> Vec<String> {
        print::lines(&self.blocks)
    }
}

impl Block {
    /// Returns true if the block would show nothing.
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
