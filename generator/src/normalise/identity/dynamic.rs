//! Resolves dynamic references (JSON Schema 2020-12 §8.2.3.2). The meaning of a `$dynamicRef`
//! depends on the schemas that refer to its schema.
//!
//! A schema may bind a dynamic anchor and refer to a schema whose `$dynamicRef` uses the anchor.
//! Such a schema gets a copy of its target, in which the references lead to the binding. Other
//! references keep their static target, which is the outermost one if a schema is entered directly.

use std::collections::{BTreeMap, HashMap, HashSet};

use serde_json::{Map, Value, json};

use super::index::{Index, Reference};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::limits;
use crate::parse;
use crate::pointer::Pointer;
use crate::specification::{Context, Kind};
use crate::tree::Tree;

/// The schemas that bind dynamic anchors, by the anchor's name.
type Bindings<'a> = BTreeMap<&'a str, &'a Pointer>;

/// A copied schema, the bindings of its copy, and the copy's place.
type Open<'a> = (Pointer, Bindings<'a>, Pointer);

/// A schema to replace, its replacement, and the nodes that were copied with their new places.
type Replaced = (Pointer, Value, Vec<(Pointer, Pointer)>);

/// Keywords that name a schema. Copies have no names.
const NAMES: [&str; 4] = ["$id", "$anchor", "$dynamicAnchor", "$defs"];

/// Returns the copies that bindings need.
pub(super) fn specialise(tree: &Tree, index: &Index, diagnostics: &mut Diagnostics) -> Vec<Replaced> {
    let open: HashMap<&Pointer, &str> = index.references.iter().filter_map(|one| open(index, one)).collect();
    if open.is_empty() {
        return Vec::new();
    }
    let mut copies = Copies { tree, index, open, growth: limits::GROWTH_BASE, made: Vec::new() };
    let mut replaced = Vec::new();
    for reference in index.references.iter().filter(|reference| reference.key == "$ref") {
        let Some(target) = reference.target() else { continue };
        let bindings = copies.bindings(reference, target, &Bindings::new());
        if bindings.is_empty() {
            continue;
        }
        let Some(Value::Object(schema)) = tree.get(&reference.at) else { continue };
        let value = copies.beside(schema, &reference.at, target, &bindings, &mut Vec::new());
        if value.is_none() {
            let message = format!("`{}` binds more dynamic anchors than can be followed", reference.text);
            let place = tree.place(&reference.at.child("$ref"));
            diagnostics.push(
                Diagnostic::new(Code::DanglingReference, message, place).note("read as any JSON value"),
            );
        }
        let made = std::mem::take(&mut copies.made);
        replaced.push((reference.at.clone(), value.unwrap_or_else(|| json!({})), made));
    }
    replaced
}

/// Returns a `$dynamicRef` with several possible targets, and the name of its anchor.
fn open<'a>(index: &'a Index, reference: &'a Reference) -> Option<(&'a Pointer, &'a str)> {
    let (_, name) = reference.text.split_once('#').filter(|_| reference.key == "$dynamicRef")?;
    let target = reference.target()?;
    let is_dynamic = index.dynamic(name).any(|known| known == target);
    (is_dynamic && index.dynamic(name).nth(1).is_some()).then_some((&reference.at, name))
}

struct Copies<'a> {
    tree: &'a Tree,
    index: &'a Index,
    open: HashMap<&'a Pointer, &'a str>,
    /// The remaining size that may be copied.
    growth: usize,
    made: Vec<(Pointer, Pointer)>,
}

