//! Normalises the merged tree to a [`Document`] of one dialect, OpenAPI 3.0.
//!
//! The dialect has the keys of 3.0 for every version. Features that 3.0 lacks keep their own keys:
//! `patternProperties`, `prefixItems` and `$defs` of a schema, `webhooks`, and
//! `components.pathItems`.
//!
//! Invariants: other versions and known deviations are rewritten in this folder only. Each lossy
//! rewrite reports a diagnostic. Rewritten nodes keep the place where they were written.

mod event;
mod identity;
mod media_type;
mod newer;
mod path;
mod path_item;
mod reference;
mod schema;
mod swagger;
mod version;
mod walk;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::document::Document;
use crate::pointer::Pointer;
use crate::tree::Tree;
use version::Version;

/// The version of a normalised document.
const DIALECT: &str = "3.0.3";

/// Checks that the tree is an OpenAPI document of a supported version, and rewrites it node by
/// node.
pub(crate) fn normalise(mut tree: Tree, diagnostics: &mut Diagnostics) -> Document {
    if let Some(version) = version::check(&tree, diagnostics) {
        demanded(&tree, version, diagnostics);
        identity::resolve(&mut tree, diagnostics);
        path_item::include(&mut tree);
        event::contents(&mut tree);
        newer::convert(&mut tree, diagnostics);
        if version == Version::V2_0 {
            swagger::convert(&mut tree, diagnostics);
        }
        media_type::rename(&mut tree, diagnostics);
        walk::walk(&mut tree, version, diagnostics);
        reference::redirect(&mut tree);
        if let Some(version) = tree.root.get_mut("openapi") {
            *version = DIALECT.into();
        }
    }
    Document::new(tree)
}

/// Reports required members that are missing. A document of 3.1 may have no `paths`.
fn demanded(tree: &Tree, version: Version, diagnostics: &mut Diagnostics) {
    let keys: &[&str] = if version < Version::V3_1 { &["info", "paths"] } else { &["info"] };
    for key in keys.iter().filter(|key| tree.root.get(key).is_none()) {
        let place = tree.place(&Pointer::root());
        diagnostics.push(Diagnostic::new(Code::Malformed, format!("the document has no `{key}`"), place));
    }
}
