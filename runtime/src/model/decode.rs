//! Decoding: the places of decoded values.
//!
//! Input: the next JSON value. Output: the place for it. The reader is not generic: a type
//! describes what it accepts by a [`Slot`], and one function for all types reads the value into
//! that place.

use super::{AnyJson, Entries, Items, Number, Object, Rest, Symbol, Tuple, Union};
use serde_json::Value;
use std::collections::BTreeMap;

/// A type that can be decoded from JSON.
pub trait Decode {
    /// Returns a cheap value of this type: empty, zero, null, or the first value of an enum. A
    /// field has this value until its key is read. A required field never keeps it.
    fn blank() -> Self
    where
        Self: Sized;

    /// Returns the place for the next value. `null` is true if the value is null. A nullable type
    /// then stores the null and returns [`Slot::Stored`].
    fn slot(&mut self, null: bool) -> Slot<'_>;

    /// Returns true if null is a value of this type.
    #[must_use]
    fn takes_null() -> bool
    where
        Self: Sized,
    {
        false
    }
}

/// Returns [`Decode::blank`] of the type that the context determines.
#[must_use]
pub fn blank<T: Decode>() -> T {
    T::blank()
}

/// The place for a value, by the JSON type that it accepts.
#[expect(missing_debug_implementations, reason = "it holds a reference to anything")]
#[non_exhaustive]
pub enum Slot<'a> {
    /// Nothing to read: the value is null, and is stored.
    Stored,
    /// A separate allocation for the value's place.
    Boxed(&'a mut dyn Decode),
    /// Null.
    Null,
    /// A boolean.
    Bool(&'a mut bool),
    /// An integer of any size.
    Integer(&'a mut dyn Integer),
    /// A number.
    Float(&'a mut f64),
    /// A number with all its digits.
    Number(&'a mut Number),
    /// A string.
    String(&'a mut String),
    /// A string whose text is kept as received, and a text that has its format.
    Text(&'a mut Box<str>, &'static str),
    /// A string from a list of known values.
    Symbol(&'a mut dyn Symbol),
    /// Any value. Its numbers are rounded.
    Any(&'a mut Value),
    /// Any value, with all digits of its numbers.
    AnyJson(&'a mut AnyJson),
    /// An array of any length.
    List(&'a mut dyn Items),
    /// An array of a fixed length.
    Tuple(&'a mut dyn Tuple),
    /// An object with any keys.
    Map(&'a mut dyn Entries),
    /// An object with known keys.
    Object(&'a mut dyn Object),
    /// A value of one of several types.
    Union(&'a mut dyn Union),
    /// Undeclared members of an object.
    Rest(&'a mut Rest),
}

/// A place for an integer.
pub trait Integer {
    /// Stores the integer. Returns false if it is out of range.
    fn set(&mut self, value: i128) -> bool;
}

macro_rules! decode_integers {
    ($($integer:ty)*) => {$(
        impl Integer for $integer {
            fn set(&mut self, value: i128) -> bool {
                Self::try_from(value).map(|value| *self = value).is_ok()
            }
        }

        impl Decode for $integer {
            fn blank() -> Self {
                0
            }

            fn slot(&mut self, _: bool) -> Slot<'_> {
                Slot::Integer(self)
            }
        }
    )*};
}

decode_integers! { i8 i16 i32 i64 i128 u8 u16 u32 u64 }

macro_rules! decode_scalars {
    ($($scalar:ty, $slot:ident, $blank:expr;)*) => {$(
        impl Decode for $scalar {
            fn blank() -> Self {
                $blank
            }

            fn slot(&mut self, _: bool) -> Slot<'_> {
                Slot::$slot(self)
            }
        }
    )*};
}

decode_scalars! {
    bool, Bool, false;
    f64, Float, 0.0;
    String, String, String::new();
}

impl Decode for Box<str> {
    fn blank() -> Self {
        Self::default()
    }

    fn slot(&mut self, _: bool) -> Slot<'_> {
        Slot::Text(self, "")
    }
}

impl Decode for () {
    fn blank() -> Self {}

    fn slot(&mut self, null: bool) -> Slot<'_> {
        if null { Slot::Stored } else { Slot::Null }
    }

    fn takes_null() -> bool {
        true
    }
}

impl Decode for Value {
    fn blank() -> Self {
        Self::Null
    }

    fn slot(&mut self, _: bool) -> Slot<'_> {
        Slot::Any(self)
    }

    fn takes_null() -> bool {
        true
    }
}

/// `None` is null or an absent value. If the inner type is nullable, null is `Some`, so that an
/// absent key and a null differ.
impl<T: Decode> Decode for Option<T> {
    fn blank() -> Self {
        None
    }

    fn slot(&mut self, null: bool) -> Slot<'_> {
        // One assignment: each drops the old value, and a client has hundreds of copies of this function.
        *self = if null && !T::takes_null() { None } else { Some(T::blank()) };
        match self {
            Some(value) => value.slot(null),
            None => Slot::Stored,
        }
    }

    fn takes_null() -> bool {
        true
    }
}

impl<T: Decode> Decode for Box<T> {
    fn blank() -> Self {
        Self::new(T::blank())
    }

    fn slot(&mut self, _: bool) -> Slot<'_> {
        Slot::Boxed(&mut **self)
    }

    fn takes_null() -> bool {
        T::takes_null()
    }
}

impl<T: Decode> Decode for Vec<T> {
    fn blank() -> Self {
        Self::new()
    }

    fn slot(&mut self, _: bool) -> Slot<'_> {
        Slot::List(self)
    }
}

impl<T: Decode> Decode for BTreeMap<String, T> {
    fn blank() -> Self {
        Self::new()
    }

    fn slot(&mut self, _: bool) -> Slot<'_> {
        Slot::Map(self)
    }
}

/// Returns a place that accepts null only, as the fallback of a match over an object's fields.
pub fn nothing_mut<'a>() -> &'a mut dyn Decode {
    // A value of size zero allocates no memory, so nothing leaks.
    Box::leak(Box::new(()))
}
