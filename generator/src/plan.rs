//! Plans the Rust types: which types are sent and received, which fields are boxed or optional,
//! which traits are derived.
//!
//! Input: an [`Api`], its names, and the traits that the caller configured. Output: a [`Plan`],
//! computed once.

mod derives;
mod gates;
mod lack;
mod large;

use std::collections::{HashMap, HashSet};

use petgraph::algo::kosaraju_scc;
use petgraph::graphmap::DiGraphMap;

use crate::Options;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::document::Document;
use crate::name::Names;
use derives::Derives;
pub(crate) use derives::standard_trait;
use gates::Gates;

use crate::ir::{Api, Enum, Field, Shape, Struct, TypeId, TypeRef};

/// Decisions about types and fields.
#[derive(Debug, Default)]
pub(crate) struct Plan {
    /// Boxed fields: their type contains the struct itself, or is large.
    boxed: HashSet<(TypeId, usize)>,
    /// Required fields that become optional because no finite value would exist.
    broken: HashSet<(TypeId, usize)>,
    /// Types whose values callers send.
    sent: HashSet<TypeId>,
    /// Types whose values servers return.
    received: HashSet<TypeId>,
    /// The tags that each type is compiled for. Empty if the crate has no features for tags.
    pub(crate) gates: Gates,
    /// The traits that types derive because the caller configured them.
    derives: Derives,
}

/// How a field represents an absent or null value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Presence {
    /// The key must be there and the value must not be null.
    Required,
    /// The key must be there when sent; `None` is null.
    Nullable,
    /// `None` is an absent key, or a received null that the document does not allow.
    Optional,
    /// `None` is an absent key or a null. The struct keeps which of the two was received.
    Either,
    /// `None` is an absent key, `Some(None)` is null.
    Tristate,
}

impl Presence {
    /// Returns true if the key may be absent.
    pub(crate) fn is_optional(self) -> bool {
        matches!(self, Self::Optional | Self::Either | Self::Tristate)
    }
}

pub(crate) fn plan(
    api: &Api,
    names: &Names,
    document: &Document,
    options: &Options,
    diagnostics: &mut Diagnostics,
) -> Plan {
    let received = api.operations.iter().flat_map(|one| one.received()).chain(&api.webhooks);
    let mut plan = Plan {
        sent: api.reached(api.operations.iter().flat_map(|one| one.sent()).flat_map(TypeRef::named)),
        received: api.reached(received.flat_map(TypeRef::named)),
        gates: if options.features { gates::gates(api) } else { Gates::new() },
        ..Plan::default()
    };
    if api.operations.is_empty() {
        plan.sent = api.types().map(|(id, _)| id).collect();
        plan.received.clone_from(&plan.sent);
    }
    let all = cyclic(api, |_, _| true);
    let required =
        cyclic(api, |id, field| plan.demands(id, field) && !field.nullable && !holds_null(&field.shape));
    for (edge, field) in all {
        plan.boxed.insert(edge);
        if required.iter().any(|(same, _)| *same == edge) {
            plan.broken.insert(edge);
            let message =
                format!("`{}` is required, and contains its own object: no finite value exists", field.key);
            let place = document.place(&field.pointer).key();
            diagnostics.push(Diagnostic::new(Code::Infinite, message, place).note("it is optional"));
        }
    }
    let large = large::large(api, &plan.boxed);
    plan.boxed.extend(large);
    plan.derives = derives::derives(&options.derives, (api, names, &plan), document, diagnostics);
    plan
}

impl Plan {
    /// Returns true if the field is boxed.
    pub(crate) fn is_boxed(&self, id: TypeId, field: usize) -> bool {
        self.boxed.contains(&(id, field))
    }

    /// Returns true if callers send values of the type, and so must be able to create them.
    pub(crate) fn is_sent(&self, id: TypeId) -> bool {
        self.sent.contains(&id)
    }

    /// Returns true if values of the type are decoded: servers return them, or no operation uses
    /// the type.
    pub(crate) fn is_received(&self, id: TypeId) -> bool {
        self.received.contains(&id) || !self.is_sent(id)
    }

