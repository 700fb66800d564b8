//! Times in formats other than RFC 3339.

use super::{Decode, Encode, Integer, Slot, View, text::text};
use jiff::{Timestamp, fmt::rfc2822, tz::TimeZone};
use std::{
    cmp::Ordering,
    fmt,
    hash::{Hash, Hasher},
};

/// A time in the format of RFC 5322 §3.3 (formerly RFC 2822), such as `Fri, 24 May 2019 17:18:27
/// +0000`.
///
/// Equality and order compare the moment only. A value created from a `jiff::Timestamp` is written
/// in UTC, with two digits for the day. A text that is not a time is kept, so that the value
/// round-trips.
#[derive(Clone)]
pub struct Rfc2822(Box<str>);

text!(Rfc2822, Timestamp, jiff::Error, timestamp, "Thu, 01 Jan 1970 00:00:00 +0000");

impl Rfc2822 {
    /// Returns the moment, or `None` if the text is not a time.
    #[must_use]
    pub fn timestamp(&self) -> Option<Timestamp> {
        Self::parse(&self.0).ok()
    }

    fn parse(text: &str) -> Result<Timestamp, jiff::Error> {
        rfc2822::DateTimeParser::new().parse_timestamp(text)
    }

    fn print(moment: Timestamp) -> String {
        moment.to_zoned(TimeZone::UTC).strftime("%a, %d %b %Y %H:%M:%S +0000").to_string()
    }
}

/// A time as a number since 1970-01-01T00:00:00Z: seconds, or milliseconds if the number is too
/// large for seconds (a time after the year 9999). The number round-trips.
///
/// Equality and order compare the moment only. A value created from a `jiff::Timestamp` is in
/// seconds.
///
/// ```
/// use runtime::{jiff::Timestamp, model::UnixTime};
///
/// let moment: Timestamp = "2026-01-01T00:00:00Z".parse()?;
/// assert_eq!(UnixTime::from_number(1_767_225_600).timestamp(), Some(moment));
/// assert_eq!(UnixTime::from_number(1_767_225_600_000).timestamp(), Some(moment));
/// assert_eq!(UnixTime::from(moment).as_number(), 1_767_225_600);
/// # Ok::<(), runtime::jiff::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default)]
pub struct UnixTime(i64);

impl UnixTime {
    /// Creates a time from a number of seconds or milliseconds.
    #[must_use]
    pub const fn from_number(number: i64) -> Self {
        Self(number)
    }

    /// Returns the number as received.
    #[must_use]
    pub const fn as_number(self) -> i64 {
        self.0
    }

    /// Returns the moment, or `None` if the number is too large for milliseconds as well.
    #[must_use]
    pub fn timestamp(self) -> Option<Timestamp> {
        Timestamp::from_second(self.0).or_else(|_| Timestamp::from_millisecond(self.0)).ok()
    }

    /// Returns the value for comparisons.
    fn milliseconds(self) -> i128 {
        self.timestamp().map_or(i128::from(self.0), |moment| moment.as_millisecond().into())
    }
}

impl PartialEq for UnixTime {
    fn eq(&self, other: &Self) -> bool {
        self.milliseconds() == other.milliseconds()
    }
}

impl Eq for UnixTime {}

impl PartialOrd for UnixTime {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for UnixTime {
    fn cmp(&self, other: &Self) -> Ordering {
        self.milliseconds().cmp(&other.milliseconds())
    }
}

impl Hash for UnixTime {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.milliseconds().hash(state);
    }
}

impl Integer for UnixTime {
    fn set(&mut self, value: i128) -> bool {
        i64::try_from(value).map(|number| self.0 = number).is_ok()
    }
}

impl Decode for UnixTime {
    fn blank() -> Self {
        Self::default()
    }

    fn slot(&mut self, _: bool) -> Slot<'_> {
        Slot::Integer(self)
    }
}

impl Encode for UnixTime {
    fn view(&self) -> View<'_> {
        View::Integer(self.0.into())
    }
}

crate::model_serde!(UnixTime);

impl From<Timestamp> for UnixTime {
    fn from(time: Timestamp) -> Self {
        Self(time.as_second())
    }
}

impl fmt::Display for UnixTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{from_str, to_string};

    #[test]
    fn times_come_back_as_they_came() {
        for (text, moment) in [
            ("Fri, 24 May 2019 17:18:27 +0000", Some("2019-05-24T17:18:27Z")),
            ("1 Apr 2024 02:00:00 +0200", Some("2024-04-01T00:00:00Z")),
            ("2019-05-24T17:18:27Z", None),
            ("", None),
        ] {
            let json = format!("\"{text}\"");
            let read = from_str::<Rfc2822>(&json).unwrap();
            assert_eq!(read.timestamp().map(|moment| moment.to_string()).as_deref(), moment, "{text}");
            assert_eq!(to_string(&read).unwrap(), json);
        }
        let written = Rfc2822::from("2024-04-01T00:00:00Z".parse::<Timestamp>().unwrap());
        assert_eq!(written.as_str(), "Mon, 01 Apr 2024 00:00:00 +0000");
        for (text, moment) in [
            ("0", Some("1970-01-01T00:00:00Z")),
            ("-1", Some("1969-12-31T23:59:59Z")),
            ("1735689600", Some("2025-01-01T00:00:00Z")),
            ("1735689600123", Some("2025-01-01T00:00:00.123Z")),
            ("9223372036854775807", None),
        ] {
            let read = from_str::<UnixTime>(text).unwrap();
            assert_eq!(read.timestamp().map(|moment| moment.to_string()).as_deref(), moment, "{text}");
            assert_eq!(to_string(&read).unwrap(), text);
        }
        assert_eq!(UnixTime::from_number(1_735_689_600), UnixTime::from_number(1_735_689_600_000));
        assert!(UnixTime::from_number(1_735_689_600) < UnixTime::from_number(1_735_689_600_001));
    }

    #[test]
    fn values_other_than_numbers_are_no_unix_time() {
        for text in ["9223372036854775808", "1.5", r#""1""#, "null"] {
            assert!(from_str::<UnixTime>(text).is_err(), "{text}");
        }
    }
}
