//! Arrays and maps, for the reader and the writers.

use super::{Budget, Decode, Encode, Slot, View};
use serde_json::Value;
use std::collections::BTreeMap;

/// An array to encode.
pub trait List {
    /// Returns the number of items.
    fn count(&self) -> usize;

    /// Returns an item, or `None` after the end.
    fn at(&self, index: usize) -> Option<&dyn Encode>;
}

/// An array to decode.
pub trait Items {
    /// Removes all items.
    fn clear(&mut self);

    /// Adds a blank item. Returns `None` if `memory` does not suffice.
    fn push(&mut self, memory: &mut Budget) -> Option<&mut dyn Decode>;
}

/// An array of fixed length to decode.
pub trait Tuple {
    /// Returns the place of an item, or `None` after the end.
    fn part(&mut self, index: usize) -> Option<&mut dyn Decode>;
}

/// A map to encode.
pub trait Map {
    /// Returns the number of members.
    fn count(&self) -> usize;

    /// Calls `read` with each member, in key order.
    fn each<'a>(&'a self, read: &mut dyn FnMut(&'a str, &'a dyn Encode));
}

/// A map to decode.
pub trait Entries {
    /// Removes all members.
    fn clear(&mut self);

    /// Adds a blank member, which replaces one of the same key. Returns `None` if `memory` does not
    /// suffice.
    fn entry(&mut self, key: String, memory: &mut Budget) -> Option<&mut dyn Decode>;
}

impl<T: Encode> List for Vec<T> {
    fn count(&self) -> usize {
        self.len()
    }

    fn at(&self, index: usize) -> Option<&dyn Encode> {
        match self.get(index) {
            Some(item) => Some(item),
            None => None,
        }
    }
}

impl<T: Encode, const N: usize> List for [T; N] {
    fn count(&self) -> usize {
        N
    }

    fn at(&self, index: usize) -> Option<&dyn Encode> {
        match self.get(index) {
            Some(item) => Some(item),
            None => None,
        }
    }
}

impl<T: Encode> List for &[T] {
    fn count(&self) -> usize {
        self.len()
    }

    fn at(&self, index: usize) -> Option<&dyn Encode> {
        match self.get(index) {
            Some(item) => Some(item),
            None => None,
        }
    }
}

impl<T: Decode> Items for Vec<T> {
    fn clear(&mut self) {
        self.clear();
    }

    fn push(&mut self, memory: &mut Budget) -> Option<&mut dyn Decode> {
        memory.grow(self)?;
        self.push(T::blank());
        match self.last_mut() {
            Some(item) => Some(item),
            None => None,
        }
    }
}

impl<K: AsRef<str>, T: Encode> Map for BTreeMap<K, T> {
    fn count(&self) -> usize {
        self.len()
    }

    fn each<'a>(&'a self, read: &mut dyn FnMut(&'a str, &'a dyn Encode)) {
        for (key, value) in self {
            read(key.as_ref(), value);
        }
    }
}

impl<T: Decode> Entries for BTreeMap<String, T> {
    fn clear(&mut self) {
        self.clear();
    }

    fn entry(&mut self, key: String, memory: &mut Budget) -> Option<&mut dyn Decode> {
        memory.spend_entry(self.len(), size_of::<(String, T)>(), &key)?;
        let value = self.entry(key).or_insert_with(T::blank);
        *value = T::blank();
        Some(value)
    }
}

impl Entries for serde_json::Map<String, Value> {
    fn clear(&mut self) {
        self.clear();
    }

    fn entry(&mut self, key: String, memory: &mut Budget) -> Option<&mut dyn Decode> {
        // serde_json's feature `preserve_order` keeps a hash and an index with each entry.
        let size = size_of::<(String, Value)>() + 3 * size_of::<usize>();
        memory.spend_entry(self.len(), size, &key)?;
        let value = self.entry(key).or_insert(Value::Null);
        *value = Value::Null;
        Some(value)
    }
}

macro_rules! tuples {
    () => {};
    ($first:ident $first_index:tt $($rest:ident $index:tt)*) => {
        tuples!(@ [] $first $first_index $($rest $index)*);
    };
    (@ [$($done:ident $done_index:tt)*]) => {};
    (@ [$($done:ident $done_index:tt)*] $next:ident $next_index:tt $($rest:ident $index:tt)*) => {
        impl<$($done: Encode,)* $next: Encode> List for ($($done,)* $next,) {
            fn count(&self) -> usize {
                $next_index + 1
            }

            fn at(&self, index: usize) -> Option<&dyn Encode> {
                match index {
                    $($done_index => Some(&self.$done_index),)*
                    $next_index => Some(&self.$next_index),
                    _ => None,
                }
            }
        }

        impl<$($done: Encode,)* $next: Encode> Encode for ($($done,)* $next,) {
            fn view(&self) -> View<'_> {
                View::List(self)
            }
        }

        impl<$($done: Decode,)* $next: Decode> Tuple for ($($done,)* $next,) {
            fn part(&mut self, index: usize) -> Option<&mut dyn Decode> {
                match index {
                    $($done_index => Some(&mut self.$done_index),)*
                    $next_index => Some(&mut self.$next_index),
                    _ => None,
                }
            }
        }

        impl<$($done: Decode,)* $next: Decode> Decode for ($($done,)* $next,) {
            fn blank() -> Self {
                ($($done::blank(),)* $next::blank(),)
            }

            fn slot(&mut self, _: bool) -> Slot<'_> {
                Slot::Tuple(self)
            }
        }

        tuples!(@ [$($done $done_index)* $next $next_index] $($rest $index)*);
    };
}

tuples! { A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8 J 9 K 10 L 11 }
