//! Tests that the memory of decoded values is bounded by a multiple of the body limit.
//!
//! Input: texts that fill the body limit with the values that need the most memory for their
//! length. Each is decoded by a client as the type that makes it worst. The allocator counts.

#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "tests stop at the first surprise"
)]

mod support;
#[macro_use]
#[path = "support/object.rs"]
mod object;

use runtime::{
    Client, ClientBuilder, Error, ErrorKind, Method, Operation, Request,
    model::{self, AnyJson, Decode, Number, Rest, Table},
    reply::Json,
    serde_json::Value,
    transport::Memory,
};
use std::collections::BTreeMap;
use support::block_on;

const READ: Operation = Operation::new("Read", Method::GET, "/").accept("application/json");

/// The limits of the documentation of `max_body_bytes`.
const TIMES: u64 = 16;
const SPARE: u64 = 1 << 20;

/// Bodies are at most this large. While a body grows, its memory is less than twice that.
const BODY: u64 = 1 << 19;

macro_rules! wide {
    ($($field:ident),*) => {
        #[derive(Default)]
        struct Wide {
            $($field: Option<String>,)*
            rest: Rest,
        }

        object!(Wide, Table::new("Wide", &[$(stringify!($field)),*], "", &[]), $($field,)* rest);
    };
}

wide!(
    a0, a1, a2, a3, a4, a5, a6, a7, a8, a9, b0, b1, b2, b3, b4, b5, b6, b7, b8, b9, c0, c1, c2, c3, c4, c5,
    c6, c7, c8, c9, d0, d1, d2, d3, d4, d5, d6, d7, d8, d9, e0, e1, e2, e3, e4, e5, e6, e7, e8, e9, f0, f1,
    f2, f3, f4, f5, f6, f7, f8, f9
);

#[derive(Default)]
struct Boxed {
    child: Option<Box<Wide>>,
    rest: Rest,
}

object!(Boxed, Table::new("Boxed", &["child"], "", &[]), child, rest);

#[derive(Default)]
struct Small {
    rest: Rest,
}

object!(Small, Table::new("Small", &[], "", &[]), rest);

enum Either {
    Wide(Box<Wide>),
    Inline(Boxed),
    List(Vec<Either>),
    Unknown(Value),
}

model::union! {
    Either {
        0 Wide,
        1 Inline,
        2 List,
    }
    choice {
        model::Choice::Tests(&[
            model::Test::of(model::Kinds::OBJECT),
            model::Test::of(model::Kinds::OBJECT).known(&["child"]),
            model::Test::of(model::Kinds::ARRAY),
        ])
    }
}

/// Returns the text that begins with `open`, has as many items as `limit` allows, and ends with
/// `close`.
fn filled(open: &str, item: &str, close: &str, limit: u64) -> String {
    let room = usize::try_from(limit).unwrap() - open.len() - close.len();
    let count = room.saturating_sub(item.len()) / (item.len() + 1);
    format!("{open}{}{item}{close}", format!("{item},").repeat(count))
}

/// Decodes a body. Returns the most memory of the call, in bytes.
fn decode<T: Decode + 'static>(body: String, limit: u64) -> (Result<(), Error>, u64) {
    let memory = Memory::new().reply(200, body);
    let client = ClientBuilder::<Client>::new("https://example.com");
    let client = client.transport(memory).retries(0).max_body_bytes(limit).build().unwrap();
    let mut read = None;
    let held = allocation_counter::measure(|| {
        read = Some(block_on(Request::new(&client, &READ).send::<Json<T>>()).map(drop));
    });
    (read.unwrap(), held.bytes_max)
}

/// A row: a name, the items of the body, and the function that decodes it.
struct Row(&'static str, [&'static str; 3], fn(String, u64) -> (Result<(), Error>, u64));

