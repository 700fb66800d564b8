//! Rules: the constraints of a document.

use std::fmt;

/// The rules of one place, in generated code.
pub type Rules = &'static [Rule];

/// A constraint with its limit: a validation keyword of OpenAPI 3.0.3 §4.7.24.1.
///
/// Limits have the document's JSON notation, so that none is rounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Rule {
    /// A string has at least this many characters (Unicode scalar values).
    MinLength(u64),
    /// A string has at most this many characters (Unicode scalar values).
    MaxLength(u64),
    /// A part of the string matches an ECMA-262 regular expression.
    ///
    /// Matching takes time linear in the text, except for an expression with look-around or back
    /// references. Such an expression has a limit of steps, at most a million, and a text that
    /// exceeds the limit counts as no match. In it, `\d`, `\w` and `\s` match Unicode characters.
    /// `\b` always uses Unicode.
    Pattern(&'static str),
    /// A number is at least this limit.
    Minimum(&'static str),
    /// A number is greater than this limit.
    ExclusiveMinimum(&'static str),
    /// A number is at most this limit.
    Maximum(&'static str),
    /// A number is less than this limit.
    ExclusiveMaximum(&'static str),
    /// A number is a multiple of this number, in decimal: 0.3 is a multiple of 0.1.
    MultipleOf(&'static str),
    /// An array has at least this many items.
    MinItems(u64),
    /// An array has at most this many items.
    MaxItems(u64),
    /// All items of an array are different JSON values.
    UniqueItems,
    /// An object has at least this many members.
    MinProperties(u64),
    /// An object has at most this many members.
    MaxProperties(u64),
    /// A string or an integer is one of the values that the document lists.
    Enum,
    /// Unlisted strings and integers are allowed: [`Enum`](Self::Enum) is not checked here.
    /// Violations never name this rule.
    OpenEnum,
    /// The rules of each item of an array or value of a map. Violations name the inner rule, never
    /// this one.
    Each(Rules),
}

impl Rule {
    /// Returns the keyword of OpenAPI, such as `maxLength`. For [`Each`](Self::Each) it is `items`,
    /// also for the values of a map.
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
            Self::Enum | Self::OpenEnum => "enum",
            Self::Each(_) => "items",
        }
    }
}

impl fmt::Display for Rule {
    /// Writes the constraint as in the model's rustdoc: `length at most 34`.
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
            Self::Enum => f.write_str("one of the listed values"),
            Self::OpenEnum => f.write_str("any value, listed or not"),
            Self::Each(_) => f.write_str("rules for each"),
        }
    }
}
