//! The library that generated clients use.
//!
//! Input: the description of an operation from generated code, and a caller's arguments. Output: a
//! typed value, or an [`Error`] with everything known. Code that is the same for every operation is
//! in this crate, written by hand.
//!
//! The folders. Each uses only those above it:
//!
//! * [`transport`]: sends one HTTP request and returns its response.
//! * `wire`: percent-encoding and header values.
//! * [`model`]: decodes and encodes JSON.
//! * `error`: the [`Error`] of all calls.
//! * `client`: [`ClientBuilder`], settings, server, credentials, clock.
//! * `request`: collects the arguments of a call.
//! * `response`: decodes responses.
//! * `call`: makes attempts, within the limits on retries and time.
//! * `stream` and `pages`: events, JSON lines and paged lists.
//! * [`oauth`]: fetches tokens from an OAuth 2.0 server.
//! * [`testing`]: replaces the server in tests.
//!
//! # Features
//!
//! * `hyper` (default): HTTP by hyper, and tokio's clock. Calls need a tokio runtime with I/O and time
//!   enabled (`enable_all`, as `#[tokio::main]` does), otherwise tokio panics. Without the feature a
//!   client needs your own [`Transport`](transport::Transport), and a [`Clock`] for timeouts, and does
//!   not depend on tokio.
//! * `rustls-ring` (default) and `rustls-aws-lc`: TLS by rustls, with ring or aws-lc. aws-lc is larger
//!   and needs more tools on some platforms, but has post-quantum key exchange. With both features
//!   aws-lc is used. Without either, `https` fails.
//! * `blocking`: `.send().wait()` in programs without an async runtime, on one thread that all calls
//!   share.
//! * `brotli` and `zstd`: responses in Brotli and Zstandard, beside gzip. The window of a
//!   response takes up to 16 MiB (Brotli) or 8 MiB (Zstandard) of memory. `zstd` compiles C code.
//! * `tracing` (default): a span of `tracing` for each operation and each of its attempts.
//! * `pkce`: `oauth::Pkce`, the proof key of an authorization code. Adds crates for SHA-256 and
//!   random bytes.
//! * `validate`: `model::Validate` for models. Adds two crates for patterns.
//!
//! # Without generated code
//!
//! The hand-written equivalent of a generated client:
//!
//! ```
//! use runtime::{Auth, Client, ClientBuilder, Credential, Method, Operation, Request};
//! use runtime::{reply::Json, transport::Memory};
//!
//! const FETCH_USER: Operation = Operation::new("FetchUser", Method::GET, "/v1/Users/{Sid}")
//!     .security(&[&[Credential::Basic]])
//!     .accept("application/json");
//!
//! # async fn example() -> Result<(), runtime::Error> {
//! let memory = Memory::new().reply(200, r#"{"name": "Alice"}"#);
//! let client: Client = ClientBuilder::new("https://example.com")
//!     .auth(Auth::basic("user", "password"))
//!     .transport(memory.clone())
//!     .build()?;
//! let user = Request::new(&client, &FETCH_USER)
//!     .path("Sid", "alice@example.com")
//!     .send::<Json<runtime::serde_json::Value>>()
//!     .await?;
//! assert_eq!(user["name"], "Alice");
//! assert_eq!(memory.requests()[0].target(), "/v1/Users/alice%40example.com");
//! # Ok(())
//! # }
//! # let mut future = std::pin::pin!(example());
//! # let mut context = std::task::Context::from_waker(std::task::Waker::noop());
//! # assert!(matches!(future.as_mut().poll(&mut context), std::task::Poll::Ready(Ok(()))));
//! ```

mod call;
mod client;
mod error;
pub mod model;
pub mod oauth;
mod pages;
mod request;
mod response;
mod stream;
pub mod testing;
pub mod transport;
mod wire;

#[cfg(feature = "blocking")]
pub use call::blocking::{Waiting, waiting};
pub use client::auth::{Auth, Credential};
pub use client::builder::ClientBuilder;
pub use client::clock::{Clock, Sleep};
pub use client::observer::{Attempt, Observer};
pub use client::token::{Token, TokenFuture, TokenProvider};
pub use client::{Client, operation::Operation};
pub use error::{Error, ErrorKind, Timeout};
pub use http::Method;
pub use pages::{Items, Next, Pages, Paging};
pub use request::arguments::{Text, list, map};
pub use request::multipart::{Multipart, Part};
pub use request::options::CallOptions;
pub use request::{Request, style::Style};
pub use response::{Response, answer::Answer, future::ResponseFuture, header::Header, redirect::Redirect};
pub use stream::{ByteStream, Event, EventStream, LineStream};

/// Ways to decode a response, for use as the type argument of [`Request::send`]. [`ByteStream`],
/// [`EventStream`], [`LineStream`] and [`Redirect`] are replies too.
pub mod reply {
    pub use crate::response::reply::{Binary, Empty, Json, Reply, Text};
    pub use crate::stream::{NamedEvents, TextEvents};
}

pub use {bytes, http, http_body, jiff, serde_json, uuid};
