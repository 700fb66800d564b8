//! Facts: a schema in, what is known of all its values out.
//!
//! Each fact holds for every value that the schema allows, so that a value without it is of another schema.

use serde_json::Value;

use super::Lower;
use super::form::{Form, items};
use crate::ir::{Base, Kinds, Scalar};
use crate::pointer::Pointer;

/// What is known of all values of a schema.
#[derive(Clone, Debug, Default)]
pub(super) struct Facts {
    pub(super) kinds: Kinds,
    /// Of strings: the values that are listed.
    pub(super) values: Vec<String>,
    /// Of strings: the format that they have.
    pub(super) format: Option<Scalar>,
    /// Of objects: the members that are declared.
    pub(super) known: Vec<String>,
    pub(super) required: Vec<String>,
    /// The members whose values are listed strings, with these.
    pub(super) texts: Vec<(String, Vec<String>)>,
    /// Of lists: what is known of their items.
    pub(super) items: Option<Box<Facts>>,
    /// How special it is among values of its kind: what is listed or declared, what has a format, any, any JSON.
    pub(super) rank: u8,
}

/// Schemas within each other that are looked into.
const DEEPEST: usize = 8;

impl Lower<'_> {
    /// The kinds of JSON that a value of the schema at `pointer` may be.
    pub(super) fn kinds(&self, pointer: &Pointer) -> Kinds {
        self.facts(pointer).kinds
    }

    /// What is known of all values of the schema at `pointer`.
    pub(super) fn facts(&self, pointer: &Pointer) -> Facts {
        self.facts_within(pointer, DEEPEST)
    }

    fn facts_within(&self, pointer: &Pointer, depth: usize) -> Facts {
        let any = || Facts { kinds: Kinds::ANY, rank: 4, ..Facts::default() };
        let Some(view) = self.resolved_view(pointer).filter(|_| depth > 0) else { return any() };
        let of_kinds = |kinds, rank| Facts { kinds, rank, ..Facts::default() };
        match &view.form {
            Form::Only(target) => self.facts_within(target, depth - 1),
            Form::Union(list) => {
                let variants = self.variants(list);
                let inner = variants.iter().map(|variant| self.facts_within(variant, depth - 1));
                inner.reduce(Facts::or).unwrap_or_else(any)
            }
            Form::Mixed => {
                of_kinds(Kinds::STRING.and(Kinds::BOOL).and(Kinds::INTEGER).and(Kinds::FRACTION), 3)
            }
            Form::Any(_) => any(),
            Form::List => {
                let items = items(&view).map(|items| Box::new(self.facts_within(&items, depth - 1)));
                Facts { items, ..of_kinds(Kinds::ARRAY, 0) }
            }
            Form::Tuple => of_kinds(Kinds::ARRAY, 0),
            Form::Map => of_kinds(Kinds::OBJECT, 3),
            Form::Enum(Base::Integer) => of_kinds(Kinds::INTEGER, 0),
            Form::Enum(Base::String) => {
                let values = self.listed_texts(&view.pointer);
                Facts { kinds: Kinds::STRING, values, rank: 0, ..Facts::default() }
            }
            Form::Scalar(scalar @ (Scalar::String | Scalar::F64 | Scalar::Number)) => {
                of_kinds(kinds(*scalar), 3)
            }
            Form::Scalar(scalar) => {
                // A date is also read from a time, whose day it is.
                let rank = if *scalar == Scalar::Date { 2 } else { 1 };
                let format = Some(*scalar).filter(|scalar| scalar.is_formatted());
                Facts { format, ..of_kinds(kinds(*scalar), rank) }
            }
            Form::Struct(_) => {
                let properties = view.properties();
                let texts = properties.iter().filter_map(|(key, schemas)| {
                    let texts = schemas.iter().rev().map(|schema| self.listed_texts(schema));
                    let texts = texts.into_iter().find(|texts| !texts.is_empty())?;
                    Some(((*key).to_owned(), texts))
                });
                Facts {
                    kinds: Kinds::OBJECT,
                    known: properties.iter().map(|(key, _)| (*key).to_owned()).collect(),
                    required: view.required().into_iter().map(|(key, _)| key.to_owned()).collect(),
                    texts: texts.collect(),
                    ..Facts::default()
                }
            }
        }
    }

    /// The strings that the schema at `pointer` lists as all its values.
    fn listed_texts(&self, pointer: &Pointer) -> Vec<String> {
        let Some(view) = self.resolved_view(pointer) else { return Vec::new() };
        let view = match &view.form {
            Form::Only(target) => self.resolved_view(target).unwrap_or(view),
            _ => view,
        };
        let Form::Enum(Base::String) = view.form else { return Vec::new() };
        let lists = self.lists(&view);
        let values = lists.iter().flat_map(|node| &node.keywords.enumeration);
        values.filter_map(Value::as_str).map(str::to_owned).collect()
    }
}

impl Facts {
    /// What is known of a value of either.
    fn or(self, other: Self) -> Self {
        let both = |ours: Vec<String>, theirs: &[String]| {
            ours.into_iter().filter(|one| theirs.contains(one)).collect()
        };
        let either = |mut ours: Vec<String>, theirs: Vec<String>| {
            ours.extend(theirs);
            ours
        };
        let texts = self.texts.into_iter().filter_map(|(key, ours)| {
            let (_, theirs) = other.texts.iter().find(|(known, _)| *known == key)?;
            Some((key, either(ours, theirs.clone())))
        });
        Self {
            kinds: self.kinds.and(other.kinds),
            format: self.format.filter(|ours| other.format == Some(*ours)),
            values: if self.values.is_empty() || other.values.is_empty() {
                Vec::new()
            } else {
                either(self.values, other.values)
            },
            required: both(self.required, &other.required),
            texts: texts.collect(),
            known: either(self.known, other.known),
            items: match (self.items, other.items) {
                (Some(ours), Some(theirs)) => Some(Box::new(ours.or(*theirs))),
                (Some(items), None) if !other.kinds.meets(Kinds::ARRAY) => Some(items),
                (None, Some(items)) if !self.kinds.meets(Kinds::ARRAY) => Some(items),
                _ => None,
            },
            rank: self.rank.max(other.rank),
        }
    }
}

/// The kinds of JSON that a scalar may be.
fn kinds(scalar: Scalar) -> Kinds {
    match scalar {
        Scalar::Bool => Kinds::BOOL,
        Scalar::Null => Kinds::NULL,
        Scalar::F64 | Scalar::Number => Kinds::INTEGER.and(Kinds::FRACTION),
        Scalar::I32
        | Scalar::I64
        | Scalar::U8
        | Scalar::U16
        | Scalar::U32
        | Scalar::U64
        | Scalar::UnixTime => Kinds::INTEGER,
        Scalar::String
        | Scalar::DateTime
        | Scalar::Date
        | Scalar::Uuid
        | Scalar::Rfc2822
        | Scalar::Base64 => Kinds::STRING,
    }
}
