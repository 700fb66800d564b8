//! Gives required places a value, for tests of programs.
//!
//! Input: a blank place. Output: a value that can be encoded and decoded again: empty texts and
//! lists, zeros, the first value of enums, the first finite variant of unions. Rules such as
//! lengths and patterns are not applied.

use crate::model::{Decode, Object, Slot, Table, Tuple, Union};

/// The limit of objects in one value. Otherwise unions inside of unions could multiply the work.
const MOST_OBJECTS: usize = 10_000;

/// Fills blank places.
pub(super) struct Sampler {
    /// The tables of the objects around the place.
    around: Vec<&'static Table>,
    /// The objects that may still be filled.
    left: usize,
}

impl Sampler {
    /// Creates a sampler for the places inside an object.
    pub(super) fn inside(table: &'static Table) -> Self {
        Self { around: vec![table], left: MOST_OBJECTS }
    }

    /// Fills a place. Returns false if its type contains itself, so that no finite value exists.
    pub(super) fn fill(&mut self, place: &mut dyn Decode) -> bool {
        match place.slot(false) {
            Slot::Text(place, sample) => {
                *place = sample.into();
                true
            }
            Slot::Boxed(place) => self.fill(place),
            Slot::Object(object) => self.object(object),
            Slot::Union(union) => self.union(union),
            Slot::Tuple(tuple) => self.tuple(tuple),
            // The blank value is one of the type.
            _ => true,
        }
    }

    fn object(&mut self, object: &mut dyn Object) -> bool {
        let table = object.table();
        let Some(left) = self.left.checked_sub(1) else { return false };
        if self.around.iter().any(|around| std::ptr::eq(*around, table)) {
            return false;
        }
        self.left = left;
        self.around.push(table);
        let mut places = table.missing(&Default::default()).into_iter().chain(table.part_indexes());
        let is_finite = places.all(|index| self.fill(object.member_mut(index)));
        self.around.pop();
        is_finite
    }

    fn union(&mut self, union: &mut dyn Union) -> bool {
        for index in 0..union.choice().variants() {
            union.choose(index);
            if self.fill(union.chosen_mut()) {
                return true;
            }
        }
        union.choose(usize::MAX);
        false
    }

    fn tuple(&mut self, tuple: &mut dyn Tuple) -> bool {
        let mut index = 0;
        while let Some(place) = tuple.part(index) {
            if !self.fill(place) {
                return false;
            }
            index += 1;
        }
        true
    }
}
