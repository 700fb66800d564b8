//! Lists: of each type, of lists, of maps and of objects, with nulls and with values of other types.

use crate::run::{Fails, Json, Run, Same, calls, read};
use body_array::models::Product;
use runtime::ErrorKind::{Decode, UnexpectedStatus};
use runtime::model::{Base64, Date, DateTime, Uuid};
use runtime::serde_json::json;

pub(crate) async fn drive(run: &mut Run) {
    let api: body_array::Client = run.client(body_array::Client::builder());
    scalars(run, &api).await;
    texts_of_a_format(run, &api).await;
    nested(run, &api).await;
}

async fn scalars(run: &mut Run, api: &body_array::Client) {
    let foo = ["foo1", "foo2", "foo3"];
    calls! { run:
        api.array_get_null() => Fails(UnexpectedStatus),
        api.array_get_invalid() => Fails(Decode),
        api.array_get_empty() => Same([0_i64; 0]),
        api.array_put_empty([""; 0]) => Same(()),
        api.array_get_boolean_tfft() => Same([true, false, false, true]),
        api.array_put_boolean_tfft([true, false, false, true]) => Same(()),
        api.array_get_boolean_invalid_null() => Fails(Decode),
        api.array_get_boolean_invalid_string() => Fails(Decode),
        api.array_get_integer_valid() => Same([1, -1, 3, 300]),
        api.array_put_integer_valid([1, -1, 3, 300]) => Same(()),
        api.array_get_int_invalid_null() => Fails(Decode),
        api.array_get_int_invalid_string() => Fails(Decode),
        api.array_get_long_valid() => Same([1, -1, 3, 300]),
        api.array_put_long_valid([1, -1, 3, 300]) => Same(()),
        api.array_get_long_invalid_null() => Fails(Decode),
        api.array_get_long_invalid_string() => Fails(Decode),
        api.array_get_float_valid() => Same([0.0, -0.01, -1.2e20]),
        api.array_put_float_valid([0.0, -0.01, -1.2e20]) => Same(()),
        api.array_get_float_invalid_null() => Fails(Decode),
        api.array_get_float_invalid_string() => Fails(Decode),
        api.array_get_double_valid() => Same([0.0, -0.01, -1.2e20]),
        api.array_put_double_valid([0.0, -0.01, -1.2e20]) => Same(()),
        api.array_get_double_invalid_null() => Fails(Decode),
        api.array_get_double_invalid_string() => Fails(Decode),
        api.array_get_string_valid() => Same(foo),
        api.array_put_string_valid(foo) => Same(()),
        api.array_get_string_with_null() => Json(json!(["foo", null, "foo2"])),
        api.array_get_string_with_invalid() => Fails(Decode),
        api.array_get_enum_valid() => Json(json!(foo)),
        api.array_put_enum_valid(foo) => Same(()),
        api.array_get_string_enum_valid() => Json(json!(foo)),
        api.array_put_string_enum_valid(foo) => Same(()),
    }
}

