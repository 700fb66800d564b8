//! Dates. A date that the calendar lacks keeps its text.

use crate::run::{Is, Json, Run, Same, calls, read};
use runtime::model::Date;
use runtime::serde_json::json;

pub(crate) async fn drive(run: &mut Run) {
    let api: body_date::Client = run.client(body_date::Client::builder());
    let unreadable =
        |text: &'static str| Is(move |date: &Date| date.to_string() == text && date.date().is_none());
    calls! { run:
        api.date_get_null() => Same(None),
        api.date_get_invalid_date() => unreadable("201O-18-90"),
        api.date_get_overflow_date() => unreadable("10000000000-12-31"),
        api.date_get_underflow_date() => unreadable("0000-00-00"),
        api.date_get_max_date() => Is(|date: &Date| date.date().is_some_and(|date| date.year() == 9999)),
        api.date_get_min_date() => Json(json!("0001-01-01")),
        api.date_put_max_date(read::<Date>(json!("9999-12-31"))) => Same(()),
        api.date_put_min_date(read::<Date>(json!("0001-01-01"))) => Same(()),
    }
}
