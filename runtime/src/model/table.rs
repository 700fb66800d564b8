//! The table of an object's fields: keys, presence and rules.
//!
//! Input: the fields, from generated code. Output: the field with a key, and the missing fields.
//!
//! In generated code the fields are literals. The table makes [`Field`]s of them at first use. rustc
//! takes longer for a constant that calls a function for each field.

use super::Rules;
use super::field::{Field, FieldOptions, Presence};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU16, Ordering::Relaxed};

/// The table of an object's fields.
#[derive(Debug)]
pub struct Table {
    name: &'static str,
    keys: &'static [&'static str],
    /// A word for each field, with a space behind it.
    presences: &'static str,
    /// The index and the options of each field with options.
    options: &'static [(usize, FieldOptions)],
    /// The number of flattened unions.
    parts: usize,
    others: Others,
    #[cfg(feature = "validate")]
    rules: Rules,
    /// The rules of each additional property.
    #[cfg(feature = "validate")]
    additional_rules: Rules,
    /// Computed at first use.
    index: OnceLock<Index>,
    /// The field that came first in the last object, and the field that came after each field. A
    /// server usually sends the members of a model in the same order, so the reader can expect the
    /// next key. Unset while members come in the document's order.
    followers: OnceLock<Box<[AtomicU16]>>,
}

/// The fields, for the code that reads and writes them.
#[derive(Debug)]
struct Index {
    fields: Box<[Field]>,
    /// The fields sorted by key.
    order: Box<[usize]>,
    /// Bits of the first 64 fields: the required ones.
    required: u64,
}

/// The treatment of undeclared members.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Others {
    /// Kept as received.
    Kept,
    /// Ignored.
    Skipped,
    /// Stored in a map.
    Map,
    /// Stored in a map that `Debug` redacts.
    RedactedMap,
}

/// The number of fields from which on a key is found by binary search.
const MANY: usize = 24;

