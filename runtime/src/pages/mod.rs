//! Paged lists.
//!
//! Input: a request for the first page, and how a page identifies the next one. Output: a stream of
//! pages, or of their items. Invariants: credentials are sent to no other origin, no page is read
//! twice, and an empty page does not end the stream.
//!
//! Generated code needs a constant and two lines for a list:
//!
//! ```
//! use runtime::{Client, ClientBuilder, Items, Method, Next, Operation, Pages, Paging, Request};
//! use runtime::serde_json::{Value, json};
//! # use runtime::testing::Script;
//!
//! const LIST_USERS: Operation = Operation::new("ListUsers", Method::GET, "/v1/Users").accept("application/json");
//!
//! const USERS: Paging<Value, Value> = Paging::new(
//!     |page| page["users"].as_array().cloned().unwrap_or_default(),
//!     Next::Url(|page| page["meta"]["next_page_url"].as_str()),
//! );
//!
//! struct ListUsers(Request);
//!
//! impl ListUsers {
//!     fn pages(self) -> Pages<Value, Value> {
//!         self.0.pages(USERS)
//!     }
//!
//!     fn items(self) -> Items<Value, Value> {
//!         self.0.pages(USERS).items()
//!     }
//! }
//!
//! # async fn example() -> Result<(), runtime::Error> {
//! # let script = Script::new()
//! #     .on("ListUsers").reply(200, json!({"users": ["a", "b"], "meta": {"next_page_url": "/v1/Users?PageToken=x"}}))
//! #     .on("ListUsers").reply(200, json!({"users": ["c"], "meta": {"next_page_url": null}}));
//! # let client: Client = script.client()?;
//! let mut users = ListUsers(Request::new(&client, &LIST_USERS)).items().limit(1000);
//! # let mut all = Vec::new();
//! while let Some(user) = users.next().await {
//!     println!("{}", user?);
//! #   all.push(());
//! }
//! # assert_eq!(all.len(), 3);
//! # Ok(())
//! # }
//! # tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(example()).unwrap();
//! ```

mod cursor;
mod items;

pub use self::items::Items;

use crate::{
    call::{self, Call},
    client::credentials,
    error::{Error, ErrorKind},
    model::Decode,
    request::Request,
    response::{answer::Answer, decode, future::AnswerFuture},
};
use futures_core::Stream;
use http::{HeaderMap, Uri};
use std::{
    collections::HashSet,
    fmt,
    future::poll_fn,
    hash::{BuildHasher as _, RandomState},
    pin::Pin,
    task::{Context, Poll, ready},
};

/// The paging of an operation. `P` is a page, `T` an item.
pub struct Paging<P, T> {
    items: fn(P) -> Vec<T>,
    next: Next<P>,
}

impl<P, T> Paging<P, T> {
    /// Returns the paging with functions to take the items of a page and to find the next page.
    #[must_use]
    pub const fn new(items: fn(P) -> Vec<T>, next: Next<P>) -> Self {
        Self { items, next }
    }
}

