//! Checks the dependencies of the workspace and of a client: licences, sources and versions match
//! `deny.toml`, and a client has no procedural macro.

#![allow(clippy::expect_used, clippy::indexing_slicing, reason = "tests stop at the first surprise")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

/// A package in cargo's dependency tree.
struct Package {
    name: String,
    version: String,
    licence: String,
}

/// Returns the packages that `cargo tree` lists.
fn tree(arguments: &[&str]) -> Vec<Package> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("a workspace");
    let output = Command::new(env!("CARGO"))
        .args(["tree", "--prefix", "none", "--no-dedupe", "--format", "{p}|{l}", "--locked"])
        .args(arguments)
        .current_dir(root)
        .output()
        .expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    let lines: BTreeSet<&str> = text.lines().filter(|line| !line.is_empty()).collect();
    let package = |line: &str| {
        let (package, licence) = line.split_once('|').expect("a licence");
        let (name, version) = package.split_once(' ').expect("a version");
        Package { name: name.to_owned(), version: version.to_owned(), licence: licence.to_owned() }
    };
    lines.into_iter().map(package).collect()
}

/// Returns a list of strings from `deny.toml`.
fn listed(table: &str, key: &str) -> BTreeSet<String> {
    let text = include_str!("../../deny.toml");
    let document: toml::Table = text.parse().expect("TOML");
    let list = document[table][key].as_array().expect("a list");
    list.iter().map(|word| word.as_str().expect("a word").to_owned()).collect()
}

/// Returns the names of packages with more than one version.
fn duplicates(packages: &[Package]) -> BTreeSet<String> {
    let mut versions: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for package in packages {
        versions.entry(&package.name).or_default().insert(&package.version);
    }
    versions.into_iter().filter(|(_, all)| all.len() > 1).map(|(name, _)| name.to_owned()).collect()
}

/// Returns true if the allowed licences satisfy an SPDX expression: one alternative of each `OR`,
/// all parts of each `AND`.
fn is_allowed(licence: &str, allowed: &BTreeSet<String>) -> bool {
    let is_met = |part: &str| {
        let plain = part.replace(['(', ')'], "").replace('/', " OR ");
        let mut alternatives = plain.split(" OR ");
        alternatives.any(|words| words.split(" AND ").all(|one| allowed.contains(one.trim())))
    };
    licence.split(") AND ").all(is_met)
}

#[test]
fn a_client_has_each_crate_once_and_no_procedural_macro() {
    let client = tree(&["--package", "generated-client", "--edges", "normal"]);
    assert!(client.len() > 20);
    let macros: Vec<&str> = client
        .iter()
        .filter(|package| package.version.contains("proc-macro"))
        .map(|package| package.name.as_str())
        .collect();
    assert!(macros.is_empty(), "{macros:?}");
    assert!(duplicates(&client).is_empty(), "{:?}", duplicates(&client));
}

#[test]
fn licences_sources_and_versions_are_those_of_deny_toml() {
    let all = tree(&["--workspace", "--edges", "normal,build,dev"]);
    let (allowed, skipped) = (listed("licenses", "allow"), listed("bans", "skip"));
    let refused: Vec<String> = all
        .iter()
        .filter(|package| !is_allowed(&package.licence, &allowed))
        .map(|package| format!("{} {}", package.name, package.licence))
        .collect();
    assert!(refused.is_empty(), "{refused:?}");
    let twice: Vec<String> = duplicates(&all).difference(&skipped).cloned().collect();
    assert!(twice.is_empty(), "{twice:?}");
    // A version with an address comes from a repository or another registry.
    let elsewhere: Vec<&str> = all
        .iter()
        .filter(|package| package.version.contains("://"))
        .map(|package| package.name.as_str())
        .collect();
    assert!(elsewhere.is_empty(), "{elsewhere:?}");
}

#[test]
fn licences_are_read_as_spdx() {
    let allowed = BTreeSet::from(["MIT".to_owned(), "ISC".to_owned()]);
    for (licence, expected) in [
        ("MIT", true),
        ("MIT/Apache-2.0", true),
        ("Apache-2.0 OR MIT", true),
        ("Apache-2.0", false),
        ("MIT AND ISC", true),
        ("MIT AND GPL-3.0", false),
        ("(MIT OR Apache-2.0) AND ISC", true),
        ("(MIT OR Apache-2.0) AND GPL-3.0", false),
        ("", false),
    ] {
        assert_eq!(is_allowed(licence, &allowed), expected, "{licence}");
    }
}

/// An action of a workflow is named by a commit, with its version as a comment, so that nobody can
/// change what a workflow runs. Renovate updates both.
#[test]
fn workflows_name_actions_by_commit() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../.github/workflows");
    let mut actions = 0;
    for entry in std::fs::read_dir(folder).expect("the workflows") {
        let path = entry.expect("a workflow").path();
        let text = std::fs::read_to_string(&path).expect("a workflow");
        for action in text.lines().filter_map(|line| line.trim().strip_prefix("- uses: ")) {
            let (commit, version) = action.split_once(" # v").expect("a version");
            let commit = commit.split_once('@').expect("a commit").1;
            assert!(
                commit.len() == 40 && commit.chars().all(|c| c.is_ascii_hexdigit()),
                "{}: {action}",
                path.display()
            );
            assert_eq!(version.split('.').count(), 3, "{}: {action}", path.display());
            actions += 1;
        }
    }
    assert!(actions > 5, "there are {actions} actions");
}