impl Table {
    /// Returns the table of an object that keeps undeclared members.
    ///
    /// `Debug` prints `name`. `presences` has a word for each key, `required`, `nullable` or
    /// `optional`, with a space behind it. A key without a word is optional. `options` has the index
    /// and the options of each field with options.
    #[must_use]
    pub const fn new(
        name: &'static str,
        keys: &'static [&'static str],
        presences: &'static str,
        options: &'static [(usize, FieldOptions)],
    ) -> Self {
        Self {
            name,
            keys,
            presences,
            options,
            parts: 0,
            others: Others::Kept,
            #[cfg(feature = "validate")]
            rules: &[],
            #[cfg(feature = "validate")]
            additional_rules: &[],
            index: OnceLock::new(),
            followers: OnceLock::new(),
        }
    }

    /// Ignores undeclared members: the document allows none, or a flattened union keeps them.
    #[must_use]
    pub const fn closed(mut self) -> Self {
        self.others = Others::Skipped;
        self
    }

    /// Stores undeclared members in the object's map.
    #[must_use]
    pub const fn additional(mut self) -> Self {
        self.others = Others::Map;
        self
    }

    /// Sets the rules of each undeclared member. Ignored without the feature `validate`.
    #[must_use]
    #[cfg_attr(
        not(feature = "validate"),
        expect(unused_mut, unused_variables, reason = "the feature is off")
    )]
    pub const fn additional_rules(mut self, rules: Rules) -> Self {
        #[cfg(feature = "validate")]
        {
            self.additional_rules = rules;
        }
        self
    }

    /// Redacts the map of undeclared members in `Debug`.
    #[must_use]
    pub const fn redacted_additional(mut self) -> Self {
        self.others = Others::RedactedMap;
        self
    }

    /// Sets the number of flattened unions.
    #[must_use]
    pub const fn parts(mut self, parts: usize) -> Self {
        self.parts = parts;
        self
    }

    /// Sets the rules of the object itself: its number of members. Ignored without the feature
    /// `validate`.
    #[must_use]
    #[cfg_attr(
        not(feature = "validate"),
        expect(unused_mut, unused_variables, reason = "the feature is off")
    )]
    pub const fn rules(mut self, rules: Rules) -> Self {
        #[cfg(feature = "validate")]
        {
            self.rules = rules;
        }
        self
    }

    pub(super) fn name(&self) -> &'static str {
        self.name
    }

    pub(super) fn fields(&self) -> &[Field] {
        &self.index().fields
    }

    fn index(&self) -> &Index {
        self.index.get_or_init(|| {
            let words = self.presences.split_ascii_whitespace().map(Presence::of);
            let presences = words.chain(std::iter::repeat(Presence::Optional));
            let fields = self.keys.iter().zip(presences).map(|(key, presence)| Field::new(key, presence));
            let mut fields: Box<[Field]> = fields.collect();
            for (index, options) in self.options {
                if let Some(field) = fields.get_mut(*index) {
                    field.set(*options);
                }
            }
            let mut order: Box<[usize]> = (0..self.keys.len()).collect();
            order.sort_by_key(|index| self.key(*index));
            let first = fields.iter().take(64).enumerate();
            let required = first.filter(|(_, field)| field.presence() == Presence::Required);
            let required = required.fold(0, |bits, (index, _)| bits | 1 << index);
            Index { fields, order, required }
        })
    }

    /// Returns the indexes of the flattened unions.
    pub(super) fn part_indexes(&self) -> std::ops::Range<usize> {
        self.keys.len()..self.keys.len() + self.parts
    }

    /// Returns the index of the map of additional properties.
    pub(super) fn additional_index(&self) -> Option<usize> {
        matches!(self.others, Others::Map | Others::RedactedMap).then_some(self.keys.len() + self.parts)
    }

    pub(super) fn keeps_others(&self) -> bool {
        self.others == Others::Kept
    }

    pub(super) fn hides_additional(&self) -> bool {
        self.others == Others::RedactedMap
    }

    #[cfg(feature = "validate")]
    pub(super) fn own_rules(&self) -> Rules {
        self.rules
    }

    #[cfg(feature = "validate")]
    pub(super) fn rules_of_additional(&self) -> Rules {
        self.additional_rules
    }

    /// Returns the field with a key.
    pub(super) fn index_of(&self, key: &str) -> Option<usize> {
        if self.keys.len() < MANY {
            return self.keys.iter().position(|known| *known == key);
        }
        let order = &self.index().order;
        order.binary_search_by_key(&key, |index| self.key(*index)).ok().and_then(|at| order.get(at)).copied()
    }

    /// Returns the field that is expected after another, at first the next one of the document.
    /// `last` is 0 at the beginning of an object, else one more than the last field's index.
    pub(super) fn follower(&self, last: usize) -> usize {
        let follower = self.followers.get().and_then(|followers| followers.get(last));
        follower.map_or(last, |follower| follower.load(Relaxed).into())
    }

    /// Sets the field that is expected after another.
    pub(super) fn set_follower(&self, last: usize, field: usize) {
        let followers =
            self.followers.get_or_init(|| (0..).map(AtomicU16::new).take(self.keys.len() + 1).collect());
        if let (Some(follower), Ok(field)) = (followers.get(last), field.try_into()) {
            follower.store(field, Relaxed);
        }
    }

    pub(super) fn key(&self, index: usize) -> &'static str {
        self.keys.get(index).copied().unwrap_or_default()
    }

    /// Returns the indexes of the required fields that are not in `seen`.
    pub(super) fn missing(&self, seen: &Seen) -> Vec<usize> {
        let Index { fields, required, .. } = self.index();
        if required & !seen.first == 0 && fields.len() <= 64 {
            return Vec::new();
        }
        let missing = fields
            .iter()
            .enumerate()
            .filter(|(index, field)| field.presence() == Presence::Required && !seen.contains(*index))
            .map(|(index, _)| index);
        missing.collect()
    }
}

/// The fields of an object that have been read.
#[derive(Default)]
pub(super) struct Seen {
    first: u64,
    /// Bits of the fields from the 65th on.
    more: Vec<u64>,
}

impl Seen {
    pub(super) fn insert(&mut self, index: usize) {
        let bit = 1 << (index % 64);
        let Some(further) = (index / 64).checked_sub(1) else {
            self.first |= bit;
            return;
        };
        if self.more.len() <= further {
            self.more.resize(further + 1, 0);
        }
        if let Some(word) = self.more.get_mut(further) {
            *word |= bit;
        }
    }

    pub(super) fn contains(&self, index: usize) -> bool {
        let word = match (index / 64).checked_sub(1) {
            None => self.first,
            Some(further) => self.more.get(further).copied().unwrap_or_default(),
        };
        word & (1 << (index % 64)) != 0
    }
}
