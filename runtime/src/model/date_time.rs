//! A `date-time`: a moment, and how it was written.
//!
//! In: a time of RFC 3339. Out: its [`Timestamp`], and the same text again. The rule: the offset and the digits of the
//! fraction are the sender's data, as a commit's local time is, and are not replaced by UTC on the way through. So is
//! an offset that is missing, against the RFC: many servers leave it out, and mean UTC.

use super::{Blank, time};
use jiff::{
    Timestamp,
    fmt::temporal::{DateTimeParser, DateTimePrinter, Pieces, PiecesOffset},
    tz::Offset,
};
use serde_core::{Deserialize, Deserializer, Serialize, Serializer};
use std::{cmp::Ordering, fmt, hash, str::FromStr};

/// A moment with the offset and the precision in which it was written (RFC 3339 §5.6).
///
/// Two of them are equal, and ordered, by the moment alone. Made of a [`Timestamp`], it is written in UTC, with as many
/// digits as the fraction needs.
///
/// A time that was written without an offset is taken for UTC, and written without one again: RFC 3339 does not allow it,
/// and a response would be lost if it were an error.
///
/// ```
/// use runtime::{jiff::Timestamp, model::DateTime};
///
/// let pushed: DateTime = "2011-01-26T19:06:43.500+09:00".parse()?;
/// assert_eq!(pushed.to_string(), "2011-01-26T19:06:43.500+09:00");
/// assert_eq!(pushed, "2011-01-26T10:06:43.5Z".parse::<Timestamp>()?);
/// assert_eq!(pushed.offset().map(|offset| offset.seconds()), Some(9 * 60 * 60));
/// assert_eq!(DateTime::from(pushed.timestamp()).to_string(), "2011-01-26T10:06:43.5Z");
/// # Ok::<(), runtime::jiff::Error>(())
/// ```
#[derive(Clone, Copy, Default)]
pub struct DateTime {
    moment: Timestamp,
    zone: Zone,
    /// Digits of the fraction of a second; none are as many as it needs.
    digits: Option<u8>,
}

/// What stands behind a time.
#[derive(Clone, Copy, Default)]
enum Zone {
    /// `Z`.
    #[default]
    Utc,
    Offset(Offset),
    Nothing,
}

impl DateTime {
    /// The moment.
    #[must_use]
    pub const fn timestamp(self) -> Timestamp {
        self.moment
    }

    /// The local time's distance from UTC, where it was written; none for `Z`, which says nothing of the local time.
    #[must_use]
    pub const fn offset(self) -> Option<Offset> {
        match self.zone {
            Zone::Offset(offset) => Some(offset),
            Zone::Utc | Zone::Nothing => None,
        }
    }

    /// The same moment, to be written at an offset.
    #[must_use]
    pub const fn with_offset(self, offset: Offset) -> Self {
        Self { zone: Zone::Offset(offset), ..self }
    }
}

impl Blank for DateTime {
    fn blank() -> Self {
        Self::default()
    }
}

impl From<Timestamp> for DateTime {
    fn from(moment: Timestamp) -> Self {
        Self { moment, zone: Zone::Utc, digits: None }
    }
}

impl From<DateTime> for Timestamp {
    fn from(time: DateTime) -> Self {
        time.moment
    }
}

impl FromStr for DateTime {
    type Err = jiff::Error;

    fn from_str(text: &str) -> Result<Self, jiff::Error> {
        let pieces = DateTimeParser::new().parse_pieces(text)?;
        let (moment, zone) = match local(&pieces) {
            Some(moment) => (moment, Zone::Nothing),
            None => (text.parse()?, zone(&pieces)),
        };
        let fraction = text.split_once('.').map_or("", |(_, fraction)| fraction);
        let digits = fraction.bytes().take_while(u8::is_ascii_digit).take(9).fold(0, |count, _| count + 1);
        Ok(Self { moment, zone, digits: Some(digits) })
    }
}

/// The moment of a date and a time that nothing stands behind.
fn local(pieces: &Pieces<'_>) -> Option<Timestamp> {
    if pieces.offset().is_some() || pieces.time_zone_annotation().is_some() {
        return None;
    }
    Offset::UTC.to_timestamp(pieces.date().to_datetime(pieces.time()?)).ok()
}

