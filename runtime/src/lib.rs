//! What generated clients call.
//!
//! In: what generated code says of an operation, and a caller's arguments. Out: a typed value, or one [`Error`] that
//! keeps all that is known. The rule: whatever is the same for every operation stands here, written by hand.
//!
//! The folders, each of which is there for those below it:
//!
//! * [`transport`]: sends one HTTP request and gives its response.
//! * `wire`: percent-encoding and header values.
//! * [`model`]: reads and writes JSON.
//! * `error`: the one [`Error`] of all calls.
//! * `client`: [`ClientBuilder`], settings, server, credentials, clock.
//! * `request`: collects the arguments of a call.
//! * `response`: decodes what came.
//! * `call`: makes attempts, as far as retries and timeouts allow.
//! * `stream` and `pages`: events, lines and lists that come piece by piece.
//! * [`oauth`]: fetches tokens from an OAuth 2.0 server.
//! * [`testing`]: stands in for a server in a user's tests.
//!
//! # Features
//!
//! * `hyper` (default): HTTP by hyper, and tokio's clock. Calls then run on a tokio runtime with I/O and time turned
//!   on (`enable_all`, as `#[tokio::main]` does): on one without, tokio panics. Without the feature a client needs a
//!   [`Transport`](transport::Transport) of your own, and a [`Clock`] for timeouts; tokio is then not in the tree.
//! * `rustls-ring` (default) and `rustls-aws-lc`: TLS by rustls, over ring or over aws-lc, which is larger and needs more
//!   tools on some platforms but has post-quantum key exchange. With both it is aws-lc; without either, `https` fails.
//! * `blocking`: `.send().wait()` in programs without an async runtime, on one thread that all calls share.
//! * `tracing` (default): a span of `tracing` for each operation and each of its attempts.
//!
//! `pkce`: `oauth::Pkce`, the proof key of an authorization code, and with it crates for SHA-256 and random bytes.
//!
//! `validate`: `model::Validate` for models, and with it two crates for patterns. Without it, it does not exist.
//!
//! # Without generated code
//!
//! What a generated client does, by hand:
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
pub use response::{Response, answer::Answer, future::ResponseFuture, header::Header};
pub use stream::{ByteStream, Event, EventStream, LineStream};

/// How a response becomes a value: what [`Request::send`] takes as its type. [`ByteStream`], [`EventStream`] and
/// [`LineStream`] are replies too.
pub mod reply {
    pub use crate::response::reply::{Binary, Empty, Json, Reply, Text};
    pub use crate::stream::TextEvents;
}

pub use {bytes, http, http_body, jiff, serde_json, uuid};
