//! The 22 fault cases of a call, for GET and POST, over real connections: one test a case.
//!
//! Most use a scripted server, which closes each connection. Case 8, which depends on many
//! statuses, uses wiremock, an independent server that keeps connections open. Case 21, pages, is
//! in `tests/pages.rs`. The concurrent calls of case 17 are in `tests/soak.rs`.

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

/// Returns a builder of clients that retry twice without waiting.
fn builder(url: &str) -> runtime::ClientBuilder<Client> {
    Client::at(url).retries(2).jitter(|_| Duration::ZERO)
}

/// Makes a GET or a POST.
async fn call(client: &Client, post: bool) -> Result<User, Error> {
    if post { client.create_user().send().await } else { client.fetch_user("IS1", "US1").send().await }
}

/// Returns the outcome of a call to a server with these scripts, and the number of connections.
fn outcome(post: bool, scripts: Vec<Vec<Step>>) -> (Result<User, Error>, usize) {
    let server = Server::playing(scripts);
    let client = builder(&server.url()).build().unwrap();
    (support::block_on(call(&client, post)), server.connections())
}

/// Returns a script that answers one request with these bytes, announces the close and closes.
/// Closing without announcement is a separate case.
fn answer(bytes: impl Into<Vec<u8>>) -> Vec<Step> {
    let mut bytes = bytes.into();
    let line = bytes.windows(2).position(|two| two == b"\r\n").filter(|_| bytes.starts_with(b"HTTP/1.1 "));
    if let Some(line) = line {
        bytes.splice(line + 2..line + 2, *b"Connection: close\r\n");
    }
    vec![Step::Read, Step::Send(bytes)]
}

/// Returns a script with a success of either operation.
fn success(post: bool) -> Vec<Step> {
    answer(support::server::json(if post { "201 Created" } else { "200 OK" }, r#"{"sid": "US1"}"#))
}
