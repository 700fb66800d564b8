//! Copies a document and everything that it refers to, with rewritten references.
//!
//! Components are built from a queue, each once, so that reference cycles and long file chains
//! cannot recurse. Other nodes are copied to the places that refer to them, within limits.

use std::collections::{BTreeMap, HashMap, HashSet};

use serde_json::{Map, Value, json};

use super::Containers;
use super::reference::{self, Resolved};
use crate::limits;
use crate::pointer::Pointer;
use crate::source::{Source, names_a_file};
use crate::specification::{Context, Kind};

/// A tree with rewritten references, and its nodes that were not written at the same place of the
/// root file.
#[derive(Debug, Default)]
pub(super) struct Built {
    pub(super) value: Value,
    pub(super) copies: Vec<Copy>,
}

/// Records that the node at `here` was written in `file` at `there`.
#[derive(Debug)]
pub(super) struct Copy {
    pub(super) here: Pointer,
    pub(super) file: usize,
    pub(super) there: Pointer,
}

/// A node of another file that becomes a component.
#[derive(Debug)]
pub(super) struct Mount {
    pub(super) file: usize,
    pub(super) pointer: Pointer,
    pub(super) container: &'static [&'static str],
    /// The component of the document that only refers to this node, if there is one.
    pub(super) place: Option<Pointer>,
    pub(super) built: Built,
    kind: Kind,
}

/// The place where a node was written, and its place in the result.
#[derive(Clone)]
struct At {
    file: usize,
    there: Pointer,
    here: Pointer,
    /// The number of nested copies around this node.
    depth: usize,
}

pub(super) struct Builder<'a> {
    source: &'a Source,
    containers: Containers,
    mounts: Vec<Mount>,
    known: HashMap<(usize, Pointer, Kind), usize>,
    /// The places that mounts have in the document.
    claimed: HashSet<Pointer>,
    copied: usize,
}

impl<'a> Builder<'a> {
    pub(super) fn new(source: &'a Source, containers: Containers) -> Self {
        Self {
            source,
            containers,
            mounts: Vec::new(),
            known: HashMap::new(),
            claimed: HashSet::new(),
            copied: 0,
        }
    }

    /// Returns the document, and all nodes of other files that it needs.
    pub(super) fn build(mut self) -> (Built, Vec<Mount>) {
        self.claim_places();
        let root = self.built(0, &Pointer::root(), Kind::OpenApi);
        let mut next = 0;
        while let Some((file, pointer, kind)) =
            self.mounts.get(next).map(|mount| (mount.file, mount.pointer.clone(), mount.kind))
        {
            let built = self.built(file, &pointer, kind);
            if let Some(mount) = self.mounts.get_mut(next) {
                mount.built = built;
            }
            next += 1;
        }
        (root, self.mounts)
    }

    /// Replaces components that only refer to another file by the target. If several components
    /// refer to one node, the first by name is replaced.
    fn claim_places(&mut self) {
        for (kind, container) in self.containers {
            let list = Pointer::of(container);
            let members = self.source.tree(0).and_then(|root| root.pointer(list.as_str())?.as_object());
            let members: BTreeMap<_, _> = members.into_iter().flatten().collect();
            for (name, value) in members {
                let Some((reference, 1)) = reference::of(value).map(|text| (text, value_len(value))) else {
                    continue;
                };
                if let Resolved::Elsewhere { file, pointer } = self.resolve(reference, 0)
                    && reference::component(&pointer, *kind) == pointer
                    && !self.known.contains_key(&(file, pointer.clone(), *kind))
                {
                    let index = self.mount(file, pointer, *kind, container);
                    if let Some(mount) = self.mounts.get_mut(index) {
                        mount.place = Some(list.child(name));
                        self.claimed.insert(list.child(name));
                    }
                }
            }
        }
    }

    fn built(&mut self, file: usize, pointer: &Pointer, kind: Kind) -> Built {
        let mut copies = Vec::new();
        let at = At { file, there: pointer.clone(), here: Pointer::root(), depth: 0 };
        let value = self.source.tree(file).and_then(|root| root.pointer(pointer.as_str()));
        let value = value.map(|value| self.node(value, &at, Context::Node(kind), &mut copies));
        Built { value: value.unwrap_or_default(), copies }
    }

    fn node(&mut self, value: &Value, at: &At, context: Context, copies: &mut Vec<Copy>) -> Value {
        self.copied += usize::from(at.depth > 0);
        match (context, value) {
            (Context::Data, _) => value.clone(),
            (Context::Node(_) | Context::Other, Value::Object(object)) if reference::of(value).is_some() => {
                self.reference(object, at, context, copies)
            }
            (_, Value::Object(object)) => self.object(object, at, context, copies).into(),
            (_, Value::Array(items)) => {
                let context = context.item();
                let items = items.iter().enumerate();
                items
                    .map(|(index, item)| self.node(item, &at.child(&index.to_string()), context, copies))
                    .collect()
            }
            _ => value.clone(),
        }
    }

    fn object(
        &mut self,
        object: &Map<String, Value>,
        at: &At,
        context: Context,
        copies: &mut Vec<Copy>,
    ) -> Map<String, Value> {
        let mut built = Map::new();
        for (key, value) in object {
            let value = match (context, value) {
                (Context::Node(Kind::Discriminator), Value::Object(mapping)) if key == "mapping" => {
                    self.mapping(mapping, at.file).into()
                }
                _ => self.node(value, &at.child(key), context.below(key), copies),
            };
            built.insert(key.clone(), value);
        }
        built
    }

