//! Removes nodes from a tree.

use std::collections::{BTreeMap, HashSet};

use serde_json::Value;

use crate::pointer::Pointer;
use crate::tree::Tree;

/// Removes nodes. Later items of a list move up, and keep the place where they were written.
///
/// Nodes are removed by parent, the deepest parents first. Removing a node therefore moves no node
/// that is still to be removed, and a list that loses many items is rewritten once.
pub(super) fn remove(tree: &mut Tree, targets: &[Pointer]) {
    let mut parents: BTreeMap<(usize, Pointer), HashSet<String>> = BTreeMap::new();
    for target in targets {
        let Some((parent, token)) = target.split_last() else {
            tree.root = Value::Null;
            return;
        };
        parents.entry((parent.depth(), parent)).or_default().insert(token);
    }
    for ((_, parent), tokens) in parents.into_iter().rev() {
        from_parent(tree, &parent, &tokens);
    }
}

fn from_parent(tree: &mut Tree, parent: &Pointer, tokens: &HashSet<String>) {
    match tree.root.pointer_mut(parent.as_str()) {
        Some(Value::Object(members)) => {
            members.retain(|key, _| !tokens.contains(key));
            tokens.iter().for_each(|key| tree.origins.remove(&parent.child(key)));
        }
        Some(Value::Array(items)) => {
            let mut from = 0..;
            let mut kept = Vec::new();
            items.retain(|_| {
                let index = from.next().unwrap_or_default();
                let is_kept = !tokens.contains(&index.to_string());
                kept.extend(is_kept.then_some(index));
                is_kept
            });
            for token in tokens {
                tree.origins.remove(&parent.child(token));
            }
            for (to, from) in kept.into_iter().enumerate().filter(|(to, from)| to != from) {
                tree.origins.shift(&parent.item(from), &parent.item(to));
            }
        }
        _ => {}
    }
}
