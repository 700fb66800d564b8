//! Objects: of each type, with inheritance, polymorphism and recursion.

use crate::run::{Fails, Json, Run, Same, calls, read};
use body_complex::models::*;
use runtime::ErrorKind::{Decode, UnexpectedStatus};
use runtime::serde_json::{Value, json};

pub(crate) async fn drive(run: &mut Run) {
    let api: body_complex::Client = run.client(body_complex::Client::builder());
    basic(run, &api).await;
    primitives(run, &api).await;
    lists_and_maps(run, &api).await;
    inheritance(run, &api).await;
    polymorphism(run, &api).await;
}

async fn basic(run: &mut Run, api: &body_complex::Client) {
    let sent = json!({ "id": 2, "name": "abc", "color": "Magenta" });
    let received = json!({ "id": 2, "name": "abc", "color": "YELLOW" });
    calls! { run:
        api.basic_get_valid() => Json(received),
        api.basic_put_valid("2016-02-29", read::<Basic>(sent)) => Same(()),
        api.basic_get_empty() => Json(json!({})),
        api.basic_get_null() => Json(json!({ "id": null, "name": null })),
        api.basic_get_not_provided() => Fails(UnexpectedStatus),
        api.basic_get_invalid() => Fails(Decode),
        api.readonlyproperty_get_valid() => Json(json!({ "id": "1234", "size": 2 })),
        api.readonlyproperty_put_valid(ReadonlyObj::new().with_size(2)) => Same(()),
    }
}

async fn primitives(run: &mut Run, api: &body_complex::Client) {
    let integers = json!({ "field1": -1, "field2": 2 });
    let longs = json!({ "field1": 1_099_511_627_775_i64, "field2": -999_511_627_788_i64 });
    let floats = json!({ "field1": 1.05, "field2": -0.003 });
    let doubles = json!({
        "field1": 3e-100,
        "field_56_zeros_after_the_dot_and_negative_zero_before_dot_and_this_is_a_long_field_name_on_purpose": -5e-57,
    });
    let booleans = json!({ "field_true": true, "field_false": false });
    let strings = json!({ "field": "goodrequest", "empty": "", "null": null });
    let dates = json!({ "field": "0001-01-01", "leap": "2016-02-29" });
    let moments = json!({ "field": "0001-01-01T00:00:00Z", "now": "2015-05-18T18:38:00Z" });
    let http = json!({ "field": "Mon, 01 Jan 0001 00:00:00 GMT", "now": "Mon, 18 May 2015 11:38:00 GMT" });
    let duration = json!({ "field": "P123DT22H14M12.011S" });
    let bytes = json!({ "field": "//79/AD6+fj39g==" });
    calls! { run:
        api.primitive_get_int() => Json(integers.clone()),
        api.primitive_put_int(read::<IntWrapper>(integers)) => Same(()),
        api.primitive_get_long() => Json(longs.clone()),
        api.primitive_put_long(read::<LongWrapper>(longs)) => Same(()),
        api.primitive_get_float() => Json(floats.clone()),
        api.primitive_put_float(read::<FloatWrapper>(floats)) => Same(()),
        api.primitive_get_double() => Json(doubles.clone()),
        api.primitive_put_double(read::<DoubleWrapper>(doubles)) => Same(()),
        api.primitive_get_bool() => Json(booleans.clone()),
        api.primitive_put_bool(read::<BooleanWrapper>(booleans)) => Same(()),
        api.primitive_get_string() => Json(strings.clone()),
        api.primitive_put_string(read::<StringWrapper>(strings)) => Same(()),
        api.primitive_get_date() => Json(dates.clone()),
        api.primitive_put_date(read::<DateWrapper>(dates)) => Same(()),
        api.primitive_get_date_time() => Json(moments.clone()),
        api.primitive_put_date_time(read::<DatetimeWrapper>(moments)) => Same(()),
        api.primitive_get_date_time_rfc1123() => Json(http.clone()),
        api.primitive_put_date_time_rfc1123(read::<Datetimerfc1123Wrapper>(http)) => Same(()),
        api.primitive_get_duration() => Json(duration.clone()),
        api.primitive_put_duration(read::<DurationWrapper>(duration)) => Same(()),
        api.primitive_get_byte() => Json(bytes.clone()),
        api.primitive_put_byte(read::<ByteWrapper>(bytes)) => Same(()),
    }
}

