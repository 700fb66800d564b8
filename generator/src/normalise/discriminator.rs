//! Rewrites `x-ms-discriminator-value` as an entry of a discriminator's mapping.
//!
//! Input: a tree whose discriminators are objects. Output: the same tree, in which each schema with
//! the extension is in the mappings of the discriminators that it inherits.

use std::collections::HashSet;

use serde_json::{Map, Value, json};

use crate::pointer::Pointer;
use crate::tree::Tree;

const EXTENSION: &str = "x-ms-discriminator-value";

/// Adds the tags of all component schemas. A mapping that has the tag already stays.
pub(super) fn map_tags(tree: &mut Tree) {
    let schemas = Pointer::of(&["components", "schemas"]);
    let Some(Value::Object(components)) = tree.get(&schemas) else { return };
    let mut added = Vec::new();
    for (key, schema) in components {
        let Some(tag) = schema.get(EXTENSION).and_then(Value::as_str) else { continue };
        let bases = bases(components, key);
        added.extend(bases.into_iter().map(|base| (base, tag.to_owned(), key.clone())));
    }
    for (base, tag, key) in added {
        let here = schemas.child(&base).child("discriminator");
        let Some(Value::Object(discriminator)) = tree.root.pointer_mut(here.as_str()) else { continue };
        let mapping = discriminator.entry("mapping").or_insert_with(|| json!({}));
        let Some(mapping) = mapping.as_object_mut().filter(|mapping| !mapping.contains_key(&tag)) else {
            continue;
        };
        let target = schemas.child(&key);
        mapping.insert(tag.clone(), json!(target.to_fragment()));
        tree.origins.derive(here.child("mapping").child(&tag), &target.child(EXTENSION));
    }
}

/// Returns the components with a discriminator that a component is or inherits by `allOf`.
fn bases(components: &Map<String, Value>, key: &str) -> Vec<String> {
    let (mut seen, mut queue, mut bases) = (HashSet::new(), vec![key.to_owned()], Vec::new());
    while let Some(key) = queue.pop() {
        let Some(schema) = components.get(&key) else { continue };
        if !seen.insert(key.clone()) {
            continue;
        }
        let parts = schema.get("allOf").and_then(Value::as_array).into_iter().flatten();
        queue.extend(parts.filter_map(|part| {
            let target = Pointer::from_fragment(part.get("$ref")?.as_str()?.strip_prefix('#')?)?;
            let (folder, key) = target.split_last()?;
            (folder == Pointer::of(&["components", "schemas"])).then_some(key.to_string())
        }));
        if schema.get("discriminator").is_some_and(Value::is_object) {
            bases.push(key);
        }
    }
    bases
}
