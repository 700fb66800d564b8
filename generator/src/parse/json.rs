//! Parses JSON text into a tree. Trailing commas are skipped.

use std::cell::RefCell;
use std::fmt;

use jsonc_parser::tokens::Token;
use jsonc_parser::{Scanner, ScannerOptions};
use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::map::Entry;
use serde_json::{Map, Value};

use super::repeated::Repeated;
use super::{Error, Parsed, Path, Position};

pub(super) fn read(text: &str) -> Parsed {
    let parsed = strict(text);
    match &parsed.tree {
        Err(error) if error.message.starts_with("trailing comma") => match without_trailing_commas(text) {
            Some((mended, position)) => Parsed { trailing_comma: Some(position), ..strict(&mended) },
            None => parsed,
        },
        _ => parsed,
    }
}

fn strict(text: &str) -> Parsed {
    let repeated = RefCell::new(Repeated::of(text));
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let tree = Node { path: &Path::Root, repeated: &repeated }
        .deserialize(&mut deserializer)
        .and_then(|value| deserializer.end().map(|()| value));
    let tree = tree.map_err(|error| {
        let message = error.to_string();
        let message = message.split_once(" at line ").map_or(message.as_str(), |(message, _)| message);
        Error {
            is_limit: message == "recursion limit exceeded",
            message: message.to_owned(),
            index: None,
            member: None,
            position: Some(Position { line: error.line(), column: error.column() }),
        }
    });
    let (repeated, excess) = repeated.into_inner().finish();
    let tree = excess.map_or(tree, |member| Err(Error::long_names(member)));
    Parsed { tree, repeated, trailing_comma: None, joined: None }
}

/// Replaces each comma before `}` or `]` by a space, so that offsets stay valid. Returns the
/// position of the first such comma.
fn without_trailing_commas(text: &str) -> Option<(String, Position)> {
    let mut scanner = Scanner::new(text, &ScannerOptions::default());
    let mut commas = Vec::new();
    let mut last = None;
    while let Some(token) = scanner.scan().ok()? {
        match token {
            Token::CloseBrace | Token::CloseBracket => commas.extend(last.take()),
            Token::Comma => last = Some(scanner.token_start()),
            _ => last = None,
        }
    }
    let before = text.get(..*commas.first()?)?;
    let line = before.rfind('\n').map_or(0, |newline| newline + 1);
    let position =
        Position { line: before.matches('\n').count() + 1, column: before.get(line..)?.chars().count() + 1 };
    let mut mended = String::with_capacity(text.len());
    let mut end = 0;
    for comma in commas {
        mended += text.get(end..comma)?;
        mended.push(' ');
        end = comma + 1;
    }
    mended += text.get(end..)?;
    Some((mended, position))
}

/// Reads one node. Knows the node's path, in order to name a repeated key.
#[derive(Clone, Copy)]
struct Node<'a> {
    path: &'a Path<'a>,
    repeated: &'a RefCell<Repeated>,
}

impl<'de> DeserializeSeed<'de> for Node<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Node<'_> {
    type Value = Value;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        loop {
            let path = Path::Index(self.path, list.len());
            match items.next_element_seed(Node { path: &path, ..self })? {
                Some(item) => list.push(item),
                None => return Ok(Value::Array(list)),
            }
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        while let Some(key) = members.next_key::<String>()? {
            let path = Path::Key(self.path, &key);
            let value = members.next_value_seed(Node { path: &path, ..self })?;
            match object.entry(key) {
                Entry::Vacant(member) => {
                    member.insert(value);
                }
                Entry::Occupied(mut member) => {
                    self.repeated.borrow_mut().push(&Path::Key(self.path, member.key()));
                    member.insert(value);
                }
            }
        }
        Ok(Value::Object(object))
    }
}
