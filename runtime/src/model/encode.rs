//! Encoding: a value's JSON form.
//!
//! Input: a value. Output: a [`View`] of it, which is used to encode, print, compare and validate
//! the value. Code that uses a view is not generic over the type.

use super::{List, Map, Object, Rest, Rules};
use serde_json::{Number, Value};
use std::{borrow::Cow, collections::BTreeMap};

/// A type that can be encoded as JSON.
pub trait Encode {
    /// Returns the value's JSON form.
    fn view(&self) -> View<'_>;
}

/// The JSON form of a value.
#[derive(Clone, Copy)]
#[expect(missing_debug_implementations, reason = "it holds a reference to anything")]
#[non_exhaustive]
pub enum View<'a> {
    /// `None`: null if a value is required, else no value.
    Absent,
    /// Null.
    Null,
    /// A boolean.
    Bool(bool),
    /// An integer.
    Integer(i128),
    /// A number.
    Float(f64),
    /// A number inside any JSON value.
    Number(&'a Number),
    /// A number as its JSON text, with all its digits.
    Digits(&'a str),
    /// A string.
    String(&'a str),
    /// A string with a format, and the format's comparison of two texts.
    Text(&'a str, fn(&str, &str) -> bool),
    /// Any value.
    Any(&'a Value),
    /// A value given as JSON text.
    Raw(&'a str),
    /// An array.
    List(&'a dyn List),
    /// An object with any keys.
    Map(&'a dyn Map),
    /// An object with known keys.
    Object(&'a dyn Object),
    /// An object with an additional constant member, which is written first and replaces a member
    /// of the same key.
    Tagged(Tagged<'a>),
    /// A value with more rules than its place has.
    Checked(&'a dyn Encode, Rules),
    /// A string or an integer that the document does not list among the values of its enum.
    Unlisted(&'a dyn Encode),
    /// Undeclared members of an object.
    Rest(&'a Rest),
}

/// An object with an additional constant member.
#[derive(Clone, Copy)]
#[expect(missing_debug_implementations, reason = "it holds a reference to anything")]
pub struct Tagged<'a> {
    pub(crate) key: &'static str,
    pub(crate) tag: Constant,
    pub(crate) object: &'a dyn Encode,
}

/// The value of a tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Constant {
    /// A string.
    Text(&'static str),
    /// An integer.
    Integer(i64),
    /// A boolean.
    Bool(bool),
}

impl Constant {
    pub(crate) fn view(self) -> View<'static> {
        match self {
            Self::Text(text) => View::String(text),
            Self::Integer(number) => View::Integer(number.into()),
            Self::Bool(flag) => View::Bool(flag),
        }
    }
}

impl From<&'static str> for Constant {
    fn from(text: &'static str) -> Self {
        Self::Text(text)
    }
}

impl From<i64> for Constant {
    fn from(number: i64) -> Self {
        Self::Integer(number)
    }
}

impl From<bool> for Constant {
    fn from(flag: bool) -> Self {
        Self::Bool(flag)
    }
}

impl<'a> View<'a> {
    /// Returns the view of a union's variant whose type does not have the union's tag.
    #[must_use]
    pub fn tagged(key: &'static str, tag: impl Into<Constant>, object: &'a dyn Encode) -> Self {
        Self::Tagged(Tagged { key, tag: tag.into(), object })
    }
}

macro_rules! encode_integers {
    ($($integer:ty)*) => {$(
        impl Encode for $integer {
            fn view(&self) -> View<'_> {
                View::Integer(i128::from(*self))
            }
        }
    )*};
}

encode_integers! { i8 i16 i32 i64 i128 u8 u16 u32 u64 }

impl Encode for bool {
    fn view(&self) -> View<'_> {
        View::Bool(*self)
    }
}

impl Encode for f32 {
    fn view(&self) -> View<'_> {
        // The shortest digits of an `f32` are fewer than those of the same number as `f64`.
        View::Float(self.to_string().parse().unwrap_or_else(|_| f64::from(*self)))
    }
}

impl Encode for f64 {
    fn view(&self) -> View<'_> {
        View::Float(*self)
    }
}

impl Encode for str {
    fn view(&self) -> View<'_> {
        View::String(self)
    }
}

impl Encode for String {
    fn view(&self) -> View<'_> {
        View::String(self)
    }
}

impl Encode for Cow<'_, str> {
    fn view(&self) -> View<'_> {
        View::String(self)
    }
}

impl Encode for () {
    fn view(&self) -> View<'_> {
        View::Null
    }
}

impl Encode for Value {
    fn view(&self) -> View<'_> {
        View::Any(self)
    }
}

impl<T: Encode> Encode for Option<T> {
    fn view(&self) -> View<'_> {
        let Some(value) = self else { return View::Absent };
        match value.view() {
            View::Absent => View::Null,
            view => view,
        }
    }
}

impl<T: Encode> Encode for Box<T> {
    fn view(&self) -> View<'_> {
        (**self).view()
    }
}

impl<T: Encode + ?Sized> Encode for &T {
    fn view(&self) -> View<'_> {
        (**self).view()
    }
}

impl<T: Encode> Encode for Vec<T> {
    fn view(&self) -> View<'_> {
        View::List(self)
    }
}

impl<T: Encode, const N: usize> Encode for [T; N] {
    fn view(&self) -> View<'_> {
        View::List(self)
    }
}

impl<K: AsRef<str>, T: Encode> Encode for BTreeMap<K, T> {
    fn view(&self) -> View<'_> {
        View::Map(self)
    }
}

/// The source of an argument: a value, or a slice of values.
pub trait Argument {
    /// Calls `read` with the argument's view.
    fn with_view(&self, read: &mut dyn FnMut(View<'_>));
}

#[doc(hidden)]
impl<T: Encode> Argument for T {
    fn with_view(&self, read: &mut dyn FnMut(View<'_>)) {
        read(self.view());
    }
}

impl Argument for str {
    fn with_view(&self, read: &mut dyn FnMut(View<'_>)) {
        read(self.view());
    }
}

impl<T: Encode> Argument for [T] {
    fn with_view(&self, read: &mut dyn FnMut(View<'_>)) {
        read(View::List(&self));
    }
}

/// Returns a value that is always absent, as the fallback of a match over an object's fields.
#[must_use]
pub fn nothing<'a>() -> &'a dyn Encode {
    &None::<bool>
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::json;

    #[test]
    fn a_tag_of_any_type_is_written_first_and_once() {
        let object = BTreeMap::from([("a", 1), ("tag", 2)]);
        for (tag, text) in [
            (Constant::from("x"), r#"{"tag":"x","a":1}"#),
            (7.into(), r#"{"tag":7,"a":1}"#),
            (true.into(), r#"{"tag":true,"a":1}"#),
        ] {
            let written = json(View::tagged("tag", tag, &object)).unwrap();
            assert_eq!(written, text);
        }
    }
}
