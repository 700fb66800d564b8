//! The folder of a document: a path from it in, a text out.
//!
//! Invariant: nothing outside the folder is read, whichever links lead there.

use std::cell::RefCell;
use std::collections::HashMap;
use std::path::{Path, PathBuf};

use super::{shown, text};

/// By how many paths one file is read: links that lead in a circle give it endlessly many.
const MOST_PATHS: usize = 8;

/// The folder that a document stands in.
pub(super) struct Folder {
    /// As the caller named it.
    named: PathBuf,
    /// With all links followed.
    real: PathBuf,
    /// By how many paths each file was read.
    read: RefCell<HashMap<PathBuf, usize>>,
}

impl Folder {
    /// `None` where the folder can't be found out.
    pub(super) fn of(document: &Path) -> Option<Self> {
        let named = document.parent()?.to_path_buf();
        let real = if named.as_os_str().is_empty() { Path::new(".") } else { &named }.canonicalize().ok()?;
        Some(Self { named, real, read: RefCell::default() })
    }

    /// The path to show and the text of a file in the folder; `None` where it is no readable text in here, or was read
    /// by too many paths.
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
