//! Parses YAML text into a tree, from the events of `saphyr_parser`.
//!
//! Aliases are replaced by copies of their anchors' values. `<<` merges another object's members,
//! as in YAML 1.1. Tags other than `!!str` have no effect.

use std::collections::HashMap;

use saphyr_parser::{Event, Marker, Parser, ScalarStyle, ScanError, StrInput, Tag};
use serde_json::{Map, Value};

use super::repeated::Repeated;
use super::{Error, Parsed, Path, Position, scalar, size};
use crate::limits;

/// Parses YAML text.
///
/// Lines of a flow collection must be indented deeper than its key (YAML 1.2 §7.4), but in many
/// documents the last line begins at the column of the key. If that is the only error, the line is
/// joined with the previous one.
pub(super) fn read(text: &str) -> Parsed {
    let mut joined: Option<String> = None;
    let mut budget = limits::REPARSED_BYTES;
    loop {
        let now = joined.as_deref().unwrap_or(text);
        let parsed = read_once(now);
        let Err(error) = &parsed.tree else { return Parsed { joined, ..parsed } };
        let Some(left) = budget.checked_sub(text.len()) else { return Parsed { joined, ..parsed } };
        budget = left;
        match error.index.filter(|_| error.message == INDENTATION).and_then(|index| join(now, index)) {
            Some(better) => joined = Some(better),
            None => {
                let position = error.index.map(|index| position(text, index)).or(error.position);
                let tree = Err(Error { position, ..error.clone() });
                return Parsed { joined, tree, ..parsed };
            }
        }
    }
}

/// The parser's message for a line of a flow collection with too little indentation.
const INDENTATION: &str = "invalid indentation";

/// Joins the line of the character at `index` with the previous line. Returns `None` if the
/// previous line may end with a comment.
fn join(text: &str, index: usize) -> Option<String> {
    let offset = text.char_indices().nth(index).map(|(offset, _)| offset)?;
    let (head, tail) = text.split_at_checked(offset)?;
    let (before, indentation) = head.rsplit_once('\n')?;
    let (before, carriage) = before.strip_suffix('\r').map_or((before, ""), |before| (before, " "));
    let last = before.rsplit('\n').next().unwrap_or(before);
    if last.contains('#') || !indentation.trim().is_empty() {
        return None;
    }
    Some(format!("{before}{carriage} {indentation}{tail}"))
}

/// Returns the line and the column of the character at `index`.
fn position(text: &str, index: usize) -> Position {
    let before: String = text.chars().take(index).collect();
    let line = before.rsplit('\n').next().unwrap_or_default();
    Position { line: before.matches('\n').count() + 1, column: line.chars().count() + 1 }
}

fn read_once(text: &str) -> Parsed {
    let mut reader = Reader {
        events: Parser::new_from_str(text),
        anchors: HashMap::new(),
        growth: text.len().saturating_mul(limits::GROWTH_FACTOR).saturating_add(limits::GROWTH_BASE),
        repeated: Repeated::of(text),
    };
    let tree = reader.document();
    let (repeated, excess) = reader.repeated.finish();
    let tree = excess.map_or(tree, |member| Err(Error::long_names(member)));
    Parsed { tree, repeated, trailing_comma: None, joined: None }
}

struct Reader<'a> {
    events: Parser<'a, StrInput<'a>>,
    /// The nodes with anchors and their sizes, by the parser's numbers.
    anchors: HashMap<usize, (Value, usize)>,
    /// The size that aliases may still add to the tree, in the unit of [`size`](super::size).
    growth: usize,
    repeated: Repeated,
}

impl<'a> Reader<'a> {
    /// Reads the only document of the text. A text without a document is null.
    fn document(&mut self) -> Result<Value, Error> {
        let mut root = None;
        while let Some((event, at)) = self.next()? {
            match event {
                Event::StreamStart | Event::DocumentStart(_) | Event::DocumentEnd | Event::Nothing => {}
                Event::StreamEnd => break,
                _ if root.is_some() => return Err(syntax("a second document begins in the same file", at)),
                _ => root = Some(self.node(event, at, &Path::Root, 0)?),
            }
        }
        Ok(root.unwrap_or_default())
    }

    fn next(&mut self) -> Result<Option<(Event<'a>, Marker)>, Error> {
        match self.events.next() {
            Some(Ok((event, span))) => Ok(Some((event, span.start))),
            Some(Err(error)) => Err(of_parser(&error)),
            None => Ok(None),
        }
    }

    /// Returns the next event of an object or list, or `None` if the event is `end`.
    fn inner(&mut self, end: &Event<'_>) -> Result<Option<(Event<'a>, Marker)>, Error> {
        Ok(self.next()?.filter(|(event, _)| event != end))
    }

