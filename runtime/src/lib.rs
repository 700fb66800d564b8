//! What generated clients call.
//!
//! In: what generated code says of an operation, and a caller's arguments. Out: a typed value, or one [`Error`] that
//! keeps all that is known. The rule: whatever is the same for every operation stands here, written by hand.
//!
//! A call goes through these modules: `request` collects arguments, `path` and `header` check them, `call` makes one
//! `attempt` after another, as far as `retry` allows, each of which limits time and size around a [`transport`], and
//! `decode` makes the value that [`model`] knows how to read.
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
//! `validate`: `model::Validate` for models, and with it two crates for patterns. Without it, it does not exist.
//!
//! # Without generated code
//!
//! What a generated client does, by hand:
//!
//! ```
//! use runtime::{Auth, Client, ClientBuilder, Credential, Method, Operation, Request, transport::Memory};
//!
//! const FETCH_USER: Operation = Operation::new("FetchUser", Method::GET, "/v1/Users/{Sid}")
//!     .security(&[&[Credential::Basic]])
//!     .success(&["200"])
//!     .accept("application/json");
//!
//! # async fn example() -> Result<(), runtime::Error> {
//! let memory = Memory::new().reply(200, r#"{"name": "Alice"}"#);
//! let client: Client = ClientBuilder::new("https://example.com")
//!     .auth(Auth::basic("user", "password"))
//!     .transport(memory.clone())
//!     .build()?;
//! let user: runtime::serde_json::Value =
//!     Request::new(&client, &FETCH_USER).path("Sid", "alice@example.com").send().await?;
//! assert_eq!(user["name"], "Alice");
//! assert_eq!(memory.requests()[0].target(), "/v1/Users/alice%40example.com");
//! # Ok(())
//! # }
//! # let mut future = std::pin::pin!(example());
//! # let mut context = std::task::Context::from_waker(std::task::Waker::noop());
//! # assert!(matches!(future.as_mut().poll(&mut context), std::task::Poll::Ready(Ok(()))));
//! ```

mod arguments;
mod attempt;
mod auth;
#[cfg(feature = "blocking")]
mod blocking;
mod builder;
mod call;
mod choose;
mod client;
mod clock;
mod content;
mod decode;
mod error;
mod failure;
mod future;
mod header;
mod json_path;
mod methods;
pub mod model;
mod multipart;
mod observe;
mod operation;
mod pages;
mod path;
mod percent;
mod reply;
mod request;
mod response;
mod response_header;
mod retry;
mod server;
mod server_template;
mod settings;
mod stream;
mod style;
pub mod testing;
mod timer;
mod token;
mod trace;
pub mod transport;
mod tree;

pub use arguments::Text;
pub use auth::{Auth, Credential};
#[cfg(feature = "blocking")]
pub use blocking::{Waiting, waiting};
pub use builder::ClientBuilder;
pub use call::Answer;
pub use client::Client;
pub use clock::{Clock, Sleep};
pub use error::{Error, ErrorKind, Timeout};
pub use future::ResponseFuture;
pub use http::Method;
pub use multipart::{Multipart, Part};
pub use observe::{Attempt, Observer};
pub use operation::Operation;
pub use pages::{Items, Next, Pages, Paging};
pub use reply::Choice;
pub use request::Request;
pub use response::Response;
pub use response_header::Header;
pub use stream::{ByteStream, Event, EventStream, LineStream};
pub use style::Style;
pub use token::{Token, TokenFuture, TokenProvider};

pub use {bytes, http, http_body, jiff, serde_json, uuid};
