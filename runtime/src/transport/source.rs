//! Sources of streamed bodies.
//!
//! Input: a stream or an async reader. Output: a body, one piece at a time.

use super::{TransportError, TransportErrorKind};
use bytes::Bytes;
use http_body::{Body, Frame};
use std::{
    error::Error,
    pin::Pin,
    task::{Context, Poll, ready},
};

type Next = Poll<Option<Result<Frame<Bytes>, TransportError>>>;

fn failed(error: impl Into<Box<dyn Error + Send + Sync>>) -> TransportError {
    TransportError::new(TransportErrorKind::Other).with_source(error)
}

/// A body from a stream's items.
pub(super) struct Streamed<S>(Pin<Box<S>>);

impl<S> Streamed<S> {
    pub(super) fn new(stream: S) -> Self {
        Self(Box::pin(stream))
    }
}

impl<S, E> Body for Streamed<S>
where
    S: futures_core::Stream<Item = Result<Bytes, E>>,
    E: Into<Box<dyn Error + Send + Sync>>,
{
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Next {
        let item = ready!(self.0.as_mut().poll_next(context));
        Poll::Ready(item.map(|item| item.map(Frame::data).map_err(failed)))
    }
}

/// A body from a reader, in pieces of up to 64 KiB.
#[cfg(feature = "hyper")]
pub(super) struct Reader<R> {
    reader: Pin<Box<R>>,
    buffer: Box<[u8]>,
}

#[cfg(feature = "hyper")]
impl<R> Reader<R> {
    pub(super) fn new(reader: R) -> Self {
        Self { reader: Box::pin(reader), buffer: vec![0; 64 << 10].into() }
    }
}

#[cfg(feature = "hyper")]
impl<R: tokio::io::AsyncRead> Body for Reader<R> {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Next {
        let this = &mut *self;
        let mut buffer = tokio::io::ReadBuf::new(&mut this.buffer);
        Poll::Ready(match ready!(this.reader.as_mut().poll_read(context, &mut buffer)) {
            Ok(()) if buffer.filled().is_empty() => None,
            Ok(()) => Some(Ok(Frame::data(Bytes::copy_from_slice(buffer.filled())))),
            Err(error) => Some(Err(failed(error))),
        })
    }
}
