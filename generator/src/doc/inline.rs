//! Inlines: the parts of a line of text, and functions that create them.

/// A part of a paragraph, heading or table cell.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Inline {
    /// Text without markup. White space is shown as one space, and a web address becomes a link.
    Text(String),
    Code(String),
    Emphasis(Vec<Inline>),
    Strong(Vec<Inline>),
    /// A link to a web or e-mail address.
    Link {
        url: String,
        label: Vec<Inline>,
    },
    /// A link to an item of the generated crate or of the runtime, by path.
    Item {
        label: String,
        path: String,
    },
    /// A line break.
    Break,
}

/// Invisible characters of zero width.
const ZERO_WIDTH: [char; 4] = ['\u{ad}', '\u{200b}', '\u{2060}', '\u{feff}'];

/// Returns text, shown as written.
pub(crate) fn text(text: impl AsRef<str>) -> Inline {
    Inline::Text(text.as_ref().replace(ZERO_WIDTH, ""))
}

/// Returns text as code.
pub(crate) fn code(text: impl AsRef<str>) -> Inline {
    Inline::Code(text.as_ref().to_owned())
}

/// Returns each text as code, with `between` between them.
pub(crate) fn codes<T: AsRef<str>>(texts: impl IntoIterator<Item = T>, between: &'static str) -> Vec<Inline> {
    joined(texts.into_iter().map(|text| vec![code(text)]), between)
}

/// Joins parts to one line, with `between` between them.
pub(crate) fn joined(parts: impl IntoIterator<Item = Vec<Inline>>, between: &'static str) -> Vec<Inline> {
    let mut inlines = Vec::new();
    for part in parts {
        if !inlines.is_empty() {
            inlines.push(text(between));
        }
        inlines.extend(part);
    }
    inlines
}

/// Returns a link to the item at `path`, labelled with the path.
pub(crate) fn item(path: impl AsRef<str>) -> Inline {
    item_as(path.as_ref(), path.as_ref())
}

/// Returns a link to the item at `path`, labelled with `label`. Returns the label without a link if
/// the path has a part that is no identifier.
pub(crate) fn item_as(label: impl AsRef<str>, path: impl AsRef<str>) -> Inline {
    let [label, path] = [label.as_ref(), path.as_ref()].map(|path| path.replace("r#", ""));
    let is_path =
        |path: &str| !path.is_empty() && path.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | ':'));
    if is_path(&path) && is_path(&label) { Inline::Item { label, path } } else { Inline::Code(label) }
}

/// Returns true if links to this address are allowed.
pub(super) fn is_linkable(url: &str) -> bool {
    ["https://", "http://", "mailto:"].iter().any(|scheme| {
        url.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme))
            && url.len() > scheme.len()
    })
}

/// Returns the text of inlines without markup.
pub(super) fn plain(inlines: &[Inline]) -> String {
    let mut text = String::new();
    for inline in inlines {
        match inline {
            Inline::Text(inner) | Inline::Code(inner) => text.push_str(inner),
            Inline::Emphasis(inner) | Inline::Strong(inner) | Inline::Link { label: inner, .. } => {
                text.push_str(&plain(inner));
            }
            Inline::Item { label, .. } => text.push_str(label),
            Inline::Break => text.push(' '),
        }
    }
    text
}

/// Returns true if the inlines would show nothing.
pub(super) fn is_blank(inlines: &[Inline]) -> bool {
    inlines.iter().all(|inline| match inline {
        Inline::Text(text) => text.trim().is_empty(),
        Inline::Emphasis(inner) | Inline::Strong(inner) | Inline::Link { label: inner, .. } => {
            is_blank(inner)
        }
        Inline::Break => true,
        Inline::Code(_) | Inline::Item { .. } => false,
    })
}
