//! Decodes from any serde format.
//!
//! Input: a deserializer. Output: a model. The format's data becomes JSON text, which the one
//! reader for all types then reads. serde_json supplies the text from its input. For any other
//! format the data is written as JSON.

use super::read;
use crate::model::Decode;
use serde_core::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use std::{borrow::Cow, fmt};

/// Decodes a model: the body of its `Deserialize::deserialize`.
///
/// # Errors
/// The deserializer's errors, and data that is not a value of the type.
pub fn deserialize<'de, T: Decode, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    read_located(&deserializer.deserialize_newtype_struct(RAW, Raw)?)
}

/// Decodes a JSON text as a client decodes a response.
///
/// `serde_json::from_str` decodes the same values, but reads the text twice: serde_json finds its
/// end first.
///
/// # Errors
/// The text is not JSON, or not a value of the type. The message has the JSON path of the fault.
///
/// ```
/// let scores: Vec<i64> = runtime::model::from_json("[7, 8.0, 9e0]")?;
/// assert_eq!(scores, [7, 8, 9]);
/// let error = runtime::model::from_json::<Vec<i64>>(r#"[7, "8"]"#).unwrap_err();
/// assert_eq!(error.to_string(), "expected an integer, found a string at $[1]");
/// # Ok::<(), runtime::serde_json::Error>(())
/// ```
pub fn from_json<T: Decode>(json: &str) -> Result<T, serde_json::Error> {
    read_located(json)
}

/// Reads a text. An error's message has the JSON path of the fault.
fn read_located<T: Decode, E: Error>(json: &str) -> Result<T, E> {
    read(json).map_err(|fault| {
        let path = crate::model::json_path::path_at(json.as_bytes(), fault.at);
        E::custom(format_args!("{fault} at {path}"))
    })
}

/// The newtype name that serde_json reserves for `RawValue`. For this name serde_json supplies the
/// JSON text of the value. Other formats supply the value itself.
pub(in crate::model) const RAW: &str = "$serde_json::private::RawValue";

struct Raw;

impl<'de> Visitor<'de> for Raw {
    type Value = Cow<'de, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        let mut json = String::new();
        Transcoder(&mut json).deserialize(deserializer)?;
        Ok(Cow::Owned(json))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        match map.next_key_seed(Text)? {
            Some(key) if key == RAW => map.next_value_seed(Text),
            _ => Err(A::Error::custom("expected a value")),
        }
    }
}

/// Reads a string, borrowed if possible.
struct Text;

impl<'de> DeserializeSeed<'de> for Text {
    type Value = Cow<'de, str>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for Text {
    type Value = Cow<'de, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Cow::Borrowed(text))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Cow::Owned(text.to_owned()))
    }

    fn visit_string<E: Error>(self, text: String) -> Result<Self::Value, E> {
        Ok(Cow::Owned(text))
    }
}

/// Writes a format's data as JSON.
struct Transcoder<'a>(&'a mut String);

impl<'de> DeserializeSeed<'de> for Transcoder<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl Transcoder<'_> {
    fn number<E>(self, number: impl fmt::Display) -> Result<(), E> {
        // Writing to a String can't fail.
        let _ = fmt::Write::write_fmt(self.0, format_args!("{number}"));
        Ok(())
    }
}

impl<'de> Visitor<'de> for Transcoder<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value that JSON has")
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        self.0.push_str("null");
        Ok(())
    }

    fn visit_none<E: Error>(self) -> Result<(), E> {
        self.visit_unit()
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        self.deserialize(deserializer)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        self.deserialize(deserializer)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<(), E> {
        self.0.push_str(if value { "true" } else { "false" });
        Ok(())
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<(), E> {
        self.number(value)
    }

    fn visit_i128<E: Error>(self, value: i128) -> Result<(), E> {
        self.number(value)
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<(), E> {
        self.number(value)
    }

    fn visit_u128<E: Error>(self, value: u128) -> Result<(), E> {
        self.number(value)
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<(), E> {
        self.number(crate::model::write::number(value).map_err(E::custom)?)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<(), E> {
        self.number(serde_json::Value::from(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        self.0.push('[');
        let mut is_first = true;
        loop {
            let length = self.0.len();
            if !is_first {
                self.0.push(',');
            }
            if items.next_element_seed(Transcoder(self.0))?.is_none() {
                self.0.truncate(length);
                self.0.push(']');
                return Ok(());
            }
            is_first = false;
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<(), A::Error> {
        self.0.push('{');
        let mut is_first = true;
        while let Some(key) = members.next_key_seed(Key)? {
            if !std::mem::take(&mut is_first) {
                self.0.push(',');
            }
            Transcoder(self.0).number(serde_json::Value::from(key))?;
            self.0.push(':');
            members.next_value_seed(Transcoder(self.0))?;
        }
        self.0.push('}');
        Ok(())
    }
}

/// Reads a key as text. Formats other than JSON have keys that are numbers or booleans.
struct Key;

impl<'de> DeserializeSeed<'de> for Key {
    type Value = String;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<String, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl Visitor<'_> for Key {
    type Value = String;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_bool<E: Error>(self, key: bool) -> Result<String, E> {
        Ok(key.to_string())
    }

    fn visit_i64<E: Error>(self, key: i64) -> Result<String, E> {
        Ok(key.to_string())
    }

    fn visit_u64<E: Error>(self, key: u64) -> Result<String, E> {
        Ok(key.to_string())
    }

    fn visit_str<E: Error>(self, key: &str) -> Result<String, E> {
        Ok(key.to_owned())
    }
}
