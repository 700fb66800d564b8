//! Finds the differences between an example and its round-tripped value.

use serde_json::Value;

/// A place where two values differ.
#[derive(Debug, PartialEq)]
pub(crate) struct Difference {
    /// A JSON pointer.
    pub(crate) place: String,
    pub(crate) way: Way,
}

/// The kind of a difference.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) enum Way {
    /// The same instant in another notation.
    Time,
    /// A null member is missing.
    Null,
    /// A member is missing.
    Lost,
    /// A member was added.
    Added,
    /// The value differs.
    Value,
}

impl Way {
    pub(crate) fn words(self) -> &'static str {
        match self {
            Self::Time => "the same time is written another way",
            Self::Null => "a null is left out",
            Self::Lost => "a member is left out",
            Self::Added => "a member is added",
            Self::Value => "the value is another",
        }
    }
}

/// Returns all differences between `shown` and `encoded`. Numbers are compared by value.
pub(crate) fn differences(shown: &Value, encoded: &Value) -> Vec<Difference> {
    let mut found = Vec::new();
    compare(shown, encoded, "", &mut found);
    found
}

fn compare(shown: &Value, encoded: &Value, place: &str, found: &mut Vec<Difference>) {
    let mut add = |place: String, way| found.push(Difference { place, way });
    match (shown, encoded) {
        (Value::Object(a), Value::Object(b)) => {
            let at = |key: &str| format!("{place}/{}", key.replace('~', "~0").replace('/', "~1"));
            for (key, value) in a {
                match b.get(key) {
                    Some(other) => compare(value, other, &at(key), found),
                    None => found.push(Difference {
                        place: at(key),
                        way: if value.is_null() { Way::Null } else { Way::Lost },
                    }),
                }
            }
            let added = b.keys().filter(|key| !a.contains_key(*key));
            found.extend(added.map(|key| Difference { place: at(key), way: Way::Added }));
        }
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => {
            for (index, (a, b)) in a.iter().zip(b).enumerate() {
                compare(a, b, &format!("{place}/{index}"), found);
            }
        }
        (Value::Number(a), Value::Number(b)) if a == b || a.as_f64() == b.as_f64() => {}
        (Value::String(a), Value::String(b)) if a != b && is_same_time(a, b) => {
            add(place.to_owned(), Way::Time)
        }
        (a, b) if a == b => {}
        _ => add(place.to_owned(), Way::Value),
    }
}

/// Returns true if both texts are RFC 3339 times, or dates, and mean the same time.
fn is_same_time(a: &str, b: &str) -> bool {
    let same_instant =
        matches!((a.parse::<jiff::Timestamp>(), b.parse::<jiff::Timestamp>()), (Ok(a), Ok(b)) if a == b);
    same_instant
        || matches!((a.parse::<jiff::Span>(), b.parse::<jiff::Span>()), (Ok(a), Ok(b)) if a.fieldwise() == b.fieldwise())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn every_kind_of_difference_is_recognised() {
        let shown =
            json!({"a": 1, "b": null, "c": "2024-01-01T00:00:00+01:00", "d": [1, {"e/f": "x"}], "g": 0});
        let encoded = json!({"a": 1.0, "c": "2023-12-31T23:00:00Z", "d": [1, {"e/f": "y"}], "h": 0});
        let found: Vec<_> =
            differences(&shown, &encoded).into_iter().map(|one| (one.place, one.way)).collect();
        let expected = [
            ("/b", Way::Null),
            ("/c", Way::Time),
            ("/d/1/e~1f", Way::Value),
            ("/g", Way::Lost),
            ("/h", Way::Added),
        ];
        assert_eq!(found, expected.map(|(place, way)| (place.to_owned(), way)));
    }
}
