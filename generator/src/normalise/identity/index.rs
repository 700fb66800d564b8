//! The index of a document's resources, anchors and references.

use std::collections::{BTreeMap, HashMap};

use fluent_uri::{Uri, UriRef};
use serde_json::{Map, Value};

use crate::pointer::Pointer;
use crate::specification::{Context, Kind, is_node};

/// The base URI of a document without `$self`.
const NO_BASE: &str = "document:///";

/// A schema resource (JSON Schema 2020-12 §4.3.5): the document, a schema with an `$id`, or a
/// schema that is not inside another. The last kind is a resource for its anchors only, because the
/// document may have several anchors of the same name.
#[derive(Debug)]
pub(super) struct Resource {
    uri: String,
    pub(super) root: Pointer,
    anchors: HashMap<String, Pointer>,
    pub(super) dynamic: HashMap<String, Pointer>,
}

/// A member of an object that refers to another node.
#[derive(Debug)]
pub(super) struct Reference {
    /// The object with the reference.
    pub(super) at: Pointer,
    /// The member's key.
    pub(super) key: String,
    pub(super) text: String,
    pub(super) resource: usize,
    target: Option<Pointer>,
}

impl Reference {
    /// Returns the target node.
    pub(super) fn target(&self) -> Option<&Pointer> {
        self.target.as_ref()
    }

    /// Returns true if the text is not the JSON pointer of the target.
    pub(super) fn is_relative(&self) -> bool {
        !self.text.starts_with("#/") || Pointer::from_fragment(&self.text) != self.target
    }
}

#[derive(Debug, Default)]
pub(super) struct Index {
    pub(super) resources: Vec<Resource>,
    pub(super) references: Vec<Reference>,
    /// The references of schemas, by schema.
    pub(super) at: BTreeMap<Pointer, usize>,
    by_uri: HashMap<String, usize>,
    /// The resources by the place of their root.
    by_root: HashMap<Pointer, usize>,
    /// The nodes with an anchor, by the anchor's name.
    anchors: HashMap<String, Vec<Pointer>>,
}

impl Index {
    pub(super) fn new(root: &Value) -> Self {
        let mut index = Self::default();
        let own = root.get("$self").and_then(Value::as_str).unwrap_or_default();
        let base = resolved(own, NO_BASE).unwrap_or_else(|| NO_BASE.to_owned());
        index.add_resource(base, Pointer::root());
        if !is_plain(root) {
            index.walk(root, &mut Pointer::root(), Context::Node(Kind::OpenApi), 0, false);
        }
        for position in 0..index.references.len() {
            let target = index.references.get(position).and_then(|reference| index.resolve(reference, root));
            if let Some(reference) = index.references.get_mut(position) {
                reference.target = target;
            }
        }
        index
    }

    /// Returns all nodes with a dynamic anchor of this name.
    pub(super) fn dynamic(&self, name: &str) -> impl Iterator<Item = &Pointer> {
        self.resources.iter().filter_map(move |resource| resource.dynamic.get(name))
    }

    /// Returns the innermost resource around a node.
    pub(super) fn resource_of(&self, node: &Pointer) -> Option<usize> {
        node.ancestors().find_map(|root| self.by_root.get(&root).copied())
    }

    /// Returns the node that a URI refers to, relative to the document. Returns `None` for a text
    /// that is no URI with a fragment.
    pub(super) fn locate(&self, uri: &str) -> Option<Pointer> {
        let (path, fragment) = uri.split_once('#')?;
        let document = self.resources.first()?;
        let is_document = path.is_empty() || resolved(path, &document.uri)? == document.uri;
        Pointer::from_fragment(fragment).filter(|_| is_document)
    }

    fn add_resource(&mut self, uri: String, root: Pointer) -> usize {
        let position = self.resources.len();
        self.by_uri.entry(uri.clone()).or_insert(position);
        self.add_unnamed(uri, root)
    }

    /// Adds a resource that no URI leads to. `base` is the URI that its references are relative to.
    fn add_unnamed(&mut self, base: String, root: Pointer) -> usize {
        let position = self.resources.len();
        self.by_root.insert(root.clone(), position);
        let (anchors, dynamic) = (HashMap::new(), HashMap::new());
        self.resources.push(Resource { uri: base, root, anchors, dynamic });
        position
    }

    fn walk(
        &mut self,
        value: &Value,
        here: &mut Pointer,
        context: Context,
        resource: usize,
        in_schema: bool,
    ) {
        match value {
            Value::Array(items) => {
                for (position, item) in items.iter().enumerate().filter(|(_, item)| is_node(item)) {
                    let length = here.push_index(position);
                    self.walk(item, here, context.item(), resource, in_schema);
                    here.truncate(length);
                }
            }
            Value::Object(members) if context != Context::Data => {
                let is_schema = context == Context::Node(Kind::Schema);
                let mut resource = resource;
                if is_schema {
                    resource = self.schema(members, here, resource, in_schema);
                }
                self.references(members, here, context, resource);
                for (key, value) in members.iter().filter(|(_, value)| is_node(value)) {
                    let length = here.push(key);
                    self.walk(value, here, context.below(key), resource, in_schema || is_schema);
                    here.truncate(length);
                }
            }
            _ => {}
        }
    }

