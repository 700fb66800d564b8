//! Reads tables, of CommonMark and of HTML.

use pulldown_cmark::Alignment;

use super::Reader;
use crate::doc::block::Block;
use crate::doc::inline::is_blank;

impl Reader {
    pub(super) fn row(&mut self) {
        self.line.clear();
        if let Some(table) = &mut self.table {
            table.rows.push(vec![]);
        }
    }

    pub(super) fn cell(&mut self) {
        while !self.spans.is_empty() {
            self.end_span(|_| true);
        }
        let line = std::mem::take(&mut self.line);
        if let Some(row) = self.table.as_mut().and_then(|table| table.rows.last_mut()) {
            row.push(line);
        }
    }

    /// Ends a table. A table of one cell becomes the content of the cell.
    pub(super) fn end_table(&mut self) {
        let Some(table) = self.table.take() else { return };
        if table.is_html {
            self.table = Some(table);
            self.html_cell();
            let Some(mut table) = self.table.take() else { return };
            table.rows.retain(|row| row.iter().any(|cell| !is_blank(cell)));
            let width = table.rows.iter().map(Vec::len).max().unwrap_or_default();
            if width < 2 {
                for cell in table.rows.into_iter().flatten().filter(|cell| !is_blank(cell)) {
                    self.blocks().push(Block::Paragraph(cell));
                }
                return;
            }
            table.columns = vec![Alignment::None; width];
            self.block(Block::Table(table.columns, table.rows));
        } else {
            self.line.clear();
            self.block(Block::Table(table.columns, table.rows));
        }
    }

    /// Ends a cell of an HTML table, unless it is empty.
    pub(super) fn html_cell(&mut self) {
        if is_blank(&self.line) && self.spans.is_empty() {
            self.line.clear();
            return;
        }
        self.cell();
    }
}
