//! Finds stale files: generated files in a folder that should no longer be there.
//!
//! Invariant: only files with the generated header are stale, and only in the folders of generated files. Symbolic links
//! are not followed, and a folder with a `Cargo.toml` of its own is left alone.

use super::header;
use anyhow::{Context, Result};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// Where generated files live, besides the manifest, which is never stale.
const FOLDERS: [&str; 2] = ["src", "tests"];

/// The stale files below `root`, sorted, as paths relative to it with `/`.
pub(super) fn find(root: &Path, wanted: &BTreeMap<String, String>) -> Result<Vec<String>> {
    let mut stale = Vec::new();
    let mut waiting: Vec<String> = FOLDERS.map(str::to_owned).into();
    while let Some(path) = waiting.pop() {
        let folder = root.join(&path);
        let is_folder = fs::symlink_metadata(&folder).is_ok_and(|metadata| metadata.is_dir());
        if !is_folder || folder.join("Cargo.toml").exists() {
            continue;
        }
        let context = || format!("cannot read {}", folder.display());
        for entry in fs::read_dir(&folder).with_context(context)? {
            let entry = entry.with_context(context)?;
            // Generated names are ASCII: a name that is not UTF-8 is not ours.
            let Ok(name) = entry.file_name().into_string() else { continue };
            let path = format!("{path}/{name}");
            let kind = entry.file_type().with_context(context)?;
            if kind.is_dir() {
                waiting.push(path);
            } else if kind.is_file() && !wanted.contains_key(&path) {
                let generated = header::is_in(&entry.path());
                if generated.with_context(|| format!("cannot read {}", entry.path().display()))? {
                    stale.push(path);
                }
            }
        }
    }
    stale.sort();
    Ok(stale)
}
