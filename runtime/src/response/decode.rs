//! Decodes a whole response.
//!
//! Input: an answer. Output: its JSON as a model, or an error. An error names types and places, but
//! no values.

use crate::{
    error::{Echo, Error, ErrorKind},
    model::json_path,
    model::{self, Decode, Fault, FaultKind, Text},
    response::{answer::Answer, reply::is_in_range},
    wire::without_mark,
};
use http::{HeaderMap, header};
use serde_json::Value;

/// Decodes the body's JSON.
///
/// Two kinds of empty body give the empty value of `T`, which is null, an empty object or an empty
/// list: the body of a status that never has content (RFC 9110 §15.3.5, §15.3.6, §15.4.5), and a
/// body for which `is_success_without_content` returns true. Any other empty body gives null. If
/// `T` does not accept the value, the result is an error.
pub(crate) fn json<T: Decode>(answer: Answer) -> Result<T, Error> {
    let mut value = T::blank();
    match json_into(answer, &mut value) {
        Ok(()) => Ok(value),
        Err(error) => Err(error),
    }
}

/// Decodes the body's JSON into `place`. One function for all types, because a client has hundreds
/// of types.
fn json_into(answer: Answer, place: &mut dyn Decode) -> Result<(), Error> {
    let answer = answer.unless_redirect()?;
    let texts: &[&str] = match answer.status.as_u16() {
        _ if !answer.body.is_empty() => &[],
        204 | 205 | 304 => &["null", "{}", "[]"],
        _ if is_success_without_content(&answer) => &["null", "{}", "[]"],
        _ => &["null"],
    };
    if texts.iter().any(|text| model::read_into(text, answer.limit, place).is_ok()) {
        return Ok(());
    }
    if answer.body.is_empty() {
        return Err(answer.into_error(ErrorKind::UnexpectedStatus, "no content"));
    }
    let is_json = is_json(&answer.headers, answer.operation.media_type());
    let says_json = is_json && answer.headers.contains_key(header::CONTENT_TYPE);
    if !says_json && is_in_range(&answer.headers, answer.accept) {
        return of_range(answer, place);
    }
    if !is_json {
        return Err(answer.into_error(ErrorKind::ContentType, "the content is not JSON"));
    }
    let read = utf8(&answer.body).and_then(|text| model::read_into(text, answer.limit, place));
    read.map_err(|fault| mismatch(answer, &fault))
}

/// Returns true if a response without content reports success: HTTP marks the end of the body, no
/// `Content-Type` announces content, and the method is not safe.
fn is_success_without_content(answer: &Answer) -> bool {
    let is_typed = answer.headers.contains_key(header::CONTENT_TYPE);
    answer.delimited && !is_typed && !answer.operation.method().is_safe()
}

/// Reads content that the document describes by a range of media types (`*/*`), if its
/// `Content-Type` is not JSON. With another `Content-Type`, a place for a string gets the text. Any
/// other place gets the decoded JSON, because some servers call every response `text/plain`.
/// Without a `Content-Type`, JSON comes before text.
fn of_range(answer: Answer, place: &mut dyn Decode) -> Result<(), Error> {
    let text = |place: &mut dyn Decode| {
        let text = std::str::from_utf8(without_mark(&answer.body));
        text.is_ok_and(|text| model::read_into(&Value::from(text).to_string(), answer.limit, place).is_ok())
    };
    let is_typed = answer.headers.contains_key(header::CONTENT_TYPE);
    if is_typed && text(place) {
        return Ok(());
    }
    let Err(fault) = utf8(&answer.body).and_then(|text| model::read_into(text, answer.limit, place)) else {
        return Ok(());
    };
    if is_typed {
        return Err(answer.into_error(ErrorKind::ContentType, "the content is not JSON"));
    }
    if text(place) { Ok(()) } else { Err(mismatch(answer, &fault)) }
}

/// Decodes JSON (RFC 8259), with or without a byte order mark, with the memory of a text of at most
/// `limit` bytes.
pub(crate) fn parse<T: Decode>(json: &[u8], limit: usize) -> Result<T, Box<Fault>> {
    model::read_within(utf8(json)?, limit)
}

/// Returns the text of JSON, which is UTF-8 (RFC 8259 §8.1).
fn utf8(json: &[u8]) -> Result<&str, Box<Fault>> {
    let text = std::str::from_utf8(without_mark(json));
    text.map_err(|error| {
        Box::new(Fault { kind: FaultKind::Syntax("invalid UTF-8"), at: error.valid_up_to() })
    })
}

