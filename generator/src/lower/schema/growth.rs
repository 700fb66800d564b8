//! Limits the growth of the output: inherited properties, and variants of inherited unions.
//!
//! Their number can grow faster than the document, so they are counted and limited.

use std::cell::Cell;

use serde_json::Value;

use super::{SchemaId, Schemas};
use crate::limits::{EXPANSION_BASE, EXPANSION_FACTOR, INHERITANCE_DEPTH};

/// The number of inherited properties and variants so far, and their limit.
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
    /// Returns the problem, and the reason for the limit.
    pub(in crate::lower) fn words(self) -> (String, &'static str) {
        match self {
            Self::Depth => (
                format!("`allOf` nests more than {INHERITANCE_DEPTH} levels of schemas"),
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
    /// Returns the limit for a document.
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
    /// Adds to the count. Returns false if this call or an earlier one exceeded the limit.
    pub(in crate::lower) fn grow(&self, by: usize, schema: SchemaId) -> bool {
        let used = self.growth.used.get().saturating_add(by);
        self.growth.used.set(used);
        if used > self.growth.limit {
            self.refuse(Exceeded::Expansion(self.growth.limit), schema);
        }
        !self.is_refused()
    }

    /// Refuses the document, because a schema exceeds a limit.
    pub(super) fn refuse(&self, exceeded: Exceeded, schema: SchemaId) {
        if !self.is_refused() {
            self.growth.exceeded.set(Some((exceeded, schema)));
        }
    }

    /// Returns true if a limit was exceeded. The document is then refused, and no more work is
    /// done.
    pub(in crate::lower) fn is_refused(&self) -> bool {
        self.growth.exceeded.get().is_some()
    }

    /// Returns the exceeded limit, and the schema.
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
