//! Reading a value of one of several types.
//!
//! In: a deserializer and a table of what each variant asks of a value. Out: a union. The rule: what is of no variant
//! is kept as JSON, and the choice is made by one function for all unions.

use super::level::{ReadTwice, SecondChoice, TOO_DEEP};
use serde_core::de::{Deserialize, Deserializer, Error};
use serde_core::ser::{Serialize, SerializeMap, Serializer};
use serde_json::Value;

/// A value of one of several types.
///
/// ```
/// use runtime::{model, serde_json};
///
/// #[derive(Debug, PartialEq)]
/// enum Id {
///     Number(i64),
///     Text(String),
///     Unknown(serde_json::Value),
/// }
///
/// impl model::Union for Id {
///     const CHOICE: model::Choice = model::Choice::Tests(&[
///         model::Test::of(model::Kinds::INTEGER),
///         model::Test::of(model::Kinds::STRING),
///     ]);
///
///     fn variant(index: usize, value: serde_json::Value) -> Result<Self, serde_json::Error> {
///         match index {
///             0 => serde_json::from_value(value).map(Self::Number),
///             1 => serde_json::from_value(value).map(Self::Text),
///             _ => Ok(Self::Unknown(value)),
///         }
///     }
/// }
///
/// let read = |text| model::read_union::<Id, _>(&mut serde_json::Deserializer::from_str(text));
/// assert_eq!(read("7")?, Id::Number(7));
/// assert_eq!(read("[7]")?, Id::Unknown(serde_json::json!([7])));
/// # Ok::<(), serde_json::Error>(())
/// ```
pub trait Union: Sized {
    /// How it is told which variant a value is of.
    const CHOICE: Choice;

    /// Reads a value as the variant at `index` of the table; keeps it as JSON where the table has no such variant.
    ///
    /// # Errors
    /// Where the value has another shape than the variant.
    fn variant(index: usize, value: Value) -> Result<Self, serde_json::Error>;
}

/// How it is told which variant a value is of.
#[derive(Clone, Copy, Debug)]
pub enum Choice {
    /// By a member's text: its key, and for each variant the texts that stand for it. A value that has the text of a
    /// variant and another shape is an error.
    Tag(&'static str, &'static [&'static [&'static str]]),
    /// By tests: of the variants whose test a value passes, the one that knows most of its members, then the first that
    /// can be read.
    Tests(&'static [Test]),
}

/// What a variant asks of a value.
#[derive(Clone, Copy, Debug)]
pub struct Test {
    kinds: Kinds,
    texts: &'static [&'static str],
    format: Option<fn(&str) -> bool>,
    member: Option<(&'static str, &'static [&'static str])>,
    required: &'static [&'static str],
    known: &'static [&'static str],
    items: Option<&'static Test>,
}

impl Test {
    /// The value is of one of these kinds.
    #[must_use]
    pub const fn of(kinds: Kinds) -> Self {
        Self { kinds, texts: &[], format: None, member: None, required: &[], known: &[], items: None }
    }

    /// A string is one of these.
    #[must_use]
    pub const fn texts(self, texts: &'static [&'static str]) -> Self {
        Self { texts, ..self }
    }

    /// A string is of a format. Where it is not, it is not refused, but comes after the others.
    #[must_use]
    pub const fn format(self, is_valid: fn(&str) -> bool) -> Self {
        Self { format: Some(is_valid), ..self }
    }

    /// An object's member `key` is one of these strings.
    #[must_use]
    pub const fn member(self, key: &'static str, texts: &'static [&'static str]) -> Self {
        Self { member: Some((key, texts)), ..self }
    }

    /// An object has these members.
    #[must_use]
    pub const fn required(self, required: &'static [&'static str]) -> Self {
        Self { required, ..self }
    }

    /// The members that the variant declares.
    #[must_use]
    pub const fn known(self, known: &'static [&'static str]) -> Self {
        Self { known, ..self }
    }

    /// What the variant asks of an array's items. Where some don't pass it is not refused, but comes after the others.
    #[must_use]
    pub const fn items(self, items: &'static Test) -> Self {
        Self { items: Some(items), ..self }
    }

    /// How many members of the value, or of its items, the variant knows, or how much of a string; nothing where it does not
    /// pass.
    fn score(&self, value: &Value) -> Option<usize> {
        if !self.kinds.holds(value) {
            return None;
        }
        match value {
            Value::String(text) if !self.texts.is_empty() => self.texts.contains(&text.as_str()).then_some(2),
            Value::String(text) => Some(self.format.map_or(1, |is_valid| 2 * usize::from(is_valid(text)))),
            Value::Object(members) => {
                let has_text = |(key, texts): (&str, &[&str])| {
                    members.get(key).and_then(Value::as_str).is_some_and(|text| texts.contains(&text))
                };
                let passes = self.member.is_none_or(has_text)
                    && self.required.iter().all(|key| members.contains_key(*key));
                let asks = self.member.is_some() || !self.required.is_empty();
                let known = self.known.iter().filter(|key| members.contains_key(**key)).count();
                // A map keeps all members: it comes before what knows none of them, and after what knows any.
                let keeps_all = !asks && self.known.is_empty() && !members.is_empty();
                passes.then_some(known + usize::from(asks || keeps_all))
            }
            Value::Array(items) => {
                let score = |test: &Self| {
                    let scores = items.iter().filter(|item| !item.is_null()).map(|item| test.score(item));
                    scores.map(|score| Some(score? + 1)).sum::<Option<usize>>()
                };
                Some(self.items.and_then(score).unwrap_or_default())
            }
            _ => Some(0),
        }
    }
}

