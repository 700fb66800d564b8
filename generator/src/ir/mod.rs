//! The intermediate representation: a client's types and operations, independent of OpenAPI's
//! notation and of Rust.
//!
//! Types are in one flat list and refer to each other by [`TypeId`]. Invariant: there are no
//! `$ref`s and no identifiers.

mod constraints;
mod example;
mod operation;
mod paging;
mod scalar;
mod types;
mod union;

pub(crate) use constraints::{Bound, Constraints, Pattern};
pub(crate) use example::Example;
pub(crate) use operation::{
    Body, BodyForm, Content, Credential, ErrorBody, Header, Location, Method, Operation, OperationId,
    Outcome, Parameter, Part, Representation, Status, Style, StyleKind, Success,
};
pub(crate) use paging::{End, Next, Paging, Step};
pub(crate) use scalar::Scalar;
pub(crate) use types::{
    Base, Enum, Field, Flattened, Origin, Shape, Struct, Symbol, Type, TypeId, TypeRef, Why,
};
pub(crate) use union::{Choice, Kinds, Test, Union, Variant};

use std::collections::{BTreeMap, HashSet};

/// The client of one document.
#[derive(Debug, Default)]
pub(crate) struct Api {
    pub(crate) title: String,
    pub(crate) version: String,
    pub(crate) description: Option<String>,
    /// The base URL of the document, or `None` if it has no usable one.
    pub(crate) server: Option<String>,
    /// All servers of the document, for documentation.
    pub(crate) servers: Vec<Server>,
    types: Vec<Type>,
    /// Types that are not used.
    dropped: HashSet<TypeId>,
    pub(crate) operations: Vec<Operation>,
    /// True if the document declares no `security` anywhere, not even an empty list.
    pub(crate) undeclared_security: bool,
    /// The flows of OAuth 2.0.
    pub(crate) flows: Flows,
    /// The documentation of the tags, by name.
    pub(crate) tags: BTreeMap<String, Docs>,
    /// The types of webhooks' bodies.
    pub(crate) webhooks: Vec<TypeRef>,
    /// The examples of JSON bodies. Empty unless requested.
    pub(crate) examples: Vec<Example>,
    /// The number of skipped operations.
    pub(crate) skipped: usize,
}

/// The flows of all OAuth 2.0 security schemes.
#[derive(Debug, Default)]
pub(crate) struct Flows {
    /// True if the document has a flow, with usable URLs or without.
    pub(crate) is_declared: bool,
    pub(crate) token_urls: Vec<FlowUrl>,
    /// The URLs for refresh tokens that are not the token URL of their flow.
    pub(crate) refresh_urls: Vec<FlowUrl>,
    pub(crate) authorization_urls: Vec<FlowUrl>,
}

/// A URL of OAuth 2.0 flows.
#[derive(Debug)]
pub(crate) struct FlowUrl {
    /// The kind of the flows, or `None` if all flows of the document share the URL.
    pub(crate) kind: Option<FlowKind>,
    pub(crate) url: String,
    /// The scopes of the flows, each with its description.
    pub(crate) scopes: BTreeMap<String, String>,
}

/// A kind of OAuth 2.0 flow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum FlowKind {
    AuthorizationCode,
    ClientCredentials,
    DeviceAuthorization,
    Implicit,
    Password,
}

impl FlowKind {
    pub(crate) fn words(self) -> &'static str {
        match self {
            Self::AuthorizationCode => "authorization code",
            Self::ClientCredentials => "client credentials",
            Self::DeviceAuthorization => "device authorization",
            Self::Implicit => "implicit",
            Self::Password => "password",
        }
    }
}

impl Api {
    pub(crate) fn add_type(&mut self, new: Type) -> TypeId {
        self.types.push(new);
        TypeId(self.types.len() - 1)
    }

    pub(crate) fn set_shape(&mut self, id: TypeId, shape: Shape) {
        if let Some(known) = self.types.get_mut(id.0) {
            known.shape = shape;
        }
    }

    pub(crate) fn shape_mut(&mut self, id: TypeId) -> Option<&mut Shape> {
        self.types.get_mut(id.0).map(|known| &mut known.shape)
    }

