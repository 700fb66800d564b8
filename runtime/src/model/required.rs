//! Which of a model's required keys have been seen.
//!
//! In: the names that are required, then each key of an object. Out: the first name that is missing. The rule: an
//! object whose keys come in the document's order costs one comparison a key, and up to 64 names no allocation.

/// The required keys of one object that is being read.
pub(super) struct Required {
    names: &'static [&'static str],
    /// Where the search for the next key begins: after the last one found.
    next: usize,
    /// One bit a name, for the first 64 names.
    seen: u64,
    /// The bits of all further names, 64 each.
    more: Vec<u64>,
}

impl Required {
    pub(super) fn new(names: &'static [&'static str]) -> Self {
        Self { names, next: 0, seen: 0, more: Vec::new() }
    }

    /// Marks `key` as seen; a key that isn't required is passed over.
    pub(super) fn mark(&mut self, key: &str) {
        let later = self.names.iter().enumerate().skip(self.next);
        let earlier = self.names.iter().enumerate().take(self.next);
        if let Some((index, _)) = later.chain(earlier).find(|(_, name)| **name == key) {
            self.next = index + 1;
            self.set(index);
        }
    }

    /// The first required name that was not seen.
    pub(super) fn missing(&self) -> Option<&'static str> {
        self.names.iter().enumerate().find(|(index, _)| !self.is_set(*index)).map(|(_, name)| *name)
    }

    fn set(&mut self, index: usize) {
        let (word, bit) = (index / 64, 1 << (index % 64));
        if word == 0 {
            self.seen |= bit;
            return;
        }
        if self.more.len() < word {
            self.more.resize(word, 0);
        }
        if let Some(bits) = self.more.get_mut(word - 1) {
            *bits |= bit;
        }
    }

    fn is_set(&self, index: usize) -> bool {
        let bits = match index / 64 {
            0 => self.seen,
            word => self.more.get(word - 1).copied().unwrap_or(0),
        };
        bits & (1 << (index % 64)) != 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn missing(names: &'static [&'static str], keys: &[&str]) -> Option<&'static str> {
        let mut required = Required::new(names);
        for key in keys {
            required.mark(key);
        }
        required.missing()
    }

    #[test]
    fn the_first_missing_name_is_found_in_any_order_of_keys() {
        const NAMES: &[&str] = &["a", "b", "c"];
        assert_eq!(missing(NAMES, &["a", "b", "c"]), None);
        assert_eq!(missing(NAMES, &["c", "x", "b", "a", "a"]), None);
        assert_eq!(missing(NAMES, &["c", "a"]), Some("b"));
        assert_eq!(missing(NAMES, &[]), Some("a"));
        assert_eq!(missing(&[], &["a"]), None);
    }

    #[test]
    fn more_than_64_names_are_kept_apart() {
        let names: Vec<&'static str> = (0..200).map(|n| &*n.to_string().leak()).collect();
        let names: &'static [&'static str] = names.leak();
        assert_eq!(missing(names, names), None);
        for absent in [0, 63, 64, 127, 128, 199] {
            let keys: Vec<&str> = names.iter().copied().filter(|name| *name != names[absent]).rev().collect();
            assert_eq!(missing(names, &keys), Some(names[absent]));
        }
    }
}
