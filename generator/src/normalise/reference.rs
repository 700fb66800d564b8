//! Redirects references to nodes that were moved.

use serde_json::{Value, json};

use crate::pointer::Pointer;
use crate::specification::{Context, Kind};
use crate::tree::{Origins, Tree};

/// Rewrites each reference of a tree whose target was moved.
pub(super) fn redirect(tree: &mut Tree) {
    if tree.origins.has_moves() {
        below(&mut tree.root, &tree.origins, Context::Node(Kind::OpenApi));
    }
}

fn below(value: &mut Value, origins: &Origins, context: Context) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| below(item, origins, context.item())),
        Value::Object(members) if context != Context::Data => {
            for (key, value) in members {
                match (context, key.as_str(), &mut *value) {
                    (Context::Node(_) | Context::Other, "$ref", value @ Value::String(_)) => {
                        redirect_one(value, origins);
                    }
                    (Context::Node(Kind::Discriminator), "mapping", Value::Object(mapping)) => {
                        mapping.values_mut().for_each(|value| redirect_one(value, origins));
                    }
                    (_, key, value) => below(value, origins, context.below(key)),
                }
            }
        }
        _ => {}
    }
}

fn redirect_one(value: &mut Value, origins: &Origins) {
    let pointer = |text: &str| Pointer::from_fragment(text.strip_prefix('#')?);
    if let Some(there) = value.as_str().and_then(pointer).and_then(|there| origins.after_moves(&there)) {
        *value = json!(there.to_fragment());
    }
}
