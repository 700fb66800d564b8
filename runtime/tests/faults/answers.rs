//! Responses that are refused or unexpected.

use super::{BOTH, answer, builder, call, outcome, success};
use crate::support::{
    api::shown,
    block_on,
    server::{Server, json, response},
};
use flate2::{Compression, write::GzEncoder};
use runtime::{Clock, ErrorKind, Sleep, serde_json};
use std::{
    io::Write,
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};
use wiremock::{
    Mock, MockBuilder, MockServer, ResponseTemplate,
    matchers::{basic_auth, header, method, path},
};

const HOUR: Duration = Duration::from_secs(3600);

/// A clock whose short waits end at once and are recorded. Timeouts, which are longer than an hour
/// here, never end.
#[derive(Clone, Default)]
struct Noting(Arc<Mutex<Vec<u64>>>);

impl Clock for Noting {
    fn now(&self) -> Instant {
        Instant::now()
    }

    fn sleep(&self, duration: Duration) -> Option<Sleep> {
        if duration >= HOUR {
            return Some(Box::pin(std::future::pending()));
        }
        self.0.lock().unwrap().push(duration.as_millis() as u64);
        Some(Box::pin(std::future::ready(())))
    }
}

#[test]
fn case_06_a_wait_that_is_longer_than_the_operation_is_left_to_the_caller() {
    for post in BOTH {
        let busy = response("503 Service Unavailable", &[("Retry-After", "30")], b"");
        let server = Server::playing(vec![answer(busy), success(post)]);
        let client = builder(&server.url()).operation_timeout(Duration::from_secs(20)).build().unwrap();
        let error = block_on(call(&client, post)).unwrap_err();
        assert_eq!(error.retry_after(), Some(Duration::from_secs(30)));
        assert_eq!((error.attempts(), server.requests().len()), (1, 1));
    }
}

#[test]
fn case_07_a_server_that_is_busy_says_how_long() {
    for (retry_after, waits) in [
        ("1", vec![1000, 1000]),
        ("Sun, 06 Nov 1994 08:49:17 GMT", vec![10_000, 10_000]),
        ("-5", vec![500, 1000]),
        ("abc", vec![500, 1000]),
        ("99999", vec![]),
    ] {
        for post in BOTH {
            let headers = [("Retry-After", retry_after), ("Date", "Sun, 06 Nov 1994 08:49:07 GMT")];
            let server = Server::playing(vec![answer(response("429 Too Many Requests", &headers, b""))]);
            let clock = Noting::default();
            let builder = builder(&server.url()).clock(clock.clone()).jitter(|longest| longest);
            let builder = builder.attempt_timeout(2 * HOUR).idle_timeout(HOUR).operation_timeout(3 * HOUR);
            let error = block_on(call(&builder.build().unwrap(), post)).unwrap_err();
            assert!(error.is_rate_limited());
            let expected = if post { &[][..] } else { &waits };
            assert_eq!(*clock.0.lock().unwrap(), expected, "{retry_after}");
            assert_eq!(server.requests().len(), expected.len() + 1);
        }
    }
}

/// Returns a mock for the request of `call`, on an independent server that keeps connections open.
fn expected(post: bool) -> MockBuilder {
    let request = if post {
        Mock::given(method("POST")).and(path("/v1/Users"))
    } else {
        Mock::given(method("GET"))
            .and(path("/v1/Services/IS1/Users/US1"))
            .and(basic_auth("AC1", "canary-token"))
    };
    request.and(header("accept", "application/json"))
}

#[test]
fn case_08_statuses_are_repeated_or_not() {
    for post in BOTH {
        for (status, requests) in [(500, 3), (503, 3), (501, 1), (409, 1), (404, 1)] {
            let requests = if post { 1 } else { requests };
            block_on(async {
                let server = MockServer::start().await;
                let answer = ResponseTemplate::new(status);
                expected(post).respond_with(answer).expect(requests).mount(&server).await;
                let error = call(&builder(&server.uri()).build().unwrap(), post).await.unwrap_err();
                assert_eq!(error.status().unwrap().as_u16(), status);
                assert_eq!(u64::from(error.attempts()), requests);
            });
        }
        block_on(async {
            let server = MockServer::start().await;
            let broken = ResponseTemplate::new(500);
            expected(post).respond_with(broken).up_to_n_times(1).mount(&server).await;
            let fine = ResponseTemplate::new(if post { 201 } else { 200 });
            let fine = fine.set_body_json(serde_json::json!({"sid": "US1"}));
            expected(post).respond_with(fine).mount(&server).await;
            let got = call(&builder(&server.uri()).build().unwrap(), post).await;
            assert_eq!(got.is_err(), post);
            assert_eq!(server.received_requests().await.unwrap().len(), if post { 1 } else { 2 });
        });
    }
}

#[test]
fn case_09_a_redirect_is_not_followed_and_success_has_content() {
    for post in BOTH {
        let other = Server::playing(vec![success(post)]);
        for location in [format!("{}/x", other.url()), "/v1/Users".to_owned(), String::new()] {
            for status in ["302 Found", "307 Temporary Redirect", "304 Not Modified"] {
                let redirect = answer(response(status, &[("Location", &location)], b""));
                let (got, connections) = outcome(post, vec![redirect]);
                let error = got.unwrap_err();
                assert_eq!((error.kind(), error.attempts()), (ErrorKind::UnexpectedStatus, 1));
                assert_eq!(connections, 1);
            }
        }
        assert_eq!(other.connections(), 0);
        let empty = answer(json(if post { "201 Created" } else { "200 OK" }, ""));
        let error = outcome(post, vec![empty]).0.unwrap_err();
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::UnexpectedStatus, 1), "{}", shown(&error));
    }
}

