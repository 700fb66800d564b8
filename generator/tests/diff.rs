//! Each rule of the diff has a case: two documents, whose lines the snapshot shows. A caller that uses every public item of
//! the old client compiles against the new one where the verdict is less than major, and only there:
//! `cargo test --package wirewright-generator --test diff -- --ignored`.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test stops at the first surprise"
)]

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

use generator::{Bump, Diff, Lock, Options, Source};
use serde_json::{Map, Value};
use support::crates;

/// Rules that no two documents give: names that change without their node, by a pin or by another version of the generator,
/// and what no rule before foresees.
const WITHOUT_CASE: &[&str] = &[
    "enum-value-renamed",
    "field-renamed",
    "header-means-another",
    "header-renamed",
    "other-change",
    "other-item",
    "outcome-renamed",
    "outcome-status-changed",
    "parameter-renamed",
    "part-renamed",
    "request-renamed",
    "retry-changed",
    "type-renamed",
];

/// Changes of what a call means, which a compiler does not see, though no program may take them unseen.
const UNSEEN: &[&str] = &[
    "arguments-reordered",
    // The other methods of an operation are called without a look at what they give.
    "media-type-method-removed",
    "response-method-result-changed",
    "constructor-reordered",
    "enum-value-means-another",
    "field-means-another",
    "form-constructor-reordered",
    "header-means-another",
    "parameter-means-another",
    "part-means-another",
];

/// Changes that the lock keeps from happening: its names are never given to something else. They are seen where two documents
/// are compared that have no lock.
const UNLOCKED: &[&str] = &[
    "operation-renamed",
    "enum-value-means-another",
    "field-means-another",
    "parameter-means-another",
    "parameter-place-changed",
    "part-means-another",
];

/// Two documents, and what is expected of their diff.
struct Pair {
    rule: String,
    old: String,
    new: String,
}

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
    /// The lock of the old client, and the diff. The new client is named by the old lock.
    fn compare(&self) -> (Lock, Diff) {
        let lock = |name: &str, text: &str, options: &Options| {
            let source = Source::from_text((name, text), &[]);
            generator::lock(&source, options).unwrap_or_else(|all| self.fail(&all))
        };
        let old = lock("old.json", &self.old, &Options::default());
        let new = lock("new.json", &self.new, &self.options(&old));
        let diff = generator::diff(&old, &new);
        (old, diff)
    }

    /// The files of the new client.
    fn files(&self, old: &Lock) -> BTreeMap<String, String> {
        let source = Source::from_text(("new.json", &self.new), &[]);
        generator::generate(&source, &self.options(old)).unwrap_or_else(|all| self.fail(&all)).files
    }

    fn options(&self, old: &Lock) -> Options {
        let is_locked = !UNLOCKED.contains(&self.rule.as_str());
        Options { earlier_lock: is_locked.then(|| old.render("old")), ..Options::default() }
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
    let without: Vec<&str> =
        Diff::rules().filter(|rule| !cases.contains(rule) && !WITHOUT_CASE.contains(rule)).collect();
    assert!(without.is_empty(), "no case shows {without:?}");
    insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false, snapshot_path => "diffs" }, {
        insta::assert_snapshot!("cases", text);
    });
}

#[test]
fn a_document_does_not_differ_from_itself() {
    let pairs = pairs();
    let first = pairs.first().expect("a case");
    let same = Pair { rule: String::new(), old: first.old.clone(), new: first.old.clone() };
    assert_eq!(same.compare().1, Diff::default());
}

#[test]
#[ignore = "compiles some 130 crates: minutes"]
fn callers_of_the_old_client_compile_as_the_verdict_says() {
    let repository = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace");
    let folder = repository.join("target/diffs");
    let mut members = Vec::new();
    let mut expected = BTreeMap::new();
    for pair in pairs() {
        let (old, diff) = pair.compare();
        let name = pair.rule.clone();
        let member = folder.join(&name);
        crates::write_all(&member, &pair.files(&old));
        crates::write(&member.join("examples/caller.rs"), &old.caller(&name.replace('-', "_")));
        crates::write(&member.join("Cargo.toml"), &crates::manifest(&name, repository));
        let is_unseen =
            diff.changes.iter().all(|change| change.rust < Bump::Major || UNSEEN.contains(&change.rule));
        expected.insert(name.clone(), is_unseen);
        members.push(name);
    }
    crates::write(
        &folder.join("Cargo.toml"),
        &crates::workspace(&members).replace("warnings = \"deny\"", ""),
    );
    std::fs::copy(repository.join("Cargo.lock"), folder.join("Cargo.lock")).expect("a copy of Cargo.lock");
    let output = Command::new(env!("CARGO"))
        .args(["check", "--workspace", "--examples", "--keep-going", "--message-format", "json"])
        .args(["--offline", "--quiet", "--target-dir", "../cases/target"])
        .current_dir(&folder)
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
    let mut wrong = Vec::new();
    for (name, compiles) in &expected {
        match (compiles, broken.get(name)) {
            (true, Some(errors)) => wrong.push(format!("{name} should compile: {errors}")),
            (false, None) => wrong.push(format!("{name} should not compile")),
            _ => {}
        }
    }
    assert!(broken.len() < expected.len(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
