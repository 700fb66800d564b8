//! Types: structs, enums and aliases, and how a place names one.

use serde_json::Value;

use super::{Constraints, Docs, Scalar};
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
    /// Another name for what a place could name itself.
    Alias(TypeRef, Box<Constraints>),
}

/// An object whose members are known.
#[derive(Debug, Default)]
pub(crate) struct Struct {
    pub(crate) fields: Vec<Field>,
    /// What members have that are not declared; `None` where they are ignored.
    pub(crate) additional: Option<TypeRef>,
    /// Their values are not printed.
    pub(crate) additional_is_personal: bool,
}

impl Struct {
    /// Whether it holds values that are not printed.
    pub(crate) fn is_personal(&self) -> bool {
        self.additional_is_personal || self.fields.iter().any(|field| field.personal)
    }
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
    /// The value is not printed: it is a secret or tells of a person.
    pub(crate) personal: bool,
    pub(crate) constraints: Constraints,
    pub(crate) default: Option<Value>,
}

/// A string that has one of a list of values, or one that was unknown when the document was written.
#[derive(Debug)]
pub(crate) struct Enum {
    pub(crate) symbols: Vec<Symbol>,
}

/// One value of an enum.
#[derive(Debug)]
pub(crate) struct Symbol {
    pub(crate) value: String,
    pub(crate) pointer: Pointer,
}

/// How a place names the type of its values.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum TypeRef {
    Named(TypeId),
    Scalar(Scalar),
    List(Box<TypeRef>),
    /// An object with any keys.
    Map(Box<TypeRef>),
    /// The value may be null.
    Nullable(Box<TypeRef>),
    /// Any JSON value.
    Any,
}

impl TypeRef {
    /// The type that this one names or holds, through lists, maps and null.
    pub(crate) fn named(&self) -> Option<TypeId> {
        match self {
            Self::Named(id) => Some(*id),
            Self::List(inner) | Self::Map(inner) | Self::Nullable(inner) => inner.named(),
            Self::Scalar(_) | Self::Any => None,
        }
    }

    /// The same type with `leaf` in place of what it names.
    #[must_use]
    fn with_leaf(&self, leaf: Self) -> Self {
        match self {
            Self::List(inner) => Self::List(Box::new(inner.with_leaf(leaf))),
            Self::Map(inner) => Self::Map(Box::new(inner.with_leaf(leaf))),
            Self::Nullable(inner) => Self::Nullable(Box::new(inner.with_leaf(leaf))),
            _ => leaf,
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

    /// `aliased` without its way back to the alias `id`, where following aliases alone leads there.
    pub(crate) fn without_alias(&self, aliased: &TypeRef, id: TypeId) -> Option<TypeRef> {
        let mut seen = Vec::new();
        let mut next = aliased.named();
        while let Some(here) = next {
            if here == id {
                return Some(aliased.with_leaf(TypeRef::Any));
            }
            if seen.contains(&here) {
                return None;
            }
            seen.push(here);
            next = match self.get(here).map(|known| &known.shape) {
                Some(Shape::Alias(further, _)) => further.named(),
                _ => None,
            };
        }
        None
    }
}