    pub(crate) fn get(&self, id: TypeId) -> Option<&Type> {
        self.types.get(id.0)
    }

    pub(crate) fn types(&self) -> impl Iterator<Item = (TypeId, &Type)> {
        let types = self.types.iter().enumerate().map(|(index, known)| (TypeId(index), known));
        types.filter(|(id, _)| !self.dropped.contains(id))
    }

    /// Returns all types that values of the root types may contain.
    pub(crate) fn reached(&self, roots: impl Iterator<Item = TypeId>) -> HashSet<TypeId> {
        let mut reached = HashSet::new();
        let mut next: Vec<TypeId> = roots.collect();
        while let Some(id) = next.pop() {
            if reached.insert(id) {
                next.extend(self.get(id).into_iter().flat_map(|known| known.held()));
            }
        }
        reached
    }

    /// Drops the types that no operation uses, but keeps components unless `all` is true. A type
    /// that is kept keeps its inline types.
    pub(crate) fn drop_unused(&mut self, all: bool) {
        let used = self.operations.iter().flat_map(|operation| operation.sent().chain(operation.received()));
        let used = used.chain(&self.webhooks).chain(self.examples.iter().map(|example| &example.shape));
        let mut roots: Vec<TypeId> = used.flat_map(TypeRef::named).collect();
        if !all {
            roots.extend(self.types().filter(|(_, known)| known.origin.is_component()).map(|(id, _)| id));
        }
        let mut used = self.reached(roots.into_iter());
        let holder = |id: &TypeId| match self.get(*id).map(|known| &known.origin) {
            Some(Origin::Within(holder, _)) => Some(*holder),
            _ => None,
        };
        let mut next: Vec<TypeId> = used.iter().copied().collect();
        while let Some(id) = next.pop() {
            let held = self.get(id).map(Type::held).unwrap_or_default();
            next.extend(holder(&id).into_iter().chain(held).filter(|id| used.insert(*id)));
        }
        self.dropped = self.types().map(|(id, _)| id).filter(|id| !used.contains(id)).collect();
    }

    /// Returns the number of fields with any JSON value, by reason. An alias for any JSON value
    /// counts once.
    pub(crate) fn untyped(&self) -> BTreeMap<&'static str, usize> {
        let mut counts = BTreeMap::new();
        for (_, known) in self.types() {
            let refs: Vec<&TypeRef> = match &known.shape {
                Shape::Struct(object) => {
                    object.fields.iter().map(|field| &field.shape).chain(&object.additional).collect()
                }
                Shape::Union(union) => union.variants.iter().map(|variant| &variant.shape).collect(),
                Shape::Alias(inner, _) | Shape::Wrapper(inner) => vec![inner],
                Shape::Enum(_) | Shape::Foreign(_) => vec![],
            };
            for why in refs.into_iter().filter_map(TypeRef::why) {
                *counts.entry(why.words()).or_default() += 1;
            }
        }
        counts
    }

    pub(crate) fn operations(&self) -> impl Iterator<Item = (OperationId, &Operation)> {
        self.operations.iter().enumerate().map(|(index, operation)| (OperationId(index), operation))
    }
}

/// A server of the document.
#[derive(Debug)]
pub(crate) struct Server {
    /// The URL, with `{name}` for each variable.
    pub(crate) template: String,
    pub(crate) docs: Docs,
    pub(crate) variables: Vec<Variable>,
}

/// A variable of a server's URL.
#[derive(Debug)]
pub(crate) struct Variable {
    pub(crate) name: String,
    pub(crate) default: String,
    /// The allowed values. Empty if any value is allowed.
    pub(crate) values: Vec<String>,
}

/// The documentation of an item.
#[derive(Clone, Debug, Default)]
pub(crate) struct Docs {
    pub(crate) title: Option<String>,
    /// The description in CommonMark.
    pub(crate) description: Option<String>,
    pub(crate) deprecated: bool,
    /// The day from which the item may be removed, by `x-sunset`.
    pub(crate) sunset: Option<String>,
}
