//! The names that a generation gave, each with the node that has it.
//!
//! They are what a lock keeps and what the corpus command counts.

use std::collections::HashMap;

use crate::pointer::Pointer;

/// Characters from which on a name is long: rustfmt breaks a call of it, and no reader takes it in at once.
pub(crate) const LONG: usize = 60;

/// A name that was given.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Given {
    /// What has the name: `type`, `field`, `method`.
    pub(crate) kind: String,
    /// The path of the item, as `models::User::id`.
    pub(crate) path: String,
    /// What the item is known by in another version of the document: its pointer, with what an item of an array is in place
    /// of its index.
    pub(crate) key: Pointer,
    /// The node of the document that the item stands for.
    pub(crate) pointer: Pointer,
    /// Whether a number tells the name from those of others.
    pub(crate) is_numbered: bool,
    /// Characters of the last part of the path.
    pub(crate) length: usize,
}

/// The names of earlier generations, by the scope that they stand in.
#[derive(Clone, Debug, Default)]
pub(crate) struct Held {
    /// By the kind's word and the scope's path: the pointers with their names.
    scopes: HashMap<(String, String), Vec<(Pointer, String)>>,
    /// The same for the places of operations: by place, the key that the name is held by.
    places: HashMap<(String, String), Vec<(Pointer, Pointer)>>,
}

impl Held {
    /// Holds the name at the end of `path` for what stands at `pointer`. A path without a scope is ignored.
    pub(crate) fn insert(&mut self, kind: &str, path: &str, pointer: Pointer) {
        let Some((scope, name)) = super::reserved::split_path(kind, path) else { return };
        let key = (kind.to_owned(), scope.to_owned());
        self.scopes.entry(key).or_default().push((pointer, name.to_owned()));
    }

    /// Says where the operation with a key stood, so that it keeps its name where its operationId changes.
    pub(crate) fn insert_place(&mut self, kind: &str, path: &str, place: Pointer, key: Pointer) {
        let Some((scope, _)) = super::reserved::split_path(kind, path) else { return };
        self.places.entry((kind.to_owned(), scope.to_owned())).or_default().push((place, key));
    }

    /// The keys of operations by the places where they stood.
    pub(super) fn moved(&self, kind: &str, scope: &str) -> Vec<(Pointer, Pointer)> {
        self.places.get(&(kind.to_owned(), scope.to_owned())).cloned().unwrap_or_default()
    }

    /// The names that are held in a scope.
    pub(super) fn of(&self, kind: &str, scope: &str) -> Vec<(Pointer, String)> {
        self.scopes.get(&(kind.to_owned(), scope.to_owned())).cloned().unwrap_or_default()
    }
}
