//! A buffer of bytes that waits for the end of a line.
//!
//! Input: pieces of any size. Output: whole lines. Invariant: no byte is scanned twice, so that a
//! long line in many small pieces takes no longer than in one piece.

use bytes::{Buf, BytesMut};

/// The received bytes that are no whole line yet.
#[derive(Debug, Default)]
pub(super) struct Held {
    bytes: BytesMut,
    /// The number of bytes that are known to contain no line end.
    searched: usize,
}

impl Held {
    pub(super) fn push(&mut self, piece: &[u8]) {
        self.bytes.extend_from_slice(piece);
    }

    pub(super) fn len(&self) -> usize {
        self.bytes.len()
    }

    pub(super) fn starts_with(&self, start: &[u8]) -> bool {
        self.bytes.starts_with(start)
    }

    /// Skips bytes at the start of a line.
    pub(super) fn skip(&mut self, count: usize) {
        self.bytes.advance(count.min(self.bytes.len()));
    }

    /// Returns the next whole line, and the byte that ends it.
    pub(super) fn line(&mut self, ends: &[u8]) -> Option<(BytesMut, u8)> {
        let mut fresh = self.bytes.iter().enumerate().skip(self.searched);
        let Some((at, end)) = fresh.find(|(_, byte)| ends.contains(byte)).map(|(at, end)| (at, *end)) else {
            self.searched = self.bytes.len();
            return None;
        };
        let line = self.bytes.split_to(at);
        self.bytes.advance(1);
        self.searched = 0;
        Some((line, end))
    }

    /// Returns all remaining bytes.
    pub(super) fn rest(&mut self) -> BytesMut {
        self.searched = 0;
        self.bytes.split()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_the_same_in_any_pieces() {
        let text = b"ab\n\ncd\x1eefg";
        for size in 1..text.len() {
            let (mut held, mut lines) = (Held::default(), Vec::new());
            for piece in text.chunks(size) {
                held.push(piece);
                lines.extend(std::iter::from_fn(|| held.line(b"\n\x1e")));
            }
            let lines: Vec<_> = lines.iter().map(|(line, end)| (&**line, *end)).collect();
            assert_eq!(lines, [(&b"ab"[..], b'\n'), (b"", b'\n'), (b"cd", 0x1e)]);
            assert_eq!((held.len(), &*held.rest(), held.len()), (3, &b"efg"[..], 0));
        }
    }

    /// Scanning the bytes again for each piece would take hours.
    #[test]
    fn a_long_line_in_many_pieces_takes_no_time() {
        let mut held = Held::default();
        for _ in 0..1 << 20 {
            held.push(b"x");
            assert!(held.line(b"\n").is_none());
        }
        held.push(b"\n");
        assert_eq!(held.line(b"\n").map(|(line, _)| line.len()), Some(1 << 20));
    }
}
