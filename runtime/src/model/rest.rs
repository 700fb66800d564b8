//! What of an object no field shows.
//!
//! In: members that the document does not declare, and keys that were null, while an object is read. Out: the same,
//! when it is written. The rule: it is no part of a model's value, so two models are equal whatever else their texts
//! said, and `Debug` shows nothing of it.

use super::blank::Blank;
use serde_json::value::RawValue;
use std::{collections::BTreeMap, fmt};

/// What was received and no field shows: members that the document does not declare, and which fields were null and not
/// absent. So a model that is read and written keeps what a newer server has added.
#[derive(Clone, Default)]
pub struct Rest(Option<Box<Inner>>);

#[derive(Clone, Default)]
struct Inner {
    nulls: Vec<Box<str>>,
    /// As text: whatever a value is, it is kept, and comes back as it was.
    members: BTreeMap<String, Box<RawValue>>,
}

impl Rest {
    /// Notes whether `key` was null; of a key that comes twice the last counts.
    pub(super) fn note(&mut self, key: &str, is_null: bool) {
        if let Some(inner) = &mut self.0 {
            inner.nulls.retain(|known| **known != *key);
        }
        if is_null {
            self.inner().nulls.push(key.into());
        }
    }

    pub(super) fn was_null(&self, key: &str) -> bool {
        self.0.as_ref().is_some_and(|inner| inner.nulls.iter().any(|known| **known == *key))
    }

    pub(super) fn keep(&mut self, key: &str, value: Box<RawValue>) {
        self.inner().members.insert(key.to_owned(), value);
    }

    pub(super) fn members(&self) -> impl Iterator<Item = (&String, &RawValue)> {
        self.0.iter().flat_map(|inner| inner.members.iter().map(|(key, value)| (key, &**value)))
    }

    fn inner(&mut self) -> &mut Inner {
        self.0.get_or_insert_default()
    }
}

impl Blank for Rest {
    fn blank() -> Self {
        Self::default()
    }
}

impl PartialEq for Rest {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl fmt::Debug for Rest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("_")
    }
}

#[cfg(test)]
mod tests {
    use super::{RawValue, Rest};

    #[test]
    fn of_a_key_that_comes_twice_the_last_counts() {
        let mut rest = Rest::default();
        rest.note("a", true);
        rest.note("b", true);
        rest.note("a", false);
        assert!(rest.was_null("b") && !rest.was_null("a"));
        for number in ["1", "1e999"] {
            rest.keep("c", RawValue::from_string(number.to_owned()).unwrap());
        }
        assert_eq!(
            rest.members().map(|(key, value)| format!("{key}{value}")).collect::<Vec<_>>(),
            ["c1e999"]
        );
    }

    #[test]
    fn it_is_no_part_of_a_value() {
        let mut rest = Rest::default();
        rest.keep("canary", RawValue::from_string("\"canary\"".to_owned()).unwrap());
        assert_eq!(rest, Rest::default());
        assert_eq!(format!("{rest:?}"), "_");
    }
}
