//! Unions: a value of one of several types, and how its variant is determined.

use serde_json::Value;

use super::{Constraints, Scalar, TypeRef};
use crate::pointer::Pointer;

/// A value of one of several types.
#[derive(Debug)]
pub(crate) struct Union {
    pub(crate) variants: Vec<Variant>,
    pub(crate) choice: Choice,
}

/// One of a union's types.
#[derive(Debug)]
pub(crate) struct Variant {
    pub(crate) pointer: Pointer,
    pub(crate) shape: TypeRef,
    pub(crate) constraints: Constraints,
    /// The variant's name in the document, for a type without a name.
    pub(crate) words: String,
    /// The discriminator property and its value, which every value of this variant must contain.
    pub(crate) written_tag: Option<(String, Value)>,
}

/// How the variant of a value is determined.
#[derive(Debug)]
pub(crate) enum Choice {
    /// The property `key` has one of the `values` of a variant. An object with another value is of
    /// the variant `otherwise`, if there is one.
    Tag { key: String, values: Vec<Vec<String>>, otherwise: Option<usize> },
    /// Each variant has a test.
    Tests(Vec<Test>),
}

/// The conditions that a value must meet to be of a variant.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Test {
    pub(crate) kinds: Kinds,
    /// The value is one of these strings.
    pub(crate) texts: Vec<String>,
    /// The format of a string. A string of another format matches this variant last.
    pub(crate) format: Option<Scalar>,
    /// The property at this path is one of these strings, or of these numbers and booleans as JSON.
    pub(crate) member: Option<(Vec<String>, Vec<String>)>,
    /// These properties are present.
    pub(crate) required: Vec<String>,
    /// The declared properties. Of several matching variants, the one that declares most of the
    /// value's properties is taken.
    pub(crate) known: Vec<String>,
    /// The test of the items. Of several lists, one whose items all match is taken first.
    pub(crate) items: Option<Box<Test>>,
}

/// A set of kinds of JSON values.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Kinds(u8);

impl Kinds {
    pub(crate) const NULL: Self = Self(1);
    pub(crate) const BOOL: Self = Self(2);
    pub(crate) const INTEGER: Self = Self(4);
    /// A number that is no integer.
    pub(crate) const FRACTION: Self = Self(8);
    pub(crate) const STRING: Self = Self(16);
    pub(crate) const ARRAY: Self = Self(32);
    pub(crate) const OBJECT: Self = Self(64);
    pub(crate) const ANY: Self = Self(127);

    /// Each kind with its name.
    pub(crate) const EACH: [(Self, &'static str); 7] = [
        (Self::NULL, "NULL"),
        (Self::BOOL, "BOOL"),
        (Self::INTEGER, "INTEGER"),
        (Self::FRACTION, "FRACTION"),
        (Self::STRING, "STRING"),
        (Self::ARRAY, "ARRAY"),
        (Self::OBJECT, "OBJECT"),
    ];

    /// Returns the kind of a value. A number without a fraction is an integer, in any notation.
    pub(crate) fn of(value: &Value) -> Self {
        match value {
            Value::Null => Self::NULL,
            Value::Bool(_) => Self::BOOL,
            Value::Number(number) if number.as_f64().is_some_and(|number| number.fract() != 0.0) => {
                Self::FRACTION
            }
            Value::Number(_) => Self::INTEGER,
            Value::String(_) => Self::STRING,
            Value::Array(_) => Self::ARRAY,
            Value::Object(_) => Self::OBJECT,
        }
    }

    #[must_use]
    pub(crate) const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(crate) fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}
