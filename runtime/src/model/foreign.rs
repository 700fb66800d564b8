//! Values of the caller's own types.

use super::{
    AnyJson, Decode, Deserialize, DeserializeOwned, Deserializer, Encode, Serialize, Serializer, Slot, View,
};
use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;

/// A JSON value of a `T`, as received. An invalid value does not fail a whole response, and the
/// value round-trips. serde encodes and decodes `T`.
///
/// ```
/// use runtime::model::Foreign;
/// use std::net::IpAddr;
///
/// let address: Foreign<IpAddr> = runtime::serde_json::from_str(r#""127.0.0.1""#)?;
/// assert!(address.get()?.is_loopback());
/// assert_eq!(address, Foreign::new(&address.get()?)?);
/// # Ok::<(), runtime::serde_json::Error>(())
/// ```
pub struct Foreign<T> {
    json: AnyJson,
    of: PhantomData<fn() -> T>,
}

impl<T> Foreign<T> {
    /// Creates a value from its JSON, which is not checked.
    pub fn from_json(json: impl Into<AnyJson>) -> Self {
        Self { json: json.into(), of: PhantomData }
    }

    /// Returns the JSON as sent or received.
    pub fn json(&self) -> &AnyJson {
        &self.json
    }
}

impl<T: Serialize> Foreign<T> {
    /// Encodes a value as JSON.
    ///
    /// # Errors
    ///
    /// The errors of `T`'s `Serialize`.
    pub fn new(value: &T) -> Result<Self, serde_json::Error> {
        serde_json::to_string(value)?.parse::<AnyJson>().map(Self::from_json)
    }
}

impl<T: DeserializeOwned> Foreign<T> {
    /// Decodes the value.
    ///
    /// # Errors
    ///
    /// The JSON is not a `T`.
    pub fn get(&self) -> Result<T, serde_json::Error> {
        self.json.decode()
    }
}

impl<T> Clone for Foreign<T> {
    fn clone(&self) -> Self {
        Self::from_json(self.json.clone())
    }
}

impl<T> Default for Foreign<T> {
    /// Returns null.
    fn default() -> Self {
        Self::from_json(AnyJson::Null)
    }
}

impl<T> PartialEq for Foreign<T> {
    fn eq(&self, other: &Self) -> bool {
        self.json == other.json
    }
}

impl<T> Eq for Foreign<T> {}

impl<T> Hash for Foreign<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.json.hash(state);
    }
}

impl<T> fmt::Debug for Foreign<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        super::debug(self, formatter)
    }
}

impl<T> Decode for Foreign<T> {
    fn blank() -> Self {
        Self::default()
    }

    fn slot(&mut self, null: bool) -> Slot<'_> {
        self.json.slot(null)
    }

    fn takes_null() -> bool {
        true
    }
}

impl<T> Encode for Foreign<T> {
    fn view(&self) -> View<'_> {
        self.json.view()
    }
}

impl<'de, T> Deserialize<'de> for Foreign<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        super::deserialize(deserializer)
    }
}

impl<T> Serialize for Foreign<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        super::serialize(self, serializer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::IpAddr;

    #[test]
    fn an_odd_value_is_kept_and_is_an_error_only_when_it_is_asked_for() {
        let odd: Vec<Foreign<IpAddr>> = serde_json::from_str(r#"["::1", {"a": 1}]"#).unwrap();
        assert!(odd[0].get().is_ok() && odd[1].get().is_err());
        assert_eq!(serde_json::to_string(&odd).unwrap(), r#"["::1",{"a":1}]"#);
        assert_eq!(format!("{:?}", odd[0]), format!("{:?}", odd[0].json()));
    }
}
