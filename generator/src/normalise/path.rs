//! Rewrites paths that do not begin with `/`, as OpenAPI 3.0.3 §4.7.8.1 requires.

use serde_json::{Map, Value};

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::pointer::Pointer;
use crate::tree::Origins;

/// Adds `/` to a path, unless it is a URL or the document also has the path with `/`.
pub(super) fn begin_with_slash(
    paths: &mut Map<String, Value>,
    here: &Pointer,
    origins: &mut Origins,
    diagnostics: &mut Diagnostics,
) {
    let is_odd = |key: &str| !key.starts_with('/') && !key.starts_with("x-") && !key.contains("://");
    let odd: Vec<String> =
        paths.keys().filter(|key| is_odd(key) && !paths.contains_key(&format!("/{key}"))).cloned().collect();
    if odd.is_empty() {
        return;
    }
    for (key, item) in std::mem::take(paths) {
        if !odd.contains(&key) {
            paths.insert(key, item);
            continue;
        }
        let path = format!("/{key}");
        let message = format!("the path `{key}` does not begin with `/`");
        let place = origins.place(&here.child(&key)).key();
        diagnostics.push(Diagnostic::new(Code::Mended, message, place).note(format!("read as `{path}`")));
        origins.r#move(&here.child(&key), &here.child(&path));
        paths.insert(path, item);
    }
}
