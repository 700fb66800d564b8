//! Rewrites references that use `$id`, `$anchor`, `$dynamicAnchor` or `$self` as JSON pointers.
//!
//! Resolves by JSON Schema 2020-12 §8.2 and OpenAPI 3.2 §4.5: the base URI of a reference is the
//! `$id` around it, or the document's `$self`. A reference without target stays as written, and is
//! reported when it is read.
//!
//! Invariant: afterwards every reference with a target is `#` and a pointer, and there is no
//! `$dynamicRef`.

mod dynamic;
mod include;
mod index;
mod security;

use std::collections::HashSet;

use serde_json::{Value, json};

use crate::diagnostic::Diagnostics;
use crate::pointer::Pointer;
use crate::tree::Tree;
use index::{Index, Reference};

/// Resolves all references of a tree.
pub(super) fn resolve(tree: &mut Tree, diagnostics: &mut Diagnostics) {
    let index = Index::new(&tree.root);
    let specialised = dynamic::specialise(tree, &index, diagnostics);
    let mut replaced = HashSet::new();
    for (at, value, copies) in specialised {
        for (from, to) in copies {
            tree.origins.copy(&from, &to);
        }
        if let Some(node) = tree.root.pointer_mut(at.as_str()) {
            *node = value;
        }
        replaced.insert(at);
    }
    for reference in index.references.iter().filter(|reference| !replaced.contains(&reference.at)) {
        rewrite(&mut tree.root, reference);
    }
    security::name(&mut tree.root, &index);
    include::include(tree, diagnostics);
}

fn rewrite(root: &mut Value, reference: &Reference) {
    let Some(holder) = root.pointer_mut(reference.at.as_str()).and_then(Value::as_object_mut) else { return };
    let target = reference.target().map(Pointer::to_fragment);
    match (reference.key.as_str(), target) {
        ("$dynamicRef", target) => {
            let text = holder.shift_remove("$dynamicRef");
            let text = target.map(Value::from).or(text);
            if let (Some(text), false) = (text, holder.contains_key("$ref")) {
                holder.insert("$ref".to_owned(), text);
            }
        }
        (key, Some(target)) if reference.is_relative() => {
            holder.insert(key.to_owned(), json!(target));
        }
        _ => {}
    }
}
