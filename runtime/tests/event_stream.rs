//! Server-sent events with others' test data: the `format-*` cases of web-platform-tests'
//! `eventsource` (BSD-3-Clause, <https://github.com/web-platform-tests/wpt>), and the parsing cases
//! of LaunchDarkly's contract tests (Apache-2.0,
//! <https://github.com/launchdarkly/sse-contract-tests>).

#![allow(clippy::indexing_slicing, clippy::unwrap_used, reason = "tests stop at the first surprise")]

mod support;

use runtime::{
    Client, ClientBuilder, ErrorKind, Method, Operation, Request,
    bytes::Bytes,
    http,
    reply::TextEvents,
    transport::{Body, Memory},
};
use support::in_no_time;

const EVENTS: Operation = Operation::new("Events", Method::GET, "/events").accept("text/event-stream");

/// Returns the events of a response: name, id and data of each.
fn read(media_type: &str, text: &[u8], size: usize) -> Result<Vec<(String, String, String)>, ErrorKind> {
    let pieces: Vec<_> =
        text.chunks(size).map(|piece| Ok::<_, std::io::Error>(Bytes::copy_from_slice(piece))).collect();
    let body = Body::stream(futures_util::stream::iter(pieces));
    let response = http::Response::builder().header("content-type", media_type).body(body).unwrap();
    let memory = Memory::new().respond(response);
    let client: Client = ClientBuilder::new("https://example.com").transport(memory).build().unwrap();
    in_no_time(async {
        let mut events =
            Request::new(&client, &EVENTS).send::<TextEvents>().await.map_err(|error| error.kind())?;
        let mut found = Vec::new();
        while let Some(event) = events.next().await {
            let event = event.map_err(|error| error.kind())?;
            found.push((event.event, event.id, event.data));
        }
        Ok(found)
    })
    .0
}

