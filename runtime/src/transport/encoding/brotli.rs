//! Bodies in Brotli (RFC 7932). A body is one stream, with a window of at most 16 MiB.

use super::{Decoder, PIECE, incomplete, invalid};
use brotli_decompressor::{BrotliDecompressStream, BrotliResult, BrotliState, StandardAlloc};
use bytes::{Buf, Bytes};
use std::io;

pub(super) fn decoder() -> io::Result<Box<dyn Decoder>> {
    let alloc = StandardAlloc::default;
    // `new` would accept the windows of up to 1 GiB that RFC 7932 does not have.
    let state = BrotliState::new_strict(alloc(), alloc(), alloc());
    Ok(Box::new(Brotli { state, output: vec![0; PIECE], ended: false }))
}

struct Brotli {
    state: BrotliState<StandardAlloc, StandardAlloc, StandardAlloc>,
    output: Vec<u8>,
    /// True after the end of the stream.
    ended: bool,
}

impl Decoder for Brotli {
    fn decode(&mut self, input: &mut Bytes) -> io::Result<Bytes> {
        if self.ended {
            return if input.is_empty() { Ok(Bytes::new()) } else { Err(invalid("bytes after the end")) };
        }
        let (mut available, mut taken) = (input.len(), 0);
        let (mut space, mut written, mut total) = (self.output.len(), 0, 0);
        let result = BrotliDecompressStream(
            &mut available,
            &mut taken,
            input,
            &mut space,
            &mut written,
            &mut self.output,
            &mut total,
            &mut self.state,
        );
        input.advance(taken);
        match result {
            BrotliResult::ResultFailure => return Err(invalid("invalid Brotli")),
            BrotliResult::ResultSuccess => self.ended = true,
            BrotliResult::NeedsMoreInput | BrotliResult::NeedsMoreOutput => {}
        }
        Ok(Bytes::copy_from_slice(self.output.get(..written).unwrap_or_default()))
    }

    fn finish(self: Box<Self>) -> io::Result<Bytes> {
        if self.ended { Ok(Bytes::new()) } else { Err(incomplete()) }
    }
}
