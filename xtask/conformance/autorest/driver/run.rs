//! Checks the results of calls.
//!
//! Input: results. Output: a line `wrong` for each result other than the expected one.

use runtime::model::{Decode, DeserializeOwned, Encode};
use runtime::serde_json::{self, Value};
use runtime::transport::{Body, Hyper, Transport, TransportFuture};
use runtime::{ClientBuilder, Error, ErrorKind, Header, Response, http, model};
use std::fmt::Debug;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// The calls to one document's operations.
#[derive(Debug)]
pub(crate) struct Run {
    url: String,
    pub(crate) document: &'static str,
    pub(crate) calls: usize,
    pub(crate) wrong: usize,
}

impl Run {
    pub(crate) fn new(url: &str, document: &'static str) -> Self {
        Self { url: url.to_owned(), document, calls: 0, wrong: 0 }
    }

    /// Returns a client of the test server. Its waits are short, and it keeps cookies: the server
    /// recognises a repeated request by a cookie.
    pub(crate) fn client<C: From<runtime::Client>>(&self, builder: ClientBuilder<C>) -> C {
        let client = builder
            .server(&self.url)
            .backoff(Duration::from_millis(1), Duration::from_millis(1))
            .transport(Cookies::default())
            .build();
        client.expect("the settings are valid")
    }

    /// Returns the server's URL.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// Counts a call, and prints its result if it is not the expected one.
    pub(crate) fn check<T>(&mut self, call: &str, got: Result<T, Error>, expected: impl Expected<T>) {
        self.calls += 1;
        if let Err(problem) = expected.compare(got) {
            self.wrong += 1;
            let call: Vec<_> = call.split_whitespace().collect();
            println!("wrong {}: {}: {problem}", self.document, call.join(" "));
        }
    }
}

/// What a call returns.
pub(crate) trait Expected<T> {
    fn compare(self, got: Result<T, Error>) -> Result<(), String>;
}

/// The value.
pub(crate) struct Same<V>(pub(crate) V);

impl<T: PartialEq<V> + Debug, V: Debug> Expected<T> for Same<V> {
    fn compare(self, got: Result<T, Error>) -> Result<(), String> {
        match got {
            Ok(value) if value == self.0 => Ok(()),
            got => Err(format!("{got:?} instead of {:?}", self.0)),
        }
    }
}

/// The JSON that the value is written as.
pub(crate) struct Json(pub(crate) Value);

impl<T: Encode> Expected<T> for Json {
    fn compare(self, got: Result<T, Error>) -> Result<(), String> {
        let value = got.map_err(|error| format!("{error:?} instead of {}", self.0))?;
        let text = model::to_json(&value).ok_or("the value cannot be written")?;
        let read = |text: &str| serde_json::from_str::<Value>(text).ok();
        // `serde_json` reads some numbers one digit off: both sides are read.
        match read(&text) == read(&self.0.to_string()) {
            true => Ok(()),
            false => Err(format!("{text} instead of {}", self.0)),
        }
    }
}

/// A property of the value.
pub(crate) struct Is<F>(pub(crate) F);

impl<T: Debug, F: FnOnce(&T) -> bool> Expected<T> for Is<F> {
    fn compare(self, got: Result<T, Error>) -> Result<(), String> {
        match got {
            Ok(value) if (self.0)(&value) => Ok(()),
            got => Err(format!("{got:?}")),
        }
    }
}

