//! Mutates inputs by lines. libFuzzer mutates bytes; documents are texts of lines, whose meaning
//! depends on their indentation.

/// Returns a mutation of an input, which is determined by `number`: up to six changes of lines or
/// bytes. Lines may come from `seeds`, pieces from `words`.
pub fn mutated(input: &[u8], seeds: &[Vec<u8>], words: &[&[u8]], number: u64) -> Vec<u8> {
    let mut random = Random(number.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
    let mut bytes = input.to_vec();
    for _ in 0..=random.below(6) {
        bytes = changed(&bytes, seeds, words, &mut random);
    }
    bytes
}

fn changed(bytes: &[u8], seeds: &[Vec<u8>], words: &[&[u8]], random: &mut Random) -> Vec<u8> {
    let lines: Vec<&[u8]> = bytes.split_inclusive(|byte| *byte == b'\n').collect();
    let (one, other) = (random.below(lines.len()), random.below(lines.len()));
    let (start, end) = (one.min(other), one.max(other).min(one.min(other) + 20));
    let part = |from: usize, to: usize| lines.get(from..to).unwrap_or_default().concat();
    let all = lines.len();
    match random.below(8) {
        // Lines are removed, repeated, moved, or inserted from a seed.
        0 => [part(0, start), part(end, all)].concat(),
        1 => [part(0, end), part(start, all)].concat(),
        2 => [part(0, start), part(end, all), part(start, end)].concat(),
        3 => {
            let seed = seeds.get(random.below(seeds.len())).map(Vec::as_slice).unwrap_or_default();
            let others: Vec<&[u8]> = seed.split_inclusive(|byte| *byte == b'\n').collect();
            let from = random.below(others.len());
            let other: Vec<u8> = others.iter().skip(from).take(10).copied().flatten().copied().collect();
            [part(0, start), other, part(start, all)].concat()
        }
        // A line gets another indentation.
        4 => {
            let line = part(start, start + 1);
            let line = match (random.below(2), line.strip_prefix(b"  ")) {
                (1, Some(less)) => less.to_vec(),
                _ => [b"  ", line.as_slice()].concat(),
            };
            [part(0, start), line, part(start + 1, all)].concat()
        }
        // Bytes are removed, or a word is inserted.
        5 => {
            let (before, after) = bytes.split_at(random.below(bytes.len() + 1));
            [before, after.get(1 + random.below(3)..).unwrap_or_default()].concat()
        }
        6 => {
            let (before, after) = bytes.split_at(random.below(bytes.len() + 1));
            [before, random.word(words), after].concat()
        }
        // A value is replaced.
        _ => {
            let line = part(start, start + 1);
            let key = line.windows(2).position(|pair| pair == b": ").unwrap_or(line.trim_ascii_end().len());
            let value = [line.get(..key).unwrap_or_default(), b": ", random.word(words), b"\n"].concat();
            [part(0, start), value, part(start + 1, all)].concat()
        }
    }
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

    fn word<'a>(&mut self, words: &[&'a [u8]]) -> &'a [u8] {
        words.get(self.below(words.len())).copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::mutated;

    #[test]
    fn a_mutation_is_determined_by_its_number() {
        let seeds = [b"openapi: 3.0.3\npaths: {}\n".to_vec()];
        let input = |number| mutated(&seeds[0], &seeds, &[b"null"], number);
        assert_eq!(input(7), input(7));
        assert!((0..50).any(|number| input(number) != seeds[0]));
    }
}
