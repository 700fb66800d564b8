//! Percent-encoding (RFC 3986 §2.1).
//!
//! Input: text. Output: the same text in the characters that a part of a URL allows. Invariant:
//! decoding returns exactly the caller's text, so a `%` is always encoded.

/// The characters that are not encoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Keep {
    /// Unreserved characters (RFC 3986 §2.3).
    Unreserved,
    /// Also reserved characters that neither end nor separate a query's parts, in a URL or in a
    /// form: `allowReserved`.
    Reserved,
    /// The characters of a form's names and values. A space becomes `+` (WHATWG URL §5.2).
    Form,
    /// The characters of a cookie: visible ASCII except `"`, `;` and `\` (RFC 6265 §4.1.1).
    Cookie,
}

/// Appends `text` to `out`, percent-encoded except for the characters in `keep`.
pub(crate) fn encode(text: &str, keep: Keep, out: &mut String) {
    out.reserve(text.len());
    for byte in text.bytes() {
        match keep {
            Keep::Form if byte == b' ' => out.push('+'),
            Keep::Form if byte == b'~' => out.push_str("%7E"),
            Keep::Reserved if b"!$'()*,/:;=?@".contains(&byte) => out.push(char::from(byte)),
            Keep::Cookie if is_of_cookie(byte) => out.push(char::from(byte)),
            _ if is_unreserved(byte) => out.push(char::from(byte)),
            _ => {
                out.push('%');
                let digits = [byte >> 4, byte & 0xf].map(|digit| char::from_digit(digit.into(), 16));
                out.extend(digits.into_iter().flatten().map(|digit| digit.to_ascii_uppercase()));
            }
        }
    }
}

/// Returns true for a character that a cookie can hold. A comma separates the items of a list.
pub(crate) fn is_of_cookie(byte: u8) -> bool {
    byte.is_ascii_graphic() && !matches!(byte, b'"' | b';' | b'\\')
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
        // `#[]` are not allowed in a query, and form parsers split at `&` and `+`.
        assert_eq!(without(Keep::Reserved), "!$'()*,-./:;=?@_~");
        assert_eq!(without(Keep::Form), "-._");
        assert_eq!(without(Keep::Cookie), "!#$%&'()*+,-./:<=>?@[]^_`{|}~");
    }
}
