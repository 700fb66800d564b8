//! Bodies in Zstandard (RFC 8878), of one or several frames. A window has at most 8 MiB
//! (RFC 9659 §3).

use super::{Decoder, PIECE, incomplete};
use bytes::{Buf, Bytes};
use std::io;
use zstd::stream::raw::{DParameter, Decoder as Frames, Operation};

/// The binary logarithm of the largest window, in bytes.
const WINDOW: u32 = 23;

pub(super) fn decoder() -> io::Result<Box<dyn Decoder>> {
    let mut frames = Frames::new()?;
    frames.set_parameter(DParameter::WindowLogMax(WINDOW))?;
    Ok(Box::new(Zstd { frames, output: vec![0; PIECE], complete: false }))
}

struct Zstd {
    frames: Frames<'static>,
    output: Vec<u8>,
    /// True between frames, after all output of the last one.
    complete: bool,
}

impl Decoder for Zstd {
    fn decode(&mut self, input: &mut Bytes) -> io::Result<Bytes> {
        if self.complete && input.is_empty() {
            return Ok(Bytes::new());
        }
        let status = self.frames.run_on_buffers(input, &mut self.output)?;
        input.advance(status.bytes_read);
        self.complete = status.remaining == 0;
        Ok(Bytes::copy_from_slice(self.output.get(..status.bytes_written).unwrap_or_default()))
    }

    fn finish(self: Box<Self>) -> io::Result<Bytes> {
        if self.complete { Ok(Bytes::new()) } else { Err(incomplete()) }
    }
}
