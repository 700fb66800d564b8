//! Finds the JSON path of an error.
//!
//! Input: a text, and how much of it a parser had read when it failed. Output: the path of the
//! value. Scans the text once, on failure only, so that models need no second decoder that tracks
//! paths.

use crate::wire::is_hidden;
use std::fmt::Write;

/// The most levels of a path. No declared value is deeper. Each level takes 24 bytes of memory for
/// one byte of text.
const MOST_LEVELS: usize = 128;

/// An open container.
enum Open<'a> {
    /// An object, and the key (with quotes) of the value that comes next or has just ended. `None`
    /// before a key.
    Object(Option<&'a [u8]>),
    /// An array, and the index of the element that comes next or has just ended.
    Array(usize),
}

/// Returns the path of the value at `offset`, or of the value that ended there: `$.links.user`,
/// `$.users[3]`, `$['odd name']` (RFC 9535 §2). For a deeper value, returns the path of the value
/// around it at the depth [`MOST_LEVELS`].
pub(crate) fn path_at(text: &[u8], offset: usize) -> String {
    let mut rest = text.get(..offset).unwrap_or(text);
    let mut open: Vec<Open<'_>> = Vec::new();
    let mut deeper = 0_usize;
    while let Some((byte, tail)) = rest.split_first() {
        rest = tail;
        match byte {
            b'{' | b'[' if open.len() == MOST_LEVELS => deeper += 1,
            b'}' | b']' if deeper > 0 => deeper -= 1,
            b'{' => open.push(Open::Object(None)),
            b'[' => open.push(Open::Array(0)),
            b'}' | b']' => drop(open.pop()),
            b',' if deeper > 0 => {}
            b',' => match open.last_mut() {
                Some(Open::Array(index)) => *index += 1,
                Some(Open::Object(key)) => *key = None,
                None => {}
            },
            b'"' => {
                let Some(length) = string_length(tail) else { break };
                let (string, tail) = tail.split_at(length);
                if deeper == 0
                    && let Some(Open::Object(key @ None)) = open.last_mut()
                {
                    *key = Some(string);
                }
                rest = tail;
            }
            _ => {}
        }
    }
    render(&open)
}

/// Returns the number of bytes after an opening quote, including the closing one, or `None` if the
/// string does not end.
fn string_length(text: &[u8]) -> Option<usize> {
    let mut escaped = false;
    let end = text.iter().position(|byte| {
        let ends = *byte == b'"' && !escaped;
        escaped = *byte == b'\\' && !escaped;
        ends
    })?;
    Some(end + 1)
}

