//! Integers of 32 and 64 bits, and Unix times.

use crate::run::{Fails, Run, Same, calls};
use runtime::ErrorKind::Decode;

pub(crate) async fn drive(run: &mut Run) {
    let api: body_integer::Client = run.client(body_integer::Client::builder());
    calls! { run:
        api.int_get_null() => Same(None),
        api.int_get_invalid() => Fails(Decode),
        api.int_get_overflow_int32() => Same(2_147_483_656),
        api.int_get_underflow_int32() => Same(-2_147_483_656),
        api.int_get_overflow_int64() => Fails(Decode),
        api.int_get_underflow_int64() => Fails(Decode),
        api.int_put_max32(i32::MAX.into()) => Same(()),
        api.int_put_min32(i32::MIN.into()) => Same(()),
        api.int_put_max64(i64::MAX) => Same(()),
        api.int_put_min64(i64::MIN) => Same(()),
        api.int_get_unix_time() => Same(1_460_505_600),
        api.int_get_invalid_unix_time() => Fails(Decode),
        api.int_get_null_unix_time() => Same(None),
        api.int_put_unix_time_date(1_460_505_600) => Same(()),
    }
}
