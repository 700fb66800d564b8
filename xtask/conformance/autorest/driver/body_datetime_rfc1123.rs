//! Dates of HTTP, which stay text: the format `date-time-rfc1123` is AutoRest's own.

use crate::run::{Json, Run, Same, calls};
use runtime::serde_json::json;

pub(crate) async fn drive(run: &mut Run) {
    let api: body_datetime_rfc1123::Client = run.client(body_datetime_rfc1123::Client::builder());
    calls! { run:
        api.datetimerfc1123_get_null() => Same(None),
        api.datetimerfc1123_get_invalid() => Same("Tue, 01 Dec 2000 00:00:0A ABC"),
        api.datetimerfc1123_get_overflow() => Same("Sat, 1 Jan 10000 00:00:00 GMT"),
        api.datetimerfc1123_get_underflow() => Same("Tue, 00 Jan 0000 00:00:00 GMT"),
        api.datetimerfc1123_put_utc_max_date_time("Fri, 31 Dec 9999 23:59:59 GMT") => Same(()),
        api.datetimerfc1123_get_utc_lowercase_max_date_time() => Same("fri, 31 dec 9999 23:59:59 gmt"),
        api.datetimerfc1123_get_utc_uppercase_max_date_time() => Same("FRI, 31 DEC 9999 23:59:59 GMT"),
        api.datetimerfc1123_put_utc_min_date_time("Mon, 01 Jan 0001 00:00:00 GMT") => Same(()),
        api.datetimerfc1123_get_utc_min_date_time() => Json(json!("Mon, 01 Jan 0001 00:00:00 GMT")),
    }
}
