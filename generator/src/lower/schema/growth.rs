//! How much types hold beyond what is written: inherited properties, and the variants of inherited unions.
//!
//! The output grows with them, and faster than the document. So they are counted and limited.

use std::cell::Cell;

use serde_json::Value;

use super::{SchemaId, Schemas};
use crate::limits::{EXPANSION_BASE, EXPANSION_FACTOR, INHERITANCE_DEPTH};

/// The inherited properties and variants so far, and how many there may be.
#[derive(Debug, Default)]
pub(super) struct Growth {
    used: Cell<usize>,
    limit: usize,
    exceeded: Cell<Option<(Exceeded, SchemaId)>>,
}

/// A limit that a document exceeds.
#[derive(Clone, Copy, Debug)]
pub(in crate::lower) enum Exceeded {
    Depth,
    Expansion(usize),
}

impl Exceeded {
    /// Returns what is wrong, and why that is refused.
    pub(in crate::lower) fn words(self) -> (String, &'static str) {
        match self {
            Self::Depth => (
                format!("`allOf` leads through more than {INHERITANCE_DEPTH} levels of schemas"),
                "nothing is generated: each level inherits the properties of all others",
            ),
            Self::Expansion(limit) => (
                format!("the document has more than {limit} inherited properties and variants"),
                "nothing is generated: a document of this size may have no more",
            ),
        }
    }
}

impl Growth {
    /// Returns the growth that a document may have.
    pub(super) fn of(document: &Value) -> Self {
        let (mut nodes, mut open) = (0_usize, vec![document]);
        while let Some(value) = open.pop() {
            nodes += 1;
            match value {
                Value::Array(items) => open.extend(items),
                Value::Object(members) => open.extend(members.values()),
                _ => {}
            }
        }
        let limit = nodes.saturating_mul(EXPANSION_FACTOR).saturating_add(EXPANSION_BASE);
        Self { limit, ..Self::default() }
    }
}

impl Schemas<'_> {
    /// Counts what types hold beyond what is written. Returns false, from then on always, if that is too much.
    pub(in crate::lower) fn grow(&self, by: usize, schema: SchemaId) -> bool {
        let used = self.growth.used.get().saturating_add(by);
        self.growth.used.set(used);
        if used > self.growth.limit {
            self.refuse(Exceeded::Expansion(self.growth.limit), schema);
        }
        !self.is_refused()
    }

    /// Refuses the document for a limit that is exceeded at a schema.
    pub(super) fn refuse(&self, exceeded: Exceeded, schema: SchemaId) {
        if !self.is_refused() {
            self.growth.exceeded.set(Some((exceeded, schema)));
        }
    }

    /// Returns true if a limit was exceeded: the document is refused, and no more work is done on it.
    pub(in crate::lower) fn is_refused(&self) -> bool {
        self.growth.exceeded.get().is_some()
    }

    /// Returns the limit that was exceeded, and where.
    pub(in crate::lower) fn exceeded(&self) -> Option<(Exceeded, SchemaId)> {
        self.growth.exceeded.get()
    }
}

#[cfg(test)]
mod tests {
    use super::{EXPANSION_BASE, EXPANSION_FACTOR, Growth};

    #[test]
    fn growth_follows_the_documents_size() {
        let list = serde_json::json!(vec![0; 9_999]);
        assert_eq!(Growth::of(&list).limit, 10_000 * EXPANSION_FACTOR + EXPANSION_BASE);
    }
}
