//! Rewrites `contentEncoding` and `contentMediaType` of 3.1 as a format.

use serde_json::{Value, json};

use super::Schema;

/// Encodings of bytes as text (RFC 4648), and the equivalent formats.
const ENCODINGS: [(&str, &str); 2] = [("base64", "byte"), ("base64url", "base64url")];

/// Encodings that leave bytes as they are (RFC 2045 §6).
const IDENTITY: [&str; 3] = ["binary", "8bit", "7bit"];

/// Prefixes of media types for bytes rather than text.
const BINARY: [&str; 7] = [
    "application/octet-stream",
    "application/pdf",
    "application/zip",
    "application/gzip",
    "image/",
    "audio/",
    "video/",
];

/// Sets the format of a string by its encoding or media type, unless it has a format.
pub(super) fn formats(schema: &mut Schema<'_>) {
    let text = |key: &str| schema.keywords.get(key).and_then(Value::as_str).map(str::to_ascii_lowercase);
    let (encoding, media_type) = (text("contentEncoding"), text("contentMediaType").unwrap_or_default());
    let (format, key) = match encoding.as_deref() {
        Some(encoding) if !IDENTITY.contains(&encoding) => (
            ENCODINGS.iter().find(|(name, _)| *name == encoding).map(|(_, format)| *format),
            "contentEncoding",
        ),
        _ if BINARY.iter().any(|known| media_type.starts_with(known)) && !media_type.ends_with("+xml") => {
            (Some("binary"), "contentMediaType")
        }
        _ => return,
    };
    if let Some(format) = format.filter(|_| !schema.keywords.contains_key("format")) {
        schema.set("format", json!(format), key);
    }
}