async fn lists_and_maps(run: &mut Run, api: &body_complex::Client) {
    calls! { run:
        // The server's list and map hold a null. Their types have none.
        api.array_get_valid() => Fails(Decode),
        api.array_get_empty() => Json(json!({ "array": [] })),
        api.array_put_empty(read::<ArrayWrapper>(json!({ "array": [] }))) => Same(()),
        api.array_get_not_provided() => Json(json!({})),
        api.dictionary_get_valid() => Fails(Decode),
        api.dictionary_get_empty() => Json(json!({ "defaultProgram": {} })),
        api.dictionary_put_empty(read::<DictionaryWrapper>(json!({ "defaultProgram": {} }))) => Same(()),
        api.dictionary_get_null() => Json(json!({ "defaultProgram": null })),
        api.dictionary_get_not_provided() => Json(json!({})),
    }
}

async fn inheritance(run: &mut Run, api: &body_complex::Client) {
    let siamese = json!({
        "breed": "persian",
        "color": "green",
        "hates": [
            { "food": "tomato", "id": 1, "name": "Potato" },
            { "food": "french fries", "id": -1, "name": "Tomato" },
        ],
        "id": 2,
        "name": "Siameeee",
    });
    calls! { run:
        api.inheritance_get_valid() => Json(siamese.clone()),
        api.inheritance_put_valid(read::<Siamese>(siamese)) => Same(()),
    }
}

async fn polymorphism(run: &mut Run, api: &body_complex::Client) {
    let mut salmon = salmon("salmon");
    salmon["siblings"] = siblings();
    let mut smart = salmon.clone();
    smart["fishtype"] = json!("smart_salmon");
    for (key, value) in [
        ("1", json!(1)),
        ("2", json!(false)),
        ("3", json!("hello")),
        ("4", json!({ "a": 1, "b": 2 })),
        ("5", json!([1, 3])),
    ] {
        smart[format!("additionalProperty{key}")] = value;
    }
    let mut untagged = salmon.clone();
    untagged.as_object_mut().map(|salmon| salmon.remove("fishtype"));
    let big = big_fish();
    calls! { run:
        api.polymorphism_get_valid() => Json(salmon.clone()),
        api.polymorphism_put_valid(read::<Fish>(salmon.clone())) => Same(()),
        api.polymorphism_get_complicated() => Json(smart.clone()),
        api.polymorphism_put_complicated(read::<Salmon>(smart)) => Same(()),
        // The server answers without the tag that its document requires.
        api.polymorphism_put_missing_discriminator(read::<Salmon>(salmon)) => Fails(Decode),
        api.polymorphicrecursive_get_valid() => Json(big.clone()),
        api.polymorphicrecursive_put_valid(read::<Fish>(big)) => Same(()),
        api.polymorphism_get_dot_syntax() => Json(dotted("sweden", true)),
        api.polymorphism_get_composed_with_discriminator() => Json(json!({
            "sampleSalmon": dotted("sweden", false),
            "salmons": [dotted("sweden", false), dotted("atlantic", true)],
            "sampleFish": dotted("australia", false),
            "fishes": [dotted("australia", false), dotted("canada", true)],
        })),
        api.polymorphism_get_composed_without_discriminator() => Fails(Decode),
    }
}

fn dotted(location: &str, is_wild: bool) -> Value {
    json!({ "fish.type": "DotSalmon", "location": location, "iswild": is_wild, "species": "king" })
}

fn salmon(kind: &str) -> Value {
    json!({ "fishtype": kind, "location": "alaska", "iswild": true, "species": "king", "length": 1 })
}

fn shark() -> Value {
    json!({
        "fishtype": "shark",
        "age": 6,
        "birthday": "2012-01-05T01:00:00Z",
        "length": 20,
        "species": "predator",
    })
}

fn sawshark() -> Value {
    json!({
        "fishtype": "sawshark",
        "age": 105,
        "birthday": "1900-01-05T01:00:00Z",
        "length": 10,
        "picture": "//////4=",
        "species": "dangerous",
    })
}

/// Returns three sharks. The color of the goblin shark is an undeclared value of its enum.
fn siblings() -> Value {
    let goblin = json!({
        "fishtype": "goblin",
        "age": 1,
        "birthday": "2015-08-08T00:00:00Z",
        "length": 30,
        "species": "scary",
        "jawsize": 5,
        "color": "pinkish-gray",
    });
    json!([shark(), sawshark(), goblin])
}

fn big_fish() -> Value {
    let with = |mut fish: Value, siblings: Value| {
        fish["siblings"] = siblings;
        fish
    };
    let mut coho = salmon("salmon");
    (coho["location"], coho["species"], coho["length"]) = (json!("atlantic"), json!("coho"), json!(2));
    let coho = with(coho, json!([shark(), sawshark()]));
    let alone = with(sawshark(), json!([]));
    with(salmon("salmon"), json!([with(shark(), json!([coho, alone])), alone]))
}
