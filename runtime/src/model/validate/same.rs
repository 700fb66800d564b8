//! Equality of JSON values (JSON Schema 2020-12, Core §4.2.2).

use super::decimal::Decimal;
use crate::model::{List, write::json};
use serde_json::Value;
use std::collections::HashSet;

/// Returns true if no two items are the same JSON value. `1` and `1.0` are the same, and so are
/// objects in any key order.
pub(super) fn are_distinct(list: &dyn List) -> bool {
    let mut seen = HashSet::with_capacity(list.count());
    (0..list.count()).filter_map(|index| list.at(index)).all(|item| {
        // A value without JSON is not sent, and equals no other.
        let Ok(json) = json(item.view()) else { return true };
        let Ok(value) = serde_json::from_str(&json) else { return true };
        let mut text = String::new();
        write(&value, &mut text);
        seen.insert(text)
    })
}

/// Writes a value so that equal values, and only those, have the same text.
fn write(value: &Value, text: &mut String) {
    match value {
        Value::Number(number) => {
            let number = number.to_string();
            match Decimal::parse(&number) {
                Some(decimal) => decimal.write(text),
                None => text.push_str(&number),
            }
        }
        Value::Array(items) => {
            text.push('[');
            for item in items {
                write(item, text);
                text.push(',');
            }
            text.push(']');
        }
        Value::Object(members) => {
            let mut members: Vec<_> = members.iter().collect();
            members.sort_by_key(|(key, _)| *key);
            text.push('{');
            for (key, value) in members {
                write(&Value::from(key.as_str()), text);
                text.push(':');
                write(value, text);
                text.push(',');
            }
            text.push('}');
        }
        Value::Null | Value::Bool(_) | Value::String(_) => text.push_str(&value.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[track_caller]
    fn distinct(items: Value, expected: bool) {
        assert_eq!(are_distinct(items.as_array().unwrap() as &Vec<Value>), expected, "{items}");
    }

    #[test]
    fn equal_values_are_the_same() {
        for items in [
            json!([1, 1]),
            json!([1, 1.0]),
            json!([100, 1e2]),
            json!([0, -0.0]),
            json!(["a", "b", "a"]),
            json!([null, null]),
            json!([{"a": 1, "b": [2]}, {"b": [2.0], "a": 1}]),
            json!([[1, {"a": null}], [1, {"a": null}]]),
            json!([u64::MAX, u64::MAX]),
        ] {
            distinct(items, false);
        }
    }

    #[test]
    fn different_values_are_not() {
        for items in [
            json!([]),
            json!([1, true, "1", "true", null, "null", [1], [[1]], {"1": 1}, "", [], {}]),
            json!([0, false, "", "0"]),
            json!([1, 10, 0.1, -1, 1.01]),
            json!([u64::MAX, u64::MAX - 1, i64::MAX, i64::MIN]),
            json!([{"a": 1}, {"a": 2}, {"b": 1}, {"a": {"b": 1}}, {"a": 1, "b": 1}]),
            json!([["a", "b"], ["b", "a"], ["a,", "b"], ["ab"]]),
            json!(["é", "e\u{301}"]),
        ] {
            distinct(items, true);
        }
    }
}
