//! The committed summary of a corpus run.
//!
//! Input: rows. Output: one line for each document in path order, and a comparison with an earlier
//! summary. Only figures that are equal on every machine are included. A figure that was not
//! measured is `-` and is not compared.

use super::row::Row;
use std::collections::BTreeMap;

/// The direction in which a figure is better, if any.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Better {
    More,
    Less,
    Neither,
}

/// A column after the document and its version.
type Column = (&'static str, Better, fn(&Row) -> Option<usize>);

const COLUMNS: &[Column] = &[
    ("operations", Better::Neither, |row| Some(row.declared.operations)),
    ("generated", Better::More, |row| Some(row.generated.operations)),
    ("schemas", Better::Neither, |row| Some(row.declared.schemas)),
    ("generated_schemas", Better::More, |row| Some(row.generated.schemas)),
    ("untyped", Better::Less, |row| Some(row.generated.untyped)),
    ("errors", Better::Less, |row| Some(row.generated.diagnostics.error)),
    ("warnings", Better::Neither, |row| Some(row.generated.diagnostics.warning)),
    ("notes", Better::Neither, |row| Some(row.generated.diagnostics.note)),
    ("clippy_errors", Better::Less, |row| row.check.map(|check| check.errors)),
    ("clippy_warnings", Better::Less, |row| row.check.map(|check| check.warnings)),
    ("rustdoc_warnings", Better::Less, |row| row.rustdoc.map(|check| check.errors + check.warnings)),
    ("renamed", Better::Less, |row| row.generated.renamed),
    ("numbered_names", Better::Less, |row| Some(row.generated.numbered)),
    ("long_names", Better::Neither, |row| Some(row.generated.long)),
    ("examples", Better::Neither, |row| row.examples.map(|examples| examples.found)),
    ("decoded", Better::More, |row| row.examples.map(|examples| examples.decoded)),
    ("roundtrip", Better::More, |row| row.examples.map(|examples| examples.roundtrip)),
    ("valid_examples", Better::Neither, |row| row.examples.map(|examples| examples.valid.found)),
    ("valid_decoded", Better::More, |row| row.examples.map(|examples| examples.valid.decoded)),
    ("valid_roundtrip", Better::More, |row| row.examples.map(|examples| examples.valid.roundtrip)),
];

/// Returns the summary as tab-separated text with a heading.
pub(super) fn text(rows: &BTreeMap<String, Row>) -> String {
    let heading: Vec<&str> =
        ["document", "version"].into_iter().chain(COLUMNS.iter().map(|column| column.0)).collect();
    let mut text = heading.join("\t") + "\n";
    for (file, row) in rows {
        let figures = COLUMNS
            .iter()
            .map(|(_, _, figure)| figure(row).map_or("-".to_owned(), |figure| figure.to_string()));
        let cells: Vec<String> = [file.clone(), row.openapi.clone()].into_iter().chain(figures).collect();
        text.push_str(&(cells.join("\t") + "\n"));
    }
    text
}

/// The comparison of a run with an earlier summary.
#[derive(Debug, Default)]
pub(super) struct Comparison {
    /// A line for each worse figure, such as `a.yaml: untyped was 3, is 5`.
    pub(super) worse: Vec<String>,
    pub(super) better: usize,
}

/// Compares `rows` with the summary `earlier`, for the documents and figures that both have.
pub(super) fn compare(rows: &BTreeMap<String, Row>, earlier: &str) -> Comparison {
    let mut lines = earlier.lines().map(|line| line.split('\t'));
    let heading: Vec<&str> = lines.next().into_iter().flatten().collect();
    let mut comparison = Comparison::default();
    for line in lines {
        let cells: BTreeMap<&str, &str> = heading.iter().copied().zip(line).collect();
        let Some((file, row)) = cells.get("document").and_then(|file| rows.get_key_value(*file)) else {
            continue;
        };
        for (name, better, figure) in COLUMNS {
            let was = cells.get(name).and_then(|cell| cell.parse::<usize>().ok());
            let (Some(was), Some(is)) = (was, figure(row)) else { continue };
            match (better, was.cmp(&is)) {
                (Better::Neither, _) | (_, std::cmp::Ordering::Equal) => {}
                (Better::More, std::cmp::Ordering::Less) | (Better::Less, std::cmp::Ordering::Greater) => {
                    comparison.better += 1
                }
                _ => comparison.worse.push(format!("{file}: {name} was {was}, is {is}")),
            }
        }
    }
    comparison
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crates::Check;

    fn rows(schemas: usize, untyped: usize, errors: Option<usize>) -> BTreeMap<String, Row> {
        let mut row = Row { openapi: "3.0.0".to_owned(), ..Row::default() };
        row.generated.schemas = schemas;
        row.generated.untyped = untyped;
        row.generated.diagnostics.note = untyped;
        row.check = errors.map(|errors| Check { errors, warnings: 0 });
        BTreeMap::from([("a/b.yaml".to_owned(), row)])
    }

    #[test]
    fn a_figure_is_worse_in_its_own_direction() {
        let earlier = text(&rows(3, 3, Some(0)));
        assert_eq!(compare(&rows(3, 3, Some(0)), &earlier).worse.len(), 0);
        let worse = compare(&rows(2, 5, Some(1)), &earlier);
        assert_eq!((worse.worse.len(), worse.better), (3, 0), "{worse:?}");
        assert_eq!(worse.worse[1], "a/b.yaml: untyped was 3, is 5");
        let better = compare(&rows(4, 2, None), &earlier);
        assert_eq!((better.worse.len(), better.better), (0, 2), "{better:?}");
    }

    #[test]
    fn figures_that_were_not_measured_are_not_compared() {
        let earlier = text(&rows(3, 3, None));
        assert!(
            earlier.lines().nth(1).unwrap().starts_with("a/b.yaml\t3.0.0\t0\t0\t0\t3\t3\t0\t0\t3\t-\t-\t-")
        );
        assert_eq!(compare(&rows(3, 3, Some(7)), &earlier).worse.len(), 0);
        assert_eq!(compare(&BTreeMap::new(), &earlier).worse.len(), 0);
    }
}
