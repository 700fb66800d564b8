//! Contents other than one JSON value, in both directions, without a network.

#![allow(clippy::indexing_slicing, clippy::unwrap_used, reason = "tests stop at the first surprise")]

mod support;

use runtime::model::AnyJson;
use runtime::reply::{Json, Reply, Text};
use runtime::{
    Answer, Client, ClientBuilder, Error, ErrorKind, Method, Operation, Redirect, Request, Style, http,
    serde_json,
    transport::{Body, Memory},
};
use support::block_on;

const ANY: Operation = Operation::new("Any", Method::POST, "/any");

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
fn content_of_a_range_is_read_by_its_own_content_type() {
    fn got<T: runtime::model::Decode + Send + 'static>(
        media_type: &str,
        body: &'static [u8],
    ) -> Result<T, ErrorKind> {
        let response = http::Response::builder().status(200);
        let response = match media_type {
            "" => response,
            media_type => response.header("Content-Type", media_type),
        };
        let memory = Memory::new().respond(response.body(Body::from(body)).unwrap());
        let client = ClientBuilder::new("https://example.com").transport(memory).build().unwrap();
        let sent = Request::new(&client, &ANY).accept("*/*").send::<Json<T>>();
        block_on(sent).map_err(|error| error.kind())
    }
    for (media_type, body, text) in [
        ("application/json", &b"\"hi\""[..], Ok("hi")),
        ("text/plain;charset=UTF-8", b"hi", Ok("hi")),
        ("text/plain", b"\"hi\"", Ok("\"hi\"")),
        ("text/plain", b"h\xe9", Err(ErrorKind::ContentType)),
        ("", b"\"hi\"", Ok("hi")),
        ("", b"hi", Ok("hi")),
        ("application/json", b"hi", Err(ErrorKind::Decode)),
    ] {
        assert_eq!(got::<String>(media_type, body), text.map(str::to_owned), "{media_type} {body:?}");
    }
    // JSON that its server calls by another type, or by none.
    for media_type in
        ["application/json", "application/hal+json", "text/plain", "application/octet-stream", ""]
    {
        assert_eq!(got::<Vec<i64>>(media_type, b"[1]"), Ok(vec![1]), "{media_type}");
    }
    assert_eq!(got::<Vec<i64>>("text/html", b"<html>"), Err(ErrorKind::ContentType));
    assert_eq!(got::<serde_json::Value>("", b"{\"a\":1}"), Ok(serde_json::json!({"a": 1})));
    assert_eq!(got::<serde_json::Value>("text/plain", b"a"), Ok(serde_json::json!("a")));
}

#[test]
fn a_method_of_any_name_is_sent() {
    const LINK: Operation = Operation::new("Link", Method::POST, "/any").extension_method("LINK");
    const ODD: Operation = Operation::new("Odd", Method::POST, "/any").extension_method("NO TOKEN");
    for (operation, sent) in [(&LINK, "LINK"), (&ODD, "POST")] {
        let (client, memory) = answering(503, "text/plain", b"");
        let got = block_on(Request::new(&client, operation).send::<runtime::reply::Empty>());
        assert_eq!(got.unwrap_err().attempts(), 1, "it is not repeated");
        assert_eq!(memory.requests()[0].method(), sent);
    }
}

