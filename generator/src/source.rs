//! Read: files in, [`Source`] out.
//!
//! The one rule: what is read is local, named by the caller, and kept whole, so that every later message can
//! show the line that it speaks of.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place};

/// A document and its overlays, as text. The document is file 0, the overlays follow in the order of their use.
#[derive(Clone, Debug)]
pub struct Source {
    files: Arc<[File]>,
}

/// One file that was read: its path as given, and its text without a byte order mark.
#[derive(Clone, Debug)]
pub(crate) struct File {
    pub(crate) path: String,
    pub(crate) text: String,
}

impl Source {
    /// Reads a document and the overlays that are applied to it, in order.
    ///
    /// # Errors
    /// One diagnostic for each file that is missing, unreadable or not UTF-8.
    pub fn read(document: &Path, overlays: &[PathBuf]) -> Result<Self, Diagnostics> {
        let mut files = Vec::new();
        let mut problems = Vec::new();
        for path in std::iter::once(document).chain(overlays.iter().map(PathBuf::as_path)) {
            let (text, problem) = match std::fs::read(path) {
                Ok(bytes) => decode(bytes),
                Err(error) => (String::new(), Some(format!("can't be read: {error}"))),
            };
            if let Some(problem) = problem {
                let place = Place::file(files.len());
                problems.push(Diagnostic::new(
                    Code::Unreadable,
                    format!("`{}` {problem}", path.display()),
                    place,
                ));
            }
            files.push(File { path: path.display().to_string().replace('\\', "/"), text });
        }
        let source = Self { files: files.into() };
        if problems.is_empty() {
            return Ok(source);
        }
        let mut diagnostics = Diagnostics::new(&source);
        problems.into_iter().for_each(|problem| diagnostics.push(problem));
        Err(diagnostics)
    }

    /// A source from text in memory: the document, then its overlays, each with the path that messages name.
    pub fn from_text(document: (&str, &str), overlays: &[(&str, &str)]) -> Self {
        let file = |(path, text): (&str, &str)| File { path: path.to_owned(), text: text.to_owned() };
        let files = std::iter::once(document).chain(overlays.iter().copied());
        Self { files: files.map(file).collect() }
    }

    pub(crate) fn files(&self) -> Arc<[File]> {
        self.files.clone()
    }
}

/// UTF-8 text without its byte order mark, and what was wrong with the bytes.
fn decode(mut bytes: Vec<u8>) -> (String, Option<String>) {
    if bytes.starts_with(b"\xef\xbb\xbf") {
        bytes.drain(..3);
    }
    match String::from_utf8(bytes) {
        Ok(text) => (text, None),
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            (String::new(), Some(format!("is not UTF-8 text (byte {at})")))
        }
    }
}
