//! Finds the variants of a schema: those that it lists, and those that inherit from it.

use std::collections::HashSet;
use std::rc::Rc;

use serde_json::Value;

use super::{Additional, Form, Node, SchemaId, Schemas, View};
use crate::ir::Scalar;

impl<'a> Schemas<'a> {
    /// Returns the variants that a schema lists or that inherit from it, without duplicates.
    /// Variants without a type are omitted. Returns no variants if one of them allows any value and
    /// the schema itself restricts nothing.
    pub(in crate::lower) fn variants(&self, id: SchemaId) -> Rc<[SchemaId]> {
        let slot = self.slot(id);
        slot.variants.get_or_init(|| self.find_variants(id).into()).clone()
    }

    fn find_variants(&self, id: SchemaId) -> Vec<SchemaId> {
        let Some(node) = self.node(id) else { return Vec::new() };
        if !node.has_variants() {
            let derived = self.derived_from(id);
            self.grow(derived.len(), id);
            return derived;
        }
        let listed = self.listed(&node);
        let says_more = says_more(&node);
        let is_text_list = |node: &Node<'_>| node.enumeration.iter().any(Value::is_string);
        let has_text_list = listed.iter().any(|node| is_text_list(node));
        let mut scalars: Vec<Scalar> = Vec::new();
        let mut variants = Vec::new();
        for variant in &listed {
            if is_constraint(variant) || is_null(variant) || self.narrows(&node, variant) {
                continue;
            }
            if variant.is_bare()
                || says_more && variant.is_plain() && variant.kind.is_none() && !is_negation(variant)
            {
                if says_more {
                    continue;
                }
                return Vec::new();
            }
            if let Some(scalar) = plain_scalar(variant) {
                // An enum keeps unknown values, so it includes these.
                if scalars.contains(&scalar) || (scalar == Scalar::String && has_text_list) {
                    continue;
                }
                scalars.push(scalar);
            }
            variants.push(variant.id);
        }
        variants
    }

    /// Returns true if a schema with listed strings also allows any string, as another variant.
    pub(in crate::lower) fn is_open_enum(&self, view: &View<'a>) -> bool {
        let is_string = |variant: &SchemaId| {
            self.node(self.target(*variant)).is_some_and(|node| plain_scalar(&node) == Some(Scalar::String))
        };
        matches!(view.form, Form::Enum(_) | Form::Only(_))
            && view.nodes.iter().any(|node| node.one_of.iter().chain(&node.any_of).any(&is_string))
    }

