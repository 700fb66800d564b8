//! The body of an HTTP/2 response.
//!
//! Input: hyper's body. Output: the same, but its end is the server's. If a stream is reset without
//! an error, hyper treats this as the end. Proxies reset like this when their upstream server
//! fails, so it is the end only if the server marked the end before (RFC 9113 §8.1).

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
