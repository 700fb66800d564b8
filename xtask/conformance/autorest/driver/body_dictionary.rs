//! Maps: of each type, of lists, of maps and of objects, with nulls and with values of other types.

use crate::run::{Fails, Json, Run, Same, calls, read};
use runtime::ErrorKind::{Decode, UnexpectedStatus};
use runtime::serde_json::{Value, json};

pub(crate) async fn drive(run: &mut Run) {
    let api: body_dictionary::Client = run.client(body_dictionary::Client::builder());
    keys(run, &api).await;
    scalars(run, &api).await;
    texts_of_a_format(run, &api).await;
    nested(run, &api).await;
}

async fn keys(run: &mut Run, api: &body_dictionary::Client) {
    calls! { run:
        api.dictionary_get_null() => Fails(UnexpectedStatus),
        api.dictionary_get_invalid() => Fails(Decode),
        api.dictionary_get_empty() => Json(json!({})),
        api.dictionary_put_empty([("", ""); 0]) => Same(()),
        api.dictionary_get_null_value() => Fails(Decode),
        api.dictionary_get_null_key() => Fails(Decode),
        api.dictionary_get_empty_string_key() => Json(json!({ "": "val1" })),
    }
}

async fn scalars(run: &mut Run, api: &body_dictionary::Client) {
    let booleans = || json!({ "0": true, "1": false, "2": false, "3": true });
    let integers = || json!({ "0": 1, "1": -1, "2": 3, "3": 300 });
    let floats = || json!({ "0": 0, "1": -0.01, "2": -1.2e20 });
    let strings = [("0", "foo1"), ("1", "foo2"), ("2", "foo3")];
    calls! { run:
        api.dictionary_get_boolean_tfft() => Json(booleans()),
        api.dictionary_put_boolean_tfft(&read(booleans())) => Same(()),
        api.dictionary_get_boolean_invalid_null() => Fails(Decode),
        api.dictionary_get_boolean_invalid_string() => Fails(Decode),
        api.dictionary_get_integer_valid() => Json(integers()),
        api.dictionary_put_integer_valid(&read(integers())) => Same(()),
        api.dictionary_get_int_invalid_null() => Fails(Decode),
        api.dictionary_get_int_invalid_string() => Fails(Decode),
        api.dictionary_get_long_valid() => Json(integers()),
        api.dictionary_put_long_valid(&read(integers())) => Same(()),
        api.dictionary_get_long_invalid_null() => Fails(Decode),
        api.dictionary_get_long_invalid_string() => Fails(Decode),
        api.dictionary_get_float_valid() => Json(floats()),
        api.dictionary_put_float_valid(&read(floats())) => Same(()),
        api.dictionary_get_float_invalid_null() => Fails(Decode),
        api.dictionary_get_float_invalid_string() => Fails(Decode),
        api.dictionary_get_double_valid() => Json(floats()),
        api.dictionary_put_double_valid(&read(floats())) => Same(()),
        api.dictionary_get_double_invalid_null() => Fails(Decode),
        api.dictionary_get_double_invalid_string() => Fails(Decode),
        api.dictionary_get_string_valid() => Json(json!({ "0": "foo1", "1": "foo2", "2": "foo3" })),
        api.dictionary_put_string_valid(strings) => Same(()),
        api.dictionary_get_string_with_null() => Fails(Decode),
        api.dictionary_get_string_with_invalid() => Fails(Decode),
    }
}

