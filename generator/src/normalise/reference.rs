//! References that lead to what was moved, or by another name than a pointer: anchors and identifiers in, pointers
//! out.
//!
//! The one rule: after this every `$ref` that can be followed is `#` and a pointer.

use std::collections::HashMap;

use serde_json::{Map, Value, json};

use crate::document::shape::Kind;
use crate::pointer::Pointer;
use crate::tree::{Origins, Tree};

/// What references lead to by another name than a pointer: by `$anchor` (as `#name`), `$id` or `$self`.
#[derive(Debug, Default)]
pub(super) struct Targets(HashMap<String, Pointer>);

impl Targets {
    /// Remembers the names that an object gives itself.
    pub(super) fn collect(&mut self, object: &Map<String, Value>, here: &Pointer, kind: Kind) {
        let (anchors, ids): (&[&str], &[&str]) = match kind {
            Kind::Schema => (&["$anchor", "$dynamicAnchor"], &["$id"]),
            Kind::OpenApi => (&[], &["$self"]),
            _ => return,
        };
        let text = |key: &&str| object.get(*key).and_then(Value::as_str);
        let names = anchors.iter().filter_map(text).map(|name| format!("#{name}"));
        for name in names.chain(ids.iter().filter_map(text).map(str::to_owned)) {
            self.0.entry(name).or_insert_with(|| here.clone());
        }
    }

    /// The pointer that a reference means, where it is none by itself.
    fn pointer(&self, reference: &str) -> Option<Pointer> {
        if let Some(known) = self.0.get(reference) {
            return Some(known.clone());
        }
        let (base, fragment) = reference.split_once('#')?;
        Pointer::from_fragment(fragment)?.rebased(&Pointer::root(), self.0.get(base)?)
    }
}

/// Rewrites each reference of a tree that leads to something by another name, or to where it no longer is.
pub(super) fn redirect(tree: &mut Tree, targets: &Targets) {
    redirect_below(&mut tree.root, &tree.origins, targets);
}

fn redirect_below(value: &mut Value, origins: &Origins, targets: &Targets) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| redirect_below(item, origins, targets)),
        Value::Object(members) => {
            for (key, value) in members {
                match (key.as_str(), &*value) {
                    ("$ref", Value::String(reference)) => {
                        if let Some(there) = redirected(reference, origins, targets) {
                            *value = json!(there.to_fragment());
                        }
                    }
                    ("mapping", Value::Object(_)) => redirect_mapping(value, origins, targets),
                    _ => redirect_below(value, origins, targets),
                }
            }
        }
        _ => {}
    }
}

/// The values of a discriminator's mapping may be references too.
fn redirect_mapping(mapping: &mut Value, origins: &Origins, targets: &Targets) {
    for value in mapping.as_object_mut().into_iter().flat_map(Map::values_mut) {
        match value.as_str().and_then(|reference| redirected(reference, origins, targets)) {
            Some(there) => *value = json!(there.to_fragment()),
            None => redirect_below(value, origins, targets),
        }
    }
}

fn redirected(reference: &str, origins: &Origins, targets: &Targets) -> Option<Pointer> {
    let there = match targets.pointer(reference) {
        Some(there) => there,
        None => return origins.after_moves(&Pointer::from_fragment(reference.strip_prefix('#')?)?),
    };
    Some(origins.after_moves(&there).unwrap_or(there))
}
