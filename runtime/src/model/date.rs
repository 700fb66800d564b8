//! A `date`: a day, and its text.

use super::text::text;
use jiff::{civil, fmt::temporal::DateTimeParser};

/// A day (RFC 3339 §5.6, `full-date`), with the text that was received.
///
/// Equality and order compare the day only. The day of a date-time is the day in its text, whatever
/// the offset. Other texts are kept, so that an invalid value does not fail a whole response, and
/// the value round-trips.
///
/// ```
/// use runtime::{jiff::civil, model::Date};
///
/// let born = Date::from_text("2024-02-29T00:00:00Z");
/// assert_eq!(born.date(), Some(civil::date(2024, 2, 29)));
/// assert_eq!(born.as_str(), "2024-02-29T00:00:00Z");
/// assert_eq!(Date::from(civil::date(2024, 2, 29)).to_string(), "2024-02-29");
/// assert_eq!(Date::from_text("2024-02").date(), None);
/// ```
#[derive(Clone)]
pub struct Date(Box<str>);

text!(Date, civil::Date, jiff::Error, date, "1970-01-01");

impl Date {
    /// Returns the day, or `None` if the text has none.
    #[must_use]
    pub fn date(&self) -> Option<civil::Date> {
        Self::parse(&self.0).ok()
    }

    fn parse(text: &str) -> Result<civil::Date, jiff::Error> {
        DateTimeParser::new().parse_pieces(text).map(|pieces| pieces.date())
    }

    fn print(date: civil::Date) -> String {
        date.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{from_str, to_string};

    #[test]
    fn a_text_comes_back_as_it_came() {
        let day = Some(civil::date(2024, 2, 29));
        for (text, date) in [
            ("2024-02-29", day),
            ("20240229", day),
            ("2024-02-29T23:30:00-08:00", day),
            ("2024-02-29T00:00:00Z", day),
            ("2024-02-29 00:00:00", day),
            ("2023-02-29", None),
            ("2024-02", None),
            ("", None),
        ] {
            let json = format!("\"{text}\"");
            let read = from_str::<Date>(&json).unwrap();
            assert_eq!((read.date(), to_string(&read).unwrap()), (date, json));
        }
        assert!(from_str::<Date>("20240229").is_err());
        assert_eq!(Date::from_text("2024-02-29T00:00:00Z"), civil::date(2024, 2, 29));
    }
}
