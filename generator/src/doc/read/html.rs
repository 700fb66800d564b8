//! Reads HTML that formats text: opens and closes containers, spans and tables.

use super::{Container, DEPTH, Kind, Reader, Span, Table};
use crate::doc::block::{Block, Language};
use crate::doc::html::{Act, Piece, attribute, decoded, pieces};
use crate::doc::inline::{Inline, is_linkable, text};

impl Reader {
    /// Reads HTML: a block, or a piece inside a line.
    pub(super) fn html(&mut self, html: &str, is_block: bool) {
        let mut pre: Option<String> = None;
        for piece in pieces(html) {
            match (&mut pre, piece) {
                (Some(code), Piece::Tag(_, Act::Preformatted, true)) => {
                    let code = std::mem::take(code);
                    pre = None;
                    self.block(Block::Code(Language::Text, code.trim_matches('\n').to_owned()));
                }
                (Some(_), Piece::Tag(..)) => {}
                (Some(code), Piece::Text(part)) => code.push_str(&decoded(part)),
                (None, Piece::Tag(_, Act::Preformatted, false)) if is_block => pre = Some(String::new()),
                (None, Piece::Text(part)) => self.push(text(decoded(part))),
                (None, Piece::Tag(tag, act, is_end)) => self.act(tag, act, is_end),
            }
        }
        if let Some(code) = pre {
            self.block(Block::Code(Language::Text, code));
        }
    }

    fn act(&mut self, tag: &str, act: Act, is_end: bool) {
        match (act, is_end) {
            (Act::Nothing, _) => {}
            (Act::Table, false) => {
                self.end_table();
                self.flush();
                self.table = Some(Table { is_html: true, ..Table::default() });
            }
            (Act::Table, true) => {
                if self.table.as_ref().is_some_and(|table| table.is_html) {
                    self.end_table();
                }
            }
            (Act::Row | Act::Cell, _) => {
                let Some(table) = self.table.as_ref().filter(|table| table.is_html) else {
                    return self.push(text(" "));
                };
                let has_row = !table.rows.is_empty();
                self.html_cell();
                if (act == Act::Row && !is_end) || !has_row {
                    self.row();
                }
            }
            (Act::Break, _) => self.push(Inline::Break),
            (Act::Rule, _) => self.block(Block::Rule),
            (Act::Paragraph | Act::Preformatted, _) | (Act::Heading(_), true) => self.flush(),
            (Act::Heading(level), false) => {
                self.flush();
                self.heading = level;
            }
            (Act::Quote, false) => self.open_html(Kind::Quote),
            (Act::List, false) => self.open_html(Kind::List { start: None, tight: true }),
            (Act::NumberedList, false) => self.open_html(Kind::List { start: Some(1), tight: true }),
            (Act::Item, false) => {
                self.close_html(|kind| matches!(kind, Kind::Item), |kind| matches!(kind, Kind::List { .. }));
                let in_list = matches!(
                    self.containers.last(),
                    Some(Container { kind: Kind::List { .. }, is_html: true, .. })
                );
                if !in_list {
                    self.open_html(Kind::List { start: None, tight: true });
                }
                self.open_html(Kind::Item);
            }
            (Act::Quote, true) => self.close_html(|kind| kind == Kind::Quote, |_| false),
            (Act::List | Act::NumberedList, true) => {
                self.close_html(|kind| matches!(kind, Kind::List { .. }), |_| false);
            }
            (Act::Item, true) => {
                self.close_html(|kind| kind == Kind::Item, |kind| matches!(kind, Kind::List { .. }));
            }
            (Act::Code, false) => self.html_span(Span::Code),
            (Act::Code, true) => self.end_span(|span| *span == Span::Code),
            (Act::Emphasis, false) => self.html_span(Span::Emphasis),
            (Act::Emphasis, true) => self.end_span(|span| *span == Span::Emphasis),
            (Act::Strong, false) => self.html_span(Span::Strong),
            (Act::Strong, true) => self.end_span(|span| *span == Span::Strong),
            (Act::Link, false) => {
                if let Some(url) = attribute(tag, "href").filter(|url| is_linkable(url)) {
                    self.html_span(Span::Link(url));
                }
            }
            (Act::Link, true) => self.end_span(|span| matches!(span, Span::Link(_))),
            (Act::Image, _) => {
                let label = attribute(tag, "alt").filter(|alt| !alt.trim().is_empty());
                let label = vec![text(label.unwrap_or_else(|| "image".to_owned()))];
                match attribute(tag, "src").filter(|url| is_linkable(url)) {
                    Some(url) => self.push(Inline::Link { url, label }),
                    None => label.into_iter().for_each(|label| self.push(label)),
                }
            }
        }
    }

    /// Opens a span of HTML, unless it is too deep. Links do not nest.
    fn html_span(&mut self, span: Span) {
        let in_link = self.spans.iter().any(|(span, _)| matches!(span, Span::Link(_)));
        let is_open = self.spans.iter().any(|(known, _)| *known == span);
        if self.spans.len() < DEPTH && !is_open && !(in_link && matches!(span, Span::Link(_))) {
            self.spans.push((span, vec![]));
        }
    }

    fn open_html(&mut self, kind: Kind) {
        self.flush();
        if self.table.is_none() && self.containers.len() + 1 < DEPTH {
            self.containers.push(Container { kind, is_html: true, blocks: vec![] });
        }
    }

    /// Closes the innermost HTML container that `is_it` selects and the containers inside it. The
    /// search stops at a container that `ends` selects.
    fn close_html(&mut self, is_it: fn(Kind) -> bool, ends: fn(Kind) -> bool) {
        self.flush();
        let inner = self.containers.iter().rev().take_while(|container| container.is_html);
        let found =
            inner.take_while(|container| !ends(container.kind)).position(|container| is_it(container.kind));
        for _ in 0..found.map_or(0, |found| found + 1) {
            if let Some(container) = self.containers.pop() {
                self.enclose(container);
            }
        }
    }
}