fn render(open: &[Open<'_>]) -> String {
    let mut path = "$".to_owned();
    for container in open {
        match container {
            Open::Array(index) => {
                // Writing to a String can't fail.
                let _ = write!(path, "[{index}]");
            }
            Open::Object(Some(key)) => {
                let quoted = [b"\"", *key].concat();
                let name: String = serde_json::from_slice(&quoted).unwrap_or_else(|_| "\u{fffd}".to_owned());
                push_name(&mut path, &name);
            }
            Open::Object(None) => {}
        }
    }
    path
}

/// Appends a member's name: `.name` if RFC 9535 §2.5.1.1 allows it, else `['name']`. Escapes
/// control and invisible characters.
pub(crate) fn push_name(path: &mut String, name: &str) {
    let plain = |character: char| character.is_alphanumeric() && !is_hidden(character) || character == '_';
    if name.chars().all(plain) && !name.starts_with(|first: char| first.is_numeric()) && !name.is_empty() {
        path.push('.');
        path.push_str(name);
        return;
    }
    path.push_str("['");
    for character in name.chars() {
        match character {
            '\'' => path.push_str("\\'"),
            '\\' => path.push_str("\\\\"),
            '\n' => path.push_str("\\n"),
            '\r' => path.push_str("\\r"),
            '\t' => path.push_str("\\t"),
            hidden if is_hidden(hidden) => {
                for unit in hidden.encode_utf16(&mut [0; 2]) {
                    let _ = write!(path, "\\u{unit:04x}");
                }
            }
            other => path.push(other),
        }
    }
    path.push_str("']");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{self, Decode};
    use std::collections::BTreeMap;

    fn path<T: Decode>(text: &str) -> String {
        let fault = model::read::<T>(text).map(drop).unwrap_err();
        path_at(text.as_bytes(), fault.at)
    }

    struct Node {
        id: i32,
        on: Option<bool>,
        list: Option<Vec<Node>>,
        map: Option<BTreeMap<String, Vec<u8>>>,
        rest: model::Rest,
    }

    model::object! {
        Node {
            0 id: required("id"),
            1 on: optional("on"),
            2 list: optional("list"),
            3 map: optional("map"),
        }
        rest { rest }
    }

    #[test]
    fn the_value_of_the_wrong_shape_is_found() {
        for (text, expected) in [
            (r#"{"id": "7"}"#, "$.id"),
            (r#"{"id":"7","on":true}"#, "$.id"),
            (r#"{"id": null}"#, "$.id"),
            (r#"{"id": 1.5}"#, "$.id"),
            (r#"{"id": 1e20}"#, "$.id"),
            (r#"{"id": 99999999999}"#, "$.id"),
            (r#"{"id": [1]}"#, "$.id"),
            (r#"{"id": {"id": 1}}"#, "$.id"),
            (r#"{"id": 1, "on": "yes"}"#, "$.on"),
            (r#"{"on": 1 , "id": 1}"#, "$.on"),
            ("{\"id\":\n1,\n\"on\"\n:\n\"yes\"}", "$.on"),
            (r#"{"id": 1, "map": {"a": [1, 2], "b": [3, 400]}}"#, "$.map.b[1]"),
            (r#"{"id": 1, "map": {"a": [[]]}}"#, "$.map.a[0]"),
            (r#"{"id": 1, "map": {"a": {}}}"#, "$.map.a"),
            (r#"{"id": 1, "map": []}"#, "$.map"),
            (r#"{"id": 1, "list": [{"id": 1}, {"id": 2, "list": [{"id": true}]}]}"#, "$.list[1].list[0].id"),
            (r#"{"id": 1, "x": {"id": "]},[{", "y": [{}]}, "on": 1}"#, "$.on"),
            (r#"{"id": 1, "x": "a\"}b\\", "on": 1}"#, "$.on"),
            ("[]", "$"),
            ("null", "$"),
            (" 7", "$"),
        ] {
            assert_eq!(path::<Node>(text), expected, "{text}");
        }
    }

    #[test]
    fn of_a_missing_key_the_object_is_found() {
        for (text, expected) in [
            ("{}", "$"),
            (r#"{"on": true } "#, "$"),
            (r#"{"id": 1, "list": [{"id": 1}, {}]}"#, "$.list[1]"),
            (r#"{"id": 1, "list": [{"on": true, "x": [1]}, {"id": 1}]}"#, "$.list[0]"),
        ] {
            assert_eq!(path::<Node>(text), expected, "{text}");
        }
    }

    #[test]
    fn a_broken_text_is_found_where_it_breaks() {
        for (text, expected) in [
            ("", "$"),
            ("{", "$"),
            (r#"{"id""#, "$.id"),
            (r#"{"id": "#, "$.id"),
            (r#"{"id": 1, "map": {"a": [1, "#, "$.map.a[1]"),
            (r#"{"id": 1, "x": "cut"#, "$.x"),
            (r#"{"id": 1, "on": treu}"#, "$.on"),
            (r#"{"id": 1} x"#, "$"),
            (r#"{"id": 1, "x": "\q"}"#, "$.x"),
        ] {
            assert_eq!(path::<Node>(text), expected, "{text}");
        }
        let deep = "[".repeat(100_000);
        assert!(path::<serde_json::Value>(&deep).starts_with("$[0][0]"));
        let levels = "[0]".repeat(MOST_LEVELS);
        for inside in ["", "[", "{\"a\":", "[[1,2],{\"a\":[]},", "{\"a\":[1],\"b\":"] {
            let deep = "[".repeat(MOST_LEVELS) + inside;
            assert_eq!(path_at(deep.as_bytes(), deep.len()), format!("${levels}"), "{inside}");
        }
        let left = format!("{}[[1],2]{}, ", "[".repeat(MOST_LEVELS), "]".repeat(MOST_LEVELS - 1));
        assert_eq!(path_at(left.as_bytes(), left.len()), "$[1]");
    }

    #[test]
    fn an_odd_name_is_quoted() {
        type Map = BTreeMap<String, u8>;
        for (text, expected) in [
            (r#"{"user_conversations": ""}"#, "$.user_conversations"),
            (r#"{"é1": ""}"#, "$.é1"),
            (r#"{"a b": ""}"#, "$['a b']"),
            (r#"{"1a": ""}"#, "$['1a']"),
            (r#"{"": ""}"#, "$['']"),
            (r#"{"it's": ""}"#, r"$['it\'s']"),
            (r#"{"a\"b\\": ""}"#, r#"$['a"b\\']"#),
            (r#"{"\u0061\n\u0001": ""}"#, r"$['a\n\u0001']"),
            ("{\"a\u{202e}\u{115f}\u{e0041}\": \"\"}", r"$['a\u202e\u115f\udb40\udc41']"),
        ] {
            assert_eq!(path::<Map>(text), expected, "{text}");
        }
    }
}
