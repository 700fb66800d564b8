//! Encoding of text in HTTP: paths, percent-encoding, header values.

pub(crate) mod header;
pub(crate) mod path;
pub(crate) mod percent;

/// Returns a text without its byte order mark, which a JSON parser may ignore (RFC 8259 §8.1).
pub(crate) fn without_mark(text: &[u8]) -> &[u8] {
    text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text)
}
