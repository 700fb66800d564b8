//! Enums of integers and of floats.

use crate::run::{Run, Same, calls};
use non_string_enum::models::IntEnum;

pub(crate) async fn drive(run: &mut Run) {
    let api: non_string_enum::Client = run.client(non_string_enum::Client::builder());
    calls! { run:
        api.int_get() => Same(IntEnum::Value429),
        api.int_put().body(IntEnum::Value200) => Same("Nice job posting an int enum"),
        api.float_get() => Same(429.1),
        api.float_put().body(200.4) => Same("Nice job posting a float enum"),
    }
}