#[test]
fn an_error_body_of_plain_text_is_a_string() {
    let body = |media_type, body| {
        let (client, _) = answering(404, media_type, body);
        let error = block_on(Request::new(&client, &ANY).send::<runtime::reply::Empty>()).unwrap_err();
        error.body::<String>()
    };
    assert_eq!(body("text/plain;charset=UTF-8", b"gone").as_deref(), Some("gone"));
    assert_eq!(body("application/json", b"\"gone\"").as_deref(), Some("gone"));
    assert_eq!(body("text/html", b"<html>"), None);
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
            202 => answer.read::<Text>().map(Self::Later),
            _ => answer.read::<Json<_>>().map(Self::Done),
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
    assert_eq!(made(203, "application/json", b"[2]"), Ok((203, Made::Done(serde_json::json!([2])))));
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

#[test]
fn a_response_without_content_is_the_empty_value_of_its_type() {
    const GET: Operation = Operation::new("Get", Method::GET, "/any");
    fn read<T: runtime::model::Decode>(status: u16, is_delimited: bool) -> Result<T, ErrorKind> {
        read_of(&ANY, status, is_delimited)
    }
    fn read_of<T: runtime::model::Decode>(
        operation: &'static Operation,
        status: u16,
        is_delimited: bool,
    ) -> Result<T, ErrorKind> {
        let response = http::Response::builder().status(status);
        let response = if is_delimited { response.header("content-length", "0") } else { response };
        let memory = Memory::new().respond(response.body(Body::empty()).unwrap());
        let client: Client = ClientBuilder::new("https://example.com").transport(memory).build().unwrap();
        block_on(Request::new(&client, operation).send::<Json<T>>()).map_err(|error| error.kind())
    }
    type Map = std::collections::BTreeMap<String, u8>;
    let refused = ErrorKind::UnexpectedStatus;
    for status in [200, 201, 204, 205] {
        for is_delimited in [true, false] {
            assert_eq!(read::<serde_json::Value>(status, is_delimited), Ok(serde_json::Value::Null));
            assert_eq!(read::<Option<u8>>(status, is_delimited), Ok(None));
            assert_eq!(read::<u8>(status, is_delimited), Err(refused));
            // A connection that ended may have broken.
            let is_empty = is_delimited || matches!(status, 204 | 205);
            assert_eq!(
                read::<Map>(status, is_delimited),
                if is_empty { Ok(Map::new()) } else { Err(refused) }
            );
            let list = if is_empty { Ok(Vec::new()) } else { Err(refused) };
            assert_eq!(read::<Vec<u8>>(status, is_delimited), list);
            // A server that announces JSON has to send some.
            let (client, _) = answering(status, "application/json", b"");
            let announced = block_on(Request::new(&client, &ANY).send::<Json<Map>>());
            assert_eq!(announced.is_ok(), matches!(status, 204 | 205));
            // What a GET asks for is the content.
            let content = read_of::<Map>(&GET, status, is_delimited);
            assert_eq!(content.is_ok(), matches!(status, 204 | 205), "{content:?}");
        }
    }
}

#[test]
fn a_redirect_that_the_document_describes_is_a_result() {
    const MOVED: Operation = Operation::new("Moved", Method::GET, "/moved").success(&[302]);
    for (status, expected) in [(302, Ok(302)), (303, Err(ErrorKind::UnexpectedStatus))] {
        let response = http::Response::builder().status(status).header("location", "https://other.example/");
        let memory = Memory::new().respond(response.body(Body::empty()).unwrap());
        let client: Client =
            ClientBuilder::new("https://example.com").transport(memory.clone()).build().unwrap();
        let got = block_on(Request::new(&client, &MOVED).send_with_response::<runtime::reply::Empty>());
        assert_eq!(got.as_ref().map(|got| got.status().as_u16()).map_err(Error::kind), expected);
        let headers = match &got {
            Ok(response) => response.headers(),
            Err(error) => error.headers(),
        };
        assert_eq!(headers["location"], "https://other.example/");
        assert_eq!(memory.requests().len(), 1);
    }
}

#[derive(Debug, PartialEq)]
enum File {
    Ok(serde_json::Value),
    Found(Redirect),
}

impl Reply for File {
    type Value = Self;

    fn read(answer: Answer) -> Result<Self, Error> {
        match answer.status() {
            302 => answer.read::<Redirect>().map(Self::Found),
            _ => answer.read::<Json<_>>().map(Self::Ok),
        }
    }
}

/// Returns the outcome of an operation with a documented 302.
fn moved<R: Reply>(location: Option<&[u8]>, body: &'static str) -> Result<R::Value, Error> {
    const FILE: Operation =
        Operation::new("File", Method::GET, "/file").accept("application/json").success(&[302]);
    let response = http::Response::builder().status(302);
    let response = match location {
        Some(location) => response.header("location", http::HeaderValue::from_bytes(location).unwrap()),
        None => response,
    };
    let memory = Memory::new().respond(response.body(Body::from(body)).unwrap());
    let client: Client = ClientBuilder::new("https://example.com").transport(memory.clone()).build().unwrap();
    let got = block_on(Request::new(&client, &FILE).send::<R>());
    assert_eq!(memory.requests().len(), 1);
    got
}

#[test]
fn a_redirect_has_its_location_and_its_body() {
    let File::Found(redirect) = moved::<File>(Some(b"https://other.example/canary?a=b"), "[1]").unwrap()
    else {
        panic!("no redirect");
    };
    assert_eq!(redirect.location(), Some("https://other.example/canary?a=b"));
    assert_eq!(redirect.body::<Vec<u8>>(), Some(vec![1]));
    assert_eq!(redirect.body::<bool>(), None);
    assert_eq!(&redirect.raw_body()[..], b"[1]");
    assert_eq!(format!("{redirect:?}"), "Redirect { .. }");
    assert_eq!(moved::<Redirect>(Some(b"../up"), "<p>").unwrap().location(), Some("../up"));
    assert_eq!(moved::<Redirect>(Some(b"/\xff"), "").unwrap().location(), None);
    assert_eq!(moved::<Redirect>(None, "").unwrap().location(), None);
}

#[test]
fn a_redirect_is_read_as_no_other_content() {
    fn refused<R: Reply>() -> (ErrorKind, String)
    where
        R::Value: std::fmt::Debug,
    {
        let error = moved::<R>(Some(b"https://other.example/canary"), "{}").unwrap_err();
        assert_eq!(error.headers()["location"], "https://other.example/canary");
        (error.kind(), error.to_string())
    }
    let expected =
        "File: 302 Found (a redirect to https://other.example, not followed) attempts=1".to_owned();
    let expected = (ErrorKind::UnexpectedStatus, expected);
    assert_eq!(refused::<Json<serde_json::Value>>(), expected);
    assert_eq!(refused::<Text>(), expected);
    assert_eq!(refused::<runtime::reply::Binary>(), expected);
    assert_eq!(refused::<runtime::ByteStream>(), expected);
    assert_eq!(refused::<runtime::LineStream<serde_json::Value>>(), expected);
    assert_eq!(refused::<runtime::reply::TextEvents>(), expected);
}

#[test]
fn a_query_string_is_the_json_of_its_value() {
    let (client, memory) = answering(204, "text/plain", b"");
    let counts = serde_json::json!({"flag": null, "numbers": [1, 2]});
    let request = Request::new(&client, &ANY).query_string("counts", &serde_json::json!({}));
    block_on(request.query_string("counts", &counts).send::<runtime::reply::Empty>()).unwrap();
    // The example of OpenAPI 3.2 §4.12.2.1, with its keys in another order.
    let expected = "/any?%7B%22flag%22%3Anull%2C%22numbers%22%3A%5B1%2C2%5D%7D";
    assert_eq!(memory.requests()[0].target(), expected);
    let request = Request::new(&client, &ANY).query_string("counts", &f64::NAN);
    let error = block_on(request.send::<runtime::reply::Empty>()).unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::InvalidInput, 0));
}

