//! Bytes in base64.

use super::{Decode, Encode, Slot, View};
use base64::{Engine, prelude::BASE64_STANDARD};

/// Bytes in base64 (RFC 4648 §4). Keeps the received text, so that an invalid value does not fail a
/// whole response, and the value round-trips.
///
/// ```
/// use runtime::model::Base64;
///
/// let text = Base64::from(b"hello");
/// assert_eq!(text.as_str(), "aGVsbG8=");
/// assert_eq!(text.decode(), Some(b"hello".to_vec()));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Base64(String);

impl Base64 {
    /// Creates a value from base64 text. The text is not checked.
    pub fn from_text(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// Returns the text as sent and received.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the bytes, or `None` if the text is not base64.
    #[must_use]
    pub fn decode(&self) -> Option<Vec<u8>> {
        BASE64_STANDARD.decode(&self.0).ok()
    }
}

impl<B: AsRef<[u8]>> From<B> for Base64 {
    fn from(bytes: B) -> Self {
        Self(BASE64_STANDARD.encode(bytes))
    }
}

impl Decode for Base64 {
    fn blank() -> Self {
        Self::default()
    }

    fn slot(&mut self, _: bool) -> Slot<'_> {
        Slot::String(&mut self.0)
    }
}

impl Encode for Base64 {
    fn view(&self) -> View<'_> {
        View::String(&self.0)
    }
}

crate::model_serde!(Base64);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_odd_text_is_kept() {
        let odd: Base64 = serde_json::from_str(r#""no base64!""#).unwrap();
        assert_eq!((odd.decode(), odd.as_str()), (None, "no base64!"));
        assert_eq!(serde_json::to_string(&odd).unwrap(), r#""no base64!""#);
        assert!(serde_json::from_str::<Base64>("[1]").is_err());
    }
}
