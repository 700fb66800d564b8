//! Types: structs, enums, unions and aliases, and how a place names one.

use std::collections::HashSet;

use petgraph::algo::kosaraju_scc;
use petgraph::graphmap::DiGraphMap;
use serde_json::Value;

use super::{Constraints, Docs, Scalar, Union};
use crate::pointer::Pointer;

/// A type by its place in [`Api`](super::Api)'s list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct TypeId(pub(super) usize);

/// A type of its own, which has a name.
#[derive(Debug)]
pub(crate) struct Type {
    /// Where its schema stands.
    pub(crate) pointer: Pointer,
    pub(crate) origin: Origin,
    pub(crate) docs: Docs,
    pub(crate) shape: Shape,
}

impl Type {
    /// The types that a value of this one may hold.
    pub(crate) fn held(&self) -> Vec<TypeId> {
        let refs: Vec<&TypeRef> = match &self.shape {
            Shape::Struct(object) => {
                let fields = object.fields.iter().map(|field| &field.shape);
                let flattened = object.flattened.iter().map(|one| &one.shape);
                fields.chain(flattened).chain(&object.additional).collect()
            }
            Shape::Union(union) => union.variants.iter().map(|variant| &variant.shape).collect(),
            Shape::Alias(inner, _) | Shape::Wrapper(inner) => vec![inner],
            Shape::Enum(_) | Shape::Foreign(_) => vec![],
        };
        refs.into_iter().flat_map(TypeRef::named).collect()
    }
}

/// Where a type's name comes from.
#[derive(Clone, Debug)]
pub(crate) enum Origin {
    /// `components.schemas`, by its key.
    Component(String),
    /// A schema inside another type, by the words that lead from there to it.
    Within(TypeId, String),
    /// A schema of anything else, as an operation, by the other's name and the words that lead from there to it.
    Operation(String, String),
}

impl Origin {
    /// Whether this is a component schema itself.
    pub(crate) fn is_component(&self) -> bool {
        matches!(self, Self::Component(_))
    }

    /// What stands further inside, by one more word.
    #[must_use]
    pub(crate) fn and(&self, word: &str) -> Self {
        let more = |words: &str| format!("{words} {word}").trim().to_owned();
        match self {
            Self::Component(key) => Self::Component(more(key)),
            Self::Within(id, words) => Self::Within(*id, more(words)),
            Self::Operation(id, words) => Self::Operation(id.clone(), more(words)),
        }
    }
}

#[derive(Debug)]
pub(crate) enum Shape {
    Struct(Struct),
    Enum(Enum),
    Union(Union),
    /// A list or map that holds itself, which an alias can't.
    Wrapper(TypeRef),
    /// A type of the caller's, as Rust.
    Foreign(String),
    /// Another name for what a place could name itself.
    Alias(TypeRef, Box<Constraints>),
}

/// An object whose members are known.
#[derive(Debug, Default)]
pub(crate) struct Struct {
    pub(crate) fields: Vec<Field>,
    /// The keys that must be there, in the order in which the document lists them.
    pub(crate) required: Vec<String>,
    /// Unions whose variants' members stand among those of the object itself.
    pub(crate) flattened: Vec<Flattened>,
    /// What members have that are not declared; `None` where they are ignored.
    pub(crate) additional: Option<TypeRef>,
    /// What each of them is asked for.
    pub(crate) additional_constraints: Box<Constraints>,
    /// Their values are not printed.
    pub(crate) additional_is_personal: bool,
    /// No value has members that are not declared.
    pub(crate) closed: bool,
    /// How many members it has.
    pub(crate) constraints: Box<Constraints>,
}

/// A union that is decided by, and stands among, the members of the object that holds it.
#[derive(Debug)]
pub(crate) struct Flattened {
    pub(crate) pointer: Pointer,
    pub(crate) shape: TypeRef,
    /// The value may be of none of the union's variants.
    pub(crate) optional: bool,
}

/// One member of an object.
#[derive(Debug)]
pub(crate) struct Field {
    pub(crate) key: String,
    pub(crate) pointer: Pointer,
    pub(crate) docs: Docs,
    pub(crate) shape: TypeRef,
    /// The key must be there.
    pub(crate) required: bool,
    /// The value may be null.
    pub(crate) nullable: bool,
    /// OpenAPI 3.0.3 §4.7.24.1: never part of a request.
    pub(crate) read_only: bool,
    /// Never part of a response.
    pub(crate) write_only: bool,
    /// The value is not printed: it is a secret or tells of a person.
    pub(crate) personal: bool,
    pub(crate) constraints: Constraints,
    pub(crate) default: Option<Value>,
}

/// A string or integer that has one of a list of values, or one that was unknown when the document was written.
#[derive(Debug)]
pub(crate) struct Enum {
    pub(crate) base: Base,
    pub(crate) symbols: Vec<Symbol>,
}

/// What the values of an enum are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Base {
    String,
    Integer,
}

