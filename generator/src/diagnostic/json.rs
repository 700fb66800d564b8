//! Diagnostics as JSON, in the shape of rustc's `--error-format=json`
//! (<https://doc.rust-lang.org/rustc/json.html#diagnostics>).
//!
//! Each span has an additional member, `pointer`: the JSON pointer of the node.

use annotate_snippets::Renderer;
use serde_json::{Value, json};

use super::position::Node;
use super::render::{indexes, line_of, one, span};
use super::text::shown;
use super::{Diagnostic, Diagnostics, Place, Severity, Spot};

/// The longest line that a span repeats, in bytes.
const LONGEST_LINE: usize = 1_000;

/// Returns an object for each message.
pub(super) fn all(diagnostics: &Diagnostics) -> Vec<Value> {
    let mut indexes = indexes(diagnostics);
    diagnostics.list.iter().map(|diagnostic| object(diagnostics, diagnostic, &mut indexes)).collect()
}

fn object(diagnostics: &Diagnostics, diagnostic: &Diagnostic, indexes: &mut [Option<Node>]) -> Value {
    let level = match diagnostic.code.severity() {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    };
    let places = diagnostic.places.iter().enumerate();
    let spans: Vec<Value> =
        places.filter_map(|(nth, place)| place_object(diagnostics, place, nth == 0, indexes)).collect();
    let children: Vec<Value> = diagnostic.notes.iter().map(|note| child(note)).collect();
    json!({
        "$message_type": "diagnostic",
        "message": shown(&diagnostic.message),
        "code": { "code": diagnostic.code.id(), "explanation": diagnostic.code.meaning() },
        "level": level,
        "spans": spans,
        "children": children,
        "rendered": one(diagnostics, diagnostic, &[], &Renderer::plain(), indexes),
    })
}

fn child(note: &str) -> Value {
    json!({
        "message": shown(note), "code": null, "level": "note", "spans": [], "children": [], "rendered": null,
    })
}

fn place_object(
    diagnostics: &Diagnostics,
    place: &Place,
    is_primary: bool,
    indexes: &mut [Option<Node>],
) -> Option<Value> {
    let file = diagnostics.files.get(place.file)?;
    let bytes = span(place, file, indexes).unwrap_or(0..0);
    let (line_start, line, within) = line_of(file, bytes.clone());
    let (line_end, ..) = file.line_at(bytes.end);
    let column_start = file.column(bytes.start);
    let text = if line.len() > LONGEST_LINE {
        json!([])
    } else {
        json!([{
            "text": line,
            "highlight_start": column_start,
            "highlight_end": line.get(..within.end).map_or(0, |before| before.chars().count()) + 1,
        }])
    };
    let pointer = match &place.spot {
        Spot::Node { pointer, .. } => Some(pointer.to_string()),
        _ => None,
    };
    Some(json!({
        "file_name": file.path,
        "byte_start": bytes.start,
        "byte_end": bytes.end,
        "line_start": line_start,
        "line_end": line_end,
        "column_start": column_start,
        "column_end": file.column(bytes.end),
        "is_primary": is_primary,
        "text": text,
        "label": place.label.as_deref().map(shown),
        "suggested_replacement": null,
        "suggestion_applicability": null,
        "expansion": null,
        "pointer": pointer,
    }))
}

#[cfg(test)]
mod tests {
    use crate::{Options, Source, generate};

    #[test]
    fn a_span_has_the_position_of_a_diagnostic() {
        let text = "openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths: {}\n\
                    components: {schemas: {\u{e4}: {type: object, properties: {x: {$ref: '#/no'}}}}}\n";
        let output =
            generate(&Source::from_text(("a.yaml", text), &[]), &Options::default()).expect("a client");
        let all: Vec<_> = output.diagnostics.to_json().collect();
        let [one] = all.as_slice() else { panic!("{all:?}") };
        assert_eq!(one["$message_type"], "diagnostic");
        assert_eq!((&one["level"], &one["code"]["code"]), (&"warning".into(), &"W003".into()));
        assert_eq!(one["code"]["explanation"], "A `$ref` refers to a node that does not exist.");
        let span = &one["spans"][0];
        assert_eq!(
            (&span["file_name"], &span["line_start"], &span["line_end"]),
            (&"a.yaml".into(), &4.into(), &4.into())
        );
        let line = text.lines().nth(3).expect("a line");
        let before = line.split("'#/no'").next().expect("a part").chars().count();
        assert_eq!(
            (&span["column_start"], &span["column_end"]),
            (&(before + 1).into(), &(before + 7).into())
        );
        assert_eq!(span["text"][0]["text"], line);
        let bytes = span["byte_start"].as_u64().expect("a number") as usize
            ..span["byte_end"].as_u64().expect("a number") as usize;
        assert_eq!(text.get(bytes), Some("'#/no'"));
        assert!(one["rendered"].as_str().is_some_and(|text| text.starts_with("warning[W003]: ")), "{one}");
    }
}
