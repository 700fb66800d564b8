//! Scripted responses and custom errors, for tests of programs that use a client.
//!
//! Input: the responses of each operation. Output: a client that receives them, and a record of its
//! calls. Nothing is sent and nothing waits. Everything else works as in production: arguments are
//! checked, bodies are decoded, errors are reported and requests are retried.
//!
//! ```
//! use runtime::{Client, ErrorKind, Method, Operation, Request, serde_json::json, testing::{self, Script}};
//! # const FETCH: Operation = Operation::new("FetchUser", Method::GET, "/v1/Users/{Sid}").accept("application/json");
//! # async fn name_of(client: &Client) -> Result<String, runtime::Error> {
//! #     let request = Request::new(client, &FETCH).path("Sid", "US1");
//! #     let user = request.send::<runtime::reply::Json<runtime::serde_json::Value>>().await?;
//! #     Ok(user["name"].as_str().unwrap_or_default().to_owned())
//! # }
//! # async fn example() -> Result<(), runtime::Error> {
//! let script = Script::new().on("FetchUser").reply(503, json!({})).on("FetchUser").reply(200, json!({"name": "Al"}));
//! assert_eq!(name_of(&script.client()?).await?, "Al");
//! assert_eq!(script.calls("FetchUser").len(), 2);
//!
//! let error = testing::status(404).body(json!({"code": 20404})).build();
//! assert!(error.is_not_found() && error.kind() == ErrorKind::Status);
//! # Ok(())
//! # }
//! # // Without a clock nothing is retried.
//! # #[cfg(feature = "hyper")]
//! # tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(example()).unwrap();
//! ```
//!
//! [`sample`] creates models that are only received.

mod error;
mod sample;
mod script;

pub use self::error::{ErrorBuilder, error, status};
pub use self::sample::sample;
pub use self::script::{On, Script};
