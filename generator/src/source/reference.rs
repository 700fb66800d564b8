//! Finds the file that a reference refers to.
//!
//! Input: a `$ref`'s text and its file. Output: a file and a fragment. Invariant: a file is named
//! by its path from the document's folder. A path that begins with `..` or `/` leaves the folder.

use percent_encoding::percent_decode_str;
use serde_json::Value;

use crate::file::File;
use crate::specification::{Context, Kind, is_node};

/// The target of a reference, relative to its own file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    /// A file, by its path from the document's folder, and the fragment without its `#`.
    File { key: String, fragment: String },
    /// A network address, or another target that is no file.
    Elsewhere,
}

impl Target {
    /// Returns the target of `reference` in the file `base`.
    pub(crate) fn of(reference: &str, base: &str) -> Self {
        let (path, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        let fragment = fragment.to_owned();
        if path.is_empty() {
            return Self::File { key: base.to_owned(), fragment };
        }
        let path = percent_decode_str(path).decode_utf8_lossy();
        if has_scheme(&path) || path.starts_with('/') || path.contains(['\\', '\0']) {
            return Self::Elsewhere;
        }
        let mut segments: Vec<&str> = base.split('/').collect();
        segments.pop();
        for segment in path.split('/') {
            match segment {
                "" | "." => {}
                ".." if segments.last().is_some_and(|last| *last != "..") => {
                    segments.pop();
                }
                segment => segments.push(segment),
            }
        }
        Self::File { key: segments.join("/"), fragment }
    }

    /// Returns true if the target's path is inside the document's folder.
    pub(crate) fn is_inside(&self) -> bool {
        matches!(self, Self::File { key, .. } if key != ".." && !key.starts_with("../"))
    }
}

/// Returns true if a value of a discriminator's mapping names a file rather than a schema.
pub(crate) fn names_a_file(mapped: &str) -> bool {
    let path = mapped.split('#').next().unwrap_or_default();
    let has_extension = [".yaml", ".yml", ".json"].iter().any(|extension| path.ends_with(extension));
    has_extension || mapped.starts_with("./") || mapped.starts_with("../")
}

/// Returns the files in the document's folder that a file refers to. In files other than the
/// document each `$ref` counts, because the kinds of their objects are not known before they are
/// referenced.
pub(super) fn mentioned(file: &File, is_document: bool) -> Vec<String> {
    let mut keys = Vec::new();
    if let Some(tree) = file.tree() {
        let context = is_document.then_some(Context::Node(Kind::OpenApi));
        collect(tree, &file.key, context, &mut keys);
    }
    keys
}

fn collect(value: &Value, base: &str, context: Option<Context>, keys: &mut Vec<String>) {
    let mut add = |reference: &str| {
        if reference.starts_with('#') {
            return;
        }
        let target = Target::of(reference, base);
        if let (true, Target::File { key, .. }) = (target.is_inside(), target) {
            keys.push(key);
        }
    };
    match value {
        Value::Array(items) => {
            let context = context.map(Context::item);
            items.iter().filter(|item| is_node(item)).for_each(|item| collect(item, base, context, keys));
        }
        Value::Object(members) if context != Some(Context::Data) => {
            for (key, value) in members {
                match (key.as_str(), value) {
                    ("$ref", Value::String(reference)) => add(reference),
                    ("mapping", Value::Object(mapping)) => {
                        let mapped = mapping.values().filter_map(Value::as_str);
                        mapped.filter(|mapped| names_a_file(mapped)).for_each(&mut add);
                    }
                    _ => {}
                }
            }
            for (key, value) in members.iter().filter(|(_, value)| is_node(value)) {
                collect(value, base, context.map(|context| context.below(key)), keys);
            }
        }
        _ => {}
    }
}

/// Returns true if a reference begins like a URL (RFC 3986 §3.1).
fn has_scheme(path: &str) -> bool {
    path.split_once(':').is_some_and(|(scheme, _)| {
        scheme.starts_with(|first: char| first.is_ascii_alphabetic())
            && scheme.chars().all(|rest| rest.is_ascii_alphanumeric() || matches!(rest, '+' | '-' | '.'))
    })
}

#[cfg(test)]
mod tests {
    use super::Target;

    #[track_caller]
    fn file(reference: &str, base: &str) -> String {
        match Target::of(reference, base) {
            Target::File { key, fragment } => format!("{key}#{fragment}"),
            Target::Elsewhere => "elsewhere".to_owned(),
        }
    }

    #[test]
    fn paths_are_relative_to_the_file_that_they_stand_in() {
        assert_eq!(file("#/a", "api.yaml"), "api.yaml#/a");
        assert_eq!(file("./b.yaml", "api.yaml"), "b.yaml#");
        assert_eq!(file("../schemas/a%20b.yaml#/x", "paths/users.yaml"), "schemas/a b.yaml#/x");
        assert_eq!(file("../../x.yaml", "paths/users.yaml"), "../x.yaml#");
        assert_eq!(file("%2e%2e/x.yaml", "api.yaml"), "../x.yaml#");
        assert_eq!(file("a/../../../x.yaml", "api.yaml"), "../../x.yaml#");
    }

    #[test]
    fn references_out_of_the_folder_are_detected() {
        for reference in
            ["https://example.com/a.yaml", "file:///etc/passwd", "/etc/passwd", "C:\\x.yaml", "//host/x"]
        {
            assert_eq!(Target::of(reference, "api.yaml"), Target::Elsewhere, "{reference}");
        }
        assert!(!Target::of("../x.yaml", "api.yaml").is_inside());
        assert!(Target::of("a/../x.yaml", "api.yaml").is_inside());
    }
}
