//! The guide's table of the traits that each part has, against the traits that a model with this
//! part derives. `compiles` checks that the parts have these traits.

#![allow(clippy::expect_used, clippy::panic, reason = "a test stops at the first surprise")]

mod support;

use std::collections::{BTreeMap, BTreeSet};

use support::Case;

/// A model of the case, the row of its part, and the row of the part's items or value.
const MODELS: [(&str, &str, &str); 29] = [
    ("Text", "text, `model::Base64`", ""),
    ("Encoded", "text, `model::Base64`", ""),
    ("Boolean", "boolean, `i64`, `u64`, `model::UnixTime`", ""),
    ("Signed", "boolean, `i64`, `u64`, `model::UnixTime`", ""),
    ("Unsigned", "boolean, `i64`, `u64`, `model::UnixTime`", ""),
    ("Seconds", "boolean, `i64`, `u64`, `model::UnixTime`", ""),
    ("Float", "number (`f64`)", ""),
    ("Decimal", "`model::Number`, `DateTime`, `Date`, `Uuid`, `Rfc2822`", ""),
    ("Moment", "`model::Number`, `DateTime`, `Date`, `Uuid`, `Rfc2822`", ""),
    ("Day", "`model::Number`, `DateTime`, `Date`, `Uuid`, `Rfc2822`", ""),
    ("Id", "`model::Number`, `DateTime`, `Date`, `Uuid`, `Rfc2822`", ""),
    ("Mailed", "`model::Number`, `DateTime`, `Date`, `Uuid`, `Rfc2822`", ""),
    ("Anything", "any JSON (`model::AnyJson`), a type of yours by `[client.types]`", ""),
    ("Replaced", "any JSON (`model::AnyJson`), a type of yours by `[client.types]`", ""),
    ("ListOfBooleans", "list, map", "boolean, `i64`, `u64`, `model::UnixTime`"),
    ("ListOfAnything", "list, map", "any JSON (`model::AnyJson`), a type of yours by `[client.types]`"),
    ("MapOfBooleans", "list, map", "boolean, `i64`, `u64`, `model::UnixTime`"),
    ("MapOfFloats", "list, map", "number (`f64`)"),
    ("TupleOfBooleans", "tuple", "boolean, `i64`, `u64`, `model::UnixTime`"),
    ("TupleOfDays", "tuple", "`model::Number`, `DateTime`, `Date`, `Uuid`, `Rfc2822`"),
    ("NullableFloat", "optional or nullable value", "number (`f64`)"),
    ("NullableDay", "optional or nullable value", "`model::Number`, `DateTime`, `Date`, `Uuid`, `Rfc2822`"),
    ("Letters", "enum of strings", ""),
    ("Digits", "enum of integers", ""),
    ("Either", "enum of several types, which keeps unknown JSON", ""),
    ("Nested", "list or map that contains itself", ""),
    ("Optional", "undeclared properties and nulls that a struct keeps", ""),
    ("Open", "undeclared properties and nulls that a struct keeps", ""),
    // The undeclared properties are a map.
    ("Listed", "list, map", "number (`f64`)"),
];

/// Rows about models, which each model of the case shows.
const OF_STRUCTS: [&str; 2] = ["struct with required fields", "struct without required fields"];

type Table<'a> = BTreeMap<&'a str, Vec<&'a str>>;

fn cells(row: &str) -> Vec<&str> {
    row.trim_matches('|').split('|').map(str::trim).collect()
}

/// Returns the names of the traits, and each row's cells by its first cell.
fn table(page: &str) -> (Vec<&str>, Table<'_>) {
    let rows: Vec<&str> = page
        .lines()
        .skip_while(|line| !line.starts_with("| part |"))
        .take_while(|line| line.starts_with('|'))
        .collect();
    let traits = rows.first().expect("the head of the table");
    let traits = cells(traits).into_iter().skip(1).map(|name| name.trim_matches('`')).collect();
    let rows = rows.iter().skip(2).map(|row| cells(row));
    (traits, rows.filter_map(|row| Some((*row.first()?, row.get(1..)?.to_vec()))).collect())
}

#[test]
fn a_model_derives_what_the_guide_says_of_its_parts() {
    let (traits, table) = table(include_str!("../../docs/src/configuration.md"));
    let case = Case::all().into_iter().find(|case| case.name == "derives_of_parts").expect("the case");
    let output = case.generate().expect("a client");
    let reported: BTreeSet<&str> = output.diagnostics.iter().map(|one| one.message()).collect();
    let mut used: BTreeSet<&str> = OF_STRUCTS.into();
    for (model, row, inner) in MODELS {
        used.insert(row);
        let cells = table.get(row).unwrap_or_else(|| panic!("no row {row}"));
        for (column, name) in traits.iter().enumerate() {
            let cell = *cells.get(column).expect("a cell for each trait");
            let cell = match cell {
                "items" | "value" => {
                    *table.get(inner).and_then(|row| row.get(column)).expect("the inner row")
                }
                own => own,
            };
            let start = format!("`{model}` can't derive `{name}`: ");
            let is_refused = reported.iter().any(|message| message.starts_with(&start));
            assert_eq!(is_refused, cell == "no", "{model}, {name}: the table has `{cell}` for {row}");
        }
    }
    let rows: BTreeSet<&str> = table.keys().copied().collect();
    assert_eq!(rows, used);
}
