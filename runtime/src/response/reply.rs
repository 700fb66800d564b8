//! Decodes responses: JSON, text, bytes or nothing.
//!
//! Input: an [`Answer`]. Output: a value, or an error that keeps the head and the body. Streamed
//! replies are in `stream`.
//!
//! Invariant: text and bytes are decoded only if their media type was requested.

use crate::{
    error::{Error, ErrorKind},
    model::Decode,
    response::{answer::Answer, decode},
    wire::{
        header::{content_type, essence},
        without_mark,
    },
};
use bytes::Bytes;
use http::{HeaderMap, header::CONTENT_TYPE};
use std::{fmt, marker::PhantomData};

/// A way to decode a successful response. Generated code implements it for the enum of an operation
/// whose content depends on the status:
///
/// ```
/// use runtime::{Answer, Error, reply::{self, Reply}, serde_json::Value};
///
/// pub enum Report {
///     Done(Value),
///     Pending(String),
/// }
///
/// impl Reply for Report {
///     type Value = Self;
///
///     fn read(answer: Answer) -> Result<Self, Error> {
///         match answer.status() {
///             202 => answer.read::<reply::Text>().map(Self::Pending),
///             _ => answer.read::<reply::Json<_>>().map(Self::Done),
///         }
///     }
/// }
/// ```
pub trait Reply {
    /// The type of the decoded value.
    type Value;

    /// True if the body is left open, and read after the call.
    const OPEN: bool = false;

    /// Decodes an answer.
    ///
    /// # Errors
    /// The content is not what this reply decodes.
    fn read(answer: Answer) -> Result<Self::Value, Error>;
}

/// Decodes JSON as a `T`. If the request accepts a range of media types (`*/*`), text of another
/// type is decoded as a string.
pub struct Json<T>(PhantomData<fn() -> T>);

impl<T: Decode> Reply for Json<T> {
    type Value = T;

    fn read(answer: Answer) -> Result<T, Error> {
        decode::json(answer)
    }
}

impl<T> fmt::Debug for Json<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Json")
    }
}

/// Decodes UTF-8 text, without a byte order mark. Any other charset is an error.
#[derive(Debug)]
pub struct Text(());

impl Reply for Text {
    type Value = String;

    fn read(answer: Answer) -> Result<String, Error> {
        let answer = answer.documented()?;
        match std::str::from_utf8(without_mark(&answer.body)) {
            Ok(text) => Ok(text.to_owned()),
            Err(_) => Err(answer.into_error(ErrorKind::Decode, "the text is not UTF-8")),
        }
    }
}

/// Returns the body's bytes.
#[derive(Debug)]
pub struct Binary(());

impl Reply for Binary {
    type Value = Bytes;

    fn read(answer: Answer) -> Result<Bytes, Error> {
        Ok(answer.documented()?.body)
    }
}

/// Ignores any content.
#[derive(Debug)]
pub struct Empty(());

impl Reply for Empty {
    type Value = ();

    fn read(_: Answer) -> Result<(), Error> {
        Ok(())
    }
}

impl Answer {
    /// Returns this answer if its media type was requested, and it is no redirect.
    pub(crate) fn documented(self) -> Result<Self, Error> {
        let answer = self.unless_redirect()?;
        if is_asked_for(&answer.headers, answer.accept) {
            return Ok(answer);
        }
        let message = format!("the content is not of the media type {}", answer.accept);
        Err(answer.into_error(ErrorKind::ContentType, message))
    }
}

/// Returns true if `accept` lists the content's media type or a range that includes it, if there is
/// no `Content-Type`, or if the request accepts any bytes (`application/octet-stream`, RFC 2046
/// §4.5.1).
fn is_asked_for(headers: &HeaderMap, accept: &str) -> bool {
    is_in_range(headers, accept)
        || match content_type(headers) {
            None => !headers.contains_key(CONTENT_TYPE),
            Some(found) => accept
                .split(',')
                .map(essence)
                .any(|wanted| wanted == found || wanted == "application/octet-stream"),
        }
}

/// Returns true if `accept` lists a range, such as `*/*`, that includes the content's media type.
/// Every range includes content without a `Content-Type`.
pub(crate) fn is_in_range(headers: &HeaderMap, accept: &str) -> bool {
    let found = content_type(headers);
    let is_absent = !headers.contains_key(CONTENT_TYPE);
    accept.split(',').map(essence).filter_map(|wanted| Some(wanted.strip_suffix('*')?.to_owned())).any(
        |range| is_absent || found.as_ref().is_some_and(|found| range == "*/" || found.starts_with(&range)),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_content_type_must_match_accept() {
        let asked_for = |content_type: &str, accept| {
            let mut headers = HeaderMap::new();
            headers.insert(CONTENT_TYPE, content_type.parse().unwrap());
            is_asked_for(&headers, accept)
        };
        assert!(asked_for("text/csv; charset=utf-8", "text/csv"));
        assert!(asked_for("TEXT/CSV", "application/json, text/csv"));
        assert!(asked_for("image/png", "image/*") && asked_for("x/y", "*/*"));
        assert!(asked_for("image/png", "application/octet-stream"));
        assert!(!asked_for("text/html", "text/csv") && !asked_for("text/html", "image/*"));
        assert!(!asked_for("application/json", "application/pdf"));
        assert!(is_asked_for(&HeaderMap::new(), "text/csv"));
    }
}
