//! Scalars: one table from `type` and `format` to the type of a value.

/// A value without parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Scalar {
    String,
    Bool,
    I32,
    I64,
    U8,
    U16,
    U32,
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
/// (OpenAPI 3.0.3 §4.4).
const FORMATS: &[(&str, &str, Scalar)] = &[
    ("string", "date-time", Scalar::DateTime),
    ("string", "date", Scalar::Date),
    ("string", "uuid", Scalar::Uuid),
    ("string", "date-time-rfc-2822", Scalar::Rfc2822),
    ("string", "byte", Scalar::Base64),
    ("integer", "int32", Scalar::I32),
    ("integer", "uint8", Scalar::U8),
    ("integer", "uint16", Scalar::U16),
    ("integer", "uint32", Scalar::U32),
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

    /// Returns true for a string with a format. The runtime keeps its text as received.
    pub(crate) fn is_formatted(self) -> bool {
        matches!(self, Self::DateTime | Self::Date | Self::Rfc2822 | Self::Uuid)
    }

    /// Returns the scalar's name in texts.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::String => "string",
            Self::Bool => "boolean",
            Self::I32 | Self::I64 | Self::U8 | Self::U16 | Self::U32 | Self::U64 => "integer",
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

#[cfg(test)]
mod tests {
    use super::{FORMATS, MAP_FORMATS, Scalar, TYPES};

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
