//! Finds the span of each node in a file's text.
//!
//! Input: the text. Output: a tree of spans, built only when a diagnostic is printed. In JSON, only
//! the nodes on the path to the requested node are read. A node without a span has the span of its
//! nearest ancestor that has one.

use std::fmt;
use std::ops::Range;

use jsonc_parser::common::Ranged;
use saphyr_parser::{Event, Marker, Parser, Span};
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use super::Part;
use crate::limits;
use crate::pointer::Pointer;

/// The spans, in bytes, of a node and of its members and items.
#[derive(Debug, Default)]
pub(super) struct Node {
    span: Range<usize>,
    /// Sorted by key. Members with the same key are in document order.
    members: Vec<Member>,
    items: Vec<Node>,
    /// True if members and items were not read yet.
    is_closed: bool,
}

#[derive(Debug)]
struct Member {
    key: String,
    key_span: Range<usize>,
    value: Node,
}

impl Node {
    /// Creates the index of a text. JSON is read on demand, by [`find`](Self::find). Other text is
    /// read at once, up to its first syntax error.
    pub(super) fn index(text: &str) -> Self {
        strict_json(text).or_else(|| json(text)).unwrap_or_else(|| Yaml::new(text).root())
    }

    /// Reads the members or items, if they were not read yet.
    fn open(&mut self, text: &str) {
        let own = text.get(self.span.clone()).filter(|_| self.is_closed);
        self.is_closed = false;
        let Some(content) = own.and_then(|own| serde_json::from_str::<Content>(own).ok()) else { return };
        let closed = |raw: &RawValue| Node { span: range(raw, text), is_closed: true, ..Node::default() };
        match content {
            Content::Object(members) => {
                let members = members.into_iter().filter_map(|(key, value)| {
                    let name = serde_json::from_str(key.get()).ok()?;
                    Some(Member { key: name, key_span: range(key, text), value: closed(value) })
                });
                self.members = members.collect();
                self.members.sort_by(|a, b| a.key.cmp(&b.key));
            }
            Content::Array(items) => self.items = items.into_iter().map(closed).collect(),
            Content::Scalar => {}
        }
    }

    fn of_key(&mut self, key: &str) -> &mut [Member] {
        let start = self.members.partition_point(|member| member.key.as_str() < key);
        let rest = self.members.get_mut(start..).unwrap_or_default();
        let end = rest.partition_point(|member| member.key == key);
        rest.get_mut(..end).unwrap_or_default()
    }

    /// Returns the span of `part` of the node at `pointer` in the text of this index, or of the
    /// nearest ancestor that has a span.
    pub(super) fn find(&mut self, text: &str, pointer: &Pointer, part: Part) -> Range<usize> {
        let tokens: Vec<String> = pointer.tokens().collect();
        let mut node = self;
        let mut best = 0..0;
        for (depth, token) in tokens.iter().enumerate() {
            let is_last = depth + 1 == tokens.len();
            node.open(text);
            let index = token.parse().ok().filter(|index: &usize| *index < node.items.len());
            if let Some(index) = index {
                let Some(item) = node.items.get_mut(index) else { return best };
                best = item.span.clone();
                node = item;
                continue;
            }
            let same_key = node.of_key(token);
            if let (true, Part::Repeated(nth)) = (is_last, part) {
                return same_key.get(nth).map_or(best, |member| member.key_span.clone());
            }
            let Some(member) = same_key.last_mut() else { return best };
            member.value.open(text);
            let is_scalar = member.value.members.is_empty() && member.value.items.is_empty();
            let is_value = is_last && part == Part::Value && is_scalar && !member.value.span.is_empty();
            best = if is_value { member.value.span.clone() } else { member.key_span.clone() };
            node = &mut member.value;
        }
        best
    }
}

/// The parts of a JSON value, as they are written.
enum Content<'a> {
    Object(Vec<(&'a RawValue, &'a RawValue)>),
    Array(Vec<&'a RawValue>),
    Scalar,
}

impl<'a> Deserialize<'a> for Content<'a> {
    fn deserialize<D: Deserializer<'a>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ContentVisitor)
    }
}

struct ContentVisitor;

