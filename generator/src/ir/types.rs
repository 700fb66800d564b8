//! Types: structs, enums, unions and aliases, and references to types.

use std::collections::{HashMap, HashSet};

use petgraph::algo::kosaraju_scc;
use petgraph::graphmap::DiGraphMap;
use serde_json::Value;

use super::{Constraints, Docs, Scalar, Union};
use crate::pointer::Pointer;

/// The index of a type in [`Api`](super::Api)'s list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct TypeId(pub(super) usize);

/// A type with a name.
#[derive(Debug)]
pub(crate) struct Type {
    /// The place of the type's schema.
    pub(crate) pointer: Pointer,
    pub(crate) origin: Origin,
    pub(crate) docs: Docs,
    pub(crate) shape: Shape,
}

impl Type {
    /// Returns the types that a value of this type may contain.
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

/// The origin of a type's name.
#[derive(Clone, Debug)]
pub(crate) enum Origin {
    /// A schema in `components.schemas`, with its key.
    Component(String),
    /// An inline schema of another type, with the words that lead to it from there.
    Within(TypeId, String),
    /// An inline schema of something else, such as an operation: its name, and the words that lead
    /// to the schema from there.
    Operation(String, String),
}

impl Origin {
    /// Returns true for a component schema.
    pub(crate) fn is_component(&self) -> bool {
        matches!(self, Self::Component(_))
    }

    /// Returns the origin of a schema inside this one, with one more word.
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
    /// A list or map that contains itself, which an alias cannot express.
    Wrapper(TypeRef),
    /// A type that the user configured in place of a generated one, as Rust source text.
    Foreign(String),
    /// Another name for a type.
    Alias(TypeRef, Box<Constraints>),
}

/// An object with declared properties.
#[derive(Debug, Default)]
pub(crate) struct Struct {
    pub(crate) fields: Vec<Field>,
    /// The required keys, in document order.
    pub(crate) required: Vec<String>,
    /// Unions whose variants' properties are properties of this object.
    pub(crate) flattened: Vec<Flattened>,
    /// The type of undeclared properties, or `None` if they are ignored.
    pub(crate) additional: Option<TypeRef>,
    /// The constraints of each undeclared property.
    pub(crate) additional_constraints: Box<Constraints>,
    /// True if `Debug` redacts the undeclared properties.
    pub(crate) additional_is_personal: bool,
    /// True if there are no undeclared properties.
    pub(crate) closed: bool,
    /// The constraints on the number of properties.
    pub(crate) constraints: Box<Constraints>,
}

impl Struct {
    /// Returns true if undeclared properties are kept without a type.
    pub(crate) fn keeps_members(&self) -> bool {
        !self.closed && self.additional.is_none() && self.flattened.is_empty()
    }

    /// Returns the index of each key in the document's `required` list. The author chooses the
    /// order of this list. The order of an object's keys has no meaning.
    pub(crate) fn positions(&self) -> HashMap<&str, usize> {
        // The first of two equal keys counts.
        self.required.iter().enumerate().rev().map(|(index, key)| (key.as_str(), index)).collect()
    }
}

/// A union inside an object. The object's properties determine the variant and include the
/// variant's properties.
#[derive(Debug)]
pub(crate) struct Flattened {
    pub(crate) pointer: Pointer,
    pub(crate) shape: TypeRef,
    /// True if the object may match no variant.
    pub(crate) optional: bool,
}

/// A property of an object.
#[derive(Debug)]
pub(crate) struct Field {
    pub(crate) key: String,
    pub(crate) pointer: Pointer,
    pub(crate) docs: Docs,
    pub(crate) shape: TypeRef,
    /// True if the key must be present.
    pub(crate) required: bool,
    /// True if the value may be null.
    pub(crate) nullable: bool,
    /// True if the property is not sent in requests (OpenAPI 3.0.3 §4.7.24.1).
    pub(crate) read_only: bool,
    /// True if the property is not sent in responses.
    pub(crate) write_only: bool,
    /// True if `Debug` redacts the value, because it is a secret or personal data.
    pub(crate) personal: bool,
    pub(crate) constraints: Constraints,
    pub(crate) default: Option<Value>,
    /// The only allowed value of a boolean that is a union's tag. `None` for any other field.
    pub(crate) constant: Option<bool>,
}

/// A string or integer with known values. Unknown values are allowed too, because the API may add
/// values.
#[derive(Debug)]
pub(crate) struct Enum {
    pub(crate) base: Base,
    pub(crate) symbols: Vec<Symbol>,
}

/// The type of an enum's values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Base {
    String,
    Integer,
}

/// One value of an enum.
#[derive(Debug)]
pub(crate) struct Symbol {
    /// The value as text.
    pub(crate) value: String,
    /// The name of the value in the document, if it has one.
    pub(crate) name: Option<String>,
    pub(crate) docs: Docs,
    pub(crate) pointer: Pointer,
}

/// A reference to a type.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum TypeRef {
    Named(TypeId),
    Scalar(Scalar),
    List(Box<TypeRef>),
    /// An object with any keys.
    Map(Box<TypeRef>),
    /// A value that may be null.
    Nullable(Box<TypeRef>),
    /// A list of fixed length, with a type for each position.
    Tuple(Vec<TypeRef>),
    /// Any JSON value.
    Any(Why),
}

/// The reason why any JSON value is allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Why {
    /// The schema has no constraint, like `{}`.
    Unsaid,
    /// A property of an object that declares no properties.
    FreeForm,
    /// An item of a list that declares no item type.
    FreeItems,
    /// A required property that is not declared.
    Undeclared,
    /// A schema that allows null only. Tools that make schemas from examples write such schemas.
    OnlyNull,
    /// A schema with `not` only.
    Negated,
    /// A schema that cannot be read. A diagnostic reports it.
    Unreadable,
}

impl Why {
    /// Returns the reason in a few words.
    pub(crate) fn words(self) -> &'static str {
        match self {
            Self::Unsaid => "schema says nothing",
            Self::FreeForm => "free-form object",
            Self::FreeItems => "list without items",
            Self::Undeclared => "required, not declared",
            Self::OnlyNull => "null alone",
            Self::Negated => "not",
            Self::Unreadable => "unreadable",
        }
    }
}

impl TypeRef {
    /// Returns every type that this reference names, also inside lists, maps, tuples and nullables.
    pub(crate) fn named(&self) -> Vec<TypeId> {
        match self {
            Self::Named(id) => vec![*id],
            Self::List(inner) | Self::Map(inner) | Self::Nullable(inner) => inner.named(),
            Self::Tuple(items) => items.iter().flat_map(Self::named).collect(),
            Self::Scalar(_) | Self::Any(_) => Vec::new(),
        }
    }

    /// Returns the reason why the value, or a value inside its lists, maps and tuples, may be any
    /// JSON value.
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
    /// Follows aliases to the type that `shape` stands for.
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

    /// Returns true if both are the same type in Rust, after resolving aliases and ignoring the
    /// reason for any JSON value.
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

    /// Returns true if an alias leads back to itself through aliases only.
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

    /// Returns all types that lead back to themselves through aliases only.
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
