//! Skips values of JSON text.
//!
//! Input: a text. Output: the text of its next value. Invariant: only well-formed JSON is skipped,
//! because skipped text may be kept and sent again.

use super::{
    fault::FaultKind,
    text::{Read, Text},
};

impl<'t> Text<'t> {
    /// Skips a value of any depth, and returns its text.
    pub(crate) fn skip(&mut self) -> Read<&'t str> {
        self.peek()?;
        let start = self.at;
        let mut open = Open::default();
        loop {
            match self.peek()? {
                b'{' => {
                    self.at += 1;
                    if self.peek()? != b'}' {
                        open.push(true);
                        self.skip_key()?;
                        continue;
                    }
                    self.at += 1;
                }
                b'[' => {
                    self.at += 1;
                    if self.peek()? != b']' {
                        open.push(false);
                        continue;
                    }
                    self.at += 1;
                }
                b'"' => self.skip_string()?,
                b'n' => self.word("null")?,
                b't' => self.word("true")?,
                b'f' => self.word("false")?,
                b'-' | b'0'..=b'9' => drop(self.number()?),
                _ => return self.syntax("expected value"),
            }
            // A value has ended, and possibly its containers too.
            loop {
                let Some(is_object) = open.last() else { return Ok(self.since(start)) };
                if self.comma(if is_object { b'}' } else { b']' })? {
                    if is_object {
                        self.skip_key()?;
                    }
                    break;
                }
                self.at += 1;
                open.pop();
            }
        }
    }

    /// Skips a key and the colon after it.
    fn skip_key(&mut self) -> Read {
        if self.peek()? != b'"' {
            return self.syntax("key must be a string");
        }
        self.skip_string()?;
        self.expect(b':', "expected `:`")
    }

    /// Skips a string, from its opening quote.
    fn skip_string(&mut self) -> Read {
        self.at += 1;
        loop {
            self.plain();
            match self.byte() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(());
                }
                Some(b'\\') => drop(self.escape()?),
                Some(_) => return self.syntax("control character in a string"),
                None => return Err(self.fault(FaultKind::End("a string"))),
            }
        }
    }
}

/// The arrays and objects that are open, as a bit each: 1 for an object.
#[derive(Default)]
struct Open {
    /// The innermost arrays and objects, the last one in the lowest bit.
    last: u64,
    /// The number of bits in `last`. 0 only if nothing is open.
    count: u32,
    /// The arrays and objects around those of `last`, 64 in each word.
    outer: Vec<u64>,
}

impl Open {
    fn push(&mut self, is_object: bool) {
        if self.count == u64::BITS {
            self.outer.push(self.last);
            self.count = 0;
        }
        self.last = self.last << 1 | u64::from(is_object);
        self.count += 1;
    }

    /// Returns true if the innermost open value is an object. Returns `None` if nothing is open.
    fn last(&self) -> Option<bool> {
        (self.count > 0).then_some(self.last & 1 == 1)
    }

    fn pop(&mut self) {
        self.last >>= 1;
        self.count -= 1;
        if self.count == 0
            && let Some(outer) = self.outer.pop()
        {
            (self.last, self.count) = (outer, u64::BITS);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_json_exactly_if_serde_json_accepts_them() {
        for json in [
            "0",
            "-0",
            "1",
            "10",
            "-12.50",
            "1e3",
            "1E+3",
            "1e-3",
            "0.5",
            "01",
            "-",
            ".5",
            "1.",
            "1e",
            "+1",
            "1e+",
            "--1",
            "0x1",
            "NaN",
            "Infinity",
            "true",
            "false",
            "null",
            "nul",
            "truth",
            "{}",
            "[]",
            "[1,2]",
            "[1,]",
            "[,1]",
            "[1 2]",
            "{\"a\":1}",
            "{\"a\":1,}",
            "{\"a\" 1}",
            "{a:1}",
            "{1:1}",
            "{,}",
            "{\"a\":}",
            "[",
            "{",
            "]",
            "",
            " ",
            " [ 1 , { \"a\" : [ ] } ] ",
            "1 2",
            "[]]",
            "\u{feff}1",
        ] {
            let mut text = Text::new(json);
            let ours = text.skip().and_then(|_| text.end()).is_ok();
            assert_eq!(ours, serde_json::from_str::<serde_core::de::IgnoredAny>(json).is_ok(), "{json}");
        }
    }

    #[test]
    fn any_depth_is_passed_over() {
        let nested = |levels: usize| "[".repeat(levels) + &"]".repeat(levels);
        assert!(Text::new(&nested(100_000)).skip().is_ok());
        assert_eq!(Text::new(&"[".repeat(100_000)).skip().unwrap_err().kind, FaultKind::End("a value"));
        for levels in [1, 63, 64, 65, 128, 129, 200] {
            let mixed = |open: &str, close: &str| open.repeat(levels) + "1" + &close.repeat(levels);
            assert!(Text::new(&mixed(r#"[{"a":"#, "}]")).skip().is_ok(), "{levels}");
            assert!(Text::new(&mixed(r#"{"a":["#, "]}")).skip().is_ok(), "{levels}");
            assert!(Text::new(&mixed(r#"[{"a":"#, "]}")).skip().is_err(), "{levels}");
        }
    }
}
