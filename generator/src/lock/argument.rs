//! Writes values as arguments of a client's methods and setters.
//!
//! Invariant: the rules are the same as those of `emit::argument`, applied to the types in the
//! lock.

use std::collections::HashMap;

use super::Item;
use super::caller::shape;

/// The models of a client by path.
pub(super) struct Types<'a> {
    models: HashMap<&'a str, &'a Item>,
}

/// Scalars that are passed by value.
const BY_VALUE: &[&str] = &[
    "bool", "i32", "i64", "u8", "u16", "u32", "u64", "f64", "()", "DateTime", "Date", "Uuid", "Rfc2822",
    "UnixTime",
];

/// How a value is passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Given {
    Text,
    /// A scalar, by value.
    Value,
    /// An enum, a union or any JSON, by value.
    Into,
    Reference,
}

impl<'a> Types<'a> {
    pub(super) fn new(items: &'a [Item]) -> Self {
        let models = items.iter().filter(|item| item.kind == "type");
        Self { models: models.map(|item| (item.path.as_str(), item)).collect() }
    }

    /// Returns a value of a type, as an argument.
    pub(super) fn argument(&self, text: &str) -> String {
        let flat = self.unaliased(text);
        if let Some(inner) = inside(flat, "Option<") {
            return match (self.given(inner), inside(self.unaliased(inner), "Vec<")) {
                (Given::Text, _) => "any::<Option<&str>>()".to_owned(),
                (Given::Value, _) => format!("any::<Option<{}>>()", shape(inner)),
                (_, Some(item)) => format!("Some(any::<Vec<{}>>().as_slice())", shape(item)),
                _ => format!("Some(&any::<{}>())", shape(inner)),
            };
        }
        if let Some(item) = inside(flat, "Vec<") {
            return match self.given(item) {
                Given::Reference => format!("any::<{}>().as_slice()", shape(flat)),
                _ => format!("any::<{}>()", shape(flat)),
            };
        }
        let is_text = |value: &str| self.given(value) == Given::Text;
        match self.given(flat) {
            Given::Text => "any::<&str>()".to_owned(),
            Given::Value | Given::Into => format!("any::<{}>()", shape(text)),
            _ if inside(flat, "BTreeMap<String, ").is_some_and(is_text) => {
                "any::<BTreeMap<String, String>>()".to_owned()
            }
            Given::Reference => format!("&any::<{}>()", shape(text)),
        }
    }

    fn given(&self, text: &str) -> Given {
        let flat = self.unaliased(text);
        let kind = self.models.get(flat).and_then(|model| model.attributes.get("shape"));
        match kind {
            Some("enum" | "union") => Given::Into,
            None if flat == "AnyJson" => Given::Into,
            None if flat == "String" => Given::Text,
            None if BY_VALUE.contains(&flat) => Given::Value,
            _ => Given::Reference,
        }
    }

    /// Returns the type that an alias stands for.
    fn unaliased<'t>(&self, text: &'t str) -> &'t str
    where
        'a: 't,
    {
        let mut flat = text;
        // A chain of aliases ends, because a cycle of aliases is a wrapper.
        for _ in 0..self.models.len() {
            let alias = self.models.get(flat).filter(|model| is_alias(model));
            let Some(next) = alias.and_then(|model| model.attributes.get("type")) else { break };
            flat = next;
        }
        flat
    }
}

fn is_alias(model: &Item) -> bool {
    model.attributes.get("shape") == Some("alias")
}

/// Returns the text between the beginning of a type and its last `>`.
fn inside<'t>(text: &'t str, start: &str) -> Option<&'t str> {
    text.strip_prefix(start)?.strip_suffix('>')
}
