//! Reads any JSON: as an [`AnyJson`], or as a `serde_json::Value`, which rounds numbers.

use super::{Read, Reader, nearest};
use crate::model::{AnyJson, Decode, Entries, Number};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// A type of any JSON.
pub(super) trait Any: Decode + From<bool> + From<String> + From<Vec<Self>> + Sized {
    /// The members of an object.
    type Members: Entries + Default;

    /// Returns the value of a number, the bytes of its own allocation, and whether it is exact.
    fn of_number(text: &str) -> (Self, usize, bool);

    fn of_members(members: Self::Members) -> Self;
}

impl Any for AnyJson {
    type Members = BTreeMap<String, Self>;

    fn of_number(text: &str) -> (Self, usize, bool) {
        let mut number = Number::from(0);
        number.set(text);
        let allocated = number.allocated();
        (Self::Number(number), allocated, true)
    }

    fn of_members(members: Self::Members) -> Self {
        Self::Object(members)
    }
}

impl Any for Value {
    type Members = Map<String, Self>;

    /// An integer beyond 64 bits, or a decimal, becomes the nearest `f64`.
    fn of_number(text: &str) -> (Self, usize, bool) {
        if let Ok(number) = text.parse::<i64>() {
            return (number.into(), 0, true);
        }
        if let Ok(number) = text.parse::<u64>() {
            return (number.into(), 0, true);
        }
        let (number, is_exact) = nearest(text);
        (number.into(), 0, is_exact)
    }

    fn of_members(members: Self::Members) -> Self {
        Self::Object(members)
    }
}

impl Reader<'_> {
    /// Reads a value that begins with `first`.
    pub(super) fn any<T: Any>(&mut self, place: &mut T, first: u8) -> Read {
        *place = match first {
            b'n' => {
                self.text.word("null")?;
                T::blank()
            }
            b't' => {
                self.text.word("true")?;
                true.into()
            }
            b'f' => {
                self.text.word("false")?;
                false.into()
            }
            b'"' => self.string()?.into(),
            b'[' => {
                let mut list: Vec<T> = Vec::new();
                self.list(&mut list)?;
                list.into()
            }
            b'{' => {
                let mut members = T::Members::default();
                self.map(&mut members)?;
                T::of_members(members)
            }
            _ => {
                let (number, allocated, is_exact) = T::of_number(self.text.number()?);
                self.spend_separate(allocated)?;
                self.is_rounded |= !is_exact;
                number
            }
        };
        Ok(())
    }
}
