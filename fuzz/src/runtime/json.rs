//! Checks JSON: if serde_json accepts a text, the client decodes the text, and encodes it as the
//! same value.

use super::{block_on, client};
use ::runtime::{
    Error, ErrorKind, Method, Operation, Request,
    model::{self, Decode, Encode, Rest},
    reply::Json,
    serde_json::{self, Value},
    transport::Memory,
};
use std::collections::BTreeMap;

const READ: Operation = Operation::new("Read", Method::GET, "/r").accept("application/json");

#[derive(Clone)]
struct Order {
    id: Option<String>,
    count: Option<i64>,
    note: Option<String>,
    parts: Option<Vec<Order>>,
    any: Option<Value>,
    rest: Rest,
}

model::object! {
    Order {
        0 id: optional("id"),
        1 count: optional("count"),
        2 note: optional("note"),
        3 parts: optional("parts"),
        4 any: optional("any"),
    }
    rest { rest }
}

#[derive(Clone, Debug, PartialEq)]
enum Either {
    Cat(BTreeMap<String, Value>),
    Order(Box<Order>),
    List(Vec<Either>),
    Text(String),
    Whole(i64),
    Unknown(Value),
}

model::union! {
    Either {
        0 Cat,
        1 Order,
        2 List,
        3 Text,
        4 Whole,
    }
    choice {
        model::Choice::Tests(&[
            model::Test::of(model::Kinds::OBJECT).member("kind", &["cat", "1"]),
            model::Test::of(model::Kinds::OBJECT).known(&["id", "count", "note", "parts", "any"]),
            model::Test::of(model::Kinds::ARRAY),
            model::Test::of(model::Kinds::STRING),
            model::Test::of(model::Kinds::INTEGER),
        ])
    }
}

/// Decodes a body by the client, and by serde_json.
fn read<T: Decode + 'static>(bytes: &[u8]) -> (Result<T, Error>, Option<Value>) {
    let memory = Memory::new().reply(200, bytes.to_vec());
    let found = block_on(Request::new(&client(&memory), &READ).send::<Json<T>>());
    (found, serde_json::from_slice(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)).ok())
}

/// Returns the value with each number as text of ten digits. `7` and `7.0` are then equal, and so
/// are numbers whose last digits two parsers round differently.
fn rounded(value: Value) -> Value {
    match value {
        Value::Number(number) => {
            number.as_f64().map_or(Value::Null, |number| format!("{:.9e}", number + 0.0).into())
        }
        Value::Array(items) => items.into_iter().map(rounded).collect(),
        Value::Object(members) => members.into_iter().map(|(key, value)| (key, rounded(value))).collect(),
        other => other,
    }
}

fn encoded<T: Encode + model::Serialize>(value: &T) -> Value {
    rounded(serde_json::from_str(&serde_json::to_string(value).unwrap()).unwrap())
}

pub(super) fn value(bytes: &[u8]) {
    if bytes.is_empty() {
        return;
    }
    let (found, expected) = read::<Value>(bytes);
    compare(found.ok(), expected, bytes);
}

/// Compares any JSON with what serde_json reads. Only serde_json refuses numbers that no `f64`
/// holds.
pub(super) fn compare(found: Option<Value>, expected: Option<Value>, bytes: &[u8]) {
    match (found, expected) {
        (Some(_), None) => assert!(text_has_large_number(bytes)),
        (found, expected) => assert_eq!(found.map(rounded), expected.map(rounded)),
    }
}

pub(super) fn model(bytes: &[u8]) {
    let (found, expected) = read::<Order>(bytes);
    match (found, expected) {
        (Ok(order), Some(expected)) => assert_eq!(encoded(&order), rounded(expected)),
        (Ok(_), None) if bytes.is_empty() => {}
        // Undeclared numbers are kept as text, however large they are.
        (Ok(_), None) => assert!(text_has_large_number(bytes)),
        (Err(error), _) => {
            let kinds = [ErrorKind::Decode, ErrorKind::Truncated, ErrorKind::UnexpectedStatus];
            assert!(kinds.contains(&error.kind()), "{error}");
        }
    }
}

pub(super) fn union(bytes: &[u8]) {
    if bytes.is_empty() {
        return;
    }
    let (found, expected) = read::<Either>(bytes);
    match (found, expected) {
        (Ok(either), Some(expected)) => assert_eq!(encoded(&either), rounded(expected)),
        (Ok(_), None) => assert!(text_has_large_number(bytes)),
        (Err(_), None) => {}
        (Err(error), Some(_)) => panic!("{error}"),
    }
}

/// Returns true if a text may have a number that no `f64` holds, which serde_json refuses.
fn text_has_large_number(bytes: &[u8]) -> bool {
    bytes.windows(2).any(|pair| matches!(pair, [b'0'..=b'9', b'e' | b'E']))
        || bytes.split(|byte| !byte.is_ascii_digit()).any(|digits| digits.len() > 300)
}
