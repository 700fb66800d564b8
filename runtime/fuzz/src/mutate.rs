//! Mutates bytes. Each input is determined by a number, so that a finding can be reproduced.

use crate::targets::Target;

/// Bytes that many formats treat specially.
const BYTES: &[u8] = b"\0\t\n\r \"#%&'()*+,-./0:;<=>?@[\\]^_`{|}~\x1e\x7f\x80\xbf\xc3\xed\xef\xff";

/// The longest input, in bytes.
const LONGEST: usize = 4096;

/// Returns an input of a target.
pub(crate) fn input(target: &Target, number: u64) -> Vec<u8> {
    let mut random = Random(number.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
    let mut bytes = random.pick(target.seeds).to_vec();
    for _ in 0..=random.below(8) {
        let at = random.below(bytes.len() + 1);
        let end = (at + random.below(16)).min(bytes.len());
        let part = |from: usize, to: usize| bytes.get(from..to).unwrap_or_default();
        let (before, cut, after) = (part(0, at), part(at, end), part(end, bytes.len()));
        bytes = match random.below(6) {
            0 => [before, after].concat(),
            1 => [before, cut, cut, after].concat(),
            2 => [before, random.pick(target.words), part(at, bytes.len())].concat(),
            3 => [before, &[random.byte()], after].concat(),
            4 => [before, &[random.byte()], part(at, bytes.len())].concat(),
            _ => {
                let other = random.pick(target.seeds);
                let from = random.below(other.len() + 1);
                [before, other.get(from..).unwrap_or_default(), after].concat()
            }
        };
        bytes.truncate(LONGEST);
    }
    bytes
}

/// Pseudo-random numbers (xorshift).
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 16).unwrap_or_default() % limit.max(1)
    }

    fn pick<'a>(&mut self, texts: &[&'a [u8]]) -> &'a [u8] {
        texts.get(self.below(texts.len())).copied().unwrap_or_default()
    }

    /// Returns a byte of [`BYTES`], or sometimes any byte.
    fn byte(&mut self) -> u8 {
        let index = self.below(BYTES.len() * 3 / 2);
        BYTES.get(index).copied().unwrap_or_else(|| u8::try_from(self.below(256)).unwrap_or_default())
    }
}
