//! Constraints: the validation keywords of a schema. They are documented, and `validate()` checks
//! them. Decoding does not.

use serde_json::Number;

/// The validation keywords of OpenAPI 3.0.3 §4.7.24.1. Lengths count characters.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Constraints {
    pub(crate) min_length: Option<usize>,
    pub(crate) max_length: Option<usize>,
    pub(crate) patterns: Vec<Pattern>,
    pub(crate) minimum: Option<Bound>,
    pub(crate) maximum: Option<Bound>,
    pub(crate) multiple_of: Vec<Number>,
    pub(crate) min_items: Option<usize>,
    pub(crate) max_items: Option<usize>,
    pub(crate) unique_items: bool,
    pub(crate) min_properties: Option<usize>,
    pub(crate) max_properties: Option<usize>,
    /// True if an enum allows values that it does not list.
    pub(crate) open_enum: bool,
    /// The constraints of each item of a list or value of a map.
    pub(crate) items: Option<Box<Constraints>>,
}

impl Constraints {
    /// Returns the constraints of a value that must satisfy both.
    #[must_use]
    pub(crate) fn and(self, other: Self) -> Self {
        Self {
            min_length: self.min_length.max(other.min_length),
            max_length: least(self.max_length, other.max_length),
            patterns: distinct(self.patterns, other.patterns),
            minimum: tighter(self.minimum, other.minimum, |new, known| new > known),
            maximum: tighter(self.maximum, other.maximum, |new, known| new < known),
            multiple_of: distinct(self.multiple_of, other.multiple_of),
            min_items: self.min_items.max(other.min_items),
            max_items: least(self.max_items, other.max_items),
            unique_items: self.unique_items || other.unique_items,
            min_properties: self.min_properties.max(other.min_properties),
            max_properties: least(self.max_properties, other.max_properties),
            open_enum: self.open_enum || other.open_enum,
            items: match (self.items, other.items) {
                (Some(one), Some(other)) => Some(Box::new(one.and(*other))),
                (one, other) => one.or(other),
            },
        }
    }
}

/// Returns the lower of two limits, or the only one.
fn least(one: Option<usize>, other: Option<usize>) -> Option<usize> {
    one.into_iter().chain(other).min()
}

/// Joins two lists without repeated values.
fn distinct<T: PartialEq>(mut list: Vec<T>, more: Vec<T>) -> Vec<T> {
    for one in more {
        if !list.contains(&one) {
            list.push(one);
        }
    }
    list
}

/// Returns the stricter bound. Of two bounds with the same number, the exclusive one is stricter.
fn tighter(known: Option<Bound>, new: Option<Bound>, is_tighter: fn(f64, f64) -> bool) -> Option<Bound> {
    let (Some(known), Some(new)) = (&known, &new) else { return known.or(new) };
    let number = |bound: &Bound| bound.number.as_f64().unwrap_or_default();
    let is_same = new.number == known.number;
    let wins = if is_same { new.exclusive } else { is_tighter(number(new), number(known)) };
    Some(if wins { new } else { known }.clone())
}

/// An ECMA-262 regular expression.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Pattern {
    pub(crate) text: String,
    /// True if the pattern can be compiled.
    pub(crate) is_supported: bool,
}

/// A bound of a range of numbers, as written in the document.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Bound {
    pub(crate) number: Number,
    /// True if the bound itself is not allowed.
    pub(crate) exclusive: bool,
}
