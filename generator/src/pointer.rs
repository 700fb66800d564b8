//! JSON Pointer (RFC 6901): names one node of a document.
//!
//! Input: reference tokens, or the fragment of a `$ref`. Output: a value that prints as
//! `#/paths/~1v1/get`.
//!
//! Invariant: tokens are stored escaped, so that the text and the tokens agree.

use std::fmt;
use std::ops::Range;

use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};
use serde_json::Value;

use crate::limits;

/// The ASCII characters that RFC 3986 §3.5 does not allow in a fragment.
const FRAGMENT: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'<')
    .add(b'>')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// The most ancestors that [`Pointer::ancestors`] returns. Trees are read to [`limits::DEPTH`]
/// levels, and overlays and copies do not exceed this by a factor of 4.
const MOST_ANCESTORS: usize = 4 * limits::DEPTH;

/// A location in a JSON tree. The root is the empty pointer.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pointer(String);

impl Pointer {
    /// Returns the pointer to the whole document.
    pub fn root() -> Self {
        Self::default()
    }

    /// Returns the pointer with these tokens.
    pub(crate) fn of(tokens: &[&str]) -> Self {
        tokens.iter().fold(Self::root(), |pointer, token| pointer.child(token))
    }

    /// Parses the text form of RFC 6901 §3, without `#`. Returns `None` if it is no pointer.
    pub fn from_text(text: &str) -> Option<Self> {
        (text.is_empty() || text.starts_with('/')).then(|| Self(text.to_owned()))
    }

    /// Parses a URI fragment identifier (RFC 6901 §6), with or without its `#`. Returns `None` if
    /// it is no pointer.
    pub fn from_fragment(fragment: &str) -> Option<Self> {
        let text = fragment.strip_prefix('#').unwrap_or(fragment);
        let text = percent_decode_str(text).decode_utf8().ok()?;
        Self::from_text(&text)
    }

    /// Returns the pointer to the member `key` of this object, or to the item `key` of this array.
    #[must_use]
    pub fn child(&self, key: &str) -> Self {
        let mut text = String::with_capacity(self.0.len() + key.len() + 1);
        text.push_str(&self.0);
        let mut child = Self(text);
        child.push(key);
        child
    }

    /// Appends the member `key`. Returns the length for [`truncate`](Self::truncate).
    pub(crate) fn push(&mut self, key: &str) -> usize {
        let length = self.0.len();
        self.0.push('/');
        if key.bytes().any(|byte| matches!(byte, b'~' | b'/')) {
            self.0.push_str(&key.replace('~', "~0").replace('/', "~1"));
        } else {
            self.0.push_str(key);
        }
        length
    }

    /// Appends a token that is already escaped.
    pub(crate) fn push_escaped(&mut self, token: &str) -> usize {
        let length = self.0.len();
        self.0.push('/');
        self.0.push_str(token);
        length
    }

    /// Appends the item at `index`.
    pub(crate) fn push_index(&mut self, index: usize) -> usize {
        let length = self.0.len();
        self.0.push('/');
        self.0.push_str(&index.to_string());
        length
    }

    /// Restores the pointer to its state before a [`push`](Self::push), which returned `length`.
    pub(crate) fn truncate(&mut self, length: usize) {
        self.0.truncate(length);
    }

    /// Returns the pointer to the item at `index` of this array.
    #[must_use]
    pub fn item(&self, index: usize) -> Self {
        let mut item = self.clone();
        item.push_index(index);
        item
    }

