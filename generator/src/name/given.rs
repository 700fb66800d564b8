//! The names in use, each with its node.
//!
//! The lock stores them, and the corpus command counts them.

use std::collections::HashMap;

use crate::pointer::Pointer;

/// The length of a long name, in characters. rustfmt breaks a call of such a name, and it is hard
/// to read.
pub(super) const LONG: usize = 60;

/// A name in use.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Given {
    /// The kind of the item: `type`, `field`, `method`.
    pub(crate) kind: &'static str,
    /// The path of the item, such as `models::User::id`.
    pub(crate) path: String,
    /// The item's key, which is the same in other versions of the document: the pointer, with array
    /// indexes replaced by the items' identities.
    pub(crate) key: Pointer,
    /// The item's node in the document.
    pub(crate) pointer: Pointer,
}

/// The names of earlier generations, by scope.
#[derive(Clone, Debug, Default)]
pub(crate) struct Held {
    /// The names with the keys of their nodes, by kind and by the path of the scope.
    scopes: HashMap<(String, String), Vec<(Pointer, String)>>,
    /// The places of operations with the keys of their names, by kind and by the path of the scope.
    places: HashMap<(String, String), Vec<(Pointer, Pointer)>>,
}

impl Held {
    /// Holds the last part of `path` as the name of the node at `pointer`. Ignores a path without a
    /// scope.
    pub(crate) fn insert(&mut self, kind: &str, path: &str, pointer: Pointer) {
        let Some((scope, name)) = super::reserved::split_path(kind, path) else { return };
        let key = (kind.to_owned(), scope.to_owned());
        self.scopes.entry(key).or_default().push((pointer, name.to_owned()));
    }

    /// Records the place of the operation with a key, so that the operation keeps its name if its
    /// operationId changes.
    pub(crate) fn insert_place(&mut self, kind: &str, path: &str, place: Pointer, key: Pointer) {
        let Some((scope, _)) = super::reserved::split_path(kind, path) else { return };
        self.places.entry((kind.to_owned(), scope.to_owned())).or_default().push((place, key));
    }

    /// Returns the keys of operations by their recorded places.
    pub(super) fn moved(&self, kind: &str, scope: &str) -> Vec<(Pointer, Pointer)> {
        self.places.get(&(kind.to_owned(), scope.to_owned())).cloned().unwrap_or_default()
    }

    /// Returns the held names of a scope.
    pub(super) fn of(&self, kind: &str, scope: &str) -> Vec<(Pointer, String)> {
        self.scopes.get(&(kind.to_owned(), scope.to_owned())).cloned().unwrap_or_default()
    }
}
