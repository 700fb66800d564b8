//! Renders diagnostics as text in rustc's style.
//!
//! Diagnostics with the same words are printed once, at the first place, with their number.
//! Invariant: no character of a document has an effect on a terminal.

use std::collections::BTreeMap;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::position::Node;
use super::text::{escaped, is_hidden, shown};
use super::{Code, Diagnostic, Diagnostics, Place, Severity, Spot};
use crate::file::File;

/// The greatest width of a line, in characters.
const WIDTH: usize = 140;

/// The longest line that is shown, in bytes. For a longer line, such as a document without line
/// breaks, only the column is printed.
const LONGEST_LINE: usize = 10_000;

/// The most line numbers that are listed for diagnostics with the same words.
const NAMED: usize = 12;

/// Renders at most `repeated` groups of each code, then the number of the rest.
pub(super) fn render(diagnostics: &Diagnostics, renderer: Renderer, repeated: usize) -> String {
    let renderer = renderer.term_width(WIDTH);
    let mut indexes = indexes(diagnostics);
    let mut text = String::new();
    let mut printed: BTreeMap<Code, usize> = BTreeMap::new();
    let mut left_out: BTreeMap<Code, usize> = BTreeMap::new();
    for (diagnostic, others) in grouped(&diagnostics.list) {
        let printed = printed.entry(diagnostic.code).or_default();
        *printed += 1;
        if *printed > repeated {
            *left_out.entry(diagnostic.code).or_default() += 1 + others.len();
            continue;
        }
        text.push_str(&one(diagnostics, diagnostic, &others, &renderer, &mut indexes));
    }
    for (code, count) in left_out {
        let title = level(code).primary_title(format!("{count} more like this")).id(code.id());
        let help = format!("`--verbose` shows each, `explain {}` explains them", code.id());
        let group = Group::with_title(title).element(Level::HELP.message(help));
        text.push_str(&format!("{}\n\n", renderer.render(&[group])));
    }
    text
}

/// Returns an empty index for each file. An index is filled when a diagnostic needs it.
pub(super) fn indexes(diagnostics: &Diagnostics) -> Vec<Option<Node>> {
    diagnostics.files.iter().map(|_| None).collect()
}

fn level(code: Code) -> Level<'static> {
    match code.severity() {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    }
}

/// Renders one diagnostic. `others` have the same words and other places.
pub(super) fn one(
    diagnostics: &Diagnostics,
    diagnostic: &Diagnostic,
    others: &[&Diagnostic],
    renderer: &Renderer,
    indexes: &mut [Option<Node>],
) -> String {
    let title = level(diagnostic.code).primary_title(shown(&diagnostic.message)).id(diagnostic.code.id());
    let mut group = Group::with_title(title);
    for (nth, place) in diagnostic.places.iter().enumerate() {
        let kind = if nth == 0 { AnnotationKind::Primary } else { AnnotationKind::Context };
        group = match diagnostics.files.get(place.file) {
            Some(file) => show(group, place, kind, file, indexes),
            None => group,
        };
    }
    let pointer = diagnostic.places.first().and_then(|place| match &place.spot {
        Spot::Node { pointer, .. } => Some(shown(&pointer.to_string()).into_owned()),
        _ => None,
    });
    group = group.elements(pointer.map(|pointer| Level::NOTE.with_name("at").message(pointer)));
    group = group.elements(diagnostic.notes.iter().map(|note| Level::NOTE.message(shown(note))));
    if !others.is_empty() {
        let lines = others.iter().filter_map(|other| line_number(diagnostics, diagnostic, other, indexes));
        let lines: Vec<String> = lines.take(NAMED + 1).collect();
        group = group.element(Level::NOTE.message(more(others.len(), &lines)));
    }
    format!("{}\n\n", renderer.render(&[group]))
}

/// Returns «The same in 12 more places: lines 5, 9, …».
fn more(count: usize, lines: &[String]) -> String {
    let places = if count == 1 { "1 more place".to_owned() } else { format!("{count} more places") };
    let mut named: Vec<String> = lines.iter().take(NAMED).cloned().collect();
    if lines.len() > NAMED {
        named.push("…".to_owned());
    }
    let word = if count == 1 { "line" } else { "lines" };
    format!("the same in {places}: {word} {}", named.join(", "))
}

/// Returns the line number of a diagnostic's first place. Adds the path of its file if `first` is
/// in another file.
fn line_number(
    diagnostics: &Diagnostics,
    first: &Diagnostic,
    one: &Diagnostic,
    indexes: &mut [Option<Node>],
) -> Option<String> {
    let place = one.places.first()?;
    let file = diagnostics.files.get(place.file)?;
    let line = line_of(file, span(place, file, indexes)?).0;
    let is_same_file = first.places.first().is_some_and(|first| first.file == place.file);
    Some(if is_same_file { line.to_string() } else { format!("{}:{line}", file.path) })
}

