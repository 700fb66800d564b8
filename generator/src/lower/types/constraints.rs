//! Reads the validation keywords of a schema.

use serde_json::{Map, Value};

use super::super::Lower;
use super::super::schema::{SchemaId, View};
use crate::diagnostic::Code;
use crate::ir::{Bound, Constraints, Kinds, Pattern};
use crate::pointer::Pointer;

impl<'a> Lower<'a> {
    /// Returns the constraints of a schema and of its `allOf`. Constraints of items are added when
    /// items are lowered.
    pub(super) fn constraints(&mut self, schema: SchemaId) -> Constraints {
        match self.schemas.view(schema) {
            Some(view) => self.constraints_of(&view),
            None => self.stated(schema),
        }
    }

    /// Returns the constraints of the schema at a pointer, or of its `$ref` target. There are none
    /// if the document has nothing there.
    pub(in super::super) fn constraints_at(&mut self, pointer: &Pointer) -> Constraints {
        if self.document.get(pointer).is_none() {
            return Constraints::default();
        }
        let schema = self.schemas.at(pointer);
        self.schemas.resolve(schema).map_or_else(Constraints::default, |target| self.constraints(target))
    }

    /// Returns the constraints of all schemas of a view.
    pub(super) fn constraints_of(&mut self, view: &View<'a>) -> Constraints {
        let mut all = Constraints::default();
        for node in &view.nodes {
            all = all.and(self.stated(node.id));
        }
        all.open_enum = self.schemas.is_open_enum(view);
        // Constraints of items do not apply to values that are no lists.
        match view.kind() {
            None | Some("array") => all,
            Some(_) => Constraints { unique_items: false, ..all },
        }
    }

    /// Returns the JSON kinds of the dropped variants: those that are not in `kept`. For values of
    /// such a kind, the constraints of a kept variant need not hold, because a dropped variant may
    /// allow more.
    pub(super) fn kinds_left(&self, view: &View<'a>, kept: &[SchemaId]) -> Kinds {
        let kept: std::collections::HashSet<&SchemaId> = kept.iter().collect();
        let lists = view.nodes.iter().flat_map(|node| [&node.one_of, &node.any_of]);
        let left = lists.flat_map(|list| self.schemas.targets(list)).filter(|other| !kept.contains(other));
        left.filter(|other| !self.schemas.node(*other).is_some_and(|node| node.is_bare()))
            .fold(Kinds::default(), |kinds, other| kinds.and(self.schemas.kinds(other)))
    }

    /// Returns the schema's own constraints.
    fn stated(&mut self, schema: SchemaId) -> Constraints {
        let Some(object) = self.schemas.object(schema) else { return Constraints::default() };
        let mut constraints = constraints(object);
        for pattern in &mut constraints.patterns {
            pattern.is_supported = self.is_supported(&pattern.text, schema);
        }
        constraints
    }

    /// Returns true if `validate()` can compile the pattern of a schema. Reports a pattern that it
    /// cannot compile, once for each schema.
    fn is_supported(&mut self, pattern: &str, schema: SchemaId) -> bool {
        let Some(problem) = self.patterns.problem(pattern) else { return true };
        if self.refused.insert(schema) {
            let message = format!("the pattern `{pattern}` can't be compiled: {problem}");
            let pointer = self.schemas.pointer(schema).child("pattern");
            self.warn(Code::UnsupportedPattern, &pointer, message, "it is documented, but not checked");
        }
        false
    }
}

/// Reads the validation keywords of a schema. Numbers keep all their digits.
fn constraints(schema: &Map<String, Value>) -> Constraints {
    let count = |value: &Value| value.as_u64().and_then(|count| usize::try_from(count).ok());
    let flag = |value: &Value| value.as_bool().unwrap_or(false);
    let number = |value: &Value| match value {
        Value::Number(number) => Some(number.clone()),
        _ => None,
    };
    let bound = |value: &Value| number(value).map(|number| Bound { number, exclusive: false });
    let pattern = |text: &str| Pattern { text: text.to_owned(), is_supported: false };
    let mut found = Constraints::default();
    let (mut above, mut below) = (false, false);
    for (key, value) in schema {
        match key.as_str() {
            "minLength" => found.min_length = count(value),
            "maxLength" => found.max_length = count(value),
            "pattern" => found.patterns = value.as_str().map(pattern).into_iter().collect(),
            "minimum" => found.minimum = bound(value),
            "maximum" => found.maximum = bound(value),
            "exclusiveMinimum" => above = flag(value),
            "exclusiveMaximum" => below = flag(value),
            "multipleOf" => found.multiple_of = number(value).into_iter().collect(),
            "minItems" => found.min_items = count(value),
            "maxItems" => found.max_items = count(value),
            "uniqueItems" => found.unique_items = flag(value),
            "minProperties" => found.min_properties = count(value),
            "maxProperties" => found.max_properties = count(value),
            _ => {}
        }
    }
    found.minimum.iter_mut().for_each(|bound| bound.exclusive = above);
    found.maximum.iter_mut().for_each(|bound| bound.exclusive = below);
    found
}
