//! Which documents are read: the `openapi` (or `swagger`) member in, yes or a diagnostic out.

use serde_json::Value;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::parse::Tree;
use crate::pointer::Pointer;

/// Whether the tree is an OpenAPI document of a version that can be generated from.
pub(super) fn check(tree: &Tree, diagnostics: &mut Diagnostics) -> bool {
    let root = Pointer::root();
    let Some((key, version)) = ["openapi", "swagger"].iter().find_map(|key| Some((key, tree.root.get(key)?)))
    else {
        let why = match &tree.root {
            Value::Null => "it is empty",
            Value::Object(members) if members.contains_key("overlay") => {
                "it is an overlay, which goes to `--overlay`"
            }
            Value::Object(_) => "it has no `openapi`",
            _ => "it is no object",
        };
        let message = format!("this is no OpenAPI document: {why}");
        diagnostics.push(Diagnostic::new(Code::NotOpenApi, message, tree.place(&root)));
        return false;
    };
    let place = tree.place(&root.child(key));
    let version = match version {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let mut release = version.split('.');
    match (*key, release.next(), release.next()) {
        ("openapi", Some("3"), Some("0")) => true,
        ("openapi", Some("3"), Some("1")) => {
            let message = format!("OpenAPI {version} is read as 3.0: what it adds is not supported yet");
            diagnostics.push(Diagnostic::new(Code::Newer, message, place));
            true
        }
        _ => {
            let message = format!("version `{version}` of OpenAPI is not supported");
            diagnostics.push(Diagnostic::new(Code::Version, message, place).note("3.0 and 3.1 are"));
            false
        }
    }
}
