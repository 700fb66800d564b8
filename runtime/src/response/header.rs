//! Typed response headers.
//!
//! Input: a header's name and type, from generated code. Output: its value, or `None` if it is
//! missing or has another type. The text is also in `headers()`.

use crate::{
    error::Error,
    model::{self, Decode},
    response::Response,
};
use http::HeaderMap;
use serde_json::Value;
use std::{fmt, marker::PhantomData};

/// The most texts of a header that are decoded as numbers or booleans. Each takes another pass.
const MOST_LITERALS: usize = 100;

/// The most bytes of all passes over a header, after the first.
const MOST_BYTES: usize = 1 << 20;

/// A documented response header, with the type of its value.
///
/// ```
/// const LEFT: runtime::Header<u32> = runtime::Header::new("X-Rate-Limit-Remaining");
/// # fn example(response: &runtime::Response<()>, error: &runtime::Error) {
/// let left: Option<u32> = response.header(LEFT);
/// let left: Option<u32> = error.header(LEFT);
/// # }
/// ```
pub struct Header<T>(&'static str, PhantomData<fn() -> T>);

impl<T> Header<T> {
    /// Returns the header of this name.
    #[must_use]
    pub const fn new(name: &'static str) -> Self {
        Self(name, PhantomData)
    }

    /// Returns the header's name.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.0
    }
}

impl<T> fmt::Debug for Header<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Header").field(&self.0).finish()
    }
}

impl<T> Response<T> {
    /// Returns the value of a documented header, or `None` if it is missing or has another type.
    #[must_use]
    pub fn header<H: Decode>(&self, header: Header<H>) -> Option<H> {
        read(&texts(self.headers(), header.0)?)
    }
}

impl Error {
    /// Returns the value of a header of the response, or `None` if it is missing or has another
    /// type.
    #[must_use]
    pub fn header<H: Decode>(&self, header: Header<H>) -> Option<H> {
        read(&texts(self.headers(), header.0)?)
    }
}

/// Returns a header's value. Repeated headers are joined by commas (RFC 9110 §5.3).
fn texts(headers: &HeaderMap, name: &str) -> Option<String> {
    let values: Result<Vec<&str>, _> = headers.get_all(name).iter().map(|value| value.to_str()).collect();
    values.ok().filter(|values| !values.is_empty()).map(|values| values.join(", "))
}

/// Decodes a value in the style `simple`, exploded or not, or as JSON.
fn read<T: Decode>(text: &str) -> Option<T> {
    let whole = [Value::from(text).to_string(), text.to_owned()];
    let items: Vec<&str> = text.split(',').map(str::trim).collect();
    let exploded = items.iter().map(|item| item.split_once('=')).collect::<Option<Vec<(&str, &str)>>>();
    let pairs = items.chunks_exact(2).filter_map(|pair| Some((*pair.first()?, *pair.last()?)));
    let pairs = items.len().is_multiple_of(2).then(|| pairs.collect::<Vec<_>>());
    let members = |members: Vec<(&str, &str)>| {
        let parts = members.into_iter().map(|(key, value)| (format!("{}:", Value::from(key)), value));
        parts_of(('{', '}'), parts.collect())
    };
    let list = || parts_of(('[', ']'), items.iter().map(|item| (String::new(), *item)).collect());
    let whole = whole.iter().find_map(|json| model::read(json).ok());
    whole.or_else(list).or_else(|| exploded.and_then(members)).or_else(|| pairs.and_then(members))
}

