//! Checks each row of the guide's support table against its case.

mod support;

use support::Case;

/// Codes of changed names. The type is still generated.
const OF_NAMES: [&str; 2] = ["W005", "N002"];

#[test]
fn the_table_of_what_is_supported_is_true() {
    let page = include_str!("../../docs/src/support.md");
    let rows =
        page.lines().skip_while(|line| !line.starts_with('|')).take_while(|line| line.starts_with('|'));
    let rows: Vec<Vec<&str>> =
        rows.skip(2).map(|row| row.trim_matches('|').split('|').map(str::trim).collect()).collect();
    assert!(rows.len() > 20, "the table has {} rows", rows.len());
    let cases = Case::all();
    let mut named = Vec::new();
    for row in &rows {
        let [what, verdict, shown_by] = row.as_slice() else { panic!("a row has three cells: {row:?}") };
        let name = shown_by.trim_matches('`');
        let case = cases.iter().find(|case| format!("{}/{}", case.area, case.name) == name);
        let case = case.unwrap_or_else(|| panic!("{what}: there is no case {name}"));
        let diagnostics = match case.generate() {
            Ok(output) => output.diagnostics,
            Err(diagnostics) => diagnostics,
        };
        let mut codes: Vec<&str> = diagnostics.iter().map(|one| one.code().id()).collect();
        if *verdict == "yes" {
            codes.retain(|code| !OF_NAMES.contains(code));
            assert!(codes.is_empty(), "{what}: {name} gives {codes:?}");
        } else {
            let code = verdict.trim_matches('`');
            assert!(codes.contains(&code), "{what}: {name} does not give {code}, but {codes:?}");
        }
        named.push(name);
    }
    for case in cases.iter().filter(|case| !["errors", "normalise"].contains(&case.area.as_str())) {
        let name = format!("{}/{}", case.area, case.name);
        assert!(named.contains(&name.as_str()), "the guide's table does not name the case {name}");
    }
}
