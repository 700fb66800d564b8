//! Tests that each response of a hostile server is a value or an error, in bounded time and memory.
//!
//! Input: a table of responses, sent byte for byte over loopback. Each is decoded as JSON, as
//! events and as lines. The result is checked for the intended kind. The other kinds must end in
//! time.

#![cfg(feature = "hyper")]
#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "tests stop at the first surprise"
)]

#[path = "../support/mod.rs"]
mod support;

mod bodies;
mod heads;

use flate2::{Compression, write::GzEncoder};
use runtime::{
    Client, ClientBuilder, Error, ErrorKind, Method, Operation, Request, Timeout,
    reply::{Json, TextEvents},
    serde_json::Value,
};
use std::{io::Write, time::Duration};
use support::server::{Server, Step};

/// The largest body of the client, in bytes. Decoding may use a multiple of this.
const BODY: u64 = 1 << 20;

/// The most memory of a call, in bytes.
const HELD: u64 = 96 << 20;

const ATTEMPT: Duration = Duration::from_secs(2);

const VALUE: Operation = Operation::new("Value", Method::GET, "/").accept("application/json");
const EVENT: Operation = Operation::new("Event", Method::GET, "/").accept("text/event-stream");
const LINE: Operation = Operation::new("Line", Method::GET, "/").accept("application/x-ndjson");

/// How a response is decoded.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Way {
    Json,
    Events,
    Lines,
}

/// All ways of decoding.
const WAYS: [Way; 3] = [Way::Json, Way::Events, Way::Lines];