/// How a page identifies the next page. A missing or empty value marks the last page.
pub enum Next<P> {
    /// The URL of the next page, absolute or relative to the page's own URL (RFC 3986 §5).
    Url(fn(&P) -> Option<&str>),
    /// A query parameter, and the token that it has for the next page.
    Token(&'static str, fn(&P) -> Option<&str>),
    /// A query parameter that counts items from 0, and the number of a page's items. A page without
    /// items is the last.
    Offset(&'static str, fn(&P) -> usize),
    /// A query parameter that counts pages from 1, and the number of a page's items. A page without
    /// items is the last.
    Page(&'static str, fn(&P) -> usize),
    /// The relation `next` in the response's `Link` header (RFC 8288).
    Link,
}

/// The pages of a list, as a `futures_core::Stream`. Ends after an error.
#[must_use = "a stream does nothing until it is read"]
pub struct Pages<P, T> {
    paging: Paging<P, T>,
    walk: Box<Walk>,
}

/// The state of reading pages. It does not depend on the type of a page, so that a client with many
/// lists contains its code once.
struct Walk {
    state: State,
    /// Hashes of the addresses that were read, so that no page is read twice.
    read: HashSet<u64>,
    hasher: RandomState,
    /// The cursor to start at, instead of the first page.
    resume: Option<String>,
}

enum State {
    /// The first page's request.
    First(Option<Box<Request>>),
    /// A page that has not been requested.
    Next(Box<Call>),
    /// A page that has been requested, and the call for the next page.
    Fetch(AnswerFuture, Box<Call>),
    End,
}

impl Request {
    /// Returns the pages of a list, instead of the first page only.
    pub fn pages<P: Decode, T>(self, paging: Paging<P, T>) -> Pages<P, T> {
        Pages { paging, walk: Walk::new(self) }
    }
}

impl<P: Decode, T> Pages<P, T> {
    /// Starts at a [`cursor`](Self::cursor), instead of the first page. The cursor is a path and
    /// query on this server that is requested with the client's credentials, so take it only from a
    /// trusted source.
    pub fn resume(mut self, cursor: impl Into<String>) -> Self {
        self.walk.resume = Some(cursor.into());
        self
    }

    /// Returns the cursor of the next page: its path and query, for [`resume`](Self::resume).
    /// `None` after the last page, and before the first page unless [`resume`](Self::resume) set a
    /// cursor.
    ///
    /// The cursor contains no credential, but it may contain personal data from the request or the
    /// server. Protect it like an item of the list, and keep it out of logs. This crate never
    /// prints it.
    #[must_use]
    pub fn cursor(&self) -> Option<String> {
        self.walk.cursor()
    }

    /// Returns the next page, or `None` after the last one.
    pub async fn next(&mut self) -> Option<Result<P, Error>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// Returns the items of all pages.
    pub fn items(self) -> Items<P, T> {
        Items::new(self)
    }

    /// Decodes a page, and determines the next one.
    fn take(&mut self, answer: Answer, call: Box<Call>) -> Result<P, Error> {
        let headers = answer.headers.clone();
        let page: P = decode::json(answer)?;
        self.walk.turn(self.paging.next.of(&page), &headers, call)?;
        Ok(page)
    }
}

/// A page's response, and its call.
type Received = (Answer, Box<Call>);

impl Walk {
    fn new(request: Request) -> Box<Self> {
        let state = State::First(Some(Box::new(request)));
        Box::new(Self { state, read: HashSet::new(), hasher: RandomState::new(), resume: None })
    }

    fn cursor(&self) -> Option<String> {
        let call = match &self.state {
            State::Next(call) | State::Fetch(_, call) => call,
            State::First(_) | State::End => return self.resume.clone(),
        };
        call.uri.path_and_query().map(ToString::to_string)
    }

    /// Returns an error about the next page, or `None` after the last one.
    fn refusal(&self, problem: String) -> Option<Error> {
        let State::Next(call) = &self.state else { return None };
        Some(pagination(call, problem))
    }

    /// Requests a page.
    fn fetch(&mut self, call: Box<Call>) -> Result<(), Error> {
        let refuse = |message: &str| Error::new(ErrorKind::Pagination, message).of(call.operation.id(), 0);
        if !self.read.insert(self.hasher.hash_one(&call.uri)) {
            return Err(refuse("the next page was read already"));
        }
        let template = call.again().ok_or_else(|| refuse("the request's body can be sent only once"))?;
        self.state = State::Fetch(Box::pin(call::run(call)), Box::new(template));
        Ok(())
    }

    fn first(&mut self, request: Request) -> Result<(), Error> {
        let mut call = Call::new(request, false)?;
        if let Some(cursor) = self.resume.take() {
            let uri = cursor::resolve(&call.uri, &cursor).map_err(|problem| pagination(&call, problem))?;
            call.turn_to(&uri);
        }
        self.fetch(Box::new(call))
    }

    /// Receives the next page, or `None` after the last one.
    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Received, Error>>> {
        loop {
            let begun = match std::mem::replace(&mut self.state, State::End) {
                State::First(request) => request.map_or(Ok(()), |request| self.first(*request)),
                State::Next(call) => self.fetch(call),
                State::Fetch(mut answer, call) => {
                    let Poll::Ready(answer) = answer.as_mut().poll(context) else {
                        self.state = State::Fetch(answer, call);
                        return Poll::Pending;
                    };
                    return Poll::Ready(Some(answer.map(|answer| (answer, call))));
                }
                State::End => return Poll::Ready(None),
            };
            if let Err(error) = begun {
                return Poll::Ready(Some(Err(error)));
            }
        }
    }

    /// Determines the page after the one that `call` requested.
    fn turn(&mut self, next: Step, headers: &HeaderMap, mut call: Box<Call>) -> Result<(), Error> {
        let uri = following(next, &call.uri, headers).map_err(|problem| pagination(&call, problem))?;
        if let Some(uri) = uri {
            call.turn_to(&uri);
            self.state = State::Next(call);
        }
        Ok(())
    }
}

impl Call {
    /// Changes the address to another page. Messages redact the values in its query, like the
    /// caller's values.
    fn turn_to(&mut self, uri: &Uri) {
        self.uri = credentials::without_keys(uri, &self.query_keys);
        self.echo.turn_to(cursor::values(&self.uri));
    }
}

impl<P, T> Paging<P, T> {
    fn split(&self, page: P) -> Vec<T> {
        (self.items)(page)
    }
}

fn pagination(call: &Call, problem: String) -> Error {
    Error::new(ErrorKind::Pagination, problem).of(call.operation.id(), 0)
}

/// A page's reference to the next one: [`Next`] without the page's type.
enum Step {
    Url(Option<String>),
    Token(&'static str, Option<String>),
    Offset(&'static str, usize),
    Page(&'static str, usize),
    Link,
}

impl<P> Next<P> {
    fn of(&self, page: &P) -> Step {
        match self {
            Self::Url(url) => Step::Url(url(page).map(str::to_owned)),
            Self::Token(parameter, token) => Step::Token(parameter, token(page).map(str::to_owned)),
            Self::Offset(parameter, items) => Step::Offset(parameter, items(page)),
            Self::Page(parameter, items) => Step::Page(parameter, items(page)),
            Self::Link => Step::Link,
        }
    }
}

/// Returns the address of the next page, or `None` after the last one.
fn following(next: Step, uri: &Uri, headers: &HeaderMap) -> Result<Option<Uri>, String> {
    let some = |text: Option<String>| text.filter(|text| !text.is_empty());
    let counted = |parameter: &str, from: usize, step: usize| {
        let current = cursor::number(uri, parameter).unwrap_or(from);
        cursor::with_query(uri, parameter, &current.saturating_add(step).to_string())
    };
    match next {
        Step::Url(url) => some(url).map(|url| cursor::resolve(uri, &url)),
        Step::Token(parameter, token) => some(token).map(|token| cursor::with_query(uri, parameter, &token)),
        Step::Offset(_, 0) | Step::Page(_, 0) => None,
        Step::Offset(parameter, items) => Some(counted(parameter, 0, items)),
        Step::Page(parameter, _) => Some(counted(parameter, 1, 1)),
        Step::Link => cursor::link(headers).map(|url| cursor::resolve(uri, &url)),
    }
    .transpose()
}

impl<P: Decode, T> Stream for Pages<P, T> {
    type Item = Result<P, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        let received = ready!(this.walk.poll(context));
        Poll::Ready(received.map(|received| received.and_then(|(answer, call)| this.take(answer, call))))
    }
}

/// Prints nothing: a page's address can be personal data.
impl<P, T> fmt::Debug for Pages<P, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pages")
    }
}

impl<P, T> fmt::Debug for Paging<P, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Paging").field("next", &self.next).finish_non_exhaustive()
    }
}

impl<P> fmt::Debug for Next<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Url(_) => f.write_str("Url"),
            Self::Token(parameter, _) => f.debug_tuple("Token").field(parameter).finish(),
            Self::Offset(parameter, _) => f.debug_tuple("Offset").field(parameter).finish(),
            Self::Page(parameter, _) => f.debug_tuple("Page").field(parameter).finish(),
            Self::Link => f.write_str("Link"),
        }
    }
}
