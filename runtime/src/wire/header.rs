//! The headers of one request.
//!
//! Input: a name and a value from a caller. Output: a header. Invariant: no header can end another,
//! or replace one that determines the target, the credentials or the end of the request.

use http::{HeaderMap, HeaderName, HeaderValue, header};

/// The most headers of a request. No server accepts more, and inserting into a full map panics.
const MOST: usize = 1000;

/// Sets a header. Replaces an earlier value.
///
/// # Errors
/// Returns a message, without the value, if the name is no token (RFC 9110 §5.1) or is reserved, if
/// the value is not visible ASCII with inner spaces and tabs (RFC 9110 §5.5), or if there are more
/// than [`MOST`] headers.
pub(crate) fn set(headers: &mut HeaderMap, name: &str, value: &str) -> Result<(), String> {
    const RESERVED: &[HeaderName] = &[
        header::AUTHORIZATION,
        header::CONNECTION,
        header::CONTENT_LENGTH,
        header::HOST,
        header::TRANSFER_ENCODING,
    ];
    let name = HeaderName::from_bytes(name.as_bytes()).map_err(|_| {
        let shown: String = name.escape_debug().take(60).collect();
        format!("header name `{shown}` is not a token")
    })?;
    if RESERVED.contains(&name) {
        return Err(format!("header `{name}` can't be set for a request"));
    }
    let value = text(value)
        .ok_or_else(|| format!("header `{name}` has a value with a character that is not visible ASCII"))?;
    if headers.len() >= MOST && !headers.contains_key(&name) {
        return Err("too many headers".to_owned());
    }
    headers.insert(name, value);
    Ok(())
}

/// Returns a header value of visible ASCII with inner spaces and tabs.
pub(crate) fn text(value: &str) -> Option<HeaderValue> {
    let visible = value.bytes().all(|byte| byte.is_ascii_graphic() || byte == b' ' || byte == b'\t');
    let trimmed = value.trim_matches([' ', '\t']).len() == value.len();
    (visible && trimmed).then(|| HeaderValue::from_str(value).ok()).flatten()
}

/// Returns the media type of `Content-Type`, without its parameters and in lower case. Returns
/// `None` if the header is missing or not visible ASCII.
pub(crate) fn content_type(headers: &HeaderMap) -> Option<String> {
    headers.get(header::CONTENT_TYPE)?.to_str().ok().map(essence)
}

/// Returns a media type without its parameters, in lower case.
pub(crate) fn essence(text: &str) -> String {
    text.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set_one(name: &str, value: &str) -> Result<HeaderMap, String> {
        let mut headers = HeaderMap::new();
        set(&mut headers, name, value).map(|()| headers)
    }

    #[test]
    fn a_header_is_set_or_replaced() {
        let mut headers = set_one("X-Trace", "a b\t=; 'c'").unwrap();
        assert_eq!(headers["x-trace"], "a b\t=; 'c'");
        set(&mut headers, "x-trace", "d").unwrap();
        assert_eq!(headers.get_all("x-trace").iter().collect::<Vec<_>>(), ["d"]);
        assert_eq!(set_one("x-empty", "").unwrap()["x-empty"], "");
    }

    #[test]
    fn too_many_headers_are_an_error() {
        let mut headers = HeaderMap::new();
        for number in 0..MOST {
            set(&mut headers, &format!("x-{number}"), "1").unwrap();
        }
        set(&mut headers, "x-0", "2").unwrap();
        assert_eq!(set(&mut headers, "x-a", "1").unwrap_err(), "too many headers");
    }

    #[test]
    fn every_byte_that_is_not_visible_is_refused_without_the_value() {
        for byte in (0..0x20).chain(0x7f..=0xff_u8).filter(|byte| *byte != b'\t') {
            let value = format!("canary{}x", char::from(byte));
            let message = set_one("x-trace", &value).unwrap_err();
            assert!(message.contains("x-trace") && !message.contains("canary"), "{message}");
        }
        assert!(set_one("x-trace", " a").is_err());
        assert!(set_one("x-trace", "a\t").is_err());
    }

    #[test]
    fn a_name_is_a_token_and_not_reserved() {
        for name in ["", "a b", "a:b", "a\r\nb", "é", "(a)"] {
            assert!(set_one(name, "x").unwrap_err().contains("not a token"), "{name:?}");
        }
        let long = set_one(&" \n".repeat(9000), "x").unwrap_err();
        assert!(long.len() < 100 && !long.contains('\n'), "{long}");
        for name in ["Authorization", "HOST", "content-length", "Transfer-Encoding", "connection"] {
            assert!(set_one(name, "x").unwrap_err().contains("can't be set"), "{name}");
        }
    }
}
