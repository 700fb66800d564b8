//! Finds stale files: generated files in a folder that should no longer be there.
//!
//! Invariant: only files with the generated header are stale, and only in the folders of generated
//! files. Symbolic links are not followed, and a folder with a `Cargo.toml` of its own is left
//! alone.

use super::{Layout, header};
use anyhow::{Context, Result};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// The prefix and suffix of the names of temporary files.
pub(super) const TEMPORARY: (&str, &str) = (".codegen-", ".tmp");

impl Layout {
    /// Returns the folders of generated files, and for each whether its subfolders are searched.
    /// The manifest is never stale.
    const fn folders(self) -> &'static [(&'static str, bool)] {
        match self {
            Self::Crate => &[("", false), ("src", true), ("tests", true)],
            Self::Module => &[("", false), ("models", true), ("requests", true)],
        }
    }
}

/// Returns the stale files below `root`, and the temporary files of a killed run. Both are sorted
/// paths relative to `root` with `/`.
pub(super) fn find(
    root: &Path,
    layout: Layout,
    wanted: &BTreeMap<String, String>,
) -> Result<(Vec<String>, Vec<String>)> {
    let (mut stale, mut leftovers) = (Vec::new(), Vec::new());
    let mut waiting: Vec<(String, bool)> =
        layout.folders().iter().map(|(path, below)| ((*path).to_owned(), *below)).collect();
    while let Some((path, below)) = waiting.pop() {
        let folder = root.join(&path);
        let is_folder = fs::symlink_metadata(&folder).is_ok_and(|metadata| metadata.is_dir());
        if !is_folder || (!path.is_empty() && folder.join("Cargo.toml").exists()) {
            continue;
        }
        let context = || format!("cannot read {}", folder.display());
        for entry in fs::read_dir(&folder).with_context(context)? {
            let entry = entry.with_context(context)?;
            // Generated names are ASCII, so a name that is not UTF-8 is not generated.
            let Ok(name) = entry.file_name().into_string() else { continue };
            let is_temporary = name.starts_with(TEMPORARY.0) && name.ends_with(TEMPORARY.1);
            let path = if path.is_empty() { name } else { format!("{path}/{name}") };
            let kind = entry.file_type().with_context(context)?;
            if kind.is_dir() && below {
                waiting.push((path, below));
            } else if kind.is_file() && is_temporary {
                leftovers.push(path);
            } else if kind.is_file() && may_be_stale(layout, &path) && !wanted.contains_key(&path) {
                let generated = header::is_in(&entry.path());
                if generated.with_context(|| format!("cannot read {}", entry.path().display()))? {
                    stale.push(path);
                }
            }
        }
    }
    stale.sort();
    leftovers.sort();
    Ok((stale, leftovers))
}

/// Returns false for files directly in the folder of a crate, such as its manifest.
fn may_be_stale(layout: Layout, path: &str) -> bool {
    layout == Layout::Module || path.contains('/')
}
