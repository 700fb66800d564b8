//! A `date-time`: a moment, and its text.
//!
//! Input: a time of RFC 3339. Output: its [`Timestamp`], and the same text. The offset and the
//! digits of the fraction are data, such as a commit's local time, so they are kept rather than
//! converted to UTC. A missing offset is kept as well, although RFC 3339 requires it: many servers
//! omit it and mean UTC.

use super::text::text;
use jiff::{
    Timestamp,
    fmt::temporal::{DateTimeParser, DateTimePrinter, Pieces, PiecesOffset},
    tz::Offset,
};

/// A moment (RFC 3339 §5.6), with the text that was received: its offset and its digits.
///
/// Equality and order compare the moment only. A value created from a `jiff::Timestamp` is written
/// in UTC, with as many digits as the fraction needs.
///
/// A time without an offset is read as UTC. A text that is not a time is kept, so that an invalid
/// value does not fail a whole response, and the value round-trips.
///
/// ```
/// use runtime::{jiff::Timestamp, model::DateTime};
///
/// let pushed: DateTime = "2011-01-26T19:06:43.500+09:00".parse()?;
/// assert_eq!(pushed.timestamp(), Some("2011-01-26T10:06:43.5Z".parse::<Timestamp>()?));
/// assert_eq!(pushed.offset().map(|offset| offset.seconds()), Some(9 * 60 * 60));
/// assert_eq!(pushed.to_string(), "2011-01-26T19:06:43.500+09:00");
/// assert_eq!(DateTime::from("2011-01-26T10:06:43.5Z".parse::<Timestamp>()?), pushed);
/// assert_eq!(DateTime::from_text("").timestamp(), None);
/// # Ok::<(), runtime::jiff::Error>(())
/// ```
#[derive(Clone)]
pub struct DateTime(Box<str>);

text!(DateTime, Timestamp, jiff::Error, timestamp, "1970-01-01T00:00:00Z");

impl DateTime {
    /// Returns the moment, or `None` if the text is not a time.
    #[must_use]
    pub fn timestamp(&self) -> Option<Timestamp> {
        Self::parse(&self.0).ok()
    }

    /// Returns the offset from UTC, if the text has one. `None` for `Z`, which does not specify the
    /// local time.
    #[must_use]
    pub fn offset(&self) -> Option<Offset> {
        match DateTimeParser::new().parse_pieces(&*self.0).ok()?.offset()? {
            // RFC 9557 §2.2: `-00:00` means the same as `Z`.
            PiecesOffset::Numeric(written) if !(written.offset().is_zero() && written.is_negative()) => {
                Some(written.offset())
            }
            _ => None,
        }
    }

    /// Returns the same moment at another offset. A text that is not a time stays as it is.
    #[must_use]
    pub fn with_offset(self, offset: Offset) -> Self {
        match self.timestamp() {
            Some(moment) => {
                Self(DateTimePrinter::new().timestamp_with_offset_to_string(&moment, offset).into())
            }
            None => self,
        }
    }

    fn parse(text: &str) -> Result<Timestamp, jiff::Error> {
        match local(&DateTimeParser::new().parse_pieces(text)?) {
            Some(moment) => Ok(moment),
            None => text.parse(),
        }
    }

    fn print(moment: Timestamp) -> String {
        moment.to_string()
    }
}

/// Returns the moment of a date and time without offset.
fn local(pieces: &Pieces<'_>) -> Option<Timestamp> {
    if pieces.offset().is_some() || pieces.time_zone_annotation().is_some() {
        return None;
    }
    Offset::UTC.to_timestamp(pieces.date().to_datetime(pieces.time()?)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{from_str, to_string};

    #[test]
    fn a_text_comes_back_as_it_came() {
        for (text, moment) in [
            ("2024-02-29T12:00:00Z", Some("2024-02-29T12:00:00Z")),
            ("2024-02-29T12:00:00+00:00", Some("2024-02-29T12:00:00Z")),
            ("2024-02-29T12:00:00-08:00", Some("2024-02-29T20:00:00Z")),
            ("2024-02-29T12:00:00+0530", Some("2024-02-29T06:30:00Z")),
            ("2024-02-29T12:00:00.120000+02:00", Some("2024-02-29T10:00:00.12Z")),
            ("2024-02-29t12:00:00z", Some("2024-02-29T12:00:00Z")),
            ("2024-02-29 12:00:00-00:00", Some("2024-02-29T12:00:00Z")),
            ("0001-01-01T00:00:00Z", Some("0001-01-01T00:00:00Z")),
            ("2018-01-01T00:01:01.50", Some("2018-01-01T00:01:01.5Z")),
            ("2018-01-01 00:01:01", Some("2018-01-01T00:01:01Z")),
            ("2024-02-29T12:00:00[Europe/Paris]", None),
            ("2024-02-29", None),
            ("0000-00-00 00:00:00", None),
            ("never", None),
            ("", None),
        ] {
            let json = format!("\"{text}\"");
            let read = from_str::<DateTime>(&json).unwrap();
            assert_eq!(read.timestamp().map(|moment| moment.to_string()).as_deref(), moment, "{text}");
            assert_eq!(to_string(&read).unwrap(), json);
            assert_eq!(text.parse::<DateTime>().is_ok(), moment.is_some(), "{text}");
        }
        for json in ["1", "null", "{}"] {
            assert!(from_str::<DateTime>(json).is_err(), "{json}");
        }
    }

    #[test]
    fn equal_is_the_same_moment() {
        let [here, there] = ["2024-02-29T12:00:00+01:00", "2024-02-29T11:00:00.0Z"].map(DateTime::from_text);
        assert_eq!(here, there);
        assert_eq!(here, "2024-02-29T11:00:00".parse::<DateTime>().unwrap());
        let last = DateTime::from(Timestamp::MAX);
        assert!(here < last);
        assert_eq!(here.with_offset(Offset::UTC).as_str(), "2024-02-29T11:00:00+00:00");
        let [never, empty] = ["never", ""].map(DateTime::from_text);
        assert_ne!(never, empty);
        assert!(empty < never && never < there);
        assert_eq!(never.clone().with_offset(Offset::UTC).as_str(), "never");
    }

    #[test]
    fn an_offset_is_what_was_written() {
        let seconds = |text: &str| DateTime::from_text(text).offset().map(Offset::seconds);
        assert_eq!(seconds("2024-02-29T12:00:00-08:00"), Some(-8 * 60 * 60));
        assert_eq!(seconds("2024-02-29T12:00:00+00:00"), Some(0));
        for none in ["2024-02-29T12:00:00Z", "2024-02-29T12:00:00-00:00", "2024-02-29T12:00:00", "never"] {
            assert_eq!(seconds(none), None, "{none}");
        }
    }
}