async fn texts_of_a_format(run: &mut Run, api: &body_dictionary::Client) {
    let map = |[a, b, c]: [&str; 3]| json!({ "0": a, "1": b, "2": c });
    let dates = ["2000-12-01", "1980-01-02", "1492-10-12"];
    let moments = ["2000-12-01t00:00:01z", "1980-01-02T00:11:35+01:00", "1492-10-12T10:15:01-08:00"];
    let sent = ["2000-12-01T00:00:01Z", "1980-01-01T23:11:35Z", "1492-10-12T18:15:01Z"];
    let http =
        ["Fri, 01 Dec 2000 00:00:01 GMT", "Wed, 02 Jan 1980 00:11:35 GMT", "Wed, 12 Oct 1492 10:15:01 GMT"];
    let durations = [("0", "P123DT22H14M12.011S"), ("1", "P5DT1H")];
    let bytes = ["////+g==", "AQID", "JSlD"];
    let base64_url =
        ["YSBzdHJpbmcgdGhhdCBnZXRzIGVuY29kZWQgd2l0aCBiYXNlNjR1cmw", "dGVzdCBzdHJpbmc", "TG9yZW0gaXBzdW0"];
    calls! { run:
        api.dictionary_get_date_valid() => Json(map(dates)),
        api.dictionary_put_date_valid(&read(map(dates))) => Same(()),
        api.dictionary_get_date_invalid_null() => Fails(Decode),
        api.dictionary_get_date_invalid_chars() => Json(json!({ "0": "2011-03-22", "1": "date" })),
        api.dictionary_get_date_time_valid() => Json(map(moments)),
        api.dictionary_put_date_time_valid(&read(map(sent))) => Same(()),
        api.dictionary_get_date_time_invalid_null() => Fails(Decode),
        api.dictionary_get_date_time_invalid_chars()
            => Json(json!({ "0": "2000-12-01t00:00:01z", "1": "date-time" })),
        api.dictionary_get_date_time_rfc1123_valid() => Json(map(http)),
        api.dictionary_put_date_time_rfc1123_valid([("0", http[0]), ("1", http[1]), ("2", http[2])])
            => Same(()),
        api.dictionary_get_duration_valid() => Json(json!({ "0": "P123DT22H14M12.011S", "1": "P5DT1H" })),
        api.dictionary_put_duration_valid(durations) => Same(()),
        api.dictionary_get_byte_valid() => Json(map(bytes)),
        api.dictionary_put_byte_valid(&read(map(bytes))) => Same(()),
        api.dictionary_get_byte_invalid_null() => Fails(Decode),
        api.dictionary_get_base64_url() => Json(map(base64_url)),
    }
}

async fn nested(run: &mut Run, api: &body_dictionary::Client) {
    let widgets = json!({
        "0": { "integer": 1, "string": "2" },
        "1": { "integer": 3, "string": "4" },
        "2": { "integer": 5, "string": "6" },
    });
    let lists = json!({ "0": ["1", "2", "3"], "1": ["4", "5", "6"], "2": ["7", "8", "9"] });
    let maps = json!({
        "0": { "1": "one", "2": "two", "3": "three" },
        "1": { "4": "four", "5": "five", "6": "six" },
        "2": { "7": "seven", "8": "eight", "9": "nine" },
    });
    let but_second = |all: &Value, second| json!({ "0": all["0"], "1": second, "2": all["2"] });
    calls! { run:
        api.dictionary_get_complex_null() => Same(None),
        api.dictionary_get_complex_empty() => Json(json!({})),
        api.dictionary_get_complex_item_null() => Json(but_second(&widgets, json!(null))),
        api.dictionary_get_complex_item_empty() => Json(but_second(&widgets, json!({}))),
        api.dictionary_get_complex_valid() => Json(widgets.clone()),
        api.dictionary_put_complex_valid(&read(widgets.clone())) => Same(()),
        api.dictionary_get_array_null() => Same(None),
        api.dictionary_get_array_empty() => Json(json!({})),
        api.dictionary_get_array_item_null() => Json(but_second(&lists, json!(null))),
        api.dictionary_get_array_item_empty() => Json(but_second(&lists, json!([]))),
        api.dictionary_get_array_valid() => Json(lists.clone()),
        api.dictionary_put_array_valid(&read(lists.clone())) => Same(()),
        api.dictionary_get_dictionary_null() => Fails(UnexpectedStatus),
        api.dictionary_get_dictionary_empty() => Json(json!({})),
        api.dictionary_get_dictionary_item_null() => Json(but_second(&maps, json!(null))),
        api.dictionary_get_dictionary_item_empty() => Json(but_second(&maps, json!({}))),
        api.dictionary_get_dictionary_valid() => Json(maps.clone()),
        api.dictionary_put_dictionary_valid(&read(maps.clone())) => Same(()),
    }
}
