//! Conversions between [`AnyJson`] and other types.

use super::AnyJson;
use crate::model::{Number, read::nearest};
use serde_json::Value;
use std::collections::BTreeMap;

macro_rules! from {
    ($($type:ty, $value:ident => $json:expr;)*) => {$(
        impl From<$type> for AnyJson {
            fn from($value: $type) -> Self {
                $json
            }
        }
    )*};
}

from! {
    bool, value => Self::Bool(value);
    &str, value => Self::String(value.to_owned());
    String, value => Self::String(value);
    Number, value => Self::Number(value);
    &Self, value => value.clone();
    (), _value => Self::Null;
}

macro_rules! from_integers {
    ($($integer:ty)*) => {$(
        impl From<$integer> for AnyJson {
            fn from(value: $integer) -> Self {
                Self::Number(value.into())
            }
        }
    )*};
}

from_integers! { i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 }

/// `None` is null.
impl<T: Into<Self>> From<Option<T>> for AnyJson {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

impl<T: Into<Self>> From<Vec<T>> for AnyJson {
    fn from(items: Vec<T>) -> Self {
        items.into_iter().collect()
    }
}

impl<T: Into<Self>, const N: usize> From<[T; N]> for AnyJson {
    fn from(items: [T; N]) -> Self {
        items.into_iter().collect()
    }
}

impl<K: Into<String>, T: Into<Self>> From<BTreeMap<K, T>> for AnyJson {
    fn from(members: BTreeMap<K, T>) -> Self {
        members.into_iter().collect()
    }
}

impl<T: Into<Self>> FromIterator<T> for AnyJson {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        Self::Array(items.into_iter().map(Into::into).collect())
    }
}

impl<K: Into<String>, T: Into<Self>> FromIterator<(K, T)> for AnyJson {
    fn from_iter<I: IntoIterator<Item = (K, T)>>(members: I) -> Self {
        Self::Object(members.into_iter().map(|(key, value)| (key.into(), value.into())).collect())
    }
}

impl From<Value> for AnyJson {
    fn from(value: Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Bool(value) => Self::Bool(value),
            Value::Number(number) => Self::from(&number),
            Value::String(text) => Self::String(text),
            Value::Array(items) => items.into_iter().collect(),
            Value::Object(members) => members.into_iter().collect(),
        }
    }
}

impl From<&Value> for AnyJson {
    fn from(value: &Value) -> Self {
        value.clone().into()
    }
}

impl From<&serde_json::Number> for AnyJson {
    fn from(number: &serde_json::Number) -> Self {
        let float = number.as_f64().filter(|_| number.is_f64());
        // A float has its shortest form: `7`.
        let shortest = float.and_then(|float| Number::try_from(float).ok());
        shortest.or_else(|| number.to_string().parse().ok()).map_or(Self::Null, Self::Number)
    }
}

/// Integers beyond 64 bits, and decimals, become the nearest `f64`.
impl From<AnyJson> for Value {
    fn from(value: AnyJson) -> Self {
        match value {
            AnyJson::Null => Self::Null,
            AnyJson::Bool(value) => Self::Bool(value),
            AnyJson::Number(number) => match (number.as_i64(), number.as_u64()) {
                (Some(integer), _) => integer.into(),
                (_, Some(integer)) => integer.into(),
                (None, None) => nearest(number.as_str()).0.into(),
            },
            AnyJson::String(text) => Self::String(text),
            AnyJson::Array(items) => items.into_iter().map(Self::from).collect(),
            AnyJson::Object(members) => {
                members.into_iter().map(|(key, value)| (key, Self::from(value))).collect()
            }
        }
    }
}

impl From<&AnyJson> for Value {
    fn from(value: &AnyJson) -> Self {
        value.clone().into()
    }
}

macro_rules! equal {
    ($($other:ty, ($one:ident, $value:ident) => $equal:expr;)*) => {$(
        impl PartialEq<$other> for AnyJson {
            fn eq(&self, $value: &$other) -> bool {
                let $one = self;
                $equal
            }
        }

        impl PartialEq<AnyJson> for $other {
            fn eq(&self, other: &AnyJson) -> bool {
                other == self
            }
        }
    )*};
}

equal! {
    bool, (json, value) => json.as_bool() == Some(*value);
    str, (json, value) => json.as_str() == Some(value);
    &str, (json, value) => json.as_str() == Some(*value);
    String, (json, value) => json.as_str() == Some(value);
    i32, (json, value) => json.as_i64() == Some(i64::from(*value));
    i64, (json, value) => json.as_i64() == Some(*value);
    u64, (json, value) => json.as_u64() == Some(*value);
    f64, (json, value) => json.as_f64() == Some(*value);
    Value, (json, value) => is_same(json, value);
}

/// Returns true if a value of `serde_json` has the same JSON. Numbers are equal by value.
fn is_same(json: &AnyJson, value: &Value) -> bool {
    match (json, value) {
        (AnyJson::Null, Value::Null) => true,
        (AnyJson::Bool(one), Value::Bool(other)) => one == other,
        (AnyJson::Number(_), Value::Number(other)) => AnyJson::from(other) == *json,
        (AnyJson::String(one), Value::String(other)) => one == other,
        (AnyJson::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| is_same(one, other))
        }
        (AnyJson::Object(one), Value::Object(other)) => {
            one.len() == other.len()
                && one.iter().all(|(key, one)| other.get(key).is_some_and(|other| is_same(one, other)))
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn values_of_serde_json_come_and_go() {
        let value = json!({"a": [1, -2, 0.5, 7.0, u64::MAX], "b": {"c": null, "d": [true, "x"]}});
        let any = AnyJson::from(&value);
        assert_eq!(any, value);
        assert_eq!(any["a"].to_string(), "[1,-2,0.5,7,18446744073709551615]");
        assert_eq!(AnyJson::from(Value::from(any.clone())), any);
        let large: AnyJson = "[18446744073709551616,1e400,0.10]".parse().unwrap();
        assert_eq!(Value::from(large), json!([1.8446744073709552e19, f64::MAX, 0.1]));
    }

    #[test]
    fn plain_values_convert_and_compare() {
        let value = AnyJson::from_iter([("a", AnyJson::from("x")), ("b", 7.into()), ("c", true.into())]);
        assert_eq!(value, json!({"a": "x", "b": 7, "c": true}));
        assert!(value["a"] == "x" && value["b"] == 7 && value["b"] == 7.0 && value["c"] == true);
        assert!(value["a"] != "y" && value["a"] != 7 && value["b"] != "7");
        assert_eq!(AnyJson::from(vec![Some(1), None]), json!([1, null]));
        assert_eq!(AnyJson::from(["a", "b"]), json!(["a", "b"]));
        assert_eq!(AnyJson::from(u128::MAX).to_string(), u128::MAX.to_string());
    }
}
