//! Durations, which stay text.

use crate::run::{Run, Same, calls};

pub(crate) async fn drive(run: &mut Run) {
    let api: body_duration::Client = run.client(body_duration::Client::builder());
    calls! { run:
        api.duration_get_null() => Same(None),
        api.duration_get_invalid() => Same("123ABC"),
        api.duration_get_positive_duration() => Same("P3Y6M4DT12H30M5S"),
        api.duration_put_positive_duration("P123DT22H14M12.011S") => Same(()),
    }
}
