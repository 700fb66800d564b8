//! Unions: a value of one of several types, and how it is told which.

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
    /// What the document calls it, where its type has no name.
    pub(crate) words: String,
    /// The property that tells a value of this variant from the others, and its value: written with every value.
    pub(crate) written_tag: Option<(String, Value)>,
}

/// How it is told which variant a value is of.
#[derive(Debug)]
pub(crate) enum Choice {
    /// By the member `key`: for each variant, the values that stand for it.
    Tag { key: String, values: Vec<Vec<String>> },
    /// By what each variant asks of a value.
    Tests(Vec<Test>),
}

/// What a variant asks of a value.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Test {
    pub(crate) kinds: Kinds,
    /// The value is one of these strings.
    pub(crate) texts: Vec<String>,
    /// A string is of this format; where it is not, the variant comes after the others.
    pub(crate) format: Option<Scalar>,
    /// The property that these keys lead to is one of these strings, or of these numbers and booleans as JSON.
    pub(crate) member: Option<(Vec<String>, Vec<String>)>,
    /// These members are there.
    pub(crate) required: Vec<String>,
    /// Of several variants, the one that knows most of the members is taken.
    pub(crate) known: Vec<String>,
    /// Of several lists, the one whose items all pass is taken first.
    pub(crate) items: Option<Box<Test>>,
}

/// Kinds of JSON values.
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

    /// Each kind by itself, with its name.
    pub(crate) const EACH: [(Self, &'static str); 7] = [
        (Self::NULL, "NULL"),
        (Self::BOOL, "BOOL"),
        (Self::INTEGER, "INTEGER"),
        (Self::FRACTION, "FRACTION"),
        (Self::STRING, "STRING"),
        (Self::ARRAY, "ARRAY"),
        (Self::OBJECT, "OBJECT"),
    ];

    /// Returns the kind of a value. A number without a fraction is an integer, however it is written.
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
