//! Streamed bodies: bytes, server-sent events, JSON lines.
//!
//! Input: a response's head and its open body. Output: a [`Stream`] of pieces. Invariants: only the
//! current piece is in memory, the first error of the connection ends the stream, and the idle
//! timeout counts between any two pieces.

mod events;
mod held;
mod lines;

pub use events::{Event, EventStream, NamedEvents, TextEvents};
pub use lines::LineStream;

use crate::{
    call::failure::Failure,
    client::{clock::Sleep, timer::Expired},
    error::{Error, ErrorKind, Timeout},
    response::{
        answer::{Answer, Open},
        reply::Reply,
    },
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

/// A response's body as a stream of pieces.
pub struct ByteStream {
    /// `None` after the end.
    body: Option<Body>,
    head: Answer,
    open: Box<Open>,
    sleep: Option<Sleep>,
    /// The number of consecutive pieces that were available without a wait.
    ready: u32,
}

/// A stream lets other tasks run after this many consecutive pieces that were ready.
const MAX_READY: u32 = 32;

/// Leaves the body open. The attempt and operation timeouts end with the head. Then the idle
/// timeout counts between two pieces. The body may exceed the client's limit.
impl Reply for ByteStream {
    type Value = Self;
    const OPEN: bool = true;

    fn read(answer: Answer) -> Result<Self, Error> {
        let mut head = answer.documented()?;
        match head.open.take() {
            Some(mut open) => {
                let body = Some(std::mem::take(&mut open.body));
                Ok(Self { body, head, open, sleep: None, ready: 0 })
            }
            None => Err(head.into_error(ErrorKind::UnexpectedStatus, "no content")),
        }
    }
}

impl ByteStream {
    /// Returns the next piece, or `None` at the end.
    pub async fn next(&mut self) -> Option<Result<Bytes, Error>> {
        poll_fn(|context| self.poll(context)).await
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, Error>>> {
        let Some(body) = &mut self.body else { return Poll::Ready(None) };
        if self.ready >= MAX_READY {
            self.ready = 0;
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        let failure = loop {
            match Pin::new(&mut *body).poll_frame(context) {
                Poll::Ready(Some(Ok(frame))) => {
                    self.sleep = None;
                    self.ready += 1;
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
                    self.ready = 0;
                    let Some(clock) = self.open.client.clock() else { return Poll::Pending };
                    let limit = self.open.settings.idle_timeout;
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

    /// Creates the error of a broken stream. It is not retryable, because the caller may have used
    /// earlier pieces.
    fn error(&self, failure: Failure) -> Error {
        let Answer { operation, status, headers, attempts, echo, .. } = &self.head;
        failure.into_error(operation, *attempts).with_retry(false).with_head(
            *status,
            headers.clone(),
            operation.request_id_header(),
            echo,
        )
    }

    /// Returns the largest size of one event or line, in bytes.
    fn limit(&self) -> usize {
        self.head.limit
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
