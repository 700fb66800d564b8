//! Writing a model as an object.
//!
//! In: a serializer and a model's fields, one call each. Out: the object. The rule: required (the key is there) and
//! nullable (the value may be null) are two things, so each has its own method.

use super::{rest::Rest, union::members};
use serde_core::ser::{Serialize, SerializeMap, Serializer};
use std::{collections::BTreeMap, fmt};

/// Writes a model's fields, in the order of the calls: the body of its `Serialize::serialize`.
pub struct Writer<S: Serializer>(S::SerializeMap);

impl<S: Serializer> Writer<S> {
    /// Begins the object.
    ///
    /// # Errors
    /// The serializer's.
    pub fn new(serializer: S) -> Result<Self, S::Error> {
        serializer.serialize_map(None).map(Self)
    }

    /// Writes a field that is always there.
    ///
    /// # Errors
    /// The serializer's.
    pub fn required<T: Serialize>(&mut self, key: &str, value: &T) -> Result<(), S::Error> {
        self.0.serialize_entry(key, value)
    }

    /// Writes a field that is always there and may be null: `None` is written as `null`.
    ///
    /// # Errors
    /// The serializer's.
    pub fn nullable<T: Serialize>(&mut self, key: &str, value: &Option<T>) -> Result<(), S::Error> {
        self.0.serialize_entry(key, value)
    }

    /// Writes a field that may be absent: `None` is left out.
    ///
    /// # Errors
    /// The serializer's.
    pub fn optional<T: Serialize>(&mut self, key: &str, value: &Option<T>) -> Result<(), S::Error> {
        match value {
            Some(value) => self.0.serialize_entry(key, value),
            None => Ok(()),
        }
    }

    /// Writes a field whose `None` is a null where it was read as one, and left out elsewhere.
    ///
    /// # Errors
    /// The serializer's.
    pub fn optional_null<T: Serialize>(
        &mut self,
        key: &str,
        value: &Option<T>,
        rest: &Rest,
    ) -> Result<(), S::Error> {
        if rest.was_null(key) { self.nullable(key, value) } else { self.optional(key, value) }
    }

    /// Writes additional properties as fields of the object itself.
    ///
    /// # Errors
    /// The serializer's.
    pub fn additional<T: Serialize>(&mut self, additional: &BTreeMap<String, T>) -> Result<(), S::Error> {
        additional.iter().try_for_each(|(key, value)| self.0.serialize_entry(key, value))
    }

    /// Writes the members that were kept.
    ///
    /// # Errors
    /// The serializer's.
    pub fn rest(&mut self, rest: &Rest) -> Result<(), S::Error> {
        rest.members().try_for_each(|(key, value)| self.0.serialize_entry(key, value))
    }

    /// Writes the members of a part that stands in the object itself, but for `own`, the object's own.
    ///
    /// # Errors
    /// The serializer's, and where the part is written as no object.
    pub fn flattened<T: Serialize>(&mut self, part: &T, own: &[&str]) -> Result<(), S::Error> {
        let members = members(part).map_err(serde_core::ser::Error::custom)?;
        let others = members.iter().filter(|(key, _)| !own.contains(&key.as_str()));
        others.into_iter().try_for_each(|(key, value)| self.0.serialize_entry(key, value))
    }

    /// Ends the object.
    ///
    /// # Errors
    /// The serializer's.
    pub fn end(self) -> Result<S::Ok, S::Error> {
        self.0.end()
    }
}

impl<S: Serializer> fmt::Debug for Writer<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Writer")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_of_field_is_written_its_way() {
        let mut text = Vec::new();
        let mut serializer = serde_json::Serializer::new(&mut text);
        let mut object = Writer::new(&mut serializer).unwrap();
        object.required("id", &7).unwrap();
        object.nullable("set", &Some("x")).unwrap();
        object.nullable("null", &None::<String>).unwrap();
        object.optional("there", &Some(true)).unwrap();
        object.optional("absent", &None::<bool>).unwrap();
        object.additional(&BTreeMap::from([("b".to_owned(), 2), ("a".to_owned(), 1)])).unwrap();
        object.end().unwrap();
        let text = String::from_utf8(text).unwrap();
        assert_eq!(text, r#"{"id":7,"set":"x","null":null,"there":true,"a":1,"b":2}"#);
    }
}
