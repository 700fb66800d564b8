//! Server-sent events (WHATWG HTML §9.2).
//!
//! Input: bytes. Output: events. The stream is parsed as in §9.2.6. An event whose data is not the
//! documented JSON is an error item, and the stream goes on.

mod parser;

use super::ByteStream;
use crate::{
    client::clock::Sleep,
    error::{Error, ErrorKind},
    model::{self, Decode, Fault, Text},
    response::{answer::Answer, decode, future::AnswerFuture, reply::Reply},
};
use futures_core::Stream;
use http::StatusCode;
use parser::Parser;
use serde_json::Value;
use std::{
    fmt,
    future::poll_fn,
    marker::PhantomData,
    pin::Pin,
    task::{Context, Poll, ready},
    time::Duration,
};

/// A server-sent event.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Event<T> {
    /// The event's type. `message` if the server names none.
    pub event: String,
    /// The last id that the server sent, with this event or before. Empty if there is none.
    pub id: String,
    /// The event's data.
    pub data: T,
}

/// The wait before reconnecting, until the server sets another. The standard says "in the region of
/// a few seconds".
const RECONNECTION: Duration = Duration::from_secs(3);

/// The shortest wait before reconnecting, so that a server that sets a shorter one and fails is not
/// flooded.
const SHORTEST_RECONNECTION: Duration = Duration::from_millis(500);

/// The data by which some APIs end a stream of JSON.
const DONE: &str = "[DONE]";

/// The longest id, in bytes. It is returned with every event, and sent in a header when
/// reconnecting. Servers accept less in a header.
const LONGEST_ID: usize = 64 << 10;

/// The events of a response.
///
/// Ends with the response. Events with JSON data also end with data that is exactly `[DONE]`,
/// because some APIs end a stream in this way.
pub struct EventStream<T> {
    state: State,
    parser: Parser,
    decode: fn(&str, usize) -> Result<T, Box<Fault>>,
    /// True if a `T` is decoded from the event's name and its data.
    is_named: bool,
    reconnects: bool,
}

enum State {
    Reading(ByteStream),
    /// Waits before reconnecting.
    Waiting(Sleep, ByteStream),
    Connecting(AnswerFuture, ByteStream),
    Ended,
}

/// Events with JSON data.
impl<T: Decode> Reply for EventStream<T> {
    type Value = Self;
    const OPEN: bool = true;

    fn read(answer: Answer) -> Result<Self, Error> {
        Self::new(answer, model::read_within)
    }
}

/// Events with text data.
#[derive(Debug)]
pub struct TextEvents(());

impl Reply for TextEvents {
    type Value = EventStream<String>;
    const OPEN: bool = true;

    fn read(answer: Answer) -> Result<EventStream<String>, Error> {
        EventStream::new(answer, |data, _| Ok(data.to_owned()))
    }
}

/// Events that are decoded from an object of the event's name and its data, such as
/// `{"event":"delta","data":{…}}`. `T` is usually a union whose variant the name selects. Data that
/// is not JSON is a string in that object. Data whose JSON does not fit `T` is tried as a string
/// too.
pub struct NamedEvents<T>(PhantomData<fn() -> T>);

impl<T: Decode> Reply for NamedEvents<T> {
    type Value = EventStream<T>;
    const OPEN: bool = true;

    fn read(answer: Answer) -> Result<EventStream<T>, Error> {
        Ok(EventStream { is_named: true, ..EventStream::new(answer, model::read_within)? })
    }
}

impl<T> fmt::Debug for NamedEvents<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("NamedEvents")
    }
}

impl<T> EventStream<T> {
    fn new(answer: Answer, decode: fn(&str, usize) -> Result<T, Box<Fault>>) -> Result<Self, Error> {
        let state = State::Reading(ByteStream::read(answer)?);
        Ok(Self { state, parser: Parser::default(), decode, is_named: false, reconnects: false })
    }

    /// Decodes an event's data, or the object of its name and data. For such an object, an error
    /// includes its text.
    fn decode(&self, event: &Event<String>, limit: usize) -> Result<T, (Box<Fault>, Option<String>)> {
        if !self.is_named {
            return (self.decode)(&event.data, limit).map_err(|fault| (fault, None));
        }
        let read = |data: &str| {
            let text = named(event, data);
            (self.decode)(&text, limit).map_err(|fault| (fault, Some(text)))
        };
        let string = || read(&Value::from(event.data.as_str()).to_string());
        let mut data = Text::new(&event.data);
        match data.skip().and_then(|_| data.end()) {
            Ok(()) => read(&event.data).or_else(|fault| string().map_err(|_| fault)),
            Err(_) => string(),
        }
    }

    /// Reconnects when the response ends or the connection breaks, as browsers do (§9.2.3): after
    /// the server's `retry` time (initially 3 s, at least 0.5 s), with `Last-Event-ID`, until the
    /// server responds with 204 or without success. Connection errors are then no items of the
    /// stream. Default: false, because an API's stream often has an end.
    ///
    /// A request with a streamed body cannot be sent again: its events end with the response.
    #[must_use]
    pub fn reconnecting(mut self) -> Self {
        self.reconnects = true;
        self
    }