    /// Returns the node of `root` that the pointer names.
    pub(crate) fn find<'a>(&self, root: &'a Value) -> Option<&'a Value> {
        let mut node = root;
        let mut rest = self.0.strip_prefix('/');
        while let Some(path) = rest {
            let (token, behind) = match position(path, b'/') {
                Some(end) => (path.get(..end)?, path.get(end + 1..)),
                None => (path, None),
            };
            node = Self::step(node, token)?;
            rest = behind;
        }
        Some(node)
    }

    /// Returns the member or item of `value` that an escaped token leads to.
    pub(crate) fn step<'a>(value: &'a Value, token: &str) -> Option<&'a Value> {
        match value {
            Value::Object(members) if position(token, b'~').is_some() => members.get(&unescape(token)),
            Value::Object(members) => members.get(token),
            Value::Array(items) => {
                let is_index = token == "0" || !token.starts_with(['0', '+']);
                items.get(token.parse::<usize>().ok().filter(|_| is_index)?)
            }
            _ => None,
        }
    }

    /// Returns the parent and the token that leads from it to this node, or `None` for the root.
    pub fn split_last(&self) -> Option<(Self, String)> {
        let (parent, token) = self.0.rsplit_once('/')?;
        Some((Self(parent.to_owned()), unescape(token)))
    }

    /// Returns the last reference token, empty for the root.
    pub fn last(&self) -> String {
        self.split_last().map(|(_, token)| token).unwrap_or_default()
    }

    /// Returns a sort key with array items in numeric order: `/oneOf/2` sorts before `/oneOf/10`.
    pub(crate) fn in_order(&self) -> Vec<(u64, String)> {
        let key = |token: &str| match token.parse::<u64>() {
            Ok(index) => (index, token.to_owned()),
            Err(_) => (u64::MAX, token.to_owned()),
        };
        self.0.split('/').skip(1).map(key).collect()
    }

    /// Returns the reference tokens, unescaped.
    pub fn tokens(&self) -> impl Iterator<Item = String> + '_ {
        self.0.split('/').skip(1).map(unescape)
    }

    /// Returns this node, its parent, and so on up to the root. Omits nodes deeper than a tree can
    /// be, because a reference may have a million tokens.
    pub(crate) fn ancestors(&self) -> impl Iterator<Item = Self> {
        let end = self.0.match_indices('/').nth(MOST_ANCESTORS).map_or(self.0.len(), |(end, _)| end);
        let deepest = Self(self.0.get(..end).unwrap_or_default().to_owned());
        std::iter::successors(Some(deepest), |pointer| {
            let (parent, _) = pointer.0.rsplit_once('/')?;
            Some(Self(parent.to_owned()))
        })
    }

    /// Returns the range of pointers to the nodes below this node.
    pub(crate) fn below(&self) -> Range<Self> {
        // `0` is the character after `/`.
        Self(format!("{}/", self.0))..Self(format!("{}0", self.0))
    }

    /// Returns the number of tokens.
    pub(crate) fn depth(&self) -> usize {
        self.0.matches('/').count()
    }

    /// Returns true if `ancestor` is this node or an ancestor of it.
    pub fn is_within(&self, ancestor: &Self) -> bool {
        self.0.strip_prefix(ancestor.0.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }

    /// Returns the pointer to the node below `to` that corresponds to this node below `from`.
    /// Returns `None` if `from` is no ancestor.
    pub fn rebased(&self, from: &Self, to: &Self) -> Option<Self> {
        self.is_within(from)
            .then(|| Self(format!("{}{}", to.0, self.0.get(from.0.len()..).unwrap_or_default())))
    }

    /// Returns the pointer as a URI fragment identifier (RFC 6901 §6), with its `#`.
    pub(crate) fn to_fragment(&self) -> String {
        format!("#{}", utf8_percent_encode(&self.0, FRAGMENT))
    }

    /// Returns the pointer in the text form of RFC 6901 §3, without `#`.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Pointer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "#{}", self.0)
    }
}

fn unescape(token: &str) -> String {
    let mut text = String::with_capacity(token.len());
    let mut rest = token;
    while let Some(at) = position(rest, b'~') {
        let (plain, escape) = rest.split_at(at);
        text.push_str(plain);
        let (sign, length) = match escape.as_bytes() {
            [_, b'0', ..] => ('~', 2),
            [_, b'1', ..] => ('/', 2),
            _ => ('~', 1),
        };
        text.push(sign);
        rest = escape.get(length..).unwrap_or_default();
    }
    text.push_str(rest);
    text
}

/// Returns the index of the first `byte`, which must be ASCII. Tokens are too short for a
/// vectorised search.
fn position(text: &str, byte: u8) -> Option<usize> {
    text.bytes().position(|other| other == byte)
}

#[cfg(test)]
mod tests {
    use super::Pointer;

    #[test]
    fn tokens_survive_escaping() {
        let pointer = Pointer::root().child("paths").child("/v1/{a~b}").item(3);
        assert_eq!(pointer.to_string(), "#/paths/~1v1~1{a~0b}/3");
        assert_eq!(pointer.tokens().collect::<Vec<_>>(), ["paths", "/v1/{a~b}", "3"]);
    }

    #[test]
    fn nodes_are_found_by_key_and_index() {
        let root = serde_json::json!({"a/b~": [1, {"0": 2}], "": 3});
        let find = |text: &str| Pointer::from_text(text).expect("a pointer").find(&root).cloned();
        for text in [
            "",
            "/a~1b~0",
            "/a~1b~0/0",
            "/a~1b~0/1/0",
            "/",
            "/a~1b~0/00",
            "/a~1b~0/2",
            "/a",
            "/a~1b~0/+0",
            "/a~1b~0/0/x",
        ] {
            assert_eq!(find(text), root.pointer(text).cloned(), "{text}");
        }
    }

    #[test]
    fn fragments_are_percent_decoded() {
        let pointer = Pointer::from_fragment("#/components/schemas/a%20b%7E1c").expect("a pointer");
        assert_eq!(pointer.last(), "a b/c");
        assert_eq!(Pointer::from_fragment("#components"), None);
    }

    #[test]
    fn a_long_pointer_has_few_ancestors() {
        let long = Pointer::from_text(&"/a".repeat(100_000)).expect("a pointer");
        assert_eq!(long.ancestors().count(), super::MOST_ANCESTORS + 1);
        let short = Pointer::from_text("/a/b").expect("a pointer");
        let ancestors: Vec<String> = short.ancestors().map(|pointer| pointer.as_str().to_owned()).collect();
        assert_eq!(ancestors, ["/a/b", "/a", ""]);
    }

    #[test]
    fn within_stops_at_token_borders() {
        let user = Pointer::root().child("User");
        assert!(user.child("id").is_within(&user) && user.is_within(&user));
        assert!(!Pointer::root().child("UserList").is_within(&user));
    }
}
