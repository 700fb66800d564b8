//! Numbers in JSON's notations.

use crate::model::Number;

/// Returns the value of an integer in any notation of JSON: `7`, `7.0`, `7e0`. Returns an error if
/// the number has a fraction or is out of range.
pub(in crate::model) fn integer(number: &str) -> Result<i128, NoInteger> {
    if let Ok(integer) = number.parse::<i64>() {
        return Ok(i128::from(integer));
    }
    let (mantissa, exponent) = number.split_once(['e', 'E']).unwrap_or((number, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let (whole, sign) = match whole.strip_prefix('-') {
        Some(whole) => (whole, -1),
        None => (whole, 1),
    };
    let fraction = fraction.trim_end_matches('0');
    let digits = [whole, fraction].concat();
    let digits = digits.trim_start_matches('0');
    if digits.is_empty() {
        return Ok(0);
    }
    let exponent: i64 = exponent.parse().map_err(|_| NoInteger::OutOfRange)?;
    let places = i64::try_from(fraction.len()).ok().and_then(|places| exponent.checked_sub(places));
    let places = places.ok_or(NoInteger::OutOfRange)?;
    // Trailing zeros compensate a negative exponent.
    let zeros = digits.len() - digits.trim_end_matches('0').len();
    let digits = match usize::try_from(places.unsigned_abs()) {
        Ok(places) if exponent_is_negative(exponent, fraction) => {
            if places > zeros {
                return Err(NoInteger::Fraction);
            }
            digits.get(..digits.len() - places).unwrap_or_default().to_owned()
        }
        Ok(places @ 0..40) => digits.to_owned() + &"0".repeat(places),
        _ => return Err(NoInteger::OutOfRange),
    };
    digits.parse::<i128>().map(|digits| sign * digits).map_err(|_| NoInteger::OutOfRange)
}

/// Returns the nearest finite `f64` of a JSON number, and whether the two are equal.
pub(in crate::model) fn nearest(number: &str) -> (f64, bool) {
    let float = number.parse::<f64>().unwrap_or_default().clamp(f64::MIN, f64::MAX);
    let is_short = number.len() <= EXACT_DIGITS && !number.contains(['e', 'E']);
    (float, is_short || crate::model::number(float).is_ok_and(|text| Number::same(&text, number)))
}

/// The number of decimal digits that an `f64` always keeps.
const EXACT_DIGITS: usize = 15;

/// The reason why a number is no integer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::model) enum NoInteger {
    Fraction,
    OutOfRange,
}

fn exponent_is_negative(exponent: i64, fraction: &str) -> bool {
    i64::try_from(fraction.len()).is_ok_and(|places| exponent < places)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_of_more_digits_than_an_f64_keeps_is_found() {
        for (number, float, is_exact) in [
            ("1", 1.0, true),
            ("0.1234567890123456", 0.1234567890123456, true),
            ("9007199254740992.0", 9007199254740992.0, true),
            ("1e-7", 1e-7, true),
            ("18446744073709551615", 18446744073709551616.0, false),
            ("0.12345678901234567890", 0.12345678901234568, false),
            ("1e400", f64::MAX, false),
            ("-1e400", f64::MIN, false),
        ] {
            assert_eq!(nearest(number), (float, is_exact), "{number}");
        }
    }

    #[test]
    fn a_whole_number_is_an_integer_however_it_is_written() {
        for (text, integer) in [
            ("0", 0),
            ("-0", 0),
            ("0.0", 0),
            ("0e999", 0),
            ("7", 7),
            ("-7.0", -7),
            ("1e3", 1000),
            ("1.5e1", 15),
            ("1500e-2", 15),
            ("12.50E+2", 1250),
            ("100e-2", 1),
            ("18446744073709551615", i128::from(u64::MAX)),
            ("1e38", 10_i128.pow(38)),
        ] {
            assert_eq!(super::integer(text), Ok(integer), "{text}");
        }
        for text in ["0.5", "-1.25", "15e-1", "1e-1", "1.05e1"] {
            assert_eq!(super::integer(text), Err(NoInteger::Fraction), "{text}");
        }
        for text in [
            "1e39",
            "1e40",
            "1e999999999999",
            "1e99999999999999999999",
            "340282366920938463463374607431768211456",
        ] {
            assert_eq!(super::integer(text), Err(NoInteger::OutOfRange), "{text}");
        }
    }
}