    /// Rewrites the values of a discriminator's mapping: names of schemas, or references to
    /// schemas.
    fn mapping(&mut self, mapping: &Map<String, Value>, file: usize) -> Map<String, Value> {
        let mut built = mapping.clone();
        for value in built.values_mut() {
            let Some(text) = value.as_str().filter(|text| text.starts_with('#') || names_a_file(text)) else {
                continue;
            };
            if let Some(text) = self.rewritten(text, file, Kind::Schema) {
                *value = json!(text);
            }
        }
        built
    }

    /// Rewrites a Reference Object to a component. Replaces any other Reference Object by a copy of
    /// its target.
    fn reference(
        &mut self,
        object: &Map<String, Value>,
        at: &At,
        context: Context,
        copies: &mut Vec<Copy>,
    ) -> Value {
        let text = object.get("$ref").and_then(Value::as_str).unwrap_or_default();
        if at.file == 0 && at.depth == 0 && self.claimed.contains(&at.here) {
            return Value::Null;
        }
        let kind = if let Context::Node(kind) = context { Some(kind) } else { None };
        let rewritten = match (self.resolve(text, at.file), kind) {
            (Resolved::Elsewhere { file, pointer }, None) => {
                return self.copy(object, file, &pointer, at, context, copies);
            }
            (Resolved::Elsewhere { file, pointer }, Some(kind)) if self.container(kind).is_none() => {
                return self.copy(object, file, &pointer, at, context, copies);
            }
            (resolved, kind) => self.text(resolved, kind.unwrap_or(Kind::Schema)),
        };
        let mut built = self.object(object, at, context, copies);
        if let Some(text) = rewritten {
            built.insert("$ref".to_owned(), json!(text));
        }
        built.into()
    }

    /// Returns a copy of a reference's target. Members beside the reference win.
    fn copy(
        &mut self,
        object: &Map<String, Value>,
        file: usize,
        pointer: &Pointer,
        at: &At,
        context: Context,
        copies: &mut Vec<Copy>,
    ) -> Value {
        let target = self.source.tree(file).and_then(|root| root.pointer(pointer.as_str()));
        let (Some(target), true) =
            (target, at.depth < limits::COPIES_DEPTH && self.copied < limits::COPIED_NODES)
        else {
            return Value::Object(object.clone());
        };
        copies.push(Copy { here: at.here.clone(), file, there: pointer.clone() });
        let inner = At { file, there: pointer.clone(), here: at.here.clone(), depth: at.depth + 1 };
        let mut built = self.node(target, &inner, context, copies);
        if let Value::Object(built) = &mut built {
            let own: Map<String, Value> = object
                .iter()
                .filter(|(key, _)| *key != "$ref")
                .map(|(key, value)| (key.clone(), value.clone()))
                .collect();
            for (key, value) in self.object(&own, at, context, copies) {
                let own = at.child(&key);
                copies.push(Copy { here: own.here, file: at.file, there: own.there });
                built.insert(key, value);
            }
        }
        built
    }

    fn resolve(&self, reference: &str, from: usize) -> Resolved {
        reference::resolve(reference, from, self.source)
    }

    /// Returns the text of a reference in the bundle, or `None` if the text stays.
    fn rewritten(&mut self, reference: &str, from: usize, kind: Kind) -> Option<String> {
        let resolved = self.resolve(reference, from);
        self.text(resolved, kind)
    }

    fn text(&mut self, resolved: Resolved, kind: Kind) -> Option<String> {
        match resolved {
            Resolved::Stays => None,
            Resolved::Nowhere(text) => Some(text),
            Resolved::Document(pointer) => Some(pointer.to_fragment()),
            Resolved::Elsewhere { file, pointer } => {
                let component = reference::component(&pointer, kind);
                let rest = pointer.rebased(&component, &Pointer::root())?;
                let container = self.container(kind)?;
                let index = self.mount(file, component, kind, container);
                Some(format!("{MARK}{index}{}", rest.as_str()))
            }
        }
    }

    fn container(&self, kind: Kind) -> Option<&'static [&'static str]> {
        self.containers.iter().find(|(known, _)| *known == kind).map(|(_, container)| *container)
    }

    fn mount(
        &mut self,
        file: usize,
        pointer: Pointer,
        kind: Kind,
        container: &'static [&'static str],
    ) -> usize {
        let (mounts, at) = (&mut self.mounts, (file, pointer.clone(), kind));
        *self.known.entry(at).or_insert_with(|| {
            mounts.push(Mount { file, pointer, container, place: None, built: Built::default(), kind });
            mounts.len() - 1
        })
    }
}

/// The first character of a reference to a mount whose place is not known yet, before the mount's
/// number. No reference in a document begins with this character.
const MARK: char = '\0';

/// Returns the pointer for a reference to a mount, or `None` for other texts.
pub(super) fn placed(text: &str, places: &[Pointer]) -> Option<Pointer> {
    let text = text.strip_prefix(MARK)?;
    let (index, rest) = text.split_at(text.find('/').unwrap_or(text.len()));
    let place = places.get(index.parse::<usize>().ok()?)?;
    Pointer::from_text(rest)?.rebased(&Pointer::root(), place)
}

fn value_len(value: &Value) -> usize {
    value.as_object().map_or(0, Map::len)
}

impl At {
    fn child(&self, key: &str) -> Self {
        Self { there: self.there.child(key), here: self.here.child(key), ..self.clone() }
    }
}