fn zone(pieces: &Pieces<'_>) -> Zone {
    match pieces.offset() {
        // RFC 9557 §2.2: `-00:00` says what `Z` says.
        Some(PiecesOffset::Numeric(written)) if !(written.offset().is_zero() && written.is_negative()) => {
            Zone::Offset(written.offset())
        }
        _ => Zone::Utc,
    }
}

impl fmt::Display for DateTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let printer = DateTimePrinter::new().precision(self.digits);
        f.write_str(&match self.zone {
            Zone::Utc => printer.timestamp_to_string(&self.moment),
            Zone::Offset(offset) => printer.timestamp_with_offset_to_string(&self.moment, offset),
            Zone::Nothing => printer.datetime_to_string(&Offset::UTC.to_datetime(self.moment)),
        })
    }
}

impl fmt::Debug for DateTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl PartialEq for DateTime {
    fn eq(&self, other: &Self) -> bool {
        self.moment == other.moment
    }
}

impl Eq for DateTime {}

impl PartialEq<Timestamp> for DateTime {
    fn eq(&self, other: &Timestamp) -> bool {
        self.moment == *other
    }
}

impl PartialOrd for DateTime {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for DateTime {
    fn cmp(&self, other: &Self) -> Ordering {
        self.moment.cmp(&other.moment)
    }
}

impl hash::Hash for DateTime {
    fn hash<H: hash::Hasher>(&self, state: &mut H) {
        self.moment.hash(state);
    }
}

impl<'de> Deserialize<'de> for DateTime {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        time::read(deserializer, "a time as RFC 3339 writes it", |text| text.parse().ok())
    }
}

impl Serialize for DateTime {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{from_str, to_string};

    #[test]
    fn a_time_comes_back_as_it_came() {
        for text in [
            "2024-02-29T12:00:00Z",
            "2024-02-29T12:00:00+00:00",
            "2024-02-29T12:00:00-08:00",
            "2024-02-29T12:00:00+05:30",
            "2024-02-29T12:00:00.000Z",
            "2024-02-29T12:00:00.120000+02:00",
            "2024-02-29T12:00:00.123456789Z",
            "0001-01-01T00:00:00Z",
            "2018-01-01T00:01:01",
            "2018-01-01T00:01:01.50",
        ] {
            let json = format!("\"{text}\"");
            assert_eq!(to_string(&from_str::<DateTime>(&json).unwrap()).unwrap(), json);
        }
    }

    #[test]
    fn what_rfc_3339_does_not_write_is_read_once_and_written_well() {
        for (text, written) in [
            ("2024-02-29t12:00:00z", "2024-02-29T12:00:00Z"),
            ("2024-02-29 12:00:00-00:00", "2024-02-29T12:00:00Z"),
            ("2024-02-29T12:00:00+0530", "2024-02-29T12:00:00+05:30"),
            ("2018-01-01 00:01:01", "2018-01-01T00:01:01"),
        ] {
            assert_eq!(text.parse::<DateTime>().unwrap().to_string(), written);
        }
    }

    #[test]
    fn what_is_no_time_is_an_error_without_its_text() {
        let zoned = r#""2024-02-29T12:00:00[Europe/Paris]""#;
        for text in [r#""2024-02-29""#, zoned, r#""canary""#, "1", "null"] {
            let error = from_str::<DateTime>(text).unwrap_err().to_string();
            assert!(!error.contains("canary"), "{error}");
        }
    }

    #[test]
    fn equal_is_the_same_moment() {
        let [here, there] = ["2024-02-29T12:00:00+01:00", "2024-02-29T11:00:00.0Z"]
            .map(|text| text.parse::<DateTime>().unwrap());
        assert_eq!(here, there);
        assert_eq!(here, "2024-02-29T11:00:00".parse::<DateTime>().unwrap());
        assert!(here.with_offset(Offset::UTC) < DateTime::from(Timestamp::MAX));
        assert_eq!(here.with_offset(Offset::UTC).to_string(), "2024-02-29T11:00:00+00:00");
    }
}
