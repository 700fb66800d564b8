//! A value as the tree of its JSON, with members in the order of encoding.
//!
//! Input: the view of a value. Output: text in lists and objects, from which all styles are
//! serialized. Numbers and dates have their JSON notation.

use crate::model::{Argument, Fault, Text, View, json, members_of, number};
use serde_json::{Number, Value};

/// The JSON of a value.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Tree {
    Null,
    /// A number or boolean in JSON's notation.
    Literal(String),
    Text(String),
    List(Vec<Tree>),
    Object(Vec<(String, Tree)>),
}

/// Returns the value's JSON.
///
/// # Errors
/// Returns a message, without the value, if it has no JSON: a number that is not finite.
pub(crate) fn json_of<T: Argument + ?Sized>(value: &T) -> Result<String, String> {
    let mut text = Ok(String::new());
    value.with_view(&mut |view| text = json(view));
    text.map_err(|problem| problem.to_string())
}

impl Tree {
    /// Returns the tree of a value.
    ///
    /// # Errors
    /// The same as [`json_of`].
    pub(crate) fn of<T: Argument + ?Sized>(value: &T) -> Result<Self, String> {
        let mut tree = Ok(Self::Null);
        value.with_view(&mut |view| tree = Self::read(view));
        tree
    }

    fn read(view: View<'_>) -> Result<Self, String> {
        Ok(match view {
            View::Absent | View::Null => Self::Null,
            View::Bool(value) => Self::Literal(value.to_string()),
            View::Integer(value) => Self::Literal(value.to_string()),
            View::Float(value) => Self::Literal(number(value).map_err(|problem| problem.to_string())?),
            View::Number(value) => Self::number(value),
            View::Digits(text) => Self::Literal(text.to_owned()),
            View::String(text) | View::Text(text, _) => Self::Text(text.to_owned()),
            View::Checked(value, _) | View::Unlisted(value) => return Self::read(value.view()),
            View::List(list) => {
                let items = (0..list.count()).filter_map(|index| list.at(index));
                Self::List(items.map(|item| Self::read(item.view())).collect::<Result<_, _>>()?)
            }
            View::Any(value) => Self::any(value),
            View::Raw(json) => Self::parse(json)?,
            view => {
                let mut members = Ok(Vec::new());
                let is_object = members_of(view, &mut |key, view| match (&mut members, Self::read(view)) {
                    (Ok(known), Ok(value)) => known.push((key.to_owned(), value)),
                    (known @ Ok(_), Err(problem)) => *known = Err(problem),
                    (Err(_), _) => {}
                });
                if !is_object {
                    return Err("a part of an object that is no object itself".to_owned());
                }
                Self::Object(members?)
            }
        })
    }

    /// Parses the tree of a JSON text.
    ///
    /// # Errors
    /// Returns a message if the text is not JSON.
    pub(crate) fn parse(json: &str) -> Result<Self, String> {
        let mut text = Text::new(json);
        let tree = Self::next(&mut text).and_then(|tree| text.end().map(|()| tree));
        tree.map_err(|fault| fault.to_string())
    }

    fn next(text: &mut Text<'_>) -> Result<Self, Box<Fault>> {
        match text.peek()? {
            b'"' => Ok(Self::Text(text.string()?.into_owned())),
            b'{' => {
                let mut members = Vec::new();
                text.open()?;
                let mut more = text.peek()? != b'}';
                while more {
                    members.push((text.key()?.into_owned(), Self::next(text)?));
                    more = text.comma(b'}')?;
                }
                text.close();
                Ok(Self::Object(members))
            }
            b'[' => {
                let mut items = Vec::new();
                text.open()?;
                let mut more = text.peek()? != b']';
                while more {
                    items.push(Self::next(text)?);
                    more = text.comma(b']')?;
                }
                text.close();
                Ok(Self::List(items))
            }
            b'n' => text.word("null").map(|()| Self::Null),
            _ => text.skip().map(|literal| Self::Literal(literal.to_owned())),
        }
    }

    fn number(value: &Number) -> Self {
        let float = value.as_f64().filter(|_| value.is_f64()).and_then(|float| number(float).ok());
        Self::Literal(float.unwrap_or_else(|| value.to_string()))
    }

    fn any(value: &Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Bool(value) => Self::Literal(value.to_string()),
            Value::Number(value) => Self::number(value),
            Value::String(text) => Self::Text(text.clone()),
            Value::Array(items) => Self::List(items.iter().map(Self::any).collect()),
            Value::Object(members) => {
                Self::Object(members.iter().map(|(key, value)| (key.clone(), Self::any(value))).collect())
            }
        }
    }

    /// Returns the text of a scalar.
    pub(crate) fn text(&self) -> Option<&str> {
        match self {
            Self::Literal(text) | Self::Text(text) => Some(text),
            Self::Null | Self::List(_) | Self::Object(_) => None,
        }
    }

    /// Returns the text of a scalar, or the JSON of any other value.
    pub(crate) fn to_text(&self) -> String {
        self.text().map_or_else(|| self.to_json(), str::to_owned)
    }

    /// Returns the value as JSON.
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

    /// Calls `found` with every string in the value. Skips numbers and booleans.
    pub(crate) fn into_texts(self, found: &mut impl FnMut(String)) {
        match self {
            Self::Text(text) => found(text),
            Self::List(items) => items.into_iter().for_each(|item| item.into_texts(found)),
            Self::Object(members) => members.into_iter().for_each(|(_, value)| value.into_texts(found)),
            Self::Null | Self::Literal(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
        let date = crate::model::DateTime::from_text("2024-02-29T12:00:00+01:00");
        assert_eq!(Tree::of(&date), Ok(Tree::Text("2024-02-29T12:00:00+01:00".to_owned())));
        let list: &[&str] = &["a"];
        assert_eq!(Tree::of(list), Ok(Tree::List(vec![Tree::Text("a".to_owned())])));
    }

    #[test]
    fn members_keep_their_order_and_json_comes_back() {
        let text = r#"{"z":[1,null,"a\n",1e999],"a":{},"m":{"é":false}}"#;
        let tree = Tree::parse(text).unwrap();
        assert_eq!(tree.to_json(), text);
        let mut texts = Vec::new();
        tree.into_texts(&mut |text| texts.push(text));
        assert_eq!(texts, ["a\n"]);
    }
}
