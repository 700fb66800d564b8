//! Reads files in the folder of a document.
//!
//! Invariant: nothing outside the folder is read, even through links.

use std::cell::RefCell;
use std::collections::HashMap;
use std::path::{Path, PathBuf};

use super::{shown, text};

/// The most paths by which one file is read. Links that form a cycle give it infinitely many.
const MOST_PATHS: usize = 8;

/// The folder of a document.
pub(super) struct Folder {
    /// The path as the caller gave it.
    named: PathBuf,
    /// The path with all links resolved.
    real: PathBuf,
    /// The number of paths by which each file was read.
    read: RefCell<HashMap<PathBuf, usize>>,
}

impl Folder {
    /// Returns the folder of `document`, or `None` if it cannot be determined.
    pub(super) fn of(document: &Path) -> Option<Self> {
        let named = document.parent()?.to_path_buf();
        let real = if named.as_os_str().is_empty() { Path::new(".") } else { &named }.canonicalize().ok()?;
        Some(Self { named, real, read: RefCell::default() })
    }

    /// Returns the path to show and the text of a file in the folder. Returns `None` if
    /// the file is not readable text in the folder, or was read by too many paths.
    pub(super) fn read(&self, key: &str) -> Option<(String, String)> {
        let path = self.real.join(key).canonicalize().ok()?;
        if !path.starts_with(&self.real) {
            return None;
        }
        let mut read = self.read.borrow_mut();
        let paths = read.entry(path.clone()).or_default();
        *paths += 1;
        if *paths > MOST_PATHS {
            return None;
        }
        Some((shown(&self.named.join(key)), text::read(&path).ok()?))
    }
}