impl<'a> Copies<'a> {
    /// Returns the anchor names of open references at a node, below it, and in the nodes that it
    /// refers to.
    fn reach(&self, from: &Pointer) -> HashSet<&'a str> {
        let mut names = HashSet::new();
        let mut seen = HashSet::from([from.clone()]);
        let mut next = vec![from.clone()];
        while let Some(here) = next.pop() {
            let below = self.index.at.range(here.clone()..here.below().end);
            for (at, position) in below.filter(|(at, _)| at.is_within(&here)) {
                names.extend(self.open.get(at));
                let reference = self.index.references.get(*position);
                let target = reference.and_then(|reference| reference.target());
                next.extend(target.filter(|target| seen.insert((*target).clone())).cloned());
            }
        }
        names
    }

    /// Returns the bindings that a reference adds to those of the schemas around it, for the anchors
    /// that the target needs. The outermost binding of an anchor wins. A reference within a resource
    /// binds nothing new.
    fn bindings(&self, reference: &Reference, target: &Pointer, outer: &Bindings<'a>) -> Bindings<'a> {
        let is_left = self.index.resource_of(target) != Some(reference.resource);
        let binder = self.index.resources.get(reference.resource).filter(|_| is_left);
        if binder.is_none_or(|binder| binder.dynamic.is_empty()) && outer.is_empty() {
            return Bindings::new();
        }
        let wanted = self.reach(target);
        let own = binder.iter().flat_map(|binder| &binder.dynamic).map(|(name, at)| (name.as_str(), at));
        let mut bindings: Bindings<'a> = own.collect();
        bindings.extend(outer);
        bindings.retain(|name, _| wanted.contains(name));
        bindings
    }

    /// Returns a schema whose reference is replaced by a copy of its target, or `None` if the copy
    /// would exceed the limit.
    fn beside(
        &mut self,
        schema: &Map<String, Value>,
        here: &Pointer,
        target: &Pointer,
        bindings: &Bindings<'a>,
        stack: &mut Vec<Open<'a>>,
    ) -> Option<Value> {
        let mut schema = schema.clone();
        schema.shift_remove("$ref");
        let mut all = match schema.shift_remove("allOf") {
            Some(Value::Array(members)) => members,
            _ => Vec::new(),
        };
        let copy_at = here.child("allOf").item(all.len());
        let copy = self.copy(target, &copy_at, bindings, stack)?;
        all.push(copy);
        schema.insert("allOf".to_owned(), all.into());
        Some(schema.into())
    }

    fn copy(
        &mut self,
        from: &Pointer,
        to: &Pointer,
        bindings: &Bindings<'a>,
        stack: &mut Vec<Open<'a>>,
    ) -> Option<Value> {
        let value = self.tree.get(from)?;
        self.growth = self.growth.checked_sub(parse::size(value))?;
        if to.depth() > limits::DEPTH / 2 {
            return None;
        }
        self.made.push((from.clone(), to.clone()));
        stack.push((from.clone(), bindings.clone(), to.clone()));
        let copy = self.schema(value, from, to, Context::Node(Kind::Schema), bindings, stack);
        stack.pop();
        copy
    }

    fn schema(
        &mut self,
        value: &Value,
        from: &Pointer,
        to: &Pointer,
        context: Context,
        bindings: &Bindings<'a>,
        stack: &mut Vec<Open<'a>>,
    ) -> Option<Value> {
        match value {
            Value::Array(items) => {
                let items = items.iter().enumerate().map(|(position, item)| {
                    let (from, to) = (from.item(position), to.item(position));
                    self.schema(item, &from, &to, context.item(), bindings, stack)
                });
                items.collect::<Option<Vec<_>>>().map(Value::Array)
            }
            Value::Object(members) if context != Context::Data => {
                let is_schema = context == Context::Node(Kind::Schema);
                let mut copied = Map::new();
                for (key, value) in members {
                    if is_schema && NAMES.contains(&key.as_str()) {
                        continue;
                    }
                    let below = context.below(key);
                    let value =
                        self.schema(value, &from.child(key), &to.child(key), below, bindings, stack)?;
                    copied.insert(key.clone(), value);
                }
                if is_schema { self.bound(copied, from, to, bindings, stack) } else { Some(copied.into()) }
            }
            other => Some(other.clone()),
        }
    }

    /// Rewrites the reference of a schema that is copied from `from` to `to`.
    fn bound(
        &mut self,
        mut schema: Map<String, Value>,
        from: &Pointer,
        to: &Pointer,
        bindings: &Bindings<'a>,
        stack: &mut Vec<Open<'a>>,
    ) -> Option<Value> {
        let Some(reference) = self.index.at.get(from).and_then(|at| self.index.references.get(*at)) else {
            return Some(schema.into());
        };
        let Some(target) = reference.target() else { return Some(schema.into()) };
        let bound = self.open.get(from).and_then(|name| bindings.get(name).copied());
        let inner = self.bindings(reference, target, bindings);
        let lead = if let Some(bound) = bound {
            bound
        } else if inner.is_empty() {
            target
        } else if let Some((_, _, copy)) = stack.iter().find(|(known, of, _)| known == target && *of == inner)
        {
            copy
        } else {
            return self.beside(&schema, to, target, &inner, stack);
        };
        let text = json!(lead.to_fragment());
        schema.shift_remove("$dynamicRef");
        schema.insert("$ref".to_owned(), text);
        Some(schema.into())
    }
}
