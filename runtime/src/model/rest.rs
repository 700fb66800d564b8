//! Undeclared properties and nulls of an object.
//!
//! Input: undeclared properties, and which fields were null, while an object is decoded. Output:
//! both, when the object is encoded. They are not part of a model's value: equality, order, hashes
//! and `Debug` ignore them.

use super::{Budget, Decode, Encode, Slot, View};
use serde_json::Value;
use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::fmt;
use std::hash::{Hash, Hasher};

/// Undeclared properties, and which `None` fields were null rather than absent. Kept so that a
/// model round-trips even if a newer server adds properties.
#[derive(Clone, Default)]
pub struct Rest {
    /// A bit for each of the first 64 fields.
    nulls: u64,
    more: Option<Box<More>>,
}

#[derive(Clone, Default)]
struct More {
    /// Bits for all further fields, 64 each.
    nulls: Vec<u64>,
    /// The keys and the values of the members, one after another. Values are JSON text, which keeps
    /// the digits of numbers.
    text: String,
    /// The offsets in `text` where the key and the value of each member end.
    ends: Vec<(usize, usize)>,
    /// The fields whose values round numbers.
    digits: Vec<Digits>,
    /// The received JSON text of each member of the object's map whose value rounds numbers.
    member_digits: BTreeMap<String, Box<str>>,
}

/// A field whose value rounds numbers.
#[derive(Clone)]
struct Digits {
    index: usize,
    /// The JSON of the value.
    rounded: Box<str>,
    /// The received JSON text.
    text: Box<str>,
}

impl Rest {
    /// Records whether the field at `index` was null.
    ///
    /// Returns `None` if `memory` does not suffice.
    #[must_use]
    pub(super) fn note(&mut self, index: usize, is_null: bool, memory: &mut Budget) -> Option<()> {
        let bit = 1 << (index % 64);
        let word = match index / 64 {
            0 => &mut self.nulls,
            _ if !is_null && self.more.is_none() => return Some(()),
            further => {
                let words = &mut self.more(memory)?.nulls;
                while words.len() < further {
                    memory.grow(words)?;
                    words.push(0);
                }
                words.get_mut(further - 1)?
            }
        };
        *word = if is_null { *word | bit } else { *word & !bit };
        Some(())
    }

    /// Returns true if the field at `index` was null.
    pub(super) fn was_null(&self, index: usize) -> bool {
        let word = match (index / 64, &self.more) {
            (0, _) => self.nulls,
            (further, Some(more)) => more.nulls.get(further - 1).copied().unwrap_or_default(),
            (_, None) => 0,
        };
        word & (1 << (index % 64)) != 0
    }

    /// Keeps a member: its key and its JSON text. Returns `None` if `memory` does not suffice.
    #[must_use]
    pub(super) fn keep(&mut self, key: &str, json: &str, memory: &mut Budget) -> Option<()> {
        let more = self.more(memory)?;
        memory.append(&mut more.text, key)?;
        let key_end = more.text.len();
        memory.append(&mut more.text, json)?;
        memory.grow(&mut more.ends)?;
        more.ends.push((key_end, more.text.len()));
        Some(())
    }

    /// Keeps the received text of a field, and the JSON of the decoded value. Returns `None` if
    /// `memory` does not suffice.
    #[must_use]
    pub(super) fn keep_digits(
        &mut self,
        index: usize,
        rounded: &str,
        text: &str,
        memory: &mut Budget,
    ) -> Option<()> {
        memory.spend_separate(rounded.len())?;
        memory.spend_separate(text.len())?;
        let digits = &mut self.more(memory)?.digits;
        digits.retain(|known| known.index != index);
        memory.grow(digits)?;
        digits.push(Digits { index, rounded: rounded.into(), text: text.into() });
        Some(())
    }

    /// Returns the received text of a field that rounds numbers. Returns `None` if the field's
    /// value was changed after decoding.
    pub(super) fn digits(&self, index: usize, view: View<'_>) -> Option<&str> {
        let digits = self.more.as_ref()?.digits.iter().find(|known| known.index == index)?;
        let is_same = super::json(view).is_ok_and(|json| *json == *digits.rounded);
        is_same.then_some(&*digits.text)
    }