async fn texts_of_a_format(run: &mut Run, api: &body_array::Client) {
    let uuids = [
        "6dcc7237-45fe-45c4-8a6b-3a8a3f625652",
        "d1399005-30f7-40d6-8da6-dd7c89ad34db",
        "f42f6aa1-a5bc-4ddf-907e-5f915de43205",
    ];
    let dates = ["2000-12-01", "1980-01-02", "1492-10-12"];
    let moments = ["2000-12-01t00:00:01z", "1980-01-02T00:11:35+01:00", "1492-10-12T10:15:01-08:00"];
    let sent = ["2000-12-01T00:00:01Z", "1980-01-02T00:11:35Z", "1492-10-12T10:15:01Z"];
    let http =
        ["Fri, 01 Dec 2000 00:00:01 GMT", "Wed, 02 Jan 1980 00:11:35 GMT", "Wed, 12 Oct 1492 10:15:01 GMT"];
    let bytes = || [Base64::from([255, 255, 255, 250]), Base64::from([1, 2, 3]), Base64::from([37, 41, 67])];
    let base64_url =
        ["YSBzdHJpbmcgdGhhdCBnZXRzIGVuY29kZWQgd2l0aCBiYXNlNjR1cmw", "dGVzdCBzdHJpbmc", "TG9yZW0gaXBzdW0"];
    calls! { run:
        api.array_get_uuid_valid() => Json(json!(uuids)),
        api.array_put_uuid_valid(read::<Vec<Uuid>>(json!(uuids))) => Same(()),
        api.array_get_uuid_invalid_chars() => Json(json!(["6dcc7237-45fe-45c4-8a6b-3a8a3f625652", "foo"])),
        api.array_get_date_valid() => Json(json!(dates)),
        api.array_put_date_valid(read::<Vec<Date>>(json!(dates))) => Same(()),
        api.array_get_date_invalid_null() => Fails(Decode),
        api.array_get_date_invalid_chars() => Json(json!(["2011-03-22", "date"])),
        api.array_get_date_time_valid() => Json(json!(moments)),
        api.array_put_date_time_valid(read::<Vec<DateTime>>(json!(sent))) => Same(()),
        api.array_get_date_time_invalid_null() => Fails(Decode),
        api.array_get_date_time_invalid_chars() => Json(json!(["2000-12-01t00:00:01z", "date-time"])),
        api.array_get_date_time_rfc1123_valid() => Same(http),
        api.array_put_date_time_rfc1123_valid(http) => Same(()),
        api.array_get_duration_valid() => Same(["P123DT22H14M12.011S", "P5DT1H0M0S"]),
        api.array_put_duration_valid(["P123DT22H14M12.011S", "P5DT1H"]) => Same(()),
        api.array_get_byte_valid() => Same(bytes()),
        api.array_put_byte_valid(&bytes()) => Same(()),
        api.array_get_byte_invalid_null() => Fails(Decode),
        api.array_get_base64_url() => Same(base64_url),
    }
}

async fn nested(run: &mut Run, api: &body_array::Client) {
    let products = json!([
        { "integer": 1, "string": "2" },
        { "integer": 3, "string": "4" },
        { "integer": 5, "string": "6" },
    ]);
    let lists = json!([["1", "2", "3"], ["4", "5", "6"], ["7", "8", "9"]]);
    let maps = json!([
        { "1": "one", "2": "two", "3": "three" },
        { "4": "four", "5": "five", "6": "six" },
        { "7": "seven", "8": "eight", "9": "nine" },
    ]);
    let but_second = |all: &runtime::serde_json::Value, second| json!([all[0], second, all[2]]);
    calls! { run:
        api.array_get_complex_null() => Fails(UnexpectedStatus),
        api.array_get_complex_empty() => Json(json!([])),
        api.array_get_complex_item_null() => Json(but_second(&products, json!(null))),
        api.array_get_complex_item_empty() => Json(but_second(&products, json!({}))),
        api.array_get_complex_valid() => Json(products.clone()),
        api.array_put_complex_valid(&read::<Vec<Product>>(products.clone())) => Same(()),
        api.array_get_array_null() => Fails(UnexpectedStatus),
        api.array_get_array_empty() => Json(json!([])),
        api.array_get_array_item_null() => Json(but_second(&lists, json!(null))),
        api.array_get_array_item_empty() => Json(but_second(&lists, json!([]))),
        api.array_get_array_valid() => Json(lists.clone()),
        api.array_put_array_valid(&read::<Vec<_>>(lists.clone())) => Same(()),
        api.array_get_dictionary_null() => Fails(UnexpectedStatus),
        api.array_get_dictionary_empty() => Json(json!([])),
        api.array_get_dictionary_item_null() => Json(but_second(&maps, json!(null))),
        api.array_get_dictionary_item_empty() => Json(but_second(&maps, json!({}))),
        api.array_get_dictionary_valid() => Json(maps.clone()),
        api.array_put_dictionary_valid(&read::<Vec<_>>(maps.clone())) => Same(()),
    }
}
