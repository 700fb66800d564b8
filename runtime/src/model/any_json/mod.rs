//! Any JSON value, with all digits of its numbers.
//!
//! Input: JSON whose schema allows any value. Output: a tree that callers read by key and index,
//! and that is written with the same numbers, its members in order of their keys.

mod convert;

use super::{Decode, DeserializeOwned, Encode, Number, Slot, View};
use std::collections::BTreeMap;
use std::ops::Index;
use std::{fmt, str::FromStr};

/// Any JSON value. Unlike `serde_json::Value`, it keeps all digits of its numbers.
///
/// `serde_json::json!` makes values, and `.into()` converts them.
///
/// ```
/// use runtime::model::AnyJson;
/// use runtime::serde_json::json;
///
/// let value: AnyJson = r#"{"id": 340282366920938463463374607431768211455, "tags": ["a"]}"#.parse()?;
/// assert_eq!(value["tags"][0], "a");
/// assert_eq!(value["none"][7], AnyJson::Null);
/// assert_eq!(value["id"].to_string(), "340282366920938463463374607431768211455");
/// assert_eq!(value["id"].decode::<u128>()?, u128::MAX);
/// assert_eq!(AnyJson::from(json!({"page": 2}))["page"].as_i64(), Some(2));
/// # Ok::<(), runtime::serde_json::Error>(())
/// ```
#[derive(Clone, Default, PartialEq, Eq, Hash)]
pub enum AnyJson {
    /// Null.
    #[default]
    Null,
    /// A boolean.
    Bool(bool),
    /// A number.
    Number(Number),
    /// A string.
    String(String),
    /// An array.
    Array(Vec<AnyJson>),
    /// An object.
    Object(BTreeMap<String, AnyJson>),
}

/// The value of keys and indexes that do not exist.
static NULL: AnyJson = AnyJson::Null;

impl AnyJson {
    /// Returns true if the value is null.
    #[must_use]
    pub fn is_null(&self) -> bool {
        *self == Self::Null
    }

    /// Returns the boolean, or `None` if the value is no boolean.
    #[must_use]
    pub fn as_bool(&self) -> Option<bool> {
        if let Self::Bool(value) = self { Some(*value) } else { None }
    }

    /// Returns the number with all its digits, or `None` if the value is no number.
    #[must_use]
    pub fn as_number(&self) -> Option<&Number> {
        if let Self::Number(number) = self { Some(number) } else { None }
    }

    /// Returns the integer, or `None` if the value is no integer or out of range. The notation does
    /// not matter: `7`, `7.0` and `7e0` are all 7.
    #[must_use]
    pub fn as_i64(&self) -> Option<i64> {
        self.as_number()?.as_i64()
    }

    /// Returns the integer, or `None` if the value is no integer or out of range. The notation does
    /// not matter: `7`, `7.0` and `7e0` are all 7.
    #[must_use]
    pub fn as_u64(&self) -> Option<u64> {
        self.as_number()?.as_u64()
    }

    /// Returns the nearest `f64`, or `None` if the value is no number. It is infinite if the number
    /// is too large.
    #[must_use]
    pub fn as_f64(&self) -> Option<f64> {
        Some(self.as_number()?.as_f64())
    }

    /// Returns the string, or `None` if the value is no string.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        if let Self::String(text) = self { Some(text) } else { None }
    }

    /// Returns the items, or `None` if the value is no array.
    #[must_use]
    pub fn as_array(&self) -> Option<&Vec<Self>> {
        if let Self::Array(items) = self { Some(items) } else { None }
    }

    /// Returns the members, or `None` if the value is no object.
    #[must_use]
    pub fn as_object(&self) -> Option<&BTreeMap<String, Self>> {
        if let Self::Object(members) = self { Some(members) } else { None }
    }

    /// Returns the member of an object, or `None` if the value has no such member.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Self> {
        self.as_object()?.get(key)
    }

    /// Returns the value at a JSON pointer (RFC 6901), or `None` if there is none.
    #[must_use]
    pub fn pointer(&self, pointer: &str) -> Option<&Self> {
        let Some(tokens) = pointer.strip_prefix('/') else {
            return pointer.is_empty().then_some(self);
        };
        tokens.split('/').try_fold(self, |here, token| match here {
            Self::Object(members) => members.get(&token.replace("~1", "/").replace("~0", "~")),
            Self::Array(items) if token == "0" || !token.starts_with(['0', '+']) => {
                items.get(token.parse::<usize>().ok()?)
            }
            _ => None,
        })
    }

    /// Decodes the value as a type of the caller's. A type of integers or decimals gets all digits.
    ///
    /// # Errors
    /// The value is not a `T`.
    pub fn decode<T: DeserializeOwned>(&self) -> Result<T, serde_json::Error> {
        serde_json::from_str(&self.to_string())
    }
}

