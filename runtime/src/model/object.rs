//! Reading an object into a model.
//!
//! In: a deserializer and a model that knows its fields by name. Out: the model. The rule: one generic visitor, so
//! that a model brings nothing but a `match` over its keys.

use super::{
    blank::Blank,
    level::{Level, TOO_DEEP},
    required::Required,
    rest::Rest,
};
use serde_core::de::{Deserialize, DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, Visitor};
use std::{borrow::Cow, collections::BTreeMap, fmt, marker::PhantomData};

/// A model that is read from a JSON object, key by key.
///
/// Reading starts from [`Blank::blank`]. Where a key comes twice, the last value wins. A required key that never comes
/// is an error; every other field keeps its blank value.
pub trait Object: Blank {
    /// The keys that must be there and can't be null.
    const REQUIRED: &'static [&'static str] = &[];

    /// Takes the value of one key: [reads](Value::read), [keeps](Value::insert) or [skips](Value::skip) it.
    ///
    /// # Errors
    /// Where the value has another shape than the field.
    fn field<'de, A: MapAccess<'de>>(&mut self, key: &str, value: Value<'_, A>) -> Result<(), A::Error>;
}

/// The value of the key that [`Object::field`] was called with. It is taken by exactly one of its methods.
pub struct Value<'a, A>(&'a mut A, &'a str);

impl<A> Value<'_, A> {
    /// Reads the value into a field.
    ///
    /// # Errors
    /// Where the value has another shape than the field.
    pub fn read<'de, T>(self, field: &mut T) -> Result<(), A::Error>
    where
        A: MapAccess<'de>,
        T: Deserialize<'de>,
    {
        *field = self.0.next_value()?;
        Ok(())
    }

    /// Reads the value into a field that tells null from an absent key.
    ///
    /// # Errors
    /// Where the value has another shape than the field.
    pub fn read_some<'de, T>(self, field: &mut Option<T>) -> Result<(), A::Error>
    where
        A: MapAccess<'de>,
        T: Deserialize<'de>,
    {
        *field = Some(self.0.next_value()?);
        Ok(())
    }

    /// Reads the value into a field that is `None` for null and for an absent key, and notes where it was null.
    ///
    /// # Errors
    /// Where the value has another shape than the field.
    pub fn read_null<'de, T>(self, field: &mut Option<T>, rest: &mut Rest) -> Result<(), A::Error>
    where
        A: MapAccess<'de>,
        T: Deserialize<'de>,
    {
        *field = self.0.next_value()?;
        rest.note(self.1, field.is_none());
        Ok(())
    }

    /// Reads the value into a map of additional properties.
    ///
    /// # Errors
    /// Where the value has another shape than the map's values.
    pub fn insert<'de, T>(self, key: &str, additional: &mut BTreeMap<String, T>) -> Result<(), A::Error>
    where
        A: MapAccess<'de>,
        T: Deserialize<'de>,
    {
        let value = self.0.next_value()?;
        additional.insert(key.to_owned(), value);
        Ok(())
    }

    /// Keeps the value, whatever it is, to be written again.
    ///
    /// # Errors
    /// Where the value is not well-formed.
    pub fn keep<'de>(self, rest: &mut Rest) -> Result<(), A::Error>
    where
        A: MapAccess<'de>,
    {
        let value = self.0.next_value()?;
        rest.keep(self.1, value);
        Ok(())
    }

    /// Passes over the value, whatever it is.
    ///
    /// # Errors
    /// Where the value is not well-formed.
    pub fn skip<'de>(self) -> Result<(), A::Error>
    where
        A: MapAccess<'de>,
    {
        self.0.next_value().map(|IgnoredAny| ())
    }
}

impl<A> fmt::Debug for Value<'_, A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Value")
    }
}

/// Reads a model from an object: the body of its `Deserialize::deserialize`.
///
/// # Errors
/// Where the next value is no object, a required key is missing or a value has another shape than its field.
pub fn read<'de, T: Object, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let Some(_level) = Level::enter() else { return Err(D::Error::custom(TOO_DEEP)) };
    deserializer.deserialize_map(ObjectVisitor(PhantomData))
}

struct ObjectVisitor<T>(PhantomData<fn() -> T>);

impl<'de, T: Object> Visitor<'de> for ObjectVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<T, A::Error> {
        let mut object = T::blank();
        let mut required = Required::new(T::REQUIRED);
        while let Some(key) = map.next_key_seed(Key)? {
            required.mark(&key);
            object.field(&key, Value(&mut map, &key))?;
        }
        match required.missing() {
            None => Ok(object),
            Some(name) => Err(A::Error::missing_field(name)),
        }
    }
}

