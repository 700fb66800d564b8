//! Constraints: what a schema asks of a value beside its type. They are told, never checked on receiving.

use serde_json::Number;

/// The validation keywords of OpenAPI 3.0.3 §4.7.24.1. Lengths count characters.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Constraints {
    pub(crate) min_length: Option<usize>,
    pub(crate) max_length: Option<usize>,
    /// An ECMA-262 regular expression.
    pub(crate) pattern: Option<String>,
    pub(crate) minimum: Option<Bound>,
    pub(crate) maximum: Option<Bound>,
    pub(crate) multiple_of: Option<Number>,
    pub(crate) min_items: Option<usize>,
    pub(crate) max_items: Option<usize>,
    pub(crate) unique_items: bool,
    pub(crate) min_properties: Option<usize>,
    pub(crate) max_properties: Option<usize>,
    /// What each item of a list, or value of a map, is asked for.
    pub(crate) items: Option<Box<Constraints>>,
}

/// An end of a range of numbers, as the document spells it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Bound {
    pub(crate) number: Number,
    /// The number itself is outside.
    pub(crate) exclusive: bool,
}
