//! Read: files in, [`Source`] out.
//!
//! The one rule: what is read is local, named by the caller or by a `$ref` that stays in the document's folder, and
//! kept whole, so that every later message can show the line that it speaks of.

mod folder;
mod reference;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place};
use folder::Folder;
pub(crate) use reference::{Target, names_a_file};

/// A document, its overlays and the files that it refers to, as text. The document is file 0, the overlays follow
/// in the order of their use, then the others.
#[derive(Clone, Debug)]
pub struct Source {
    files: Arc<[File]>,
    overlays: usize,
    refers_to_files: bool,
}

/// One file that was read.
#[derive(Clone, Debug)]
pub(crate) struct File {
    /// The path as messages show it.
    pub(crate) path: String,
    /// The text without a byte order mark.
    pub(crate) text: String,
    /// The path from the document's folder, with `/`, by which references name it.
    pub(crate) key: String,
}

impl Source {
    /// Reads a document, the overlays that are applied to it, in order, and every file in the document's folder
    /// that a `$ref` leads to.
    ///
    /// # Errors
    /// One diagnostic for each document or overlay that is missing, unreadable or not UTF-8. A `$ref` to a file
    /// that can't be read is told of where it stands, when it is followed.
    pub fn read(document: &Path, overlays: &[PathBuf]) -> Result<Self, Diagnostics> {
        let mut files = Vec::new();
        let mut problems = Vec::new();
        for path in std::iter::once(document).chain(overlays.iter().map(PathBuf::as_path)) {
            let text = match std::fs::read(path) {
                Ok(bytes) => decode(bytes),
                Err(error) => Err(format!("can't be read: {error}")),
            };
            let text = text.unwrap_or_else(|problem| {
                let message = format!("`{}` {problem}", path.display());
                problems.push(Diagnostic::new(Code::Unreadable, message, Place::file(files.len())));
                String::new()
            });
            files.push(File::new(shown(path), text));
        }
        if problems.is_empty() {
            let folder = Folder::of(document);
            return Ok(Self::complete(files, |key| folder.as_ref()?.read(key)));
        }
        let source = Self { overlays: files.len() - 1, files: files.into(), refers_to_files: false };
        let mut diagnostics = Diagnostics::new(&source);
        problems.into_iter().for_each(|problem| diagnostics.push(problem));
        Err(diagnostics)
    }

    /// A source from text in memory: the document, then its overlays, each with the path that messages name.
    pub fn from_text(document: (&str, &str), overlays: &[(&str, &str)]) -> Self {
        Self::from_texts(document, &[], overlays)
    }

    /// A source from text in memory: the document, the other files that its references may lead to, and its
    /// overlays, each with a path; references are relative to the path of the file that they stand in.
    pub fn from_texts(document: (&str, &str), others: &[(&str, &str)], overlays: &[(&str, &str)]) -> Self {
        let files = std::iter::once(&document).chain(overlays);
        let files = files.map(|(path, text)| File::new((*path).to_owned(), (*text).to_owned())).collect();
        let folder = document.0.rsplit_once('/').map_or_else(String::new, |(folder, _)| format!("{folder}/"));
        Self::complete(files, |key| {
            let path = format!("{folder}{key}");
            let (_, text) = others.iter().find(|(other, _)| *other == path)?;
            Some((path, (*text).to_owned()))
        })
    }

    /// Adds the files that the document refers to, and those that they refer to. `read` takes a path in the
    /// document's folder, and gives the path to show and the text.
    fn complete(mut files: Vec<File>, read: impl Fn(&str) -> Option<(String, String)>) -> Self {
        let overlays = files.len() - 1;
        let mut refers_to_files = false;
        let mut asked = Vec::new();
        let mut next = 0;
        while let Some(file) = files.get(next) {
            let keys = reference::mentioned(file);
            if next == 0 {
                asked.push(file.key.clone());
            }
            for key in keys {
                refers_to_files = true;
                if asked.contains(&key) {
                    continue;
                }
                if let Some((path, text)) = read(&key) {
                    files.push(File { path, text, key: key.clone() });
                }
                asked.push(key);
            }
            next = if next == 0 { overlays + 1 } else { next + 1 };
        }
        Self { files: files.into(), overlays, refers_to_files }
    }

    pub(crate) fn files(&self) -> Arc<[File]> {
        self.files.clone()
    }

    /// Whether a reference names a file, be it the document itself.
    pub fn refers_to_files(&self) -> bool {
        self.refers_to_files
    }

    /// The document, or a file that it refers to, by its path from the document's folder.
    pub(crate) fn index_of(&self, key: &str) -> Option<usize> {
        let others = self.overlays + 1..self.files.len();
        std::iter::once(0)
            .chain(others)
            .find(|index| self.files.get(*index).is_some_and(|file| file.key == key))
    }

    /// How many of the files, from the second on, are overlays.
    pub(crate) fn overlays(&self) -> usize {
        self.overlays
    }
}

impl File {
    fn new(path: String, text: String) -> Self {
        let key = path.rsplit('/').next().unwrap_or_default().to_owned();
        Self { path, text, key }
    }

    /// Whether the file's name says that it is Markdown, as a description in a file of its own is.
    pub(crate) fn is_markdown(&self) -> bool {
        self.path.ends_with(".md")
    }

    /// JSON by its first character, unless the file's name says YAML, of which JSON is nearly a part.
    pub(crate) fn is_json(&self) -> bool {
        let says_yaml = self.path.ends_with(".yaml") || self.path.ends_with(".yml");
        self.path.ends_with(".json") || (!says_yaml && self.text.trim_start().starts_with('{'))
    }
}

/// A path as messages show it.
fn shown(path: &Path) -> String {
    path.display().to_string().replace('\\', "/")
}

/// UTF-8 text without its byte order mark, or what is wrong with the bytes.
fn decode(mut bytes: Vec<u8>) -> Result<String, String> {
    if bytes.starts_with(b"\xef\xbb\xbf") {
        bytes.drain(..3);
    }
    String::from_utf8(bytes)
        .map_err(|error| format!("is not UTF-8 text (byte {})", error.utf8_error().valid_up_to()))
}
