//! Objects with declared fields.
//!
//! Input: a [`Table`] of fields, and access to each field by index. Output: the members of the
//! object in JSON.

use super::{Decode, Encode, Rest, Rules, View};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU16, Ordering::Relaxed};

/// A model that is an object in JSON.
///
/// The indexes for [`member`](Self::member) and [`member_mut`](Self::member_mut) are, in order: the
/// table's fields, each flattened union, the map of additional properties if there is one. Any
/// other index is the model's [`Rest`], if it has one.
pub trait Object {
    /// Returns a value whose fields are all blank.
    fn blank() -> Self
    where
        Self: Sized;

    /// Returns the table of the fields.
    fn table(&self) -> &'static Table;

    /// Returns the value at `index`.
    fn member(&self, index: usize) -> &dyn Encode;

    /// Returns the place of the value at `index`.
    fn member_mut(&mut self, index: usize) -> &mut dyn Decode;
}

/// The table of an object's fields.
#[derive(Debug)]
pub struct Table {
    name: &'static str,
    fields: &'static [Field],
    /// The number of flattened unions.
    parts: usize,
    others: Others,
    #[cfg(feature = "validate")]
    rules: Rules,
    /// The rules of each additional property.
    #[cfg(feature = "validate")]
    additional_rules: Rules,
    /// Bits of the first 64 fields: the required ones.
    required: u64,
    /// The fields sorted by key, computed at first use.
    order: OnceLock<Box<[usize]>>,
    /// The field that came first in the last object that was read, and the one after each field. A
    /// server sends the members of a model in the same order each time, so that the next key is
    /// known before it is read. Empty as long as the members come in the document's order.
    followers: OnceLock<Box<[AtomicU16]>>,
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
    /// `name` is the name that `Debug` prints.
    #[must_use]
    pub const fn new(name: &'static str, fields: &'static [Field]) -> Self {
        let (mut required, mut index) = (0, 0);
        let mut rest = fields;
        while let Some((field, others)) = rest.split_first() {
            if index < 64 && matches!(field.presence, Presence::Required) {
                required |= 1 << index;
            }
            index += 1;
            rest = others;
        }
        Self {
            name,
            fields,
            parts: 0,
            others: Others::Kept,
            #[cfg(feature = "validate")]
            rules: &[],
            #[cfg(feature = "validate")]
            additional_rules: &[],
            required,
            order: OnceLock::new(),
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

    pub(super) fn fields(&self) -> &'static [Field] {
        self.fields
    }

    /// Returns the indexes of the flattened unions.
    pub(super) fn part_indexes(&self) -> std::ops::Range<usize> {
        self.fields.len()..self.fields.len() + self.parts
    }

    /// Returns the index of the map of additional properties.
    pub(super) fn additional_index(&self) -> Option<usize> {
        matches!(self.others, Others::Map | Others::RedactedMap).then_some(self.fields.len() + self.parts)
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
        if self.fields.len() < MANY {
            return self.fields.iter().position(|field| field.key == key);
        }
        let order = self.order.get_or_init(|| {
            let mut order: Box<[usize]> = (0..self.fields.len()).collect();
            order.sort_by_key(|index| self.key(*index));
            order
        });
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
            self.followers.get_or_init(|| (0..).map(AtomicU16::new).take(self.fields.len() + 1).collect());
        if let (Some(follower), Ok(field)) = (followers.get(last), field.try_into()) {
            follower.store(field, Relaxed);
        }
    }

    pub(super) fn key(&self, index: usize) -> &'static str {
        self.fields.get(index).map_or("", |field| field.key)
    }

    /// Returns the indexes of the required fields that are not in `seen`.
    pub(super) fn missing(&self, seen: &Seen) -> Vec<usize> {
        if self.required & !seen.first == 0 && self.fields.len() <= 64 {
            return Vec::new();
        }
        let fields = self.fields.iter().enumerate();
        let missing = fields
            .filter(|(index, field)| field.presence == Presence::Required && !seen.contains(*index))
            .map(|(index, _)| index);
        missing.collect()
    }
}

/// The description of one field.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    key: &'static str,
    presence: Presence,
    is_redacted: bool,
    #[cfg(feature = "validate")]
    rules: Rules,
}

/// When a field is present in JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Presence {
    /// Always. Absence is an error.
    Required,
    /// Always when encoded. `None` is null.
    Nullable,
    /// Unless it is `None`.
    Optional,
}

