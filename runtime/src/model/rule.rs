//! Rules: what a document asks of a value.

use std::fmt;

/// The rules of one place, which stand in generated code.
pub type Rules = &'static [Rule];

/// One constraint, with its limit: a validation keyword of OpenAPI 3.0.3 §4.7.24.1.
///
/// Numbers are the document's, in JSON's notation, so that none is rounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Rule {
    /// A string has at least so many characters (Unicode scalar values).
    MinLength(u64),
    /// A string has at most so many characters (Unicode scalar values).
    MaxLength(u64),
    /// A string matches an ECMA-262 regular expression, somewhere in it.
    ///
    /// Matching takes time in proportion to the text. Where the expression looks around or back, it is given up after
    /// a million steps, and the text counts as no match; and `\d`, `\w`, `\s` and `.` then take Unicode's view, which `\b`
    /// always does.
    Pattern(&'static str),
    /// A number is this or more.
    Minimum(&'static str),
    /// A number is more than this.
    ExclusiveMinimum(&'static str),
    /// A number is this or less.
    Maximum(&'static str),
    /// A number is less than this.
    ExclusiveMaximum(&'static str),
    /// A number is a multiple of this, as decimals: 0.3 is one of 0.1.
    MultipleOf(&'static str),
    /// An array has at least so many items.
    MinItems(u64),
    /// An array has at most so many items.
    MaxItems(u64),
    /// No two items of an array are the same JSON value.
    UniqueItems,
    /// An object has at least so many members.
    MinProperties(u64),
    /// An object has at most so many members.
    MaxProperties(u64),
    /// What each item of an array, or value of a map, is asked for. It is never itself broken.
    Each(Rules),
}

impl Rule {
    /// The keyword in the document, as `maxLength`.
    pub const fn keyword(&self) -> &'static str {
        match self {
            Self::MinLength(_) => "minLength",
            Self::MaxLength(_) => "maxLength",
            Self::Pattern(_) => "pattern",
            Self::Minimum(_) => "minimum",
            Self::ExclusiveMinimum(_) => "exclusiveMinimum",
            Self::Maximum(_) => "maximum",
            Self::ExclusiveMaximum(_) => "exclusiveMaximum",
            Self::MultipleOf(_) => "multipleOf",
            Self::MinItems(_) => "minItems",
            Self::MaxItems(_) => "maxItems",
            Self::UniqueItems => "uniqueItems",
            Self::MinProperties(_) => "minProperties",
            Self::MaxProperties(_) => "maxProperties",
            Self::Each(_) => "items",
        }
    }
}

impl fmt::Display for Rule {
    /// What is asked for, as in the model's rustdoc: `length at most 34`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MinLength(least) => write!(f, "length at least {least}"),
            Self::MaxLength(most) => write!(f, "length at most {most}"),
            Self::Pattern(pattern) => write!(f, "pattern `{pattern}`"),
            Self::Minimum(least) => write!(f, "at least {least}"),
            Self::ExclusiveMinimum(limit) => write!(f, "greater than {limit}"),
            Self::Maximum(most) => write!(f, "at most {most}"),
            Self::ExclusiveMaximum(limit) => write!(f, "less than {limit}"),
            Self::MultipleOf(number) => write!(f, "a multiple of {number}"),
            Self::MinItems(least) => write!(f, "number of items at least {least}"),
            Self::MaxItems(most) => write!(f, "number of items at most {most}"),
            Self::UniqueItems => f.write_str("no item twice"),
            Self::MinProperties(least) => write!(f, "number of members at least {least}"),
            Self::MaxProperties(most) => write!(f, "number of members at most {most}"),
            Self::Each(_) => f.write_str("rules for each"),
        }
    }
}
