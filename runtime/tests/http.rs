//! The default transport against a scripted server on loopback.

#![cfg(feature = "hyper")]
#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "tests stop at the first surprise"
)]

mod support;

use flate2::{Compression, write::GzEncoder};
use runtime::{
    Error, ErrorKind, Timeout, http,
    transport::{Body, Hyper, Transport, TransportErrorKind},
};
use std::{
    io::Write,
    net::TcpListener,
    time::{Duration, Instant},
};
use support::{
    api::{Client, User, shown},
    block_on,
    server::{Server, Step, json, response},
};

const SHORT: Duration = Duration::from_millis(200);

fn fetch(server: &Server) -> Result<User, Error> {
    let client = Client::at(&server.url()).build().unwrap();
    block_on(client.fetch_user("IS1", "alice@example.com").send())
}

/// Returns the error of a single call to a server with this script.
fn refused(script: Vec<Step>) -> Error {
    let server = Server::playing(vec![script]);
    let error = fetch(&server).unwrap_err();
    assert_eq!((server.connections(), error.attempts()), (1, 1));
    let shown = shown(&error);
    for secret in ["canary", "alice", "Services", "QUMx"] {
        assert!(!shown.contains(secret), "{shown}");
    }
    error
}

fn answered(bytes: impl Into<Vec<u8>>) -> Error {
    refused(vec![Step::Read, Step::Send(bytes.into())])
}