/// One value of an enum.
#[derive(Debug)]
pub(crate) struct Symbol {
    /// As text.
    pub(crate) value: String,
    /// What the document calls it, where it does.
    pub(crate) name: Option<String>,
    pub(crate) docs: Docs,
    pub(crate) pointer: Pointer,
}

/// How a place names the type of its values.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum TypeRef {
    Named(TypeId),
    Scalar(Scalar),
    List(Box<TypeRef>),
    /// An object with any keys.
    Map(Box<TypeRef>),
    /// The value may be null.
    Nullable(Box<TypeRef>),
    /// As many values as types, each of its own type.
    Tuple(Vec<TypeRef>),
    /// Any JSON value.
    Any(Why),
}

/// Why a place holds any JSON value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Why {
    /// Its schema says nothing about it, as `{}` does.
    Unsaid,
    /// It is a member of an object that declares none.
    FreeForm,
    /// It is an item of a list that says nothing of its items.
    FreeItems,
    /// It is required, and declared nowhere.
    Undeclared,
    /// Its schema says what it is not.
    Negated,
    /// Its schema can't be read, which a diagnostic tells.
    Unreadable,
}

impl Why {
    /// The reason in a few words.
    pub(crate) fn words(self) -> &'static str {
        match self {
            Self::Unsaid => "schema says nothing",
            Self::FreeForm => "free-form object",
            Self::FreeItems => "list without items",
            Self::Undeclared => "required, not declared",
            Self::Negated => "not",
            Self::Unreadable => "unreadable",
        }
    }
}

impl TypeRef {
    /// Every type that this one names or holds, through lists, maps, tuples and null.
    pub(crate) fn named(&self) -> Vec<TypeId> {
        match self {
            Self::Named(id) => vec![*id],
            Self::List(inner) | Self::Map(inner) | Self::Nullable(inner) => inner.named(),
            Self::Tuple(items) => items.iter().flat_map(Self::named).collect(),
            Self::Scalar(_) | Self::Any(_) => Vec::new(),
        }
    }

    /// Why the value, or what it holds in lists, maps and tuples, may be any.
    pub(crate) fn why(&self) -> Option<Why> {
        match self {
            Self::Any(why) => Some(*why),
            Self::List(inner) | Self::Map(inner) | Self::Nullable(inner) => inner.why(),
            Self::Tuple(items) => items.iter().find_map(Self::why),
            Self::Scalar(_) | Self::Named(_) => None,
        }
    }
}

impl super::Api {
    /// The type that `shape` is another name for, through all aliases.
    pub(crate) fn unaliased<'a>(&'a self, shape: &'a TypeRef) -> &'a TypeRef {
        let mut here = shape;
        while let TypeRef::Named(id) = here {
            match self.get(*id).map(|known| &known.shape) {
                Some(Shape::Alias(aliased, _)) => here = aliased,
                _ => break,
            }
        }
        here
    }

    /// Whether two are one type in Rust: by whatever name, and why ever any value will do.
    pub(crate) fn are_one_type(&self, one: &TypeRef, other: &TypeRef) -> bool {
        match (self.unaliased(one), self.unaliased(other)) {
            (TypeRef::Any(_), TypeRef::Any(_)) => true,
            (TypeRef::List(one), TypeRef::List(other))
            | (TypeRef::Map(one), TypeRef::Map(other))
            | (TypeRef::Nullable(one), TypeRef::Nullable(other)) => self.are_one_type(one, other),
            (TypeRef::Tuple(one), TypeRef::Tuple(other)) => {
                one.len() == other.len()
                    && one.iter().zip(other).all(|(one, other)| self.are_one_type(one, other))
            }
            (one, other) => one == other,
        }
    }

    /// Returns true if following aliases alone from an alias leads back to it.
    pub(crate) fn is_alias_of_itself(&self, id: TypeId) -> bool {
        let aliased = |id: TypeId| match self.get(id).map(|known| &known.shape) {
            Some(Shape::Alias(aliased, _)) => aliased.named(),
            _ => Vec::new(),
        };
        let mut seen = HashSet::new();
        let mut next = aliased(id);
        while let Some(here) = next.pop() {
            if here == id {
                return true;
            }
            if seen.insert(here) {
                next.extend(aliased(here));
            }
        }
        false
    }

    /// Returns the types that aliases alone lead back to.
    pub(crate) fn alias_cycles(&self) -> HashSet<TypeId> {
        let mut graph: DiGraphMap<TypeId, ()> = DiGraphMap::new();
        for (id, known) in self.types() {
            if let Shape::Alias(aliased, _) = &known.shape {
                graph.extend(aliased.named().into_iter().map(|to| (id, to)));
            }
        }
        let is_cycle = |members: &Vec<TypeId>| match members.as_slice() {
            [only] => graph.contains_edge(*only, *only),
            _ => true,
        };
        kosaraju_scc(&graph).into_iter().filter(is_cycle).flatten().collect()
    }
}
