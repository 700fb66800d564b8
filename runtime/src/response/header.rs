//! Response headers by type.
//!
//! In: a header's name and type, from generated code. Out: its value. The rule: a value that is missing, or of another
//! type, is nothing; the text is in `headers()` all the same.

use crate::{
    error::Error,
    model::{self, Decode},
    response::Response,
};
use http::HeaderMap;
use serde_json::Value;
use std::{fmt, marker::PhantomData};

/// A response header that a document describes, with the type of its value.
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
    /// The header of this name.
    #[must_use]
    pub const fn new(name: &'static str) -> Self {
        Self(name, PhantomData)
    }

    /// The header's name.
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
    /// The value of a header that the document describes; nothing where it is missing or of another type.
    #[must_use]
    pub fn header<H: Decode>(&self, header: Header<H>) -> Option<H> {
        read(&texts(self.headers(), header.0)?)
    }
}

impl Error {
    /// The value of a header of the response, where one came; nothing where it is missing or of another type.
    #[must_use]
    pub fn header<H: Decode>(&self, header: Header<H>) -> Option<H> {
        read(&texts(self.headers(), header.0)?)
    }
}

/// A header's value; of one that came several times, all with commas between (RFC 9110 §5.3).
fn texts(headers: &HeaderMap, name: &str) -> Option<String> {
    let values: Result<Vec<&str>, _> = headers.get_all(name).iter().map(|value| value.to_str()).collect();
    values.ok().filter(|values| !values.is_empty()).map(|values| values.join(", "))
}

/// Reads a value in the style `simple`, or as JSON: as text, as the JSON that a number or boolean is, or as a list.
fn read<T: Decode>(text: &str) -> Option<T> {
    spellings(text).iter().find_map(|json| model::read(json).ok())
}

/// What a header's text can be in JSON, in the order in which they are tried.
fn spellings(text: &str) -> [String; 4] {
    let items = || text.split(',').map(str::trim);
    let literal = |text: &str| serde_json::from_str(text).unwrap_or_else(|_| Value::from(text));
    [
        Value::from(text).to_string(),
        text.to_owned(),
        items().map(Value::from).collect::<Value>().to_string(),
        items().map(literal).collect::<Value>().to_string(),
    ]
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
        assert_eq!(read::<Value>(r#"{"a":1}"#).unwrap(), Value::from(r#"{"a":1}"#));
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
