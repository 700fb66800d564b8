//! Names of types and of the modules that they stand in.
//!
//! A component takes the last dotted segment of its key, more of them where two collide; a type inside another
//! takes the other's name and its own words; a type of an operation takes the operation's name.

use std::collections::BTreeMap;

use super::Namer;
use super::scope::{Case, Scope};
use super::words::{file, ident, module, pascal, words};
use crate::ir::{Origin, TypeId};
use crate::pointer::Pointer;

/// What generated code means by these, so that no type of a document may have the name.
pub(super) const RESERVED: &[&str] =
    &["BTreeMap", "Box", "From", "Into", "Option", "Result", "Self", "Some", "String", "Vec"];

/// A type that waits for its name.
struct Waiting {
    id: TypeId,
    pointer: Pointer,
    /// The key of a component, split at its dots.
    segments: Vec<String>,
    /// How many of the last segments the name is made of.
    taken: usize,
}

impl Waiting {
    fn name(&self) -> String {
        let from = self.segments.len().saturating_sub(self.taken);
        let segments = self.segments.get(from..).unwrap_or_default();
        pascal(&segments.iter().flat_map(|segment| words(segment)).collect::<Vec<_>>())
    }

    fn can_grow(&self) -> bool {
        self.taken < self.segments.len()
    }
}

impl Namer<'_> {
    pub(super) fn types(&mut self) {
        let mut scope = Scope::new(Case::Pascal, RESERVED, "Model");
        for waiting in self.components(&scope) {
            self.name_type(&mut scope, waiting.id, &waiting.name(), &waiting.pointer);
        }
        let mut inner: BTreeMap<usize, Vec<(Pointer, TypeId)>> = BTreeMap::new();
        for (id, known) in self.api.types() {
            match known.origin {
                Origin::Component(_) => {}
                _ => inner.entry(self.depth(id)).or_default().push((known.pointer.clone(), id)),
            }
        }
        for mut level in inner.into_values() {
            level.sort();
            for (pointer, id) in level {
                let name = self.inner_name(id);
                self.name_type(&mut scope, id, &name, &pointer);
            }
        }
        self.name_modules();
    }

    /// The components with as many segments as tell them apart, the pinned ones first, then by pointer.
    fn components(&mut self, scope: &Scope) -> Vec<Waiting> {
        let mut waiting: Vec<Waiting> = Vec::new();
        for (id, known) in self.api.types() {
            if let Origin::Component(key) = &known.origin {
                let segments: Vec<String> =
                    key.split('.').filter(|segment| !segment.is_empty()).map(str::to_owned).collect();
                let segments = if segments.is_empty() { vec![key.clone()] } else { segments };
                waiting.push(Waiting { id, pointer: known.pointer.clone(), segments, taken: 1 });
            }
        }
        waiting.sort_by(|a, b| {
            let key = |one: &Waiting| (self.pinned(&one.pointer, true).is_none(), one.pointer.clone());
            key(a).cmp(&key(b))
        });
        loop {
            let mut holders: BTreeMap<String, usize> = BTreeMap::new();
            for one in &waiting {
                let pinned = self.pinned(&one.pointer, true).map(str::to_owned);
                *holders.entry(pinned.unwrap_or_else(|| one.name())).or_default() += 1;
            }
            let mut grown = false;
            let is_pinned = |one: &Waiting| self.pinned(&one.pointer, true).is_some();
            for one in waiting.iter_mut().filter(|one| !is_pinned(one)) {
                let name = one.name();
                let collides = holders.get(&name).is_some_and(|count| *count > 1) || scope.is_taken(&name);
                if collides && one.can_grow() {
                    one.taken += 1;
                    grown = true;
                }
            }
            if !grown {
                return waiting;
            }
        }
    }

    fn name_type(&mut self, scope: &mut Scope, id: TypeId, name: &str, pointer: &Pointer) {
        let wanted = self.pin(pointer, true).unwrap_or_else(|| name.to_owned());
        let given = self.claim(scope, &wanted, pointer);
        self.names.types.insert(id, ident(&given));
    }

    /// How many types a type stands inside of.
    fn depth(&self, id: TypeId) -> usize {
        match self.api.get(id).map(|known| &known.origin) {
            Some(Origin::Within(parent, _)) => 1 + self.depth(*parent),
            _ => 0,
        }
    }

    fn inner_name(&self, id: TypeId) -> String {
        match self.api.get(id).map(|known| &known.origin) {
            Some(Origin::Within(parent, inside)) => {
                format!("{}{}", self.names.type_name(*parent), pascal(&words(inside)).trim_start_matches('_'))
            }
            Some(Origin::Operation(operation, inside)) => {
                let mut all = words(operation);
                all.extend(words(inside));
                pascal(&all)
            }
            Some(Origin::Component(key)) => pascal(&words(key)),
            None => String::new(),
        }
    }

    /// One module for each type that stands inside no other. File names don't tell capitals apart everywhere, and
    /// where a script has none, a module and its type would have one name.
    fn name_modules(&mut self) {
        let types = self.names.types.values().map(ToString::to_string);
        let mut scope = Scope::new(Case::Snake, types.chain(["mod".to_owned()]), "_");
        let mut outer: Vec<(String, TypeId)> = Vec::new();
        for (id, known) in self.api.types() {
            if !matches!(known.origin, Origin::Within(..)) {
                outer.push((self.names.type_name(id).to_string(), id));
            }
        }
        outer.sort();
        for (name, id) in outer {
            let claimed = scope.claim(&file(&words(&name)), &Pointer::root());
            self.names.modules.insert(id, module(&claimed.name));
        }
    }
}
