//! The 22 ways in which a call goes wrong, for GET and POST, over real connections: one test a case.
//!
//! Most are driven byte for byte by a server of our own, which closes each connection; case 8, where all depends on
//! statuses and their number, by wiremock, whose HTTP is not ours and whose connections are kept. Case 21, pages, stands
//! in `tests/pages.rs`; the many calls at once of case 17 in `tests/soak.rs`.

#![cfg(all(feature = "hyper", feature = "rustls-ring"))]
#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "tests stop at the first surprise"
)]

#[path = "../support/mod.rs"]
mod support;

mod answers;
mod connections;
mod secrets;
mod values;

use runtime::Error;
use std::time::Duration;
use support::{
    api::{Client, User},
    server::{Server, Step},
};

const SHORT: Duration = Duration::from_millis(200);
const BOTH: [bool; 2] = [false, true];

/// A builder of clients that repeat twice without waiting.
fn builder(url: &str) -> runtime::ClientBuilder<Client> {
    Client::at(url).retries(2).jitter(|_| Duration::ZERO)
}

/// A GET, or a POST.
async fn call(client: &Client, post: bool) -> Result<User, Error> {
    if post { client.create_user().send().await } else { client.fetch_user("IS1", "US1").send().await }
}

/// What a call comes to with a server that plays these scripts, and how many connections it made.
fn outcome(post: bool, scripts: Vec<Vec<Step>>) -> (Result<User, Error>, usize) {
    let server = Server::playing(scripts);
    let client = builder(&server.url()).build().unwrap();
    (support::block_on(call(&client, post)), server.connections())
}

/// A script that answers one request with these bytes and closes, and says so: whether a client notices in time that a
/// connection is gone is a case of its own.
fn answer(bytes: impl Into<Vec<u8>>) -> Vec<Step> {
    let mut bytes = bytes.into();
    let line = bytes.windows(2).position(|two| two == b"\r\n").filter(|_| bytes.starts_with(b"HTTP/1.1 "));
    if let Some(line) = line {
        bytes.splice(line + 2..line + 2, *b"Connection: close\r\n");
    }
    vec![Step::Read, Step::Send(bytes)]
}

/// What both operations call success.
fn success(post: bool) -> Vec<Step> {
    answer(support::server::json(if post { "201 Created" } else { "200 OK" }, r#"{"sid": "US1"}"#))
}