/// A case: name, text, and the events in the text.
type Case<'a> = (&'a str, &'a str, &'a [(&'a str, &'a str, &'a str)]);

fn check(cases: &[Case<'_>]) {
    for (name, text, expected) in cases {
        let expected: Vec<_> =
            expected.iter().map(|(a, b, c)| ((*a).to_owned(), (*b).to_owned(), (*c).to_owned())).collect();
        for size in [1, 2, 3, 7, 64, text.len().max(1)] {
            let found = read("text/event-stream", text.as_bytes(), size).unwrap();
            assert_eq!(found, expected, "{name}, in pieces of {size}");
        }
    }
}

#[test]
fn web_platform_tests() {
    let long = "x".repeat(2048);
    check(&[
        (
            "format-bom",
            "\u{feff}data:1\n\n\u{feff}data:2\n\ndata:3\n\n",
            &[("message", "", "1"), ("message", "", "3")],
        ),
        (
            "format-bom-2",
            "\u{feff}\u{feff}data:1\n\ndata:2\n\ndata:3\n\n",
            &[("message", "", "2"), ("message", "", "3")],
        ),
        (
            "format-comments",
            &format!("data:1\r:\0\n:\r\ndata:2\n:{long}\rdata:3\n:data:fail\r:{long}\ndata:4\n\n"),
            &[("message", "", "1\n2\n3\n4")],
        ),
        (
            "format-data-before-final-empty-line",
            "retry:1000\ndata:test1\n\nid:test\ndata:test2",
            &[("message", "", "test1")],
        ),
        (
            "format-field-data",
            "data:\n\ndata\ndata\n\ndata:test\n\n",
            &[("message", "", ""), ("message", "", "\n"), ("message", "", "test")],
        ),
        ("format-field-event-empty", "event: \ndata:data\n\n", &[("message", "", "data")]),
        (
            "format-field-event",
            "event:test\ndata:x\n\ndata:x\n\n",
            &[("test", "", "x"), ("message", "", "x")],
        ),
        ("format-field-id", "data: 1\nid: …\n\ndata: 2\n\n", &[("message", "…", "1"), ("message", "…", "2")]),
        (
            "format-field-id-2",
            "data:1\nid:1\n\ndata:2\n\nid\ndata:3\n\ndata:4\n\n",
            &[("message", "1", "1"), ("message", "1", "2"), ("message", "", "3"), ("message", "", "4")],
        ),
        ("format-field-id-null", "id: a\0b\ndata:x\n\n", &[("message", "", "x")]),
        (
            "format-field-parsing",
            "data:\0\ndata:  2\rData:1\ndata\0:2\ndata:1\r\0data:4\nda-ta:3\rdata_5\ndata:3\rdata:\r\n data:32\ndata:4\n\n",
            &[("message", "", "\0\n 2\n1\n3\n\n4")],
        ),
        ("format-field-retry-bogus", "retry:3000\nretry:1000x\ndata:x\n\n", &[("message", "", "x")]),
        ("format-field-retry-empty", "retry\ndata:test\n\n", &[("message", "", "test")]),
        (
            "format-field-unknown",
            "data:test\n data\ndata\nfoobar:xxx\njustsometext\n:thisisacommentyay\ndata:test\n\n",
            &[("message", "", "test\n\ntest")],
        ),
        ("format-leading-space", "data:\ttest\rdata: \ndata:test\n\n", &[("message", "", "\ttest\n\ntest")]),
        ("format-newlines", "data:test\r\ndata\ndata:test\r\n\r", &[("message", "", "test\n\ntest")]),
        ("format-null-character", "data:\0\n\n", &[("message", "", "\0")]),
        ("format-utf-8", "data:ok…\n\n", &[("message", "", "ok…")]),
    ]);
    let events = |media_type| read(media_type, b"data:data\n\n", 4).map(|events| events.len());
    assert_eq!(events("text/event-stream;"), Ok(1), "format-mime-trailing-semicolon");
    assert_eq!(events("text/event-stream;x-bogus"), Ok(1), "format-mime-valid-bogus");
    assert_eq!(events("text/x-bogus"), Err(ErrorKind::ContentType), "format-mime-bogus");
    let invalid = read("text/event-stream", b"data:ok\xff\xe2\x80\n\n", 1).unwrap();
    assert_eq!(invalid[0].2, "ok\u{fffd}\u{fffd}", "what is not UTF-8 is replaced");
}

#[test]
fn launchdarkly_contract_tests() {
    let long = "abc".repeat(100_000);
    let many: String = (0..100).map(|number| format!("data: message {number}\n\n")).collect();
    let numbers: Vec<String> = (0..100).map(|number| format!("message {number}")).collect();
    let numbers: Vec<_> = numbers.iter().map(|data| ("message", "", data.as_str())).collect();
    check(&[
        ("one-line message", "data: Hello\n\n", &[("message", "", "Hello")]),
        (
            "two one-line messages",
            "data: Hello\n\ndata: World\n\n",
            &[("message", "", "Hello"), ("message", "", "World")],
        ),
        ("one two-line message", "data: Hello\ndata:World\n\n", &[("message", "", "Hello\nWorld")]),
        ("empty data", "data:\n\n", &[("message", "", "")]),
        ("event with type", "event: greeting\ndata: Hello\n\n", &[("greeting", "", "Hello")]),
        ("event with id", "id: abc\ndata: Hello\n\n", &[("message", "abc", "Hello")]),
        (
            "event with type and id",
            "event: greeting\nid: abc\ndata: Hello\n\n",
            &[("greeting", "abc", "Hello")],
        ),
        ("id with a null", "id: a\0bc\ndata: Hello\n\n", &[("message", "", "Hello")]),
        (
            "the last id stays",
            "id: abc\ndata: first\n\ndata: second\n\n",
            &[("message", "abc", "first"), ("message", "abc", "second")],
        ),
        (
            "an empty id",
            "id: abc\ndata: first\n\nid: \ndata: second\n\n",
            &[("message", "abc", "first"), ("message", "", "second")],
        ),
        (
            "fields in reverse order",
            "data: Hello\nid: abc\nevent: greeting\n\n",
            &[("greeting", "abc", "Hello")],
        ),
        ("unknown field", "event: greeting\ncolor: blue\ndata: Hello\n\n", &[("greeting", "", "Hello")]),
        ("no leading space", "event:greeting\ndata:Hello\n\n", &[("greeting", "", "Hello")]),
        ("extra leading space", "event:  greeting\ndata:  Hello\n\n", &[(" greeting", "", " Hello")]),
        ("field without a colon", "data\n\ndata\ndata\n\n", &[("message", "", ""), ("message", "", "\n")]),
        ("multi-byte characters", "data: €豆腐\n\n", &[("message", "", "€豆腐")]),
        ("many messages", &many, &numbers),
        ("comments", ": one\ndata: Hello\n:two\n\n:\n\n", &[("message", "", "Hello")]),
        ("CR", "data: a\rdata: b\r\r", &[("message", "", "a\nb")]),
        ("CRLF", "data: a\r\ndata: b\r\n\r\n", &[("message", "", "a\nb")]),
        ("mixed line ends", "data: a\rdata: b\ndata: c\r\n\n", &[("message", "", "a\nb\nc")]),
        ("byte order mark", "\u{feff}data: Hello\n\n", &[("message", "", "Hello")]),
        ("a large payload", &format!("data: {long}\n\n"), &[("message", "", &long)]),
    ]);
}

#[test]
fn bytes_without_events_are_counted_and_other_tasks_run() {
    let text = ":\n".repeat(1 << 20);
    let piece = |piece| Ok::<_, std::io::Error>(Bytes::copy_from_slice(piece));
    let pieces: Vec<_> = text.as_bytes().chunks(16).map(piece).collect();
    let body = Body::stream(futures_util::stream::iter(pieces));
    let response = http::Response::builder().header("content-type", "text/event-stream").body(body).unwrap();
    let memory = Memory::new().respond(response);
    let client =
        ClientBuilder::<Client>::new("https://example.com").transport(memory).max_body_bytes(1 << 20);
    let client = client.build().unwrap();
    let (error, polls) = in_no_time(async {
        let mut events = Request::new(&client, &EVENTS).send::<TextEvents>().await.unwrap();
        let (mut polls, mut next) = (0, Box::pin(events.next()));
        let error = std::future::poll_fn(|context| {
            polls += 1;
            next.as_mut().poll(context)
        })
        .await;
        (error.unwrap().unwrap_err(), polls)
    })
    .0;
    assert_eq!(error.kind(), ErrorKind::TooLarge);
    assert!(error.to_string().contains("more than 1048576 bytes came without an event"), "{error}");
    assert!(polls >= (1 << 20) / 16 / 32, "{polls}");
}
