//! Describes the validation keywords of a place.

use super::{Attributes, put};
use crate::ir::{Bound, Constraints};

/// Adds an attribute for each keyword of the place and of its items.
pub(super) fn constraints(attributes: &mut Attributes, constraints: &Constraints) {
    let text = |count: Option<usize>| count.map(|count| count.to_string());
    let bound = |bound: &Option<Bound>, is_exclusive: bool| {
        let bound = bound.as_ref().filter(|bound| bound.exclusive == is_exclusive)?;
        Some(bound.number.to_string())
    };
    put(attributes, "minLength", text(constraints.min_length));
    put(attributes, "maxLength", text(constraints.max_length));
    let patterns: Vec<&str> = constraints.patterns.iter().map(|pattern| pattern.text.as_str()).collect();
    put(attributes, "pattern", (!patterns.is_empty()).then(|| patterns.join(" & ")));
    put(attributes, "minimum", bound(&constraints.minimum, false));
    put(attributes, "exclusiveMinimum", bound(&constraints.minimum, true));
    put(attributes, "maximum", bound(&constraints.maximum, false));
    put(attributes, "exclusiveMaximum", bound(&constraints.maximum, true));
    let multiples: Vec<String> = constraints.multiple_of.iter().map(ToString::to_string).collect();
    put(attributes, "multipleOf", (!multiples.is_empty()).then(|| multiples.join(" & ")));
    put(attributes, "minItems", text(constraints.min_items));
    put(attributes, "maxItems", text(constraints.max_items));
    put(attributes, "uniqueItems", constraints.unique_items.then(|| "yes".to_owned()));
    put(attributes, "minProperties", text(constraints.min_properties));
    put(attributes, "maxProperties", text(constraints.max_properties));
    if let Some(items) = &constraints.items {
        let mut inner = Attributes::new();
        self::constraints(&mut inner, items);
        let inner: Vec<String> = inner.iter().map(|(name, value)| format!("{name} {value}")).collect();
        put(attributes, "items", (!inner.is_empty()).then(|| inner.join(", ")));
    }
}
