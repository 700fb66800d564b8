//! Content encodings (RFC 9110 §8.4): gzip, and with their features Brotli and Zstandard.
//!
//! Input: a response. Output: the same with a decompressed body. Invariants: a piece is
//! decompressed into small pieces, so that a limit stops a bomb early. All bytes that the server
//! has flushed are returned at once, because the reader of a stream waits for them. A body ends
//! only where its encoding marks the end.

#[cfg(feature = "brotli")]
mod brotli;
mod gzip;
#[cfg(test)]
mod tests;
#[cfg(feature = "zstd")]
mod zstd;

use super::{Body, Delimited, TransportError, TransportErrorKind as Kind, is_delimited};
use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Response, header};
use http_body::{Body as HttpBody, Frame};
use std::{
    io,
    pin::Pin,
    sync::LazyLock,
    task::{Context, Poll, ready},
};

/// The length of a decompressed piece, in bytes.
#[cfg(any(feature = "brotli", feature = "zstd"))]
const PIECE: usize = 32 << 10;

/// A content encoding, and how to decompress it.
struct Encoding {
    /// The name of the encoding in `Accept-Encoding`.
    name: &'static str,
    /// Another name of the encoding, which servers may use.
    alias: Option<&'static str>,
    decoder: fn() -> io::Result<Box<dyn Decoder>>,
}

/// The encodings of this build. Servers choose, so the order has no effect.
const ENCODINGS: &[Encoding] = &[
    Encoding { name: "gzip", alias: Some("x-gzip"), decoder: gzip::decoder },
    #[cfg(feature = "brotli")]
    Encoding { name: "br", alias: None, decoder: brotli::decoder },
    #[cfg(feature = "zstd")]
    Encoding { name: "zstd", alias: None, decoder: zstd::decoder },
];

/// Decompresses a body.
trait Decoder: Send {
    /// Decompresses part of `input`, into at most 64 KiB, and advances it. An empty result without
    /// remaining input means that more input is needed.
    fn decode(&mut self, input: &mut Bytes) -> io::Result<Bytes>;

    /// Returns the rest at the end of the input. Returns an error if the encoding's end is missing.
    fn finish(self: Box<Self>) -> io::Result<Bytes>;
}

/// Returns the value of `Accept-Encoding`: the names of [`ENCODINGS`].
pub(super) fn accepted() -> HeaderValue {
    static VALUE: LazyLock<HeaderValue> = LazyLock::new(|| {
        let names: Vec<_> = ENCODINGS.iter().map(|encoding| encoding.name).collect();
        HeaderValue::from_str(&names.join(", ")).unwrap_or(HeaderValue::from_static("identity"))
    });
    VALUE.clone()
}

/// Decompresses a body in one of [`ENCODINGS`], and removes the headers that describe the encoding.
/// The headers of other encodings stay, and the client reports them as an error.
pub(super) fn decompressed(response: Response<Body>) -> Result<Response<Body>, TransportError> {
    let Some(encoding) = encoding(response.headers()) else { return Ok(response) };
    let decoder =
        (encoding.decoder)().map_err(|error| TransportError::new(Kind::Decompress).with_source(error))?;
    let (mut head, body) = response.into_parts();
    // A body that the connection cut short is a connection error. Any other incomplete body is the
    // server's error.
    let short = if is_delimited(&head) { Kind::Decompress } else { Kind::Truncated };
    head.headers.remove(header::CONTENT_ENCODING);
    head.headers.remove(header::CONTENT_LENGTH);
    head.extensions.insert(Delimited);
    let decompressed = Decompressed {
        body,
        piece: Bytes::new(),
        begun: false,
        pending: false,
        decoder: Some(decoder),
        short,
    };
    Ok(Response::from_parts(head, Body::new(decompressed)))
}

/// Returns the encoding of a response that has exactly one.
fn encoding(headers: &HeaderMap) -> Option<&'static Encoding> {
    let mut values = headers.get_all(header::CONTENT_ENCODING).iter();
    let (Some(value), None) = (values.next(), values.next()) else { return None };
    let value = value.as_bytes().trim_ascii();
    ENCODINGS.iter().find(|encoding| {
        [Some(encoding.name), encoding.alias]
            .into_iter()
            .flatten()
            .any(|name| value.eq_ignore_ascii_case(name.as_bytes()))
    })
}

struct Decompressed {
    body: Body,
    /// The received bytes that are not decompressed yet.
    piece: Bytes,
    /// True if bytes were received. The response to a HEAD names an encoding but has no body.
    begun: bool,
    /// True if the decoder may return more without further input.
    pending: bool,
    /// `None` at the end.
    decoder: Option<Box<dyn Decoder>>,
    /// The kind of error if the encoding's end is missing.
    short: Kind,
}

impl HttpBody for Decompressed {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        let this = &mut *self;
        let failed = |kind, error: io::Error| TransportError::new(kind).with_source(error);
        loop {
            if this.pending
                && let Some(decoder) = &mut this.decoder
            {
                let output =
                    decoder.decode(&mut this.piece).map_err(|error| failed(Kind::Decompress, error))?;
                if !output.is_empty() {
                    return Poll::Ready(Some(Ok(Frame::data(output))));
                }
                this.pending = !this.piece.is_empty();
                continue;
            }
            match ready!(Pin::new(&mut this.body).poll_frame(context)).transpose()?.map(Frame::into_data) {
                Some(Ok(piece)) => {
                    this.pending = !piece.is_empty();
                    this.begun |= this.pending;
                    this.piece = piece;
                }
                Some(Err(trailers)) => return Poll::Ready(Some(Ok(trailers))),
                None => {
                    let Some(decoder) = this.decoder.take().filter(|_| this.begun) else {
                        return Poll::Ready(None);
                    };
                    let rest = decoder.finish().map_err(|error| failed(this.short, error))?;
                    if !rest.is_empty() {
                        return Poll::Ready(Some(Ok(Frame::data(rest))));
                    }
                }
            }
        }
    }
}

/// Returns the error of bytes after the end, or of invalid bytes.
#[cfg(feature = "brotli")]
fn invalid(reason: &'static str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, reason)
}

/// Returns the error of a missing end.
#[cfg(any(feature = "brotli", feature = "zstd"))]
fn incomplete() -> io::Error {
    io::ErrorKind::UnexpectedEof.into()
}
