//! Reads the tokens of JSON text (RFC 8259).
//!
//! Input: a text. Output: its tokens, borrowed if possible.

use super::fault::{Fault, FaultKind};
use std::borrow::Cow;

/// The deepest nesting of values.
const MOST_LEVELS: u32 = 128;

/// The state of reading a JSON text.
pub(crate) struct Text<'t> {
    text: &'t str,
    pub(super) at: usize,
    depth: u32,
}

/// A fault is boxed, so that the results of all functions fit into registers.
pub(crate) type Read<T = ()> = Result<T, Box<Fault>>;

impl<'t> Text<'t> {
    pub(crate) fn new(text: &'t str) -> Self {
        Self { text, at: 0, depth: 0 }
    }

    #[cold]
    pub(crate) fn fault(&self, kind: FaultKind) -> Box<Fault> {
        Box::new(Fault { kind, at: self.at })
    }

    pub(super) fn syntax<T>(&self, message: &'static str) -> Read<T> {
        Err(self.fault(FaultKind::Syntax(message)))
    }

    pub(super) fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// Skips white space, and returns the next byte.
    pub(crate) fn peek(&mut self) -> Read<u8> {
        loop {
            match self.byte() {
                Some(b' ' | b'\n' | b'\t' | b'\r') => self.at += 1,
                Some(byte) => return Ok(byte),
                None => return Err(self.fault(FaultKind::End("a value"))),
            }
        }
    }

    /// Checks that only white space is left.
    pub(crate) fn end(&mut self) -> Read {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        match rest.iter().position(|byte| !matches!(byte, b' ' | b'\n' | b'\t' | b'\r')) {
            None => Ok(()),
            Some(space) => {
                self.at += space;
                self.syntax("trailing characters")
            }
        }
    }

    /// Skips a byte that is required next.
    pub(super) fn expect(&mut self, expected: u8, message: &'static str) -> Read {
        if self.peek()? == expected {
            self.at += 1;
            return Ok(());
        }
        self.syntax(message)
    }

    /// Begins an array or an object.
    pub(crate) fn open(&mut self) -> Read {
        self.depth += 1;
        if self.depth > MOST_LEVELS {
            return Err(self.fault(FaultKind::TooDeep));
        }
        self.at += 1;
        Ok(())
    }

    /// Ends an array or an object.
    pub(crate) fn close(&mut self) {
        self.depth -= 1;
        self.at += 1;
    }

    /// Goes back to an earlier offset at the given depth.
    pub(super) fn back(&mut self, at: usize, depth: u32) {
        (self.at, self.depth) = (at, depth);
    }

    pub(super) fn depth(&self) -> u32 {
        self.depth
    }

    /// Returns the text from `start` to here.
    pub(super) fn since(&self, start: usize) -> &'t str {
        self.text.get(start..self.at).unwrap_or_default()
    }

    /// Skips `null`, `true` or `false`.
    pub(crate) fn word(&mut self, word: &'static str) -> Read {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        if rest.starts_with(word.as_bytes()) {
            self.at += word.len();
            return Ok(());
        }
        if word.as_bytes().starts_with(rest) {
            return Err(self.fault(FaultKind::End("a value")));
        }
        self.syntax("expected value")
    }

    /// Skips the given key. Returns false, and skips nothing, if another key comes next.
    pub(super) fn known_key(&mut self, key: &str) -> bool {
        let rest = self.text.as_bytes().get(self.at + 1..).unwrap_or_default();
        let is_next = rest.get(..key.len()) == Some(key.as_bytes()) && rest.get(key.len()) == Some(&b'"');
        if is_next {
            self.at += key.len() + 2;
        }
        is_next
    }

    /// Reads a string, from its opening quote.
    pub(crate) fn string(&mut self) -> Read<Cow<'t, str>> {
        let start = self.at + 1;
        self.at = start;
        self.plain();
        if self.byte() == Some(b'"') {
            let text = self.since(start);
            self.at += 1;
            return Ok(Cow::Borrowed(text));
        }
        let mut text = self.since(start).to_owned();
        loop {
            match self.byte() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(Cow::Owned(text));
                }
                Some(b'\\') => text.push(self.escape()?),
                Some(_) => return self.syntax("control character in a string"),
                None => return Err(self.fault(FaultKind::End("a string"))),
            }
            let start = self.at;
            self.plain();
            text.push_str(self.since(start));
        }
    }

    /// Skips characters that need no unescaping.
    pub(super) fn plain(&mut self) {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        self.at += plain_length(rest);
    }

    /// Reads an escaped character, from its backslash (RFC 8259 §7).
    pub(super) fn escape(&mut self) -> Read<char> {
        self.at += 1;
        let Some(byte) = self.byte() else { return Err(self.fault(FaultKind::End("a string"))) };
        self.at += 1;
        Ok(match byte {
            b'"' => '"',
            b'\\' => '\\',
            b'/' => '/',
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => return self.unicode(),
            _ => return self.syntax("invalid escape"),
        })
    }

    fn unicode(&mut self) -> Read<char> {
        let first = self.hex()?;
        if let Some(character) = char::from_u32(first) {
            return Ok(character);
        }
        let pair = self.text.as_bytes().get(self.at..self.at + 2);
        if pair == Some(b"\\u") && first < 0xdc00 {
            self.at += 2;
            let second = self.hex()?;
            if (0xdc00..0xe000).contains(&second) {
                let code = 0x1_0000 + ((first - 0xd800) << 10) + (second - 0xdc00);
                return Ok(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER));
            }
        }
        self.syntax("lone surrogate in an escape")
    }

    fn hex(&mut self) -> Read<u32> {
        let mut code = 0;
        for _ in 0..4 {
            let Some(byte) = self.byte() else { return Err(self.fault(FaultKind::End("a string"))) };
            let Some(digit) = char::from(byte).to_digit(16) else { return self.syntax("invalid escape") };
            code = code * 16 + digit;
            self.at += 1;
        }
        Ok(code)
    }

    /// Reads a number (RFC 8259 §6).
    pub(in crate::model) fn number(&mut self) -> Read<&'t str> {
        let start = self.at;
        if self.byte() == Some(b'-') {
            self.at += 1;
        }
        if self.byte() == Some(b'0') {
            self.at += 1;
        } else {
            self.digits()?;
        }
        if self.byte() == Some(b'.') {
            self.at += 1;
            self.digits()?;
        }
        if matches!(self.byte(), Some(b'e' | b'E')) {
            self.at += 1;
            if matches!(self.byte(), Some(b'+' | b'-')) {
                self.at += 1;
            }
            self.digits()?;
        }
        Ok(self.since(start))
    }

    /// Skips at least one digit.
    fn digits(&mut self) -> Read {
        let start = self.at;
        while self.byte().is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
        match self.byte() {
            _ if self.at > start => Ok(()),
            None => Err(self.fault(FaultKind::End("a value"))),
            Some(_) => self.syntax("invalid number"),
        }
    }

    /// Reads a key and the colon after it.
    pub(crate) fn key(&mut self) -> Read<Cow<'t, str>> {
        if self.peek()? != b'"' {
            return self.syntax("key must be a string");
        }
        let key = self.string()?;
        self.expect(b':', "expected `:`")?;
        Ok(key)
    }

    /// Skips a comma and returns true. Before the closing bracket `close`, returns false and skips
    /// nothing.
    pub(crate) fn comma(&mut self, close: u8) -> Read<bool> {
        match self.text.as_bytes().get(self.at..) {
            Some([b',', b'"' | b'{', ..]) => {
                self.at += 1;
                Ok(true)
            }
            Some([byte, ..]) if *byte == close => Ok(false),
            _ => self.comma_in_space(close),
        }
    }

    fn comma_in_space(&mut self, close: u8) -> Read<bool> {
        let inside = if close == b'}' { "an object" } else { "a list" };
        match self.peek().map_err(|_| self.fault(FaultKind::End(inside)))? {
            b',' => {
                self.at += 1;
                if self.peek()? == close {
                    return self.syntax("trailing comma");
                }
                Ok(true)
            }
            byte if byte == close => Ok(false),
            _ => self.syntax("expected `,` or the end"),
        }
    }
}

