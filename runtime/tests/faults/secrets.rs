//! Searches for secrets in everything that is printed or logged.

use super::answer;
use crate::support::{
    api::{Client, shown},
    block_on,
    server::{Server, Step, json, response},
};
use runtime::Auth;
use std::{
    io::Write,
    sync::{Arc, Mutex},
};
use tracing_subscriber::filter::LevelFilter;

/// The captured log.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[test]
fn case_20_no_secret_is_shown_or_logged() {
    let written = Log::default();
    let writer = written.clone();
    // Captured for the whole process, including the HTTP stack. Other tests log no canary.
    tracing_subscriber::fmt().with_max_level(LevelFilter::TRACE).with_writer(move || writer.clone()).init();
    let echo = r#"{"message": "no canary-identity for canary-token, canary-header"}"#;
    let mut text = String::new();
    for script in [
        answer(json("200 OK", r#"{"identity": "canary-body", "links": {"a": "canary-body"}}"#)),
        answer(json("404 Not Found", echo)),
        answer(json("200 OK", r#"{"sid": ["canary-body"]}"#)),
        answer(json("200 OK", r#"{"links": {"canary-identity": 1}}"#)),
        answer(response("302 Found", &[("Location", "https://a.example/canary-body")], b"canary-body")),
        answer("HTTP/1.1 200 OK\r\ncanary-body"),
        answer("canary-body"),
        vec![Step::Read, Step::Reset],
    ] {
        let server = Server::playing(vec![script]);
        let builder = Client::at(&server.url()).auth(Auth::basic("canary-user", "canary-token"));
        text.push_str(&format!("{builder:?}"));
        let client = builder.build().unwrap();
        let request = client.fetch_user("IS1", "canary-identity").header("x-a", "canary-header");
        text.push_str(&format!("{client:?} {request:?}"));
        let future = request.send_with_response();
        text.push_str(&format!("{future:?}"));
        match block_on(future) {
            Ok(response) => text.push_str(&format!("{:?} {response:?}", response.body())),
            Err(error) => text.push_str(&shown(&error)),
        }
        // The value was sent, so it could have been logged.
        assert!(server.requests()[0].contains("canary-identity"));
    }
    let written = String::from_utf8_lossy(&written.0.lock().unwrap()).into_owned();
    assert!(written.contains("attempt") && written.contains("FetchUser"), "{written}");
    // `canary-user:canary-token` in base64.
    for secret in ["canary", "Y2FuYXJ5"] {
        assert!(!text.contains(secret), "{text}");
        assert!(!written.contains(secret), "{written}");
    }
}
