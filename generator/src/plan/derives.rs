//! Decides which traits a type derives in addition to those that every model has.
//!
//! Input: [`Options::derives`](crate::Options::derives), traits by pattern of type names. Output:
//! the paths of the traits of each type.
//!
//! Invariant: a trait of the standard library is derived only if all parts of the type have it.
//! Other traits are derived as configured, because their macros are not known.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use syn::ext::IdentExt;
use syn::parse::Parser;

use super::lack::{Cause, Lack};
use super::{Plan, Presence};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place};
use crate::document::Document;
use crate::ir::{Api, Base, Scalar, Shape, Struct, TypeId, TypeRef};
use crate::name::Names;
use crate::wildcard;

/// The paths of the traits that each type derives, in the order of the configuration.
pub(crate) type Derives = HashMap<TypeId, Vec<String>>;

/// A trait of the standard library. A type can derive it if all its parts have it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Trait {
    Copy,
    Default,
    Eq,
    Hash,
    Ord,
    PartialOrd,
}

impl Trait {
    /// Each trait with its name, its module, and the traits that it requires.
    const ALL: [(Self, &'static str, &'static str, &'static [Self]); 6] = [
        (Trait::Copy, "Copy", "marker", &[]),
        (Trait::Default, "Default", "default", &[]),
        (Trait::Eq, "Eq", "cmp", &[]),
        (Trait::Hash, "Hash", "hash", &[]),
        (Trait::Ord, "Ord", "cmp", &[Trait::Eq, Trait::PartialOrd]),
        (Trait::PartialOrd, "PartialOrd", "cmp", &[]),
    ];

    const FIRST: Self = Trait::Copy;
    const LAST: Self = Trait::PartialOrd;

    /// Returns the trait at a path such as `Eq` or `std::cmp::Eq`.
    fn at(path: &str) -> Option<Self> {
        let inside = path.strip_prefix("std::").or_else(|| path.strip_prefix("core::"));
        let is_at = |name: &str, module: &str| match inside {
            Some(inside) => inside.split_once("::") == Some((module, name)),
            None => path == name,
        };
        Self::ALL.iter().find(|(_, name, module, _)| is_at(name, module)).map(|(known, ..)| *known)
    }

    fn row(self) -> (&'static str, &'static [Self]) {
        let row = Self::ALL.iter().find(|(known, ..)| *known == self);
        row.map(|(_, name, _, required)| (*name, *required)).unwrap_or_default()
    }

    fn is_of(self, scalar: Scalar) -> bool {
        match scalar {
            Scalar::Null | Scalar::Bool | Scalar::I64 | Scalar::U64 | Scalar::UnixTime => true,
            Scalar::F64 => matches!(self, Trait::Copy | Trait::Default | Trait::PartialOrd),
            Scalar::String | Scalar::Base64 => self != Trait::Copy,
            Scalar::DateTime | Scalar::Date | Scalar::Uuid | Scalar::Rfc2822 | Scalar::Number => {
                !matches!(self, Trait::Copy | Trait::Default)
            }
        }
    }

    /// Returns true if any JSON value has the trait.
    fn is_of_any(self) -> bool {
        matches!(self, Trait::Default | Trait::Eq | Trait::Hash)
    }
}

/// Returns the full path of a derived trait of the standard library: `std::hash::Hash` for `Hash`.
pub(crate) fn standard_trait(path: &str) -> Option<String> {
    let known = Trait::at(path)?;
    let (_, name, module, _) = Trait::ALL.iter().find(|(of, ..)| *of == known)?;
    Some(format!("std::{module}::{name}"))
}

/// The names of the traits that every model has. A path before the name does not matter.
const OF_MODELS: [&str; 5] = ["Clone", "Debug", "Deserialize", "PartialEq", "Serialize"];

pub(super) fn derives(
    configured: &BTreeMap<String, Vec<String>>,
    (api, names, plan): (&Api, &Names, &Plan),
    document: &Document,
    diagnostics: &mut Diagnostics,
) -> Derives {
    let mut deriver = Deriver { api, plan, found: Derives::new(), known: BTreeSet::new() };
    for (pattern, paths) in configured {
        let mut is_idle = true;
        for (id, _) in api.types().filter(|(_, known)| is_item(&known.shape)) {
            let name = names.type_name(id).unraw().to_string();
            if wildcard::matches(pattern, &name) {
                is_idle = false;
                paths.iter().filter(|path| is_path(path)).for_each(|path| deriver.add(id, path));
            }
        }
        for path in paths.iter().filter(|path| !is_path(path)) {
            let message = format!("the derive `{path}` for `{pattern}` is not the path of a trait");
            diagnostics.push(Diagnostic::new(Code::BadPin, message, Place::file(0)));
        }
        if is_idle {
            let message = format!("the derives for `{pattern}` apply to nothing");
            let note = "no struct or enum that is generated has such a name";
            diagnostics.push(Diagnostic::new(Code::IdlePin, message, Place::file(0)).note(note));
        }
    }
    deriver.settle();
    deriver.finish(names, document, diagnostics)
}

/// Returns true if the type is a struct or an enum. An alias derives nothing.
fn is_item(shape: &Shape) -> bool {
    match shape {
        Shape::Struct(_) | Shape::Enum(_) | Shape::Union(_) | Shape::Wrapper(_) => true,
        Shape::Foreign(_) | Shape::Alias(..) => false,
    }
}

fn is_path(text: &str) -> bool {
    syn::Path::parse_mod_style.parse_str(text).is_ok()
}

/// A decision in progress.
struct Deriver<'a> {
    api: &'a Api,
    plan: &'a Plan,
    /// The configured paths.
    found: Derives,
    /// The traits of the standard library that types derive.
    known: BTreeSet<(TypeId, Trait)>,
}

