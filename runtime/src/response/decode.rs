//! From a whole response to a value.
//!
//! In: an answer. Out: its JSON as a model, or an error that says where it isn't one. The rule: what an error tells
//! names types and places, never a value; and what doesn't depend on the model is not generic.

use crate::{
    error::{Echo, Error, ErrorKind},
    model::json_path,
    model::{DeserializeOwned, TOO_DEEP},
    response::answer::Answer,
    wire::without_mark,
};
use http::{HeaderMap, header};
use serde_core::de::IgnoredAny;
use serde_json::error::Category;

/// Decodes the body's JSON.
///
/// A status that never has content (RFC 9110 §15.3.5, §15.3.6, §15.4.5) gives the empty value of `T`: null, or an object
/// or a list without members. An empty body with another status gives null only, since a server that has an object or a
/// list sends it. A `T` without such a value is an error.
pub(crate) fn json<T: DeserializeOwned>(answer: Answer) -> Result<T, Error> {
    let texts: &[&[u8]] = match answer.status.as_u16() {
        _ if !answer.body.is_empty() => &[],
        204 | 205 | 304 => &[b"null", b"{}", b"[]"],
        _ => &[b"null"],
    };
    if let Some(value) = texts.iter().find_map(|text| serde_json::from_slice(text).ok()) {
        return Ok(value);
    }
    let answer = expect_json(answer)?;
    serde_json::from_slice(without_mark(&answer.body)).map_err(|error| mismatch(answer, &error))
}

/// An answer whose body is all there, as far as its JSON tells where HTTP doesn't: a connection that broke looks like
/// one that ended, and only here is it found out while the request can still be repeated.
pub(crate) fn complete(answer: Answer) -> Result<Answer, Error> {
    let expected = !answer.operation.media_type().is_empty() && !answer.body.is_empty();
    if expected && !answer.delimited && is_json(&answer.headers, answer.operation.media_type()) {
        match serde_json::from_slice::<IgnoredAny>(without_mark(&answer.body)) {
            Err(error) if error.classify() == Category::Eof => return Err(mismatch(answer, &error)),
            _ => {}
        }
    }
    Ok(answer)
}

fn expect_json(answer: Answer) -> Result<Answer, Error> {
    if answer.body.is_empty() {
        return Err(answer.into_error(ErrorKind::UnexpectedStatus, "no content"));
    }
    if is_json(&answer.headers, answer.operation.media_type()) {
        Ok(answer)
    } else {
        Err(answer.into_error(ErrorKind::ContentType, "the content is not JSON"))
    }
}

/// Whether the content is JSON: by its type, by the suffix of its type (RFC 6839 §3.1), because it is what the
/// document says, or because nothing says what it is.
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

/// The error of a body that is no JSON, or JSON of another shape.
fn mismatch(answer: Answer, error: &serde_json::Error) -> Error {
    let kind = match error.classify() {
        Category::Eof if !answer.delimited => ErrorKind::Truncated,
        _ => ErrorKind::Decode,
    };
    let (message, path) = explain(&answer.body, error, &answer.echo);
    let retryable = kind == ErrorKind::Truncated && answer.operation.method().is_idempotent();
    answer.into_error(kind, message).with_json_path(path).with_retry(retryable)
}

/// Returns what is wrong with a JSON text, for a message, and the JSON path of the value that is wrong.
pub(crate) fn explain(text: &[u8], error: &serde_json::Error, echo: &Echo) -> (String, String) {
    let text = without_mark(text);
    let path = json_path::path_at(text, json_path::offset(text, error.line(), error.column()));
    // A key can be data as well, and even the caller's.
    (format!("{} at {}", describe(error), echo.clean(&path, 200)), path)
}

/// What is wrong, without the value that serde's own message holds.
fn describe(error: &serde_json::Error) -> String {
    const FOUND: &[(&str, &str)] = &[
        ("string", "a string"),
        ("integer", "an integer"),
        ("floating point", "a number"),
        ("boolean", "a boolean"),
        ("null", "null"),
        ("sequence", "an array"),
        ("map", "an object"),
    ];
    let message = error.to_string();
    let message = message.rsplit_once(" at line ").map_or(&*message, |(message, _)| message);
    if error.classify() != Category::Data || message.starts_with("missing field `") || message == TOO_DEEP {
        return message.to_owned();
    }
    let value = message.strip_prefix("invalid type: ").or_else(|| message.strip_prefix("invalid value: "));
    let described = value.and_then(|value| {
        let (found, expected) = value.rsplit_once(", expected ")?;
        let (_, found) = FOUND.iter().find(|(word, _)| found.starts_with(word))?;
        Some(format!("expected {expected}, found {found}"))
    });
    described.unwrap_or_else(|| "invalid value".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::DeserializeOwned;
    use std::collections::BTreeMap;

    fn described<T: DeserializeOwned>(text: &str) -> String {
        describe(&serde_json::from_str::<T>(text).map(drop).unwrap_err())
    }

    #[test]
    fn an_error_is_told_without_the_value() {
        for (told, expected) in [
            (described::<bool>(r#""canary""#), "expected a boolean, found a string"),
            (described::<bool>(r#""canary, expected canary""#), "expected a boolean, found a string"),
            (described::<u8>("123456"), "expected u8, found an integer"),
            (described::<u8>("1.5"), "expected u8, found a number"),
            (described::<String>("null"), "expected a string, found null"),
            (described::<String>("[1]"), "expected a string, found an array"),
            (described::<String>(r#"{"canary":1}"#), "expected a string, found an object"),
            (described::<Vec<u8>>("true"), "expected a sequence, found a boolean"),
            (described::<jiff::Timestamp>(r#""canary""#), "invalid value"),
            (described::<uuid::Uuid>(r#""canary""#), "invalid value"),
            (described::<BTreeMap<String, u8>>("{1:2}"), "key must be a string"),
            (described::<bool>("true canary"), "trailing characters"),
            (described::<bool>("tru"), "EOF while parsing a value"),
        ] {
            assert_eq!(told, expected);
        }
        let missing = <serde_json::Error as serde_core::de::Error>::missing_field("sid");
        assert_eq!(describe(&missing), "missing field `sid`");
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