/// Checks that the body is complete. If HTTP does not mark the end of the body, a broken connection
/// looks like the end. Incomplete JSON reveals this while the request can still be retried.
pub(crate) fn complete(answer: Answer) -> Result<Answer, Error> {
    let expected = !answer.operation.media_type().is_empty() && !answer.body.is_empty();
    if expected && !answer.delimited && is_json(&answer.headers, answer.operation.media_type()) {
        let whole = utf8(&answer.body).and_then(|text| Text::new(text).skip().map(drop));
        match whole {
            Err(fault) if matches!(fault.kind, FaultKind::End(_)) => return Err(mismatch(answer, &fault)),
            _ => {}
        }
    }
    Ok(answer)
}

/// Returns true if the content is JSON: by its type, by the suffix of its type (RFC 6839 §3.1),
/// because the document declares it, or because it has no type.
fn is_json(headers: &HeaderMap, documented: &str) -> bool {
    let Some(value) = headers.get(header::CONTENT_TYPE) else { return true };
    let Ok(value) = value.to_str() else { return false };
    let essence = |text| str::trim(str::split(text, ';').next().unwrap_or_default());
    let found = essence(value);
    let suffix = found.rsplit_once('+').map_or("", |(_, suffix)| suffix);
    found.eq_ignore_ascii_case("application/json")
        || suffix.eq_ignore_ascii_case("json")
        || found.eq_ignore_ascii_case(essence(documented))
}

/// Returns the error for a body that is not JSON, or not of the documented type.
fn mismatch(answer: Answer, fault: &Fault) -> Error {
    let kind = match fault.kind {
        FaultKind::End(_) if !answer.delimited => ErrorKind::Truncated,
        _ => kind(fault),
    };
    let (message, path) = explain(&answer.body, fault, &answer.echo);
    let retryable = kind == ErrorKind::Truncated && answer.operation.is_idempotent();
    answer.into_error(kind, message).with_json_path(path).with_retry(retryable)
}

/// Returns the error kind of a fault. It is never `Truncated`, because the text was received
/// completely.
pub(crate) fn kind(fault: &Fault) -> ErrorKind {
    match fault.kind {
        FaultKind::TooLarge => ErrorKind::TooLarge,
        _ => ErrorKind::Decode,
    }
}

/// Returns the problem of a JSON text for a message, and the JSON path of the wrong value.
pub(crate) fn explain(text: &[u8], fault: &Fault, echo: &Echo) -> (String, String) {
    let path = json_path::path_at(without_mark(text), fault.at);
    // A key in the path may be data, even the caller's.
    (format!("{fault} at {}", echo.clean(&path, 200)), path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    fn told<T: Decode>(text: &str) -> String {
        parse::<T>(text.as_bytes(), 1 << 10).map(drop).unwrap_err().to_string()
    }

    #[test]
    fn an_error_does_not_contain_the_value() {
        for (told, expected) in [
            (told::<bool>(r#""canary""#), "expected a boolean, found a string"),
            (told::<u8>("123456"), "number out of range"),
            (told::<u8>("1.5"), "expected an integer, found a number with a fraction"),
            (told::<String>("null"), "expected a string, found null"),
            (told::<String>("[1]"), "expected a string, found an array"),
            (told::<String>(r#"{"canary":1}"#), "expected a string, found an object"),
            (told::<Vec<u8>>("true"), "expected an array, found a boolean"),
            (told::<(u8, u8)>("[1]"), "the array has too few items"),
            (told::<(u8, u8)>("[1,2,3]"), "the array has too many items"),
            (told::<BTreeMap<String, u8>>("{1:2}"), "key must be a string"),
            (told::<bool>("true canary"), "trailing characters"),
            (told::<bool>("tru"), "EOF while parsing a value"),
            (told::<String>("\"\u{1}\""), "control character in a string"),
        ] {
            assert_eq!(told, expected);
        }
        assert_eq!(parse::<String>(b"\"\xff\"", 1 << 10).unwrap_err().to_string(), "invalid UTF-8");
        assert_eq!(parse::<bool>(b"\xef\xbb\xbftrue", 1 << 10), Ok(true));
    }

    #[test]
    fn json_is_known_by_its_type() {
        let json = |content_type: Option<&str>, documented| {
            let mut headers = HeaderMap::new();
            if let Some(content_type) = content_type {
                let value = http::HeaderValue::from_bytes(content_type.as_bytes()).unwrap();
                headers.insert(header::CONTENT_TYPE, value);
            }
            is_json(&headers, documented)
        };
        for yes in ["application/json", "Application/JSON ; charset=utf-8", "application/hal+json"] {
            assert!(json(Some(yes), "application/json"), "{yes}");
        }
        assert!(json(None, "application/json"));
        assert!(json(Some("text/x-json;v=1"), "text/x-json"));
        for no in ["text/html", "text/json5", "", "application/jsonx", "é"] {
            assert!(!json(Some(no), "application/json"), "{no}");
        }
    }
}
