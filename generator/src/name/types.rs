//! Names types and their files.
//!
//! A component has the last dotted segment of its key, or more segments if names collide. A type
//! inside another has that type's name and its own words. A type of an operation has the
//! operation's name and its own words.

use std::collections::{BTreeMap, HashMap};

use syn::ext::IdentExt;

use super::Namer;
use super::reserved::{FILES, TYPES};
use super::scope::Scope;
use super::shorten::chain;
use super::spelling::{file, ident, module, pascal};
use super::words::{full_words, style_word, words};
use crate::ir::{Origin, Shape, TypeId};
use crate::pointer::Pointer;

/// The number of segments of a key that are tried one by one before all are taken.
const STEPS: usize = 4;

/// A type that has no name yet.
struct Waiting {
    id: TypeId,
    pointer: Pointer,
    /// The key of a component, split at its dots.
    segments: Vec<String>,
    /// The number of segments in the name.
    taken: usize,
    name: String,
    is_pinned: bool,
}

impl Waiting {
    fn new(id: TypeId, pointer: Pointer, key: &str, pin: Option<String>) -> Self {
        let segments: Vec<String> =
            key.split('.').filter(|segment| !segment.is_empty()).map(str::to_owned).collect();
        let segments = if segments.is_empty() { vec![key.to_owned()] } else { segments };
        let is_pinned = pin.is_some();
        let mut waiting = Self { id, pointer, segments, taken: 1, name: pin.unwrap_or_default(), is_pinned };
        if !is_pinned {
            waiting.name = pascal(&waiting.words(words));
        }
        waiting
    }

    fn words(&self, split: fn(&str) -> Vec<String>) -> Vec<String> {
        let from = self.segments.len().saturating_sub(self.taken);
        self.segments.get(from..).unwrap_or_default().iter().flat_map(|segment| split(segment)).collect()
    }

    /// Takes one more segment. Returns false if there is none.
    fn grow(&mut self) -> bool {
        if self.is_pinned || self.taken >= self.segments.len() {
            return false;
        }
        self.taken = if self.taken < STEPS { self.taken + 1 } else { self.segments.len() };
        self.name = pascal(&self.words(words));
        true
    }

    /// Returns the candidate names, best first.
    fn names(&self, shape: &str) -> Vec<String> {
        let last = self.segments.last().map(String::as_str).unwrap_or_default();
        let style = format!("{}{}", self.name, pascal(&[style_word(last).to_owned()]));
        vec![self.name.clone(), pascal(&self.words(full_words)), style, format!("{}{shape}", self.name)]
    }
}