/// Kinds of JSON values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kinds(u8);

impl Kinds {
    /// `null`.
    pub const NULL: Self = Self(1);
    /// `true` and `false`.
    pub const BOOL: Self = Self(2);
    /// A number without a fraction.
    pub const INTEGER: Self = Self(4);
    /// A number with a fraction or an exponent.
    pub const FRACTION: Self = Self(8);
    /// A string.
    pub const STRING: Self = Self(16);
    /// An array.
    pub const ARRAY: Self = Self(32);
    /// An object.
    pub const OBJECT: Self = Self(64);
    /// All of them.
    pub const ANY: Self = Self(127);

    /// These and others.
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    fn holds(self, value: &Value) -> bool {
        let kind = match value {
            Value::Null => Self::NULL,
            Value::Bool(_) => Self::BOOL,
            Value::Number(number) if number.is_f64() => Self::FRACTION,
            Value::Number(_) => Self::INTEGER,
            Value::String(_) => Self::STRING,
            Value::Array(_) => Self::ARRAY,
            Value::Object(_) => Self::OBJECT,
        };
        self.0 & kind.0 != 0
    }
}

/// Reads a union: the body of its `Deserialize::deserialize`.
///
/// # Errors
/// Where a value's tag names a variant that has another shape, and where unions in unions hold too much in all.
pub fn read_union<'de, T: Union, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let value = Value::deserialize(deserializer)?;
    let Some(_twice) = ReadTwice::enter(&value) else { return Err(D::Error::custom(TOO_DEEP)) };
    let read = match T::CHOICE {
        Choice::Tag(key, texts) => T::variant(tagged(&value, key, texts), value),
        Choice::Tests(tests) => {
            let fits = fitting(&value, tests);
            let read = fits.into_iter().enumerate().find_map(|(nth, index)| {
                let _choice = if nth == 0 { None } else { Some(SecondChoice::enter()?) };
                T::variant(index, value.clone()).ok()
            });
            read.map_or_else(|| T::variant(usize::MAX, value), Ok)
        }
    };
    read.map_err(D::Error::custom)
}

/// The variant that a value's tag names.
fn tagged(value: &Value, key: &str, texts: &[&[&str]]) -> usize {
    let tag = value.get(key).and_then(Value::as_str);
    let named = tag.and_then(|tag| texts.iter().position(|texts| texts.contains(&tag)));
    named.unwrap_or(usize::MAX)
}

/// The variants whose tests a value passes, the one that knows most of its members first.
fn fitting(value: &Value, tests: &[Test]) -> Vec<usize> {
    let scores = tests.iter().enumerate().filter_map(|(index, test)| Some((test.score(value)?, index)));
    let mut scores: Vec<(usize, usize)> = scores.collect();
    scores.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    scores.into_iter().map(|(_, index)| index).collect()
}

/// Writes a variant whose type does not hold the tag: its members, and the tag before them.
///
/// # Errors
/// The serializer's, and where the variant is written as no object.
pub fn write_tagged<T: Serialize, S: Serializer>(
    serializer: S,
    key: &str,
    tag: &str,
    value: &T,
) -> Result<S::Ok, S::Error> {
    let members = members(value).map_err(serde_core::ser::Error::custom)?;
    let mut map = serializer.serialize_map(None)?;
    map.serialize_entry(key, tag)?;
    members
        .iter()
        .filter(|(known, _)| *known != key)
        .try_for_each(|(key, value)| map.serialize_entry(key, value))?;
    map.end()
}

