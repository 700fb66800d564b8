//! Reading a string enum.

use serde_core::de::{Deserializer, Error, Visitor};
use std::{fmt, marker::PhantomData};

/// Reads a string and makes the enum of it, by its `From<&str>`, which keeps a symbol that it doesn't know.
///
/// # Errors
/// Where the next value is no string.
pub fn read_symbol<'de, T, D>(deserializer: D) -> Result<T, D::Error>
where
    T: for<'a> From<&'a str>,
    D: Deserializer<'de>,
{
    deserializer.deserialize_str(SymbolVisitor(PhantomData))
}

struct SymbolVisitor<T>(PhantomData<fn() -> T>);

impl<T: for<'a> From<&'a str>> Visitor<'_> for SymbolVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_str<E: Error>(self, symbol: &str) -> Result<T, E> {
        Ok(T::from(symbol))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, PartialEq)]
    struct Symbol(String);

    impl From<&str> for Symbol {
        fn from(symbol: &str) -> Self {
            Self(symbol.to_owned())
        }
    }

    fn read(json: &str) -> Result<Symbol, serde_json::Error> {
        read_symbol(&mut serde_json::Deserializer::from_str(json))
    }

    #[test]
    fn a_string_is_read_whether_it_is_escaped_or_not() {
        assert_eq!(read(r#""active""#).unwrap(), Symbol("active".to_owned()));
        assert_eq!(read(r#""a\u0063tive""#).unwrap(), Symbol("active".to_owned()));
        assert_eq!(read(r#""""#).unwrap(), Symbol(String::new()));
    }

    #[test]
    fn anything_else_is_an_error() {
        for json in ["null", "1", "true", "[]", "{}"] {
            assert!(read(json).unwrap_err().to_string().contains("expected a string"), "{json}");
        }
    }
}
