//! The body of a request or a response.
//!
//! Input: bytes, or a stream of them. Output: one type. Invariant: a stream is read as it is
//! polled, and only the current piece is in memory.

use super::{TransportError, TransportErrorKind};
use bytes::Bytes;
use http_body::{Body as HttpBody, Frame, SizeHint};
use http_body_util::{BodyExt as _, combinators::UnsyncBoxBody};
use std::{
    fmt,
    pin::Pin,
    sync::{Mutex, PoisonError},
    task::{Context, Poll},
};

/// The body of a request or a response, whole or streamed.
#[derive(Default)]
pub struct Body(Inner);

enum Inner {
    Whole(Bytes),
    /// The mutex is never locked. It makes the stream `Sync`, which is safe because it is only used
    /// through `&mut`.
    Stream(Mutex<UnsyncBoxBody<Bytes, TransportError>>, SizeHint),
}

impl Body {
    /// Returns an empty body.
    #[must_use]
    pub fn empty() -> Self {
        Self::default()
    }

    /// Returns a body that streams another body.
    pub fn new<B>(body: B) -> Self
    where
        B: HttpBody<Data = Bytes> + Send + 'static,
        B::Error: Into<TransportError>,
    {
        let size = body.size_hint();
        Self(Inner::Stream(Mutex::new(body.map_err(Into::into).boxed_unsync()), size))
    }

    /// Returns a body that streams bytes.
    pub fn stream<S, E>(stream: S) -> Self
    where
        S: futures_core::Stream<Item = Result<Bytes, E>> + Send + 'static,
        E: Into<Box<dyn std::error::Error + Send + Sync>> + 'static,
    {
        Self::new(super::source::Streamed::new(stream))
    }

    /// Returns a body that streams an async reader, such as a file, in pieces of 64 KiB.
    ///
    /// ```no_run
    /// # async fn example() -> std::io::Result<()> {
    /// use runtime::transport::Body;
    ///
    /// # async fn open(_: &str) -> std::io::Result<(tokio::io::Empty, u64)> { unimplemented!() }
    /// let (file, length) = open("film.mp4").await?;
    /// let body = Body::reader(file).with_length(length);
    /// # Ok(())
    /// # }
    /// ```
    #[cfg(feature = "hyper")]
    pub fn reader(reader: impl tokio::io::AsyncRead + Send + 'static) -> Self {
        Self::new(super::source::Reader::new(reader))
    }

    /// Sets the length of a streamed body in bytes, so that it is announced. A whole body ignores
    /// this.
    ///
    /// Sending fails if the body has another length. Surplus bytes may stay unread, because
    /// HTTP/1.1 reads no more than announced.
    #[must_use]
    pub fn with_length(mut self, bytes: u64) -> Self {
        if let Inner::Stream(_, size) = &mut self.0 {
            *size = SizeHint::with_exact(bytes);
        }
        self
    }

    /// Returns the bytes of a whole body.
    #[must_use]
    pub fn whole(&self) -> Option<&Bytes> {
        match &self.0 {
            Inner::Whole(bytes) => Some(bytes),
            Inner::Stream(..) => None,
        }
    }
}

impl Default for Inner {
    fn default() -> Self {
        Self::Whole(Bytes::new())
    }
}

impl<B: Into<Bytes>> From<B> for Body {
    fn from(bytes: B) -> Self {
        Self(Inner::Whole(bytes.into()))
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.0 {
            Inner::Whole(_) => "Body(whole)",
            Inner::Stream(..) => "Body(stream)",
        })
    }
}

impl HttpBody for Body {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        match &mut self.get_mut().0 {
            Inner::Whole(bytes) if bytes.is_empty() => Poll::Ready(None),
            Inner::Whole(bytes) => Poll::Ready(Some(Ok(Frame::data(std::mem::take(bytes))))),
            Inner::Stream(stream, size) => {
                let frame = Pin::new(unlocked(stream)).poll_frame(context);
                if let (Poll::Ready(Some(Ok(frame))), Some(left)) = (&frame, size.exact()) {
                    let read = frame.data_ref().map_or(0, Bytes::len) as u64;
                    let Some(left) = left.checked_sub(read) else {
                        let error = TransportError::new(TransportErrorKind::Other);
                        let error = error.with_source("the body is longer than it was announced");
                        return Poll::Ready(Some(Err(error)));
                    };
                    *size = SizeHint::with_exact(left);
                }
                frame
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        matches!(&self.0, Inner::Whole(bytes) if bytes.is_empty())
    }

    fn size_hint(&self) -> SizeHint {
        match &self.0 {
            Inner::Whole(bytes) => SizeHint::with_exact(bytes.len() as u64),
            Inner::Stream(_, size) => *size,
        }
    }
}

fn unlocked<T>(mutex: &mut Mutex<T>) -> &mut T {
    mutex.get_mut().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(all(test, feature = "hyper"))]
mod reader_tests {
    use super::*;

    #[test]
    fn a_reader_is_read_in_pieces() {
        let bytes = vec![7; 150_000];
        let mut body = Body::reader(std::io::Cursor::new(bytes.clone())).with_length(150_000);
        let mut context = Context::from_waker(std::task::Waker::noop());
        let mut pieces = Vec::new();
        while let Poll::Ready(Some(frame)) = Pin::new(&mut body).poll_frame(&mut context) {
            pieces.push(frame.unwrap().into_data().unwrap());
        }
        assert_eq!(pieces.iter().map(Bytes::len).collect::<Vec<_>>(), [65_536, 65_536, 18_928]);
        assert_eq!(pieces.concat(), bytes);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn poll(body: &mut Body) -> Option<Bytes> {
        let mut context = Context::from_waker(std::task::Waker::noop());
        match Pin::new(body).poll_frame(&mut context) {
            Poll::Ready(frame) => frame.map(|frame| frame.unwrap().into_data().unwrap()),
            Poll::Pending => panic!("pending"),
        }
    }

    #[test]
    fn a_whole_body_is_one_piece() {
        let mut body = Body::from("abc");
        assert_eq!((body.size_hint().exact(), body.is_end_stream()), (Some(3), false));
        assert_eq!(poll(&mut body).as_deref(), Some(&b"abc"[..]));
        assert_eq!((poll(&mut body), body.is_end_stream()), (None, true));
        assert!(Body::empty().is_end_stream());
    }

    #[test]
    fn a_streamed_body_reads_through() {
        let mut body = Body::new(Body::from("canary"));
        assert_eq!((body.whole(), body.size_hint().exact()), (None, Some(6)));
        assert!(!format!("{body:?} {:?}", Body::from("canary")).contains("canary"));
        assert_eq!(poll(&mut body).as_deref(), Some(&b"canary"[..]));
        assert_eq!((poll(&mut body), body.size_hint().exact()), (None, Some(0)));
    }

    #[test]
    fn a_body_that_is_longer_than_announced_is_an_error() {
        let mut context = Context::from_waker(std::task::Waker::noop());
        for announced in [0, 2, 3] {
            let mut body = Body::new(Body::from("abc")).with_length(announced);
            let frame = Pin::new(&mut body).poll_frame(&mut context);
            assert_eq!(matches!(frame, Poll::Ready(Some(Ok(_)))), announced == 3, "{announced}");
        }
    }

    #[test]
    fn a_body_is_sync() {
        fn shared<T: Send + Sync + 'static>() {}
        shared::<Body>();
    }
}