    fn node(&mut self, event: Event<'a>, at: Marker, path: &Path<'_>, depth: usize) -> Result<Value, Error> {
        if depth > limits::DEPTH {
            return Err(limit(format!("it is nested deeper than {} levels", limits::DEPTH), at));
        }
        let (value, anchor) = match event {
            Event::Alias(anchor) => return self.alias(anchor, at),
            Event::Scalar(text, style, anchor, tag) => {
                let is_text = style != ScalarStyle::Plain || tag.is_some_and(|tag| is_string(&tag));
                (if is_text { text.into_owned().into() } else { scalar::value(&text) }, anchor)
            }
            Event::SequenceStart(anchor, _) => (self.list(path, depth)?, anchor),
            Event::MappingStart(anchor, _) => (self.object(path, depth)?, anchor),
            _ => (Value::Null, 0),
        };
        if anchor > 0 {
            let size = size(&value);
            self.grow(size, at)?;
            self.anchors.insert(anchor, (value.clone(), size));
        }
        Ok(value)
    }

    fn list(&mut self, path: &Path<'_>, depth: usize) -> Result<Value, Error> {
        let mut items = Vec::new();
        while let Some((event, at)) = self.inner(&Event::SequenceEnd)? {
            let item = self.node(event, at, &Path::Index(path, items.len()), depth + 1)?;
            items.push(item);
        }
        Ok(items.into())
    }

    fn object(&mut self, path: &Path<'_>, depth: usize) -> Result<Value, Error> {
        let mut members = Map::new();
        let mut merged = Vec::new();
        while let Some((event, at)) = self.inner(&Event::MappingEnd)? {
            let key = self.key(event, at, depth)?;
            let path = Path::Key(path, &key);
            let Some((event, at)) = self.next()? else { break };
            let value = self.node(event, at, &path, depth + 1)?;
            if key == "<<" {
                merged.push((value, at));
                continue;
            }
            if members.contains_key(&key) {
                self.repeated.push(&path);
            }
            members.insert(key, value);
        }
        for (value, at) in merged {
            merge(&mut members, value).map_err(|message| syntax(message, at))?;
        }
        Ok(members.into())
    }

    /// Returns a key as written. For an alias, returns its anchor's text.
    fn key(&mut self, event: Event<'a>, at: Marker, depth: usize) -> Result<String, Error> {
        if let Event::Scalar(text, _, anchor, _) = event {
            if anchor > 0 {
                self.grow(text.len(), at)?;
                self.anchors.insert(anchor, (text.as_ref().into(), text.len()));
            }
            return Ok(text.into_owned());
        }
        match self.node(event, at, &Path::Root, depth + 1)? {
            Value::String(text) => Ok(text),
            Value::Array(_) | Value::Object(_) => Err(syntax("a key is no text", at)),
            scalar => Ok(scalar.to_string()),
        }
    }

    fn alias(&mut self, anchor: usize, at: Marker) -> Result<Value, Error> {
        let Some((_, size)) = self.anchors.get(&anchor) else {
            return Err(syntax("an alias refers to a node that contains the alias", at));
        };
        let size = *size;
        self.grow(size, at)?;
        Ok(self.anchors.get(&anchor).map(|(value, _)| value.clone()).unwrap_or_default())
    }

    fn grow(&mut self, size: usize, at: Marker) -> Result<(), Error> {
        let Some(left) = self.growth.checked_sub(size) else {
            let factor = limits::GROWTH_FACTOR;
            let message = format!("its aliases make it more than {factor} times as large as it is written");
            return Err(limit(message, at));
        };
        self.growth = left;
        Ok(())
    }
}

/// Adds the members of a merge key (`<<`) to an object. Keys of the object itself keep their
/// values. Returns an error if the value is neither an object nor a list of objects.
fn merge(object: &mut Map<String, Value>, value: Value) -> Result<(), &'static str> {
    match value {
        Value::Object(members) => {
            for (key, value) in members {
                object.entry(key).or_insert(value);
            }
            Ok(())
        }
        Value::Array(values) => values.into_iter().try_for_each(|value| merge(object, value)),
        _ => Err("`<<` merges objects only"),
    }
}

/// Returns true for YAML's `!!str`.
fn is_string(tag: &Tag) -> bool {
    tag.is_yaml_core_schema() && tag.suffix == "str"
}

fn of_parser(error: &ScanError) -> Error {
    let is_limit = error.info() == "recursion limit exceeded";
    Error { is_limit, ..syntax(error.info(), *error.marker()) }
}

fn syntax(message: &str, at: Marker) -> Error {
    let position = Some(Position { line: at.line(), column: at.col() + 1 });
    Error { message: message.to_owned(), position, member: None, index: Some(at.index()), is_limit: false }
}

fn limit(message: String, at: Marker) -> Error {
    Error { is_limit: true, ..syntax(&message, at) }
}
