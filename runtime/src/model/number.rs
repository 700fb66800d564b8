//! A number with all its digits: integers beyond 64 bits and decimals that `f64` rounds.

use super::{Decode, Encode, Slot, Text, View};
use std::{
    cmp::Ordering,
    fmt,
    hash::{Hash, Hasher},
    str::FromStr,
};

/// A JSON number as it was written (RFC 8259 §6).
///
/// Equality and order compare the values: `1`, `1.0` and `10e-1` are equal.
///
/// ```
/// use runtime::model::Number;
///
/// let big: Number = "340282366920938463463374607431768211455".parse()?;
/// assert_eq!(big.to_string(), "340282366920938463463374607431768211455");
/// assert_eq!(big.as_i64(), None);
/// assert_eq!(Number::from(7).as_i64(), Some(7));
/// assert_eq!("1.50".parse::<Number>()?, "1.5".parse()?);
/// assert!("0x7".parse::<Number>().is_err());
/// # Ok::<(), runtime::model::NotANumber>(())
/// ```
#[derive(Clone)]
pub struct Number(Digits);

/// The text of a number. Most numbers are short, and need no allocation.
#[derive(Clone)]
enum Digits {
    Short(u8, [u8; SHORT]),
    Long(Box<str>),
}

/// The length of short numbers, in bytes: with it, a number is as large as a `String`.
const SHORT: usize = 22;

impl Digits {
    fn of(text: &str) -> Self {
        let mut bytes = [0; SHORT];
        match (u8::try_from(text.len()), bytes.get_mut(..text.len())) {
            (Ok(length), Some(place)) => {
                place.copy_from_slice(text.as_bytes());
                Self::Short(length, bytes)
            }
            _ => Self::Long(text.into()),
        }
    }

    fn as_str(&self) -> &str {
        match self {
            Self::Short(length, bytes) => {
                let bytes = bytes.get(..usize::from(*length)).unwrap_or_default();
                std::str::from_utf8(bytes).unwrap_or_default()
            }
            Self::Long(text) => text,
        }
    }
}

/// The error of a text that is not a JSON number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct NotANumber;

impl fmt::Display for NotANumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a JSON number")
    }
}

impl std::error::Error for NotANumber {}

impl Number {
    /// Returns the number as it is written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// Returns the value, or `None` if it is no integer or out of range. The notation does not
    /// matter: `7`, `7.0` and `7e0` are all 7.
    #[must_use]
    pub fn as_i64(&self) -> Option<i64> {
        self.as_i128()?.try_into().ok()
    }

    /// Returns the value, or `None` if it is no integer or out of range. The notation does not
    /// matter: `7`, `7.0` and `7e0` are all 7.
    #[must_use]
    pub fn as_u64(&self) -> Option<u64> {
        self.as_i128()?.try_into().ok()
    }

    /// Returns the value, or `None` if it is no integer or out of range. The notation does not
    /// matter: `7`, `7.0` and `7e0` are all 7.
    #[must_use]
    pub fn as_i128(&self) -> Option<i128> {
        super::read::integer(self.as_str()).ok()
    }

    /// Returns the nearest `f64`. It is infinite if the number is too large.
    #[must_use]
    pub fn as_f64(&self) -> f64 {
        self.as_str().parse().unwrap_or(f64::NAN)
    }

    /// Stores a text that was read as a number.
    pub(super) fn set(&mut self, text: &str) {
        self.0 = Digits::of(text);
    }

    /// Returns the size of the text's own allocation, in bytes.
    pub(super) fn allocated(&self) -> usize {
        if let Digits::Long(text) = &self.0 { text.len() } else { 0 }
    }

    /// Returns true if two texts of numbers have one value.
    pub(super) fn same(one: &str, other: &str) -> bool {
        one == other || Value::of(one) == Value::of(other)
    }
}

/// The value of a number: its sign, its digits without zeros at either end, and an exponent. The
/// number is `0.` and the digits, times ten to the power of the exponent.
#[derive(PartialEq, Eq, Hash)]
struct Value {
    is_negative: bool,
    digits: String,
    exponent: i128,
}

impl Value {
    fn of(text: &str) -> Self {
        let (is_negative, text) = match text.strip_prefix('-') {
            Some(text) => (true, text),
            None => (false, text),
        };
        let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let all = [whole, fraction].concat();
        let digits = all.trim_start_matches('0');
        let leading = i128::try_from(all.len() - digits.len()).unwrap_or_default();
        let point = i128::try_from(whole.len()).unwrap_or_default() - leading;
        let digits = digits.trim_end_matches('0').to_owned();
        if digits.is_empty() {
            return Self { is_negative: false, digits, exponent: 0 };
        }
        let exponent = exponent.parse::<i128>().unwrap_or(i128::MAX);
        Self { is_negative, digits, exponent: exponent.saturating_add(point) }
    }
}

