//! Encodes a value's view as JSON text, or into any serde format.

mod json;
mod serde;

pub(crate) use self::json::json;
pub use self::serde::serialize;

use super::Encode;
use std::fmt;

/// Returns the JSON text that a client sends for a value, or `None` if a number is NaN or infinite.
///
/// The text keeps all digits of the numbers that were read. `serde_json::to_string` keeps them too.
/// Other serializers of serde get the numbers rounded to `f64`.
pub fn to_json<T: Encode + ?Sized>(value: &T) -> Option<String> {
    json(value.view()).ok()
}

/// The reason why a value has no JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unwritable {
    /// A number is NaN or infinite.
    NotFinite,
    /// A flattened value is not an object.
    Part,
}

impl fmt::Display for Unwritable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotFinite => "a number that is not finite",
            Self::Part => "a part of an object that is no object itself",
        })
    }
}

/// Returns a number in its shortest notation: without a fraction if it is an integer, with an
/// exponent from 1e21 on and below 1e-6 (ECMA-262 §6.1.6.1.20).
///
/// # Errors
/// The number is not finite.
pub(crate) fn number(number: f64) -> Result<String, Unwritable> {
    let size = number.abs();
    if !number.is_finite() {
        return Err(Unwritable::NotFinite);
    }
    Ok(if size == 0.0 {
        "0".to_owned()
    } else if (1e-6..1e21).contains(&size) {
        number.to_string()
    } else {
        format!("{number:e}")
    })
}
