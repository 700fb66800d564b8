//! Checks that a client handles any value of a response header.

use super::{block_on, client};
use crate::text;
use ::runtime::{
    Error, Header, Method, Next, Operation, Paging, Request, http,
    reply::Json,
    serde_json::Value,
    transport::{Body, Memory},
};
use std::collections::{BTreeMap, HashSet};
use std::time::Duration;

const LIST: Operation = Operation::new("List", Method::GET, "/list").accept("application/json");

fn response(status: u16, headers: &[(&str, &[u8])]) -> Option<http::Response<Body>> {
    let builder = http::Response::builder().status(status).header("content-type", "application/json");
    let builder = headers.iter().fold(builder, |builder, (name, value)| builder.header(*name, *value));
    builder.body(Body::from("[1]")).ok()
}

/// Checks that no page is requested from another server or twice, whatever `Link` contains.
pub(super) fn link(bytes: &[u8]) {
    if response(200, &[("link", bytes)]).is_none() {
        return;
    }
    let link = bytes.to_vec();
    let memory = Memory::answering(move |_| Ok(response(200, &[("link", &link)]).unwrap()));
    let paging = Paging::new(|page: Vec<Value>| page, Next::Link);
    let mut pages = Request::new(&client(&memory), &LIST).pages(paging);
    // An address relative to the page's may lead to ever new pages, which the caller ends.
    block_on(async {
        for _ in 0..8 {
            let _ = pages.next().await;
        }
    });
    let requests = memory.requests();
    let mut known = HashSet::new();
    for request in &requests {
        assert_eq!(request.uri().scheme_str(), Some("https"));
        assert!(["example.com", "example.com:443"].contains(&request.uri().authority().unwrap().as_str()));
        assert!(known.insert(request.target().to_owned()), "{} again", request.target());
    }
}

/// Checks that the wait of an error is at most a year. The first line of the input is
/// `Retry-After`, the second is `Date`.
pub(super) fn retry_after(bytes: &[u8]) {
    let mut lines = bytes.splitn(2, |byte| *byte == b'\n');
    let headers =
        [("retry-after", lines.next().unwrap_or_default()), ("date", lines.next().unwrap_or_default())];
    let Some(response) = response(503, &headers) else { return };
    let memory = Memory::new().respond(response);
    let read: Result<Vec<Value>, Error> = block_on(Request::new(&client(&memory), &LIST).send::<Json<_>>());
    let wait = read.unwrap_err().retry_after();
    assert!(wait.is_none_or(|wait| wait <= Duration::from_secs(366 * 24 * 60 * 60)), "{wait:?}");
}

/// Checks that a header is decoded without a panic, and that a string has the header's text.
pub(super) fn value(bytes: &[u8]) {
    let Some(response) = response(503, &[("x-a", bytes)]) else { return };
    let memory = Memory::new().respond(response);
    let read: Result<Vec<Value>, Error> = block_on(Request::new(&client(&memory), &LIST).send::<Json<_>>());
    let error = read.unwrap_err();
    let whole: Option<String> = error.header(Header::new("x-a"));
    let given = text(bytes);
    if given.bytes().all(|byte| (0x20..0x7f).contains(&byte)) {
        assert_eq!(whole.as_deref(), Some(&*given));
    }
    let _: Option<Vec<i64>> = error.header(Header::new("x-a"));
    let _: Option<Vec<String>> = error.header(Header::new("x-a"));
    let _: Option<BTreeMap<String, bool>> = error.header(Header::new("x-a"));
    let _: Option<Value> = error.header(Header::new("x-a"));
}
