//! Reads files into a [`Source`].
//!
//! Input: the paths of a document and its overlays. Output: their texts and trees, and those of
//! every file in the document's folder that a `$ref` refers to.
//!
//! Invariants: only regular local files and standard input are read. Each is named by the caller,
//! or by a `$ref` that stays in the document's folder. Sizes are limited. Texts are kept, so that
//! every diagnostic can show its line.

mod folder;
mod problems;
mod reference;
mod text;

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use serde_json::Value;

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place};
use crate::file::File;
use crate::limits;
use folder::Folder;
pub(crate) use problems::check;
pub(crate) use reference::{Target, names_a_file};

/// A document, its overlays and the files that it refers to. The document is file 0. The overlays
/// follow in the order of their use, then the other files.
#[derive(Clone, Debug)]
pub struct Source {
    files: Arc<[File]>,
    /// The indexes of the document and of the files that it refers to, by path from the document's
    /// folder.
    indexes: Arc<HashMap<String, usize>>,
    overlays: usize,
    refers_to_files: bool,
    /// The tree of a document that refers to no files, until the first generation takes it. A tree
    /// can be ten times as large as its text, so there is no second one.
    alone: Arc<Mutex<Option<Value>>>,
}

impl Source {
    /// Reads a document, its overlays in the order of their use, and every file in the document's
    /// folder that a `$ref` refers to. The path `-` is standard input.
    ///
    /// # Errors
    /// Returns one diagnostic for each document or overlay that is missing, unreadable, no regular
    /// file, larger than 128 MiB, or not UTF-8. A `$ref` to an unreadable file gets a diagnostic
    /// later, when it is followed.
    pub fn read(document: &Path, overlays: &[PathBuf]) -> Result<Self, Diagnostics> {
        let mut files = Vec::new();
        let mut problems = Vec::new();
        for path in std::iter::once(document).chain(overlays.iter().map(PathBuf::as_path)) {
            let shown = if path == Path::new("-") { "<stdin>".to_owned() } else { shown(path) };
            let text = text::read(path).unwrap_or_else(|problem| {
                let message = format!("`{shown}` {problem}");
                problems.push(Diagnostic::new(Code::Unreadable, message, Place::file(files.len())));
                String::new()
            });
            files.push(named(shown, text));
        }
        if problems.is_empty() {
            let folder = Folder::of(document);
            return Ok(Self::complete(files, |key| folder.as_ref()?.read(key)));
        }
        let mut diagnostics = Diagnostics::new(files.into());
        problems.into_iter().for_each(|problem| diagnostics.push(problem));
        Err(diagnostics)
    }

    /// Creates a source from text in memory: the document and its overlays, each with its path for
    /// messages.
    pub fn from_text(document: (&str, &str), overlays: &[(&str, &str)]) -> Self {
        Self::from_texts(document, &[], overlays)
    }

    /// Creates a source from text in memory: the document, other files that references may lead to,
    /// and overlays, each with a path. References are relative to the path of their file.
    pub fn from_texts(document: (&str, &str), others: &[(&str, &str)], overlays: &[(&str, &str)]) -> Self {
        let folder = document.0.rsplit_once('/').map_or_else(String::new, |(folder, _)| format!("{folder}/"));
        Self::from_reader(document, overlays, |key| {
            let path = format!("{folder}{key}");
            let (_, text) = others.iter().find(|(other, _)| *other == path)?;
            Some((path, (*text).to_owned()))
        })
    }

    /// Creates a source from text in memory. `read` reads the files that references lead to: it
    /// takes a path from the document's folder, and returns the path for messages and the text, or
    /// `None` if there is no such file. The document's path may begin with a git revision, such as
    /// `HEAD~1:api.yaml`.
    pub fn from_reader(
        document: (&str, &str),
        overlays: &[(&str, &str)],
        read: impl Fn(&str) -> Option<(String, String)>,
    ) -> Self {
        let files = std::iter::once(&document).chain(overlays);
        let files = files.map(|(path, text)| named((*path).to_owned(), (*text).to_owned())).collect();
        Self::complete(files, read)
    }

    /// Adds the files that the document refers to, and those that they refer to. `read` takes a
    /// path in the document's folder, and returns the path to show and the text.
    fn complete(mut files: Vec<File>, read: impl Fn(&str) -> Option<(String, String)>) -> Self {
        let overlays = files.len() - 1;
        let mut bytes: usize = files.iter().map(|file| file.text.len()).sum();
        let mut indexes: HashMap<String, usize> =
            files.first().map(|document| (document.key.clone(), 0)).into_iter().collect();
        let mut refers_to_files = false;
        let mut asked: HashSet<String> = indexes.keys().cloned().collect();
        let mut next = 0;
        while let Some(file) = files.get(next) {
            let keys = reference::mentioned(file, next == 0);
            refers_to_files |= !keys.is_empty();
            for key in keys {
                if !asked.insert(key.clone()) {
                    continue;
                }
                let text = read(&key).filter(|(_, text)| bytes + text.len() <= limits::ALL_BYTES);
                if let Some((path, text)) = text {
                    bytes += text.len();
                    indexes.insert(key.clone(), files.len());
                    files.push(File::new(path, text, key));
                }
            }
            next = if next == 0 { overlays + 1 } else { next + 1 };
        }
        let document = files.first_mut().filter(|_| !refers_to_files);
        let alone = Arc::new(Mutex::new(document.and_then(File::take_tree)));
        Self { files: files.into(), indexes: Arc::new(indexes), overlays, refers_to_files, alone }
    }

    /// Returns the paths of all files, as shown in messages: the document, its overlays, the files
    /// that it refers to.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.iter().map(|file| file.path.as_str())
    }

    pub(crate) fn files(&self) -> Arc<[File]> {
        self.files.clone()
    }

    /// Returns the tree of the file with this index, or `None` if it is not JSON or YAML. A
    /// document that refers to no files has no tree here: see [`document`](Self::document).
    pub(crate) fn tree(&self, index: usize) -> Option<&Value> {
        self.files.get(index)?.tree()
    }

    /// Returns the tree of a document that refers to no files, or `None` if it is not JSON or YAML.
    /// The first call takes the stored tree. Further calls parse the text again.
    pub(crate) fn document(&self) -> Option<Value> {
        let taken = self.alone.lock().unwrap_or_else(PoisonError::into_inner).take();
        taken.or_else(|| self.files.first()?.parse_again())
    }

    /// Returns true if a reference names a file, even the document itself.
    pub fn refers_to_files(&self) -> bool {
        self.refers_to_files
    }

    /// Returns the index of the document, or of a file that it refers to, by its path from the
    /// document's folder.
    pub(crate) fn index_of(&self, key: &str) -> Option<usize> {
        self.indexes.get(key).copied()
    }

    /// Returns true if the document is merged with overlays or with other files.
    pub(crate) fn is_merged(&self) -> bool {
        self.refers_to_files || self.overlays > 0
    }

    /// Returns the number of overlays. They follow the first file.
    pub(crate) fn overlays(&self) -> usize {
        self.overlays
    }
}

/// Returns a file that the caller named.
fn named(path: String, text: String) -> File {
    let key = path.rsplit(['/', ':']).next().unwrap_or_default().to_owned();
    File::new(path, text, key)
}

/// Returns a path as shown in messages.
fn shown(path: &Path) -> String {
    path.display().to_string().replace('\\', "/")
}
