//! Diagnostics: each states what is wrong, where, what was generated instead, and what to do.
//!
//! All stages add to one [`Diagnostics`]. Errors stop the run at the end of the stage that found
//! them, warnings and notes do not. Invariant: no part of a document is dropped without a
//! diagnostic.

mod code;
mod explanation;
mod json;
mod locate;
mod position;
mod render;
mod text;

use std::sync::Arc;

pub use code::{Code, Severity};
pub(crate) use locate::Locator;
pub use text::escaped;

use crate::file::File;
use crate::pointer::Pointer;

/// One diagnostic: a code, a sentence, the places concerned, and notes.
#[derive(Clone, Debug)]
pub struct Diagnostic {
    pub(crate) code: Code,
    pub(crate) message: String,
    pub(crate) places: Vec<Place>,
    pub(crate) notes: Vec<String>,
}

/// A place in the input: a file, and a spot in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    file: usize,
    spot: Spot,
    label: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Spot {
    File,
    /// A line and a column, both from 1, counted in characters.
    Line {
        line: usize,
        column: usize,
    },
    Node {
        pointer: Pointer,
        part: Part,
    },
}

/// The part of a member that a place refers to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// The value, or the key if the value has several lines.
    Value,
    /// The key.
    Key,
    /// The n-th occurrence of a repeated key, from 0.
    Repeated(usize),
}

impl Place {
    pub(crate) fn file(file: usize) -> Self {
        Self { file, spot: Spot::File, label: None }
    }

    pub(crate) fn line(file: usize, line: usize, column: usize) -> Self {
        Self { file, spot: Spot::Line { line, column }, label: None }
    }

    pub(crate) fn node(file: usize, pointer: Pointer, part: Part) -> Self {
        Self { file, spot: Spot::Node { pointer, part }, label: None }
    }

    /// Sets the words beside the caret.
    #[must_use]
    pub(crate) fn label(self, label: impl Into<String>) -> Self {
        Self { label: Some(label.into()), ..self }
    }

    /// Makes the place refer to the node's key.
    #[must_use]
    pub(crate) fn key(mut self) -> Self {
        if let Spot::Node { part, .. } = &mut self.spot {
            *part = Part::Key;
        }
        self
    }
}

impl Diagnostic {
    pub(crate) fn new(code: Code, message: impl Into<String>, place: Place) -> Self {
        Self { code, message: message.into(), places: vec![place], notes: Vec::new() }
    }

    /// Adds a second place, such as that of the first of two colliding items.
    #[must_use]
    pub(crate) fn and(mut self, place: Place) -> Self {
        self.places.push(place);
        self
    }

    /// Adds a note: what was generated instead, or what to do.
    #[must_use]
    pub(crate) fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    /// Returns the kind of problem.
    pub fn code(&self) -> Code {
        self.code
    }

    /// Returns the sentence that names the problem, without its place.
    pub fn message(&self) -> &str {
        &self.message
    }
}

/// The diagnostics of one run in the order in which they were found, and the files that they refer
/// to.
#[derive(Clone, Debug)]
pub struct Diagnostics {
    files: Arc<[File]>,
    list: Vec<Diagnostic>,
}

impl Diagnostics {
    pub(crate) fn new(files: Arc<[File]>) -> Self {
        Self { files, list: Vec::new() }
    }

    pub(crate) fn push(&mut self, diagnostic: Diagnostic) {
        self.list.push(diagnostic);
    }

    /// Removes all but the first `len` diagnostics.
    pub(crate) fn truncate(&mut self, len: usize) {
        self.list.truncate(len);
    }

    /// Ends a stage. Returns all diagnostics as `Err` if one of them is an error.
    pub(crate) fn stop_on_error<T>(self, value: T) -> Result<(T, Self), Self> {
        if self.errors() == 0 { Ok((value, self)) } else { Err(self) }
    }

    /// Returns the number of diagnostics.
    pub(crate) fn len(&self) -> usize {
        self.list.len()
    }

    /// Returns true if there is no diagnostic.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Returns the number of errors. If there is one, nothing is generated.
    pub fn errors(&self) -> usize {
        self.count(Severity::Error)
    }

    /// Returns the number of warnings.
    pub fn warnings(&self) -> usize {
        self.count(Severity::Warning)
    }

    /// Returns the number of notes.
    pub fn notes(&self) -> usize {
        self.count(Severity::Note)
    }

    /// Returns the diagnostics in the order in which they were found.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.list.iter()
    }

    /// Keeps the diagnostics that `keep` accepts.
    pub fn retain(&mut self, keep: impl FnMut(&Diagnostic) -> bool) {
        self.list.retain(keep);
    }

    /// Returns the diagnostics as text in rustc's style, with ANSI colours.
    pub fn render(&self) -> String {
        render::render(self, annotate_snippets::Renderer::styled(), usize::MAX)
    }

    /// Returns the diagnostics as text in rustc's style, with ANSI colours. Of each code, at most
    /// `repeated` are shown and the rest is counted.
    pub fn render_at_most(&self, repeated: usize) -> String {
        render::render(self, annotate_snippets::Renderer::styled(), repeated)
    }

    /// Returns the diagnostics as text in rustc's style, without colours.
    pub fn render_plain(&self) -> String {
        render::render(self, annotate_snippets::Renderer::plain(), usize::MAX)
    }

    /// Returns the diagnostics as JSON in the shape of rustc's `--error-format=json`. Each span has
    /// the JSON pointer of its node as `pointer`.
    pub fn to_json(&self) -> impl Iterator<Item = serde_json::Value> {
        json::all(self).into_iter()
    }

    fn count(&self, severity: Severity) -> usize {
        self.list.iter().filter(|diagnostic| diagnostic.code.severity() == severity).count()
    }
}
