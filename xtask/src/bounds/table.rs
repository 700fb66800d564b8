//! Prints the table of the measured costs, worst first.

use comfy_table::{Cell, CellAlignment, Table, presets};

use super::row::{Bars, Row};

/// The number of columns with figures.
const FIGURES: usize = 8;

/// Returns a line for each row.
pub(super) fn table(rows: &[Row], bars: &Bars) -> String {
    let mut table = Table::new();
    table.load_style(presets::ASCII_MARKDOWN);
    table.set_header([
        "input", "of bar", "KB", "CPU s", "MB", "KB", "CPU s", "MB", "growth", "gives", "verdict",
    ]);
    for row in rows {
        let mut cells = vec![row.name.clone(), format!("{:.2}", row.badness(bars))];
        for index in 0..2 {
            cells.extend(match row.measured.get(index) {
                Some(one) => [
                    format!("{:.1}", one.bytes as f64 / 1e3),
                    format!("{:.2}", one.cpu_seconds),
                    (one.peak_kib / 1024).to_string(),
                ],
                None => Default::default(),
            });
        }
        cells.push(row.growth(bars.noise).map_or_else(String::new, |growth| format!("{growth:.2}")));
        cells.push(row.measured.last().map_or_else(String::new, |one| one.outcome.to_string()));
        cells.push(row.verdict(bars));
        table.add_row(cells.into_iter().map(Cell::new));
    }
    for column in table.column_iter_mut().skip(1).take(FIGURES) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    format!("{table}\n")
}
