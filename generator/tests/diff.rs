//! Each rule of the diff has a case: two documents, whose lines the snapshot shows. A program that
//! uses every public item of the old client compiles against the new one if, and only if, the
//! verdict is less than major: `cargo test --package wirewright-generator --test diff callers_of --
//! --ignored`.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test stops at the first surprise"
)]

#[path = "diffs/judge.rs"]
mod judge;
#[path = "diffs/keywords.rs"]
mod keywords;
#[path = "diffs/oasdiff.rs"]
mod oasdiff;
#[path = "diffs/redocly.rs"]
mod redocly;
#[path = "diffs/semver.rs"]
mod semver;
mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

use generator::{Bump, Change, Diff, DiffRule, Groups, Lock, Options, Place, Source};
use serde_json::{Map, Value};
use support::{Case, crates};

/// Rules that no two documents can trigger: names that only another version of the generator
/// changes, and the rules for unforeseen changes.
const WITHOUT_CASE: &[&str] = &[
    "header-means-another",
    "header-renamed",
    "other-change",
    "other-item",
    "outcome-renamed",
    "outcome-status-changed",
    "part-renamed",
    "request-renamed",
    "retry-changed",
];

/// Changes in the meaning of a call, which the compiler does not detect although they are major.
const UNSEEN: &[&str] = &[
    "arguments-reordered",
    // The program does not use the results of an operation's other methods.
    "media-type-method-removed",
    "response-method-result-changed",
    "constructor-reordered",
    "enum-value-means-another",
    // Features are no items of the crate's code.
    "feature-of-tag-removed",
    "feature-removed",
    "field-means-another",
    "form-constructor-reordered",
    "header-means-another",
    "parameter-means-another",
    "part-means-another",
];

/// Changes that a lock prevents, because its names are not reused. They appear if two documents are
/// compared without a lock.
const UNLOCKED: &[&str] = &[
    "operation-renamed",
    "enum-value-means-another",
    "field-means-another",
    "parameter-means-another",
    "parameter-place-changed",
    "part-means-another",
];

/// Two documents, and the expected diff.
#[derive(Default)]
struct Pair {
    rule: String,
    old: String,
    new: String,
    /// The pinned names of the new client.
    pins: BTreeMap<String, String>,
    /// Where the methods of the old and of the new client are.
    groups: [Groups; 2],
    /// The configured derives of the old and of the new client.
    derives: [Derives; 2],
}

type Derives = BTreeMap<String, Vec<String>>;

fn pairs() -> Vec<Pair> {
    let read = |text: &str| serde_yaml::from_str::<Value>(text).expect("YAML");
    let base = read(include_str!("diffs/base.yaml"));
    let Value::Object(cases) = read(include_str!("diffs/cases.yaml")) else { panic!("a table of cases") };
    let document = |case: &Value, side: &str| {
        let mut document = base.clone();
        if let Some(patch) = case.get(side) {
            merge(&mut document, patch);
        }
        format!("{document:#}\n")
    };
    let pair = |(rule, case): (&String, &Value)| Pair {
        rule: rule.clone(),
        old: document(case, "old"),
        new: document(case, "new"),
        pins: case.get("pins").map_or_else(BTreeMap::new, |pins| {
            serde_json::from_value(pins.clone()).expect("pointers and names")
        }),
        groups: ["old", "new"].map(|side| match case.pointer(&format!("/groups/{side}")) {
            Some(_) => Groups::Tag,
            None => Groups::Flat,
        }),
        derives: ["old", "new"].map(|side| match case.pointer(&format!("/derives/{side}")) {
            Some(derives) => serde_json::from_value(derives.clone()).expect("types and traits"),
            None => Derives::new(),
        }),
    };
    cases.iter().map(pair).collect()
}

/// JSON Merge Patch (RFC 7396).
fn merge(target: &mut Value, patch: &Value) {
    let Value::Object(patch) = patch else {
        target.clone_from(patch);
        return;
    };
    if !target.is_object() {
        *target = Value::Object(Map::new());
    }
    let members = target.as_object_mut().expect("an object");
    for (key, value) in patch {
        if value.is_null() {
            members.shift_remove(key);
        } else {
            merge(members.entry(key).or_insert(Value::Null), value);
        }
    }
}

