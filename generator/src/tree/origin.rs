//! Records the file and place where each node of the tree was written.
//!
//! Invariant: a node without an entry was written in the document, at its own pointer.

use std::collections::{BTreeMap, HashMap};

use crate::diagnostic::{Part, Place};
use crate::pointer::Pointer;

/// The index of a file in the source. The document is 0.
type FileIndex = usize;

/// The nodes that were not written in the document at their own pointer. An entry applies to all
/// nodes below it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Origins {
    known: BTreeMap<Pointer, (FileIndex, Pointer)>,
    /// The moves of nodes: the old pointer, with the number of the move and the new pointer.
    moves: HashMap<Pointer, Vec<(usize, Pointer)>>,
    /// The number of moves.
    count: usize,
}

impl Origins {
    /// Records that the node now at `pointer` was written in `file` at `there`.
    pub(crate) fn insert(&mut self, pointer: Pointer, file: FileIndex, there: Pointer) {
        self.known.insert(pointer, (file, there));
    }

    /// Records that the node at `pointer` is derived from the one that is or was at `source`.
    pub(crate) fn derive(&mut self, pointer: Pointer, source: &Pointer) {
        let (file, there) = self.find(source);
        self.insert(pointer, file, there);
    }

    /// Records that the node at `to` is a copy of the one at `from`.
    pub(crate) fn copy(&mut self, from: &Pointer, to: &Pointer) {
        let below: Vec<_> =
            self.known.range(from.below()).map(|(known, origin)| (known.clone(), origin.clone())).collect();
        self.derive(to.clone(), from);
        for (known, origin) in below {
            if let Some(here) = known.rebased(from, to) {
                self.known.insert(here, origin);
            }
        }
    }

    /// Records that the node at `from` was moved to `to`. References follow.
    pub(crate) fn r#move(&mut self, from: &Pointer, to: &Pointer) {
        self.shift(from, to);
        self.redirect(from, to);
    }

    /// Records that the node at `from` was moved to `to`. No reference leads to it.
    pub(crate) fn shift(&mut self, from: &Pointer, to: &Pointer) {
        self.remove(to);
        self.copy(from, to);
        self.remove(from);
    }

    /// Records that references to `from` lead to `to`, because the node was moved.
    pub(crate) fn redirect(&mut self, from: &Pointer, to: &Pointer) {
        self.moves.entry(from.clone()).or_default().push((self.count, to.clone()));
        self.count += 1;
    }

    /// Returns true if a node was moved.
    pub(crate) fn has_moves(&self) -> bool {
        !self.moves.is_empty()
    }

    /// Returns the current place of the node that was at `pointer`, or `None` if it was not moved.
    ///
    /// Follows the moves in the order in which they happened. Each step takes the first later move
    /// of the node or of an ancestor.
    pub(crate) fn after_moves(&self, pointer: &Pointer) -> Option<Pointer> {
        let mut here = pointer.clone();
        let mut since = 0;
        while let Some((at, from, to)) = self.next_move(&here, since) {
            here = here.rebased(from, to)?;
            since = at + 1;
        }
        (since > 0).then_some(here)
    }

    fn next_move(&self, here: &Pointer, since: usize) -> Option<(usize, &Pointer, &Pointer)> {
        let of_ancestor = here.ancestors().filter_map(|ancestor| {
            let (from, moves) = self.moves.get_key_value(&ancestor)?;
            let (at, to) = moves.get(moves.partition_point(|(at, _)| *at < since))?;
            Some((*at, from, to))
        });
        of_ancestor.min_by_key(|(at, ..)| *at)
    }

    /// Removes the records of the node at `pointer` and below it.
    pub(crate) fn remove(&mut self, pointer: &Pointer) {
        self.known.remove(pointer);
        let below: Vec<Pointer> = self.known.range(pointer.below()).map(|(known, _)| known.clone()).collect();
        for known in below {
            self.known.remove(&known);
        }
    }

    /// Returns the file and the place in it where the node at `pointer` was written.
    pub(crate) fn find(&self, pointer: &Pointer) -> (FileIndex, Pointer) {
        for ancestor in pointer.ancestors().take_while(|_| !self.known.is_empty()) {
            if let Some((file, there)) = self.known.get(&ancestor) {
                return (*file, pointer.rebased(&ancestor, there).unwrap_or_else(|| there.clone()));
            }
        }
        (0, pointer.clone())
    }

    /// Returns the place of the node at `pointer`, for a diagnostic.
    pub(crate) fn place(&self, pointer: &Pointer) -> Place {
        let (file, pointer) = self.find(pointer);
        Place::node(file, pointer, Part::Value)
    }
}

#[cfg(test)]
mod tests {
    use super::Origins;
    use crate::pointer::Pointer;

    fn pointer(text: &str) -> Pointer {
        Pointer::from_text(text).expect("a pointer")
    }

    #[test]
    fn moved_nodes_keep_their_place_and_are_found_by_their_old_one() {
        let mut origins = Origins::default();
        origins.insert(pointer("/a/1/x"), 1, pointer("/overlay"));
        for (from, to) in [("/a/1", "/a/0"), ("/a/2", "/a/1"), ("/a/0/x", "/a/0/y/x")] {
            origins.r#move(&pointer(from), &pointer(to));
        }
        assert_eq!(origins.find(&pointer("/a/0/z")), (0, pointer("/a/1/z")));
        assert_eq!(origins.find(&pointer("/a/0/y/x/b")), (1, pointer("/overlay/b")));
        assert_eq!(origins.after_moves(&pointer("/a/1/x/b")), Some(pointer("/a/0/y/x/b")));
        assert_eq!(origins.after_moves(&pointer("/a/2")), Some(pointer("/a/1")));
        assert_eq!(origins.after_moves(&pointer("/b")), None);
    }
}
