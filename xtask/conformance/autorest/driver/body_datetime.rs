//! Moments. Their text is kept, even if it is no valid date and time.

use crate::run::{Is, Json, Run, Same, calls, read};
use runtime::model::DateTime;
use runtime::serde_json::json;

pub(crate) async fn drive(run: &mut Run) {
    let api: body_datetime::Client = run.client(body_datetime::Client::builder());
    let text = |text: &str| Json(json!(text));
    let unreadable = |text: &'static str| {
        Is(move |value: &DateTime| value.to_string() == text && value.timestamp().is_none())
    };
    let moment = |text: &str| read::<DateTime>(json!(text));
    calls! { run:
        api.datetime_get_null() => Same(None),
        api.datetime_get_invalid() => unreadable("201O-18-90D00:89:56.9AX"),
        api.datetime_get_overflow() => text("9999-12-31T23:59:59.999-14:00"),
        api.datetime_get_underflow() => unreadable("0000-00-00T00:00:00.000+00:00"),
        api.datetime_put_utc_max_date_time(moment("9999-12-31T23:59:59.999Z")) => Same(()),
        api.datetime_put_utc_max_date_time7_digits(moment("9999-12-31T23:59:59.9999999Z")) => Same(()),
        api.datetime_get_utc_lowercase_max_date_time() => text("9999-12-31t23:59:59.999z"),
        api.datetime_get_utc_uppercase_max_date_time() => text("9999-12-31T23:59:59.999Z"),
        api.datetime_get_utc_uppercase_max_date_time7_digits() => text("9999-12-31T23:59:59.9999999Z"),
        api.datetime_put_local_positive_offset_max_date_time(moment("9999-12-31T23:59:59.999+14:00"))
            => Same(()),
        api.datetime_get_local_positive_offset_lowercase_max_date_time()
            => text("9999-12-31t23:59:59.999+14:00"),
        api.datetime_get_local_positive_offset_uppercase_max_date_time()
            => text("9999-12-31T23:59:59.999+14:00"),
        api.datetime_put_local_negative_offset_max_date_time(moment("9999-12-31T23:59:59.999-14:00"))
            => Same(()),
        api.datetime_get_local_negative_offset_lowercase_max_date_time()
            => text("9999-12-31t23:59:59.999-14:00"),
        api.datetime_get_local_negative_offset_uppercase_max_date_time()
            => text("9999-12-31T23:59:59.999-14:00"),
        api.datetime_put_utc_min_date_time(moment("0001-01-01T00:00:00Z")) => Same(()),
        api.datetime_get_utc_min_date_time() => text("0001-01-01T00:00:00Z"),
        api.datetime_put_local_positive_offset_min_date_time(moment("0001-01-01T00:00:00+14:00")) => Same(()),
        api.datetime_get_local_positive_offset_min_date_time() => text("0001-01-01T00:00:00+14:00"),
        api.datetime_put_local_negative_offset_min_date_time(moment("0001-01-01T00:00:00-14:00")) => Same(()),
        api.datetime_get_local_negative_offset_min_date_time() => text("0001-01-01T00:00:00-14:00"),
        api.datetime_get_local_no_offset_min_date_time() => text("0001-01-01T00:00:00"),
    }
}
