//! Streamed bodies: bytes, events, lines.

#![allow(clippy::indexing_slicing, clippy::unwrap_used, reason = "tests stop at the first surprise")]

mod support;

use runtime::transport::{Body, Memory, TransportError, TransportErrorKind};
use runtime::{
    Client, ClientBuilder, Error, ErrorKind, Method, Operation, Request, bytes::Bytes, http, http_body,
};
use serde_json::Value;
use std::{
    collections::VecDeque,
    pin::Pin,
    task::{Context, Poll},
};
use support::in_no_time;

const EVENTS: Operation = Operation::new("Events", Method::GET, "/events").accept("text/event-stream");
const LINES: Operation = Operation::new("Lines", Method::GET, "/lines").accept("application/x-ndjson");
const FILE: Operation = Operation::new("File", Method::GET, "/file").accept("application/octet-stream");

/// A body of these pieces. If it is cut short, it ends with an error.
struct Pieces(VecDeque<&'static str>, bool);

impl http_body::Body for Pieces {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<http_body::Frame<Bytes>, TransportError>>> {
        Poll::Ready(match self.0.pop_front() {
            Some(piece) => Some(Ok(http_body::Frame::data(Bytes::from_static(piece.as_bytes())))),
            None if std::mem::take(&mut self.1) => Some(Err(TransportError::new(TransportErrorKind::Closed))),
            None => None,
        })
    }
}

fn response(media_type: &str, pieces: &[&'static str], cut: bool) -> http::Response<Body> {
    let body = Body::new(Pieces(pieces.iter().copied().collect(), cut));
    http::Response::builder().header("content-type", media_type).body(body).unwrap()
}

fn client(memory: &Memory) -> Client {
    ClientBuilder::new("https://example.com").transport(memory.clone()).retries(0).build().unwrap()
}

fn events(memory: &Memory, reconnecting: bool) -> Vec<Result<(String, Value), ErrorKind>> {
    let (found, _) = in_no_time(async {
        let events =
            Request::new(&client(memory), &EVENTS).send::<runtime::EventStream<Value>>().await.unwrap();
        let mut events = if reconnecting { events.reconnecting() } else { events };
        let mut found = Vec::new();
        while let Some(event) = events.next().await {
            found.push(event.map(|event| (event.id, event.data)).map_err(|error| error.kind()));
        }
        found
    });
    found
}

fn event(id: &str, data: Value) -> Result<(String, Value), ErrorKind> {
    Ok((id.to_owned(), data))
}

#[test]
fn events_are_json_and_one_that_is_not_is_an_error_item() {
    let pieces = ["id: 1\nda", "ta: {\"a\":1}\n\ndata: no\n\n", "data: [2]\n\ndata: [DONE]\n\ndata: 3\n\n"];
    let memory = Memory::new().respond(response("text/event-stream; charset=utf-8", &pieces, false));
    let expected =
        [event("1", serde_json::json!({"a": 1})), Err(ErrorKind::Decode), event("1", serde_json::json!([2]))];
    assert_eq!(events(&memory, false), expected);
    assert_eq!(memory.requests()[0].header("accept"), Some("text/event-stream"));
}

/// Returns the events of a text as objects with their names.
fn named<T: runtime::model::Decode>(text: &'static str) -> Vec<Result<T, Error>> {
    let memory = Memory::new().respond(response("text/event-stream", &[text], false));
    let (found, _) = in_no_time(async {
        let request = Request::new(&client(&memory), &EVENTS);
        let mut events = request.send::<runtime::reply::NamedEvents<T>>().await.unwrap();
        let mut found = Vec::new();
        while let Some(event) = events.next().await {
            found.push(event.map(|event| event.data));
        }
        found
    });
    found
}

#[test]
fn a_named_event_is_an_object_of_its_name_and_data() {
    let text = "event: a\ndata: {\"b\": 1}\n\nevent: c\nid: 7\ndata: plain\n\ndata: 1,\"event\":\"x\"\n\n\
                event: done\ndata: [DONE]\n\ndata: [DONE]\n\ndata: 3\n\n";
    let found: Vec<Value> = named(text).into_iter().map(Result::unwrap).collect();
    let expected = [
        serde_json::json!({"event": "a", "data": {"b": 1}}),
        serde_json::json!({"event": "c", "id": "7", "data": "plain"}),
        serde_json::json!({"event": "message", "id": "7", "data": "1,\"event\":\"x\""}),
        serde_json::json!({"event": "done", "id": "7", "data": "[DONE]"}),
    ];
    assert_eq!(found, expected);
}

#[test]
fn data_that_is_no_json_of_its_type_is_read_as_a_string() {
    type Texts = std::collections::BTreeMap<String, String>;
    let found = named::<Texts>("data: 5\n\nevent: e\ndata: [1]\n\n");
    let data: Vec<String> = found.into_iter().map(|found| found.unwrap()["data"].clone()).collect();
    assert_eq!(data, ["5", "[1]"]);
    type Counts = std::collections::BTreeMap<String, u8>;
    let error = named::<Counts>("event: e\ndata: {\"canary\": 1}\n\n").remove(0).unwrap_err();
    assert_eq!((error.event(), error.json_path()), (Some("e"), Some("$.event")));
    assert_eq!(error.raw_body(), "{\"canary\": 1}");
}

#[test]
fn events_that_are_cut_end_with_an_error() {
    let memory = Memory::new().respond(response("text/event-stream", &["data: 1\n\ndata: 2"], true));
    assert_eq!(events(&memory, false), [event("", 1.into()), Err(ErrorKind::Transport)]);
    let html = Memory::new().respond(response("text/html", &["data: 1\n\n"], false));
    let (error, _) = in_no_time(async {
        Request::new(&client(&html), &EVENTS).send::<runtime::EventStream<Value>>().await.unwrap_err()
    });
    assert_eq!(error.kind(), ErrorKind::ContentType);
}

// Without a clock, a client cannot wait before reconnecting.
#[cfg(feature = "hyper")]
#[test]
fn events_continue_after_a_reconnection() {
    let nothing = http::Response::builder().status(204).body(Body::empty()).unwrap();
    let memory = Memory::new()
        .respond(response("text/event-stream", &["retry: 10\nid: a\ndata: 1\n\ndata: 2"], true))
        .fail(TransportError::new(TransportErrorKind::Connect).unsent())
        .respond(response("text/event-stream", &["data: 3\n\n"], false))
        .respond(nothing);
    assert_eq!(events(&memory, true), [event("a", 1.into()), event("a", 3.into())]);
    let ids: Vec<_> =
        memory.requests().iter().map(|request| request.header("last-event-id").map(str::to_owned)).collect();
    assert_eq!(ids, [None, Some("a".to_owned()), Some("a".to_owned()), Some("a".to_owned())]);
}

#[cfg(feature = "hyper")]
#[test]
fn an_id_that_the_server_takes_back_is_not_sent_again() {
    let memory = Memory::new()
        .respond(response("text/event-stream", &["data: 1\n\n"], false))
        .respond(response("text/event-stream", &["id: a\ndata: 2\n\n"], false))
        .respond(response("text/event-stream", &["id\ndata: 3\n\n"], false))
        .respond(http::Response::builder().status(204).body(Body::empty()).unwrap());
    in_no_time(async {
        let request = Request::new(&client(&memory), &EVENTS).header("Last-Event-ID", "before");
        let mut events = request.send::<runtime::EventStream<Value>>().await.unwrap().reconnecting();
        while let Some(event) = events.next().await {
            event.unwrap();
        }
    });
    let requests = memory.requests();
    let ids: Vec<_> = requests.iter().map(|request| request.header("last-event-id")).collect();
    assert_eq!(ids, [Some("before"), Some("before"), Some("a"), None]);
}

#[cfg(feature = "hyper")]
#[test]
fn a_server_that_asks_for_no_pause_is_not_asked_without_one() {
    let gone = || TransportError::new(TransportErrorKind::Connect).unsent();
    let memory = Memory::new()
        .respond(response("text/event-stream", &["retry: 0\ndata: 1\n\n"], false))
        .fail(gone())
        .fail(gone())
        .respond(http::Response::builder().status(204).body(Body::empty()).unwrap());
    let (last, waited) = in_no_time(async {
        let events =
            Request::new(&client(&memory), &EVENTS).send::<runtime::EventStream<Value>>().await.unwrap();
        let mut events = events.reconnecting();
        assert_eq!(events.next().await.unwrap().unwrap().data, 1);
        events.next().await.is_none()
    });
    assert_eq!((last, waited.as_millis()), (true, 1500));
}

#[test]
fn an_id_that_each_event_would_carry_is_limited() {
    let id = &*format!("id: {}\n", "a".repeat(70_000)).leak();
    let memory = Memory::new().respond(response("text/event-stream", &[id, "data: 1\n\ndata: 2\n\n"], false));
    assert_eq!(events(&memory, false), [Err(ErrorKind::TooLarge)]);
}

#[test]
fn lines_are_json_and_the_last_one_needs_no_end() {
    let pieces = ["{\"a\"", ":1}\n\n no\n\x1e[2]", "\r\n3"];
    let read = |cut| {
        let memory = Memory::new().respond(response("application/x-ndjson", &pieces, cut));
        let (found, _) = in_no_time(async {
            let mut lines =
                Request::new(&client(&memory), &LINES).send::<runtime::LineStream<Value>>().await.unwrap();
            let mut found = Vec::new();
            while let Some(line) = lines.next().await {
                found.push(line.map_err(|error| error.kind()));
            }
            found
        });
        found
    };
    let json = |text: &str| Ok(serde_json::from_str::<Value>(text).unwrap());
    let [first, no, second] = [json("{\"a\":1}"), Err(ErrorKind::Decode), json("[2]")];
    assert_eq!(read(false), [first.clone(), no.clone(), second.clone(), json("3")]);
    // An incomplete line may still be valid JSON, but is not the value that was sent.
    assert_eq!(read(true), [first, no, second, Err(ErrorKind::Transport)]);
}

#[test]
fn bytes_come_piece_by_piece() {
    let read = |cut| {
        let memory = Memory::new().respond(response("image/png", &["ab", "", "c"], cut));
        in_no_time(async move {
            let response =
                Request::new(&client(&memory), &FILE).send_with_response::<runtime::ByteStream>().await?;
            assert_eq!(response.status(), 200);
            let mut stream = response.into_body();
            let mut all = Vec::new();
            while let Some(piece) = stream.next().await {
                all.extend_from_slice(&piece?);
            }
            Ok::<_, Error>(all)
        })
        .0
    };
    assert_eq!(read(false).unwrap(), b"abc");
    let error = read(true).unwrap_err();
    assert_eq!((error.kind(), error.is_retryable()), (ErrorKind::Transport, false));
}

#[test]
fn an_error_of_a_stream_is_read_whole() {
    let memory = Memory::new().reply(404, r#"{"message": "gone"}"#);
    let (error, _) = in_no_time(async {
        Request::new(&client(&memory), &FILE).send_with_response::<runtime::ByteStream>().await.unwrap_err()
    });
    assert_eq!(error.to_string(), "File: 404 Not Found (gone) attempts=1");
}

#[test]
fn the_error_of_an_event_keeps_its_name_data_and_place() {
    let pieces = ["event: delta\ndata: [{\"id\": 1}, {\"id\": \"x\"}]\n\ndata: [{\"id\": 2}]\n\n"];
    let memory = Memory::new().respond(response("text/event-stream", &pieces, false));
    type Numbers = Vec<std::collections::BTreeMap<String, u8>>;
    let ((error, next), _) = in_no_time(async {
        let request = Request::new(&client(&memory), &EVENTS);
        let mut events = request.send::<runtime::EventStream<Numbers>>().await.unwrap();
        (events.next().await.unwrap().unwrap_err(), events.next().await.unwrap().unwrap())
    });
    assert_eq!((error.kind(), error.event()), (ErrorKind::Decode, Some("delta")));
    assert_eq!(error.raw_body(), r#"[{"id": 1}, {"id": "x"}]"#);
    assert_eq!(error.json_path(), Some("$[1].id"));
    let message = "Events: 200 OK (event `delta`: expected an integer, found a string at $[1].id) attempts=1";
    assert_eq!(error.to_string(), message);
    assert_eq!(next.data[0]["id"], 2);
}

#[test]
fn the_error_of_a_line_keeps_the_line_and_its_place() {
    let pieces = ["{\"id\": 1}\n{\"id\": \"x\"}\n"];
    let memory = Memory::new().respond(response("application/x-ndjson", &pieces, false));
    type Numbers = std::collections::BTreeMap<String, u8>;
    let (error, _) = in_no_time(async {
        let request = Request::new(&client(&memory), &LINES);
        let mut lines = request.send::<runtime::LineStream<Numbers>>().await.unwrap();
        assert_eq!(lines.next().await.unwrap().unwrap()["id"], 1);
        lines.next().await.unwrap().unwrap_err()
    });
    assert_eq!((error.event(), error.json_path()), (None, Some("$.id")));
    assert_eq!(error.raw_body(), r#"{"id": "x"}"#);
}
