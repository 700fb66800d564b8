//! The messages of `--json`: the guide lists every member, and no other.

#![allow(clippy::unwrap_used, reason = "clippy.toml allows it in test functions, not in what they call")]

mod support;

use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use support::{DOCUMENT, folder, run, wirewright, with_parameter, with_warnings};

/// Runs a command with `--json`. Returns its exit code and its messages.
fn messages(folder: &Path, arguments: &str) -> (i32, Vec<Value>) {
    let (code, out, err) = run(wirewright(folder, &format!("{arguments} --json")));
    assert_eq!(err, "", "{arguments}");
    (code, out.lines().map(|line| serde_json::from_str(line).unwrap()).collect())
}

/// Returns the messages of a type.
fn of<'a>(kind: &str, messages: &'a [Value]) -> Vec<&'a Value> {
    messages.iter().filter(|message| message["$message_type"] == kind).collect()
}

#[test]
fn a_message_is_one_line() {
    let folder = folder(&with_warnings(1));
    let (code, lines) = messages(folder.path(), "generate openapi.yaml --out client");
    assert_eq!(code, 0);
    assert_eq!(
        (&lines[0]["$message_type"], &lines[0]["code"]["code"]),
        (&"diagnostic".into(), &"W003".into())
    );
    assert_eq!(lines[0]["spans"][0]["file_name"], "openapi.yaml");
    let summary = lines.last().unwrap();
    assert_eq!((&summary["$message_type"], &summary["mode"]), (&"summary".into(), &"write".into()));
    assert_eq!((&summary["client"], &summary["operations"]), (&"client".into(), &1.into()));
    assert_eq!(summary["added"], of("file", &lines).len());
    let (code, lines) = messages(folder.path(), "check openapi.yaml --out client --deny warnings");
    assert_eq!((code, &lines.last().unwrap()["$message_type"]), (2, &"failure".into()));
}

#[test]
fn check_names_each_file_that_differs_and_shows_how() {
    let folder = folder(DOCUMENT);
    let client = folder.path().join("client");
    assert_eq!(messages(folder.path(), "generate openapi.yaml --out client").0, 0);
    let read = |path: &str| fs::read_to_string(client.join(path)).unwrap();
    let library = read("src/lib.rs");
    let first = library.lines().next().unwrap();
    fs::write(client.join("src/lib.rs"), library.replacen(first, &format!("{first}\n// one\n// two"), 1))
        .unwrap();
    fs::write(client.join("src/stale.rs"), format!("{first}\n// stale\n")).unwrap();
    let lock = read("client.lock");
    fs::remove_file(client.join("client.lock")).unwrap();

    let (code, lines) = messages(folder.path(), "check openapi.yaml --out client");
    assert_eq!(code, 1);
    let files: Vec<_> = of("file", &lines).into_iter().cloned().collect();
    let shown: Vec<String> = files
        .iter()
        .map(|file| {
            let text = |key: &str| file[key].to_string().replace('"', "");
            format!("{} {} +{} -{}", text("path"), text("change"), text("lines_added"), text("lines_removed"))
        })
        .collect();
    let expected = [
        format!("client.lock added +{} -0", lock.lines().count()),
        "src/lib.rs changed +0 -2".to_owned(),
        "src/stale.rs removed +0 -2".to_owned(),
    ];
    assert_eq!(shown, expected);
    let diff = files[1]["diff"].as_str().unwrap();
    assert!(diff.starts_with("--- a/client/src/lib.rs\n+++ b/client/src/lib.rs\n@@ "), "{diff}");
    assert!(diff.contains("\n-// one\n-// two\n"), "{diff}");
    let summary = lines.last().unwrap();
    assert_eq!(["added", "changed", "removed"].map(|key| summary[key].as_u64()), [Some(1), Some(1), Some(1)]);

    let (code, lines) = messages(folder.path(), "generate openapi.yaml --out client --dry-run");
    let differences = |files: &[Value]| -> Vec<Value> {
        let without_diff = |file: &Value| {
            let mut file = file.clone();
            file["diff"] = Value::Null;
            file
        };
        files.iter().map(without_diff).collect()
    };
    assert_eq!((code, of("file", &lines)), (0, differences(&files).iter().collect()));
    // A run reports the files that it has written and removed.
    let (code, lines) = messages(folder.path(), "generate openapi.yaml --out client");
    assert_eq!((code, of("file", &lines)), (0, differences(&files).iter().collect()));
    assert_eq!(messages(folder.path(), "check openapi.yaml --out client").0, 0);
}

/// Returns the paths of all members, such as `code.code` or `spans[].text[].text`. A null and an
/// empty list are members without parts.
fn members(value: &Value, path: &str, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(object) => {
            for (key, value) in object {
                let dot = if path.is_empty() { "" } else { "." };
                members(value, &format!("{path}{dot}{key}"), found);
            }
        }
        Value::Array(items) if items.iter().any(Value::is_object) => {
            items.iter().for_each(|item| members(item, &format!("{path}[]"), found));
        }
        _ => drop(found.insert(path.to_owned())),
    }
}

/// Returns the first column of the table that follows a heading in a page.
fn documented(page: &str, heading: &str) -> BTreeSet<String> {
    let section =
        page.split("\n#").find(|section| section.trim_start_matches(['#', ' ']).starts_with(heading));
    let section = section.unwrap();
    let rows = section.lines().filter(|line| line.starts_with("| `"));
    let cells = rows.filter_map(|row| row.trim_start_matches('|').split('|').next());
    cells.flat_map(|cell| cell.split('`').skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>()).collect()
}

#[test]
fn the_guide_lists_every_member() {
    let folder = folder(&with_warnings(1).replace("openapi: 3.0.1", "openapi: 3.0.1\nunknown: 1"));
    let here = folder.path();
    run(wirewright(here, "init"));
    let mut all = messages(here, "generate").1;
    fs::copy(here.join("openapi.yaml"), here.join("old.yaml")).unwrap();
    fs::write(here.join("openapi.yaml"), with_parameter()).unwrap();
    for arguments in ["check", "generate --bump", "check --deny warnings"] {
        all.extend(messages(here, arguments).1);
    }
    fs::write(here.join("openapi.yaml"), "openapi: 9.0.0\n").unwrap();
    all.extend(messages(here, "check").1);
    fs::write(here.join("openapi.yaml"), with_parameter()).unwrap();
    let compared = messages(here, "diff old.yaml openapi.yaml").1;
    let compared =
        compared.into_iter().chain(messages(here, "diff openapi-client/client.lock openapi.yaml").1);

    let ci = include_str!("../../docs/src/ci.md");
    let kinds = ["diagnostic", "file", "summary", "failure"];
    for message in &all {
        assert!(kinds.iter().any(|kind| message["$message_type"] == *kind), "{message}");
    }
    let tables =
        kinds.map(|kind| (ci, format!("`{kind}`"), of(kind, &all).into_iter().cloned().collect::<Vec<_>>()));
    let changes = include_str!("../../docs/src/changes.md");
    let diff = (changes, "JSON of a comparison".to_owned(), compared.collect());
    for (page, heading, messages) in tables.into_iter().chain([diff]) {
        let mut printed = BTreeSet::new();
        messages.iter().for_each(|message| members(message, "", &mut printed));
        let wholes = printed.clone();
        printed.retain(|path| {
            let part = |whole: &String| {
                whole.starts_with(&format!("{path}.")) || whole.starts_with(&format!("{path}[]"))
            };
            path != "$message_type" && !wholes.iter().any(part)
        });
        assert_eq!(printed, documented(page, &heading), "{heading}");
    }
}