impl Namer<'_> {
    pub(super) fn types(&mut self) {
        let mut scope = self.scope(&TYPES, "models");
        for waiting in self.components(&scope) {
            let names = waiting.names(self.shape_word(waiting.id));
            self.name_type(&mut scope, waiting.id, names, &waiting.pointer);
        }
        let depths = self.depths();
        let mut inner: BTreeMap<usize, Vec<(TypeId, &Pointer)>> = BTreeMap::new();
        let api = self.api;
        for (id, known) in api.types() {
            if !known.origin.is_component() {
                let depth = depths.get(&id).copied().unwrap_or_default();
                inner.entry(depth).or_default().push((id, &known.pointer));
            }
        }
        let mut links: HashMap<TypeId, Vec<Vec<String>>> = HashMap::new();
        for mut level in inner.into_values() {
            level.sort_by_cached_key(|(id, pointer)| (pointer.in_order(), *id));
            for (id, _) in level {
                let Some(known) = self.api.get(id) else { continue };
                let chained = self.links(id, &links);
                let mut names: Vec<String> = chain(&chained).iter().map(|words| pascal(words)).collect();
                names.extend(names.first().map(|name| format!("{name}{}", self.shape_word(id))));
                let pointer = known.pointer.clone();
                let is_long = names.len() > 2;
                let full = pascal(&chained.concat());
                self.name_type(&mut scope, id, names, &pointer);
                let given = self.names.type_name(id).unraw().to_string();
                // Inner types use the final name.
                links.insert(id, if is_long || given == full { chained } else { vec![words(&given)] });
            }
        }
        self.name_files();
    }

    /// Returns the components in the order in which they claim names, each with enough segments to
    /// make the names distinct. The order is: pinned components, components whose names are in
    /// Rust's case, all others; then by pointer.
    fn components(&mut self, scope: &Scope) -> Vec<Waiting> {
        let mut waiting: Vec<Waiting> = Vec::new();
        for (id, known) in self.api.types() {
            if let Origin::Component(key) = &known.origin {
                let pin = self.pinned(&known.pointer, true).map(str::to_owned);
                waiting.push(Waiting::new(id, known.pointer.clone(), key, pin));
            }
        }
        waiting.sort_by(|a, b| {
            let rank = |one: &Waiting| (!one.is_pinned, one.segments.last() != Some(&one.name));
            (rank(a), &a.pointer).cmp(&(rank(b), &b.pointer))
        });
        loop {
            let mut holders: HashMap<String, usize> = HashMap::new();
            for one in &waiting {
                *holders.entry(one.name.clone()).or_default() += 1;
            }
            let collides = |one: &Waiting| {
                holders.get(&one.name).is_some_and(|count| *count > 1)
                    || scope.is_taken(&one.name) && !scope.holds(&one.pointer)
            };
            let mut has_grown = false;
            for one in waiting.iter_mut().filter(|one| collides(one)) {
                has_grown |= one.grow();
            }
            if !has_grown {
                return waiting;
            }
        }
    }

    fn name_type(&mut self, scope: &mut Scope, id: TypeId, mut names: Vec<String>, pointer: &Pointer) {
        if let Some(pin) = self.pin(pointer, true) {
            names.insert(0, pin);
        }
        let given = self.claim(scope, &names, pointer);
        self.names.types.insert(id, ident(&given));
    }

    /// Returns the nesting depth of each type inside other types.
    fn depths(&self) -> HashMap<TypeId, usize> {
        let mut depths = HashMap::new();
        for (id, _) in self.api.types() {
            let (mut here, mut inside) = (id, Vec::new());
            while !depths.contains_key(&here) {
                inside.push(here);
                match self.api.get(here).map(|known| &known.origin) {
                    Some(Origin::Within(parent, _)) => here = *parent,
                    _ => break,
                }
            }
            let known = depths.get(&here).map_or(0, |depth| depth + 1);
            depths.extend(inside.into_iter().rev().enumerate().map(|(index, id)| (id, known + index)));
        }
        depths
    }

    /// Returns the words of an inline type: those of its parents, link by link, and its own.
    fn links(&self, id: TypeId, known: &HashMap<TypeId, Vec<Vec<String>>>) -> Vec<Vec<String>> {
        match self.api.get(id).map(|known| &known.origin) {
            Some(Origin::Within(parent, inside)) => {
                let parent_words = || vec![words(&self.names.type_name(*parent).unraw().to_string())];
                let mut links = known.get(parent).cloned().unwrap_or_else(parent_words);
                if !inside.is_empty() {
                    links.push(words(inside));
                }
                links
            }
            Some(Origin::Operation(operation, inside)) => {
                let mut root = words(operation);
                if !inside.is_empty() {
                    root.extend(words(inside));
                }
                vec![root]
            }
            Some(Origin::Component(key)) => vec![words(key)],
            None => Vec::new(),
        }
    }

    /// Returns a word for the kind of a type, which distinguishes it from another type of the same
    /// name.
    fn shape_word(&self, id: TypeId) -> &'static str {
        match self.api.get(id).map(|known| &known.shape) {
            Some(Shape::Struct(_)) => "Object",
            Some(Shape::Enum(_)) => "Kind",
            Some(Shape::Union(_)) => "Choice",
            Some(Shape::Wrapper(_)) => "List",
            Some(Shape::Alias(..) | Shape::Foreign(_)) | None => "Alias",
        }
    }

    /// Names one file for each type that is not inside another type.
    fn name_files(&mut self) {
        let mut scope = self.scope(&FILES, "src/models");
        let mut outer: Vec<(String, TypeId)> = Vec::new();
        for (id, known) in self.api.types() {
            if !matches!(known.origin, Origin::Within(..)) {
                let name = self.names.type_name(id).unraw().to_string();
                outer.push((name, id));
            }
        }
        outer.sort();
        for (name, id) in outer {
            let pointer = Pointer::root().child(&name);
            let name = module(&file(&words(&name))).to_string();
            let claimed = self.claim_quietly(&mut scope, &[name], &pointer);
            self.names.modules.insert(id, module(&claimed));
        }
    }
}