const ROWS: &[Row] = &[
    Row("empty objects as structs", ["[", "{}", "]"], decode::<Vec<Wide>>),
    Row("nulls as optional structs", ["[", "null", "]"], decode::<Vec<Option<Wide>>>),
    Row("structs in boxes", ["[", r#"{"child":{}}"#, "]"], decode::<Vec<Boxed>>),
    Row("one-letter strings", ["[", r#""a""#, "]"], decode::<Vec<String>>),
    Row("escaped letters", ["[", r#""\n""#, "]"], decode::<Vec<String>>),
    Row("zeros", ["[", "0", "]"], decode::<Vec<i128>>),
    Row("numbers with all digits", ["[", "0", "]"], decode::<Vec<Number>>),
    Row("lists of one list", ["[", "[[]]", "]"], decode::<Vec<Vec<Vec<Wide>>>>),
    Row("lists of one struct", ["[", "[{}]", "]"], decode::<Vec<Vec<Wide>>>),
    Row("maps of one struct", ["[", r#"{"":{}}"#, "]"], decode::<Vec<BTreeMap<String, Wide>>>),
    Row("maps of one zero", ["[", r#"{"":0}"#, "]"], decode::<Vec<BTreeMap<String, u8>>>),
    Row("maps of maps", ["[", r#"{"":{"":0}}"#, "]"], decode::<Vec<BTreeMap<String, BTreeMap<String, u8>>>>),
    Row("undeclared members", ["[", r#"{"":0}"#, "]"], decode::<Vec<Small>>),
    Row("undeclared members of structs", ["[", r#"{"x":0,"y":[]}"#, "]"], decode::<Vec<Wide>>),
    Row("undeclared members of one struct", ["{", r#""x":0"#, "}"], decode::<Small>),
    Row("one key again and again", ["{", r#""child":{}"#, "}"], decode::<Boxed>),
    Row("unions of structs", ["[", "{}", "]"], decode::<Vec<Either>>),
    Row("unions of unions", ["[", r#"[[{"child":{}}]]"#, "]"], decode::<Vec<Either>>),
    Row("values: empty lists", ["[", "[]", "]"], decode::<Value>),
    Row("values: lists of one zero", ["[", "[0]", "]"], decode::<Value>),
    Row("values: objects of one member", ["[", r#"{"":0}"#, "]"], decode::<Value>),
    Row("values: objects of two members", ["[", r#"{"a":{"b":0},"c":0}"#, "]"], decode::<Value>),
    Row("any JSON: lists of one zero", ["[", "[0]", "]"], decode::<AnyJson>),
    Row("any JSON: long numbers", ["[", "12345678901234567890123", "]"], decode::<AnyJson>),
    Row("any JSON: objects of two members", ["[", r#"{"a":{"b":0},"c":0}"#, "]"], decode::<AnyJson>),
    Row("values: unions of no variant", ["[", "0", "]"], decode::<Vec<Either>>),
];

#[test]
fn decoded_values_take_at_most_the_stated_multiple_of_the_body_limit() {
    let mut wrong = Vec::new();
    let mut refused = 0;
    for Row(name, [open, item, close], decode) in ROWS {
        for limit in [BODY, 2 * BODY] {
            let (read, held) = decode(filled(open, item, close, limit), limit);
            match read.map_err(|error| error.kind()) {
                Ok(()) => {}
                Err(ErrorKind::TooLarge) => refused += 1,
                Err(kind) => wrong.push(format!("{name}: {kind:?}")),
            }
            if held > TIMES * limit + SPARE + 2 * limit {
                wrong.push(format!("{name}: {held} bytes for a limit of {limit}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(refused > ROWS.len(), "{refused} bodies were refused");
}

#[test]
fn maps_in_any_order_of_keys_take_at_most_the_stated_multiple() {
    let keys = |step: u64| {
        let members = (0..30_000).map(move |number: u64| format!(r#""{:05}":"""#, number * step % 30_000));
        format!("{{{}}}", members.collect::<Vec<_>>().join(","))
    };
    // Steps that have no common factor with the number of keys visit each key once.
    for step in [1, 29_999, 7, 10_007, 15_001] {
        let (read, held) = decode::<BTreeMap<String, String>>(keys(step), BODY);
        assert!(read.is_ok() && held < TIMES * BODY + SPARE + 2 * BODY, "{step}: {held}");
    }
}

#[test]
fn a_small_body_limit_allows_large_structs() {
    let (read, _) = decode::<Vec<Wide>>("[{},{\"a0\":\"x\"}]".to_owned(), 64);
    assert!(read.is_ok());
}

/// A struct with a quarter of its fields.
const WIDE: &str = r#"{"a0":"0123456789","a1":"0123456789","a2":"0123456789","a3":"0123456789","b0":"0123456789","b1":"0123456789","b2":"0123456789","c0":"0123456789","c1":"0123456789","c2":"0123456789","d0":"0123456789","d1":"0123456789","e0":"0123456789","e1":"0123456789","f0":"0123456789"}"#;

#[test]
fn usual_values_of_the_largest_body_are_decoded() {
    // Any JSON takes twice the memory if a crate of the build enables serde_json's
    // `preserve_order`.
    let length = if size_of::<Value>() > 32 { BODY / 4 * 3 } else { BODY };
    for (item, decode) in [
        (WIDE, decode::<Vec<Wide>> as fn(String, u64) -> (Result<(), Error>, u64)),
        (
            r#"{"id":1234,"name":"a name of usual length","tags":["one","two"],"at":"2026-01-01T00:00:00Z"}"#,
            decode::<Value>,
        ),
        ("[12.345678,45.678901]", decode::<Value>),
        ("0.12345", decode::<Vec<f64>>),
    ] {
        let (read, held) = decode(filled("[", item, "]", length), BODY);
        assert!(read.is_ok(), "{item}: {read:?} after {held}");
    }
}

#[cfg(feature = "hyper")]
#[test]
fn sixteen_kilobytes_of_gzip_take_no_gigabytes() {
    use std::io::Write as _;

    const LIMIT: u64 = 16 << 20;
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(filled("[", "{}", "]", LIMIT).as_bytes()).unwrap();
    let zipped = encoder.finish().unwrap();
    assert!(zipped.len() < 20_000);
    let headers = [("Content-Type", "application/json"), ("Content-Encoding", "gzip")];
    let server = support::server::Server::sending(support::server::response("200 OK", &headers, &zipped));
    let client = ClientBuilder::<Client>::new(server.url())
        .transport(runtime::transport::Hyper::direct(std::time::Duration::from_secs(10)).unwrap())
        .retries(0)
        .build()
        .unwrap();
    let held = allocation_counter::measure(|| {
        let read = block_on(Request::new(&client, &READ).send::<Json<Vec<Wide>>>()).map(drop);
        assert_eq!(read.unwrap_err().kind(), ErrorKind::TooLarge);
    });
    assert!(held.bytes_max < (TIMES + 2) * LIMIT + SPARE, "{held:?}");
}
