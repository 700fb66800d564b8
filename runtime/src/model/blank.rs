//! The value a field holds until its key has been read.
//!
//! In: a type. Out: a cheap value of it. The rule: nobody sees a blank value of a required field, since reading ends
//! with an error where the key is missing.

use std::collections::BTreeMap;

/// The value a model's field holds until its key has been read.
///
/// Not [`Default`]: a model whose fields are required has a blank value for reading, but no meaningful default for a
/// caller. A type that requires itself has no blank value (and no finite JSON either).
pub trait Blank: Sized {
    /// A cheap value of this type: empty, zero, null.
    fn blank() -> Self;
}

/// [`Blank::blank`], for the type that the context asks for.
#[must_use]
pub fn blank<T: Blank>() -> T {
    T::blank()
}

impl<T> Blank for Option<T> {
    fn blank() -> Self {
        None
    }
}

impl<T> Blank for Vec<T> {
    fn blank() -> Self {
        Self::new()
    }
}

impl<T> Blank for BTreeMap<String, T> {
    fn blank() -> Self {
        Self::new()
    }
}

impl<T: Blank> Blank for Box<T> {
    fn blank() -> Self {
        Self::new(T::blank())
    }
}

macro_rules! blank_is_default {
    ($($scalar:ty)*) => {$(
        impl Blank for $scalar {
            fn blank() -> Self {
                Self::default()
            }
        }
    )*};
}

macro_rules! blank_tuples {
    ($($name:ident)*) => {
        blank_tuples!(@ $($name)*);
    };
    (@) => {};
    (@ $first:ident $($rest:ident)*) => {
        impl<$first: Blank, $($rest: Blank),*> Blank for ($first, $($rest,)*) {
            fn blank() -> Self {
                ($first::blank(), $($rest::blank(),)*)
            }
        }
        blank_tuples!(@ $($rest)*);
    };
}

blank_tuples! { A B C D E F G H I J K L }

blank_is_default! {
    () bool String f32 f64
    i8 i16 i32 i64 i128 isize
    u8 u16 u32 u64 u128 usize
    bytes::Bytes serde_json::Value
}

impl Blank for serde_json::Number {
    fn blank() -> Self {
        Self::from(0)
    }
}
