//! What is checked: which constraints speak of a place's values, and which types hold such a place.
//!
//! The one rule: a type that holds no constraint, however deep, is passed over.

use std::collections::HashSet;

use crate::ir::{Api, Constraints, Scalar, Shape, Struct, TypeId, TypeRef};

/// The types that validation knows.
#[derive(Debug, Default)]
pub(crate) struct Checked {
    /// Those in which there is something to check.
    constrained: HashSet<TypeId>,
    /// Those in which there is not, which stand in a list or map that is checked.
    plain: HashSet<TypeId>,
}

/// A place in a type: what its values are, and what is asked of them.
pub(crate) type Place<'a> = (&'a TypeRef, Option<&'a Constraints>);

impl Checked {
    pub(super) fn new(api: &Api) -> Self {
        let mut checked = Self::default();
        // The types that each one holds, where it is not yet known that there is something to check in it.
        let mut open: Vec<(TypeId, Vec<TypeId>)> = Vec::new();
        for (id, known) in api.types() {
            let places = places(&known.shape);
            if is_asked(&known.shape) || places.iter().any(|place| has_rules(api, *place)) {
                checked.constrained.insert(id);
            } else {
                open.push((id, places.iter().flat_map(|(shape, _)| named(api, shape)).collect()));
            }
        }
        loop {
            let known = open.len();
            open.retain(|(id, held)| {
                let holds = held.iter().any(|held| checked.constrained.contains(held));
                !(holds && checked.constrained.insert(*id))
            });
            if open.len() == known {
                break;
            }
        }
        for place in api.types().flat_map(|(_, known)| places(&known.shape)) {
            if checked.is_place(api, place) {
                let held = named(api, place.0).into_iter().filter(|id| !checked.constrained.contains(id));
                checked.plain.extend(held);
            }
        }
        checked
    }

    /// Whether there is something to check in the type.
    pub(crate) fn is_constrained(&self, id: TypeId) -> bool {
        self.constrained.contains(&id)
    }

    /// Whether validation has to know the type, if only to pass over it.
    pub(crate) fn is_known(&self, id: TypeId) -> bool {
        self.is_constrained(id) || self.plain.contains(&id)
    }

    /// Whether there is anything to check at all.
    pub(crate) fn is_empty(&self) -> bool {
        self.constrained.is_empty()
    }

    /// Whether there is something to check of a value, or in it.
    pub(crate) fn is_place(&self, api: &Api, place: Place<'_>) -> bool {
        has_rules(api, place) || named(api, place.0).iter().any(|id| self.constrained.contains(id))
    }
}

/// The constraints, of those that a schema states, that speak of the values of a place and can be checked.
pub(crate) fn asked(api: &Api, shape: &TypeRef, constraints: &Constraints) -> Constraints {
    let (is_scalar, is_list, is_map, each) = match shape {
        TypeRef::Nullable(shape) => return asked(api, shape, constraints),
        TypeRef::Named(id) => {
            return match api.get(*id).map(|known| &known.shape) {
                Some(Shape::Alias(shape, more)) => {
                    asked(api, shape, &constraints.clone().and((**more).clone()))
                }
                // It checks itself: what is asked of it stands with the type.
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
        items: items.filter(|items| *items != Constraints::default()).map(Box::new),
    }
}

/// The places of a type.
fn places(shape: &Shape) -> Vec<Place<'_>> {
    match shape {
        Shape::Struct(object) => {
            let fields = object.fields.iter().map(|field| (&field.shape, Some(&field.constraints)));
            let flattened = object.flattened.iter().map(|union| (&union.shape, None));
            let additional =
                object.additional.iter().map(|values| (values, Some(&*object.additional_constraints)));
            fields.chain(flattened).chain(additional).collect()
        }
        Shape::Union(union) => {
            union.variants.iter().map(|variant| (&variant.shape, Some(&variant.constraints))).collect()
        }
        Shape::Wrapper(inner) => vec![(inner, None)],
        Shape::Enum(_) | Shape::Alias(..) => vec![],
    }
}

/// Whether something is asked of the values of a place themselves.
fn has_rules(api: &Api, (shape, constraints): Place<'_>) -> bool {
    constraints.is_some_and(|constraints| asked(api, shape, constraints) != Constraints::default())
}

/// Whether something is asked of the type itself.
fn is_asked(shape: &Shape) -> bool {
    matches!(shape, Shape::Struct(object) if asked_of_struct(object) != Constraints::default())
}

/// What is asked of a struct itself: how many members it has.
pub(crate) fn asked_of_struct(object: &Struct) -> Constraints {
    Constraints {
        min_properties: object.constraints.min_properties.filter(|count| *count > 0),
        max_properties: object.constraints.max_properties,
        ..Constraints::default()
    }
}

/// The types, other than aliases, that a place's values are of or hold.
fn named(api: &Api, shape: &TypeRef) -> Vec<TypeId> {
    let inner = shape.named().into_iter().flat_map(|id| match api.get(id).map(|known| &known.shape) {
        Some(Shape::Alias(shape, _)) => named(api, shape),
        _ => vec![id],
    });
    inner.collect()
}
