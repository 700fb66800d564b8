//! Reads the validation keywords of a schema.

use serde_json::{Map, Number, Value};

use super::super::Lower;
use super::super::schema::{SchemaId, View};
use crate::diagnostic::Code;
use crate::ir::{Bound, Constraints, Kinds, Pattern};
use crate::limits::PATTERN_BYTES;
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
        // Constraints of items do not apply to values that are no lists.
        match view.kind() {
            None | Some("array") => all,
            Some(_) => Constraints { unique_items: false, ..all },
        }
    }

    /// Returns the JSON kinds of the variants that are not among those `kept`. The constraints of a
    /// kept variant of such a kind do not hold for all values: a dropped variant may allow more.
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
            pattern.is_supported = match self.patterns.get(&schema) {
                Some(is_supported) => *is_supported,
                None => self.is_supported(&pattern.text, schema),
            };
        }
        constraints
    }

    /// Returns true if `validate()` can compile the pattern of a schema. Reports a pattern that it
    /// cannot compile.
    fn is_supported(&mut self, pattern: &str, schema: SchemaId) -> bool {
        let problem = match jsonschema_regex::to_rust_regex(pattern) {
            _ if pattern.len() > PATTERN_BYTES => Some(format!("it has more than {PATTERN_BYTES} bytes")),
            Ok(pattern) => fancy_regex::Regex::new(&pattern).err().map(|error| error.to_string()),
            Err(()) => Some("it is no regular expression of ECMA-262, or uses a rare part of it".to_owned()),
        };
        self.patterns.insert(schema, problem.is_none());
        if let Some(problem) = &problem {
            let problem = problem.lines().last().unwrap_or_default();
            let problem = problem.strip_prefix("error: ").unwrap_or(problem);
            let message = format!("the pattern `{pattern}` can't be compiled: {problem}");
            let pointer = self.schemas.pointer(schema).child("pattern");
            self.warn(Code::UnsupportedPattern, &pointer, message, "it is documented, but not checked");
        }
        problem.is_none()
    }
}
/// Reads the validation keywords of a schema. Numbers keep all their digits.
fn constraints(schema: &Map<String, Value>) -> Constraints {
    let count =
        |key: &str| schema.get(key).and_then(Value::as_u64).and_then(|count| usize::try_from(count).ok());
    let number = |key: &str| match schema.get(key) {
        Some(Value::Number(number)) => Some(number.clone()),
        _ => None,
    };
    let flag = |key: &str| schema.get(key).and_then(Value::as_bool).unwrap_or(false);
    let bound = |key: &str, exclusive: &str| {
        let exclusive = flag(exclusive);
        number(key).map(|number: Number| Bound { number, exclusive })
    };
    let pattern = |text: &str| Pattern { text: text.to_owned(), is_supported: false };
    Constraints {
        min_length: count("minLength"),
        max_length: count("maxLength"),
        patterns: schema.get("pattern").and_then(Value::as_str).map(pattern).into_iter().collect(),
        minimum: bound("minimum", "exclusiveMinimum"),
        maximum: bound("maximum", "exclusiveMaximum"),
        multiple_of: number("multipleOf").into_iter().collect(),
        min_items: count("minItems"),
        max_items: count("maxItems"),
        unique_items: flag("uniqueItems"),
        min_properties: count("minProperties"),
        max_properties: count("maxProperties"),
        items: None,
    }
}