/// Returns the member of a key. Returns null if the value is no object, or has no such member.
impl Index<&str> for AnyJson {
    type Output = Self;

    fn index(&self, key: &str) -> &Self {
        self.get(key).unwrap_or(&NULL)
    }
}

/// Returns the item at an index. Returns null if the value is no array, or has no such item.
impl Index<usize> for AnyJson {
    type Output = Self;

    fn index(&self, index: usize) -> &Self {
        self.as_array().and_then(|items| items.get(index)).unwrap_or(&NULL)
    }
}

/// Writes the value as JSON, without spaces.
impl fmt::Display for AnyJson {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&super::json(self.view()).map_err(|_| fmt::Error)?)
    }
}

impl fmt::Debug for AnyJson {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        super::debug(self, f)
    }
}

/// Reads JSON.
impl FromStr for AnyJson {
    type Err = serde_json::Error;

    fn from_str(json: &str) -> Result<Self, serde_json::Error> {
        super::from_json(json)
    }
}

impl Decode for AnyJson {
    fn blank() -> Self {
        Self::Null
    }

    fn slot(&mut self, _: bool) -> Slot<'_> {
        Slot::AnyJson(self)
    }

    fn takes_null() -> bool {
        true
    }
}

impl Encode for AnyJson {
    fn view(&self) -> View<'_> {
        match self {
            Self::Null => View::Null,
            Self::Bool(value) => View::Bool(*value),
            Self::Number(number) => number.view(),
            Self::String(text) => View::String(text),
            Self::Array(items) => View::List(items),
            Self::Object(members) => View::Map(members),
        }
    }
}

crate::model_serde!(AnyJson);

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const TEXT: &str = r#"{"a":[18446744073709551616,0.1000000000000000055511151231257827,null],"b":{"c/d":true,"e~":"x"},"n":-1.50}"#;

    #[test]
    fn every_digit_comes_back_from_every_reader_and_writer() {
        let value: AnyJson = TEXT.parse().unwrap();
        assert_eq!(value.to_string(), TEXT);
        assert_eq!(super::super::to_json(&value).unwrap(), TEXT);
        let read: AnyJson = serde_json::from_str(TEXT).unwrap();
        assert_eq!(serde_json::to_string(&read).unwrap(), TEXT);
        assert_eq!(value["a"][0].decode::<u128>().unwrap(), 1 << 64);
        assert!(value["a"][1].decode::<u128>().is_err());
    }

    #[test]
    fn values_are_equal_by_the_values_of_their_numbers() {
        let any = |text: &str| text.parse::<AnyJson>().unwrap();
        assert_eq!(any(r#"{"a":1,"b":[1.0]}"#), any(r#"{"b":[1],"a":10e-1}"#));
        assert_ne!(any("18446744073709551616"), any("18446744073709551617"));
        assert_ne!(any("1"), any(r#""1""#));
    }

    #[test]
    fn what_is_not_there_is_null_or_none() {
        let value: AnyJson = TEXT.parse().unwrap();
        assert_eq!(value["a"]["b"], AnyJson::Null);
        assert!(value["a"][9].is_null() && value["x"]["y"][0].is_null());
        assert_eq!(value.pointer("/b/c~1d").and_then(AnyJson::as_bool), Some(true));
        assert_eq!(value.pointer("/b/e~0").and_then(AnyJson::as_str), Some("x"));
        assert_eq!(value.pointer("/a/2"), Some(&AnyJson::Null));
        assert_eq!(value.pointer(""), Some(&value));
        for none in ["a", "/a/3", "/a/02", "/a/+1", "/n/0", "/x"] {
            assert_eq!(value.pointer(none), None, "{none}");
        }
    }

    #[test]
    fn it_is_shown_as_json() {
        assert_eq!(format!("{:?}", AnyJson::from(json!({"a": [1, "b", null]}))), r#"{"a": [1, "b", null]}"#);
    }
}
