//! Strings with a format.
//!
//! Input: a text. Output: the same text, and its parsed value. The format is not enforced: in JSON
//! Schema it is an annotation (2020-12, Validation §7.2), and servers send an empty text for no
//! date, or their own ids for UUIDs. An invalid value therefore does not fail a whole response, and
//! the value round-trips.

/// Implements the methods and traits of a string with a format. Input: the type, its value and
/// error, the name of the value's getter, and a text of the format. The type has the functions
/// `parse` and `print`.
///
/// Equality and order compare the parsed values. A text without a value sorts first, and is
/// compared as text.
macro_rules! text {
    ($name:ident, $value:ty, $error:ty, $get:ident, $sample:literal) => {
        impl $name {
            /// Creates a value from its text, which is not checked.
            pub fn from_text(text: impl Into<String>) -> Self {
                Self(text.into().into_boxed_str())
            }

            /// Returns the text as sent and received.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// Returns true if a text has the format.
            #[must_use]
            pub fn is_valid(text: &str) -> bool {
                Self::parse(text).is_ok()
            }

            fn key(&self) -> (Option<$value>, Option<&str>) {
                match self.$get() {
                    Some(value) => (Some(value), None),
                    None => (None, Some(&self.0)),
                }
            }
        }

        impl std::str::FromStr for $name {
            type Err = $error;

            fn from_str(text: &str) -> Result<Self, $error> {
                Self::parse(text).map(|_| Self(text.into()))
            }
        }

        impl From<$value> for $name {
            fn from(value: $value) -> Self {
                Self(Self::print(value).into_boxed_str())
            }
        }

        impl From<&$name> for $name {
            fn from(text: &$name) -> Self {
                text.clone()
            }
        }

        impl PartialEq<$value> for $name {
            fn eq(&self, value: &$value) -> bool {
                self.$get().as_ref() == Some(value)
            }
        }

        impl PartialEq for $name {
            fn eq(&self, other: &Self) -> bool {
                self.key() == other.key()
            }
        }

        impl Eq for $name {}

        impl PartialOrd for $name {
            fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
                Some(self.cmp(other))
            }
        }

        impl Ord for $name {
            fn cmp(&self, other: &Self) -> std::cmp::Ordering {
                self.key().cmp(&other.key())
            }
        }

        impl std::hash::Hash for $name {
            fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
                self.key().hash(state);
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                std::fmt::Debug::fmt(&self.0, f)
            }
        }

        impl crate::model::Decode for $name {
            fn blank() -> Self {
                Self(Box::default())
            }

            fn slot(&mut self, _: bool) -> crate::model::Slot<'_> {
                crate::model::Slot::Text(&mut self.0, $sample)
            }
        }

        impl crate::model::Encode for $name {
            fn view(&self) -> crate::model::View<'_> {
                crate::model::View::Text(&self.0, |one, other| {
                    one == other || Self::from_text(one) == Self::from_text(other)
                })
            }
        }

        crate::model_serde!($name);
    };
}

pub(super) use text;
