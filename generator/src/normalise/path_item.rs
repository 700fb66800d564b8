//! Replaces path items that are a `$ref` by their targets.
//!
//! Invariant: every operation is below its own path, because its name depends on the path.

use serde_json::Value;

use crate::pointer::Pointer;
use crate::tree::Tree;

/// Replaces each `$ref` of a path item by the target's members. Members beside the `$ref` win. A
/// `$ref` without target stays, and is reported when it is read.
pub(super) fn include(tree: &mut Tree) {
    let root = Pointer::root();
    for items in [root.child("paths"), root.child("webhooks"), root.child("components").child("pathItems")] {
        let Some(Value::Object(members)) = tree.get(&items) else { continue };
        let references = members.iter().filter(|(_, item)| item.get("$ref").is_some());
        let references: Vec<Pointer> = references.map(|(key, _)| items.child(key)).collect();
        references.iter().for_each(|here| include_one(tree, here));
    }
}

fn include_one(tree: &mut Tree, here: &Pointer) {
    let Some(target) = tree.follow(here) else { return };
    let Some(Value::Object(included)) = tree.get(&target).cloned() else { return };
    let Some(Value::Object(item)) = tree.root.pointer_mut(here.as_str()) else { return };
    item.shift_remove("$ref");
    for (key, value) in included {
        if !item.contains_key(&key) {
            tree.origins.copy(&target.child(&key), &here.child(&key));
            item.insert(key, value);
        }
    }
}
