//! Sequences of JSON values: JSON lines, and JSON text sequences (RFC 7464).
//!
//! Input: bytes. Output: values. A line that is not the documented JSON is an error item, and the
//! stream goes on.

use super::{ByteStream, held::Held};
use crate::{
    error::{Error, ErrorKind},
    model::Decode,
    response::{answer::Answer, decode, reply::Reply},
};
use bytes::BytesMut;
use futures_core::Stream;
use std::{
    fmt,
    future::poll_fn,
    marker::PhantomData,
    pin::Pin,
    task::{Context, Poll, ready},
};

/// The JSON values of a response, one a line.
pub struct LineStream<T> {
    bytes: ByteStream,
    held: Held,
    ended: bool,
    /// Bytes of empty lines since the last value.
    skipped: usize,
    value: PhantomData<fn() -> T>,
}

impl<T: Decode> Reply for LineStream<T> {
    type Value = Self;
    const OPEN: bool = true;

    fn read(answer: Answer) -> Result<Self, Error> {
        let bytes = ByteStream::read(answer)?;
        Ok(Self { bytes, held: Held::default(), ended: false, skipped: 0, value: PhantomData })
    }
}

impl<T: Decode> LineStream<T> {
    /// Returns the next value, or `None` at the end.
    ///
    /// The stream goes on after a line that is not a `T`. The error has the line in
    /// [`Error::raw_body`] and the place in [`Error::json_path`].
    pub async fn next(&mut self) -> Option<Result<T, Error>> {
        poll_fn(|context| self.poll(context)).await
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<T, Error>>> {
        let line = match ready!(self.poll_line(context)) {
            Some(Ok(line)) => line,
            Some(Err(error)) => return Poll::Ready(Some(Err(error))),
            None => return Poll::Ready(None),
        };
        let line = line.freeze();
        Poll::Ready(Some(decode::parse(&line, self.bytes.limit()).map_err(|fault| {
            let head = &self.bytes.head;
            let (message, path) = decode::explain(&line, &fault, &head.echo);
            head.error(decode::kind(&fault), message).with_json_path(path).with_body(line)
        })))
    }
}

impl<T> LineStream<T> {
    /// Returns the next non-empty line. The last line needs no line feed.
    fn poll_line(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<BytesMut, Error>>> {
        loop {
            let line = match self.held.line(b"\n\x1e") {
                Some((line, _)) => line,
                None if self.ended => self.held.rest(),
                None => {
                    if self.held.len() > self.bytes.limit() {
                        (self.ended, self.held) = (true, Held::default());
                        let message = format!("a line is larger than {} bytes", self.bytes.limit());
                        return Poll::Ready(Some(Err(self.bytes.head.error(ErrorKind::TooLarge, message))));
                    }
                    match ready!(self.bytes.poll(context)) {
                        Some(Ok(bytes)) => self.held.push(&bytes),
                        Some(Err(error)) => {
                            // The last line is incomplete.
                            (self.ended, self.held) = (true, Held::default());
                            return Poll::Ready(Some(Err(error)));
                        }
                        None => self.ended = true,
                    }
                    continue;
                }
            };
            if !line.trim_ascii().is_empty() {
                self.skipped = 0;
                return Poll::Ready(Some(Ok(line)));
            }
            self.skipped += line.len() + 1;
            if self.skipped > self.bytes.limit() {
                (self.ended, self.held) = (true, Held::default());
                let message = format!("more than {} bytes came without a line", self.bytes.limit());
                self.skipped = 0;
                return Poll::Ready(Some(Err(self.bytes.head.error(ErrorKind::TooLarge, message))));
            }
            if self.ended && self.held.len() == 0 {
                return Poll::Ready(None);
            }
        }
    }
}

impl<T: Decode> Stream for LineStream<T> {
    type Item = Result<T, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll(context)
    }
}

impl<T> fmt::Debug for LineStream<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("LineStream")
    }
}
