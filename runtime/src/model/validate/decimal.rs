//! Decimals: JSON numbers, compared and divided without rounding.

use std::cmp::Ordering;
use std::fmt::Write;
use std::num::IntErrorKind;

/// A number: digits, times ten to the power of an exponent.
///
/// The representation is unique: the first and last digits are not zero. Zero has no digits, no
/// sign and exponent 0.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Decimal {
    is_negative: bool,
    /// The values 0 to 9, not characters.
    digits: Vec<u8>,
    exponent: i64,
}

impl Decimal {
    /// Parses a number (RFC 8259 §6). Returns `None` for other text, such as infinity.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (is_negative, text) = match text.strip_prefix('-') {
            Some(text) => (true, text),
            None => (false, text),
        };
        let (number, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
        let exponent = power(exponent)?;
        let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
        let mut digits = Vec::with_capacity(number.len());
        for character in whole.chars().chain(fraction.chars()) {
            digits.push(u8::try_from(character.to_digit(10)?).ok()?);
        }
        if digits.is_empty() {
            return None;
        }
        let mut exponent = exponent - i64::try_from(fraction.len()).ok()?;
        while digits.pop_if(|digit| *digit == 0).is_some() {
            exponent += 1;
        }
        let zeros = digits.iter().take_while(|digit| **digit == 0).count();
        digits.drain(..zeros);
        Some(if digits.is_empty() { Self::default() } else { Self { is_negative, digits, exponent } })
    }

    /// Returns true if the number is an integer multiple of `divisor`. Also returns true if the
    /// divisor is zero or has more than 37 digits.
    pub(super) fn is_multiple_of(&self, divisor: &Self) -> bool {
        let Some(modulus) = divisor.digits.iter().try_fold(0_u128, |number, digit| {
            number.checked_mul(10)?.checked_add(u128::from(*digit)).filter(|number| *number < u128::MAX / 16)
        }) else {
            return true;
        };
        if modulus == 0 || self.digits.is_empty() {
            return true;
        }
        // The last digit is not zero, so a number with more decimal places than its divisor is no
        // multiple of it.
        let Ok(zeros) = usize::try_from(self.exponent - divisor.exponent) else { return false };
        // A modulus has fewer than 128 factors of 2 and of 5. Further zeros supply only such factors.
        let zeros = zeros.min(128);
        let digits = self.digits.iter().copied().chain(std::iter::repeat_n(0, zeros));
        digits.fold(0, |rest, digit| (rest * 10 + u128::from(digit)) % modulus) == 0
    }

    /// Writes the number's unique representation.
    pub(super) fn write(&self, text: &mut String) {
        text.push(if self.is_negative { '-' } else { '+' });
        text.extend(self.digits.iter().map(|digit| char::from(b'0' + digit)));
        // Writing to a String can't fail.
        let _ = write!(text, "e{}", self.exponent);
    }

    /// Compares two numbers without their signs.
    fn cmp_size(&self, other: &Self) -> Ordering {
        // The power of ten of the first digit, plus one. For zero, the lowest value.
        let magnitude = |of: &Self| {
            let digits = i64::try_from(of.digits.len()).unwrap_or(i64::MAX);
            if digits == 0 { i64::MIN } else { digits.saturating_add(of.exponent) }
        };
        magnitude(self).cmp(&magnitude(other)).then_with(|| self.digits.cmp(&other.digits))
    }
}

/// The largest exponent. Larger ones count as this, so that sums of exponents do not overflow.
const MOST_POWER: i64 = i64::MAX / 4;

/// Returns the value of an exponent, at most [`MOST_POWER`] above or below zero.
fn power(text: &str) -> Option<i64> {
    match text.parse::<i64>() {
        Ok(power) => Some(power.clamp(-MOST_POWER, MOST_POWER)),
        Err(error) => match error.kind() {
            IntErrorKind::PosOverflow => Some(MOST_POWER),
            IntErrorKind::NegOverflow => Some(-MOST_POWER),
            _ => None,
        },
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self.is_negative, other.is_negative) {
            (false, true) => Ordering::Greater,
            (true, false) => Ordering::Less,
            (false, false) => self.cmp_size(other),
            (true, true) => other.cmp_size(self),
        }
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

#[cfg(test)]
mod tests {
    use super::Decimal;
    use std::cmp::Ordering::{Equal, Greater, Less};

    #[track_caller]
    fn decimal(text: &str) -> Decimal {
        Decimal::parse(text).unwrap_or_else(|| panic!("{text} is a number"))
    }

    #[test]
    fn a_number_has_one_form() {
        for (one, other) in [
            ("1", "1.0"),
            ("100", "1e2"),
            ("-0", "0.00"),
            ("0e9", "0"),
            ("0.012", "12E-3"),
            ("1.50", "15e-1"),
            ("1e+2", "100"),
        ] {
            assert_eq!(decimal(one), decimal(other), "{one} {other}");
        }
        for text in ["", "-", ".", "1x", "NaN", "inf", "1e1x", "1e٣", "٣", "--1", "1e"] {
            assert_eq!(Decimal::parse(text), None, "{text}");
        }
    }

    #[test]
    fn numbers_are_ordered() {
        for (one, ordering, other) in [
            ("1", Less, "2"),
            ("9", Less, "10"),
            ("0.9", Less, "0.91"),
            ("0.1", Greater, "0.09"),
            ("0", Less, "1e-400"),
            ("-1e-400", Less, "0"),
            ("-2", Less, "-1"),
            ("-10", Less, "-9"),
            ("-1", Less, "1"),
            ("1", Greater, "-1"),
            ("18446744073709551615", Less, "18446744073709551616"),
            ("9007199254740993", Greater, "9007199254740992"),
            ("1e308", Greater, "18446744073709551616"),
            ("12", Equal, "1.2e1"),
            ("120", Greater, "12"),
            ("1e99999999999", Greater, "10"),
            ("-1e99999999999999999999", Less, "-10"),
            ("1e-99999999999999999999", Less, "0.1"),
            ("0e99999999999999999999", Equal, "0"),
        ] {
            assert_eq!(decimal(one).cmp(&decimal(other)), ordering, "{one} {other}");
            assert_eq!(decimal(other).cmp(&decimal(one)), ordering.reverse(), "{other} {one}");
        }
    }

    #[test]
    fn multiples_are_of_decimals() {
        for (number, divisor, expected) in [
            ("0.3", "0.1", true),
            ("0.35", "0.1", false),
            ("0.0075", "0.0001", true),
            ("0.00751", "0.0001", false),
            ("19.99", "0.01", true),
            ("-6", "3", true),
            ("7", "2", false),
            ("4.5", "1.5", true),
            ("0", "7", true),
            ("10", "1e1", true),
            ("5", "1e1", false),
            ("20", "5", true),
            ("1e308", "2", true),
            ("1e308", "0.123456789", false),
            ("12391239123", "1e-8", true),
            ("18446744073709551615", "3", true),
            ("18446744073709551615", "2", false),
            ("18446744073709551615", "18446744073709551615", true),
            ("1", "0", true),
            ("1e400", "0.01", true),
            ("1e400", "7", false),
            ("7e400", "7", true),
            // Without the limit on zeros these would take minutes.
            ("1e2147483647", "0.01", true),
            ("1e99999999999999999999", "7", false),
            ("1e99999999999", "10633823966279326983230456482242756608", true),
        ] {
            assert_eq!(decimal(number).is_multiple_of(&decimal(divisor)), expected, "{number} of {divisor}");
        }
    }
}