/// The expected result of a response, decoded as intended.
#[derive(Clone, Copy, Debug)]
enum Gives {
    Value,
    /// One of these errors.
    Error(&'static [ErrorKind]),
}

use ErrorKind::{Decode, Decompress, TooLarge, Transport, Truncated};
use Gives::Value as Fine;

const TOO_SLOW: ErrorKind = ErrorKind::Timeout(Timeout::Attempt);
const WRONG: Gives = Gives::Error(&[Decode]);
const LARGE: Gives = Gives::Error(&[TooLarge]);
const NO_HTTP: Gives = Gives::Error(&[Transport]);
const NO_GZIP: Gives = Gives::Error(&[Decompress, Truncated]);
const ENDLESS: Gives = Gives::Error(&[TooLarge, TOO_SLOW]);

struct Case {
    name: &'static str,
    way: Way,
    gives: Gives,
    script: Vec<Step>,
}

fn case(name: &'static str, way: Way, gives: Gives, answer: Vec<u8>) -> Case {
    Case { name, way, gives, script: vec![Step::Read, Step::Send(answer)] }
}

fn flood(name: &'static str, way: Way, gives: Gives, head: &str, piece: Vec<u8>) -> Case {
    Case { name, way, gives, script: vec![Step::Read, Step::Send(head.into()), Step::Flood(piece)] }
}

fn json(body: impl AsRef<[u8]>) -> Vec<u8> {
    support::server::response("200 OK", &[("Content-Type", "application/json")], body.as_ref())
}

fn zipped(body: &[u8]) -> Vec<u8> {
    let headers = [("Content-Type", "application/json"), ("Content-Encoding", "gzip")];
    support::server::response("200 OK", &headers, body)
}

fn gzip(text: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(text).unwrap();
    encoder.finish().unwrap()
}

/// Returns a list of equal items, of about `size` bytes.
fn list(item: &str, size: u64) -> String {
    let count = usize::try_from(size).unwrap() / (item.len() + 1) - 2;
    format!("[{}{item}]", format!("{item},").repeat(count))
}

fn chunk(bytes: &[u8]) -> Vec<u8> {
    [format!("{:x}\r\n", bytes.len()).as_bytes(), bytes, b"\r\n"].concat()
}

const HEAD: &str = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";
const EVENTS: &str =
    "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";
const LINES: &str =
    "HTTP/1.1 200 OK\r\nContent-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n";
const CHUNKED: &str =
    "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n";

fn values() -> Vec<Case> {
    let nested = |open: &str, close: &str, depth| format!("{}1{}", open.repeat(depth), close.repeat(depth));
    vec![
        // A value of one or two bytes takes more than 16 times its text.
        case("a list of empty objects", Way::Json, LARGE, json(list("{}", BODY))),
        case("a list of empty lists", Way::Json, LARGE, json(list("[]", BODY))),
        case("a list of zeros", Way::Json, LARGE, json(list("0", BODY))),
        case("a list of empty strings", Way::Json, LARGE, json(list(r#""""#, BODY))),
        case("a short list of empty objects", Way::Json, Fine, json(list("{}", BODY / 8))),
        case("a short list of empty lists", Way::Json, Fine, json(list("[]", BODY / 8))),
        case("a short list of zeros", Way::Json, Fine, json(list("0", BODY / 8))),
        case("a short list of empty strings", Way::Json, Fine, json(list(r#""""#, BODY / 8))),
        case(
            "one key again and again",
            Way::Json,
            Fine,
            json(format!("{{{}}}", list(r#""a":0"#, BODY).trim_matches(['[', ']']))),
        ),
        case("depth of 120", Way::Json, Fine, json(nested("[", "]", 120))),
        case("depth of 100,000 lists", Way::Json, WRONG, json(nested("[", "]", 100_000))),
        case("depth of 100,000 objects", Way::Json, WRONG, json(nested(r#"{"o":"#, "}", 100_000))),
        case("NUL escaped", Way::Json, Fine, json(r#"{"a":"x\u0000y","b\u0000":1}"#)),
        case("NUL itself", Way::Json, WRONG, json("{\"a\":\"x\0y\"}")),
        case("half a surrogate", Way::Json, WRONG, json(r#"{"a":"\ud800"}"#)),
        case("half a surrogate as a key", Way::Json, WRONG, json(r#"{"\ud800":1}"#)),
        case("invalid UTF-8", Way::Json, WRONG, json(b"{\"a\":\"\xff\xfe\"}")),
        case("UTF-16", Way::Json, WRONG, json(b"\xff\xfe{\0}\0")),
        case("two values", Way::Json, WRONG, json("{}{}")),
        case("NUL behind a value", Way::Json, WRONG, json("{}\0\0")),
        case("nothing but spaces", Way::Json, WRONG, json(" ".repeat(1 << 19))),
        case("a value behind spaces", Way::Json, Fine, json(" ".repeat(1 << 19) + "{}")),
        case("an exponent of a million digits", Way::Json, Fine, json(format!("1e{}", "9".repeat(500_000)))),
    ]
}

fn encodings() -> Vec<Case> {
    let mut cut = gzip(br#"{"a":"xxxxxxxxxxxxxxxxxx"}"#);
    cut.truncate(cut.len() - 6);
    let name = [&b"\x1f\x8b\x08\x08\0\0\0\0\0\0"[..], &vec![b'n'; 1 << 19]].concat();
    let flood_of_members = chunk(&gzip(b"").repeat(1000));
    let zipped_chunks = format!("{HEAD}Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n");
    vec![
        case("64 MiB of spaces in gzip", Way::Json, LARGE, zipped(&gzip(&vec![b' '; 64 << 20]))),
        case("gzip without end", Way::Json, NO_GZIP, zipped(&cut)),
        case("bytes behind gzip", Way::Json, NO_GZIP, zipped(&[gzip(b"{}"), b"garbage".to_vec()].concat())),
        case("a file name without end in gzip", Way::Json, NO_GZIP, zipped(&name)),
        case("gzip in gzip, announced once", Way::Json, WRONG, zipped(&gzip(&gzip(b"{}")))),
        case(
            "1,000 empty members of gzip",
            Way::Json,
            Fine,
            zipped(&[gzip(b"").repeat(1_000), gzip(b"{}")].concat()),
        ),
        flood("empty members of gzip without end", Way::Json, ENDLESS, &zipped_chunks, flood_of_members),
    ]
}

fn messages() -> Vec<Case> {
    let head = |header: &str| format!("{HEAD}{header}Content-Length: 2\r\n\r\n{{}}").into_bytes();
    let early = "HTTP/1.1 103 Early Hints\r\nLink: <x>\r\n\r\n".repeat(3).into_bytes();
    vec![
        case("three early hints", Way::Json, Fine, [early, head("")].concat()),
        case("10,000 headers", Way::Json, NO_HTTP, head(&"X: a\r\n".repeat(10_000))),
        case("a header of 5 MB", Way::Json, NO_HTTP, head(&format!("X: {}\r\n", "a".repeat(5_000_000)))),
        case("two lengths", Way::Json, NO_HTTP, head("Content-Length: 3\r\n")),
        case("a negative length", Way::Json, NO_HTTP, format!("{HEAD}Content-Length: -1\r\n\r\n").into()),
        flood(
            "100 Continue without end",
            Way::Json,
            Gives::Error(&[TOO_SLOW, Transport]),
            "",
            b"HTTP/1.1 100 Continue\r\n\r\n".repeat(100),
        ),
        flood("a header without end", Way::Json, NO_HTTP, "HTTP/1.1 200 OK\r\nX: ", vec![b'a'; 1 << 16]),
        flood(
            "a chunk's extension without end",
            Way::Json,
            Gives::Error(&[Transport, Truncated, TOO_SLOW]),
            &format!("{CHUNKED}2;"),
            vec![b'x'; 1 << 16],
        ),
        flood(
            "trailers without end",
            Way::Json,
            Gives::Error(&[Transport, Truncated, TOO_SLOW]),
            &format!("{CHUNKED}2\r\n{{}}\r\n0\r\n"),
            b"X-T: a\r\n".repeat(1000),
        ),
        flood("chunks of one byte without end", Way::Json, ENDLESS, CHUNKED, chunk(b" ").repeat(1000)),
        flood("a body without end", Way::Json, ENDLESS, CHUNKED, chunk(&[b' '; 1 << 16])),
    ]
}

fn streams() -> Vec<Case> {
    vec![
        flood("an event without end", Way::Events, ENDLESS, EVENTS, chunk(&[b'x'; 1 << 16])),
        flood("data lines without end", Way::Events, ENDLESS, EVENTS, chunk(&b"data: x\n".repeat(1 << 12))),
        flood("comments without end", Way::Events, ENDLESS, EVENTS, chunk(&b":\n".repeat(1 << 15))),
        flood("ends of lines without end", Way::Events, ENDLESS, EVENTS, chunk(&[b'\r'; 1 << 16])),
        flood("empty lines without end", Way::Lines, ENDLESS, LINES, chunk(&[b'\n'; 1 << 16])),
        flood("a line without end", Way::Lines, ENDLESS, LINES, chunk(&[b'1'; 1 << 16])),
        case(
            "a line that is no JSON",
            Way::Lines,
            WRONG,
            [LINES.as_bytes(), &chunk(b"x\n"), b"0\r\n\r\n"].concat(),
        ),
    ]
}

/// Decodes a response to its first item.
async fn read(client: &Client, way: Way) -> Result<(), Error> {
    match way {
        Way::Json => Request::new(client, &VALUE).send::<Json<Value>>().await.map(drop),
        Way::Events => {
            let mut events = Request::new(client, &EVENT).send::<TextEvents>().await?;
            events.next().await.transpose().map(drop)
        }
        Way::Lines => {
            let mut lines = Request::new(client, &LINE).send::<runtime::LineStream<Value>>().await?;
            lines.next().await.transpose().map(drop)
        }
    }
}

#[track_caller]
fn check(cases: Vec<Case>) {
    let mut wrong = Vec::new();
    for Case { name, way: meant, gives, script } in cases {
        for way in WAYS {
            let server = Server::playing(vec![script.clone()]);
            let client = ClientBuilder::<Client>::new(server.url())
                .transport(runtime::transport::Hyper::direct(ATTEMPT).unwrap())
                .retries(0)
                .attempt_timeout(ATTEMPT)
                .idle_timeout(ATTEMPT)
                .operation_timeout(2 * ATTEMPT)
                .max_body_bytes(BODY)
                .build()
                .unwrap();
            let mut got = None;
            let start = std::time::Instant::now();
            let held = allocation_counter::measure(|| {
                let limit = tokio::time::timeout;
                got = Some(support::block_on(async { limit(8 * ATTEMPT, read(&client, way)).await }));
            });
            let Ok(got) = got.unwrap() else {
                wrong.push(format!("{name}, {way:?}: never ends"));
                continue;
            };
            if start.elapsed() > 4 * ATTEMPT {
                wrong.push(format!("{name}, {way:?}: {:?}", start.elapsed()));
            }
            if held.bytes_max > HELD {
                wrong.push(format!("{name}, {way:?}: {} bytes", held.bytes_max));
            }
            if way == meant {
                let kind = got.map_err(|error| error.kind());
                let is_expected = match (gives, kind) {
                    (Gives::Value, kind) => kind.is_ok(),
                    (Gives::Error(kinds), Err(kind)) => kinds.contains(&kind),
                    (Gives::Error(_), Ok(())) => false,
                };
                if !is_expected {
                    wrong.push(format!("{name}: {kind:?} instead of {gives:?}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn values_are_read_or_refused() {
    check(values());
}

#[test]
fn encodings_are_read_or_refused() {
    check(encodings());
}

#[test]
fn messages_are_read_or_refused() {
    check(messages());
}

#[test]
fn streams_end() {
    check(streams());
}

#[test]
fn heads_are_read_or_refused() {
    check(heads::cases());
}

#[test]
fn bodies_of_other_encodings_and_streams_are_read_or_refused() {
    check(bodies::cases());
}

/// The server closes the connection at each byte of a response.
#[test]
fn a_response_that_ends_at_any_byte_is_no_value() {
    let sized = json("{\"a\":1}");
    let chunked = [CHUNKED.as_bytes(), &chunk(b"{\"a\":"), &chunk(b"1}"), b"0\r\n\r\n"].concat();
    for (whole, start) in [(sized, 0), (chunked, CHUNKED.len())] {
        let gives = Gives::Error(&[Transport, Truncated]);
        let cut = |length| case("cut", Way::Json, gives, whole[..length].to_vec());
        check((start..whole.len()).map(cut).collect());
    }
}
