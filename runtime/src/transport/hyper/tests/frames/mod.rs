//! Hostile frames over HTTP/2 (RFC 9113), byte for byte.
//!
//! Input: a table of frames that a server sends after a request's head. Each response is a value or
//! an error of an expected kind, in bounded time and memory.

mod cases;
mod frame;

use super::{LONG, http2};
use crate::{Client, ClientBuilder, Method, Operation, Request, reply::Json, transport::Body};
use cases::{BROKEN, Case, Then, bodies, connection, heads};
use frame::{HEADERS, SETTINGS, answered, frame, setting};
use serde_json::Value;
use std::{
    io::{Read as _, Write as _},
    net::{TcpListener, TcpStream},
    time::{Duration, Instant},
};

const READ: Operation = Operation::new("Read", Method::POST, "/").accept("application/json");

/// The largest body, in bytes.
const BODY: u64 = 1 << 20;
/// The most memory of a call, in bytes.
const HELD: u64 = 64 << 20;
const ATTEMPT: Duration = Duration::from_secs(1);

/// Reads the client's frames up to the head of its request.
fn read_head(stream: &mut TcpStream) -> std::io::Result<()> {
    stream.read_exact(&mut [0; 24])?;
    loop {
        let mut start = [0; 9];
        stream.read_exact(&mut start)?;
        let length = u32::from_be_bytes([0, start[0], start[1], start[2]]);
        stream.read_exact(&mut vec![0; usize::try_from(length).unwrap()])?;
        if start[3] == HEADERS {
            return Ok(());
        }
    }
}

/// Answers one connection, and returns its server's address.
fn serve(bytes: Vec<u8>, then: Then) -> String {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || -> std::io::Result<()> {
        let (mut stream, _) = listener.accept()?;
        stream.write_all(&frame(SETTINGS, 0, 0, &[]))?;
        read_head(&mut stream)?;
        // A thread reads the rest of the client's frames, so that neither side waits for the other.
        let mut other = stream.try_clone()?;
        let reader =
            std::thread::spawn(move || while !matches!(other.read(&mut [0; 4096]), Ok(0) | Err(_)) {});
        stream.write_all(&bytes)?;
        match then {
            Then::Repeat(bytes) => loop {
                stream.write_all(&bytes)?;
            },
            Then::Silence => {
                let _ = reader.join();
            }
            Then::Close => stream.shutdown(std::net::Shutdown::Write)?,
        }
        Ok(())
    });
    url
}

fn check(cases: Vec<Case>) {
    let mut wrong = Vec::new();
    for Case(name, gives, bytes, then) in cases {
        let client = ClientBuilder::<Client>::new(serve(bytes, then))
            .transport(http2())
            .retries(0)
            .attempt_timeout(ATTEMPT)
            .max_body_bytes(BODY)
            .build()
            .unwrap();
        let mut got = None;
        let start = Instant::now();
        let held = allocation_counter::measure(|| {
            let call = async {
                tokio::time::timeout(LONG, Request::new(&client, &READ).send::<Json<Value>>()).await
            };
            got = Some(super::block_on(call));
        });
        let got = got.unwrap().map(|result| result.map(drop).map_err(|error| error.kind()));
        let is_expected = match got {
            Ok(Ok(())) => gives.is_empty(),
            Ok(Err(kind)) => gives.contains(&kind),
            Err(_) => false,
        };
        if !is_expected || start.elapsed() > LONG / 2 || held.bytes_max > HELD {
            let expected = if gives.is_empty() { "a value".to_owned() } else { format!("{gives:?}") };
            wrong.push(format!(
                "{name}: {got:?} instead of {expected}, {} bytes, {:?}",
                held.bytes_max,
                start.elapsed()
            ));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn frames_of_the_connection_are_read_or_refused() {
    check(connection());
}

#[test]
fn heads_over_http_2_are_read_or_refused() {
    check(heads());
}

#[test]
fn bodies_over_http_2_are_read_or_refused() {
    check(bodies());
}

/// The server closes the connection at each byte of a response.
#[test]
fn a_response_that_ends_at_any_byte_is_no_value() {
    let whole = answered(&[]);
    let cut = |length: usize| Case("cut", BROKEN, whole[..length].to_vec(), Then::Close);
    check((0..whole.len()).map(cut).collect());
}

/// The server never opens its window, so that the request's body is not sent.
#[test]
fn a_window_that_never_opens_ends_with_the_timeout() {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    std::thread::spawn(move || -> std::io::Result<()> {
        let (mut stream, _) = listener.accept()?;
        stream.write_all(&setting(4, 0))?;
        while stream.read(&mut [0; 4096])? > 0 {}
        Ok(())
    });
    let sent = super::block_on(async {
        let request = http::Request::post(url).body(Body::from(vec![0; 1 << 20])).unwrap();
        let transport = http2();
        tokio::time::timeout(ATTEMPT, super::Transport::send(&transport, request)).await.map(drop)
    });
    assert!(sent.is_err(), "the transport waits, and the client's timeout ends the attempt");
}
