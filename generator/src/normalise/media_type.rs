//! Renames keys of `content` that are no media types, such as `json`.
//!
//! Output: each key of a `content` has a type and a subtype (RFC 9110 §8.3.1), because a client sends
//! it in `Accept` or `Content-Type`.

use serde_json::Value;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::pointer::Pointer;
use crate::specification::{Context, Kind, visit};
use crate::tree::Tree;

/// Names that are evidently short for a media type.
const NAMES: &[(&str, &str)] = &[
    ("json", "application/json"),
    ("xml", "application/xml"),
    ("yaml", "application/yaml"),
    ("text", "text/plain"),
    ("plain", "text/plain"),
    ("html", "text/html"),
    ("csv", "text/csv"),
];

/// The media type that replaces any other name.
const ANY: &str = "*/*";

/// Renames the keys of every `content` in the tree that are no media types.
pub(super) fn rename(tree: &mut Tree, diagnostics: &mut Diagnostics) {
    let mut found = Vec::new();
    visit(&tree.root, &mut Pointer::root(), Context::Node(Kind::OpenApi), &mut |members, here, context| {
        if context == Context::Map(Kind::MediaType) && here.last() == "content" {
            let odd = members.keys().filter(|name| !name.contains('/') && !name.starts_with("x-"));
            found.extend(odd.map(|name| (here.clone(), name.clone())));
        }
        // A schema contains no `content`.
        context != Context::Node(Kind::Schema)
    });
    for (content, name) in found {
        rename_one(tree, &content, &name, diagnostics);
    }
}

fn rename_one(tree: &mut Tree, content: &Pointer, name: &str, diagnostics: &mut Diagnostics) {
    let short = name.trim().to_ascii_lowercase();
    let full = NAMES.iter().find(|(known, _)| *known == short).map_or(ANY, |(_, full)| *full);
    let from = content.child(name);
    let place = tree.place(&from).key();
    let Some(Value::Object(members)) = tree.root.pointer_mut(content.as_str()) else { return };
    let is_known = members.contains_key(full);
    // The other keys keep their order.
    let renamed = std::mem::take(members).into_iter().filter_map(|(key, value)| {
        if key == name { (!is_known).then(|| (full.to_owned(), value)) } else { Some((key, value)) }
    });
    *members = renamed.collect();
    let note = if is_known {
        format!("it is ignored, because `{full}` is declared too")
    } else {
        tree.origins.r#move(&from, &content.child(full));
        format!("read as `{full}`")
    };
    let message = match name {
        "" => "the empty text is no media type".to_owned(),
        name => format!("`{name}` is no media type: it has no `/`"),
    };
    diagnostics.push(Diagnostic::new(Code::Mended, message, place).note(note));
}