/// Decodes a list or an object of texts, each with its key. A text is a string, unless its type
/// requires a number or boolean: decoding then fails at that text, and is repeated with it as JSON.
fn parts_of<T: Decode>((open, close): (char, char), parts: Vec<(String, &str)>) -> Option<T> {
    let mut literal = vec![false; parts.len()];
    let length: usize = parts.iter().map(|(key, text)| key.len() + text.len() + 1).sum();
    for _ in 0..=further_passes(parts.len(), length) {
        let mut json = String::from(open);
        let mut ends = Vec::with_capacity(parts.len());
        for ((key, text), literal) in parts.iter().zip(&literal) {
            if json.len() > 1 {
                json.push(',');
            }
            json.push_str(key);
            match serde_json::from_str::<Value>(text) {
                Ok(Value::Number(_) | Value::Bool(_)) if *literal => json.push_str(text),
                _ => json.push_str(&Value::from(*text).to_string()),
            }
            ends.push(json.len());
        }
        json.push(close);
        let fault = match model::read(&json) {
            Ok(value) => return Some(value),
            Err(fault) => fault,
        };
        let failed = literal.get_mut(ends.partition_point(|end| *end <= fault.at))?;
        if std::mem::replace(failed, true) {
            return None;
        }
    }
    None
}

/// Returns how often a header of `count` texts and `length` bytes is decoded again.
fn further_passes(count: usize, length: usize) -> usize {
    count.min(MOST_LITERALS).min(MOST_BYTES / length.max(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_read_as_its_type() {
        assert_eq!(read::<String>("5").as_deref(), Some("5"));
        assert_eq!(read::<i64>("5"), Some(5));
        assert_eq!(read::<i64>("five"), None);
        assert_eq!(read::<bool>("true"), Some(true));
        assert_eq!(read::<crate::model::Date>("2024-02-29").unwrap(), jiff::civil::date(2024, 2, 29));
        assert_eq!(read::<Vec<String>>("a, b,c").unwrap(), ["a", "b", "c"]);
        assert_eq!(read::<Vec<u8>>("1,2").unwrap(), [1, 2]);
        assert_eq!(read::<Vec<u8>>("[1,2]").unwrap(), [1, 2]);
        assert_eq!(read::<Vec<bool>>("true, false").unwrap(), [true, false]);
        assert_eq!(read::<(String, u8)>("1,2").unwrap(), ("1".to_owned(), 2));
        assert_eq!(read::<Value>(r#"{"a":1}"#).unwrap(), Value::from(r#"{"a":1}"#));
    }

    #[test]
    fn a_long_header_takes_few_passes() {
        assert_eq!(read::<Vec<u8>>(&["1"; 100].join(",")).unwrap(), [1; 100]);
        assert_eq!(read::<Vec<String>>(&"1,".repeat(1 << 17)).unwrap().len(), (1 << 17) + 1);
        assert_eq!(
            [further_passes(3, 6), further_passes(500, 1000), further_passes(1 << 17, 1 << 18)],
            [3, 100, 4]
        );
    }

    #[test]
    fn an_object_is_read_exploded_or_not() {
        struct Rate {
            limit: u32,
            name: String,
            rest: crate::model::Rest,
        }
        crate::model_object! {
            Rate {
                0 limit: required("limit"),
                1 name: required("name"),
            }
            rest { rest }
        }
        for text in ["limit,10,name,7", "limit=10,name=7", "name=7, limit=10", r#"{"limit":10,"name":"7"}"#] {
            let rate = read::<Rate>(text).unwrap();
            assert_eq!((rate.limit, rate.name.as_str()), (10, "7"), "{text}");
        }
        for text in ["limit,10,name", "limit=10", "limit,ten,name,7", ""] {
            assert!(read::<Rate>(text).is_none(), "{text}");
        }
        let map = read::<std::collections::BTreeMap<String, i64>>("a=1,b=2").unwrap();
        assert_eq!(map.into_values().collect::<Vec<_>>(), [1, 2]);
    }

    #[test]
    fn a_header_that_came_twice_is_one_list() {
        let mut headers = HeaderMap::new();
        headers.append("x-a", "1".parse().unwrap());
        headers.append("x-a", "2".parse().unwrap());
        assert_eq!(texts(&headers, "X-A").as_deref(), Some("1, 2"));
        assert_eq!(texts(&headers, "X-B"), None);
    }
}
