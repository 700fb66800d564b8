//! Percent-encoding (RFC 3986 §2.1).
//!
//! In: text. Out: the same text in the few characters that a place of a URL allows. The rule: what decodes it gets the
//! caller's text exactly, so a `%` is always encoded.

/// Which characters a place keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Keep {
    /// The unreserved ones (RFC 3986 §2.3), which mean themselves everywhere.
    Unreserved,
    /// And those reserved ones that neither end a query nor divide it, in a URL or in a form: `allowReserved`.
    Reserved,
    /// Those of a form's names and values, in which a space is a `+` (WHATWG URL §5.2).
    Form,
}

/// Appends `text` to `out`, percent-encoded but for what the place keeps.
pub(crate) fn encode(text: &str, keep: Keep, out: &mut String) {
    out.reserve(text.len());
    for byte in text.bytes() {
        match keep {
            Keep::Form if byte == b' ' => out.push('+'),
            Keep::Form if byte == b'~' => out.push_str("%7E"),
            Keep::Reserved if b"!$'()*,/:;=?@".contains(&byte) => out.push(char::from(byte)),
            _ if is_unreserved(byte) => out.push(char::from(byte)),
            _ => {
                out.push('%');
                let digits = [byte >> 4, byte & 0xf].map(|digit| char::from_digit(digit.into(), 16));
                out.extend(digits.into_iter().flatten().map(|digit| digit.to_ascii_uppercase()));
            }
        }
    }
}

/// RFC 3986 §2.3.
#[inline]
pub(crate) fn is_unreserved(byte: u8) -> bool {
    matches!(byte, b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_place_keeps_its_characters() {
        let ascii: String = (0x20..0x7f_u8).map(char::from).collect();
        let kept = |keep| {
            let kept = |c: &char| {
                let mut out = String::new();
                encode(&c.to_string(), keep, &mut out);
                out.starts_with(*c) && out.len() == 1
            };
            ascii.chars().filter(kept).collect::<String>()
        };
        let alphanumeric = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
        let without = |keep| kept(keep).replace(|c: char| c.is_ascii_alphanumeric(), "");
        assert_eq!(kept(Keep::Unreserved).replace(['-', '.', '_', '~'], ""), alphanumeric);
        assert_eq!(without(Keep::Unreserved), "-._~");
        // Not `#[]`, which a query can't hold, nor `&+`, which a form's parser takes apart.
        assert_eq!(without(Keep::Reserved), "!$'()*,-./:;=?@_~");
        assert_eq!(without(Keep::Form), "-._");
    }
}
