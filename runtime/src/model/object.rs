//! Objects with known keys: what a model says of its fields, and what the runtime makes of it.
//!
//! Input: a [`Table`] of fields and access to each by its index. Output: the members that an object has in JSON.

use super::{Decode, Encode, Rest, Rules, View};
use std::sync::OnceLock;

/// A model that is an object in JSON.
///
/// The indexes of [`member`](Self::member) and [`member_mut`](Self::member_mut) are those of the table's fields, then one
/// for each part, then one for the map of additional properties, where there is one. All others are those of the
/// model's [`Rest`], if it has one.
pub trait Object {
    /// Returns a value whose fields are all blank.
    fn blank() -> Self
    where
        Self: Sized;

    /// Returns what the document says of the fields.
    fn table(&self) -> &'static Table;

    /// Returns the value at `index`.
    fn member(&self, index: usize) -> &dyn Encode;

    /// Returns the place of the value at `index`.
    fn member_mut(&mut self, index: usize) -> &mut dyn Decode;
}

/// What a document says of an object's fields.
#[derive(Debug)]
pub struct Table {
    name: &'static str,
    fields: &'static [Field],
    /// The number of unions whose members stand among the object's own.
    parts: usize,
    others: Others,
    #[cfg(feature = "validate")]
    rules: Rules,
    /// What each additional property is asked for.
    #[cfg(feature = "validate")]
    additional_rules: Rules,
    /// Bits of the first 64 fields: those that must be there.
    required: u64,
    /// The fields in the order of their keys; made when it is needed first.
    order: OnceLock<Box<[usize]>>,
}

/// What becomes of members that are not declared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Others {
    /// They are kept as they came.
    Kept,
    /// They are passed over.
    Skipped,
    /// They are in a map.
    Map,
    /// They are in a map, and not printed.
    RedactedMap,
}

/// From so many fields on, a key is looked up by halves.
const MANY: usize = 24;

impl Table {
    /// A table of fields, of an object that keeps undeclared members.
    ///
    /// `name` is what `Debug` prints.
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
        }
    }

    /// Passes over undeclared members: the document allows none, or a part keeps them.
    #[must_use]
    pub const fn closed(mut self) -> Self {
        self.others = Others::Skipped;
        self
    }

    /// Puts undeclared members into the object's map.
    #[must_use]
    pub const fn additional(mut self) -> Self {
        self.others = Others::Map;
        self
    }

    /// What each undeclared member is asked for. Without the feature `validate` the rules are not kept.
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

    /// Hides the map of undeclared members from `Debug`.
    #[must_use]
    pub const fn redacted_additional(mut self) -> Self {
        self.others = Others::RedactedMap;
        self
    }

    /// Has so many unions whose members stand among the object's own.
    #[must_use]
    pub const fn parts(mut self, parts: usize) -> Self {
        self.parts = parts;
        self
    }

    /// What the object itself is asked for: the number of its members. Without the feature `validate` the rules are not
    /// kept.
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

    /// Returns the indexes of the parts.
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

    /// Returns the field of a key. The search begins at `guess`: objects mostly come in the document's order.
    pub(super) fn index_of(&self, key: &str, guess: usize) -> Option<usize> {
        let is = |field: &Field| field.key == key;
        let (before, after) = self.fields.split_at_checked(guess).unwrap_or((self.fields, &[]));
        if self.fields.len() < MANY {
            let found = after.iter().position(is).map(|index| index + before.len());
            return found.or_else(|| before.iter().position(is));
        }
        if let Some(index) = after.iter().take(4).position(is) {
            return Some(index + before.len());
        }
        let order = self.order.get_or_init(|| {
            let mut order: Box<[usize]> = (0..self.fields.len()).collect();
            order.sort_by_key(|index| self.key(*index));
            order
        });
        order.binary_search_by_key(&key, |index| self.key(*index)).ok().and_then(|at| order.get(at)).copied()
    }

    fn key(&self, index: usize) -> &'static str {
        self.fields.get(index).map_or("", |field| field.key)
    }

    /// Returns the keys of the fields that must be there and are not in `seen`.
    pub(super) fn missing(&self, seen: &Seen) -> Vec<&'static str> {
        if self.required & !seen.first == 0 && self.fields.len() <= 64 {
            return Vec::new();
        }
        let fields = self.fields.iter().enumerate();
        let missing = fields
            .filter(|(index, field)| field.presence == Presence::Required && !seen.contains(*index))
            .map(|(_, field)| field.key);
        missing.collect()
    }
}

/// What a document says of one field.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    key: &'static str,
    presence: Presence,
    is_redacted: bool,
    #[cfg(feature = "validate")]
    rules: Rules,
}

/// When a field is in the JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Presence {
    /// Always, and its absence is an error.
    Required,
    /// Always when written; `None` is null.
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

    /// A field whose key must be there.
    #[must_use]
    pub const fn required(key: &'static str) -> Self {
        Self::new(key, Presence::Required)
    }

    /// A field that is always written, `None` as null.
    #[must_use]
    pub const fn nullable(key: &'static str) -> Self {
        Self::new(key, Presence::Nullable)
    }

    /// A field that is left out where it is `None`, unless null was received for it.
    #[must_use]
    pub const fn optional(key: &'static str) -> Self {
        Self::new(key, Presence::Optional)
    }

    /// Hides the value from `Debug`: it is a secret, or tells of a person.
    #[must_use]
    pub const fn redacted(self) -> Self {
        Self { is_redacted: true, ..self }
    }

    /// What the value is asked for. Without the feature `validate` the rules are not kept.
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

/// Which fields of an object have been seen.
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

/// Returns the part of an object that no field shows.
pub(super) fn rest(object: &dyn Object) -> Option<&Rest> {
    match object.member(usize::MAX).view() {
        View::Rest(rest) => Some(rest),
        _ => None,
    }
}

/// Calls `read` with each member that an object has in JSON, in the order in which it is written: fields, parts,
/// additional and undeclared properties.
pub(super) fn members<'a>(object: &'a dyn Object, read: &mut dyn FnMut(&'a str, View<'a>)) {
    let table = object.table();
    let rest = rest(object);
    // The fields that are written, for parts that hold them too.
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
            view => read(field.key, view),
        }
        written.insert(index);
    }
    for part in table.part_indexes() {
        members_of(object.member(part).view(), &mut |key, view| {
            if !table.index_of(key, 0).is_some_and(|index| written.contains(index)) {
                read(key, view);
            }
        });
    }
    if let Some(additional) = table.additional_index() {
        members_of(object.member(additional).view(), read);
    }
    if let Some(rest) = rest {
        rest.members().for_each(|(key, json)| read(key, View::Raw(json)));
    }
}

/// Calls `read` with each member of a value that is an object; returns false if the value is something else than an
/// object or nothing.
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
