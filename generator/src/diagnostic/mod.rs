//! Diagnostics: what is wrong, where, what was done about it.
//!
//! Stages push into one [`Diagnostics`]; errors stop the run at the end of the stage that found them, warnings
//! and notes never do. The one rule: nothing is dropped without one.

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

/// One message: a code, a sentence, the places that it speaks of, and what to know besides.
#[derive(Clone, Debug)]
pub struct Diagnostic {
    pub(crate) code: Code,
    pub(crate) message: String,
    pub(crate) places: Vec<Place>,
    pub(crate) notes: Vec<String>,
}

/// Where something stands: a file, and a spot in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    file: usize,
    spot: Spot,
    label: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Spot {
    File,
    /// A line and a column, from 1, in characters.
    Line {
        line: usize,
        column: usize,
    },
    Node {
        pointer: Pointer,
        part: Part,
    },
}

/// Which part of a member is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// The value, or its key where the value goes over several lines.
    Value,
    /// The key.
    Key,
    /// The key in its n-th occurrence, from 0, where an object repeats it.
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

    /// The words beside the caret.
    #[must_use]
    pub(crate) fn label(self, label: impl Into<String>) -> Self {
        Self { label: Some(label.into()), ..self }
    }

    /// The same node, meaning its key.
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

    /// Adds a second place, as that of the first of two things that collide.
    #[must_use]
    pub(crate) fn and(mut self, place: Place) -> Self {
        self.places.push(place);
        self
    }

    /// Adds what was done about it, or what to do.
    #[must_use]
    pub(crate) fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    /// What kind of problem this is.
    pub fn code(&self) -> Code {
        self.code
    }

    /// The sentence that names the problem, without its place.
    pub fn message(&self) -> &str {
        &self.message
    }
}

/// All messages of one run, in the order in which they were found, with the text that they point into.
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

    /// Takes back what was said after the first `len` messages.
    pub(crate) fn truncate(&mut self, len: usize) {
        self.list.truncate(len);
    }

    /// `Err` with everything so far where an error is among it: the end of a stage.
    pub(crate) fn stop_on_error<T>(self, value: T) -> Result<(T, Self), Self> {
        if self.errors() == 0 { Ok((value, self)) } else { Err(self) }
    }

    /// How many messages there are.
    pub(crate) fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether nothing was found.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// How many errors there are. With one or more, nothing is generated.
    pub fn errors(&self) -> usize {
        self.count(Severity::Error)
    }

    /// How many warnings there are: something of the document is not in the output as the document says it.
    pub fn warnings(&self) -> usize {
        self.count(Severity::Warning)
    }

    /// How many notes there are: nothing is lost, something is worth knowing.
    pub fn notes(&self) -> usize {
        self.count(Severity::Note)
    }

    /// The messages, one by one.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.list.iter()
    }

    /// Keeps the messages that `keep` accepts.
    pub fn retain(&mut self, keep: impl FnMut(&Diagnostic) -> bool) {
        self.list.retain(keep);
    }

    /// The messages as text like rustc's, with ANSI colours.
    pub fn render(&self) -> String {
        render::render(self, annotate_snippets::Renderer::styled(), usize::MAX)
    }

    /// The messages as text like rustc's, with ANSI colours: at most `repeated` of each code, then their number.
    pub fn render_at_most(&self, repeated: usize) -> String {
        render::render(self, annotate_snippets::Renderer::styled(), repeated)
    }

    /// The messages as text like rustc's, without colours.
    pub fn render_plain(&self) -> String {
        render::render(self, annotate_snippets::Renderer::plain(), usize::MAX)
    }

    /// The messages as JSON in the shape of rustc's `--error-format=json`, with the JSON pointer of each span as
    /// `pointer`.
    pub fn to_json(&self) -> impl Iterator<Item = serde_json::Value> {
        json::all(self).into_iter()
    }

    fn count(&self, severity: Severity) -> usize {
        self.list.iter().filter(|diagnostic| diagnostic.code.severity() == severity).count()
    }
}
