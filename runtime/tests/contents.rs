//! Contents other than one JSON value, in both directions, without a network.

#![allow(clippy::indexing_slicing, clippy::unwrap_used, reason = "tests stop at the first surprise")]

mod support;

use runtime::reply::{Json, Reply, Text};
use runtime::{
    Answer, Client, ClientBuilder, Error, ErrorKind, Method, Operation, Request, Style, http, serde_json,
    transport::{Body, Memory},
};
use support::block_on;

const ANY: Operation = Operation::new("Any", Method::POST, "/any").success(&["2XX"]);

fn answering(status: u16, media_type: &str, body: &'static [u8]) -> (Client, Memory) {
    let response = http::Response::builder().status(status).header("Content-Type", media_type);
    let memory = Memory::new().respond(response.body(Body::from(body)).unwrap());
    (ClientBuilder::new("https://example.com").transport(memory.clone()).build().unwrap(), memory)
}

#[test]
fn a_text_is_utf_8_of_the_type_that_was_asked_for() {
    let text = |media_type, body| {
        let (client, memory) = answering(200, media_type, body);
        let got = block_on(
            Request::new(&client, &ANY).accept("text/plain").send_with_response::<runtime::reply::Text>(),
        );
        assert_eq!(memory.requests()[0].header("accept"), Some("text/plain"));
        got.map(runtime::Response::into_body).map_err(|error| error.kind())
    };
    assert_eq!(text("text/plain; charset=utf-8", b"\xef\xbb\xbfh\xc3\xa9"), Ok("hé".to_owned()));
    assert_eq!(text("text/plain", b""), Ok(String::new()));
    assert_eq!(text("text/plain", b"h\xe9"), Err(ErrorKind::Decode));
    assert_eq!(text("text/html", b"<html>"), Err(ErrorKind::ContentType));
}

#[test]
fn bytes_are_given_as_they_came() {
    let (client, _) = answering(200, "image/png", b"\x89PNG\xff");
    let got =
        block_on(Request::new(&client, &ANY).accept("image/*").send::<runtime::reply::Binary>()).unwrap();
    assert_eq!(&got[..], b"\x89PNG\xff");
    let (client, _) = answering(200, "text/html", b"<html>");
    let error =
        block_on(Request::new(&client, &ANY).accept("image/*").send::<runtime::reply::Binary>()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ContentType);
    assert_eq!(error.raw_body(), "<html>");
}

#[derive(Debug, PartialEq)]
enum Made {
    Done(serde_json::Value),
    Later(String),
}

impl Reply for Made {
    type Value = Self;

    fn read(answer: Answer) -> Result<Self, Error> {
        match answer.status() {
            200 => answer.read::<Json<_>>().map(Self::Done),
            202 => answer.read::<Text>().map(Self::Later),
            _ => Err(answer.undocumented()),
        }
    }
}

#[test]
fn a_status_decides_what_a_body_is() {
    let made = |status, media_type, body| {
        let (client, _) = answering(status, media_type, body);
        let accept = "application/json, text/plain";
        let got = block_on(Request::new(&client, &ANY).accept(accept).send_with_response::<Made>());
        got.map(|response| (response.status().as_u16(), response.into_body())).map_err(|error| error.kind())
    };
    assert_eq!(made(200, "application/json", b"[1]"), Ok((200, Made::Done(serde_json::json!([1])))));
    assert_eq!(made(202, "text/plain", b"[1]"), Ok((202, Made::Later("[1]".to_owned()))));
    assert_eq!(made(200, "application/json", b"[1"), Err(ErrorKind::Truncated));
    assert_eq!(made(203, "text/plain", b""), Err(ErrorKind::UnexpectedStatus));
}

#[test]
fn a_body_goes_out_with_its_media_type() {
    let sent = |add: &dyn Fn(Request) -> Request| {
        let (client, memory) = answering(200, "text/plain", b"");
        block_on(add(Request::new(&client, &ANY)).send::<runtime::reply::Empty>())
            .map_err(|error| (error.kind(), error.attempts()))?;
        let request = &memory.requests()[0];
        let body = String::from_utf8(request.body().to_vec()).unwrap();
        Ok((request.header("content-type").unwrap().to_owned(), body))
    };
    let form = serde_json::json!({"a": "1 &", "b": [1, 2], "c": {"d": null}, "e": null});
    assert_eq!(
        sent(&|request| request.form(&[("b", Style::FORM)], &form)),
        Ok((
            "application/x-www-form-urlencoded".to_owned(),
            "a=1+%26&b=1,2&c=%7B%22d%22%3Anull%7D".to_owned()
        ))
    );
    assert_eq!(
        sent(&|request| request.body("text/csv", "a,b")),
        Ok(("text/csv".to_owned(), "a,b".to_owned()))
    );
    let refused = Err((ErrorKind::InvalidInput, 0));
    assert_eq!(sent(&|request| request.body("text/csv\r\nX: y", "")), refused);
    assert_eq!(sent(&|request| request.form(&[], &[1])), refused);
}