impl PartialOrd for Value {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Value {
    fn cmp(&self, other: &Self) -> Ordering {
        let size = |value: &Self| (!value.digits.is_empty(), value.exponent);
        let magnitudes = || size(self).cmp(&size(other)).then_with(|| self.digits.cmp(&other.digits));
        match (self.is_negative, other.is_negative) {
            (false, false) => magnitudes(),
            (true, true) => magnitudes().reverse(),
            (true, false) => Ordering::Less,
            (false, true) => Ordering::Greater,
        }
    }
}

impl PartialEq for Number {
    fn eq(&self, other: &Self) -> bool {
        Self::same(self.as_str(), other.as_str())
    }
}

impl Eq for Number {}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Number {
    fn cmp(&self, other: &Self) -> Ordering {
        Value::of(self.as_str()).cmp(&Value::of(other.as_str()))
    }
}

impl Hash for Number {
    fn hash<H: Hasher>(&self, state: &mut H) {
        Value::of(self.as_str()).hash(state);
    }
}

impl fmt::Debug for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for Number {
    type Err = NotANumber;

    fn from_str(text: &str) -> Result<Self, NotANumber> {
        let mut reader = Text::new(text);
        let is_number = reader.number().is_ok_and(|number| number.len() == text.len());
        if is_number { Ok(Self(Digits::of(text))) } else { Err(NotANumber) }
    }
}

/// Converts a finite number, in its shortest notation.
impl TryFrom<f64> for Number {
    type Error = NotANumber;

    fn try_from(number: f64) -> Result<Self, NotANumber> {
        super::number(number).map(|text| Self(Digits::of(&text))).map_err(|_| NotANumber)
    }
}

macro_rules! from_integers {
    ($($integer:ty)*) => {$(
        impl From<$integer> for Number {
            fn from(number: $integer) -> Self {
                Self(Digits::of(&number.to_string()))
            }
        }
    )*};
}

from_integers! { i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 }

impl Decode for Number {
    fn blank() -> Self {
        Self(Digits::of("0"))
    }

    fn slot(&mut self, _: bool) -> Slot<'_> {
        Slot::Number(self)
    }
}

impl Encode for Number {
    fn view(&self) -> View<'_> {
        View::Digits(self.as_str())
    }
}

crate::model_serde!(Number);

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{from_str, to_string};

    #[test]
    fn every_digit_comes_back() {
        for text in [
            "340282366920938463463374607431768211455",
            "-0.1000000000000000055511151231257827021181583404541015625",
            "1e400",
            "7.0",
            "18446744073709551616",
        ] {
            let number: Number = super::super::read(text).unwrap();
            assert_eq!(super::super::json(number.view()).unwrap(), text);
            assert_eq!(text.parse::<Number>().unwrap(), number);
        }
        assert_eq!(
            to_string(&from_str::<Number>("18446744073709551616").unwrap()).unwrap(),
            "18446744073709551616"
        );
        assert_eq!(to_string(&from_str::<Number>("0.5").unwrap()).unwrap(), "0.5");
        for text in [r#""1""#, "null", "true", "[]", "01", "1.", ".5", "+1", "1e"] {
            assert!(super::super::read::<Number>(text).is_err(), "{text}");
            assert!(text.parse::<Number>().is_err(), "{text}");
        }
    }

    #[test]
    fn numbers_are_equal_by_value() {
        let number = |text: &str| text.parse::<Number>().unwrap();
        for (one, other) in [
            ("1", "1.0"),
            ("10", "1e1"),
            ("0.05", "5e-2"),
            ("0", "-0.0"),
            ("1200", "1.2E+3"),
            ("0.10", "0.1"),
        ] {
            assert_eq!(number(one), number(other));
        }
        for (one, other) in [("1", "-1"), ("1", "10"), ("0.5", "0.05"), ("12", "1.2")] {
            assert_ne!(number(one), number(other));
        }
        assert_eq!(number("7.0").as_i64(), Some(7));
        assert_eq!(number("7.5").as_i128(), None);
        assert_eq!(number("-1").as_u64(), None);
        assert_eq!(Number::try_from(1e21).unwrap().as_str(), "1e21");
        assert_eq!(Number::try_from(f64::NAN), Err(NotANumber));
    }

    #[test]
    fn numbers_are_ordered_by_value() {
        let texts = ["-1e9", "-12.5", "-12", "-0.05", "0", "5e-2", "0.5", "1", "1.5", "12", "123", "1e400"];
        let sorted: Vec<Number> = texts.iter().map(|text| text.parse().unwrap()).collect();
        for (index, one) in sorted.iter().enumerate() {
            for (other_index, other) in sorted.iter().enumerate() {
                assert_eq!(one.cmp(other), index.cmp(&other_index), "{one} {other}");
            }
        }
        assert_eq!("-0".parse::<Number>().unwrap().cmp(&Number::from(0)), Ordering::Equal);
    }
}
