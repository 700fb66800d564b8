//! Bundles a document and the files that it refers to into one tree.
//!
//! The target of a `$ref` to another file becomes a component. Its name is the last token of its
//! pointer, or the file's name. A target that cannot be a component, such as a path item, is copied
//! to the place that refers to it.
//!
//! Invariant: afterwards every `$ref` begins with `#`, unless its target was not read. Such a
//! `$ref` has a file's path, relative to the document's folder.

mod build;
mod name;
mod reference;

use serde_json::{Map, Value, json};

use crate::pointer::Pointer;
use crate::source::Source;
use crate::specification::Kind;
use crate::tree::{Origins, Tree};
use build::{Builder, Copy};

/// The tokens that lead to the components of each kind.
type Containers = &'static [(Kind, &'static [&'static str])];

/// OpenAPI 3.0.3 §4.7.7.
const CONTAINERS: Containers = &[
    (Kind::Schema, &["components", "schemas"]),
    (Kind::Response, &["components", "responses"]),
    (Kind::Parameter, &["components", "parameters"]),
    (Kind::RequestBody, &["components", "requestBodies"]),
    (Kind::Header, &["components", "headers"]),
    (Kind::SecurityScheme, &["components", "securitySchemes"]),
];

/// OpenAPI 2.0, §«Swagger Object».
const CONTAINERS_OF_2_0: Containers =
    &[(Kind::Schema, &["definitions"]), (Kind::Response, &["responses"]), (Kind::Parameter, &["parameters"])];

/// Returns one tree of a document and the files that it refers to.
pub(crate) fn bundle(source: &Source) -> Tree {
    if !source.refers_to_files() {
        return Tree { root: source.document().unwrap_or_default(), ..Tree::default() };
    }
    let is_2_0 = source.tree(0).is_some_and(|document| document.get("swagger").is_some());
    let builder = Builder::new(source, if is_2_0 { CONTAINERS_OF_2_0 } else { CONTAINERS });
    let (root, mounts) = builder.build();
    let places = name::places(&mounts, &root.value, source);
    let mut tree = Tree { root: root.value, ..Tree::default() };
    add_copies(&mut tree.origins, &Pointer::root(), root.copies);
    let mut mounts: Vec<_> = mounts.into_iter().zip(&places).collect();
    mounts.sort_by_key(|(_, place)| *place);
    for (mount, place) in mounts {
        tree.origins.insert(place.clone(), mount.file, mount.pointer);
        add_copies(&mut tree.origins, place, mount.built.copies);
        put(&mut tree.root, place, mount.built.value);
    }
    fill(&mut tree.root, &places);
    tree
}

fn add_copies(origins: &mut Origins, place: &Pointer, copies: Vec<Copy>) {
    for Copy { here, file, there } in copies {
        if let Some(here) = here.rebased(&Pointer::root(), place) {
            origins.insert(here, file, there);
        }
    }
}

/// Inserts a node into a tree, and creates missing parents.
fn put(root: &mut Value, place: &Pointer, value: Value) {
    let mut node = root;
    for token in place.tokens() {
        if !node.is_object() {
            *node = Value::Object(Map::new());
        }
        let Value::Object(members) = node else { return };
        node = members.entry(token).or_insert(Value::Null);
    }
    *node = value;
}

/// Replaces references to mounts by pointers to their places.
fn fill(value: &mut Value, places: &[Pointer]) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| fill(item, places)),
        Value::Object(members) => members.values_mut().for_each(|value| fill(value, places)),
        Value::String(text) => {
            if let Some(pointer) = build::placed(text, places) {
                *value = json!(pointer.to_fragment());
            }
        }
        _ => {}
    }
}
