//! Finds the target of a reference.
//!
//! Input: the text of a reference and the file in which it is written. Output: a node of a file.

use serde_json::Value;

use crate::pointer::Pointer;
use crate::source::{Source, Target};
use crate::specification::Kind;

/// The target of a reference.
pub(super) enum Resolved {
    /// A node of the document.
    Document(Pointer),
    /// A node of another file.
    Elsewhere { file: usize, pointer: Pointer },
    /// A node that does not exist, or a file that was not read. The text is relative to the
    /// document's folder.
    Nowhere(String),
    /// A target that does not depend on files. The text stays.
    Stays,
}

/// Returns the text of a Reference Object.
pub(super) fn of(value: &Value) -> Option<&str> {
    value.get("$ref")?.as_str()
}

/// Returns the target of `reference`, which is written in the file with the index `from`.
pub(super) fn resolve(reference: &str, from: usize, source: &Source) -> Resolved {
    let all = source.files();
    let base = all.get(from).map_or("", |file| file.key.as_str());
    let Target::File { key, fragment } = Target::of(reference, base) else { return Resolved::Stays };
    let nowhere =
        || Resolved::Nowhere(if fragment.is_empty() { key.clone() } else { format!("{key}#{fragment}") });
    let Some(file) = source.index_of(&key) else { return nowhere() };
    let pointer = Pointer::from_fragment(&fragment);
    let root = source.tree(file);
    match pointer {
        // Local references stay as written: `normalise` resolves anchors, and dangling references
        // are reported with their original text.
        _ if file == 0 && from == 0 && reference.starts_with('#') => Resolved::Stays,
        Some(pointer) if file == 0 => Resolved::Document(pointer),
        Some(pointer) if root.is_some_and(|root| root.pointer(pointer.as_str()).is_some()) => {
            Resolved::Elsewhere { file, pointer }
        }
        // Many documents write `file.yaml#/` for the whole file. No file has a member with an empty
        // name.
        Some(pointer) if pointer.as_str() == "/" => Resolved::Elsewhere { file, pointer: Pointer::root() },
        None => match root.and_then(|root| anchored(root, &fragment, Pointer::root())) {
            Some(pointer) => Resolved::Elsewhere { file, pointer },
            None => nowhere(),
        },
        _ => nowhere(),
    }
}

/// Returns the first schema of a file that has the anchor `name`.
fn anchored(value: &Value, name: &str, here: Pointer) -> Option<Pointer> {
    match value {
        Value::Object(members) => {
            let is_named = |key: &str| members.get(key).is_some_and(|value| value == name);
            if is_named("$anchor") || is_named("$dynamicAnchor") {
                return Some(here);
            }
            members.iter().find_map(|(key, value)| anchored(value, name, here.child(key)))
        }
        Value::Array(items) => {
            let mut items = items.iter().enumerate();
            items.find_map(|(index, item)| anchored(item, name, here.item(index)))
        }
        _ => None,
    }
}

/// Keywords of a schema that contain parts of the schema.
const PARTS: [&str; 12] = [
    "properties",
    "patternProperties",
    "additionalProperties",
    "items",
    "prefixItems",
    "allOf",
    "anyOf",
    "oneOf",
    "not",
    "if",
    "then",
    "else",
];

/// Returns the node that becomes a component for a reference to `pointer`. For a part of a schema,
/// that is the whole schema.
pub(super) fn component(pointer: &Pointer, kind: Kind) -> Pointer {
    if kind != Kind::Schema {
        return pointer.clone();
    }
    let whole: Vec<String> = pointer.tokens().take_while(|token| !PARTS.contains(&token.as_str())).collect();
    whole.iter().fold(Pointer::root(), |pointer, token| pointer.child(token))
}
