//! Many concurrent calls to a scripted server with failures: each call ends with the right outcome,
//! and nothing is leaked.
//!
//! The long form: `cargo test --release -p wirewright-runtime --test soak -- --ignored`.

#![cfg(all(feature = "hyper", target_os = "linux"))]
#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "tests stop at the first surprise"
)]

mod support;

use futures_util::{StreamExt, stream};
use std::{
    collections::HashMap,
    io::{BufRead, BufReader, Write},
    net::{TcpListener, TcpStream},
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering::Relaxed},
    },
    thread,
    time::Duration,
};
use support::api::Client;

/// The server's response to a call, determined by the call's number. One in 25 fails once, so that
/// the retry budget suffices.
#[derive(Clone, Copy, PartialEq)]
enum Fate {
    Fine,
    Missing,
    BusyOnce,
    ResetOnce,
    StalledOnce,
    CutOnce,
}

fn fate(number: usize) -> Fate {
    match (number % 25, number / 25 % 4) {
        (7, _) => Fate::Missing,
        (0, 0) => Fate::BusyOnce,
        (0, 1) => Fate::ResetOnce,
        (0, 2) => Fate::StalledOnce,
        (0, _) => Fate::CutOnce,
        _ => Fate::Fine,
    }
}

#[derive(Default)]
struct Server {
    requests: AtomicUsize,
    tried: Mutex<HashMap<usize, usize>>,
}

impl Server {
    fn start() -> (Arc<Self>, String) {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let server = Arc::new(Self::default());
        let shared = Arc::clone(&server);
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let server = Arc::clone(&shared);
                thread::spawn(move || server.serve(&stream));
            }
        });
        (server, url)
    }

    /// Answers the requests of one connection.
    fn serve(&self, mut stream: &TcpStream) -> Option<()> {
        let mut lines = BufReader::new(stream).lines().map_while(Result::ok);
        while let Some(line) = lines.next() {
            let number: usize = line.split(' ').nth(1)?.rsplit('/').next()?.parse().ok()?;
            while !lines.next()?.is_empty() {}
            self.requests.fetch_add(1, Relaxed);
            let again = {
                let mut tried = self.tried.lock().unwrap();
                let tries = tried.entry(number).or_default();
                *tries += 1;
                *tries > 1
            };
            let body = format!(r#"{{"sid": "{number}"}}"#);
            let head = |status: &str, length: usize| {
                format!(
                    "HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\r\n"
                )
            };
            match fate(number) {
                Fate::Missing => stream.write_all((head("404 Not Found", 2) + "{}").as_bytes()).ok()?,
                Fate::BusyOnce if !again => stream.write_all(head("503 Busy", 0).as_bytes()).ok()?,
                Fate::ResetOnce if !again => {
                    socket2::SockRef::from(stream).set_linger(Some(Duration::ZERO)).ok()?;
                    return None;
                }
                Fate::StalledOnce if !again => {
                    // Until the client closes the connection.
                    lines.next();
                    return None;
                }
                Fate::CutOnce if !again => {
                    stream.write_all((head("200 OK", 99) + "{").as_bytes()).ok()?;
                    return None;
                }
                _ => stream.write_all((head("200 OK", body.len()) + &body).as_bytes()).ok()?,
            }
        }
        Some(())
    }
}

fn descriptors() -> usize {
    std::fs::read_dir("/proc/self/fd").unwrap().count()
}

/// Returns the memory in use, in KB.
fn memory() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
    line.split_whitespace().next().unwrap().parse().unwrap()
}

/// Makes these calls, 64 at a time.
async fn many(client: &Client, numbers: std::ops::Range<usize>) {
    let calls = stream::iter(numbers).map(|number| {
        let future = client.fetch_user("IS1", &number.to_string()).send();
        async move {
            match (fate(number), future.await) {
                (Fate::Missing, Err(error)) => {
                    assert!(error.is_not_found() && error.attempts() == 1, "{error}")
                }
                (Fate::Missing, Ok(_)) => panic!("{number} was found"),
                (_, Ok(user)) => assert_eq!(user.sid.unwrap(), number.to_string()),
                (_, Err(error)) => panic!("{number}: {error:?}"),
            }
        }
    });
    calls.buffer_unordered(64).collect::<()>().await;
}

fn soak(calls: usize) {
    let (server, url) = Server::start();
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let before = descriptors();
    let client = || {
        let builder = Client::at(&url).retries(2).jitter(|_| Duration::ZERO);
        builder.idle_timeout(Duration::from_millis(1500)).build().unwrap()
    };
    let first = client();
    let warm = calls / 10;
    runtime.block_on(many(&first, 0..warm));
    let (warm_memory, second) = (memory(), client());
    runtime.block_on(many(&second, warm..calls));
    // The server's record of each call belongs to the test.
    let grown = memory().saturating_sub(warm_memory);
    assert!(grown < 32 << 10, "{grown} kB");
    let again = (0..calls).filter(|number| !matches!(fate(*number), Fate::Fine | Fate::Missing)).count();
    assert_eq!(server.requests.load(Relaxed), calls + again);
    drop((first, second));
    drop(runtime);
    // The server's threads notice closed connections after some time.
    let gone = (0..100).any(|_| {
        thread::sleep(Duration::from_millis(50));
        descriptors() <= before + 2
    });
    assert!(gone, "{} descriptors, {before} before", descriptors());
}

#[test]
fn a_few_thousand_calls_leave_nothing_behind() {
    soak(3000);
}

#[test]
#[ignore = "takes a while: 100,000 calls"]
fn a_hundred_thousand_calls_leave_nothing_behind() {
    soak(100_000);
}

#[test]
fn while_half_of_the_calls_fail_little_more_is_sent_than_the_calls() {
    let busy = support::server::response("503 Busy", &[], b"");
    let fine = support::server::json("200 OK", "{}");
    let script =
        |bytes: &[u8]| vec![support::server::Step::Read, support::server::Step::Send(bytes.to_vec())];
    let scripts = (0..2000).map(|number| script(if number % 2 == 0 { &busy } else { &fine })).collect();
    let server = support::server::Server::playing(scripts);
    let client = Client::at(&server.url()).retries(2).jitter(|_| Duration::ZERO).build().unwrap();
    support::block_on(async {
        let calls = (0..1000).map(|_| client.fetch_user("IS1", "US1").send());
        stream::iter(calls).buffer_unordered(50).for_each(|_| async {}).await;
    });
    // 500 tokens, and one for each success. A retry takes 14.
    let requests = server.requests().len();
    assert!((1000..=1000 + (500 + 1000) / 14).contains(&requests), "{requests}");
}
