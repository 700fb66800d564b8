//! Prints the rows as a table.

use super::row::{Examples, Row, Valid};
use comfy_table::{Cell, CellAlignment, Table, presets};
use std::collections::BTreeMap;

const COLUMNS: [&str; 22] = [
    "document",
    "version",
    "operations",
    "generated",
    "skipped",
    "schemas",
    "generated",
    "untyped",
    "errors",
    "warnings",
    "notes",
    "ms",
    "MiB",
    "clippy",
    "rustdoc",
    "renamed",
    "names",
    "numbered",
    "long",
    "examples",
    "valid",
    "by code",
];

/// Returns one row for each document, and their sum. Examples are counted as found, decoded and
/// round-tripped.
pub(super) fn table(rows: &BTreeMap<String, Row>) -> String {
    let mut table = Table::new();
    table.load_style(presets::UTF8_BORDERS_ONLY).set_header(COLUMNS);
    let mut sum = Row::default();
    for (file, row) in rows {
        table.add_row(cells(file, row));
        add(&mut sum, row);
    }
    table.add_row(cells(&format!("{} documents", rows.len()), &sum));
    let why = sum.generated.untyped_why.iter().map(|(why, count)| format!("\n{count} untyped: {why}"));
    let why: String = why.collect();
    for column in table.column_iter_mut().skip(2).take(19) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    format!("{table}{why}\n")
}

fn cells(file: &str, row: &Row) -> Vec<Cell> {
    let Row { openapi, declared, generated, failure, check, rustdoc, examples } = row;
    let codes = generated.codes.iter().map(|(code, count)| format!("{code}×{count}"));
    let mut remarks: Vec<String> = codes.collect();
    remarks.extend(failure.as_ref().map(|failure| failure.lines().next().unwrap_or_default().to_owned()));
    let mut cells = vec![Cell::new(file), Cell::new(openapi)];
    let numbers = [
        declared.operations,
        generated.operations,
        generated.operations_skipped,
        declared.schemas,
        generated.schemas,
        generated.untyped,
        generated.diagnostics.error,
        generated.diagnostics.warning,
        generated.diagnostics.note,
    ];
    cells.extend(numbers.map(Cell::new));
    cells.push(Cell::new(generated.generate_ms));
    cells.push(Cell::new(generated.peak_kib.map(|kib| (kib / 1024).to_string()).unwrap_or_default()));
    for check in [check, rustdoc] {
        let check = check.map(|check| format!("{} + {}", check.errors, check.warnings));
        cells.push(Cell::new(check.unwrap_or_default()));
    }
    cells.push(Cell::new(generated.renamed.map(|renamed| renamed.to_string()).unwrap_or_default()));
    cells.extend([generated.names, generated.numbered, generated.long].map(Cell::new));
    let examples = examples.map(|all| {
        let Examples { found, decoded, roundtrip, valid, .. } = all;
        [
            format!("{found} {decoded} {roundtrip}"),
            format!("{} {} {}", valid.found, valid.decoded, valid.roundtrip),
        ]
    });
    cells.extend(examples.unwrap_or_default().map(Cell::new));
    cells.push(Cell::new(remarks.join(" ")));
    cells
}

/// Adds a row to the totals. The total of the peak memory is the maximum.
fn add(sum: &mut Row, row: &Row) {
    sum.declared.operations += row.declared.operations;
    sum.declared.schemas += row.declared.schemas;
    let (all, one) = (&mut sum.generated, &row.generated);
    all.operations += one.operations;
    all.operations_skipped += one.operations_skipped;
    all.schemas += one.schemas;
    all.untyped += one.untyped;
    all.names += one.names;
    all.numbered += one.numbered;
    all.long += one.long;
    all.diagnostics.error += one.diagnostics.error;
    all.diagnostics.warning += one.diagnostics.warning;
    all.diagnostics.note += one.diagnostics.note;
    all.generate_ms += one.generate_ms;
    all.peak_kib = all.peak_kib.max(one.peak_kib);
    if let Some(renamed) = one.renamed {
        *all.renamed.get_or_insert_default() += renamed;
    }
    for (why, count) in &one.untyped_why {
        *all.untyped_why.entry(why.clone()).or_default() += count;
    }
    for (code, count) in &one.codes {
        *all.codes.entry(code.clone()).or_default() += count;
    }
    for (all, one) in [(&mut sum.check, row.check), (&mut sum.rustdoc, row.rustdoc)] {
        if let Some(check) = one {
            let all = all.get_or_insert_default();
            all.errors += check.errors;
            all.warnings += check.warnings;
        }
    }
    if let Some(one) = row.examples {
        let all = sum.examples.get_or_insert_default();
        all.found += one.found;
        all.decoded += one.decoded;
        all.roundtrip += one.roundtrip;
        add_valid(&mut all.valid, one.valid);
        add_valid(&mut all.valid_but_for_format, one.valid_but_for_format);
    }
}

fn add_valid(all: &mut Valid, one: Valid) {
    all.found += one.found;
    all.decoded += one.decoded;
    all.roundtrip += one.roundtrip;
    all.but_for_time += one.but_for_time;
}
