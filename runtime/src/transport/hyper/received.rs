//! The body of an HTTP/2 response.
//!
//! Input: hyper's body. Output: the same bytes, and an end only where the server marked the end.
//! hyper treats a stream that is reset without an error as ended. Proxies reset a stream in this
//! way when their upstream server fails, so an end without the server's mark is an error (RFC 9113
//! §8.1).

use crate::transport::{TransportError, TransportErrorKind as Kind};
use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use hyper::body::Incoming;
use std::{
    pin::Pin,
    task::{Context, Poll, ready},
};

pub(super) struct Received(pub(super) Incoming);

impl Body for Received {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        Poll::Ready(match ready!(Pin::new(&mut self.0).poll_frame(context)) {
            None if !self.0.is_end_stream() => {
                Some(Err(TransportError::new(Kind::Truncated).with_source("the stream was reset")))
            }
            frame => frame.map(|frame| frame.map_err(TransportError::from)),
        })
    }

    fn is_end_stream(&self) -> bool {
        self.0.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.0.size_hint()
    }
}