impl Deriver<'_> {
    /// Adds a configured trait and those that it requires, except the traits that the type has.
    fn add(&mut self, id: TypeId, path: &str) {
        let last = path.rsplit("::").next().unwrap_or(path);
        let given = Trait::at(path);
        if OF_MODELS.contains(&last) || given.is_some_and(|given| self.has(id, given)) {
            return;
        }
        if let Some(given) = given {
            for required in given.row().1 {
                if self.has(id, *required) {
                    continue;
                }
                self.found.entry(id).or_default().push(required.row().0.to_owned());
                self.known.insert((id, *required));
            }
            self.known.insert((id, given));
        }
        let paths = self.found.entry(id).or_default();
        if !paths.iter().any(|known| known == path) {
            paths.push(path.to_owned());
        }
    }

    /// Removes a trait from each type that has a part without this trait, until nothing changes.
    /// Types of a cycle keep a trait if all their other parts have it.
    fn settle(&mut self) {
        let mut users: HashMap<TypeId, Vec<TypeId>> = HashMap::new();
        for (id, known) in self.api.types() {
            known.held().into_iter().for_each(|held| users.entry(held).or_default().push(id));
        }
        let mut unsettled: Vec<TypeId> = self.found.keys().copied().collect();
        while let Some(id) = unsettled.pop() {
            let of_type = self.known.range((id, Trait::FIRST)..=(id, Trait::LAST)).copied();
            let lacking: Vec<_> = of_type.filter(|(id, of)| self.lacking(*id, *of).is_some()).collect();
            lacking.iter().for_each(|item| {
                self.known.remove(item);
            });
            let is_alias = self.api.get(id).is_some_and(|known| matches!(known.shape, Shape::Alias(..)));
            if is_alias || !lacking.is_empty() {
                unsettled.extend(users.get(&id).into_iter().flatten());
            }
        }
    }

    /// Returns the derives, and reports those that are not possible.
    fn finish(mut self, names: &Names, document: &Document, diagnostics: &mut Diagnostics) -> Derives {
        let mut found: Vec<_> = std::mem::take(&mut self.found).into_iter().collect();
        found.sort();
        for (id, paths) in &mut found {
            paths.retain(|path| {
                let lacking = Trait::at(path).filter(|of| !self.known.contains(&(*id, *of)));
                let Some(lack) = lacking.and_then(|of| self.lacking(*id, of)) else { return true };
                let (name, part) = (names.type_name(*id), lack.part);
                let message = format!("`{name}` can't derive `{path}`: {part} does not implement it");
                let remedy = lack.cause.remedy(path, names);
                let note = format!("`{name}` is generated without `{path}`; {remedy}");
                let place = document.place(&lack.pointer);
                diagnostics.push(Diagnostic::new(Code::Underivable, message, place).note(note));
                false
            });
        }
        found.into_iter().collect()
    }

    /// Returns true if the type has the trait, with or without a configuration.
    fn has(&self, id: TypeId, of: Trait) -> bool {
        let is_generated = match self.api.get(id).map(|known| &known.shape) {
            Some(Shape::Struct(object)) => of == Trait::Default && self.plan.is_default(id, object),
            Some(Shape::Enum(_)) => matches!(of, Trait::Eq | Trait::Hash),
            Some(Shape::Wrapper(_)) => of == Trait::Default,
            Some(Shape::Foreign(_)) => of.is_of_any(),
            Some(Shape::Union(_) | Shape::Alias(..)) | None => false,
        };
        is_generated || self.known.contains(&(id, of))
    }

    /// Returns the first part of a type that lacks a trait.
    fn lacking(&self, id: TypeId, of: Trait) -> Option<Lack> {
        let known = self.api.get(id)?;
        let because =
            |part: &str, cause| Some(Lack { pointer: known.pointer.clone(), part: part.to_owned(), cause });
        let whole = |part: &str| because(part, Cause::Generated);
        match &known.shape {
            Shape::Struct(object) => {
                self.lacking_field(id, object, of).or_else(|| match &object.additional {
                    Some(values)
                        if of != Trait::Default && (of == Trait::Copy || !self.is_of(values, of)) =>
                    {
                        because("the map of undeclared properties", self.cause(values, of))
                    }
                    _ if of == Trait::Copy && self.plan.keeps_rest(id, object) => {
                        because("the list of undeclared properties and nulls", Cause::Rest)
                    }
                    _ => None,
                })
            }
            Shape::Enum(list) => match of {
                Trait::Copy if list.base == Base::String => whole("`Unknown`"),
                Trait::Default => whole("an enum without a default variant"),
                _ => None,
            },
            Shape::Union(union) => {
                let lacking = union.variants.iter().find(|variant| !self.is_of(&variant.shape, of));
                match lacking {
                    _ if !of.is_of_any() => whole("any JSON value, as in `Unknown`,"),
                    _ if of == Trait::Default => whole("an enum without a default variant"),
                    Some(variant) => Some(Lack {
                        pointer: variant.pointer.clone(),
                        part: "a variant".to_owned(),
                        cause: self.cause(&variant.shape, of),
                    }),
                    None => None,
                }
            }
            Shape::Wrapper(inner) => {
                (!self.is_of(inner, of)).then(|| because("its value", self.cause(inner, of))).flatten()
            }
            Shape::Foreign(_) | Shape::Alias(..) => None,
        }
    }

    fn lacking_field(&self, id: TypeId, object: &Struct, of: Trait) -> Option<Lack> {
        let lacks = |index, field: &crate::ir::Field| match of {
            Trait::Default if self.plan.presence(id, index, field) != Presence::Required => false,
            Trait::Copy if self.plan.is_boxed(id, index) => true,
            _ => !self.is_of(&field.shape, of),
        };
        let mut fields = object.fields.iter().enumerate();
        let field = fields.find(|(index, field)| lacks(*index, field));
        if let Some((_, field)) = field {
            let (pointer, part) = (field.pointer.clone(), format!("`{}`", field.key));
            return Some(Lack { pointer, part, cause: self.cause(&field.shape, of) });
        }
        let mut flattened = object.flattened.iter().filter(|one| !(of == Trait::Default && one.optional));
        let part = flattened.find(|one| !self.is_of(&one.shape, of))?;
        Some(Lack {
            pointer: part.pointer.clone(),
            part: "the part that can be of several types".to_owned(),
            cause: self.cause(&part.shape, of),
        })
    }

    /// Returns why a part of this type lacks a trait.
    fn cause(&self, shape: &TypeRef, of: Trait) -> Cause {
        match self.api.unaliased(shape) {
            TypeRef::Named(id) if self.is_derived_by_name(*id) => Cause::Model(*id),
            TypeRef::Scalar(Scalar::F64) if !matches!(of, Trait::Copy | Trait::Default) => Cause::Number,
            TypeRef::List(inner) | TypeRef::Map(inner) if of != Trait::Copy => self.cause(inner, of),
            TypeRef::Nullable(inner) => self.cause(inner, of),
            TypeRef::Tuple(items) => {
                let lacking = items.iter().find(|item| !self.is_of(item, of));
                lacking.map_or(Cause::Generated, |item| self.cause(item, of))
            }
            _ => Cause::Generated,
        }
    }

    /// Returns true if `[client.derives]` can name the type.
    fn is_derived_by_name(&self, id: TypeId) -> bool {
        self.api.get(id).is_some_and(|known| is_item(&known.shape))
    }

    /// Returns true if a value of this type has the trait.
    fn is_of(&self, shape: &TypeRef, of: Trait) -> bool {
        match self.api.unaliased(shape) {
            TypeRef::Scalar(scalar) => of.is_of(*scalar),
            TypeRef::Any(_) => of.is_of_any(),
            TypeRef::Named(id) => self.has(*id, of),
            TypeRef::List(inner) | TypeRef::Map(inner) => {
                of == Trait::Default || of != Trait::Copy && self.is_of(inner, of)
            }
            TypeRef::Nullable(inner) => of == Trait::Default || self.is_of(inner, of),
            TypeRef::Tuple(items) => items.iter().all(|item| self.is_of(item, of)),
        }
    }
}
