//! A `uuid`: a UUID, and its text.

use super::text::text;

/// A UUID (RFC 9562 §4), with the text that was received.
///
/// Equality and order compare the UUID only. A text that is not a UUID, such as a server's own id,
/// is kept, so that the value round-trips.
///
/// ```
/// use runtime::{model::Uuid, uuid};
///
/// let order: Uuid = "F81D4FAE-7DEC-11D0-A765-00A0C91E6BF6".parse()?;
/// assert_eq!(order, uuid::uuid!("f81d4fae-7dec-11d0-a765-00a0c91e6bf6"));
/// assert_eq!(order.as_str(), "F81D4FAE-7DEC-11D0-A765-00A0C91E6BF6");
/// assert_eq!(Uuid::from_text("order-7").uuid(), None);
/// # Ok::<(), uuid::Error>(())
/// ```
#[derive(Clone)]
pub struct Uuid(Box<str>);

text!(Uuid, uuid::Uuid, uuid::Error, uuid, "00000000-0000-0000-0000-000000000000");

impl Uuid {
    /// Returns the UUID, or `None` if the text is not one.
    #[must_use]
    pub fn uuid(&self) -> Option<uuid::Uuid> {
        Self::parse(&self.0).ok()
    }

    fn parse(text: &str) -> Result<uuid::Uuid, uuid::Error> {
        uuid::Uuid::try_parse(text)
    }

    fn print(uuid: uuid::Uuid) -> String {
        uuid.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{from_str, to_string};
    use std::collections::HashSet;

    #[test]
    fn a_text_comes_back_as_it_came() {
        let known = uuid::Uuid::from_u128(0xf81d_4fae_7dec_11d0_a765_00a0_c91e_6bf6);
        for (text, uuid) in [
            ("f81d4fae-7dec-11d0-a765-00a0c91e6bf6", Some(known)),
            ("F81D4FAE-7DEC-11D0-A765-00A0C91E6BF6", Some(known)),
            ("f81d4fae7dec11d0a76500a0c91e6bf6", Some(known)),
            ("536e564f316c83104c000020", None),
            ("", None),
        ] {
            let json = format!("\"{text}\"");
            let read = from_str::<Uuid>(&json).unwrap();
            assert_eq!((read.uuid(), to_string(&read).unwrap()), (uuid, json));
        }
        assert!(from_str::<Uuid>("7").is_err());
    }

    #[test]
    fn equal_is_the_same_uuid() {
        let texts = ["f81d4fae-7dec-11d0-a765-00a0c91e6bf6", "F81D4FAE7DEC11D0A76500A0C91E6BF6", "a", "A"];
        let different = HashSet::from(texts.map(Uuid::from_text));
        assert_eq!(different.len(), 3);
    }
}
