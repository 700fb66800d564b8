//! A value as the tree of its JSON, its members in the order in which they were written.
//!
//! In: a value of any type. Out: text in lists and objects, which every form on the wire is made from. The rule:
//! only the writing of the JSON is generic; numbers and dates are spelled as JSON spells them.

use crate::request::json::{json, shortest};
use serde_core::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_core::ser::Serialize;
use std::fmt;

/// The JSON of a value.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Tree {
    Null,
    /// A number or a boolean, as JSON spells it.
    Literal(String),
    Text(String),
    List(Vec<Tree>),
    Object(Vec<(String, Tree)>),
}

impl Tree {
    /// The tree of a value.
    ///
    /// # Errors
    /// As [`json`].
    pub(crate) fn of<T: Serialize + ?Sized>(value: &T) -> Result<Self, String> {
        Self::read(&json(value)?)
    }

    fn read(json: &[u8]) -> Result<Self, String> {
        serde_json::from_slice(json).map_err(|_| "a value that has no JSON".to_owned())
    }

    /// The text of a value without parts.
    pub(crate) fn text(&self) -> Option<&str> {
        match self {
            Self::Literal(text) | Self::Text(text) => Some(text),
            Self::Null | Self::List(_) | Self::Object(_) => None,
        }
    }

    /// The text of a value without parts; of any other, its JSON.
    pub(crate) fn to_text(&self) -> String {
        self.text().map_or_else(|| self.to_json(), str::to_owned)
    }

    /// The value as JSON.
    pub(crate) fn to_json(&self) -> String {
        let quoted = |text: &str| serde_json::Value::from(text).to_string();
        match self {
            Self::Null => "null".to_owned(),
            Self::Literal(text) => text.clone(),
            Self::Text(text) => quoted(text),
            Self::List(items) => {
                format!("[{}]", items.iter().map(Self::to_json).collect::<Vec<_>>().join(","))
            }
            Self::Object(members) => {
                let member = |(key, value): &(String, Self)| format!("{}:{}", quoted(key), value.to_json());
                format!("{{{}}}", members.iter().map(member).collect::<Vec<_>>().join(","))
            }
        }
    }

    /// Every text in the value, without numbers and booleans.
    pub(crate) fn into_texts(self, found: &mut impl FnMut(String)) {
        match self {
            Self::Text(text) => found(text),
            Self::List(items) => items.into_iter().for_each(|item| item.into_texts(found)),
            Self::Object(members) => members.into_iter().for_each(|(_, value)| value.into_texts(found)),
            Self::Null | Self::Literal(_) => {}
        }
    }
}

impl<'de> Deserialize<'de> for Tree {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TreeVisitor)
    }
}

struct TreeVisitor;

/// What `serde_json` calls a number in its feature `arbitrary_precision`, which another crate may turn on.
const NUMBER: &str = "$serde_json::private::Number";

impl<'de> Visitor<'de> for TreeVisitor {
    type Value = Tree;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Tree, E> {
        Ok(Tree::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Tree, E> {
        Ok(Tree::Literal(value.to_string()))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Tree, E> {
        Ok(Tree::Literal(value.to_string()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Tree, E> {
        Ok(Tree::Literal(value.to_string()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Tree, E> {
        Ok(Tree::Literal(shortest(value)))
    }

    fn visit_str<E>(self, value: &str) -> Result<Tree, E> {
        Ok(Tree::Text(value.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Tree, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = list.next_element()? {
            items.push(item);
        }
        Ok(Tree::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Tree, A::Error> {
        let mut members: Vec<(String, Tree)> = Vec::new();
        while let Some(member) = map.next_entry()? {
            members.push(member);
        }
        match members.as_slice() {
            [(key, Tree::Text(number))] if key == NUMBER => Ok(Tree::Literal(number.clone())),
            _ => Ok(Tree::Object(members)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    #[test]
    fn a_value_is_spelled_as_its_json() {
        let literal = |text: &str| Tree::Literal(text.to_owned());
        assert_eq!(Tree::of(&true), Ok(literal("true")));
        assert_eq!(Tree::of(&u64::MAX), Ok(literal("18446744073709551615")));
        assert_eq!(Tree::of(&-1.5), Ok(literal("-1.5")));
        assert_eq!(Tree::of(&1.0), Ok(literal("1")));
        assert_eq!(Tree::of(&1e21), Ok(literal("1e21")));
        assert!(Tree::of(&vec![f64::NAN]).unwrap_err().contains("not finite"));
        assert_eq!(Tree::of("5"), Ok(Tree::Text("5".to_owned())));
        assert_eq!(Tree::of(&Some("é\"")), Ok(Tree::Text("é\"".to_owned())));
        let date: jiff::Timestamp = "2024-02-29T12:00:00+01:00".parse().unwrap();
        assert_eq!(Tree::of(&date), Ok(Tree::Text("2024-02-29T11:00:00Z".to_owned())));
        assert!(Tree::of(&BTreeMap::from([(vec![1], 1)])).unwrap_err().contains("no JSON"));
    }

    #[test]
    fn members_keep_their_order_and_json_comes_back() {
        let text = r#"{"z":[1,null,"a\n"],"a":{},"m":{"é":false}}"#;
        let tree = Tree::read(text.as_bytes()).unwrap();
        assert_eq!(tree.to_json(), text);
        let mut texts = Vec::new();
        tree.into_texts(&mut |text| texts.push(text));
        assert_eq!(texts, ["a\n"]);
    }
}
