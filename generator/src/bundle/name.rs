//! Names components that come from other files.
//!
//! Input: mounts, nodes of other files that become components. Output: the place of each in the
//! bundle.
//!
//! Invariant: a name depends on the file and the pointer only. If two names are equal, more
//! segments of the path are put before them, separated by dots.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::build::Mount;
use crate::pointer::Pointer;
use crate::source::Source;

/// Pointer tokens that are the same for all nodes of a kind, and so are no part of a name.
const STRUCTURE: [&str; 14] = [
    "components",
    "schemas",
    "responses",
    "parameters",
    "requestBodies",
    "headers",
    "securitySchemes",
    "definitions",
    "$defs",
    "paths",
    "content",
    "schema",
    "requestBody",
    "items",
];

/// Returns the place of each mount, in the order of the mounts.
pub(super) fn places(mounts: &[Mount], root: &Value, source: &Source) -> Vec<Pointer> {
    let files = source.files();
    let key = |mount: &Mount| files.get(mount.file).map_or("", |file| file.key.as_str());
    let mut open: BTreeMap<(&[&str], &str, &Pointer), usize> = BTreeMap::new();
    for (index, mount) in mounts.iter().enumerate().filter(|(_, mount)| mount.place.is_none()) {
        open.insert((mount.container, key(mount), &mount.pointer), index);
    }
    let mut places: Vec<Pointer> =
        mounts.iter().map(|mount| mount.place.clone().unwrap_or_default()).collect();
    let mut taken: BTreeSet<Pointer> = BTreeSet::new();
    for (container, ..) in open.keys() {
        let list = Pointer::of(container);
        let members = root.pointer(list.as_str()).and_then(Value::as_object);
        taken.extend(members.into_iter().flatten().map(|(name, _)| list.child(name)));
    }
    let deepest = open.keys().map(|(_, key, pointer)| segments(key, pointer).len()).max().unwrap_or(0);
    for length in 1..=deepest {
        let mut wanted: BTreeMap<Pointer, Vec<_>> = BTreeMap::new();
        for (at, index) in &open {
            let (container, key, pointer) = at;
            wanted
                .entry(Pointer::of(container).child(&name(key, pointer, length)))
                .or_default()
                .push((*at, *index));
        }
        for (place, claims) in wanted {
            let [(at, index)] = claims.as_slice() else { continue };
            if let Some(known) = places.get_mut(*index).filter(|_| !taken.contains(&place)) {
                taken.insert(place.clone());
                *known = place;
                open.remove(at);
            }
        }
    }
    for ((container, key, pointer), index) in open {
        let name = name(key, pointer, usize::MAX);
        let list = Pointer::of(container);
        let free =
            (2..).map(|number| list.child(&format!("{name}_{number}"))).find(|place| !taken.contains(place));
        if let (Some(place), Some(known)) = (free, places.get_mut(index)) {
            taken.insert(place.clone());
            *known = place;
        }
    }
    places
}

/// Returns the last `length` segments of the path to a node, as one name.
fn name(key: &str, pointer: &Pointer, length: usize) -> String {
    let segments = segments(key, pointer);
    segments.get(segments.len().saturating_sub(length)..).unwrap_or_default().join(".")
}

/// Returns the path to a node from the document's folder: folders, the file without its extension,
/// names in the file.
fn segments(key: &str, pointer: &Pointer) -> Vec<String> {
    let (folders, file) = key.rsplit_once('/').unwrap_or(("", key));
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let stem = stem.strip_suffix(".schema").unwrap_or(stem);
    let mut segments: Vec<String> =
        folders.split('/').filter(|folder| !folder.is_empty()).map(str::to_owned).collect();
    if segments.is_empty() || !["index", "_index"].contains(&stem) {
        segments.push(stem.to_owned());
    }
    let says_which = |token: &String| {
        !STRUCTURE.contains(&token.as_str()) && !token.contains('/') && token.parse::<usize>().is_err()
    };
    segments.extend(pointer.tokens().filter(says_which));
    segments
}
