//! Rendering: diagnostics in, text like rustc's out.
//!
//! The one rule: what is said of many places in the same words is printed once, at the first, with their number.

use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::position::Node;
use super::{Diagnostic, Diagnostics, Place, Severity, Spot};
use crate::source::File;

/// Widest terminal that is written for, in characters.
const WIDTH: usize = 140;

/// Bytes of the longest line that is shown; of a longer one (a document in one line) only the column is named.
const LONGEST_LINE: usize = 10_000;

pub(super) fn render(diagnostics: &Diagnostics, renderer: Renderer) -> String {
    let renderer = renderer.term_width(WIDTH);
    let mut indexes: Vec<Option<Node>> = diagnostics.files.iter().map(|_| None).collect();
    let mut text = String::new();
    for (diagnostic, others) in grouped(&diagnostics.list) {
        let level = match diagnostic.code.severity() {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
            Severity::Note => Level::NOTE,
        };
        let title = level.primary_title(diagnostic.message.as_str()).id(diagnostic.code.id());
        let mut group = Group::with_title(title);
        for (nth, place) in diagnostic.places.iter().enumerate() {
            let kind = if nth == 0 { AnnotationKind::Primary } else { AnnotationKind::Context };
            group = match diagnostics.files.get(place.file) {
                Some(file) => show(group, place, kind, file, &mut indexes),
                None => group,
            };
        }
        let pointer = diagnostic.places.first().and_then(|place| match &place.spot {
            Spot::Node { pointer, .. } => Some(pointer.to_string()),
            _ => None,
        });
        group = group.elements(pointer.map(|pointer| Level::NOTE.with_name("at").message(pointer)));
        group = group.elements(diagnostic.notes.iter().map(|note| Level::NOTE.message(note.as_str())));
        if others > 0 {
            let more = if others == 1 { "1 more place".into() } else { format!("{others} more places") };
            group = group.element(Level::NOTE.message(format!("the same in {more}")));
        }
        text.push_str(&renderer.render(&[group]));
        text.push_str("\n\n");
    }
    text
}

/// Each diagnostic that differs in words from those before it, with how many follow in the same words.
fn grouped(list: &[Diagnostic]) -> Vec<(&Diagnostic, usize)> {
    let mut groups: Vec<(&Diagnostic, usize)> = Vec::new();
    let mut seen = std::collections::HashMap::new();
    for diagnostic in list {
        let words = (diagnostic.code, &diagnostic.message, &diagnostic.notes);
        match seen.get(&words).and_then(|&at: &usize| groups.get_mut(at)) {
            Some((_, others)) => *others += 1,
            None => {
                seen.insert(words, groups.len());
                groups.push((diagnostic, 0));
            }
        }
    }
    groups
}

/// Adds the lines that a place stands on.
fn show<'a>(
    group: Group<'a>,
    place: &'a Place,
    kind: AnnotationKind,
    file: &'a File,
    indexes: &mut [Option<Node>],
) -> Group<'a> {
    let span = match &place.spot {
        Spot::File => return group.element(Origin::path(&file.path)),
        Spot::Line { line, column } => offset(&file.text, *line, *column),
        Spot::Node { pointer, part } => match indexes.get_mut(place.file) {
            Some(index) => index.get_or_insert_with(|| Node::index(&file.text)).find(pointer, *part),
            None => 0..0,
        },
    };
    let (number, line, span) = line_of(&file.text, span);
    if line.len() > LONGEST_LINE {
        let column = line.get(..span.start).map_or(0, |before| before.chars().count()) + 1;
        return group.element(Origin::path(&file.path).line(number).char_column(column));
    }
    let annotation = kind.span(span).label(place.label.as_deref());
    group.element(Snippet::source(line).line_start(number).path(&file.path).annotation(annotation))
}

/// The span of the character at a line and column, both from 1.
fn offset(text: &str, line: usize, column: usize) -> Range<usize> {
    let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let line = text.get(start..).and_then(|rest| rest.lines().next()).unwrap_or_default();
    let mut columns = line.char_indices().map(|(offset, _)| start + offset).skip(column.saturating_sub(1));
    let from = columns.next().unwrap_or(start + line.len());
    from..columns.next().unwrap_or(start + line.len())
}

/// The number, from 1, and the text of the line that a span begins on, and the span within that line.
///
/// Only this line is handed to the renderer: documents have many megabytes.
fn line_of(text: &str, span: Range<usize>) -> (usize, &str, Range<usize>) {
    let head = text.get(..span.start).unwrap_or_default();
    let start = head.rfind('\n').map_or(0, |newline| newline + 1);
    let line = text.get(start..).and_then(|rest| rest.lines().next()).unwrap_or_default();
    let within = |offset: usize| (offset - start).min(line.len());
    (head.matches('\n').count() + 1, line, within(span.start)..within(span.end))
}