#[test]
fn any_json_keeps_its_digits_in_both_directions() {
    for text in [
        "[18446744073709551616,0.1000000000000000055511151231257827]",
        "340282366920938463463374607431768211455",
    ] {
        let (client, _) = answering(200, "application/json", text.as_bytes());
        let read = Request::new(&client, &ANY).accept("application/json").send::<Json<AnyJson>>();
        let read = block_on(read).unwrap();
        let (client, memory) = answering(204, "text/plain", b"");
        let sent = Request::new(&client, &ANY).json("application/json", &read);
        block_on(sent.send::<runtime::reply::Empty>()).unwrap();
        assert_eq!(memory.requests()[0].body(), text.as_bytes());
    }
}

#[test]
fn a_number_is_sent_in_its_shortest_form_and_one_that_is_not_finite_never() {
    let request = |number: f64| {
        let memory = Memory::new().reply(204, "");
        let client: Client =
            ClientBuilder::new("https://example.com").transport(memory.clone()).build().unwrap();
        const AT: Operation = Operation::new("At", Method::POST, "/{id}");
        let object = std::collections::BTreeMap::from([("n", number)]);
        let form = runtime::Multipart::new().value("n", "", &number).value("o", "", &object);
        let request = Request::new(&client, &AT)
            .path_value("id", Style::SIMPLE, &number)
            .query_value("q", Style::FORM.exploded(), &[number, number])
            .header_value("X-Number", Style::SIMPLE, &number)
            .cookie_value("c", Style::FORM, &number);
        let calls = [
            block_on(request.multipart(form).send::<runtime::reply::Empty>()),
            block_on(
                Request::new(&client, &AT).path("id", "1").form(&[], &object).send::<runtime::reply::Empty>(),
            ),
            block_on(
                Request::new(&client, &AT)
                    .path("id", "1")
                    .json("application/json", &object)
                    .send::<runtime::reply::Empty>(),
            ),
        ];
        (memory.requests(), calls.map(|call| call.err().map(|error| error.kind())))
    };
    for (number, text) in [(7.0, "7"), (0.5, "0.5"), (1e21, "1e21")] {
        let (requests, _) = request(number);
        assert_eq!(requests[0].target(), format!("/{text}?q={text}&q={text}"));
        assert_eq!(
            (requests[0].header("x-number"), requests[0].header("cookie")),
            (Some(text), Some(&*format!("c={text}")))
        );
        let body = std::str::from_utf8(requests[0].body()).unwrap();
        assert!(body.contains(&format!("\r\n\r\n{text}\r\n")), "{body}");
        assert!(body.contains(&format!("{{\"n\":{text}}}")), "{body}");
        assert_eq!(requests[1].body(), &format!("n={text}"));
        assert_eq!(requests[2].body(), &format!("{{\"n\":{text}}}"));
    }
    for number in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        let (requests, errors) = request(number);
        assert!(requests.is_empty());
        assert_eq!(errors, [Some(ErrorKind::InvalidInput); 3]);
    }
}
