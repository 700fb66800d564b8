//! Parses the text of a file into its JSON tree, in document order.
//!
//! `serde_json` reads JSON, and `saphyr_parser` supplies the events of YAML. Both readers stop at
//! the depth that [`limits`](crate::limits) allows.
//!
//! Invariants: keys are text as written (YAML's `200:` and `true:` are the keys "200" and "true").
//! The tree has the last value of a repeated key. Positions are not stored.

mod json;
pub(crate) mod pointers;
mod repeated;
mod scalar;
mod yaml;

use serde_json::Value;

use crate::pointer::Pointer;

/// The tree of a text, and its oddities.
#[derive(Clone, Debug)]
pub(crate) struct Parsed {
    pub(crate) tree: Result<Value, Error>,
    /// The members with repeated keys.
    pub(crate) repeated: Vec<Pointer>,
    /// The position of the first comma that JSON does not allow and that was skipped.
    pub(crate) trailing_comma: Option<Position>,
    /// The text that was read, if it differs from the file's text. Every node has the same offset
    /// in both.
    pub(crate) joined: Option<String>,
}

/// The reason why a text cannot be read.
#[derive(Clone, Debug)]
pub(crate) struct Error {
    pub(crate) message: String,
    pub(crate) position: Option<Position>,
    /// The member at the problem, if there is no position.
    pub(crate) member: Option<Pointer>,
    /// The index of the character at the position, if the parser reports it.
    index: Option<usize>,
    /// True if the text exceeds a limit. The text may be well-formed.
    pub(crate) is_limit: bool,
}

/// A line and a column, from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Position {
    pub(crate) line: usize,
    pub(crate) column: usize,
}

/// Reads JSON or YAML text.
pub(crate) fn parse(text: &str, is_json: bool) -> Parsed {
    let mut parsed = if is_json { json::read(text) } else { yaml::read(text) };
    if let Some(member) = parsed.tree.as_ref().ok().and_then(pointers::excess) {
        parsed.tree = Err(Error::long_names(member));
    }
    parsed
}

impl Error {
    /// Returns the error for a text whose JSON Pointers exceed the limit.
    fn long_names(member: Pointer) -> Self {
        let message = pointers::PROBLEM.to_owned();
        Self { message, position: None, member: Some(member), index: None, is_limit: true }
    }
}

/// Returns the size of a value, as counted by the limits on growth.
pub(crate) fn size(value: &Value) -> usize {
    crate::limits::VALUE_BYTES
        + match value {
            Value::String(text) => text.len(),
            Value::Array(items) => items.iter().map(size).sum(),
            Value::Object(members) => members.iter().map(|(key, value)| key.len() + size(value)).sum(),
            Value::Null | Value::Bool(_) | Value::Number(_) => 0,
        }
}

/// The path from the root to the current node. It becomes a [`Pointer`] only if a diagnostic needs
/// one.
enum Path<'a> {
    Root,
    Key(&'a Path<'a>, &'a str),
    Index(&'a Path<'a>, usize),
}

