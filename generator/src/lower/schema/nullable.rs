//! Determines which schemas allow null.

use serde_json::Value;

use super::{SchemaId, Schemas};

impl Schemas<'_> {
    /// Returns true if a schema allows null: by itself, by one of its variants, by its `$ref`
    /// target, or by a part of its `allOf` without a type.
    pub(in crate::lower) fn is_nullable(&self, id: SchemaId) -> bool {
        if let Some(known) = self.slot(id).nullable.get() {
            return known;
        }
        // The schemas to check, each with the one that led to it.
        let mut asked = vec![(id, None)];
        let mut seen = std::collections::HashSet::from([id]);
        let mut next = 0;
        while let Some((here, _)) = asked.get(next).copied() {
            if self.slot(here).nullable.get().unwrap_or_else(|| self.says_null(here)) {
                let mut found = Some(next);
                while let Some((schema, from)) = found.and_then(|index| asked.get(index).copied()) {
                    self.slot(schema).nullable.set(Some(true));
                    found = from;
                }
                return true;
            }
            if self.slot(here).nullable.get().is_none() {
                let inner = self.null_sources(here).into_iter().filter(|inner| seen.insert(*inner));
                asked.extend(inner.map(|inner| (inner, Some(next))));
            }
            next += 1;
        }
        for (schema, _) in asked {
            self.slot(schema).nullable.set(Some(false));
        }
        false
    }

    fn says_null(&self, id: SchemaId) -> bool {
        let Some(object) = self.object(id) else { return false };
        let lists_null =
            |values: &Value| values.as_array().is_some_and(|values| values.contains(&Value::Null));
        object.get("nullable") == Some(&Value::Bool(true)) || object.get("enum").is_some_and(lists_null)
    }

    /// Returns the schemas that make this one nullable if they allow null.
    fn null_sources(&self, id: SchemaId) -> Vec<SchemaId> {
        let Some(node) = self.node(id) else { return Vec::new() };
        let mut sources = [node.one_of.as_slice(), &node.any_of].concat();
        let adds_null = |part: &SchemaId| self.node(*part).is_some_and(|node| node.is_bare());
        sources.extend(node.all_of.iter().copied().filter(adds_null));
        if node.object.contains_key("$ref") {
            sources.extend(self.resolve(id));
        }
        sources
    }
}