fn gzip(text: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(text).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn the_request_is_what_was_meant() {
    let server = Server::sending(json("200 OK", r#"{"sid": "US1"}"#));
    let client = Client::at(&server.url()).user_agent("test/1").build().unwrap();
    let user = block_on(client.fetch_user("IS1", "a/b").header("X-Trace", "t").send()).unwrap();
    assert_eq!(user.sid.as_deref(), Some("US1"));
    let requests = server.requests();
    let mut lines: Vec<&str> = requests[0].trim_end().split("\r\n").collect();
    lines[1..].sort_unstable();
    assert_eq!(
        lines,
        [
            "GET /v1/Services/IS1/Users/a%2Fb HTTP/1.1",
            &format!("accept-encoding: {}", support::encodings().join(", ")),
            "accept: application/json",
            "authorization: Basic QUMxOmNhbmFyeS10b2tlbg==",
            &format!("host: 127.0.0.1:{}", server.port()),
            "user-agent: test/1",
            "x-trace: t",
        ]
    );
}

#[test]
fn a_request_without_a_body_sends_content_length_zero() {
    let transport = Hyper::direct(SHORT).unwrap();
    for (method, length) in [
        ("GET", None),
        ("DELETE", None),
        ("POST", Some("content-length: 0")),
        ("PUT", Some("content-length: 0")),
        ("PATCH", Some("content-length: 0")),
    ] {
        let server = Server::sending(json("200 OK", "{}"));
        let request = http::Request::builder().method(method).uri(server.url()).body(Body::empty()).unwrap();
        block_on(async { transport.send(request).await }).unwrap();
        let requests = server.requests();
        let told =
            requests[0].lines().find(|line| line.starts_with("content-length") || line.starts_with("tr"));
        assert_eq!(told, length, "{method}");
        assert!(requests[0].contains("\r\naccept: */*\r\n"), "{}", requests[0]);
    }
}

#[test]
fn a_body_of_another_length_than_announced_is_no_failure_of_the_connection() {
    let transport = Hyper::direct(SHORT).unwrap();
    for length in [1, 3] {
        let server = Server::sending(json("200 OK", "{}"));
        let body = Body::new(Body::from("ab")).with_length(length);
        let request = http::Request::post(server.url()).body(body).unwrap();
        let error = block_on(async { transport.send(request).await }).unwrap_err();
        assert_eq!(error.kind(), TransportErrorKind::Other, "{length}");
        assert!(server.requests().is_empty());
    }
}

#[cfg(feature = "__rustls")]
#[test]
fn an_error_names_each_cause_once() {
    let transport = Hyper::direct(SHORT).unwrap();
    let silent = Server::playing(vec![vec![Step::Hold]]);
    for url in ["http://127.0.0.1:1".to_owned(), format!("https://127.0.0.1:{}", silent.port())] {
        let request = http::Request::get(url).body(Body::empty()).unwrap();
        let error = block_on(async { transport.send(request).await }).unwrap_err();
        let causes = std::iter::successors(Some(&error as &dyn std::error::Error), |error| error.source());
        let mut causes: Vec<String> = causes.map(ToString::to_string).collect();
        let all = causes.len();
        causes.sort();
        causes.dedup();
        assert_eq!(causes.len(), all, "{causes:?}");
    }
}

#[test]
fn the_builder_has_a_transport_of_its_own() {
    let builder = Client::builder().server("http://127.0.0.1:9").connect_timeout(SHORT);
    assert!(builder.build().is_ok());
}

#[test]
fn this_machine_is_reached_without_a_proxy() {
    const URL: &str = "RUNTIME_TEST_URL";
    if let Ok(url) = std::env::var(URL) {
        let client = Client::builder().server(url).build().unwrap();
        block_on(client.fetch_user("IS1", "US1").send()).unwrap();
        return;
    }
    // The environment belongs to the whole process, so a child process makes the call.
    let server = Server::sending(json("200 OK", "{}"));
    let proxy = Server::sending(json("200 OK", "{}"));
    let status = std::process::Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "this_machine_is_reached_without_a_proxy"])
        .env(URL, server.url())
        .envs(["http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"].map(|name| (name, proxy.url())))
        .env_remove("no_proxy")
        .env_remove("NO_PROXY")
        .output()
        .unwrap()
        .status;
    assert!(status.success());
    assert_eq!((server.connections(), proxy.connections()), (1, 0));
}

#[test]
fn the_default_transport_sends_a_target_as_it_is() {
    let transport = Hyper::direct(SHORT).unwrap();
    for target in [
        "/",
        "/?",
        "/?x=/?'",
        "//x",
        "/a/%2e%2e/b",
        "/a/../b",
        "/a%2Fb/%252e%252e/%00?x=%20",
        "/v1/Users('a')/$count;v=1,2:@&=+!*~\"|",
    ] {
        let server = Server::sending(json("200 OK", "{}"));
        let request = http::Request::get(format!("{}{target}", server.url())).body(Body::empty()).unwrap();
        block_on(async { transport.send(request).await }).unwrap();
        assert_eq!(server.target(), target);
    }
}

#[test]
fn a_path_value_arrives_or_nothing_does() {
    let server = Server::sending(json("200 OK", "{}"));
    let client = Client::at(&server.url()).build().unwrap();
    for value in ["", ".", ".."] {
        let error = block_on(client.fetch_user("IS1", value).send()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidInput);
    }
    assert_eq!(server.connections(), 0);
    for (value, segment) in [
        ("alice@example.com", "alice%40example.com"),
        ("%2e%2e", "%252e%252e"),
        ("a\\b", "a%5Cb"),
        ("a\tb", "a%09b"),
        ("a?x=1#y", "a%3Fx%3D1%23y"),
        ("👩\u{200f}", "%F0%9F%91%A9%E2%80%8F"),
        ("'()*!~", "%27%28%29%2A%21~"),
    ] {
        let server = Server::sending(json("200 OK", "{}"));
        let client = Client::at(&format!("{}/base/", server.url())).build().unwrap();
        block_on(client.fetch_user("IS1", value).send()).unwrap();
        assert_eq!(server.target(), format!("/base/v1/Services/IS1/Users/{segment}"));
    }
}

#[test]
fn a_connection_is_used_again() {
    let answer = || Step::Send(json("200 OK", "{}"));
    let server = Server::playing(vec![vec![Step::Read, answer(), Step::Read, answer()]]);
    let client = Client::at(&server.url()).build().unwrap();
    block_on(async {
        client.fetch_user("IS1", "US1").send().await.unwrap();
        client.clone().fetch_user("IS1", "US2").send().await.unwrap();
    });
    assert_eq!((server.connections(), server.requests().len()), (1, 2));
}

#[test]
fn a_refused_connection_is_connect() {
    let port = TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port();
    let client = Client::at(&format!("http://127.0.0.1:{port}")).build().unwrap();
    let error = block_on(client.create_user().send()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Connect);
    assert!(error.is_retryable(), "nothing was sent");
    assert_eq!(error.to_string(), "CreateUser: the server could not be reached attempts=1");
    assert!(shown(&error).contains("Connection refused"));
}

#[test]
fn a_connection_that_ends_before_the_response_is_transport() {
    for script in [
        vec![Step::Read],
        vec![Step::Read, Step::Reset],
        vec![Step::Read, Step::Send(b"HTTP/1.1 200 OK\r\nX-Can".to_vec())],
    ] {
        let error = refused(script);
        assert_eq!(error.kind(), ErrorKind::Transport, "{}", shown(&error));
        assert!(error.is_retryable() && error.status().is_none());
    }
}

#[test]
fn a_body_that_ends_too_early_is_truncated() {
    for answer in [
        "HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{\"sid\"",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\n{\"sid\"",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n6\r\n{\"sid\"\r\n",
        "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{\"sid\"",
    ] {
        let error = answered(answer);
        assert_eq!(error.kind(), ErrorKind::Truncated, "{}", shown(&error));
        assert!(error.is_retryable());
        assert_eq!(error.status().unwrap(), 200);
        assert!(error.raw_body().starts_with(b"{\"si"));
    }
    let start = b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{".to_vec();
    let error = refused(vec![Step::Read, Step::Send(start), Step::Wait(SHORT), Step::Reset]);
    assert_eq!(error.kind(), ErrorKind::Transport, "{}", shown(&error));
    assert_eq!(error.status().unwrap(), 200);
}

#[test]
fn malformed_http_is_a_transport_error_and_the_next_call_works() {
    let headers: String = (0..200).map(|n| format!("x-{n}: canary\r\n")).collect();
    for answer in [
        "canary\r\n\r\n".to_owned(),
        "HTTP/1.1 canary\r\n\r\n".to_owned(),
        "SSH-2.0-canary\r\n".to_owned(),
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\ncanary\r\n".to_owned(),
        format!("HTTP/1.1 200 OK\r\n{headers}\r\n"),
        format!("HTTP/1.1 200 OK\r\nx: {}\r\n\r\n", "a".repeat(2 << 20)),
    ] {
        let ok = vec![Step::Read, Step::Send(json("200 OK", "{}"))];
        let server = Server::playing(vec![vec![Step::Read, Step::Send(answer.clone().into())], ok]);
        let client = Client::at(&server.url()).build().unwrap();
        block_on(async {
            let error = client.fetch_user("IS1", "US1").send().await.unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Transport, "{}", shown(&error));
            assert!(!error.is_retryable() && !shown(&error).contains("canary"), "{}", shown(&error));
            client.fetch_user("IS1", "US1").send().await.unwrap();
        });
    }
}

#[test]
fn each_wait_ends_with_the_timeout_that_it_exceeds() {
    let long = Duration::from_secs(60);
    let head = || Step::Send(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{".to_vec());
    let drip = || Step::Drip(b' ', Duration::from_millis(20));
    for (script, timeouts, expected) in [
        (vec![Step::Hold], (SHORT, long, long), Timeout::Attempt),
        (vec![Step::Read, Step::Hold], (long, long, SHORT), Timeout::Operation),
        (vec![Step::Read, head(), Step::Hold], (long, SHORT, long), Timeout::Idle),
        (vec![Step::Read, head(), drip()], (SHORT, long, long), Timeout::Attempt),
    ] {
        let server = Server::playing(vec![script]);
        let (attempt, idle, operation) = timeouts;
        let builder = Client::at(&server.url()).attempt_timeout(attempt).idle_timeout(idle);
        let client = builder.operation_timeout(operation).build().unwrap();
        let start = Instant::now();
        let error = block_on(client.fetch_user("IS1", "US1").send()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Timeout(expected), "{}", shown(&error));
        assert!(start.elapsed() >= SHORT && start.elapsed() < 5 * SHORT, "{:?}", start.elapsed());
    }
}

#[cfg(feature = "__rustls")]
#[test]
fn a_silent_handshake_ends_with_the_connect_timeout() {
    let server = Server::playing(vec![vec![Step::Hold]]);
    let url = format!("https://127.0.0.1:{}", server.port());
    let client = Client::connecting_within(SHORT, &url).build().unwrap();
    let start = Instant::now();
    let error = block_on(client.create_user().send()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout(Timeout::Connect), "{}", shown(&error));
    assert!(error.is_retryable(), "nothing was sent");
    assert!(start.elapsed() >= SHORT && start.elapsed() < 5 * SHORT, "{:?}", start.elapsed());
}

#[test]
fn a_redirect_is_not_followed() {
    let other = Server::sending(json("200 OK", "{}"));
    let location = format!("{}/canary", other.url());
    let error = answered(response("302 Found", &[("Location", &location)], b""));
    assert_eq!(error.kind(), ErrorKind::UnexpectedStatus);
    assert!(error.to_string().contains(&format!("a redirect to {}, not followed", other.url())), "{error}");
    assert_eq!(other.connections(), 0);
}

#[test]
fn gzip_is_read_and_counted() {
    let zipped = |body: &[u8]| response("200 OK", &[("Content-Encoding", "gzip")], body);
    let server = Server::sending(zipped(&gzip(br#"{"sid": "US1"}"#)));
    assert_eq!(fetch(&server).unwrap().sid.as_deref(), Some("US1"));

    let error = answered(zipped(&gzip(&vec![b' '; 64 << 20])));
    assert_eq!(error.kind(), ErrorKind::TooLarge, "{}", shown(&error));
    assert!(error.raw_body().len() <= 64 << 10);

    let mut broken = gzip(&[b' '; 100_000]);
    let middle = broken.len() / 2;
    broken[middle..].fill(0xff);
    let cut = &gzip(&(0..100_000_u32).flat_map(u32::to_le_bytes).collect::<Vec<_>>())[..20_000];
    for body in [b"canary, not gzip", &broken[..], cut] {
        let error = answered(zipped(body));
        assert_eq!(error.kind(), ErrorKind::Decompress, "{}", shown(&error));
        assert!(!error.is_retryable());
    }
    let error = answered(response("200 OK", &[("Content-Encoding", "br")], b"canary"));
    assert_eq!(error.kind(), ErrorKind::Decompress);

    // A connection that breaks inside gzip is not a gzip error.
    let start = [b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 99999\r\n\r\n", cut].concat();
    assert_eq!(answered(start).kind(), ErrorKind::Truncated);
}

#[test]
fn a_body_that_announces_too_much_is_not_read() {
    let error = answered("HTTP/1.1 200 OK\r\nContent-Length: 10737418240\r\n\r\n{}");
    assert_eq!((error.kind(), error.raw_body().len()), (ErrorKind::TooLarge, 0));
}

#[test]
fn of_a_large_error_an_excerpt_is_kept() {
    let html = format!("<html>{}</html>", "canary".repeat(2 << 20));
    let error = answered(response("502 Bad Gateway", &[("Content-Type", "text/html")], html.as_bytes()));
    assert_eq!((error.kind(), error.raw_body().len()), (ErrorKind::Status, 64 << 10));
    assert_eq!(error.to_string(), "FetchUser: 502 Bad Gateway attempts=1");

    let error = answered("HTTP/1.1 500 Oops\r\nContent-Length: 99\r\n\r\n<html>canary");
    assert_eq!((error.kind(), error.raw_body().as_ref()), (ErrorKind::Status, &b"<html>canary"[..]));
    assert_eq!(
        error.to_string(),
        "FetchUser: 500 Internal Server Error (the body ended too early) attempts=1"
    );
}

#[cfg(feature = "__rustls")]
#[test]
fn a_certificate_that_nobody_trusts_is_tls() {
    let certified = rcgen::generate_simple_self_signed(["127.0.0.1".to_owned()]).unwrap();
    let key = rustls::pki_types::PrivateKeyDer::try_from(certified.signing_key.serialize_der()).unwrap();
    let config = rustls::ServerConfig::builder_with_provider(std::sync::Arc::new(
        rustls::crypto::ring::default_provider(),
    ))
    .with_safe_default_protocol_versions()
    .unwrap()
    .with_no_client_auth()
    .with_single_cert(vec![certified.cert.der().clone()], key)
    .unwrap();
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let url = format!("https://{}", listener.local_addr().unwrap());
    let config = std::sync::Arc::new(config);
    std::thread::spawn(move || {
        for mut stream in listener.incoming().map_while(Result::ok) {
            let mut tls = rustls::ServerConnection::new(std::sync::Arc::clone(&config)).unwrap();
            let _ = tls.complete_io(&mut stream);
        }
    });
    let client = Client::at(&url).build().unwrap();
    let error = block_on(client.fetch_user("IS1", "alice").send()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Tls, "{}", shown(&error));
    assert!(!error.is_retryable() && !shown(&error).contains("alice"));
    assert!(shown(&error).contains("certificate"), "{}", shown(&error));

    // TLS to a server without TLS.
    let plain = Server::playing(vec![vec![Step::Send(json("400 Bad Request", "")), Step::Hold]]);
    let client = Client::at(&format!("https://127.0.0.1:{}", plain.port())).build().unwrap();
    let error = block_on(client.fetch_user("IS1", "alice").send()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Tls, "{}", shown(&error));
}

#[cfg(feature = "__rustls")]
#[test]
fn a_name_without_an_address_is_connect() {
    let client = Client::connecting_within(5 * SHORT, "https://nowhere.invalid").build().unwrap();
    let error = block_on(client.fetch_user("IS1", "US1").send()).unwrap_err();
    // A resolver without a network may be slow.
    let kinds = [ErrorKind::Connect, ErrorKind::Timeout(Timeout::Connect)];
    assert!(kinds.contains(&error.kind()), "{}", shown(&error));
    assert!(error.is_retryable());
}

#[test]
fn outside_of_a_tokio_runtime_there_is_an_error_and_no_panic() {
    let client = Client::at("http://127.0.0.1:9").build().unwrap();
    let mut future = std::pin::pin!(client.fetch_user("IS1", "US1").send());
    let outcome = future.as_mut().poll(&mut std::task::Context::from_waker(std::task::Waker::noop()));
    let std::task::Poll::Ready(Err(error)) = outcome else { panic!("pending") };
    assert_eq!(error.kind(), ErrorKind::Configuration);
    assert!(shown(&error).contains("there is no tokio runtime"));
}
