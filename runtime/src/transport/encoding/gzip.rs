//! Bodies in gzip (RFC 1952), of one or several members.

use super::Decoder;
use bytes::{Buf, Bytes};
use flate2::write::MultiGzDecoder;
use std::io::{self, Write};

pub(super) fn decoder() -> io::Result<Box<dyn Decoder>> {
    Ok(Box::new(MultiGzDecoder::new(Vec::new())))
}

impl Decoder for MultiGzDecoder<Vec<u8>> {
    fn decode(&mut self, input: &mut Bytes) -> io::Result<Bytes> {
        if input.is_empty() {
            return Ok(Bytes::new());
        }
        // Decompresses about 32 KiB.
        match self.write(input)? {
            0 => return Err(io::ErrorKind::WriteZero.into()),
            taken => input.advance(taken),
        }
        if input.is_empty() {
            self.flush()?;
        }
        Ok(std::mem::take(self.get_mut()).into())
    }

    fn finish(self: Box<Self>) -> io::Result<Bytes> {
        MultiGzDecoder::finish(*self).map(Bytes::from)
    }
}
