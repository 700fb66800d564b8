//! Summarises an error body.
//!
//! Input: a body, which may be JSON of any API. Output: `code: message`. Invariant: only the
//! members in the tables below reach a log, cleaned and cut.

use super::Echo;
use crate::wire::without_mark;
use serde_json::{Map, Value};

/// Members with a code, best first.
const CODES: &[&str] = &["code", "error_code", "errorCode", "error"];

/// Members with a message, best first. `title` and `detail` are from RFC 9457, `error_description`
/// from RFC 6749.
const MESSAGES: &[&str] =
    &["message", "detail", "title", "error_description", "error_message", "errorMessage", "description"];

const CODE_LIMIT: usize = 60;
const MESSAGE_LIMIT: usize = 200;

/// Returns `code: message` of a JSON body, or the part of it that the body has.
pub(crate) fn summary(body: &[u8], echo: &Echo) -> String {
    let Ok(Value::Object(object)) = serde_json::from_slice(without_mark(body)) else {
        return String::new();
    };
    // The error is at the top, in `error`, or the first of `errors`.
    let inner = match (object.get("error"), object.get("errors")) {
        (Some(Value::Object(inner)), _) => inner,
        (_, Some(Value::Array(list))) => list.first().and_then(Value::as_object).unwrap_or(&object),
        _ => &object,
    };
    let code = find(&object, CODES).or_else(|| find(inner, CODES)).map(|text| echo.clean(&text, CODE_LIMIT));
    let message = find(&object, MESSAGES).or_else(|| find(inner, MESSAGES));
    let message = message.map(|text| echo.clean(&text, MESSAGE_LIMIT));
    match (code, message) {
        (Some(code), Some(message)) => format!("{code}: {message}"),
        (Some(only), None) | (None, Some(only)) => only,
        (None, None) => String::new(),
    }
}

/// Returns the first of `names` with a string or a number.
fn find(object: &Map<String, Value>, names: &[&str]) -> Option<String> {
    names.iter().find_map(|name| match object.get(*name)? {
        Value::String(text) if !text.trim().is_empty() => Some(text.trim().to_owned()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(body: &str) -> String {
        summary(body.as_bytes(), &Echo::new(vec![("Sid", "alice@example.com".to_owned())]))
    }

    #[test]
    fn code_and_message_are_found_in_the_usual_places() {
        for (body, expected) in [
            (
                r#"{"code": 20404, "message": "The resource /Users/alice%40example.com was not found",
                    "more_info": "https://example.com/20404", "status": 404}"#,
                "20404: The resource /Users/{Sid} was not found",
            ),
            (r#"{"type": "about:blank", "title": "Gone", "detail": "It left"}"#, "It left"),
            (r#"{"title": "Gone", "detail": null}"#, "Gone"),
            (r#"{"error": "invalid_grant", "error_description": "expired"}"#, "invalid_grant: expired"),
            (r#"{"error": {"code": "bad", "message": "no"}}"#, "bad: no"),
            (r#"{"errors": [{"code": 1, "message": "no"}, {"code": 2}]}"#, "1: no"),
            (r#"{"errors": ["no"], "message": "yes"}"#, "yes"),
            (r#"{"error_code": "E7"}"#, "E7"),
            ("\u{feff}{\"code\": 7}", "7"),
            (r#"{"code": [1], "message": {"text": "no"}}"#, ""),
            (r#"{"code": "", "message": "  "}"#, ""),
            (r#"{"message": "a\nb"}"#, r"a\u{a}b"),
            ("{}", ""),
            ("[1]", ""),
            (r#""text""#, ""),
            ("<html>alice@example.com</html>", ""),
            (r#"{"message": "cut"#, ""),
            ("", ""),
        ] {
            assert_eq!(of(body), expected, "{body}");
        }
    }

    #[test]
    fn a_long_message_is_cut() {
        let long = of(&format!(r#"{{"code": "{}", "message": "{}"}}"#, "7".repeat(900), "é".repeat(900)));
        assert_eq!(long.chars().count(), CODE_LIMIT + 1 + 2 + MESSAGE_LIMIT + 1);
    }
}
