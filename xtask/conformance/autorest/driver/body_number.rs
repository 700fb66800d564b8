//! Floats, doubles and decimals.

use crate::run::{Fails, Json, Run, Same, calls, number};
use runtime::ErrorKind::Decode;
use runtime::serde_json::json;

pub(crate) async fn drive(run: &mut Run) {
    let api: body_number::Client = run.client(body_number::Client::builder());
    calls! { run:
        api.number_get_null() => Same(None),
        api.number_get_invalid_float() => Fails(Decode),
        api.number_get_invalid_double() => Fails(Decode),
        api.number_get_invalid_decimal() => Fails(Decode),
        api.number_get_big_float() => Same(3.402823e20),
        api.number_put_big_float(3.402823e20) => Same(()),
        api.number_get_small_float() => Same(3.402823e-20),
        api.number_put_small_float(3.402823e-20) => Same(()),
        api.number_get_big_double() => Same(2.5976931e101),
        api.number_put_big_double(2.5976931e101) => Same(()),
        api.number_get_small_double() => Same(2.5976931e-101),
        api.number_put_small_double(2.5976931e-101) => Same(()),
        api.number_get_big_double_positive_decimal() => Same(99_999_999.99),
        api.number_put_big_double_positive_decimal(99_999_999.99) => Same(()),
        api.number_get_big_double_negative_decimal() => Same(-99_999_999.99),
        api.number_put_big_double_negative_decimal(-99_999_999.99) => Same(()),
        api.number_get_big_decimal() => Json(json!(2.5976931e101)),
        api.number_put_big_decimal(&number("2.5976931e+101")) => Same(()),
        api.number_get_small_decimal() => Json(json!(2.5976931e-101)),
        api.number_put_small_decimal(&number("2.5976931e-101")) => Same(()),
        api.number_get_big_decimal_positive_decimal() => Json(json!(99_999_999.99)),
        api.number_put_big_decimal_positive_decimal(&number("99999999.99")) => Same(()),
        api.number_get_big_decimal_negative_decimal() => Json(json!(-99_999_999.99)),
        api.number_put_big_decimal_negative_decimal(&number("-99999999.99")) => Same(()),
    }
}
