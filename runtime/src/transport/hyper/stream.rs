//! The byte stream of a connection: TCP, TLS, or a tunnel.

use hyper::rt::{Read, ReadBuf, ReadBufCursor, Write};
use hyper_util::client::legacy::connect::{Connected, Connection};
use std::{
    io::{self, IoSlice},
    pin::Pin,
    task::{Context, Poll},
};

/// TCP, TLS over TCP, or TLS over a tunnel, which itself is TCP or TLS.
trait Bytes: Read + Write + Connection + Send + Unpin {}

impl<T: Read + Write + Connection + Send + Unpin> Bytes for T {}

/// The most bytes of one read: the largest TLS record. hyper requests up to 400 KiB and skips all
/// interim responses (RFC 9110 §15.2) in them before it returns, and tokio checks timers only after
/// 61 tasks. Large reads would therefore delay the timers of calls by seconds.
const PIECE: usize = 16 << 10;

/// The number of consecutive reads after which other tasks run.
const READS: u8 = 2;

/// A connection.
pub(super) struct Stream {
    bytes: Box<dyn Bytes>,
    /// The buffer for reads, before hyper takes the bytes.
    piece: Box<[u8]>,
    /// The number of reads since the last pause.
    reads: u8,
    /// True if the peer is a forwarding proxy. A request then has an absolute target (RFC 9112
    /// §3.2.2).
    forwards: bool,
}

impl Stream {
    pub(super) fn new(bytes: impl Read + Write + Connection + Send + Unpin + 'static) -> Self {
        Self { bytes: Box::new(bytes), piece: vec![0; PIECE].into(), reads: 0, forwards: false }
    }

    pub(super) fn forwards(self) -> Self {
        Self { forwards: true, ..self }
    }
}

impl Connection for Stream {
    fn connected(&self) -> Connected {
        self.bytes.connected().proxy(self.forwards)
    }
}

impl Read for Stream {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        mut buffer: ReadBufCursor<'_>,
    ) -> Poll<io::Result<()>> {
        let Self { bytes, piece, reads, .. } = &mut *self;
        if *reads == READS {
            *reads = 0;
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        let length = buffer.remaining().min(PIECE);
        let mut piece = ReadBuf::new(piece.get_mut(..length).unwrap_or_default());
        let read = Pin::new(bytes).poll_read(context, piece.unfilled());
        *reads = if read.is_ready() { *reads + 1 } else { 0 };
        buffer.put_slice(piece.filled());
        read
    }
}

impl Write for Stream {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.bytes).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.bytes).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.bytes).poll_shutdown(context)
    }

    fn is_write_vectored(&self) -> bool {
        self.bytes.is_write_vectored()
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.bytes).poll_write_vectored(context, bytes)
    }
}
