//! The verdicts for running programs beside oasdiff's levels.
//!
//! Input: `oasdiff.tsv` with the name and the level of each rule of oasdiff, and `oasdiff.yaml` with
//! a pair of schemas for each aspect. Output: a snapshot with the rules that apply to each pair. A
//! test fails if a verdict differs from oasdiff's level, unless a reason is given.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use generator::Wire;
use serde_json::{Value, json};

use super::{Pair, merge, pairs};

/// Where a schema is put: oasdiff's name of the place, and the JSON pointer in the base.
const PLACES: &[(&str, &str)] = &[
    ("request-body", "/paths/~1users/post/requestBody/content/application~1json/schema"),
    ("request-property", "/components/schemas/NewUser/properties/probe"),
    ("request-parameter", "/paths/~1users/get/parameters/0/schema"),
    ("request-parameter-property", "/paths/~1users/get/parameters/0/schema/properties/probe"),
    ("request-header-property", "/paths/~1users/get/parameters/0/schema"),
    ("request-read-only-property", "/components/schemas/NewUser/properties/probe"),
    ("response-body", "/paths/~1users~1{id}/get/responses/200/content/application~1json/schema"),
    ("response-property", "/components/schemas/User/properties/probe"),
    ("response-write-only-property", "/components/schemas/User/properties/probe"),
    ("response-header", "/paths/~1users/get/responses/200/headers/X-Rate/schema"),
];

/// The file `oasdiff.yaml`.
#[derive(serde::Deserialize)]
struct Table {
    aspects: BTreeMap<String, [Value; 2]>,
    cases: BTreeMap<String, String>,
    reasons: BTreeMap<String, String>,
}

/// Reads a file beside this one.
fn read(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/diffs").join(name);
    std::fs::read_to_string(path).expect("a file")
}

/// Returns the base with `schema` at `pointer`.
fn document(base: &Value, place: &str, pointer: &str, schema: &Value) -> String {
    let mut document = base.clone();
    let mut schema = schema.clone();
    for (name, keyword) in [("read-only", "readOnly"), ("write-only", "writeOnly")] {
        if place.contains(name) {
            merge(&mut schema, &json!({ keyword: true }));
        }
    }
    let parameter = match place {
        "request-parameter-property" => {
            json!({"style": "deepObject", "schema": {"type": "object", "properties": {}}})
        }
        "request-header-property" => json!({"in": "header"}),
        _ => json!({}),
    };
    merge(document.pointer_mut("/paths/~1users/get/parameters/0").expect("a parameter"), &parameter);
    let (parent, key) = pointer.rsplit_once('/').expect("a pointer");
    let parent = document.pointer_mut(parent).and_then(Value::as_object_mut).expect("an object");
    parent.insert(key.to_owned(), schema);
    format!("{document:#}\n")
}

/// Returns the place and the aspect of a rule, with the longest place that fits.
fn split<'a>(id: &'a str, table: &Table) -> Option<(&'static str, &'static str, &'a str)> {
    let places = PLACES.iter().filter_map(|(place, pointer)| {
        let aspect = id.strip_prefix(place)?.strip_prefix('-')?;
        table.aspects.contains_key(aspect).then_some((*place, *pointer, aspect))
    });
    places.max_by_key(|(place, ..)| place.len())
}

/// Returns true if `text` fits `pattern`, in which `*` stands for any text.
fn fits(pattern: &str, text: &str) -> bool {
    let mut rest = text;
    let parts: Vec<&str> = pattern.split('*').collect();
    for (index, part) in parts.iter().enumerate() {
        let at = match index {
            0 => rest.starts_with(part).then_some(0),
            _ if index + 1 == parts.len() => rest.ends_with(part).then(|| rest.len() - part.len()),
            _ => rest.find(part),
        };
        let Some((_, after)) = at.and_then(|at| rest.split_at_checked(at + part.len())) else { return false };
        rest = after;
    }
    rest.is_empty()
}

#[test]
fn verdicts_agree_with_oasdiff_or_a_reason_is_given() {
    let table: Table = serde_yaml::from_str(&read("oasdiff.yaml")).expect("the table");
    let mut base: Value = serde_yaml::from_str(&read("base.yaml")).expect("YAML");
    let kinds = |name: &str| json!({"type": "object", "required": ["kind", "sort"], "properties": {"kind": {"type": "string"}, "sort": {"type": "string"}, name: {"type": "string"}}});
    merge(
        &mut base,
        &json!({"openapi": "3.1.0", "components": {"schemas": {"Left": kinds("left"), "Right": kinds("right")}}}),
    );
    let cases: BTreeMap<String, Pair> = pairs().into_iter().map(|pair| (pair.rule.clone(), pair)).collect();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let (mut text, mut wrong, mut used) = (String::new(), Vec::new(), BTreeSet::new());
    for line in read("oasdiff.tsv").lines() {
        let (id, level) = line.split_once('\t').expect("a name and a level");
        let own;
        let pair = if let Some(case) = table.cases.get(id) {
            Some(cases.get(case).unwrap_or_else(|| panic!("no case {case}")))
        } else if let Some((place, pointer, aspect)) = split(id, &table) {
            let [old, new] =
                table.aspects[aspect].each_ref().map(|schema| document(&base, place, pointer, schema));
            own = Pair { old, new, ..Pair::default() };
            Some(&own)
        } else {
            None
        };
        let rules: BTreeMap<&str, Wire> = match pair {
            Some(pair) => pair.compare().1.changes.iter().map(|change| (change.rule, change.wire)).collect(),
            None => BTreeMap::new(),
        };
        let wire = rules.values().max().copied();
        let agrees = match level {
            "INFO" => wire.is_none_or(|wire| wire == Wire::Works),
            _ => wire.is_some_and(|wire| wire > Wire::Works),
        };
        let reasons: Vec<_> = table.reasons.iter().filter(|(pattern, _)| fits(pattern, id)).collect();
        used.extend(reasons.iter().map(|(pattern, _)| pattern.as_str()).filter(|_| !agrees));
        let reason = reasons.first().map(|(_, reason)| reason.as_str());
        let names: Vec<&str> = rules.keys().copied().collect();
        let verdict = wire.map_or("no change".to_owned(), |wire| format!("{wire}: {}", names.join(", ")));
        text += &match (agrees, reason) {
            (true, _) => format!("{id} ({level}): {verdict}\n"),
            (false, reason) => format!("{id} ({level}): {verdict}. {}\n", reason.unwrap_or_default()),
        };
        if !agrees && reason.is_none() {
            wrong.push(format!("{id} ({level}): {verdict}"));
        }
        let kind = match (agrees, wire) {
            (true, Some(_)) => "agree",
            (true, None) => "no change and harmless",
            (false, Some(_)) => "differ",
            (false, None) => "not reported",
        };
        *counts.entry(kind).or_default() += 1;
    }
    assert!(wrong.is_empty(), "{} verdicts differ:\n{}", wrong.len(), wrong.join("\n"));
    let unused: Vec<_> = table.reasons.keys().filter(|pattern| !used.contains(pattern.as_str())).collect();
    assert!(unused.is_empty(), "no verdict needs the reasons {unused:?}");
    let counts: Vec<String> = counts.iter().map(|(kind, count)| format!("{kind}: {count}\n")).collect();
    text += &counts.concat();
    insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false, snapshot_path => "." }, {
        insta::assert_snapshot!("oasdiff", text);
    });
}
