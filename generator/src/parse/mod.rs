//! Parse: text in, a [`Tree`] in document order out.
//!
//! YAML by `serde_yaml`, JSON by `serde_json`. The one rule: the tree is the truth; where a node of it was
//! written is remembered only for nodes that came from another file than the document.

mod origin;
mod tree;

use std::collections::HashSet;

use serde_json::Value;

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Part, Place};
use crate::pointer::Pointer;
use crate::source::{File, Source};
pub(crate) use origin::Origins;

/// A document's JSON tree, and from which file its nodes came.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tree {
    pub(crate) root: Value,
    pub(crate) origins: Origins,
}

/// Parses each file of a source: the document first, then its overlays, then the files that it
/// refers to; Markdown, which a description may refer to, is a text. A file that is neither JSON nor YAML
/// gives a diagnostic, and `Null` in its place.
pub(crate) fn parse(source: &Source, diagnostics: &mut Diagnostics) -> Vec<Value> {
    source.files().iter().enumerate().map(|(index, file)| parse_file(index, file, diagnostics)).collect()
}

/// The tree of a file; `Null` where it is no file of JSON or YAML.
pub(crate) fn value(file: &File) -> Value {
    tree::read(&file.text, file.is_json()).0.unwrap_or_default()
}

fn parse_file(index: usize, file: &File, diagnostics: &mut Diagnostics) -> Value {
    if file.is_markdown() {
        return file.text.as_str().into();
    }
    let (result, repeated) = tree::read(&file.text, file.is_json());
    for pointer in repeated {
        let key = pointer.last();
        diagnostics.push(
            Diagnostic::new(
                Code::RepeatedKey,
                format!("the key `{key}` stands twice in one object"),
                Place::node(index, pointer.clone(), Part::Repeated(1)).label("again here"),
            )
            .and(Place::node(index, pointer, Part::Repeated(0)).label("first here"))
            .note("the last one is used"),
        );
    }
    match result {
        Ok(root) => root,
        Err(error) => {
            let place =
                error.position.map_or(Place::file(index), |(line, column)| Place::line(index, line, column));
            let language = if file.is_json() { "JSON" } else { "YAML" };
            let message = format!("`{}` is not valid {language}: {}", file.path, error.message);
            let mut diagnostic = Diagnostic::new(Code::Syntax, message, place);
            let line = error.position.and_then(|(line, _)| file.text.lines().nth(line.saturating_sub(1)));
            if line.is_some_and(|line| line.trim_start_matches(' ').starts_with('\t')) {
                diagnostic = diagnostic.note("this line begins with a tab, which can't indent YAML");
            }
            diagnostics.push(diagnostic);
            Value::Null
        }
    }
}

impl Tree {
    pub(crate) fn get(&self, pointer: &Pointer) -> Option<&Value> {
        self.root.pointer(pointer.as_str())
    }

    /// Follows the `$ref` at `pointer`, and those that it leads to, to a node that is none; `None` where there is
    /// no such node.
    pub(crate) fn follow(&self, pointer: &Pointer) -> Option<Pointer> {
        let mut here = pointer.clone();
        let mut seen = HashSet::new();
        while let Some(reference) = self.get(&here)?.get("$ref") {
            if !seen.insert(here) {
                return None;
            }
            here = Pointer::from_fragment(reference.as_str()?.strip_prefix('#')?)?;
        }
        Some(here)
    }

    /// Where the node at `pointer` was written.
    pub(crate) fn place(&self, pointer: &Pointer) -> Place {
        self.origins.place(pointer)
    }
}
