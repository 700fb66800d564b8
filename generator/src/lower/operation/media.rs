//! Media types, and the kinds of body that they have.

use super::super::Lower;
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::Kinds;
use crate::pointer::Pointer;

/// The kind of body of a media type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::lower) enum Media {
    /// RFC 8259, and the suffix of RFC 6839 §3.1.
    Json,
    /// Fields of a form (WHATWG URL §5.2).
    Form,
    /// RFC 7578.
    Multipart,
    /// Server-sent events (WHATWG HTML §9.2).
    Events,
    /// JSON values, one a line or after a record separator (RFC 7464).
    Lines,
    Text,
    Bytes,
}

/// Media types by name, without parameters. A name that begins with `+` is a suffix, one that ends
/// with `/` is a type.
const MEDIA: &[(&str, Media)] = &[
    ("application/json", Media::Json),
    ("text/json", Media::Json),
    ("+json", Media::Json),
    ("application/x-www-form-urlencoded", Media::Form),
    ("multipart/", Media::Multipart),
    ("text/event-stream", Media::Events),
    ("application/jsonl", Media::Lines),
    ("application/x-jsonl", Media::Lines),
    ("application/ndjson", Media::Lines),
    ("application/x-ndjson", Media::Lines),
    ("application/json-lines", Media::Lines),
    ("application/x-json-stream", Media::Lines),
    ("application/stream+json", Media::Lines),
    ("application/json-seq", Media::Lines),
    ("+json-seq", Media::Lines),
    ("application/xml", Media::Text),
    ("+xml", Media::Text),
    ("application/yaml", Media::Text),
    ("application/x-yaml", Media::Text),
    ("+yaml", Media::Text),
    ("application/javascript", Media::Text),
    ("application/graphql", Media::Text),
    ("application/sdp", Media::Text),
    ("text/", Media::Text),
];

/// The ranges that include JSON and more.
const RANGES: [&str; 2] = ["*/*", "application/*"];

impl Media {
    /// Returns the kind of a media type. A media type that is not in the table is bytes.
    pub(in crate::lower) fn of(name: &str) -> Self {
        row(name).map_or(Self::Bytes, |(_, (_, media))| *media)
    }
}

/// Returns true for a range of media types, such as `*/*` or `application/*`.
pub(super) fn is_range(name: &str) -> bool {
    essence(name).contains('*')
}

/// Returns the sort key of a media type: its row in the table, then its name. The result does not
/// depend on key order.
pub(in crate::lower) fn rank(name: &str) -> (usize, String) {
    (row(name).map_or(MEDIA.len(), |(index, _)| index), name.to_owned())
}

impl Lower<'_> {
    /// Returns the kind of body of a media type. A range that includes JSON is JSON, unless its
    /// schema is text or bytes.
    pub(super) fn media(&self, name: &str, content: &Pointer) -> Media {
        let media = Media::of(name);
        if media != Media::Bytes || !RANGES.contains(&essence(name).as_str()) {
            return media;
        }
        let schema = self.schemas.at(&content.child("schema"));
        let kinds = self.schemas.kinds(schema);
        let is_said = self.schemas.exists(schema) && kinds != Kinds::ANY;
        if is_said && kinds != Kinds::STRING { Media::Json } else { media }
    }

    /// Returns true if a response for a range that includes JSON is a string. The `Content-Type` of
    /// each response then decides whether it is read as JSON or as text.
    pub(super) fn is_varied_text(&self, name: &str, content: &Pointer) -> bool {
        let schema = self.schemas.at(&content.child("schema"));
        let format = self.schemas.resolve(schema).and_then(|target| self.schemas.node(target)?.format);
        RANGES.contains(&essence(name).as_str())
            && self.schemas.exists(schema)
            && self.schemas.kinds(schema) == Kinds::STRING
            && !matches!(format, Some("binary" | "byte"))
    }

    /// Reports the schema of a body or parameter that is sent or received as text. No type is
    /// generated for such a schema.
    pub(super) fn report_unread(&mut self, what: &str, name: &str, content: &Pointer) {
        let schema = self.schemas.at(&content.child("schema"));
        let is_text = TEXTS.iter().any(|known| essence(name).ends_with(known));
        let kinds = self.schemas.kinds(schema);
        if is_text && self.schemas.exists(schema) && kinds != Kinds::STRING && kinds != Kinds::ANY {
            let place = self.place(content).key();
            let message = format!("the schema of a {what} of `{name}` is not supported");
            self.push(Diagnostic::new(Code::Ignored, message, place).note(format!("the {what} is text")));
        }
    }
}

/// Text media types whose schema describes the structure of the text.
const TEXTS: [&str; 4] = ["xml", "yaml", "csv", "tab-separated-values"];

/// Returns the row of a media type, and its index.
fn row(name: &str) -> Option<(usize, &'static (&'static str, Media))> {
    let essence = essence(name);
    let rows = |is: &dyn Fn(&str) -> bool| MEDIA.iter().enumerate().find(|(_, (known, _))| is(known));
    rows(&|known| known == essence)
        .or_else(|| rows(&|known| known.starts_with('+') && essence.ends_with(known)))
        .or_else(|| rows(&|known| known.ends_with('/') && essence.starts_with(known)))
}

/// Returns a media type without its parameters, in lower case.
pub(super) fn essence(name: &str) -> String {
    name.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::Media;

    #[test]
    fn a_media_type_is_known_by_name_suffix_or_type() {
        for (name, media) in [
            ("application/json", Media::Json),
            ("Application/JSON; charset=utf-8", Media::Json),
            ("application/vnd.api+json", Media::Json),
            ("application/x-www-form-urlencoded", Media::Form),
            ("multipart/form-data", Media::Multipart),
            ("multipart/related", Media::Multipart),
            ("text/event-stream", Media::Events),
            ("application/stream+json", Media::Lines),
            ("application/geo+json-seq", Media::Lines),
            ("image/svg+xml", Media::Text),
            ("text/csv", Media::Text),
            ("text/*", Media::Text),
            ("image/*", Media::Bytes),
            ("*/*", Media::Bytes),
            ("application/octet-stream", Media::Bytes),
            ("application/json+sarif", Media::Bytes),
            ("", Media::Bytes),
        ] {
            assert_eq!(Media::of(name), media, "{name}");
        }
    }
}
