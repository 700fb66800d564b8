//! Limits the size of clients: lines for each operation and each field, over all cases.
//!
//! The limits are slightly above the current sizes. A change that needs more lines has to raise
//! them, with a reason.

mod support;

use support::Case;

/// Lines of `src/requests` for each operation. Eight are the example of a call and its place.
const OPERATION: usize = 58;
/// Lines of `src/models` for each public field and enum variant.
const FIELD: usize = 16;

#[test]
fn a_client_has_few_lines() {
    let (mut operations, mut fields, mut requests, mut models) = (0, 0, 0, 0);
    for case in Case::all() {
        let Ok(output) = case.generate() else { continue };
        operations += output.summary.operations;
        for (path, text) in &output.files {
            if path.starts_with("src/requests/") {
                requests += text.lines().count();
            } else if path.starts_with("src/models/") {
                models += text.lines().count();
                fields += text.lines().filter(|line| is_member(line)).count();
            }
        }
    }
    let (operation, field) = (requests / operations, models / fields);
    println!("{operation} lines an operation, {field} lines a field");
    assert!(operation <= OPERATION, "{operation} lines an operation");
    assert!(field <= FIELD, "{field} lines a field");
}

/// Returns true for a field or a variant.
fn is_member(line: &str) -> bool {
    let Some(inner) = line.strip_prefix("    ") else { return false };
    let is_field = inner.starts_with("pub ") && inner.contains(": ") && !inner.contains('(');
    let is_variant = inner.starts_with(char::is_uppercase) && inner.ends_with(',');
    is_field || is_variant
}