/// Returns the number of bytes before the first that must be escaped in a JSON string: a quote, a
/// backslash, or a byte below 0x20.
pub(crate) fn plain_length(bytes: &[u8]) -> usize {
    const EACH: u64 = u64::MAX / 255;
    let (chunks, rest) = bytes.as_chunks::<8>();
    for (index, chunk) in chunks.iter().enumerate() {
        let chunk = u64::from_le_bytes(*chunk);
        // Sets the highest bit of each byte below `limit`. Bytes from 0x80 on are not below it.
        let less = |word: u64, limit: u64| word.wrapping_sub(EACH * limit) & !word;
        // With bit 1 flipped, a quote comes directly after the bytes below 0x20.
        let special = less(chunk ^ (EACH * 2), 0x21) | less(chunk ^ (EACH * u64::from(b'\\')), 1);
        let special = special & (EACH << 7);
        if special != 0 {
            // The lowest of these bits is correct. A borrow can set bits only above a special byte.
            return index * 8 + special.trailing_zeros() as usize / 8;
        }
    }
    let is_special = |byte: &u8| *byte == b'"' || *byte == b'\\' || *byte < 0x20;
    chunks.len() * 8 + rest.iter().position(is_special).unwrap_or(rest.len())
}

/// Returns the JSON type of a value that begins with a byte.
pub(super) fn kind(first: u8) -> Option<&'static str> {
    Some(match first {
        b'"' => "a string",
        b'{' => "an object",
        b'[' => "an array",
        b'n' => "null",
        b't' | b'f' => "a boolean",
        b'-' | b'0'..=b'9' => "a number",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn strings(json: &str) -> Read<String> {
        Text::new(json).string().map(Cow::into_owned)
    }

    #[test]
    fn strings_are_read_as_serde_json_reads_them() {
        for json in [
            r#""""#,
            r#""plain""#,
            r#""seventeen letters""#,
            r#""é😀 and more than eight bytes""#,
            r#""a\"b\\c\/d\b\f\n\r\t""#,
            r#""\u0041\u00e9\ud83d\ude00 tail""#,
            "\"\u{7f}\u{80}\u{2028}\"",
            r#""\ud83d""#,
            r#""\ude00""#,
            r#""\ud83dx""#,
            r#""\ud83d\u0041""#,
            r#""\q""#,
            r#""\u12g4""#,
            "\"line\nbreak\"",
            "\"1234567\u{1f}\"",
            r#""open"#,
            r#""open\"#,
            r#""\u12"#,
        ] {
            let expected = serde_json::from_str::<String>(json);
            assert_eq!(strings(json).ok(), expected.ok(), "{json}");
            assert_eq!(Text::new(json).skip().is_ok(), strings(json).is_ok(), "{json}");
        }
    }
}
