//! Scalars: one table from `type` and `format` to the type of a value.

use serde_json::Number;

/// A value without parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Scalar {
    String,
    Bool,
    I64,
    U64,
    F64,
    /// RFC 3339 §5.6 `date-time`.
    DateTime,
    /// RFC 3339 §5.6 `full-date`.
    Date,
    /// RFC 9562.
    Uuid,
    /// RFC 5322 §3.3, the successor of RFC 2822.
    Rfc2822,
    /// Seconds or milliseconds since 1970-01-01T00:00:00Z, as an integer.
    UnixTime,
    /// RFC 4648 §4, in a string.
    Base64,
    /// An integer of any size, or a number with all its digits.
    Number,
    /// The only value is null.
    Null,
}

/// The formats that change a type. Other formats have no effect, because formats are open-ended
/// (OpenAPI 3.0.3 §4.4). Smaller integers such as `int32` are `i64` too, because servers exceed
/// them, and a value that its type can't hold would lose the response.
const FORMATS: &[(&str, &str, Scalar)] = &[
    ("string", "date-time", Scalar::DateTime),
    ("string", "date", Scalar::Date),
    ("string", "uuid", Scalar::Uuid),
    ("string", "date-time-rfc-2822", Scalar::Rfc2822),
    ("string", "byte", Scalar::Base64),
    ("integer", "uint64", Scalar::U64),
    ("integer", "unix-time", Scalar::UnixTime),
    ("integer", "bigint", Scalar::Number),
    ("integer", "int128", Scalar::Number),
    ("integer", "uint128", Scalar::Number),
    ("number", "decimal", Scalar::Number),
    ("number", "decimal128", Scalar::Number),
];

const TYPES: &[(&str, Scalar)] = &[
    ("string", Scalar::String),
    ("boolean", Scalar::Bool),
    ("integer", Scalar::I64),
    ("number", Scalar::F64),
];

/// The integers of a fixed size, with their least and greatest value.
const RANGES: &[(Scalar, i128, i128)] =
    &[(Scalar::I64, i64::MIN as i128, i64::MAX as i128), (Scalar::U64, 0, u64::MAX as i128)];

/// The integer types, from small to large. They are tried in this order if a type cannot hold all
/// values that the document gives.
const LARGER: [Scalar; 3] = [Scalar::I64, Scalar::U64, Scalar::Number];

/// The most digits that a program needs to write an `f64`. A limit with at most this many digits
/// may be a rounded one.
const ROUNDED_DIGITS: usize = 17;

/// Formats of an object without declared properties that determine the type of its values. Every
/// value may be null, because servers send nulls that the document does not declare.
const MAP_FORMATS: &[(&str, Scalar)] = &[("uri-map", Scalar::String)];

impl Scalar {
    /// Returns the scalar for a `type` and `format`, or `None` if the type is not scalar.
    pub(crate) fn of(kind: &str, format: Option<&str>) -> Option<Self> {
        let by_format = |(of, name, _): &&(&str, &str, Self)| *of == kind && Some(*name) == format;
        if let Some((_, _, scalar)) = FORMATS.iter().find(by_format) {
            return Some(*scalar);
        }
        TYPES.iter().find(|(name, _)| *name == kind).map(|(_, scalar)| *scalar)
    }

    /// Returns the integer that holds the given values: this one, or a larger one. The flag of a
    /// value is true for an exclusive bound.
    pub(crate) fn holding(self, values: &[(&Number, bool)]) -> Self {
        let range = |of: Self| RANGES.iter().find(|(scalar, ..)| *scalar == of);
        // A document may give an unsigned format a negative value. The format's values stay.
        let own = range(self).map_or(0, |(_, least, most)| if *least == 0 { *most } else { 0 });
        let holds = |scalar: &&Self| {
            range(**scalar).is_none_or(|(_, least, most)| {
                own <= *most && values.iter().all(|value| is_within(*value, *least, *most))
            })
        };
        [self].iter().chain(&LARGER).find(holds).copied().unwrap_or(self)
    }

    /// Returns true for a string with a format. The runtime keeps its text as received.
    pub(crate) fn is_formatted(self) -> bool {
        matches!(self, Self::DateTime | Self::Date | Self::Rfc2822 | Self::Uuid)
    }

    /// Returns the scalar's name in texts.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::String => "string",
            Self::Bool => "boolean",
            Self::I64 | Self::U64 => "integer",
            Self::F64 | Self::Number => "number",
            Self::DateTime | Self::Rfc2822 | Self::UnixTime => "time",
            Self::Date => "date",
            Self::Uuid => "uuid",
            Self::Base64 => "base64",
            Self::Null => "null",
        }
    }

    /// Returns the type of an object's values, by the object's format.
    pub(crate) fn of_map(format: Option<&str>) -> Option<Self> {
        MAP_FORMATS.iter().find(|(name, _)| Some(*name) == format).map(|(_, scalar)| *scalar)
    }
}

/// Returns true if a value is in a range. Many documents give the limits of 64 bits as a rounded
/// `f64`: `9223372036854776000`. Such a number is compared as an `f64`.
fn is_within((number, is_exclusive): (&Number, bool), least: i128, most: i128) -> bool {
    let slack = i128::from(is_exclusive);
    let (least, most) = (least - slack, most + slack);
    let digits = number.to_string().trim_end_matches('0').len();
    match number.as_i128().filter(|_| digits > ROUNDED_DIGITS) {
        Some(whole) => (least..=most).contains(&whole),
        None => number.as_f64().is_some_and(|float| (least as f64..=most as f64).contains(&float)),
    }
}

#[cfg(test)]
mod tests {
    use super::{FORMATS, MAP_FORMATS, Scalar, TYPES};
    use serde_json::{Number, from_str};

    #[test]
    fn an_integer_holds_what_its_document_lists() {
        for (declared, values, is_exclusive, scalar) in [
            (Scalar::I64, "9223372036854775807", false, Scalar::I64),
            (Scalar::I64, "9223372036854775808", false, Scalar::U64),
            (Scalar::I64, "9223372036854775808", true, Scalar::I64),
            (Scalar::I64, "-9223372036854776000 9223372036854776000", false, Scalar::I64),
            (Scalar::I64, "-1 9223372036854775808", false, Scalar::Number),
            (Scalar::I64, "1.8446744073709552e19", false, Scalar::U64),
            (Scalar::I64, "1e20", false, Scalar::Number),
            (Scalar::U64, "-1", false, Scalar::Number),
            (Scalar::F64, "1e300", false, Scalar::F64),
            (Scalar::UnixTime, "1e300", false, Scalar::UnixTime),
        ] {
            let values: Vec<Number> = values.split(' ').map(|text| from_str(text).unwrap()).collect();
            let values: Vec<_> = values.iter().map(|value| (value, is_exclusive)).collect();
            assert_eq!(declared.holding(&values), scalar, "{declared:?}: {values:?}");
        }
    }

    #[test]
    fn each_row_of_the_tables_is_reached() {
        for (kind, format, scalar) in FORMATS {
            assert_eq!(Scalar::of(kind, Some(format)), Some(*scalar));
        }
        for (kind, scalar) in TYPES {
            assert_eq!(Scalar::of(kind, None), Some(*scalar));
            assert_eq!(Scalar::of(kind, Some("no such format")), Some(*scalar));
        }
        for (format, scalar) in MAP_FORMATS {
            assert_eq!(Scalar::of_map(Some(format)), Some(*scalar));
        }
        assert_eq!(Scalar::of("object", None), None);
    }
}
