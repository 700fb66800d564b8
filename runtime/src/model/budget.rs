//! The memory budget of decoded values.
//!
//! Input: the size limit of the text, and the size of each allocation before it is made. Output:
//! the allocation, or `None` if the budget does not suffice. Invariant: the values of one text take
//! at most [`TIMES`] times the limit of the text, plus [`SPARE`].

/// The most memory that the values of a text may take, as a multiple of the text's size limit.
const TIMES: usize = 16;

/// The memory that the values of every text may take, in bytes, so that a small limit allows large
/// structs.
const SPARE: usize = 1 << 20;

/// The size limit of a text that no client has received, in bytes: the default limit of a body.
pub(crate) const DEFAULT_TEXT: usize = 16 << 20;

/// The bytes that an allocator may need for each allocation in addition to its content.
const ALLOCATION: usize = 16;

/// The entries of a node of a B-tree in the standard library.
const NODE_ENTRIES: usize = 11;

/// The fewest inserts after which a node can be split again.
const SPLIT_INSERTS: usize = 6;

/// The memory that is left for the values of a text.
#[derive(Clone, Copy, Debug)]
pub struct Budget {
    left: usize,
}

impl Budget {
    /// Creates the budget of a text of at most `limit` bytes.
    pub(super) fn of(limit: usize) -> Self {
        Self { left: limit.saturating_mul(TIMES).saturating_add(SPARE) }
    }

    /// Subtracts bytes.
    #[must_use]
    pub(super) fn spend(&mut self, bytes: usize) -> Option<()> {
        self.left = self.left.checked_sub(bytes)?;
        Some(())
    }

    /// Subtracts the memory of a value with a separate allocation.
    #[must_use]
    pub(super) fn spend_separate(&mut self, bytes: usize) -> Option<()> {
        if bytes == 0 { Some(()) } else { self.spend(bytes.saturating_add(ALLOCATION)) }
    }

    /// Makes room for one more item.
    #[must_use]
    pub(super) fn grow<T>(&mut self, list: &mut Vec<T>) -> Option<()> {
        // A list of items without a size has room for all of them.
        if list.len() < list.capacity() {
            return Some(());
        }
        match self.spend_items(list.capacity(), size_of::<T>()) {
            Some(more) => {
                list.reserve_exact(more);
                Some(())
            }
            None => None,
        }
    }

    /// Subtracts the memory of more items for a full list, and returns their number. While the list
    /// moves, its old and its new memory both count. One function for all types of items.
    fn spend_items(&mut self, capacity: usize, size: usize) -> Option<usize> {
        let least = if size > 1024 { 1 } else { 4 };
        // A list that cannot double may still grow by an eighth.
        let more = [1, 8].into_iter().find_map(|share| {
            let more = (capacity / share).max(least);
            let bytes = capacity.saturating_add(more).saturating_mul(size);
            self.spend(bytes.saturating_add(ALLOCATION)).map(|()| more)
        })?;
        self.left = self.left.saturating_add(capacity.saturating_mul(size));
        Some(more)
    }

    /// Appends to a string. While the string is moved, its old and its new memory both count.
    #[must_use]
    pub(super) fn append(&mut self, string: &mut String, text: &str) -> Option<()> {
        let (length, capacity) = (string.len().saturating_add(text.len()), string.capacity());
        if length > capacity {
            // A string that cannot double may still grow by an eighth.
            let new = [1, 8].into_iter().find_map(|share| {
                let new = capacity.saturating_add(capacity / share).max(length).max(64);
                self.spend(new.saturating_add(ALLOCATION)).map(|()| new)
            })?;
            string.reserve_exact(new - string.len());
            self.left = self.left.saturating_add(capacity);
        }
        string.push_str(text);
        Some(())
    }

    /// Subtracts the memory of one more entry of a map that has `count` entries of `size` bytes,
    /// and of its key. The first entry allocates a whole node. Later nodes are half full in the
    /// worst case, and have parents.
    #[must_use]
    pub(super) fn spend_entry(&mut self, count: usize, size: usize, key: &String) -> Option<()> {
        self.spend_separate(key.capacity())?;
        let node = size.saturating_mul(NODE_ENTRIES).saturating_add(2 * ALLOCATION);
        match count {
            0 => self.spend(node),
            _ if count.is_multiple_of(SPLIT_INSERTS) => self.spend(node.saturating_add(node / 2)),
            _ => Some(()),
        }
    }
}
