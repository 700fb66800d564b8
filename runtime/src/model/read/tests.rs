use super::*;
use crate::model::table::Seen;
use crate::model::{self, Encode, Table};
use serde_core::Serialize;
use serde_json::{from_str, from_value, json, to_string};
use std::collections::BTreeMap;

#[derive(Clone)]
struct Order {
    id: String,
    count: u8,
    note: Option<String>,
    price: Option<Option<f64>>,
    parts: Option<Vec<Order>>,
    any: Option<serde_json::Value>,
    rest: Rest,
}

model::object! {
    Order {
        0 id: required("id").redacted(),
        1 count: required("count"),
        2 note: optional("note"),
        3 price: optional("price"),
        4 parts: optional("parts"),
        5 any: nullable("any"),
    }
    rest { rest }
}

fn order(id: &str, count: u8) -> Order {
    Order { id: id.to_owned(), count, ..model::blank() }
}

#[test]
fn an_object_is_read_in_any_order_of_keys() {
    assert_eq!(from_str::<Order>(r#"{"id":"a","count":1}"#).unwrap(), order("a", 1));
    assert_eq!(
        from_str::<Order>(r#" { "count" : 1 , "note" : null , "i\u0064" : "a" } "#).unwrap(),
        order("a", 1)
    );
    assert_eq!(from_value::<Order>(json!({"count": 1, "id": "a"})).unwrap(), order("a", 1));
    let nested = from_str::<Order>(r#"{"id":"a","count":1,"parts":[{"count":2,"id":"b"}]}"#).unwrap();
    assert_eq!(nested.parts, Some(vec![order("b", 2)]));
}

#[test]
fn any_order_is_expected_after_it_was_read() {
    let one = r#"{"count":1,"new":2,"id":"a","note":"x","price":7}"#;
    let other = r#"{"note":"x","price":7,"id":"a","count":1}"#;
    for json in [one, one, other, one, other, other] {
        let read = from_str::<Order>(json).unwrap();
        assert_eq!((read.count, &*read.id, read.note.as_deref()), (1, "a", Some("x")));
        assert_eq!(read.price, Some(Some(7.0)));
        assert_eq!(read.rest.members().count(), usize::from(json == one));
        assert_eq!(
            from_str::<Order>(&json.replace("id", "ID")).unwrap_err().to_string(),
            "missing field `id` at $"
        );
    }
}

#[test]
fn received_values_round_trip() {
    for json in [
        r#"{"id":"a","count":1,"parts":[],"any":null}"#,
        r#"{"id":"a","count":1,"note":null,"price":null,"parts":[],"any":null}"#,
        r#"{"id":"a","count":1,"note":"x","price":0.5,"parts":[],"any":{"b":[null]},"new":{"y":[null,1.50]},"z":1e999}"#,
        r#"{"id":"a","count":1,"parts":[{"id":"b","count":2,"note":null,"parts":[],"any":1,"n":1}],"any":false}"#,
    ] {
        let order = model::read::<Order>(json).unwrap();
        assert_eq!(model::json(order.view()).unwrap(), json);
        assert_eq!(to_string(&order).unwrap(), json);
        let mut pretty = Vec::new();
        let written = order.serialize(&mut serde_json::Serializer::pretty(&mut pretty));
        assert!(json.contains("1e999") || written.is_ok());
        if written.is_ok() {
            assert!(pretty.starts_with(b"{\n  \"id\": \"a\","));
            assert_eq!(from_str::<Order>(str::from_utf8(&pretty).unwrap()).unwrap(), order);
        }
    }
}

#[test]
fn a_null_that_is_overwritten_is_gone() {
    let mut order = from_str::<Order>(r#"{"id":"a","count":1,"note":null,"price":null}"#).unwrap();
    assert_eq!((&order.note, order.price), (&None, Some(None)));
    order.price = None;
    order.note = Some("x".to_owned());
    assert_eq!(to_string(&order).unwrap(), r#"{"id":"a","count":1,"note":"x","any":null}"#);
}

#[test]
fn of_a_duplicate_key_the_last_value_wins() {
    let text = r#"{"id":"a","count":1,"id":"b","note":"x","note":null,"parts":[{}],"parts":[]}"#;
    let fault = read::<Order>(text).unwrap_err();
    assert_eq!(fault.kind, FaultKind::Missing(vec!["id", "count"]));
    let order = from_str::<Order>(&text.replace("{}", r#"{"id":"","count":0}"#)).unwrap();
    assert_eq!((order.id.as_str(), &order.note, order.parts), ("b", &None, Some(Vec::new())));
}

#[test]
fn all_missing_keys_are_named() {
    let message = |text| from_str::<Order>(text).unwrap_err().to_string();
    assert!(message("{}").starts_with("missing fields `id`, `count` at $"));
    assert!(message(r#"{"id":"a","parts":[]}"#).starts_with("missing field `count` at $"));
    assert!(message(r#"{"count":1,"id":null}"#).starts_with("expected a string, found null at $.id"));
}

#[test]
fn anything_but_an_object_is_an_error() {
    for text in ["null", "1", "[]", r#"["a",1]"#, r#""a""#, "true"] {
        let message = from_str::<Order>(text).unwrap_err().to_string();
        assert!(message.contains("expected an object"), "{text}: {message}");
    }
}

#[test]
fn depth_and_memory_are_limited() {
    let text = r#"{"id":"a","count":1,"parts":["#.repeat(100_000);
    assert_eq!(read::<Order>(&text).unwrap_err().kind, FaultKind::TooDeep);
    let lists = format!("[{}[]]", "[],".repeat(3_000_000));
    assert!(read::<Vec<Vec<u8>>>(&lists).is_ok());
    let lists = format!("[{}[]]", "[],".repeat(12_000_000));
    assert_eq!(read::<Vec<Vec<u8>>>(&lists).unwrap_err().kind, FaultKind::TooLarge);
}

#[test]
fn debug_hides_what_is_redacted_or_absent() {
    let order = from_str::<Order>(r#"{"id":"canary","count":1,"note":"x","z":"canary"}"#).unwrap();
    assert_eq!(format!("{order:?}"), r#"Order { id: [redacted], count: 1, note: "x" }"#);
}

#[test]
fn a_large_object_is_found_by_halves() {
    let keys: Vec<String> = (0..200).map(|n| format!("k{n}")).collect();
    let texts: Vec<&str> = keys.iter().map(|key| &*key.clone().leak()).collect();
    let table = Table::new("Large", texts.leak(), "required ".repeat(200).leak(), &[]);
    for (index, key) in keys.iter().enumerate() {
        assert_eq!(table.index_of(key), Some(index), "{key}");
    }
    assert_eq!(table.index_of("k"), None);
    let mut seen = Seen::default();
    (0..200).filter(|index| ![0, 63, 64, 199].contains(index)).for_each(|index| seen.insert(index));
    assert_eq!(table.missing(&seen), [0, 63, 64, 199]);
}

#[test]
fn integers_are_read_however_they_are_written() {
    assert_eq!(read::<Vec<i32>>("[1, 1.0, 1e3, -2.50e1]").unwrap(), [1, 1, 1000, -25]);
    assert_eq!(read::<BTreeMap<String, u64>>(r#"{"a":18446744073709551615.0}"#).unwrap()["a"], u64::MAX);
}

#[test]
fn any_json_keeps_the_digits_that_its_value_rounds() {
    struct Open {
        free: Option<serde_json::Value>,
        list: Vec<serde_json::Value>,
        map: std::collections::BTreeMap<String, serde_json::Value>,
        rest: crate::model::Rest,
    }
    crate::model_object! {
        Open {
            0 free: optional("free"),
            1 list: required("list"),
            2 map: required("map"),
        }
        rest { rest }
    }
    for text in [
        r#"{"free":340282366920938463463374607431768211455,"list":[],"map":{}}"#,
        r#"{"free":{"a":[0.10000000000000000001]},"list":[1,18446744073709551616],"map":{"b":0.10000000000000000001}}"#,
        r#"{"free":18446744073709551615,"list":[0.5],"map":{"a":1}}"#,
    ] {
        let mut open: Open = super::read(text).unwrap();
        let written = |open: &Open| crate::model::json(open.view()).unwrap();
        assert_eq!(written(&open), text);
        // A value that was changed is written as it is now.
        open.free = Some(7.into());
        assert!(written(&open).starts_with(r#"{"free":7,"#), "{}", written(&open));
        open.list.push(8.into());
        assert!(written(&open).contains("8]"), "{}", written(&open));
    }
}

/// A model with a field of each kind that rounds numbers.
#[derive(Clone)]
struct Rounding {
    float: f64,
    any: serde_json::Value,
    additional: BTreeMap<String, serde_json::Value>,
    rest: crate::model::Rest,
}

crate::model_object! {
    Rounding {
        0 float: required("float"),
        1 any: required("any"),
    }
    map { 2 additional }
    rest { rest }
    table { .additional() }
}

#[test]
fn numbers_beyond_f64_keep_their_digits_in_every_field() {
    let text =
        r#"{"float":1e400,"any":[-18446744073709551600,1e400],"a":98249283749234923498,"b":{"c":[-1e999]}}"#;
    let mut model: Rounding = read(text).unwrap();
    assert_eq!((model.float, model.any[1].as_f64()), (f64::MAX, Some(f64::MAX)));
    assert_eq!(crate::model::to_json(&model).unwrap(), text);
    assert!(serde_json::to_string(&model).is_ok(), "serde writes the nearest numbers");
    model.float = 0.5;
    model.additional.insert("a".to_owned(), 7.into());
    let changed = text.replacen("1e400", "0.5", 1).replace("98249283749234923498", "7");
    assert_eq!(crate::model::to_json(&model).unwrap(), changed);
}

#[test]
fn decimals_of_an_f64_are_exact() {
    let text = "[0.1234567890123456,9.824928374923492e52,123456789012345.67]";
    let values: Vec<serde_json::Value> = read(text).unwrap();
    assert_eq!(crate::model::to_json(&values).unwrap(), text);
}