    /// Returns the next event, or `None` at the end. The stream goes on after an event that is not
    /// the documented JSON.
    pub async fn next(&mut self) -> Option<Result<Event<T>, Error>> {
        poll_fn(|context| self.poll(context)).await
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Event<T>, Error>>> {
        loop {
            match std::mem::replace(&mut self.state, State::Ended) {
                State::Ended => return Poll::Ready(None),
                State::Reading(mut bytes) => match self.poll_event(&mut bytes, context) {
                    Poll::Pending => {
                        self.state = State::Reading(bytes);
                        return Poll::Pending;
                    }
                    Poll::Ready(Read::Item(item)) => {
                        self.state = State::Reading(bytes);
                        return Poll::Ready(Some(item));
                    }
                    Poll::Ready(Read::Last(error)) => return Poll::Ready(Some(Err(error))),
                    Poll::Ready(Read::Done) => return Poll::Ready(None),
                    Poll::Ready(Read::Broken(error)) => match self.wait(bytes) {
                        Some(state) => self.state = state,
                        None => return Poll::Ready(error.map(Err)),
                    },
                },
                State::Waiting(mut sleep, bytes) => {
                    if sleep.as_mut().poll(context).is_pending() {
                        self.state = State::Waiting(sleep, bytes);
                        return Poll::Pending;
                    }
                    match self.connect(&bytes) {
                        Some(answer) => self.state = State::Connecting(answer, bytes),
                        None => return Poll::Ready(None),
                    }
                }
                State::Connecting(mut answer, bytes) => {
                    let answer = match answer.as_mut().poll(context) {
                        Poll::Pending => {
                            self.state = State::Connecting(answer, bytes);
                            return Poll::Pending;
                        }
                        Poll::Ready(answer) => answer,
                    };
                    match answer.and_then(ByteStream::read) {
                        Ok(bytes) => self.state = State::Reading(bytes),
                        Err(error) if error.status() == Some(StatusCode::NO_CONTENT) => {
                            return Poll::Ready(None);
                        }
                        // Without a response the connection failed, which may be temporary.
                        Err(error) => match self.wait(bytes).filter(|_| error.status().is_none()) {
                            Some(state) => self.state = state,
                            None => return Poll::Ready(Some(Err(error))),
                        },
                    }
                }
            }
        }
    }

    fn poll_event(&mut self, bytes: &mut ByteStream, context: &mut Context<'_>) -> Poll<Read<T>> {
        loop {
            let event = self.parser.next();
            if self.parser.id.as_ref().is_some_and(|id| id.len() > LONGEST_ID) {
                let message = format!("an event's id is larger than {LONGEST_ID} bytes");
                return Poll::Ready(Read::Last(bytes.head.error(ErrorKind::TooLarge, message)));
            }
            if let Some(event) = event {
                // A type of named events may accept any data.
                if self.is_named && event.event == "message" && event.data == DONE {
                    return Poll::Ready(Read::Done);
                }
                let item = match self.decode(&event, bytes.limit()) {
                    Ok(data) => Ok(Event { event: event.event, id: event.id, data }),
                    Err(_) if event.data == DONE => return Poll::Ready(Read::Done),
                    Err((fault, text)) => Err(mismatch(&bytes.head, event, &fault, text)),
                };
                return Poll::Ready(Read::Item(item));
            }
            if self.parser.skipped > bytes.limit() {
                let message = format!("more than {} bytes came without an event", bytes.limit());
                return Poll::Ready(Read::Last(bytes.head.error(ErrorKind::TooLarge, message)));
            }
            if self.parser.len() > bytes.limit() {
                let message = format!("an event is larger than {} bytes", bytes.limit());
                return Poll::Ready(Read::Last(bytes.head.error(ErrorKind::TooLarge, message)));
            }
            match ready!(bytes.poll(context)) {
                Some(Ok(piece)) => self.parser.push(&piece),
                Some(Err(error)) => return Poll::Ready(Read::Broken(Some(error))),
                None => return Poll::Ready(Read::Broken(None)),
            }
        }
    }

    /// Waits before reconnecting, if that is enabled and possible.
    fn wait(&mut self, bytes: ByteStream) -> Option<State> {
        // Status 204 means that no more events follow (§9.2.3).
        let is_over = bytes.head.status == StatusCode::NO_CONTENT;
        let can = self.reconnects && !is_over && bytes.open.reopen.is_some();
        let pause = self.parser.retry.unwrap_or(RECONNECTION).max(SHORTEST_RECONNECTION);
        let sleep = bytes.open.client.clock().filter(|_| can)?.sleep(pause)?;
        self.parser.restart();
        Some(State::Waiting(sleep, bytes))
    }

    fn connect(&self, bytes: &ByteStream) -> Option<AnswerFuture> {
        Some(bytes.open.reopen.as_ref()?.reopen(self.parser.id.as_deref()))
    }
}

/// Creates the error of an event whose data is not the documented JSON. The error keeps the event.
/// `text` is the JSON that was decoded, if it is not the event's data.
fn mismatch(head: &Answer, event: Event<String>, fault: &Fault, text: Option<String>) -> Error {
    let text = text.as_ref().unwrap_or(&event.data);
    let (message, path) = decode::explain(text.as_bytes(), fault, &head.echo);
    let name = head.echo.clean(&event.event, 60);
    head.error(decode::kind(fault), format!("event `{name}`: {message}"))
        .with_event(event.event)
        .with_json_path(path)
        .with_body(event.data.into())
}

/// Returns an event as an object, with its data as JSON.
fn named(event: &Event<String>, data: &str) -> String {
    let name = Value::from(event.event.as_str());
    let id = match event.id.as_str() {
        "" => String::new(),
        id => format!(r#","id":{}"#, Value::from(id)),
    };
    format!(r#"{{"event":{name}{id},"data":{data}}}"#)
}

/// The result of reading.
enum Read<T> {
    Item(Result<Event<T>, Error>),
    Last(Error),
    Done,
    /// The response ended, or the connection broke.
    Broken(Option<Error>),
}

impl<T> Stream for EventStream<T> {
    type Item = Result<Event<T>, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll(context)
    }
}

impl<T> fmt::Debug for EventStream<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("EventStream")
    }
}