impl Path<'_> {
    fn pointer(&self) -> Pointer {
        match self {
            Self::Root => Pointer::root(),
            Self::Key(parent, key) => parent.pointer().child(key),
            Self::Index(parent, index) => parent.pointer().item(*index),
        }
    }

    /// Returns the number of bytes of the pointer, without escapes.
    fn length(&self) -> usize {
        match self {
            Self::Root => 0,
            Self::Key(parent, key) => parent.length() + 1 + key.len(),
            Self::Index(parent, _) => parent.length() + 1 + pointers::INDEX,
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{Error, Position, parse};

    fn yaml(text: &str) -> Value {
        parse(text, false).tree.expect("YAML")
    }

    #[track_caller]
    fn error(text: &str, is_json: bool) -> Error {
        parse(text, is_json).tree.expect_err("an error")
    }

    #[test]
    fn keys_are_text_as_written() {
        assert_eq!(
            yaml("200: a\ntrue: b\n1.0: c\nnull: d\n"),
            json!({"200": "a", "true": "b", "1.0": "c", "null": "d"})
        );
    }

    #[test]
    fn anchors_are_followed_and_merged() {
        let text = "base: &b {a: 1, c: 2}\nuse: {<<: *b, c: 3}\nlist: [*b]\nkey: &k x\n*k : 1\n";
        assert_eq!(yaml(text)["use"], json!({"a": 1, "c": 3}));
        assert_eq!(yaml(text)["list"][0]["a"], 1);
        assert_eq!(yaml(text)["x"], 1);
        assert_eq!(parse("{\"<<\": 1}", true).tree.expect("JSON"), json!({"<<": 1}));
        assert!(error("a: &a [*a]", false).message.contains("contains the alias"));
        assert!(error("a: *b", false).position.is_some());
        assert!(error("<<: 1", false).message.contains("<<"));
    }

    #[test]
    fn empty_texts_and_markers() {
        assert_eq!(yaml(""), Value::Null);
        assert_eq!(yaml("# nothing\n"), Value::Null);
        assert_eq!(yaml("%YAML 1.2\n---\na: |\n  x\n   y\n...\n"), json!({"a": "x\n y\n"}));
        assert!(error("a: 1\n---\nb: 2\n", false).message.contains("second document"));
        assert!(error("? [a]\n: 1\n", false).message.contains("key"));
    }

    #[test]
    fn repeated_keys_are_found() {
        for (text, is_json) in
            [("a:\n  - b: 1\n    b: 2\n", false), ("{\"a\": [{\"b\": 1, \"b\": 2}]}", true)]
        {
            let parsed = parse(text, is_json);
            assert_eq!(parsed.tree.expect("well-formed"), json!({"a": [{"b": 2}]}));
            assert_eq!(parsed.repeated.iter().map(ToString::to_string).collect::<Vec<_>>(), ["#/a/0/b"]);
        }
    }

    #[test]
    fn growth_by_aliases_is_limited() {
        let mut bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
        for level in 1..12 {
            let alias = format!("*a{}", level - 1);
            bomb += &format!("a{level}: &a{level} [{}]\n", [alias.as_str(); 10].join(", "));
        }
        let long = format!("a: &a {}\nb: [{}]\n", "x".repeat(100_000), ["*a"; 20_000].join(", "));
        for text in [bomb, long] {
            assert!(error(&text, false).is_limit);
        }
    }

    #[test]
    fn flow_collections_may_end_at_any_column() {
        let text = "a:\n  b: {\n    é: [1,\n2\n],\n  }\nc: x\n";
        assert_eq!(yaml(text), json!({"a": {"b": {"é": [1, 2]}}, "c": "x"}));
        assert_eq!(parse(text, false).joined.map(|joined| joined.len()), Some(text.len()));
        // The comment would include the next line.
        assert_eq!(error("a:\n  b: [1, # one\n2]\n", false).position, Some(Position { line: 3, column: 1 }));
        assert_eq!(error("a:\n  b: [1,\n2,\n  :}]\n", false).position.map(|at| at.line), Some(4));
    }

    #[test]
    fn depth_is_limited() {
        for (text, is_json) in [
            ("[".repeat(100_000), true),
            ("[".repeat(100_000), false),
            (format!("a:\n  {}a\n", "- ".repeat(10_000)), false),
            (format!("a: 1\na:\n  {}a\n", "- ".repeat(10_000)), false),
            ("&a [".repeat(100_000), false),
            ("? ".repeat(100_000), false),
            ((0..1000).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect(), false),
        ] {
            assert!(error(&text, is_json).is_limit, "{}", text.get(..20).unwrap_or(&text));
        }
        for depth in [120, 127] {
            let text = format!("{}{}", "[".repeat(depth), "]".repeat(depth));
            assert!(parse(&text, true).tree.is_ok() && parse(&text, false).tree.is_ok(), "{depth}");
        }
    }

    #[test]
    fn errors_have_positions() {
        let position = |text, is_json| error(text, is_json).position.map(|Position { line, .. }| line);
        assert_eq!(position("{\"a\": 1,\n  nope}", true), Some(2));
        assert_eq!(position("a: [1\nb: }", false), Some(2));
        assert!(!error("a: [1\nb: }", false).message.contains("line"));
    }

    #[test]
    fn trailing_commas_are_skipped() {
        let parsed = parse("{\"a\": [1, 2,],\n \"b\": \",}\",\n}", true);
        assert_eq!(parsed.tree.expect("mended"), json!({"a": [1, 2], "b": ",}"}));
        assert_eq!(parsed.trailing_comma, Some(Position { line: 1, column: 12 }));
        assert!(parse("{\"a\": 1,,}", true).tree.is_err());
        assert!(parse("{\"a\": nope,}", true).tree.is_err());
    }
}