/// Groups diagnostics with the same words, in the order of the first of each group.
fn grouped(list: &[Diagnostic]) -> Vec<(&Diagnostic, Vec<&Diagnostic>)> {
    let mut groups: Vec<(&Diagnostic, Vec<&Diagnostic>)> = Vec::new();
    let mut seen = std::collections::HashMap::new();
    for diagnostic in list {
        let words = (diagnostic.code, &diagnostic.message, &diagnostic.notes);
        match seen.get(&words).and_then(|&at: &usize| groups.get_mut(at)) {
            Some((_, others)) => others.push(diagnostic),
            None => {
                seen.insert(words, groups.len());
                groups.push((diagnostic, Vec::new()));
            }
        }
    }
    groups
}

/// Adds the lines of a place.
fn show<'a>(
    group: Group<'a>,
    place: &'a Place,
    kind: AnnotationKind,
    file: &'a File,
    indexes: &mut [Option<Node>],
) -> Group<'a> {
    let Some(span) = span(place, file, indexes) else {
        return group.element(Origin::path(escaped(&file.path)));
    };
    let column = file.column(span.start);
    let (number, line, span) = line_of(file, span);
    if line.len() > LONGEST_LINE {
        return group.element(Origin::path(escaped(&file.path)).line(number).char_column(column));
    }
    let annotation = kind.span(span).label(place.label.as_deref().map(shown));
    let line = visible(line);
    group.element(Snippet::source(line).line_start(number).path(escaped(&file.path)).annotation(annotation))
}

/// Replaces every invisible character of a line by a visible one of as many bytes, so that spans
/// stay valid.
fn visible(line: &str) -> String {
    let replaced = |c: char| match (is_hidden(c), c.len_utf8()) {
        (false, _) | (true, 1) => c, // The renderer replaces those of one byte.
        (true, 2) => '\u{b7}',
        (true, 3) => '\u{fffd}',
        (true, _) => '\u{1fbc4}',
    };
    line.chars().map(replaced).collect()
}

/// Returns the span of a place in its file, or `None` for the whole file.
pub(super) fn span(place: &Place, file: &File, indexes: &mut [Option<Node>]) -> Option<Range<usize>> {
    match &place.spot {
        Spot::File => None,
        Spot::Line { line, column } => Some(offset(&file.text, *line, *column)),
        Spot::Node { pointer, part } => {
            let index = indexes.get_mut(place.file)?;
            let text = file.readable();
            Some(index.get_or_insert_with(|| Node::index(text)).find(text, pointer, *part))
        }
    }
}

/// Returns the span of the character at a line and column, both from 1.
fn offset(text: &str, line: usize, column: usize) -> Range<usize> {
    let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let line = text.get(start..).and_then(|rest| rest.lines().next()).unwrap_or_default();
    let mut columns = line.char_indices().map(|(offset, _)| start + offset).skip(column.saturating_sub(1));
    let from = columns.next().unwrap_or(start + line.len());
    from..columns.next().unwrap_or(start + line.len())
}

/// Returns the number (from 1) and the text of the line that a span begins on, and the span within
/// that line.
///
/// Only this line goes to the renderer, because documents can have many megabytes.
pub(super) fn line_of(file: &File, span: Range<usize>) -> (usize, &str, Range<usize>) {
    let (number, start, line) = file.line_at(span.start);
    let within = |offset: usize| offset.saturating_sub(start).min(line.len());
    (number, line, within(span.start)..within(span.end))
}

#[cfg(test)]
mod tests {
    use annotate_snippets::Renderer;

    use super::render;
    use crate::{Options, Source, generate};

    #[test]
    fn a_terminal_obeys_nothing_of_a_document() {
        let odd = "a\u{1b}]0;x\u{7}\r\u{9b}31m\u{202e}\u{2066}";
        let text = format!(
            r#"{{"openapi": "3.1.0", "info": {{"title": "t", "version": "1"}}, "{odd}": 1,
            "paths": {{"/{odd}": {{"get": {{"operationId": "{odd}", "parameters": [{{"name": "{odd}"}}],
            "responses": {{"{odd}": {{"$ref": "{odd}"}}}}}}}}}},
            "components": {{"schemas": {{"{odd}": {{"type": "{odd}", "required": ["{odd}"]}}}}}}}}"#
        );
        // Escaped, every character arrives; as they are, those that YAML takes.
        let escaped: String = text
            .chars()
            .map(|c| {
                if c.is_ascii_control() && c != '\n' { format!("\\u{:04x}", c as u32) } else { c.to_string() }
            })
            .collect();
        for (path, text) in
            [("a.json", escaped), (&*format!("{odd}.yaml"), text.replace(['\u{1b}', '\u{7}', '\r'], ""))]
        {
            let source = Source::from_text((path, &text), &[]);
            let diagnostics = generate(&source, &Options::default())
                .map_or_else(|failed| failed, |output| output.diagnostics);
            let shown = render(&diagnostics, Renderer::plain(), usize::MAX);
            assert!(shown.contains("U+202E"), "{shown}");
            let obeyed = |c: char| c.is_control() && c != '\n' || matches!(c, '\u{202e}' | '\u{2066}');
            assert!(!shown.contains(obeyed), "{shown:?}");
        }
    }
}
