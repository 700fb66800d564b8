//! Counts the bytes of the JSON Pointers of all nodes of a tree.
//!
//! Stages name a node by its pointer, which repeats the names of all its ancestors. A name of 1 MB
//! with a thousand nodes below it takes 1 GB.

use serde_json::Value;

use super::{Path, size};
use crate::limits::{POINTER_BASE, POINTER_FACTOR};
use crate::pointer::Pointer;

/// Returns the limit for a tree of `size` bytes, in the unit of [`size`](super::size).
pub(crate) fn most(size: usize) -> usize {
    size.saturating_mul(POINTER_FACTOR).saturating_add(POINTER_BASE)
}

/// Returns the bytes of the pointers of all nodes below `value`, if its own pointer has `length`
/// bytes.
pub(crate) fn below(value: &Value, length: usize) -> usize {
    let child = |name: usize, value: &Value| {
        let length = length + 1 + name;
        length.saturating_add(below(value, length))
    };
    match value {
        Value::Array(items) => items.iter().map(|item| child(INDEX, item)).fold(0, usize::saturating_add),
        Value::Object(members) => {
            members.iter().map(|(key, value)| child(key.len(), value)).fold(0, usize::saturating_add)
        }
        _ => 0,
    }
}

/// The bytes that count for the index of an item.
pub(super) const INDEX: usize = 2;

/// The words for a tree whose pointers exceed the limit.
pub(crate) const PROBLEM: &str = "too many nodes are below long names";

/// The reason for the limit.
pub(crate) const REASON: &str = "each node has a JSON Pointer, which repeats all names above the node";

/// Returns the member whose name takes the most bytes, if the pointers of the tree exceed the
/// limit.
pub(crate) fn excess(root: &Value) -> Option<Pointer> {
    if below(root, 0) <= most(size(root)) {
        return None;
    }
    let mut longest = (0, Pointer::root());
    weigh(root, &Path::Root, &mut longest);
    Some(longest.1)
}

/// Returns the number of nodes in `value`. Keeps the member with the greatest product of the length
/// of its name and the number of nodes that have the name in their pointers.
fn weigh(value: &Value, here: &Path<'_>, longest: &mut (usize, Pointer)) -> usize {
    match value {
        Value::Array(items) => {
            let items = items.iter().enumerate();
            1 + items.map(|(index, item)| weigh(item, &Path::Index(here, index), longest)).sum::<usize>()
        }
        Value::Object(members) => {
            let mut nodes = 1;
            for (key, value) in members {
                let path = Path::Key(here, key);
                let inner = weigh(value, &path, longest);
                let weight = inner.saturating_mul(key.len());
                if weight > longest.0 {
                    *longest = (weight, path.pointer());
                }
                nodes += inner;
            }
            nodes
        }
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Map, Value, json};

    use super::{below, excess};

    #[test]
    fn the_name_above_most_nodes_is_found() {
        assert_eq!(below(&json!({"ab": [1, {"c": 2}]}), 0), 3 + 6 + 6 + 8);
        let members: Map<String, Value> = (0..3000).map(|index| (format!("k{index}"), json!(1))).collect();
        let members = Value::Object(members);
        let found = |name: usize, other: &Value| {
            let name = "a".repeat(name);
            excess(&json!({"x": {"short": 1, name: members}, "b".repeat(1_000_000): other}))
        };
        assert_eq!(found(100, &Value::Null), None);
        assert_eq!(found(10_000, &Value::Null).map(|pointer| pointer.depth()), Some(2));
        assert_eq!(found(10_000, &members).map(|pointer| pointer.depth()), Some(1));
    }
}