impl<'a> Visitor<'a> for ContentVisitor {
    type Value = Content<'a>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("JSON")
    }

    fn visit_map<A: MapAccess<'a>>(self, mut map: A) -> Result<Content<'a>, A::Error> {
        let mut members = Vec::new();
        while let Some(member) = map.next_entry()? {
            members.push(member);
        }
        Ok(Content::Object(members))
    }

    fn visit_seq<A: SeqAccess<'a>>(self, mut seq: A) -> Result<Content<'a>, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = seq.next_element()? {
            items.push(item);
        }
        Ok(Content::Array(items))
    }

    fn visit_bool<E>(self, _: bool) -> Result<Content<'a>, E> {
        Ok(Content::Scalar)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Content<'a>, E> {
        Ok(Content::Scalar)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Content<'a>, E> {
        Ok(Content::Scalar)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Content<'a>, E> {
        Ok(Content::Scalar)
    }

    fn visit_str<E>(self, _: &str) -> Result<Content<'a>, E> {
        Ok(Content::Scalar)
    }

    fn visit_unit<E>(self) -> Result<Content<'a>, E> {
        Ok(Content::Scalar)
    }
}

/// Returns the span of a value in the text that it borrows from.
fn range(raw: &RawValue, text: &str) -> Range<usize> {
    let start = raw.get().as_ptr().addr().saturating_sub(text.as_ptr().addr());
    start..start + raw.get().len()
}

/// Returns the root of a JSON text, or `None` if it is not JSON.
fn strict_json(text: &str) -> Option<Node> {
    let raw: &RawValue = serde_json::from_str(text).ok()?;
    Some(Node { span: range(raw, text), is_closed: true, ..Node::default() })
}

/// Returns the nodes of a JSON text with trailing commas, or `None` if the text is no such JSON.
fn json(text: &str) -> Option<Node> {
    let options = jsonc_parser::ParseOptions {
        allow_comments: false,
        allow_loose_object_property_names: false,
        allow_trailing_commas: true,
        allow_missing_commas: false,
        allow_single_quoted_strings: false,
        ..Default::default()
    };
    let parsed = jsonc_parser::parse_to_ast(text, &Default::default(), &options).ok()?;
    Some(json_node(&parsed.value?))
}

fn json_node(value: &jsonc_parser::ast::Value<'_>) -> Node {
    let range = |ranged: &dyn Ranged| ranged.start()..ranged.end();
    let mut node = Node { span: range(value), ..Node::default() };
    if let Some(object) = value.as_object() {
        node.members = object
            .properties
            .iter()
            .map(|member| Member {
                key: member.name.as_str().to_owned(),
                key_span: range(&member.name),
                value: json_node(&member.value),
            })
            .collect();
        node.members.sort_by(|a, b| a.key.cmp(&b.key));
    } else if let Some(array) = value.as_array() {
        node.items = array.elements.iter().map(json_node).collect();
    }
    node
}

/// Reads the events of a YAML text into nodes.
struct Yaml<'a> {
    events: Parser<'a, saphyr_parser::StrInput<'a>>,
    lines: Vec<&'a str>,
    starts: Vec<usize>,
    /// The line, column and byte offset of the last marker. The next marker usually follows it.
    last: (usize, usize, usize),
}

impl<'a> Yaml<'a> {
    fn new(text: &'a str) -> Self {
        let lines: Vec<&str> = text.split_inclusive('\n').collect();
        let starts = lines
            .iter()
            .scan(0, |end, line| {
                let start = *end;
                *end += line.len();
                Some(start)
            })
            .collect();
        Self { events: Parser::new_from_str(text), lines, starts, last: (0, 0, 0) }
    }

    fn root(mut self) -> Node {
        while let Some((event, span)) = self.next() {
            if !matches!(event, Event::StreamStart | Event::DocumentStart(_)) {
                return self.node(&event, span, 0);
            }
        }
        Node::default()
    }

    /// Returns the next event. Returns `None` at the end or at a syntax error.
    fn next(&mut self) -> Option<(Event<'a>, Span)> {
        self.events.next()?.ok()
    }

