//! Checks a URL's path and query.
//!
//! Input: a percent-encoded path. Output: nothing, or the reason why a URL parser could change the
//! path.

use crate::wire::percent::is_unreserved;

/// Checks that no URL parser changes a path (RFC 3986 §3.3).
///
/// # Errors
/// The path has a byte other than `pchar` and `/`, a broken escape, or a dot segment in any
/// notation.
pub(crate) fn check(path: &str) -> Result<(), String> {
    if !path.is_empty() && !path.starts_with('/') {
        return Err("the path does not begin with `/`".to_owned());
    }
    for segment in path.as_bytes().split(|byte| *byte == b'/') {
        if !is_made_of(segment, is_of_segment) {
            return Err("the path holds a character that RFC 3986 does not allow there".to_owned());
        }
        if is_dots(segment) {
            return Err("the path holds a dot segment".to_owned());
        }
    }
    Ok(())
}

/// Returns true if a segment is `.` or `..`, escaped or not.
fn is_dots(segment: &[u8]) -> bool {
    let (mut rest, mut dots) = (segment, 0);
    while let [b'.', tail @ ..] | [b'%', b'2', b'e' | b'E', tail @ ..] = rest {
        (rest, dots) = (tail, dots + 1);
    }
    rest.is_empty() && matches!(dots, 1 | 2)
}

/// Returns true if a text consists of complete escapes and `allowed` bytes.
pub(crate) fn is_made_of(text: &[u8], allowed: impl Fn(u8) -> bool) -> bool {
    let mut bytes = text.iter();
    while let Some(byte) = bytes.next() {
        let valid = match byte {
            b'%' => (0..2).all(|_| bytes.next().is_some_and(u8::is_ascii_hexdigit)),
            _ => allowed(*byte),
        };
        if !valid {
            return false;
        }
    }
    true
}

/// Returns true if a segment may contain the byte unescaped: `pchar` (RFC 3986 §3.3).
#[inline]
pub(crate) fn is_of_segment(byte: u8) -> bool {
    is_unreserved(byte) || matches!(byte, b'!' | b'$' | b'&'..=b',' | b';' | b'=' | b':' | b'@')
}