/// What a value is written as, which has to be an object; of null, no member.
pub(super) fn members<T: Serialize>(value: &T) -> Result<serde_json::Map<String, Value>, serde_json::Error> {
    match serde_json::to_value(value)? {
        Value::Object(members) => Ok(members),
        Value::Null => Ok(serde_json::Map::new()),
        _ => Err(serde_core::ser::Error::custom("a part of an object is no object")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_tag_names_its_variant() {
        const TEXTS: &[&[&str]] = &[&["cat"], &["dog", "hound"]];
        assert_eq!(tagged(&json!({"kind": "hound"}), "kind", TEXTS), 1);
        for none in [json!({"kind": "bird"}), json!({"kind": 1}), json!({}), json!("cat"), json!(null)] {
            assert_eq!(tagged(&none, "kind", TEXTS), usize::MAX, "{none}");
        }
    }

    #[test]
    fn tests_tell_by_kind_text_member_and_what_is_known() {
        const NUMBER: Kinds = Kinds::INTEGER.or(Kinds::FRACTION);
        const TESTS: &[Test] = &[
            Test::of(NUMBER),
            Test::of(Kinds::STRING).texts(&["a"]),
            Test::of(Kinds::STRING),
            Test::of(Kinds::OBJECT).member("type", &["x"]),
            Test::of(Kinds::OBJECT).required(&["id"]).known(&["id"]),
            Test::of(Kinds::OBJECT).required(&["id"]).known(&["id", "name"]),
            Test::of(Kinds::OBJECT),
            Test::of(Kinds::ARRAY),
            Test::of(Kinds::ARRAY).items(&Test::of(Kinds::INTEGER)),
            Test::of(Kinds::ARRAY).items(&Test::of(Kinds::ARRAY).items(&Test::of(Kinds::STRING))),
            Test::of(Kinds::ARRAY).items(&Test::of(Kinds::OBJECT).known(&["id"])),
            Test::of(Kinds::ARRAY).items(&Test::of(Kinds::OBJECT).known(&["id", "name"])),
        ];
        for (value, expected) in [
            (json!(1), vec![0]),
            (json!(1.5), vec![0]),
            (json!("a"), vec![1, 2]),
            (json!("b"), vec![2]),
            (json!({"type": "x"}), vec![3, 6]),
            (json!({"id": 1}), vec![4, 5, 6]),
            (json!({"id": 1, "name": 2}), vec![5, 4, 6]),
            (json!({"z": 1}), vec![6]),
            (json!({}), vec![6]),
            (json!([]), vec![7, 8, 9, 10, 11]),
            (json!([1]), vec![8, 7, 9, 10, 11]),
            (json!([null, 1, 2]), vec![8, 7, 9, 10, 11]),
            (json!([1, true]), vec![7, 8, 9, 10, 11]),
            (json!([["a"], [null]]), vec![9, 7, 8, 10, 11]),
            (json!([{"id": 1}, {"name": 2}]), vec![11, 10, 7, 8, 9]),
            (json!(null), vec![]),
            (json!(true), vec![]),
        ] {
            assert_eq!(fitting(&value, TESTS), expected, "{value}");
        }
    }

    #[test]
    fn a_string_is_of_the_format_that_it_has_and_else_of_none() {
        use crate::model::{Date, DateTime, Uuid};
        const TESTS: &[Test] = &[
            Test::of(Kinds::STRING).texts(&["2024-02-29", "never"]),
            Test::of(Kinds::STRING).format(DateTime::is_valid),
            Test::of(Kinds::STRING).format(Date::is_valid),
            Test::of(Kinds::STRING).format(Uuid::is_valid),
            Test::of(Kinds::STRING),
        ];
        for (text, first) in [
            ("never", 0),
            ("2024-02-29", 0),
            ("2024-02-29T12:00:00Z", 1),
            ("2024-02-28", 2),
            ("f81d4fae-7dec-11d0-a765-00a0c91e6bf6", 3),
            ("", 4),
        ] {
            assert_eq!(fitting(&json!(text), TESTS).first(), Some(&first), "{text}");
        }
        assert_eq!(fitting(&json!("none"), TESTS.get(1..4).unwrap()), [0, 1, 2]);
    }

    #[test]
    fn a_map_comes_before_what_knows_no_member() {
        const TESTS: &[Test] = &[Test::of(Kinds::OBJECT).known(&["a"]), Test::of(Kinds::OBJECT)];
        for (value, expected) in [
            (json!({}), [0, 1]),
            (json!({"a": 1}), [0, 1]),
            (json!({"a": 1, "new": 2}), [0, 1]),
            (json!({"z": 1}), [1, 0]),
        ] {
            assert_eq!(fitting(&value, TESTS), expected, "{value}");
        }
    }

    #[test]
    fn a_tag_is_written_once_and_first() {
        let write = |value: &Value| {
            let mut text = Vec::new();
            write_tagged(&mut serde_json::Serializer::new(&mut text), "kind", "cat", value)
                .map(|()| String::from_utf8(text).unwrap())
        };
        assert_eq!(write(&json!({"a": 1, "kind": "dog"})).unwrap(), r#"{"kind":"cat","a":1}"#);
        assert!(write(&json!([1])).is_err());
    }
}