    /// Returns the presence of the field at `index` of the struct `id`.
    pub(crate) fn presence(&self, id: TypeId, index: usize, field: &Field) -> Presence {
        let required = self.demands(id, field) && !self.broken.contains(&(id, index));
        match (required, field.nullable) {
            (true, false) => Presence::Required,
            (true, true) => Presence::Nullable,
            (false, true) if self.is_sent(id) => Presence::Tristate,
            (false, true) => Presence::Either,
            (false, false) => Presence::Optional,
        }
    }

    /// Returns true if the struct implements `Default`: no field requires a value.
    pub(crate) fn is_default(&self, id: TypeId, object: &Struct) -> bool {
        let mut fields = object.fields.iter().enumerate();
        fields.all(|(index, field)| self.presence(id, index, field) != Presence::Required)
            && object.flattened.iter().all(|one| one.optional)
    }

    /// Returns true if the struct keeps undeclared properties, or which of its fields were null.
    pub(crate) fn keeps_rest(&self, id: TypeId, object: &Struct) -> bool {
        let is_optional = |(index, field)| self.presence(id, index, field).is_optional();
        object.keeps_members() || object.fields.iter().enumerate().any(is_optional)
    }

    /// Returns the paths of the traits that the type derives because the caller configured them.
    pub(crate) fn derives(&self, id: TypeId) -> &[String] {
        self.derives.get(&id).map(Vec::as_slice).unwrap_or_default()
    }

    /// Returns true if the key must be present in all values of the type (OpenAPI 3.0.3 §4.7.24.1).
    /// Read-only properties are required in responses only, write-only properties in requests only.
    fn demands(&self, id: TypeId, field: &Field) -> bool {
        let is_received = self.is_received(id);
        field.required && !(field.read_only && self.is_sent(id)) && !(field.write_only && is_received)
    }
}

/// Returns the enum of a required field's type if the enum has one value only.
pub(crate) fn only_value<'a>(api: &'a Api, shape: &'a TypeRef) -> Option<(TypeId, &'a Enum)> {
    let TypeRef::Named(id) = api.unaliased(shape) else { return None };
    match &api.get(*id)?.shape {
        Shape::Enum(list) if list.symbols.len() == 1 => Some((*id, list)),
        _ => None,
    }
}

/// Returns the fields, among those that `counts` selects, through which a struct contains itself
/// without a list, map or union between.
fn cyclic(api: &Api, counts: impl Fn(TypeId, &Field) -> bool) -> Vec<((TypeId, usize), &Field)> {
    let mut edges = Vec::new();
    for (id, known) in api.types() {
        let Shape::Struct(object) = &known.shape else { continue };
        for (index, field) in object.fields.iter().enumerate().filter(|(_, field)| counts(id, field)) {
            edges.extend(held(api, &field.shape).into_iter().map(|to| (id, to, index, field)));
        }
    }
    let graph: DiGraphMap<TypeId, ()> = edges.iter().map(|(from, to, ..)| (*from, *to)).collect();
    let mut component = HashMap::new();
    for (number, members) in kosaraju_scc(&graph).into_iter().enumerate() {
        for member in members {
            component.insert(member, number);
        }
    }
    // Every edge within a strongly connected component is part of a cycle.
    let on_cycle = |from: &TypeId, to: &TypeId| component.get(from) == component.get(to);
    edges
        .into_iter()
        .filter(|(from, to, ..)| on_cycle(from, to))
        .map(|(from, _, index, field)| ((from, index), field))
        .collect()
}

/// Returns the structs that a value of this type contains in place, without a pointer.
fn held(api: &Api, shape: &TypeRef) -> Vec<TypeId> {
    match api.unaliased(shape) {
        TypeRef::Nullable(inner) => held(api, inner),
        TypeRef::Tuple(items) => items.iter().flat_map(|item| held(api, item)).collect(),
        TypeRef::Named(id) => match api.get(*id).map(|known| &known.shape) {
            Some(Shape::Struct(_)) => vec![*id],
            // A union has pointers to its structs.
            _ => vec![],
        },
        TypeRef::List(_) | TypeRef::Map(_) | TypeRef::Scalar(_) | TypeRef::Any(_) => vec![],
    }
}

fn holds_null(shape: &TypeRef) -> bool {
    matches!(shape, TypeRef::Nullable(_))
}
