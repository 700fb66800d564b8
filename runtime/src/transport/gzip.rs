//! Bodies in gzip (RFC 1952).
//!
//! Input: a response. Output: the same with a decompressed body. Invariants: a piece is
//! decompressed into small pieces, so that a limit stops a gzip bomb early. A body ends only where
//! gzip marks its end.

use super::{Body, Delimited, TransportError, TransportErrorKind as Kind, is_delimited};
use bytes::{Buf, Bytes};
use flate2::write::MultiGzDecoder;
use http::{HeaderMap, Response, header};
use http_body::{Body as HttpBody, Frame};
use std::{
    io::{self, Write},
    pin::Pin,
    task::{Context, Poll, ready},
};

/// Decompresses a gzip body, and removes the headers that describe the encoding (RFC 9110 §8.4).
pub(super) fn decompressed(response: Response<Body>) -> Response<Body> {
    if !is_gzip(response.headers()) {
        return response;
    }
    let (mut head, body) = response.into_parts();
    // A body that the connection cut short is a connection error. Any other incomplete body is the
    // server's error.
    let short = if is_delimited(&head) { Kind::Decompress } else { Kind::Truncated };
    head.headers.remove(header::CONTENT_ENCODING);
    head.headers.remove(header::CONTENT_LENGTH);
    head.extensions.insert(Delimited);
    let decoder = Some(MultiGzDecoder::new(Vec::new()));
    Response::from_parts(head, Body::new(Gzip { body, piece: Bytes::new(), begun: false, decoder, short }))
}

fn is_gzip(headers: &HeaderMap) -> bool {
    let mut encodings = headers.get_all(header::CONTENT_ENCODING).iter();
    let is_gzip = |encoding: &[u8]| {
        ["gzip", "x-gzip"].iter().any(|name| encoding.eq_ignore_ascii_case(name.as_bytes()))
    };
    encodings.next().is_some_and(|encoding| is_gzip(encoding.as_bytes().trim_ascii()))
        && encodings.next().is_none()
}

struct Gzip {
    body: Body,
    /// The received bytes that are not decompressed yet.
    piece: Bytes,
    /// True if bytes were received. The response to a HEAD names an encoding but has no body.
    begun: bool,
    /// `None` at the end.
    decoder: Option<MultiGzDecoder<Vec<u8>>>,
    /// The kind of error if gzip's end is missing.
    short: Kind,
}

impl Gzip {
    /// Decompresses part of the current piece, about 32 KiB.
    fn advance(&mut self) -> io::Result<Bytes> {
        let Some(decoder) = &mut self.decoder else { return Ok(Bytes::new()) };
        match decoder.write(&self.piece)? {
            0 => return Err(io::ErrorKind::WriteZero.into()),
            taken => self.piece.advance(taken),
        }
        if self.piece.is_empty() {
            // Returns all available bytes, because the reader of a stream waits for them.
            decoder.flush()?;
        }
        Ok(std::mem::take(decoder.get_mut()).into())
    }
}

