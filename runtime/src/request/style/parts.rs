//! The parts of a value, and the text around them.
//!
//! Input: a value's tree. Output: its texts, each of which a decoder gets back exactly.

use crate::request::tree::Tree;
use crate::wire::percent::{Keep, encode};

/// The text around the parts: a sign before the first, a sign between two, and whether each has its
/// name.
pub(super) struct Row {
    pub(super) first: &'static str,
    pub(super) between: &'static str,
    pub(super) named: bool,
    /// A character that no part may contain, because it is the delimiter when encoded (OpenAPI
    /// 3.0.4, Appendix E).
    pub(super) taken: Option<char>,
}

impl Row {
    /// Returns the delimiter between the parts of one value, for `explode: false`.
    pub(super) fn inside(&self) -> &'static str {
        if self.taken.is_some() { self.between } else { "," }
    }

    /// Returns the encoded parts, if none contains the delimiter.
    pub(super) fn apart<'a>(
        &self,
        parts: impl Iterator<Item = (&'a str, String)>,
    ) -> Result<Vec<String>, String> {
        parts.map(|(text, encoded)| apart(text, self.taken).map(|()| encoded)).collect()
    }
}

pub(super) fn apart(text: &str, taken: Option<char>) -> Result<(), String> {
    match taken.filter(|sign| text.contains(*sign)) {
        Some(sign) => Err(format!("a part with `{sign}`, which would be taken for two")),
        None => Ok(()),
    }
}

/// The parts of a value, one level deep. Nested parts are JSON.
pub(super) enum Parts {
    One(String),
    List(Vec<String>),
    Object(Vec<(String, String)>),
}

/// Returns the parts of a value. Null in a list or object is omitted as undefined (RFC 6570 §2.3).
pub(super) fn parts(value: &Tree) -> Result<Parts, String> {
    Ok(match value {
        Tree::Null => return Err("null, which is no text".to_owned()),
        Tree::Literal(text) | Tree::Text(text) => Parts::One(text.clone()),
        Tree::List(items) => {
            Parts::List(items.iter().filter(|item| **item != Tree::Null).map(Tree::to_text).collect())
        }
        Tree::Object(members) => {
            let there = members.iter().filter(|(_, value)| *value != Tree::Null);
            Parts::Object(there.map(|(key, value)| (key.clone(), value.to_text())).collect())
        }
    })
}

/// Returns the text of a value, or those of a list's items. There are none for null.
pub(super) fn texts(value: &Tree) -> impl Iterator<Item = String> + '_ {
    let items = match value {
        Tree::List(items) => items.as_slice(),
        value => std::slice::from_ref(value),
    };
    items.iter().filter(|item| **item != Tree::Null).map(Tree::to_text)
}

pub(super) fn named(named: bool, name: &str, text: &str) -> String {
    match (named, text) {
        (true, "") => name.to_owned(),
        (true, text) => format!("{name}={text}"),
        (false, text) => text.to_owned(),
    }
}

pub(super) fn one(name: String, parts: Vec<String>, between: &str) -> Vec<(String, String)> {
    if parts.is_empty() { vec![] } else { vec![(name, parts.join(between))] }
}

/// Calls `pair` with `name[key][0]` and its text, for each text in a value.
pub(super) fn deep(name: String, value: &Tree, pair: &mut impl FnMut(&str, &str)) -> Result<(), String> {
    match value {
        Tree::Null => {}
        Tree::Literal(text) | Tree::Text(text) => pair(&name, text),
        Tree::List(items) => {
            for (index, item) in items.iter().enumerate() {
                deep(format!("{name}[{index}]"), item, pair)?;
            }
        }
        Tree::Object(members) => {
            for (key, value) in members {
                ['[', ']'].into_iter().try_for_each(|sign| apart(key, Some(sign)))?;
                deep(format!("{name}[{key}]"), value, pair)?;
            }
        }
    }
    Ok(())
}

pub(super) fn percent(text: &str, keep: Keep) -> String {
    let mut out = String::with_capacity(text.len());
    encode(text, keep, &mut out);
    out
}

/// Returns JSON in ASCII only, for headers.
pub(super) fn ascii(json: &str) -> String {
    let mut units = [0; 2];
    json.chars()
        .map(|c| match c.is_ascii() {
            true => c.to_string(),
            false => c.encode_utf16(&mut units).iter().map(|unit| format!("\\u{unit:04x}")).collect(),
        })
        .collect()
}
