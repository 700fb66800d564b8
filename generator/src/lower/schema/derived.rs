//! Finds the components that inherit from a schema with a discriminator.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use serde_json::Value;

use super::growth::Exceeded;
use super::{SchemaId, Schemas};
use crate::limits;
use crate::pointer::Pointer;

/// The extension with the value by which a discriminator names its schema.
const VALUE: &str = "x-ms-discriminator-value";

/// The derived components of each schema with a discriminator, and the bases of each component.
#[derive(Debug, Default)]
pub(super) struct Derived {
    of_base: HashMap<SchemaId, Vec<SchemaId>>,
    bases: HashMap<SchemaId, Rc<[SchemaId]>>,
}

impl Schemas<'_> {
    fn derived(&self) -> &Derived {
        self.derived.get_or_init(|| {
            let mut derived = Derived::default();
            let schemas = self.at(&Pointer::of(&["components", "schemas"]));
            let keys = self.object(schemas).into_iter().flat_map(serde_json::Map::keys);
            for component in keys.filter(|key| !key.starts_with("x-")).map(|key| self.child(schemas, key)) {
                for base in
                    self.bases(component, 0, &mut derived.bases).iter().filter(|base| **base != component)
                {
                    derived.of_base.entry(*base).or_default().push(component);
                }
            }
            derived
        })
    }

    /// Returns the schemas with a discriminator in a schema's `allOf`, also indirectly.
    fn bases(
        &self,
        schema: SchemaId,
        depth: usize,
        known: &mut HashMap<SchemaId, Rc<[SchemaId]>>,
    ) -> Rc<[SchemaId]> {
        if let Some(known) = known.get(&schema) {
            return known.clone();
        }
        if depth > limits::INHERITANCE_DEPTH {
            self.refuse(Exceeded::Depth, schema);
        }
        // Ends a cycle of schemas that inherit from themselves.
        known.insert(schema, Rc::new([]));
        let mut bases = Vec::new();
        let members = self.node(schema).map(|node| node.all_of.clone()).unwrap_or_default();
        for member in members.into_iter().filter_map(|member| self.resolve(member)) {
            if self.is_refused() {
                break;
            }
            let own = self.tag(member).map(|_| member);
            for base in own.into_iter().chain(self.bases(member, depth + 1, known).iter().copied()) {
                if !bases.contains(&base) {
                    bases.push(base);
                }
            }
        }
        let bases: Rc<[SchemaId]> = bases.into();
        self.grow(bases.len(), schema);
        known.insert(schema, bases.clone());
        bases
    }

    /// Returns the schemas that inherit from a schema with a discriminator: those of its mapping
    /// first, in mapping order.
    pub(in crate::lower) fn derived_from(&self, base: SchemaId) -> Vec<SchemaId> {
        if self.tag(base).is_none() {
            return Vec::new();
        }
        let mapped = self.mapping(base).into_iter().map(|(_, target)| target);
        let mut seen = HashSet::from([base]);
        let otherwise = self.default_mapping(base);
        mapped.chain(self.components_of(base)).chain(otherwise).filter(|one| seen.insert(*one)).collect()
    }

    /// Returns the components that inherit from a schema with a discriminator.
    fn components_of(&self, base: SchemaId) -> impl Iterator<Item = SchemaId> {
        self.derived().of_base.get(&base).into_iter().flatten().copied()
    }

    /// Returns the schemas with a discriminator that a component inherits from.
    pub(super) fn bases_of(&self, component: SchemaId) -> Rc<[SchemaId]> {
        self.derived().bases.get(&component).cloned().unwrap_or_else(|| Rc::new([]))
    }

    /// Returns the discriminator property of a schema (OpenAPI 3.0.3 §4.7.25).
    pub(in crate::lower) fn tag(&self, id: SchemaId) -> Option<&str> {
        self.get(id, "discriminator")?.get("propertyName")?.as_str()
    }

    /// Returns the targets of a discriminator's mapping, following references, then the schemas that
    /// name their own value (`x-ms-discriminator-value`). A name without `/` is a component. Targets
    /// that do not exist are omitted.
    pub(in crate::lower) fn mapping(&self, id: SchemaId) -> Vec<(String, SchemaId)> {
        let mut entries = self.mapping_entries(id);
        let mut known: HashSet<&str> = entries.iter().map(|(value, _)| *value).collect();
        if self.tag(id).is_some() {
            for schema in std::iter::once(id).chain(self.components_of(id)) {
                let value = self.get(schema, VALUE).and_then(Value::as_str);
                entries.extend(value.filter(|value| known.insert(value)).map(|value| (value, Some(schema))));
            }
        }
        entries.into_iter().filter_map(|(value, target)| Some((value.to_owned(), target?))).collect()
    }

    /// Returns the mapping of a schema's discriminator: for each target, its values.
    pub(super) fn tags(&self, id: SchemaId) -> Rc<HashMap<SchemaId, Vec<String>>> {
        let slot = self.slot(id);
        let tags = || {
            let mut tags: HashMap<SchemaId, Vec<String>> = HashMap::new();
            for (value, target) in self.mapping(id) {
                tags.entry(target).or_default().push(value);
            }
            Rc::new(tags)
        };
        slot.tags.get_or_init(tags).clone()
    }

    /// Returns the values by which the nearest base of a schema names it in its mapping, if the
    /// base has the same discriminator property.
    pub(super) fn inherited_tags(&self, id: SchemaId, key: &str) -> Option<Vec<String>> {
        let bases = self.bases_of(id);
        let mut same = bases.iter().filter(|base| self.tag(**base) == Some(key));
        same.find_map(|base| self.tags(*base).get(&id).cloned())
    }

    /// Returns the values of a discriminator's mapping, each with its schema if it exists.
    pub(in crate::lower) fn mapping_entries(&self, id: SchemaId) -> Vec<(&str, Option<SchemaId>)> {
        let mapping = self.get(id, "discriminator").and_then(|discriminator| discriminator.get("mapping"));
        let entries = mapping.and_then(Value::as_object).into_iter().flatten();
        entries.map(|(value, schema)| (value.as_str(), self.mapped(schema))).collect()
    }

    /// Returns the schema in `defaultMapping` of a discriminator, if it exists. It applies to
    /// objects without a known discriminator value (OpenAPI 3.2.0 §4.25).
    pub(in crate::lower) fn default_mapping(&self, id: SchemaId) -> Option<SchemaId> {
        self.mapped(self.get(id, "discriminator")?.get("defaultMapping")?)
    }

    fn mapped(&self, target: &Value) -> Option<SchemaId> {
        let target = target.as_str()?;
        let pointer = match target.strip_prefix('#') {
            Some(fragment) => Pointer::from_fragment(fragment)?,
            None => Pointer::of(&["components", "schemas", target]),
        };
        self.resolve(self.at(&pointer))
    }
}