impl Field {
    const fn new(key: &'static str, presence: Presence) -> Self {
        Self {
            key,
            presence,
            is_redacted: false,
            #[cfg(feature = "validate")]
            rules: &[],
        }
    }

    /// Returns a field whose key is required.
    #[must_use]
    pub const fn required(key: &'static str) -> Self {
        Self::new(key, Presence::Required)
    }

    /// Returns a field that is always encoded, `None` as null.
    #[must_use]
    pub const fn nullable(key: &'static str) -> Self {
        Self::new(key, Presence::Nullable)
    }

    /// Returns a field that is omitted if it is `None`, unless null was received.
    #[must_use]
    pub const fn optional(key: &'static str) -> Self {
        Self::new(key, Presence::Optional)
    }

    /// Redacts the value in `Debug`, because it is a secret or personal data.
    #[must_use]
    pub const fn redacted(self) -> Self {
        Self { is_redacted: true, ..self }
    }

    /// Sets the rules of the value. Ignored without the feature `validate`.
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

    pub(super) fn key(&self) -> &'static str {
        self.key
    }

    pub(super) fn is_redacted(&self) -> bool {
        self.is_redacted
    }

    #[cfg(feature = "validate")]
    pub(super) fn own_rules(&self) -> Rules {
        self.rules
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

    fn contains(&self, index: usize) -> bool {
        let word = match (index / 64).checked_sub(1) {
            None => self.first,
            Some(further) => self.more.get(further).copied().unwrap_or_default(),
        };
        word & (1 << (index % 64)) != 0
    }
}

/// Returns the undeclared members and nulls of an object.
pub(super) fn rest(object: &dyn Object) -> Option<&Rest> {
    match object.member(usize::MAX).view() {
        View::Rest(rest) => Some(rest),
        _ => None,
    }
}

/// Calls `read` with each member of an object in JSON, in the order of encoding: fields, flattened
/// unions, additional and undeclared properties.
pub(super) fn members<'a>(object: &'a dyn Object, read: &mut dyn FnMut(&'a str, View<'a>)) {
    let table = object.table();
    let rest = rest(object);
    // The fields that are written, so that flattened unions do not repeat them.
    let mut written = Seen::default();
    for (index, field) in table.fields().iter().enumerate() {
        match object.member(index).view() {
            View::Absent if field.presence == Presence::Optional => {
                if !rest.is_some_and(|rest| rest.was_null(index)) {
                    continue;
                }
                read(field.key, View::Null);
            }
            View::Absent => read(field.key, View::Null),
            view => match rest.and_then(|rest| rest.digits(index, view)) {
                Some(text) => read(field.key, View::Raw(text)),
                None => read(field.key, view),
            },
        }
        written.insert(index);
    }
    for part in table.part_indexes() {
        members_of(object.member(part).view(), &mut |key, view| {
            if !table.index_of(key).is_some_and(|index| written.contains(index)) {
                read(key, view);
            }
        });
    }
    if let Some(additional) = table.additional_index() {
        members_of(object.member(additional).view(), &mut |key, view| match rest
            .and_then(|rest| rest.member_digits(key, view))
        {
            Some(text) => read(key, View::Raw(text)),
            None => read(key, view),
        });
    }
    if let Some(rest) = rest {
        rest.members().for_each(|(key, json)| read(key, View::Raw(json)));
    }
}

/// Calls `read` with each member of an object. Returns false if the value is neither an object nor
/// absent.
pub(crate) fn members_of<'a>(view: View<'a>, read: &mut dyn FnMut(&'a str, View<'a>)) -> bool {
    match view {
        View::Object(object) => members(object, read),
        View::Map(map) => map.each(&mut |key, value| read(key, value.view())),
        View::Any(serde_json::Value::Object(map)) => {
            map.iter().for_each(|(key, value)| read(key, View::Any(value)));
        }
        View::Tagged(tagged) => {
            read(tagged.key, tagged.tag.view());
            return members_of(tagged.object.view(), &mut |key, view| {
                if key != tagged.key {
                    read(key, view);
                }
            });
        }
        View::Checked(value, _) => return members_of(value.view(), read),
        View::Absent | View::Null | View::Any(serde_json::Value::Null) => {}
        _ => return false,
    }
    true
}
