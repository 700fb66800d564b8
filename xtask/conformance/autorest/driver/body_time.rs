//! Times of day, which stay text.

use crate::run::{Run, Same, calls};

pub(crate) async fn drive(run: &mut Run) {
    let api: body_time::Client = run.client(body_time::Client::builder());
    calls! { run:
        api.time_get() => Same("11:34:56"),
        api.time_put("08:07:56") => Same("Nice job posting time"),
    }
}
