//! Origins: which file a node of the merged tree was written in, and where in that file.
//!
//! The one rule: only what differs from «the document, at the same pointer» is kept.

use std::collections::HashMap;

use crate::pointer::Pointer;

/// A file by its index in the source. The document is 0.
type FileIndex = usize;

/// The nodes that were not written in the document at their own pointer; each speaks for all that is below it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Origins(HashMap<Pointer, (FileIndex, Pointer)>);

impl Origins {
    /// The node now at `pointer` was written in `file` at `there`.
    pub(crate) fn insert(&mut self, pointer: Pointer, file: FileIndex, there: Pointer) {
        self.0.insert(pointer, (file, there));
    }

    /// Forgets what is known of the node at `pointer` and below it.
    pub(crate) fn remove(&mut self, pointer: &Pointer) {
        self.0.retain(|known, _| !known.is_within(pointer));
    }

    /// The file and the place in it where the node at `pointer` was written.
    pub(crate) fn find(&self, pointer: &Pointer) -> (FileIndex, Pointer) {
        let mut ancestor = Some(pointer.clone());
        while let Some(known) = ancestor {
            if let Some((file, there)) = self.0.get(&known) {
                let there = pointer.rebased(&known, there).unwrap_or_else(|| there.clone());
                return (*file, there);
            }
            ancestor = known.split_last().map(|(parent, _)| parent);
        }
        (0, pointer.clone())
    }
}