/// Reads a key, borrowed where the input can lend it.
struct Key;

impl<'de> DeserializeSeed<'de> for Key {
    type Value = Cow<'de, str>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for Key {
    type Value = Cow<'de, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_borrowed_str<E: Error>(self, key: &'de str) -> Result<Self::Value, E> {
        Ok(Cow::Borrowed(key))
    }

    fn visit_str<E: Error>(self, key: &str) -> Result<Self::Value, E> {
        Ok(Cow::Owned(key.to_owned()))
    }

    fn visit_string<E: Error>(self, key: String) -> Result<Self::Value, E> {
        Ok(Cow::Owned(key))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{from_str, from_value, json};

    #[derive(Debug, PartialEq)]
    struct Order {
        id: String,
        count: u8,
        note: Option<String>,
        parts: Vec<Order>,
        additional: BTreeMap<String, serde_json::Value>,
    }

    impl Blank for Order {
        fn blank() -> Self {
            Self {
                id: Blank::blank(),
                count: Blank::blank(),
                note: None,
                parts: Vec::new(),
                additional: Blank::blank(),
            }
        }
    }

    impl Object for Order {
        const REQUIRED: &'static [&'static str] = &["id", "count"];

        fn field<'de, A: MapAccess<'de>>(&mut self, key: &str, value: Value<'_, A>) -> Result<(), A::Error> {
            match key {
                "id" => value.read(&mut self.id),
                "count" => value.read(&mut self.count),
                "note" => value.read(&mut self.note),
                "parts" => value.read(&mut self.parts),
                "ignored" => value.skip(),
                _ => value.insert(key, &mut self.additional),
            }
        }
    }

    impl<'de> Deserialize<'de> for Order {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            read(deserializer)
        }
    }

    fn order(id: &str, count: u8) -> Order {
        Order { id: id.to_owned(), count, ..Order::blank() }
    }

    #[test]
    fn an_object_is_read_in_any_order_of_keys() {
        assert_eq!(from_str::<Order>(r#"{"id":"a","count":1}"#).unwrap(), order("a", 1));
        assert_eq!(from_str::<Order>(r#"{"count":1,"note":null,"i\u0064":"a"}"#).unwrap(), order("a", 1));
        assert_eq!(from_value::<Order>(json!({"count": 1, "id": "a"})).unwrap(), order("a", 1));
        let nested = from_str::<Order>(r#"{"id":"a","count":1,"parts":[{"count":2,"id":"b"}]}"#).unwrap();
        assert_eq!(nested.parts, [order("b", 2)]);
    }

    #[test]
    fn an_unknown_key_is_kept_or_skipped_at_any_depth() {
        let text = r#"{"id":"a","count":1,"ignored":{"id":[{}]},"x":{"y":[null,1.5]}}"#;
        let order = from_str::<Order>(text).unwrap();
        assert_eq!(order.additional, BTreeMap::from([("x".to_owned(), json!({"y": [null, 1.5]}))]));
    }

    #[test]
    fn of_a_duplicate_key_the_last_value_wins() {
        let text = r#"{"id":"a","count":1,"id":"b","note":"x","note":null,"z":1,"z":2}"#;
        let order = from_str::<Order>(text).unwrap();
        assert_eq!((order.id.as_str(), order.note, &order.additional["z"]), ("b", None, &json!(2)));
    }

    #[test]
    fn a_required_key_that_is_missing_or_null_is_an_error() {
        let message = |text| from_str::<Order>(text).unwrap_err().to_string();
        assert!(message("{}").starts_with("missing field `id`"));
        assert!(message(r#"{"id":"a"}"#).starts_with("missing field `count`"));
        assert!(message(r#"{"count":1,"id":null}"#).starts_with("invalid type: null, expected a string"));
    }

    #[test]
    fn anything_but_an_object_is_an_error() {
        for text in ["null", "1", "[]", r#"["a",1]"#, r#""a""#, "true"] {
            let message = from_str::<Order>(text).unwrap_err().to_string();
            assert!(message.contains("expected an object"), "{text}: {message}");
        }
    }

    #[test]
    fn depth_is_capped() {
        let text = r#"{"id":"a","count":1,"parts":["#.repeat(100_000);
        assert!(from_str::<Order>(&text).unwrap_err().to_string().starts_with("recursion limit exceeded"));
    }
}
