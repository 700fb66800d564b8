//! Prints the table of the figures by keyword.

use super::row::{Row, is_claimed};
use super::suite::Draft;
use comfy_table::{Cell, CellAlignment, Table, presets};
use std::collections::BTreeMap;

const HEADER: [&str; 8] =
    ["keyword", "schemas", "not in OpenAPI", "typed", "valid", "decoded", "the same", "invalid, refused"];

/// Returns a Markdown table with a line for each keyword of a draft, and their sum.
pub(super) fn table(draft: Draft, rows: &BTreeMap<String, Row>) -> String {
    let mut table = Table::new();
    table.load_style(presets::ASCII_MARKDOWN);
    table.set_header(HEADER);
    let (mut sum, mut claimed) = (Row::default(), Row::default());
    for (file, row) in rows {
        table.add_row(cells(file, row));
        sum.add(*row);
        if is_claimed(file) {
            claimed.add(*row);
        }
    }
    table.add_row(cells(draft.name(), &sum));
    table.add_row(cells("keywords whose check is documented", &claimed));
    for column in table.column_iter_mut().skip(1) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    table.to_string()
}

fn cells(file: &str, row: &Row) -> Vec<Cell> {
    let Row { schemas, apart, lowered, valid, decoded, same, invalid, refused } = row;
    let mark = if is_claimed(file) { " *" } else { "" };
    let mut cells = vec![format!("{file}{mark}")];
    cells.extend([schemas, apart, lowered, valid, decoded, same].map(ToString::to_string));
    cells.push(format!("{refused} of {invalid}"));
    cells.into_iter().map(Cell::new).collect()
}
