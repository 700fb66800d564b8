//! Plan: an [`Api`] in, a [`Plan`] out: what of the Rust types is decided by how types hold each other.
//!
//! The one rule: computed once, looked up everywhere.

use std::collections::HashSet;

use petgraph::algo::kosaraju_scc;
use petgraph::graphmap::DiGraphMap;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::document::Document;
use crate::ir::{Api, Field, Shape, Struct, TypeId, TypeRef};

/// Answers about types and fields.
#[derive(Debug, Default)]
pub(crate) struct Plan {
    /// Fields behind a pointer, because their type holds the struct that they stand in.
    boxed: HashSet<(TypeId, usize)>,
    /// Required fields that are optional all the same, because no value would be finite.
    broken: HashSet<(TypeId, usize)>,
}

pub(crate) fn plan(api: &Api, document: &Document, diagnostics: &mut Diagnostics) -> Plan {
    let mut plan = Plan::default();
    let all = cyclic(api, |_| true);
    let required = cyclic(api, |field| field.required && !field.nullable && !holds_null(&field.shape));
    for (edge, field) in all {
        plan.boxed.insert(edge);
        if required.iter().any(|(same, _)| *same == edge) {
            plan.broken.insert(edge);
            let message =
                format!("`{}` is required, and leads back to its own object: no value is finite", field.key);
            let place = document.place(&field.pointer).key();
            diagnostics.push(Diagnostic::new(Code::Infinite, message, place).note("it is optional"));
        }
    }
    plan
}

impl Plan {
    /// Whether the field stands behind a `Box`.
    pub(crate) fn is_boxed(&self, id: TypeId, field: usize) -> bool {
        self.boxed.contains(&(id, field))
    }

    /// Whether the key must be there and the value must not be null.
    pub(crate) fn is_required(&self, id: TypeId, index: usize, field: &Field) -> bool {
        field.required && !field.nullable && !self.broken.contains(&(id, index))
    }

    /// Whether a struct has a value without anything in it: no field of it has to have a value.
    pub(crate) fn is_default(&self, id: TypeId, object: &Struct) -> bool {
        object.fields.iter().enumerate().all(|(index, field)| !self.is_required(id, index, field))
    }
}

/// The fields, of those that `counts`, through which a struct holds itself without a list or map between.
fn cyclic(api: &Api, counts: impl Fn(&Field) -> bool) -> Vec<((TypeId, usize), &Field)> {
    let mut edges = Vec::new();
    for (id, known) in api.types() {
        let Shape::Struct(object) = &known.shape else { continue };
        for (index, field) in object.fields.iter().enumerate().filter(|(_, field)| counts(field)) {
            edges.extend(held(api, &field.shape).map(|to| (id, to, index, field)));
        }
    }
    let graph: DiGraphMap<TypeId, ()> = edges.iter().map(|(from, to, ..)| (*from, *to)).collect();
    let mut component = std::collections::HashMap::new();
    for (number, members) in kosaraju_scc(&graph).into_iter().enumerate() {
        for member in members {
            component.insert(member, number);
        }
    }
    // Within one strongly connected component every edge is part of a cycle.
    let on_cycle = |from: &TypeId, to: &TypeId| component.get(from) == component.get(to);
    edges
        .into_iter()
        .filter(|(from, to, ..)| on_cycle(from, to))
        .map(|(from, _, index, field)| ((from, index), field))
        .collect()
}

/// The struct that a value of this type holds in place, without a pointer between.
fn held(api: &Api, shape: &TypeRef) -> Option<TypeId> {
    match api.unaliased(shape) {
        TypeRef::Nullable(inner) => held(api, inner),
        TypeRef::Named(id) => match &api.get(*id)?.shape {
            Shape::Struct(_) => Some(*id),
            Shape::Alias(..) | Shape::Enum(_) => None,
        },
        TypeRef::List(_) | TypeRef::Map(_) | TypeRef::Scalar(_) | TypeRef::Any => None,
    }
}

fn holds_null(shape: &TypeRef) -> bool {
    matches!(shape, TypeRef::Nullable(_))
}
