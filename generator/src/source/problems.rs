//! Reports problems with the texts of a source.

use super::Source;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Part, Place};
use crate::file::File;
use crate::parse::{Position, pointers};

/// Reports files that are neither JSON nor YAML, exceed a limit, or have repeated keys.
pub(crate) fn check(source: &Source, diagnostics: &mut Diagnostics) {
    for (index, file) in source.files.iter().enumerate() {
        repeated(index, file, diagnostics);
        if let Some(Position { line, column }) = file.parsed.trailing_comma {
            let message = format!("`{}` has a comma after the last member or item", file.path);
            let place = Place::line(index, line, column);
            let diagnostic = Diagnostic::new(Code::Mended, message, place).note("the comma is skipped");
            diagnostics.push(diagnostic.note("JSON does not allow it: other tools refuse this file"));
        }
        if let Some(problem) = problem(index, file) {
            diagnostics.push(problem);
        }
    }
}

fn repeated(index: usize, file: &File, diagnostics: &mut Diagnostics) {
    for pointer in &file.parsed.repeated {
        let key = pointer.last();
        diagnostics.push(
            Diagnostic::new(
                Code::RepeatedKey,
                format!("the key `{key}` appears twice in one object"),
                Place::node(index, pointer.clone(), Part::Repeated(1)).label("again here"),
            )
            .and(Place::node(index, pointer.clone(), Part::Repeated(0)).label("first here"))
            .note("the last one is used"),
        );
    }
}

fn problem(index: usize, file: &File) -> Option<Diagnostic> {
    let (language, error) = file.problem()?;
    let place = match (error.position, &error.member) {
        (Some(Position { line, column }), _) => Place::line(index, line, column),
        (None, Some(member)) => Place::node(index, member.clone(), Part::Key),
        (None, None) => Place::file(index),
    };
    if error.is_limit {
        let message = format!("`{}` can't be read: {}", file.path, error.message);
        let diagnostic = Diagnostic::new(Code::Limit, message, place);
        return Some(match error.member {
            Some(_) => diagnostic.note(pointers::REASON),
            None => diagnostic,
        });
    }
    let message = format!("`{}` is not valid {language}: {}", file.path, error.message);
    let mut diagnostic = Diagnostic::new(Code::Syntax, message, place);
    let line = error.position.and_then(|at| file.text.lines().nth(at.line.saturating_sub(1)));
    if line.is_some_and(|line| line.trim_start_matches(' ').starts_with('\t')) {
        diagnostic = diagnostic.note("this line begins with a tab, which can't indent YAML");
    }
    Some(diagnostic)
}
