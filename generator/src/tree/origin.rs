//! Origins: which file a node of the tree was written in, and where in that file.
//!
//! Invariant: a node without an entry was written in the document, at its own pointer.

use std::collections::{BTreeMap, HashMap};

use crate::diagnostic::{Part, Place};
use crate::pointer::Pointer;

/// A file by its index in the source. The document is 0.
type FileIndex = usize;

/// The nodes that were not written in the document at their own pointer; each speaks for all that is below it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Origins {
    known: BTreeMap<Pointer, (FileIndex, Pointer)>,
    /// From where nodes were moved, each with its number and where to.
    moves: HashMap<Pointer, Vec<(usize, Pointer)>>,
    /// How many moves there were.
    count: usize,
}

impl Origins {
    /// The node now at `pointer` was written in `file` at `there`.
    pub(crate) fn insert(&mut self, pointer: Pointer, file: FileIndex, there: Pointer) {
        self.known.insert(pointer, (file, there));
    }

    /// The node at `pointer` is made from the one that is or was at `source`.
    pub(crate) fn derive(&mut self, pointer: Pointer, source: &Pointer) {
        let (file, there) = self.find(source);
        self.insert(pointer, file, there);
    }

    /// The node at `to` is a copy of the one at `from`.
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

    /// The node at `to` stood at `from` before: references that lead there lead here.
    pub(crate) fn r#move(&mut self, from: &Pointer, to: &Pointer) {
        self.shift(from, to);
        self.redirect(from, to);
    }

    /// The node at `to` stood at `from` before, where no reference leads.
    pub(crate) fn shift(&mut self, from: &Pointer, to: &Pointer) {
        self.remove(to);
        self.copy(from, to);
        self.remove(from);
    }

    /// References that lead to `from` lead to `to`: a node was taken from there, and put there.
    pub(crate) fn redirect(&mut self, from: &Pointer, to: &Pointer) {
        self.moves.entry(from.clone()).or_default().push((self.count, to.clone()));
        self.count += 1;
    }

    /// Returns where the node is now that once was at `pointer`; `None` where it still is there.
    ///
    /// The moves of a node are followed in the order in which they happened: each time the first one, after the last,
    /// of the node or one that holds it.
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

    /// Forgets what is known of the node at `pointer` and below it.
    pub(crate) fn remove(&mut self, pointer: &Pointer) {
        self.known.remove(pointer);
        let below: Vec<Pointer> = self.known.range(pointer.below()).map(|(known, _)| known.clone()).collect();
        for known in below {
            self.known.remove(&known);
        }
    }

    /// The file and the place in it where the node at `pointer` was written.
    pub(crate) fn find(&self, pointer: &Pointer) -> (FileIndex, Pointer) {
        for ancestor in pointer.ancestors() {
            if let Some((file, there)) = self.known.get(&ancestor) {
                return (*file, pointer.rebased(&ancestor, there).unwrap_or_else(|| there.clone()));
            }
        }
        (0, pointer.clone())
    }

    /// Where the node at `pointer` was written, for a message.
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
