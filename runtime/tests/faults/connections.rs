//! Connections that fail, stall or are cut short.

use super::{BOTH, SHORT, answer, builder, call, outcome, success};
use crate::support::{
    api::{Client, shown},
    block_on,
    server::{Server, Step, json},
};
use runtime::{ErrorKind, Timeout};
use std::{
    net::TcpListener,
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

#[test]
fn case_01_a_port_that_is_refused_and_then_up_is_tried_again() {
    for post in BOTH {
        let port = TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port();
        let server = Arc::new(Mutex::new(None));
        let later = Arc::clone(&server);
        let client = builder(&format!("http://127.0.0.1:{port}"))
            .jitter(move |_| {
                let listener = TcpListener::bind(("127.0.0.1", port)).unwrap();
                *later.lock().unwrap() = Some(Server::listening(listener, vec![success(post)]));
                Duration::ZERO
            })
            .build()
            .unwrap();
        assert_eq!(block_on(call(&client, post)).unwrap().sid.as_deref(), Some("US1"));
        assert_eq!(server.lock().unwrap().as_ref().unwrap().requests().len(), 1);
    }
}

/// Checks that a GET is retried after this script, and a POST is not.
fn repeated_for_get_alone(script: &[Step], kinds: &[ErrorKind]) {
    let (got, connections) = outcome(false, vec![script.to_vec(), success(false)]);
    assert_eq!((got.unwrap().sid.as_deref(), connections), (Some("US1"), 2), "{script:?}");
    let (got, connections) = outcome(false, vec![script.to_vec()]);
    let error = got.unwrap_err();
    assert_eq!((error.attempts(), connections), (3, 3), "{script:?} {}", shown(&error));
    assert!(kinds.contains(&error.kind()) && error.is_retryable(), "{script:?} {}", shown(&error));
    let (got, connections) = outcome(true, vec![script.to_vec(), success(true)]);
    let error = got.unwrap_err();
    assert_eq!((error.attempts(), connections), (1, 1), "{script:?} {}", shown(&error));
    assert!(kinds.contains(&error.kind()) && !error.is_retryable(), "{script:?} {}", shown(&error));
}

#[test]
fn case_02_a_connection_that_ends_before_the_response() {
    for script in [vec![Step::Read], vec![Step::Read, Step::Reset], answer("HTTP/1.1 200 OK\r\nX-Half")] {
        repeated_for_get_alone(&script, &[ErrorKind::Transport]);
    }
}

/// Heads of successful responses to either operation.
const HEADS: [&str; 2] = ["HTTP/1.1 200 OK", "HTTP/1.1 201 Created"];

#[test]
fn case_03_a_connection_that_ends_inside_the_body() {
    for body in [
        "Content-Length: 99\r\n\r\n{\"sid\"",
        "Transfer-Encoding: chunked\r\n\r\n9\r\n{\"sid\"",
        "Transfer-Encoding: chunked\r\n\r\n6\r\n{\"sid\"\r\n",
    ] {
        for reset in [false, true] {
            for (post, head) in BOTH.into_iter().zip(HEADS) {
                let mut script = answer(format!("{head}\r\n{body}"));
                if reset {
                    script.extend([Step::Wait(SHORT / 4), Step::Reset]);
                }
                let (got, connections) = outcome(post, vec![script, success(post)]);
                assert_eq!((got.is_err(), connections), (post, if post { 1 } else { 2 }), "{got:?}");
                if let Err(error) = got {
                    assert_eq!(error.status().unwrap(), 201);
                    assert!([ErrorKind::Truncated, ErrorKind::Transport].contains(&error.kind()));
                }
            }
        }
    }
}

#[test]
fn case_04_a_body_without_a_length_that_is_cut_short() {
    for (post, head) in BOTH.into_iter().zip(HEADS) {
        let cut = || answer(format!("{head}\r\nContent-Type: application/json\r\n\r\n{{\"sid\""));
        let (got, connections) = outcome(post, vec![cut(), success(post)]);
        assert_eq!((got.is_err(), connections), (post, if post { 1 } else { 2 }), "{got:?}");
        let (got, connections) = outcome(post, vec![cut()]);
        let error = got.unwrap_err();
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::Truncated, connections as u32));
        assert_eq!(error.is_retryable(), !post);
    }
}

#[test]
fn case_05_each_wait_ends_with_its_own_timeout() {
    let long = Duration::from_secs(60);
    for post in BOTH {
        let head =
            || Step::Send(format!("{}\r\nContent-Length: 99\r\n\r\n{{", HEADS[usize::from(post)]).into());
        let drip = || Step::Drip(b' ', Duration::from_millis(20));
        for (script, (attempt, idle, operation), expected) in [
            (vec![Step::Hold], (SHORT, long, long), Timeout::Attempt),
            (vec![Step::Read, Step::Hold], (SHORT, SHORT, long), Timeout::Attempt),
            (vec![Step::Read, head(), Step::Hold], (long, SHORT, long), Timeout::Idle),
            (vec![Step::Read, head(), drip()], (SHORT, long, long), Timeout::Attempt),
            (vec![Step::Read, head(), drip()], (long, long, SHORT), Timeout::Operation),
        ] {
            let server = Server::playing(vec![script]);
            let builder = Client::at(&server.url()).attempt_timeout(attempt).idle_timeout(idle);
            let client = builder.operation_timeout(operation).build().unwrap();
            let start = Instant::now();
            let error = block_on(call(&client, post)).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Timeout(expected), "{}", shown(&error));
            // `tests/time.rs` checks the upper bound, with a paused clock.
            assert!(start.elapsed() >= SHORT);
        }
        let silent = Server::playing(vec![vec![Step::Hold]]);
        let url = format!("https://127.0.0.1:{}", silent.port());
        let client = Client::connecting_within(SHORT, &url).build().unwrap();
        let error = block_on(call(&client, post)).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Timeout(Timeout::Connect), "{}", shown(&error));
    }
}

