//! The body of a response over HTTP/2.
//!
//! In: what hyper received. Out: the same. The rule: it ends where the server said that it ends. hyper also takes a
//! stream for ended that was reset without an error, which proxies do when their own server went away: that is no end
//! unless one came before it (RFC 9113 §8.1).

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