impl HttpBody for Gzip {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        let failed = |kind, error: io::Error| TransportError::new(kind).with_source(error);
        loop {
            if !self.piece.is_empty() {
                let output = match self.advance() {
                    Ok(output) if output.is_empty() => continue,
                    output => output.map_err(|error| failed(Kind::Decompress, error)),
                };
                return Poll::Ready(Some(output.map(Frame::data)));
            }
            match ready!(Pin::new(&mut self.body).poll_frame(context)).transpose()?.map(Frame::into_data) {
                Some(Ok(piece)) => {
                    self.begun |= !piece.is_empty();
                    self.piece = piece;
                }
                Some(Err(trailers)) => return Poll::Ready(Some(Ok(trailers))),
                None => {
                    let Some(decoder) = self.decoder.take().filter(|_| self.begun) else {
                        return Poll::Ready(None);
                    };
                    let rest = decoder.finish().map_err(|error| failed(self.short, error))?;
                    if !rest.is_empty() {
                        return Poll::Ready(Some(Ok(Frame::data(rest.into()))));
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::{Compression, write::GzEncoder};

    fn gzip(text: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(text).unwrap();
        encoder.finish().unwrap()
    }

    /// Returns the decompressed pieces of a body that is sent in pieces of this length.
    fn read(bytes: &[u8], length: usize, headers: &[(&str, &str)]) -> Result<Vec<Bytes>, Kind> {
        let pieces: Vec<_> =
            bytes.chunks(length).map(|piece| Ok::<_, io::Error>(Bytes::copy_from_slice(piece))).collect();
        let mut response = Response::builder();
        for (name, value) in headers {
            response = response.header(*name, *value);
        }
        let response = response.body(Body::stream(futures_util::stream::iter(pieces))).unwrap();
        let mut body = decompressed(response).into_body();
        let mut context = Context::from_waker(std::task::Waker::noop());
        let mut read = Vec::new();
        while let Poll::Ready(Some(frame)) = Pin::new(&mut body).poll_frame(&mut context) {
            read.push(frame.map_err(|error| error.kind())?.into_data().unwrap());
        }
        Ok(read)
    }

    const GZIP: &[(&str, &str)] = &[("content-encoding", "GZip")];

    #[test]
    fn any_cut_into_pieces_gives_the_same_text() {
        let text: Vec<u8> =
            (0..100_000_u32).flat_map(|number| number.wrapping_mul(number).to_le_bytes()).collect();
        let twice = [gzip(&text), gzip(b"end")].concat();
        for length in [1, 2, 7, 8, 9, 1000, 40_000, usize::MAX] {
            let read = read(&twice, length, GZIP).unwrap();
            assert!(read.concat() == [text.as_slice(), b"end"].concat(), "{length}");
        }
        assert_eq!(read(&gzip(b""), 5, GZIP).unwrap().concat(), b"");
        assert_eq!(read(b"", 5, GZIP).unwrap().concat(), b"");
        assert_eq!(read(b"plain", 5, &[]).unwrap().concat(), b"plain");
        assert_eq!(
            read(b"odd", 5, &[("content-encoding", "gzip"), ("content-encoding", "gzip")]).unwrap().concat(),
            b"odd"
        );
    }

    #[test]
    fn a_bomb_comes_in_small_pieces() {
        let bomb = gzip(&vec![b' '; 8 << 20]);
        let pieces = read(&bomb, usize::MAX, GZIP).unwrap();
        assert_eq!(pieces.iter().map(Bytes::len).sum::<usize>(), 8 << 20);
        assert!(pieces.iter().all(|piece| piece.len() <= 64 << 10));
    }

    #[test]
    fn available_bytes_are_returned_at_once() {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(b"data: 1\n\n").unwrap();
        encoder.flush().unwrap();
        let first = encoder.get_ref().len();
        encoder.write_all(b"data: 2\n\n").unwrap();
        let whole = encoder.finish().unwrap();
        assert_eq!(read(&whole, first, GZIP).unwrap()[0], "data: 1\n\n");
    }

    #[test]
    fn an_end_that_does_not_come_is_an_error() {
        let whole = gzip(br#"{"sid": "US1"}"#);
        for length in 1..whole.len() {
            assert_eq!(read(&whole[..length], 3, GZIP).unwrap_err(), Kind::Truncated, "{length}");
            let long = [GZIP, &[("content-length", "9")]].concat();
            assert_eq!(read(&whole[..length], 3, &long).unwrap_err(), Kind::Decompress, "{length}");
        }
        let mut broken = whole.clone();
        broken[whole.len() - 5] ^= 1;
        assert!(read(&broken, 3, GZIP).is_err());
        assert_eq!(
            read(&[&whole[..], b"junk that is no gzip"].concat(), 64, GZIP).unwrap_err(),
            Kind::Decompress
        );
    }
}
