//! Times that are not written as RFC 3339 says.

use super::{Decode, Encode, Integer, Slot, View, text::text};
use jiff::{Timestamp, fmt::rfc2822, tz::TimeZone};
use std::fmt;

/// A time in the form of RFC 5322 §3.3 (RFC 2822 before), as `Fri, 24 May 2019 17:18:27 +0000`.
///
/// Two of them are equal, and ordered, by the moment alone. Made of a [`Timestamp`], it is written in UTC, with two digits
/// for the day. A text that is no time is kept as it came, and sent back unchanged.
#[derive(Clone)]
pub struct Rfc2822(Box<str>);

text!(Rfc2822, Timestamp, jiff::Error, timestamp);

impl Rfc2822 {
    /// The moment; nothing where the text is no time.
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

/// A time as the number of seconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnixTime(pub Timestamp);

impl Integer for UnixTime {
    fn set(&mut self, value: i128) -> bool {
        let time = i64::try_from(value).ok().and_then(|seconds| Timestamp::from_second(seconds).ok());
        time.map(|time| self.0 = time).is_some()
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
        View::Integer(self.0.as_second().into())
    }
}

crate::model_serde!(UnixTime);

impl From<Timestamp> for UnixTime {
    fn from(time: Timestamp) -> Self {
        Self(time)
    }
}

impl From<UnixTime> for Timestamp {
    fn from(time: UnixTime) -> Self {
        time.0
    }
}

impl fmt::Display for UnixTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.as_second().fmt(f)
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
        for text in ["0", "-1", "1735689600"] {
            assert_eq!(to_string(&from_str::<UnixTime>(text).unwrap()).unwrap(), text);
        }
    }

    #[test]
    fn what_is_no_number_is_no_unix_time() {
        for text in ["9223372036854775807", "1.5", r#""1""#, "null"] {
            assert!(from_str::<UnixTime>(text).is_err(), "{text}");
        }
    }
}
