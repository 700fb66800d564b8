//! Which of an object's keys were null.
//!
//! In: keys while an object is read. Out: whether one was null, when it is written. The rule: it is no part of a
//! model's value, so two models are equal whatever was null in their texts.

use super::blank::Blank;
use std::fmt;

/// The keys of an object that were null, of those whose field is `None` for null and for an absent key.
#[derive(Clone, Default)]
pub struct Nulls(Vec<Box<str>>);

impl Nulls {
    /// Notes whether `key` was null; of a key that comes twice the last counts.
    pub(super) fn note(&mut self, key: &str, is_null: bool) {
        self.0.retain(|known| **known != *key);
        if is_null {
            self.0.push(key.into());
        }
    }

    pub(super) fn has(&self, key: &str) -> bool {
        self.0.iter().any(|known| **known == *key)
    }
}

impl Blank for Nulls {
    fn blank() -> Self {
        Self::default()
    }
}

impl PartialEq for Nulls {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl fmt::Debug for Nulls {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("_")
    }
}

#[cfg(test)]
mod tests {
    use super::Nulls;

    #[test]
    fn of_a_key_that_comes_twice_the_last_counts() {
        let mut nulls = Nulls::default();
        nulls.note("a", true);
        nulls.note("b", true);
        nulls.note("a", false);
        assert!(nulls.has("b") && !nulls.has("a"));
        assert_eq!(nulls, Nulls::default());
    }
}
