//! Selects the constraints that `validate()` checks.

use crate::ir::{Api, Constraints, Scalar, Shape, Struct, TypeRef};

/// Returns the constraints of a schema that apply to the values of a place and can be checked.
pub(crate) fn asked(api: &Api, shape: &TypeRef, constraints: &Constraints) -> Constraints {
    let (is_scalar, is_list, is_map, each) = match shape {
        TypeRef::Nullable(shape) => return asked(api, shape, constraints),
        TypeRef::Named(id) => {
            return match api.get(*id).map(|known| &known.shape) {
                Some(Shape::Alias(shape, more)) => {
                    asked(api, shape, &constraints.clone().and((**more).clone()))
                }
                Some(Shape::Enum(_)) => {
                    Constraints { open_enum: constraints.open_enum, ..Constraints::default() }
                }
                // The type has its own check.
                _ => Constraints::default(),
            };
        }
        TypeRef::Tuple(_) | TypeRef::Scalar(Scalar::Bool | Scalar::Null) => return Constraints::default(),
        TypeRef::Scalar(_) => (true, false, false, None),
        TypeRef::List(each) => (false, true, false, Some(&**each)),
        TypeRef::Map(each) => (false, false, true, Some(&**each)),
        any @ TypeRef::Any(_) => (true, true, true, Some(any)),
    };
    let items = each.zip(constraints.items.as_ref()).map(|(each, items)| asked(api, each, items));
    let least = |count: Option<usize>, speaks: bool| count.filter(|count| speaks && *count > 0);
    let patterns = constraints.patterns.iter().filter(|pattern| is_scalar && pattern.is_supported);
    Constraints {
        min_length: least(constraints.min_length, is_scalar),
        max_length: constraints.max_length.filter(|_| is_scalar),
        patterns: patterns.cloned().collect(),
        minimum: constraints.minimum.clone().filter(|_| is_scalar),
        maximum: constraints.maximum.clone().filter(|_| is_scalar),
        multiple_of: constraints.multiple_of.iter().filter(|_| is_scalar).cloned().collect(),
        min_items: least(constraints.min_items, is_list),
        max_items: constraints.max_items.filter(|_| is_list),
        unique_items: constraints.unique_items && is_list,
        min_properties: least(constraints.min_properties, is_map),
        max_properties: constraints.max_properties.filter(|_| is_map),
        open_enum: false,
        items: items.filter(|items| *items != Constraints::default()).map(Box::new),
    }
}

/// Returns the constraints of a struct itself: its number of properties.
pub(crate) fn asked_of_struct(object: &Struct) -> Constraints {
    Constraints {
        min_properties: object.constraints.min_properties.filter(|count| *count > 0),
        max_properties: object.constraints.max_properties,
        ..Constraints::default()
    }
}
