//! Times that are not written as RFC 3339 says.

use super::Blank;
use jiff::{Timestamp, fmt::rfc2822, tz::TimeZone};
use serde_core::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{Error, Visitor},
};
use std::fmt;

/// A time in the form of RFC 5322 §3.3 (RFC 2822 before), as `Fri, 24 May 2019 17:18:27 +0000`.
///
/// Written in UTC, with two digits for the day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rfc2822(pub Timestamp);

/// A time as the number of seconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnixTime(pub Timestamp);

macro_rules! time {
    ($($name:ident)*) => {$(
        impl Blank for $name {
            fn blank() -> Self {
                Self::default()
            }
        }

        impl From<Timestamp> for $name {
            fn from(time: Timestamp) -> Self {
                Self(time)
            }
        }

        impl From<$name> for Timestamp {
            fn from(time: $name) -> Self {
                time.0
            }
        }
    )*};
}

time! { Rfc2822 UnixTime }

impl fmt::Display for Rfc2822 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let time = self.0.to_zoned(TimeZone::UTC);
        write!(f, "{}", time.strftime("%a, %d %b %Y %H:%M:%S +0000"))
    }
}

impl fmt::Display for UnixTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.as_second().fmt(f)
    }
}

impl<'de> Deserialize<'de> for Rfc2822 {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        read(deserializer, "a time as RFC 2822 writes it", |text| {
            rfc2822::DateTimeParser::new().parse_timestamp(text).ok().map(Self)
        })
    }
}

impl Serialize for Rfc2822 {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// Reads what is written as a text of its own: `what` says which. An error does not show the text.
pub(super) fn read<'de, T, D: Deserializer<'de>>(
    deserializer: D,
    what: &'static str,
    parse: fn(&str) -> Option<T>,
) -> Result<T, D::Error> {
    struct Text<T>(&'static str, fn(&str) -> Option<T>);

    impl<T> Visitor<'_> for Text<T> {
        type Value = T;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str(self.0)
        }

        fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
            (self.1)(text).ok_or_else(|| E::custom(format_args!("not {}", self.0)))
        }
    }

    deserializer.deserialize_str(Text(what, parse))
}

impl<'de> Deserialize<'de> for UnixTime {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let seconds = i64::deserialize(deserializer)?;
        let time = Timestamp::from_second(seconds);
        time.map(Self).map_err(|_| D::Error::custom("a time beyond the year 9999"))
    }
}

impl Serialize for UnixTime {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_i64(self.0.as_second())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{from_str, to_string};

    #[test]
    fn times_come_back_as_they_came() {
        for text in [r#""Fri, 24 May 2019 17:18:27 +0000""#, r#""Mon, 01 Apr 2024 00:00:00 +0000""#] {
            assert_eq!(to_string(&from_str::<Rfc2822>(text).unwrap()).unwrap(), text);
        }
        let elsewhere = from_str::<Rfc2822>(r#""1 Apr 2024 02:00:00 +0200""#).unwrap();
        assert_eq!(elsewhere.to_string(), "Mon, 01 Apr 2024 00:00:00 +0000");
        for text in ["0", "-1", "1735689600"] {
            assert_eq!(to_string(&from_str::<UnixTime>(text).unwrap()).unwrap(), text);
        }
    }

    #[test]
    fn what_is_no_time_is_an_error() {
        for text in [r#""2019-05-24T17:18:27Z""#, r#""""#, "1", "null"] {
            assert!(from_str::<Rfc2822>(text).is_err(), "{text}");
        }
        for text in ["9223372036854775807", "1.5", r#""1""#, "null"] {
            assert!(from_str::<UnixTime>(text).is_err(), "{text}");
        }
    }
}
