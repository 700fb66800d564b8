//! A schema node's validation keywords in, [`Constraints`] out.

use serde_json::{Map, Number, Value};

use super::Lower;
use super::view::View;
use crate::diagnostic::Code;
use crate::ir::{Bound, Constraints, Pattern};
use crate::pointer::Pointer;

impl Lower<'_> {
    /// The constraints of the schema at `pointer`, with those that its `allOf` brings; those of its items are added where
    /// items are lowered.
    pub(super) fn constraints(&mut self, pointer: &Pointer) -> Constraints {
        match self.view(pointer) {
            Some(view) => self.constraints_of(&view),
            None => self.stated(pointer),
        }
    }

    /// The constraints of all the schemas of a view.
    pub(super) fn constraints_of(&mut self, view: &View) -> Constraints {
        let all = view.nodes.iter().map(|node| self.stated(&node.pointer));
        all.fold(Constraints::default(), Constraints::and)
    }

    /// Whether the variant at `pointer` is the only one, of all that a view lists, for values of its kinds: not where
    /// others, which are not among those `kept`, would have allowed what its constraints don't.
    pub(super) fn is_alone(&self, view: &View, kept: &[Pointer], pointer: &Pointer) -> bool {
        let lists = view.nodes.iter().flat_map(|node| [&node.keywords.one_of, &node.keywords.any_of]);
        let mut left = lists.flat_map(|list| self.targets(list)).filter(|other| !kept.contains(other));
        !left.any(|other| self.kinds(&other).meets(self.kinds(pointer)))
    }

    /// The constraints that the schema at `pointer` states itself.
    fn stated(&mut self, pointer: &Pointer) -> Constraints {
        let Some(Value::Object(schema)) = self.document.get(pointer) else { return Constraints::default() };
        let mut constraints = constraints(schema);
        for pattern in &mut constraints.patterns {
            let pointer = pointer.child("pattern");
            pattern.is_supported = match self.patterns.get(&pointer) {
                Some(is_supported) => *is_supported,
                None => self.is_supported(&pattern.text, &pointer),
            };
        }
        constraints
    }

    /// Whether `validate()` can compile the pattern that stands at `pointer`; where it can't, that is told.
    fn is_supported(&mut self, pattern: &str, pointer: &Pointer) -> bool {
        let problem = match jsonschema_regex::to_rust_regex(pattern) {
            Ok(pattern) => fancy_regex::Regex::new(&pattern).err().map(|error| error.to_string()),
            Err(()) => Some("it is no regular expression of ECMA-262, or uses a rare part of it".to_owned()),
        };
        self.patterns.insert(pointer.clone(), problem.is_none());
        if let Some(problem) = &problem {
            let problem = problem.lines().last().unwrap_or_default();
            let problem = problem.strip_prefix("error: ").unwrap_or(problem);
            let message = format!("the pattern `{pattern}` can't be compiled: {problem}");
            self.warn(Code::UnsupportedPattern, pointer, message, "it stands in rustdoc, and is not checked");
        }
        problem.is_none()
    }
}

/// Read from the tree, because `openapiv3` holds bounds as floats, which round those beyond 2⁵³.
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