impl Pair {
    /// Returns the old lock, and the diff. The old lock supplies the names of the new client.
    fn compare(&self) -> (Lock, Diff) {
        let lock = |name: &str, text: &str, options: &Options| {
            let source = Source::from_text((name, text), &[]);
            let features = self.rule.starts_with("feature-");
            let options = Options { features, ..options.clone() };
            generator::lock(&source, &options).unwrap_or_else(|all| self.fail(&all))
        };
        let old = lock("old.json", &self.old, &self.old_options());
        let new = lock("new.json", &self.new, &self.options(&old));
        let diff = generator::diff(&old, &new);
        (old, diff)
    }

    /// Returns the files of the new client.
    fn files(&self, old: &Lock) -> BTreeMap<String, String> {
        self.generate("new.json", &self.new, self.options(old))
    }

    /// Returns the files of both clients as modules.
    fn modules(&self) -> [BTreeMap<String, String>; 2] {
        let place = Place::Module;
        let old = self.generate("old.json", &self.old, Options { place, ..self.old_options() });
        let options = Options { place, ..self.options(&self.compare().0) };
        [old, self.generate("new.json", &self.new, options)]
    }

    fn generate(&self, name: &str, text: &str, options: Options) -> BTreeMap<String, String> {
        let source = Source::from_text((name, text), &[]);
        generator::generate(&source, &options).unwrap_or_else(|all| self.fail(&all)).files
    }

    fn old_options(&self) -> Options {
        Options { groups: self.groups[0], derives: self.derives[0].clone(), ..Options::default() }
    }

    fn options(&self, old: &Lock) -> Options {
        let is_locked = !UNLOCKED.contains(&self.rule.as_str());
        Options {
            names: self.pins.clone(),
            groups: self.groups[1],
            derives: self.derives[1].clone(),
            earlier_lock: is_locked.then(|| old.render("old")),
            ..Options::default()
        }
    }

    fn fail(&self, diagnostics: &generator::Diagnostics) -> ! {
        panic!("{}: {}", self.rule, diagnostics.render_plain())
    }
}

#[test]
fn each_rule_has_a_case() {
    let pairs = pairs();
    let mut text = String::new();
    let mut missing = Vec::new();
    for pair in &pairs {
        let (_, diff) = pair.compare();
        if !diff.changes.iter().any(|change| change.rule == pair.rule) {
            missing.push(format!("{}:\n{}", pair.rule, diff.text()));
        }
        text += &format!("==> {} <==\n{}\n", pair.rule, diff.text());
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
    let cases: BTreeSet<&str> = pairs.iter().map(|pair| pair.rule.as_str()).collect();
    let without: Vec<&str> = Diff::rules()
        .map(|rule| rule.name)
        .filter(|rule| !cases.contains(rule) && !WITHOUT_CASE.contains(rule))
        .collect();
    assert!(without.is_empty(), "no case shows {without:?}");
    insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false, snapshot_path => "diffs" }, {
        insta::assert_snapshot!("cases", text);
    });
}