    /// Adds the names that a schema declares. Returns the resource of the schema.
    fn schema(
        &mut self,
        members: &Map<String, Value>,
        here: &Pointer,
        outer: usize,
        in_schema: bool,
    ) -> usize {
        let text = |key: &str| members.get(key).and_then(Value::as_str);
        let base = self.resources.get(outer).map(|outer| outer.uri.clone()).unwrap_or_default();
        let id = text("$id").filter(|id| !id.starts_with('#'));
        let resource = match id {
            Some(id) => {
                let uri = resolved(id, &base).unwrap_or_else(|| id.to_owned());
                let uri = uri.split('#').next().unwrap_or_default().to_owned();
                let position = self.add_resource(uri, here.clone());
                self.by_uri.entry(id.trim_end_matches('#').to_owned()).or_insert(position);
                position
            }
            None if !in_schema => self.add_unnamed(base, here.clone()),
            None => outer,
        };
        let old = text("$id").and_then(|id| id.strip_prefix('#'));
        for name in [text("$anchor"), text("$dynamicAnchor"), old].into_iter().flatten() {
            self.anchors.entry(name.to_owned()).or_default().push(here.clone());
            if let Some(resource) = self.resources.get_mut(resource) {
                resource.anchors.entry(name.to_owned()).or_insert_with(|| here.clone());
            }
        }
        if let (Some(name), Some(resource)) = (text("$dynamicAnchor"), self.resources.get_mut(resource)) {
            resource.dynamic.entry(name.to_owned()).or_insert_with(|| here.clone());
        }
        resource
    }

    fn references(
        &mut self,
        members: &Map<String, Value>,
        here: &Pointer,
        context: Context,
        resource: usize,
    ) {
        let keys: &[&str] = match context {
            Context::Node(Kind::Schema) => &["$ref", "$dynamicRef"],
            Context::Node(_) | Context::Other => &["$ref"],
            _ => &[],
        };
        for key in keys {
            if let Some(text) = members.get(*key).and_then(Value::as_str) {
                if context == Context::Node(Kind::Schema) {
                    self.at.insert(here.clone(), self.references.len());
                }
                self.add(here, key, text, resource);
            }
        }
        if context == Context::Node(Kind::Discriminator)
            && let Some(Value::Object(mapping)) = members.get("mapping")
        {
            for (key, value) in mapping {
                if let Some(text) = value.as_str().filter(|text| text.contains(['#', '/'])) {
                    self.add(&here.child("mapping"), key, text, resource);
                }
            }
        }
    }

    fn add(&mut self, here: &Pointer, key: &str, text: &str, resource: usize) {
        let (at, key, text) = (here.clone(), key.to_owned(), text.to_owned());
        self.references.push(Reference { at, key, text, resource, target: None });
    }

    /// Returns the node that a reference refers to.
    fn resolve(&self, reference: &Reference, root: &Value) -> Option<Pointer> {
        let (path, fragment) = reference.text.split_once('#').unwrap_or((&reference.text, ""));
        let own = self.resources.get(reference.resource)?;
        let resource = if path.is_empty() {
            own
        } else {
            let uri = resolved(path, &own.uri);
            let known = uri.and_then(|uri| self.by_uri.get(&uri)).or_else(|| self.by_uri.get(path));
            self.resources.get(*known?)?
        };
        let exists = |pointer: &Pointer| root.pointer(pointer.as_str()).is_some();
        let Some(pointer) = Pointer::from_fragment(fragment) else {
            let alone = || match self.anchors.get(fragment).map(Vec::as_slice) {
                Some([only]) => Some(only.clone()),
                _ => None,
            };
            let elsewhere = || if path.is_empty() { alone() } else { None };
            return resource.anchors.get(fragment).cloned().or_else(elsewhere);
        };
        // Without an `$id`, a schema is in the document's resource. Many documents refer to the
        // document even from a schema with an `$id`.
        let inner = || pointer.rebased(&Pointer::root(), &resource.root).filter(exists);
        if path.is_empty() && own.uri == self.resources.first()?.uri {
            return Some(pointer).filter(exists);
        }
        inner().or_else(|| Some(pointer.clone()).filter(|pointer| path.is_empty() && exists(pointer)))
    }
}

/// Returns true if every reference is a JSON pointer into the document, and no node has another
/// name. Most documents are plain, and this check costs a fraction of an index.
fn is_plain(value: &Value) -> bool {
    const NAMES: &[&str] = &["$id", "$anchor", "$dynamicAnchor", "$dynamicRef", "$self"];
    let is_pointer = |value: &Value| value.as_str().is_none_or(|text| text.starts_with("#/"));
    match value {
        Value::Array(items) => items.iter().filter(|item| is_node(item)).all(is_plain),
        Value::Object(members) => members.iter().all(|(key, value)| match key.as_str() {
            "$ref" => is_pointer(value) && is_plain(value),
            // The values of a mapping that are no pointers may be names of schemas.
            "mapping" => {
                let values = value.as_object().into_iter().flat_map(Map::values);
                let is_name = |value: &Value| value.as_str().is_some_and(|text| !text.contains(['#', '/']));
                values.into_iter().all(|value| is_name(value) || is_pointer(value)) && is_plain(value)
            }
            key => !NAMES.contains(&key) && (!is_node(value) || is_plain(value)),
        }),
        _ => true,
    }
}

/// Resolves a reference against a base (RFC 3986 §5), without its fragment.
fn resolved(reference: &str, base: &str) -> Option<String> {
    let reference = reference.split('#').next().unwrap_or_default();
    let base = Uri::parse(base).ok()?;
    Some(UriRef::parse(reference).ok()?.resolve_against(&base).ok()?.normalize().to_string())
}