#[test]
fn case_14_what_is_not_http_is_no_hang_and_the_next_call_works() {
    let headers: String = (0..200).map(|number| format!("x-{number}: a\r\n")).collect();
    for post in BOTH {
        for bad in [
            format!("HTTP/1.1 200 OK\r\n{headers}\r\n"),
            format!("HTTP/1.1 200 OK\r\nx: {}\r\n\r\n", "a".repeat(2 << 20)),
            "HTTP/1.1 abc\r\n\r\n".to_owned(),
            "220 ready\r\n".to_owned(),
        ] {
            let server = Server::playing(vec![answer(bad), success(post)]);
            let client = builder(&server.url()).build().unwrap();
            block_on(async {
                let error = call(&client, post).await.unwrap_err();
                assert_eq!((error.kind(), error.attempts()), (ErrorKind::Transport, 1), "{}", shown(&error));
                call(&client, post).await.unwrap();
            });
        }
        // Bytes after a complete response are not part of it.
        let Some(Step::Send(whole)) = success(post).pop() else { panic!("no answer") };
        let server = Server::playing(vec![answer([&whole[..], b"junk"].concat()), success(post)]);
        let client = builder(&server.url()).build().unwrap();
        block_on(async {
            call(&client, post).await.unwrap();
            call(&client, post).await.unwrap();
        });
    }
}

/// Checks the call to a server with a self-signed certificate.
fn with_certificate(change: impl Fn(&mut rcgen::CertificateParams), name: &str, post: bool) {
    let mut params = rcgen::CertificateParams::new(vec![name.to_owned()]).unwrap();
    change(&mut params);
    let key = rcgen::KeyPair::generate().unwrap();
    let certificate = params.self_signed(&key).unwrap();
    let key = rustls::pki_types::PrivateKeyDer::try_from(key.serialize_der()).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
    let config = config.unwrap().with_no_client_auth();
    let config = Arc::new(config.with_single_cert(vec![certificate.der().clone()], key).unwrap());
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let url = format!("https://{}", listener.local_addr().unwrap());
    let connections = Arc::new(Mutex::new(0));
    let counted = Arc::clone(&connections);
    std::thread::spawn(move || {
        for mut stream in listener.incoming().map_while(Result::ok) {
            *counted.lock().unwrap() += 1;
            let mut tls = rustls::ServerConnection::new(Arc::clone(&config)).unwrap();
            let _ = tls.complete_io(&mut stream);
        }
    });
    let error = block_on(call(&builder(&url).build().unwrap(), post)).unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Tls, 1), "{}", shown(&error));
    assert!(!error.is_retryable());
    assert_eq!(*connections.lock().unwrap(), 1);
}

#[test]
fn case_15_a_certificate_that_is_self_signed_expired_or_of_another_host() {
    for post in BOTH {
        with_certificate(|_| (), "127.0.0.1", post);
        with_certificate(|params| params.not_after = rcgen::date_time_ymd(2000, 1, 1), "127.0.0.1", post);
        with_certificate(|_| (), "other.example", post);
    }
}

#[test]
fn case_16_a_connection_that_went_stale_carries_a_post_at_most_once() {
    for post in BOTH {
        let fine = json(if post { "201 Created" } else { "200 OK" }, "{}");
        let server = Server::playing(vec![vec![Step::Read, Step::Send(fine), Step::Reset]]);
        let client = builder(&server.url()).build().unwrap();
        block_on(async {
            for _ in 0..5 {
                // Success depends on whether the client has noticed the end already. It must not
                // send twice.
                let before = server.requests().len();
                let attempts = call(&client, post).await.map_or_else(|error| error.attempts(), |_| 3);
                let sent = server.requests().len() - before;
                assert!(sent <= if post { 1 } else { attempts as usize }, "{sent} of {attempts}");
            }
        });
    }
}

#[test]
fn case_17_a_call_that_is_dropped_takes_its_connection_along() {
    for post in BOTH {
        let head = format!("{}\r\nContent-Length: 99\r\n\r\n{{", HEADS[usize::from(post)]);
        let inside = vec![Step::Read, Step::Send(head.into()), Step::Hold, Step::Read];
        let server = Server::playing(vec![inside, success(post)]);
        let client = builder(&server.url()).build().unwrap();
        block_on(async {
            // Dropped while the body is received.
            assert!(tokio::time::timeout(SHORT, call(&client, post)).await.is_err());
            call(&client, post).await.unwrap();
        });
        let busy = answer("HTTP/1.1 503 Busy\r\nContent-Length: 0\r\nRetry-After: 50\r\n\r\n");
        let server = Server::playing(vec![busy, success(post)]);
        let client = builder(&server.url()).build().unwrap();
        block_on(async {
            // Dropped during the wait between attempts, if there is one.
            assert_eq!(tokio::time::timeout(SHORT, call(&client, post)).await.is_err(), !post);
            call(&client, post).await.unwrap();
        });
        assert_eq!(server.requests().len(), 2);
    }
}
