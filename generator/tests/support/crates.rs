//! Writes crates into `target`, where cargo checks the generated code.

#![allow(clippy::expect_used, reason = "a test stops at the first surprise")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Returns the manifest of a workspace in which every warning of rustc is an error.
pub(crate) fn workspace(members: &[String]) -> String {
    let members: Vec<String> = members.iter().map(|name| format!("{name:?}")).collect();
    format!(
        "[workspace]\nmembers = [{}]\nexclude = [\"target\"]\nresolver = \"3\"\n\n\
         [workspace.lints.rust]\nwarnings = \"deny\"\n",
        members.join(", ")
    )
}

/// Returns the manifest of a generated crate.
pub(crate) fn manifest(name: &str, repository: &Path) -> String {
    let runtime = repository.join("runtime");
    format!(
        "[package]\nname = {name:?}\nversion = \"0.0.0\"\nedition = \"2024\"\npublish = false\n\n\
         [lints]\nworkspace = true\n\n[features]\nvalidate = [\"runtime/validate\"]\n\n\
         [dependencies]\nruntime = {{ package = \"wirewright-runtime\", path = {runtime:?}, default-features = false }}\n"
    )
}

/// Writes the files of a crate, and removes stale files of an earlier run.
pub(crate) fn write_all(member: &Path, files: &BTreeMap<String, String>) {
    let wanted: BTreeSet<PathBuf> = files.keys().map(|path| member.join(path)).collect();
    let mut folders = vec![member.join("src")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten() {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if !wanted.contains(&path) {
                fs::remove_file(&path).expect("a file that can be removed");
            }
        }
    }
    for (path, text) in files {
        write(&member.join(path), text);
    }
}

/// Writes a file if it differs, so that cargo checks changed crates only.
pub(crate) fn write(path: &Path, text: &str) {
    if fs::read_to_string(path).is_ok_and(|known| known == text) {
        return;
    }
    fs::create_dir_all(path.parent().expect("a file has a folder")).expect("a folder");
    fs::write(path, text).expect("a file");
}