/// `INSTA_UPDATE=always` rewrites the page, like snapshots.
#[test]
fn the_guide_lists_every_rule() {
    let mut page = "# Rules of a comparison\n\n\
        `wirewright diff` and `wirewright generate --bump` judge [a change](changes.md) by the first rule that fits. `…` is an \
        item's\npath in Rust, its key in the document, or a value. A test keeps this page as the generator's table has it.\n\n\
        | rule | callers | running programs | change |\n| --- | --- | --- | --- |\n"
        .to_owned();
    for DiffRule { name, rust, wire, words } in Diff::rules() {
        let pieces = words.split('{').map(|piece| piece.split_once('}').map_or(piece, |(_, rest)| rest));
        let words = pieces.collect::<Vec<_>>().join("…");
        page += &format!("| `{name}` | {rust} | {wire} | {words} |\n");
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/src/rules.md");
    if std::env::var("INSTA_UPDATE").is_ok_and(|update| update == "always") {
        std::fs::write(&path, &page).expect("a page that can be written");
    }
    let known = std::fs::read_to_string(path).expect("the page");
    assert!(known == page, "docs/src/rules.md is not up to date: run this test with INSTA_UPDATE=always");
}

#[test]
fn a_document_does_not_differ_from_itself() {
    let pairs = pairs();
    let first = pairs.first().expect("a case");
    let same =
        Pair { old: first.old.clone(), new: first.old.clone(), groups: [Groups::Tag; 2], ..Pair::default() };
    assert_eq!(same.compare().1, Diff::default());
}

/// A crate with a caller, and the expectation.
struct Judged {
    name: String,
    compiles: bool,
}

/// Writes a member of the workspace in `folder`: the files of a client, and a caller.
fn write_member(folder: &Path, name: &str, files: &BTreeMap<String, String>, old: &Lock) {
    let repository = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace");
    let member = folder.join(name);
    crates::write_all(&member, files);
    crates::write(&member.join("examples/caller.rs"), &old.caller(&name.replace('-', "_")));
    crates::write(&member.join("Cargo.toml"), &crates::manifest(name, repository));
}

/// Tests the pairs of all rules, and each small document against itself, so that the caller covers
/// every kind of item.
#[test]
#[ignore = "compiles some 300 crates: minutes"]
fn callers_of_the_old_client_compile_unless_the_verdict_is_major() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/diffs");
    let mut expected = Vec::new();
    for pair in pairs() {
        let (old, diff) = pair.compare();
        write_member(&folder, &pair.rule, &pair.files(&old), &old);
        let is_unseen = |change: &Change| change.rust < Bump::Major || UNSEEN.contains(&change.rule);
        expected.push(Judged { name: pair.rule.clone(), compiles: diff.changes.iter().all(is_unseen) });
    }
    for case in Case::all() {
        let Ok(client) = case.client() else { continue };
        let name = format!("same-{}-{}", case.area, case.name);
        write_member(&folder, &name, &client.files, &client.lock);
        expected.push(Judged { name, compiles: true });
    }
    let members: Vec<String> = expected.iter().map(|judged| judged.name.clone()).collect();
    let (broken, messages) = check(&folder, &members);
    let mut wrong = Vec::new();
    for Judged { name, compiles } in &expected {
        match (compiles, broken.get(name)) {
            (true, Some(errors)) => wrong.push(format!("{name} should compile: {errors}")),
            (false, None) => wrong.push(format!("{name} should not compile")),
            _ => {}
        }
    }
    assert!(broken.len() < expected.len(), "{messages}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Compiles the examples of a workspace. Returns the errors of each failing member, and cargo's
/// output.
fn check(folder: &Path, members: &[String]) -> (BTreeMap<String, String>, String) {
    let repository = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace");
    crates::write(&folder.join("Cargo.toml"), &crates::workspace(members).replace("warnings = \"deny\"", ""));
    std::fs::copy(repository.join("Cargo.lock"), folder.join("Cargo.lock")).expect("a copy of Cargo.lock");
    let output = Command::new(env!("CARGO"))
        .args(["check", "--workspace", "--examples", "--keep-going", "--message-format", "json"])
        .args(["--offline", "--quiet", "--target-dir", "../cases/target"])
        .current_dir(folder)
        .env_remove("CARGO_TARGET_DIR")
        .env_remove("RUSTFLAGS")
        .output()
        .expect("cargo runs");
    let mut broken: BTreeMap<String, String> = BTreeMap::new();
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        let Ok(message) = serde_json::from_str::<Value>(line) else { continue };
        let text =
            |pointer: &str| message.pointer(pointer).and_then(Value::as_str).unwrap_or_default().to_owned();
        if text("/reason") == "compiler-message" && text("/message/level") == "error" {
            let folder = text("/manifest_path").replace("/Cargo.toml", "");
            let name = folder.rsplit('/').next().unwrap_or_default().to_owned();
            broken.entry(name).or_default().push_str(&text("/message/rendered"));
        }
    }
    (broken, String::from_utf8_lossy(&output.stderr).into_owned())
}