    /// Keeps the received text of a member of the object's map. Returns `None` if `memory` does not
    /// suffice.
    #[must_use]
    pub(super) fn keep_member_digits(&mut self, key: &str, text: &str, memory: &mut Budget) -> Option<()> {
        let key = key.to_owned();
        let digits = &mut self.more(memory)?.member_digits;
        memory.spend_entry(digits.len(), size_of::<(String, Box<str>)>(), &key)?;
        memory.spend_separate(text.len())?;
        digits.insert(key, text.into());
        Some(())
    }

    /// Returns the received text of a member of the object's map, if the member rounds numbers.
    /// Returns `None` if the member's value was changed after decoding.
    pub(super) fn member_digits(&self, key: &str, view: View<'_>) -> Option<&str> {
        let text = self.more.as_ref()?.member_digits.get(key)?;
        let read: Value = super::read(text).ok()?;
        (super::json(View::Any(&read)).ok()? == super::json(view).ok()?).then_some(text)
    }

    /// Returns the undeclared members, each with its JSON text.
    pub(super) fn members(&self) -> impl Iterator<Item = (&str, &str)> {
        self.more.iter().flat_map(|more| {
            let mut start = 0;
            more.ends.iter().map(move |(key_end, end)| {
                let key = more.text.get(start..*key_end).unwrap_or_default();
                start = *end;
                (key, more.text.get(*key_end..*end).unwrap_or_default())
            })
        })
    }

    fn more(&mut self, memory: &mut Budget) -> Option<&mut More> {
        if self.more.is_none() {
            memory.spend(size_of::<More>())?;
        }
        Some(self.more.get_or_insert_default())
    }
}

impl Decode for Rest {
    fn blank() -> Self {
        Self::default()
    }

    fn slot(&mut self, _: bool) -> Slot<'_> {
        Slot::Rest(self)
    }
}

impl Encode for Rest {
    fn view(&self) -> View<'_> {
        View::Rest(self)
    }
}

impl fmt::Debug for Rest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("_")
    }
}

/// All values are equal, so that the traits that a model derives depend on its declared fields
/// only.
impl PartialEq for Rest {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Rest {}

impl PartialOrd for Rest {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Rest {
    fn cmp(&self, _: &Self) -> Ordering {
        Ordering::Equal
    }
}

impl Hash for Rest {
    fn hash<H: Hasher>(&self, _: &mut H) {}
}

#[cfg(test)]
mod tests {
    use super::{Budget, Rest};
    use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};

    #[test]
    fn a_null_is_noted_for_each_field() {
        let (mut rest, mut memory) = (Rest::default(), Budget::of(0));
        for index in [0, 63, 64, 200] {
            assert!(!rest.was_null(index));
            rest.note(index, true, &mut memory).unwrap();
            assert!(rest.was_null(index) && !rest.was_null(index + 1), "{index}");
        }
        for index in [0, 64, 200, 500] {
            rest.note(index, false, &mut memory).unwrap();
            assert!(!rest.was_null(index), "{index}");
        }
        assert!(rest.was_null(63));
    }

    #[derive(Clone, Eq, PartialOrd, Ord, Hash)]
    struct Pet {
        name: String,
        rest: Rest,
    }

    crate::model_object! {
        Pet { 0 name: required("name"), }
        rest { rest }
    }

    #[test]
    fn derived_order_and_hash_ignore_undeclared_properties() {
        let [one, same, other] = [r#"{"name":"a","x":1}"#, r#"{"name":"a"}"#, r#"{"name":"b"}"#]
            .map(|json| serde_json::from_str::<Pet>(json).unwrap());
        let hash = |pet: &Pet| BuildHasherDefault::<DefaultHasher>::default().hash_one(pet);
        assert!(one == same && one.cmp(&same).is_eq() && one < other);
        assert_eq!(hash(&one), hash(&same));
        assert_ne!(hash(&one), hash(&other));
    }

    #[test]
    fn rest_is_two_words_wide() {
        assert_eq!(size_of::<Rest>(), 16);
    }

    #[test]
    fn members_keep_their_order_and_are_not_printed() {
        let (mut rest, mut memory) = (Rest::default(), Budget::of(0));
        rest.keep("canary", "1e999", &mut memory).unwrap();
        rest.keep("a", "{}", &mut memory).unwrap();
        assert_eq!(Vec::from_iter(rest.members()), [("canary", "1e999"), ("a", "{}")]);
        assert_eq!(format!("{rest:?}"), "_");
    }
}