fn gzip(text: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(text).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn case_10_what_is_too_large_or_oddly_encoded_ends_the_call() {
    for post in BOTH {
        let status = if post { "201 Created" } else { "200 OK" };
        let encoded = |encoding, body: &[u8]| response(status, &[("Content-Encoding", encoding)], body);
        for (bytes, expected) in [
            (encoded("gzip", &gzip(&vec![b' '; 64 << 20])), ErrorKind::TooLarge),
            (encoded("gzip", b"no gzip at all"), ErrorKind::Decompress),
            (encoded("br", b"whatever"), ErrorKind::Decompress),
            (
                format!("HTTP/1.1 {status}\r\nContent-Length: 10737418240\r\n\r\n{{}}").into(),
                ErrorKind::TooLarge,
            ),
        ] {
            let (got, connections) = outcome(post, vec![answer(bytes)]);
            let error = got.unwrap_err();
            assert_eq!((error.kind(), error.attempts(), connections), (expected, 1, 1), "{}", shown(&error));
            assert!(error.raw_body().len() <= 64 << 10);
        }
    }
}

#[test]
fn case_10_json_that_is_wrong_in_gzip_that_is_whole_is_no_truncation() {
    for post in BOTH {
        let status = if post { "201 Created" } else { "200 OK" };
        let packed = gzip(br#"{"sid": "US1""#);
        let headers = [("Content-Type", "application/json"), ("Content-Encoding", "gzip")];
        let whole = response(status, &headers, &packed);
        let closing =
            String::from_utf8_lossy(&response(status, &headers, b"")).replace("Content-Length: 0\r\n", "");
        let to_the_end = |body: &[u8]| [closing.as_bytes(), body].concat();
        for (bytes, expected, attempts) in [
            (whole, ErrorKind::Decode, 1),
            (to_the_end(&packed), ErrorKind::Decode, 1),
            (to_the_end(&packed[..packed.len() - 9]), ErrorKind::Truncated, if post { 1 } else { 3 }),
        ] {
            let error = outcome(post, vec![answer(bytes)]).0.unwrap_err();
            assert_eq!((error.kind(), error.attempts()), (expected, attempts), "{}", shown(&error));
        }
    }
}

#[test]
fn case_11_an_error_keeps_its_status_and_an_excerpt() {
    let large = vec![b'x'; 10 << 20];
    for post in BOTH {
        for (bytes, status, kept) in [
            (response("400 Bad Request", &[], &large), 400, 64 << 10),
            (response("502 Bad Gateway", &[("Content-Type", "text/html")], b"<html>"), 502, 6),
            (response("500 Internal Server Error", &[], b""), 500, 0),
            (json("400 Bad Request", r#"{"code": [], "message": 1, "error": null}"#), 400, 41),
        ] {
            let error = outcome(post, vec![answer(bytes)]).0.unwrap_err();
            assert_eq!((error.kind(), error.status().unwrap().as_u16()), (ErrorKind::Status, status));
            assert_eq!(error.raw_body().len(), kept);
            assert!(error.to_string().len() < 200);
        }
    }
}

#[test]
fn case_12_content_of_another_kind_is_refused_once() {
    for post in BOTH {
        let status = if post { "201 Created" } else { "200 OK" };
        let typed = |media_type, body: &[u8]| response(status, &[("Content-Type", media_type)], body);
        for fine in [
            typed("application/json; charset=utf-8", b"{}"),
            typed("application/json", b"\xef\xbb\xbf{}"),
            typed("application/json", b"{} \r\n"),
        ] {
            outcome(post, vec![answer(fine)]).0.unwrap();
        }
        for (bytes, expected) in [
            (typed("text/html", b"{}"), ErrorKind::ContentType),
            (typed("application/json", b"{\"sid\": \"\xff\"}"), ErrorKind::Decode),
            (typed("application/json", b"{} trailing"), ErrorKind::Decode),
        ] {
            let (got, connections) = outcome(post, vec![answer(bytes)]);
            let error = got.unwrap_err();
            assert_eq!((error.kind(), error.attempts(), connections), (expected, 1, 1), "{}", shown(&error));
        }
    }
}

#[test]
fn case_13_json_of_any_shape_is_a_value_or_an_error() {
    let deep = |open: &str, close: &str| format!("{}{}", open.repeat(100_000), close.repeat(100_000));
    for post in BOTH {
        for (body, fine) in [
            (r#"{"sid":null,"identity":null,"links":null}"#.to_owned(), true),
            (r#"{"new": {"a": [1e20, {"b": null}]}}"#.to_owned(), true),
            // RFC 8259 §4 does not define which one counts. A model takes the last.
            (r#"{"sid": "a", "sid": "b"}"#.to_owned(), true),
            (r#"{"sid": 1e20}"#.to_owned(), false),
            (deep("[", "]"), false),
            (format!(r#"{{"sid": {}}}"#, deep("[", "]")), false),
            // Unread values are skipped without recursion.
            (format!(r#"{{"new": {}}}"#, deep(r#"{"a":["#, "]}")), true),
        ] {
            // The default stack of a thread.
            let run = move || {
                let status = if post { "201 Created" } else { "200 OK" };
                let got = outcome(post, vec![answer(json(status, &body))]).0;
                assert_eq!(got.is_ok(), fine, "{:?}", got.err());
            };
            std::thread::Builder::new().stack_size(2 << 20).spawn(run).unwrap().join().unwrap();
        }
    }
}