    /// Reads the node that begins with `event`, down to the greatest depth of a document.
    fn node(&mut self, event: &Event<'a>, span: Span, depth: usize) -> Node {
        let mut node = Node { span: self.range(span), ..Node::default() };
        match event {
            Event::MappingStart(..) | Event::SequenceStart(..) if depth > limits::DEPTH => self.skip(),
            Event::MappingStart(..) => {
                while let Some((key, key_span)) = self.next().filter(|(event, _)| *event != Event::MappingEnd)
                {
                    let name = match &key {
                        Event::Scalar(text, ..) => text.to_string(),
                        _ => String::new(),
                    };
                    let key_span = self.node(&key, key_span, depth + 1).span;
                    let Some((event, span)) = self.next() else { break };
                    node.members.push(Member {
                        key: name,
                        key_span,
                        value: self.node(&event, span, depth + 1),
                    });
                }
                node.members.sort_by(|a, b| a.key.cmp(&b.key));
            }
            Event::SequenceStart(..) => {
                while let Some((event, span)) = self.next().filter(|(event, _)| *event != Event::SequenceEnd)
                {
                    node.items.push(self.node(&event, span, depth + 1));
                }
            }
            _ => {}
        }
        node
    }

    /// Skips the content of the object or list that has just begun.
    fn skip(&mut self) {
        let mut open = 1_usize;
        while open > 0
            && let Some((event, _)) = self.next()
        {
            match event {
                Event::MappingStart(..) | Event::SequenceStart(..) => open += 1,
                Event::MappingEnd | Event::SequenceEnd => open -= 1,
                _ => {}
            }
        }
    }

    fn range(&mut self, span: Span) -> Range<usize> {
        self.offset(span.start)..self.offset(span.end)
    }

    /// Returns the byte offset of a marker, which counts characters.
    fn offset(&mut self, marker: Marker) -> usize {
        let line = marker.line().saturating_sub(1);
        let (Some(start), Some(text)) = (self.starts.get(line), self.lines.get(line)) else {
            return self.starts.last().zip(self.lines.last()).map_or(0, |(start, line)| start + line.len());
        };
        let (column, from) = match self.last {
            (known, column, offset) if known == line && column <= marker.col() => (column, offset),
            _ => (0, 0),
        };
        let rest = text.get(from..).unwrap_or_default();
        let offset = match rest.char_indices().nth(marker.col() - column) {
            Some((offset, _)) => from + offset,
            // Beyond the end, so the next marker is searched from the start of its line.
            None => return start + text.len(),
        };
        self.last = (line, marker.col(), offset);
        start + offset
    }
}

#[cfg(test)]
mod tests {
    use super::{Node, Part};
    use crate::pointer::Pointer;

    #[track_caller]
    fn shown(text: &str, pointer: &str, part: Part) -> String {
        let pointer = Pointer::from_fragment(pointer).expect("a pointer");
        text.get(Node::index(text).find(text, &pointer, part)).expect("a span of the text").to_owned()
    }

    #[test]
    fn yaml_and_json_give_the_same_nodes() {
        let yaml = "é: 1\na:\n  - b: 'x y'\n    c: &anchor [1, 2]\n  - *anchor\n";
        let json = "{\"é\": 1, \"a\": [{\"b\": \"x y\", \"c\": [1, 2]}, null]}";
        assert_eq!(shown(yaml, "#/a/0/b", Part::Value), "'x y'");
        assert_eq!(shown(json, "#/a/0/b", Part::Value), "\"x y\"");
        assert_eq!(shown(yaml, "#/a/0/c", Part::Value), "c");
        assert_eq!(shown(yaml, "#/a/0/c/1", Part::Value), "2");
        assert_eq!(shown(json, "#/a/0/c/1", Part::Value), "2");
        assert_eq!(shown(yaml, "#/é", Part::Key), "é");
    }

    #[test]
    fn missing_nodes_are_shown_at_the_nearest_ancestor() {
        assert_eq!(shown("a:\n  b: 1\n", "#/a/x/y", Part::Value), "a");
        assert_eq!(shown("a: 1\nno: [", "#/a", Part::Value), "1");
        assert_eq!(shown("a: 1\nno: [", "#/b", Part::Value), "");
    }

    #[test]
    fn repeated_keys_are_distinguished() {
        let text = "{\"a\": 1, \"b\": 2, \"a\": 3}";
        assert_eq!(Node::index(text).find(text, &Pointer::root().child("a"), Part::Repeated(0)), 1..4);
        assert_eq!(Node::index(text).find(text, &Pointer::root().child("a"), Part::Repeated(1)), 17..20);
        assert_eq!(shown(text, "#/a", Part::Value), "3");
    }
}
