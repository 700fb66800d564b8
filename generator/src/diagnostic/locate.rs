//! Finds the file, line and column of a node, outside of diagnostics.

use std::cell::RefCell;
use std::fmt;
use std::sync::Arc;

use super::Place;
use super::position::Node;
use super::render::span;
use super::text::shown;
use crate::file::File;

/// Looks up places in the files of one source. Each file is indexed once, at the first lookup.
pub(crate) struct Locator {
    files: Arc<[File]>,
    indexes: RefCell<Vec<Option<Node>>>,
}

impl Locator {
    pub(crate) fn new(files: Arc<[File]>) -> Self {
        let indexes = RefCell::new(files.iter().map(|_| None).collect());
        Self { files, indexes }
    }

    /// Returns the place as `path:line:column`, with line and column from 1.
    pub(crate) fn locate(&self, place: &Place) -> Option<String> {
        let file = self.files.get(place.file)?;
        let path = shown(&file.path);
        let Some(span) = span(place, file, &mut self.indexes.borrow_mut()) else {
            return Some(path.into_owned());
        };
        let (number, ..) = file.line_at(span.start);
        Some(format!("{path}:{number}:{}", file.column(span.start)))
    }
}

impl fmt::Debug for Locator {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Locator").finish_non_exhaustive()
    }
}
