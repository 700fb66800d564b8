//! Checks streams in pieces: the client returns the same items as a simple parser that reads the
//! whole text.

use super::{block_on, client};
use ::runtime::{
    LineStream, Method, Operation, Request,
    bytes::Bytes,
    http,
    reply::TextEvents,
    serde_json::{self, Value},
    transport::{Body, Memory},
};
use futures_util::stream;

const EVENTS: Operation = Operation::new("Events", Method::GET, "/e").accept("text/event-stream");
const LINES: Operation = Operation::new("Lines", Method::GET, "/l").accept("application/x-ndjson");

/// Returns a response in pieces, whose size depends on the input.
fn response(media_type: &str, bytes: &[u8]) -> Memory {
    let size = 1 + bytes.len() % 7;
    let pieces: Vec<_> =
        bytes.chunks(size).map(|piece| Ok::<_, String>(Bytes::copy_from_slice(piece))).collect();
    let response = http::Response::builder().header("content-type", media_type);
    Memory::new().respond(response.body(Body::stream(stream::iter(pieces))).unwrap())
}

type Event = (String, String, String);

pub(super) fn events(bytes: &[u8]) {
    let memory = response("text/event-stream", bytes);
    let found: Vec<Event> = block_on(async {
        let mut events = Request::new(&client(&memory), &EVENTS).send::<TextEvents>().await.unwrap();
        let mut found = Vec::new();
        while let Some(event) = events.next().await {
            let event = event.unwrap();
            found.push((event.event, event.id, event.data));
        }
        found
    });
    assert_eq!(found, expected_events(bytes));
}

/// Parses a whole text as in WHATWG HTML §9.2.6.
fn expected_events(bytes: &[u8]) -> Vec<Event> {
    let text = String::from_utf8_lossy(bytes).replace("\r\n", "\n").replace('\r', "\n");
    let mut lines: Vec<&str> = text.strip_prefix('\u{feff}').unwrap_or(&text).split('\n').collect();
    // What follows the last end of a line is no line.
    lines.pop();
    let (mut events, mut id) = (Vec::new(), String::new());
    let (mut kind, mut data) = (String::new(), None::<Vec<&str>>);
    for line in lines {
        if line.is_empty() {
            let kind = std::mem::take(&mut kind);
            if let Some(data) = data.take() {
                let kind = if kind.is_empty() { "message".to_owned() } else { kind };
                events.push((kind, id.clone(), data.join("\n")));
            }
            continue;
        }
        let (field, value) = line.split_once(':').unwrap_or((line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match field {
            "event" => value.clone_into(&mut kind),
            "data" => data.get_or_insert_default().push(value),
            "id" if !value.contains('\0') => value.clone_into(&mut id),
            _ => {}
        }
    }
    events
}

pub(super) fn lines(bytes: &[u8]) {
    let memory = response("application/x-ndjson", bytes);
    let found: Vec<Option<Value>> = block_on(async {
        let mut lines = Request::new(&client(&memory), &LINES).send::<LineStream<Value>>().await.unwrap();
        let mut found = Vec::new();
        while let Some(line) = lines.next().await {
            found.push(line.ok());
        }
        found
    });
    let lines = bytes.split(|byte| b"\n\x1e".contains(byte)).filter(|line| !line.trim_ascii().is_empty());
    let parse = |line: &[u8]| serde_json::from_slice(line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line)).ok();
    let lines: Vec<&[u8]> = lines.collect();
    assert_eq!(found.len(), lines.len());
    for (found, line) in found.into_iter().zip(lines) {
        super::json::compare(found, parse(line), line);
    }
}
