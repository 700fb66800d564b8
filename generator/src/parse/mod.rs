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

/// Parses each file of a source: the document first, then its overlays. A file that is neither JSON nor YAML
/// gives a diagnostic, and `Null` in its place.
pub(crate) fn parse(source: &Source, diagnostics: &mut Diagnostics) -> Vec<Value> {
    source.files().iter().enumerate().map(|(index, file)| parse_file(index, file, diagnostics)).collect()
}

fn parse_file(index: usize, file: &File, diagnostics: &mut Diagnostics) -> Value {
    let (result, repeated) = tree::read(&file.text, is_json(file));
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
            let language = if is_json(file) { "JSON" } else { "YAML" };
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

/// JSON by its first character, unless the file's name says YAML, of which JSON is nearly a part.
fn is_json(file: &File) -> bool {
    let says_yaml = file.path.ends_with(".yaml") || file.path.ends_with(".yml");
    file.path.ends_with(".json") || (!says_yaml && file.text.trim_start().starts_with('{'))
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
