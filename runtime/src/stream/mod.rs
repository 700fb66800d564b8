//! Bodies that are read while they come: bytes, server-sent events, JSON lines.
//!
//! In: a response's head and its open body. Out: a [`Stream`] of pieces. The rule: no more is held than the piece at
//! hand; the first error of the connection ends the stream, and the idle timeout counts between any two pieces.

mod events;
mod held;
mod lines;

pub use events::{Event, EventStream};
pub use lines::LineStream;

use crate::{
    call::failure::Failure,
    call::future::ResponseFuture,
    call::{Answer, Call},
    client::clock::Sleep,
    client::timer::Expired,
    error::{Error, ErrorKind, Timeout},
    model::DeserializeOwned,
    request::Request,
    response::Response,
    transport::Body,
};
use bytes::Bytes;
use futures_core::Stream;
use http_body::Body as _;
use std::{
    fmt,
    future::poll_fn,
    pin::Pin,
    task::{Context, Poll, ready},
};

impl Request {
    /// Sends the request, and gives the response's head as soon as it is there, with a body yet to be read.
    ///
    /// Attempt and operation timeout count to the head; then the idle timeout counts between any two pieces. What is
    /// read may be larger than the client's limit.
    pub fn send_stream(self) -> ResponseFuture<Response<ByteStream>> {
        ResponseFuture::new(self.open(), |answer| {
            let answer = answer.documented()?;
            let (status, headers, id) =
                (answer.status, answer.headers.clone(), answer.operation.request_id_header());
            Ok(Response::new(status, headers, id, ByteStream::new(answer)?))
        })
    }

    /// Sends the request and gives the events of its response, each with JSON.
    pub fn send_events<T: DeserializeOwned>(self) -> ResponseFuture<EventStream<T>> {
        ResponseFuture::new(self.open(), |answer| EventStream::of_json(answer.documented()?))
    }

    /// Sends the request and gives the events of its response, each with text.
    pub fn send_text_events(self) -> ResponseFuture<EventStream<String>> {
        ResponseFuture::new(self.open(), |answer| EventStream::of_text(answer.documented()?))
    }

    /// Sends the request and gives the JSON values of its response, one after the other.
    pub fn send_lines<T: DeserializeOwned>(self) -> ResponseFuture<LineStream<T>> {
        ResponseFuture::new(self.open(), |answer| LineStream::new(answer.documented()?))
    }
}

/// A response's body, piece by piece as it comes.
pub struct ByteStream {
    /// `None` when it has ended.
    body: Option<Body>,
    /// The call that was made: its client and settings.
    call: Call,
    head: Answer,
    sleep: Option<Sleep>,
}

impl ByteStream {
    /// The body of an answer that was left open.
    pub(crate) fn new(mut answer: Answer) -> Result<Self, Error> {
        match answer.opened.take() {
            Some(opened) => {
                let (call, body) = *opened;
                Ok(Self { body: Some(body), call, head: answer, sleep: None })
            }
            None => Err(answer.into_error(ErrorKind::UnexpectedStatus, "no content")),
        }
    }

    /// The next piece; nothing at the end.
    pub async fn next(&mut self) -> Option<Result<Bytes, Error>> {
        poll_fn(|context| self.poll(context)).await
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, Error>>> {
        let Some(body) = &mut self.body else { return Poll::Ready(None) };
        let failure = loop {
            match Pin::new(&mut *body).poll_frame(context) {
                Poll::Ready(Some(Ok(frame))) => {
                    self.sleep = None;
                    match frame.into_data() {
                        Ok(data) if data.is_empty() => {}
                        Ok(data) => return Poll::Ready(Some(Ok(data))),
                        Err(_trailers) => {}
                    }
                }
                Poll::Ready(Some(Err(error))) => break Failure::Transport(error),
                Poll::Ready(None) => {
                    self.body = None;
                    return Poll::Ready(None);
                }
                Poll::Pending => {
                    let Some(clock) = self.call.client.clock() else { return Poll::Pending };
                    let limit = self.call.settings.idle_timeout;
                    if self.sleep.is_none() {
                        self.sleep = clock.sleep(limit);
                    }
                    let expired = match &mut self.sleep {
                        Some(sleep) => {
                            ready!(sleep.as_mut().poll(context));
                            Expired::Elapsed
                        }
                        None => Expired::NoTimer,
                    };
                    break Failure::expired(expired, Timeout::Idle, limit);
                }
            }
        };
        self.body = None;
        Poll::Ready(Some(Err(self.error(failure))))
    }

    /// The error of a stream that broke. What came of it may have been used: it is not repeated as it is.
    fn error(&self, failure: Failure) -> Error {
        let Answer { operation, status, headers, attempts, echo, .. } = &self.head;
        failure.into_error(operation, *attempts).with_retry(false).with_head(
            *status,
            headers.clone(),
            operation.request_id_header(),
            echo,
        )
    }

    /// The error of what came, and can't be used.
    fn refuse(&self, kind: ErrorKind, message: String) -> Error {
        let Answer { operation, status, headers, attempts, echo, .. } = &self.head;
        let error = Error::new(kind, message).of(operation.id(), *attempts);
        error.with_head(*status, headers.clone(), operation.request_id_header(), echo)
    }

    /// How many bytes one event or line may have.
    fn limit(&self) -> usize {
        usize::try_from(self.call.settings.max_body_bytes).unwrap_or(usize::MAX)
    }
}

impl Stream for ByteStream {
    type Item = Result<Bytes, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll(context)
    }
}

impl fmt::Debug for ByteStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ByteStream")
    }
}