    /// Returns the schemas that a node lists as variants, `oneOf` before `anyOf`, and those that
    /// only its mapping names.
    fn listed(&self, node: &Node<'a>) -> Vec<Rc<Node<'a>>> {
        let list = if node.one_of.is_empty() { &node.any_of } else { &node.one_of };
        let mapped = self.mapping(node.id).into_iter().map(|(_, target)| target);
        let mut seen = HashSet::from([node.id]);
        let all = self.targets(list).into_iter().chain(mapped).filter(|one| seen.insert(*one));
        all.filter_map(|one| self.node(one)).collect()
    }

    /// Returns true if a variant only restricts its list: it has the list's type, and no properties
    /// except the list's.
    fn narrows(&self, list: &Node<'a>, variant: &Node<'a>) -> bool {
        let is_inline = self.is_within(variant.id, list.id);
        let has = |key: &str| list.properties.iter().any(|(known, _)| *known == key);
        let is_list = variant.is_plain() && variant.kind == Some("array") && list.items.is_some();
        let is_object = is_inline
            && !list.object.contains_key("discriminator")
            && !variant.properties.is_empty()
            && !variant.is_composed()
            && variant.patterns.is_empty()
            && !matches!(variant.additional, Additional::Schema(_))
            && variant.properties.len() <= list.properties.len()
            && variant.properties.iter().all(|(key, _)| has(key));
        is_list || is_object
    }

    /// Returns true if other schemas inherit from a schema, and its discriminator distinguishes
    /// them.
    pub(in crate::lower) fn is_inherited(&self, id: SchemaId) -> bool {
        self.node(id).is_some_and(|node| !node.has_variants()) && !self.variants(id).is_empty()
    }

    /// Returns true if a base schema has values that belong to no derived schema: its mapping or
    /// that of its own base names it, only one schema inherits from it, or its discriminator has
    /// more values than there are derived schemas.
    pub(in crate::lower) fn has_own_values(&self, id: SchemaId) -> bool {
        if !self.is_inherited(id) {
            return false;
        }
        let derived = self.variants(id).len();
        let listed = || self.listed_tags(id).len();
        derived == 1 && self.is_listed_derived(id)
            || self.tags(id).contains_key(&id)
            || self.tag(id).is_some_and(|key| self.inherited_tags(id, key).is_some())
            || listed() > derived.max(self.tags(id).values().map(Vec::len).sum())
    }

    /// Returns true if a schema inherits from `id`, rather than being named in its mapping only.
    fn is_listed_derived(&self, id: SchemaId) -> bool {
        self.variants(id).iter().any(|one| self.bases_of(*one).contains(&id))
    }

    /// Returns the values that a schema lists for its own discriminator.
    pub(super) fn listed_tags(&self, id: SchemaId) -> Vec<String> {
        let Some(tag) = self.tag(id) else { return Vec::new() };
        let node = self.node(id);
        let property = node.iter().flat_map(|node| &node.properties).find(|(key, _)| *key == tag);
        property.map(|(_, schema)| self.listed_texts(*schema)).unwrap_or_default()
    }

    /// Returns the schemas of a view that list variants.
    pub(super) fn unions(&self, view: &View<'a>) -> Vec<SchemaId> {
        let mut unions = Vec::new();
        for node in &view.nodes {
            let is_own = node.id == view.id;
            let lists = node.has_variants();
            let inherits = !lists && self.is_inherited(node.id);
            if !(lists || inherits && is_own) {
                continue;
            }
            let variants = self.variants(node.id);
            // A base that lists its derived schemas does not restrict each of them further.
            if variants.is_empty() || !is_own && variants.contains(&view.id) {
                continue;
            }
            if inherits {
                return vec![node.id];
            }
            unions.push(node.id);
        }
        unions
    }
}

/// Returns true if a list of variants restricts its values itself.
fn says_more(list: &Node<'_>) -> bool {
    list.kind.is_some()
        || !list.properties.is_empty()
        || !list.all_of.is_empty()
        || !list.enumeration.is_empty()
        || list.items.is_some()
        || list.additional != Additional::Unsaid
}

/// Returns true if a schema requires properties or excludes values, and does nothing else. Its type
/// may be `object`.
fn is_constraint(node: &Node<'_>) -> bool {
    let says_something = !node.required.is_empty() || node.object.contains_key("not");
    says_something
        && matches!(node.kind, None | Some("object"))
        && node.properties.is_empty()
        && node.enumeration.is_empty()
        && node.items.is_none()
        && node.additional == Additional::Unsaid
        && !node.is_composed()
}

/// Returns true if a schema excludes values with `not`.
fn is_negation(node: &Node<'_>) -> bool {
    node.object.contains_key("not")
}

/// Returns true if a schema lists null as its only value, or has `nullable` and nothing that
/// determines a type.
fn is_null(node: &Node<'_>) -> bool {
    let values = node.enumeration;
    (!values.is_empty() && values.iter().all(Value::is_null)) || (node.is_bare() && node.says("nullable"))
}

/// Returns the scalar of a schema that has nothing but a type and format.
fn plain_scalar(node: &Node<'_>) -> Option<Scalar> {
    let kind = node.kind.filter(|_| node.is_plain())?;
    Scalar::of(kind, node.format)
}
