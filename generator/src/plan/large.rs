//! Finds the fields that would make their struct large, so that they are boxed.
//!
//! A struct that contains many others in place is moved as a whole at each level of decoding, which
//! needs more stack than a thread has.

use std::collections::{HashMap, HashSet};

use crate::ir::{Api, Scalar, Shape, TypeId, TypeRef};

/// The size of a large struct, in bytes. Decoding one takes about ten times as much stack without
/// optimisation, and documents nest ten levels or more, on threads with 2 MiB.
const LARGE: usize = 1024;

/// Returns the fields with a large struct, except those in `boxed`.
pub(super) fn large(api: &Api, boxed: &HashSet<(TypeId, usize)>) -> HashSet<(TypeId, usize)> {
    let mut sizes = Sizes { api, boxed, known: HashMap::new(), found: HashSet::new() };
    for (id, _) in api.types() {
        sizes.of_type(id);
    }
    sizes.found
}

struct Sizes<'a> {
    api: &'a Api,
    boxed: &'a HashSet<(TypeId, usize)>,
    known: HashMap<TypeId, usize>,
    found: HashSet<(TypeId, usize)>,
}

impl Sizes<'_> {
    /// Returns the approximate size of a value of the type, in bytes. Every cycle of structs has a
    /// boxed field.
    fn of_type(&mut self, id: TypeId) -> usize {
        if let Some(size) = self.known.get(&id) {
            return *size;
        }
        let Some(Shape::Struct(object)) = self.api.get(id).map(|known| &known.shape) else { return 32 };
        let mut sum = 0;
        for (index, field) in object.fields.iter().enumerate() {
            let size = if self.boxed.contains(&(id, index)) { 8 } else { self.of(&field.shape) };
            if size >= LARGE {
                self.found.insert((id, index));
            }
            sum += if size >= LARGE { 8 } else { size };
        }
        self.known.insert(id, sum);
        sum
    }

    fn of(&mut self, shape: &TypeRef) -> usize {
        match self.api.unaliased(shape) {
            TypeRef::Named(id) => self.of_type(*id),
            TypeRef::Nullable(inner) => self.of(inner),
            TypeRef::Tuple(items) => items.iter().map(|item| self.of(item)).sum(),
            TypeRef::List(_) | TypeRef::Map(_) | TypeRef::Scalar(Scalar::String) => 24,
            TypeRef::Scalar(Scalar::Number) => 24,
            TypeRef::Scalar(_) => 16,
            TypeRef::Any(_) => 32,
        }
    }
}
