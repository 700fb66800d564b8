//! Checks the `openapi` or `swagger` member of a document, and determines the version.

use serde_json::Value;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::pointer::Pointer;
use crate::tree::Tree;

/// A version of OpenAPI. Versions that are read in the same way share a variant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Version {
    V2_0,
    V3_0,
    /// 3.1 and 3.2, whose schemas are those of JSON Schema 2020-12.
    V3_1,
}

/// Returns the version of a supported OpenAPI document. Returns `None` and reports a diagnostic for
/// others.
pub(super) fn check(tree: &Tree, diagnostics: &mut Diagnostics) -> Option<Version> {
    let root = Pointer::root();
    let Some((key, version)) = ["openapi", "swagger"].iter().find_map(|key| Some((key, tree.root.get(key)?)))
    else {
        let why = match &tree.root {
            Value::Null => "it is empty",
            Value::Object(members) if members.contains_key("overlay") => {
                "it is an overlay, which goes to `--overlay`"
            }
            Value::Object(_) => "it has no `openapi`",
            _ => "it is not an object",
        };
        let message = format!("this is not an OpenAPI document: {why}");
        diagnostics.push(Diagnostic::new(Code::NotOpenApi, message, tree.place(&root)));
        return None;
    };
    let version = match version {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let mut release = version.split('.');
    match (*key, release.next(), release.next()) {
        ("swagger", Some("2"), Some("0") | None) => Some(Version::V2_0),
        ("openapi", Some("3"), Some("0")) => Some(Version::V3_0),
        ("openapi", Some("3"), Some("1" | "2")) => Some(Version::V3_1),
        _ => {
            let message = format!("version `{version}` of OpenAPI is not supported");
            let place = tree.place(&root.child(key));
            diagnostics.push(
                Diagnostic::new(Code::Version, message, place)
                    .note("supported versions are 2.0, 3.0, 3.1 and 3.2"),
            );
            None
        }
    }
}
