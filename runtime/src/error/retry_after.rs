//! Parses `Retry-After` (RFC 9110 §10.2.3).
//!
//! Input: a response's headers. Output: the wait. A value that is neither seconds nor a date is
//! ignored.

use http::{HeaderMap, header};
use jiff::{Timestamp, civil::DateTime, tz::Offset};
use std::time::Duration;

/// The longest wait. It can be added to any time of day.
const YEAR: Duration = Duration::from_secs(365 * 24 * 60 * 60);

/// Returns the wait that a response asks for, up to a year. A date is relative to the response's
/// `Date`, so that the clocks need not agree, or else to `now`. A past date gives zero.
pub(crate) fn retry_after(headers: &HeaderMap, now: impl FnOnce() -> Timestamp) -> Option<Duration> {
    let value = headers.get(header::RETRY_AFTER)?.to_str().ok()?.trim();
    if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(Duration::from_secs(value.parse().unwrap_or(u64::MAX)).min(YEAR));
    }
    let at = date(value)?;
    let from = headers.get(header::DATE).and_then(|value| date(value.to_str().ok()?)).unwrap_or_else(now);
    Some(Duration::try_from(at.duration_since(from)).unwrap_or(Duration::ZERO).min(YEAR))
}

/// Parses an HTTP date in any of the three formats of RFC 9110 §5.6.7.
fn date(text: &str) -> Option<Timestamp> {
    const FORMATS: &[&str] =
        &["%a, %d %b %Y %H:%M:%S GMT", "%A, %d-%b-%y %H:%M:%S GMT", "%a %b %e %H:%M:%S %Y"];
    let date = FORMATS.iter().find_map(|format| DateTime::strptime(format, text).ok())?;
    Offset::UTC.to_timestamp(date).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wait(value: &str, date: Option<&str>) -> Option<u64> {
        let mut headers = HeaderMap::new();
        headers.insert(header::RETRY_AFTER, value.parse().unwrap());
        if let Some(date) = date {
            headers.insert(header::DATE, date.parse().unwrap());
        }
        let now = || "1994-11-06T08:49:07Z".parse().unwrap();
        retry_after(&headers, now).map(|wait| wait.as_secs())
    }

    #[test]
    fn seconds_and_dates_are_read() {
        for (value, expected) in [
            ("1", Some(1)),
            ("0", Some(0)),
            ("99999", Some(99_999)),
            ("99999999999999999999999", Some(YEAR.as_secs())),
            ("Sat, 06 Nov 2094 08:49:37 GMT", Some(YEAR.as_secs())),
            ("-5", None),
            ("+5", None),
            ("1.5", None),
            ("abc", None),
            ("", None),
            ("Sun, 06 Nov 1994 08:49:37 GMT", Some(30)),
            ("Sunday, 06-Nov-94 08:49:37 GMT", Some(30)),
            ("Sun Nov  6 08:49:37 1994", Some(30)),
            ("Sun, 06 Nov 1994 08:49:00 GMT", Some(0)),
            ("Sun, 06 Nov 1994 08:49:37", None),
        ] {
            assert_eq!(wait(value, None), expected, "{value}");
        }
    }

    #[test]
    fn a_date_counts_from_the_date_of_the_response() {
        let date = "Sun, 06 Nov 1994 08:49:27 GMT";
        assert_eq!(wait("Sun, 06 Nov 1994 08:49:37 GMT", Some(date)), Some(10));
        assert_eq!(wait("Sun, 06 Nov 1994 08:49:37 GMT", Some("yesterday")), Some(30));
    }

    #[test]
    fn a_missing_header_has_no_value() {
        assert_eq!(retry_after(&HeaderMap::new(), Timestamp::now), None);
    }
}
