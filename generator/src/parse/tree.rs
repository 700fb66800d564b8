//! One text in, one JSON tree out, with the keys that an object repeats.
//!
//! The one rule: keys are text as written. YAML's `200:` and `true:` are the keys "200" and "true".

use std::cell::RefCell;
use std::fmt;

use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, Error as _, MapAccess, SeqAccess, VariantAccess, Visitor,
};
use serde_json::{Map, Value};

use crate::pointer::Pointer;

/// Why a text can't be read, with line and column from 1 where they are known.
#[derive(Debug)]
pub(super) struct Error {
    pub(super) message: String,
    pub(super) position: Option<(usize, usize)>,
}

/// The tree of a text, and the pointers of the members that an object has twice; the last one is in the tree.
pub(super) fn read(text: &str, is_json: bool) -> (Result<Value, Error>, Vec<Pointer>) {
    let repeated = RefCell::new(Vec::new());
    let node = Node { path: &Path::Root, repeated: &repeated, merges: !is_json };
    let result = if is_json { read_json(text, node) } else { read_yaml(text, node) };
    (result, repeated.into_inner())
}

fn read_json(text: &str, node: Node<'_>) -> Result<Value, Error> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let value = node.deserialize(&mut deserializer).and_then(|value| deserializer.end().map(|()| value));
    value.map_err(|error| Error {
        message: strip_position(&error.to_string(), " at line "),
        position: Some((error.line(), error.column())),
    })
}

fn read_yaml(text: &str, node: Node<'_>) -> Result<Value, Error> {
    node.deserialize(serde_yaml::Deserializer::from_str(text)).map_err(|error| Error {
        message: strip_position(&error.to_string(), " at line "),
        position: error.location().map(|location| (location.line(), location.column())),
    })
}

/// A parser's message without the position that it ends with: the excerpt shows it.
fn strip_position(message: &str, from: &str) -> String {
    message.split_once(from).map_or(message, |(message, _)| message).to_owned()
}

/// The way to the node that is being read.
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
}

/// Reads one node; knows where it is, so that a repeated key can be named.
#[derive(Clone, Copy)]
struct Node<'a> {
    path: &'a Path<'a>,
    repeated: &'a RefCell<Vec<Pointer>>,
    /// Whether `<<` merges another object's members, as in YAML 1.1.
    merges: bool,
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

    fn visit_none<E>(self) -> Result<Value, E> {
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

    fn visit_i128<E>(self, value: i128) -> Result<Value, E> {
        Ok((value as f64).into())
    }

    fn visit_u128<E>(self, value: u128) -> Result<Value, E> {
        Ok((value as f64).into())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
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
        let mut merged = Vec::new();
        while let Some(key) = members.next_key_seed(Key)? {
            let path = Path::Key(self.path, &key);
            let value = members.next_value_seed(Node { path: &path, ..self })?;
            if self.merges && key == "<<" {
                merged.push(value);
            } else {
                if object.contains_key(&key) {
                    self.repeated.borrow_mut().push(path.pointer());
                }
                object.insert(key, value);
            }
        }
        for value in merged {
            merge(&mut object, value).map_err(A::Error::custom)?;
        }
        Ok(Value::Object(object))
    }

    /// A YAML tag, which says nothing that a JSON tree can hold: the value without it.
    fn visit_enum<A: EnumAccess<'de>>(self, tagged: A) -> Result<Value, A::Error> {
        let (_, value) = tagged.variant::<serde::de::IgnoredAny>()?;
        value.newtype_variant_seed(self)
    }
}

/// Adds the members that a `<<` brings and that the object does not have.
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

/// An object's key, as it is written.
struct Key;

impl<'de> DeserializeSeed<'de> for Key {
    type Value = String;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<String, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Key {
    type Value = String;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a key")
    }

    fn visit_str<E>(self, key: &str) -> Result<String, E> {
        Ok(key.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::read;

    fn yaml(text: &str) -> Value {
        read(text, false).0.expect("YAML")
    }

    #[test]
    fn keys_are_text_as_written() {
        assert_eq!(
            yaml("200: a\ntrue: b\n1.0: c\nnull: d\n"),
            json!({"200": "a", "true": "b", "1.0": "c", "null": "d"})
        );
    }

    #[test]
    fn scalars_follow_the_core_schema() {
        let text = "[yes, on, 2023-05-04, 0o17, 1e3, ~, 18446744073709551615, 99999999999999999999, !x 1]";
        let expected =
            json!(["yes", "on", "2023-05-04", 15, 1000.0, null, 18446744073709551615_u64, 1e20, 1]);
        assert_eq!(yaml(text), expected);
    }

    #[test]
    fn anchors_are_followed_and_merged() {
        let text = "base: &b {a: 1, c: 2}\nuse: {<<: *b, c: 3}\nlist: [*b]\n";
        assert_eq!(yaml(text)["use"], json!({"a": 1, "c": 3}));
        assert_eq!(yaml(text)["list"][0]["a"], 1);
        assert_eq!(read("{\"<<\": 1}", true).0.expect("JSON"), json!({"<<": 1}));
    }

    #[test]
    fn repeated_keys_are_told() {
        let (value, repeated) = read("a:\n  - b: 1\n    b: 2\n", false);
        assert_eq!(value.expect("YAML"), json!({"a": [{"b": 2}]}));
        assert_eq!(repeated.iter().map(ToString::to_string).collect::<Vec<_>>(), ["#/a/0/b"]);
    }

    #[test]
    fn bombs_and_deep_nesting_are_errors() {
        let mut bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
        for level in 1..12 {
            let alias = format!("*a{}", level - 1);
            bomb += &format!("a{level}: &a{level} [{}]\n", [alias.as_str(); 10].join(", "));
        }
        assert!(read(&bomb, false).0.is_err());
        for (deep, is_json) in [("[".repeat(100_000), true), ("[".repeat(100_000), false)] {
            assert!(read(&deep, is_json).0.is_err());
        }
    }

    #[test]
    fn errors_have_positions() {
        let error = read("{\"a\": 1,\n  nope}", true).0.expect_err("not JSON");
        assert_eq!(error.position.map(|(line, _)| line), Some(2));
        let error = read("a: [1\nb: }", false).0.expect_err("not YAML");
        assert!(error.position.is_some() && !error.message.contains("line"));
    }
}