/// The text that `Debug` writes.
pub(crate) struct Shown(pub(crate) &'static str);

impl<T: Debug> Expected<T> for Shown {
    fn compare(self, got: Result<T, Error>) -> Result<(), String> {
        match got {
            Ok(value) if format!("{value:?}") == self.0 => Ok(()),
            got => Err(format!("{got:?} instead of {}", self.0)),
        }
    }
}

/// A documented header of the response, with its value.
pub(crate) struct With<H, V>(pub(crate) Header<H>, pub(crate) V);

impl<T, H: Decode + PartialEq<V> + Debug, V: Debug> Expected<Response<T>> for With<H, V> {
    fn compare(self, got: Result<Response<T>, Error>) -> Result<(), String> {
        let found = got.map_err(|error| format!("{error:?}"))?.header(self.0);
        match found {
            Some(value) if value == self.1 => Ok(()),
            found => Err(format!("{found:?} instead of {:?}", self.1)),
        }
    }
}

/// An error of this kind.
pub(crate) struct Fails(pub(crate) ErrorKind);

impl<T> Expected<T> for Fails {
    fn compare(self, got: Result<T, Error>) -> Result<(), String> {
        match got {
            Err(error) if error.kind() == self.0 => Ok(()),
            Err(error) => Err(format!("{error:?} instead of {:?}", self.0)),
            Ok(_) => Err(format!("a value instead of {:?}", self.0)),
        }
    }
}

/// An error with this status.
pub(crate) struct Status(pub(crate) u16);

impl<T> Expected<T> for Status {
    fn compare(self, got: Result<T, Error>) -> Result<(), String> {
        match got {
            Err(error) if error.has_status(self.0) => Ok(()),
            Err(error) => Err(format!("{error:?} instead of {}", self.0)),
            Ok(_) => Err(format!("a value instead of {}", self.0)),
        }
    }
}

/// A value with this status and documented header.
pub(crate) struct Redirect<H>(pub(crate) u16, pub(crate) Header<H>, pub(crate) H);

impl<T, H: Decode + PartialEq + Debug> Expected<Response<T>> for Redirect<H> {
    fn compare(self, got: Result<Response<T>, Error>) -> Result<(), String> {
        let got = got.map_err(|error| format!("{error:?}"))?;
        let (status, found) = (got.status(), got.header(self.1));
        match found {
            Some(value) if status == self.0 && value == self.2 => Ok(()),
            found => Err(format!("{status} with {found:?} instead of {} with {:?}", self.0, self.2)),
        }
    }
}

/// An error with this status, whose body decodes and is written as this JSON.
pub(crate) struct ErrorBody<B>(pub(crate) u16, pub(crate) Value, pub(crate) std::marker::PhantomData<B>);

impl<T, B: DeserializeOwned + Encode> Expected<T> for ErrorBody<B> {
    fn compare(self, got: Result<T, Error>) -> Result<(), String> {
        match got {
            Err(error) if error.has_status(self.0) => match error.body::<B>() {
                Some(body) => Json(self.1).compare(Ok(body)),
                None => Err(format!("{error:?} has no such body")),
            },
            Err(error) => Err(format!("{error:?} instead of {}", self.0)),
            Ok(_) => Err(format!("a value instead of {}", self.0)),
        }
    }
}

/// Expects an error with a status and a body of the type `B`.
pub(crate) fn error_body<B>(status: u16, body: Value) -> ErrorBody<B> {
    ErrorBody(status, body, std::marker::PhantomData)
}

/// Reads a model from JSON.
pub(crate) fn read<T: DeserializeOwned>(value: Value) -> T {
    serde_json::from_value(value).expect("the JSON is of the model")
}

/// Returns a number of these digits.
pub(crate) fn number(digits: &str) -> model::Number {
    digits.parse().expect("a JSON number")
}

/// A transport that sends back the last cookie.
#[derive(Clone)]
struct Cookies {
    hyper: Arc<Hyper>,
    last: Arc<Mutex<Option<http::HeaderValue>>>,
}

impl Default for Cookies {
    fn default() -> Self {
        let hyper = Hyper::direct(Duration::from_secs(10)).expect("there is no TLS to configure");
        Self { hyper: Arc::new(hyper), last: Arc::default() }
    }
}

impl Transport for Cookies {
    fn send(&self, mut request: http::Request<Body>) -> TransportFuture {
        let last = self.last.clone();
        if let Some(cookie) = last.lock().unwrap_or_else(PoisonError::into_inner).clone() {
            request.headers_mut().insert(http::header::COOKIE, cookie);
        }
        let sent = self.hyper.send(request);
        Box::pin(async move {
            let response = sent.await?;
            if let Some(cookie) = response.headers().get(http::header::SET_COOKIE) {
                *last.lock().unwrap_or_else(PoisonError::into_inner) = Some(cookie.clone());
            }
            Ok(response)
        })
    }
}

/// Sends each request, and checks the result.
macro_rules! calls {
    ($run:ident: $($call:expr => $expected:expr),* $(,)?) => {
        $($run.check(stringify!($call), $call.send().await, $expected);)*
    };
}

/// Sends each request, and checks the response with its headers.
macro_rules! responses {
    ($run:ident: $($call:expr => $expected:expr),* $(,)?) => {
        $($run.check(stringify!($call), $call.send_with_response().await, $expected);)*
    };
}

pub(crate) use {calls, responses};
