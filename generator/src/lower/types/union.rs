//! Lowers unions: a type for each variant, and how to distinguish the variants.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use super::super::Lower;
use super::super::schema::{Form, SchemaId, View, is_whole, listed_numbers, text};
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::{Choice, Constraints, Kinds, Scalar, Shape, Test, TypeRef, Union, Variant};

impl<'a> Lower<'a> {
    /// Returns the union of the variants that a schema lists or that inherit from it.
    pub(super) fn union(&mut self, list: SchemaId) -> Shape {
        let pointers = self.schemas.variants(list).to_vec();
        self.report_mapping(list);
        let (mut variants, kept) = self.variants(pointers);
        if let Some(view) = self.schemas.view(list) {
            let own = self.constraints_of(&view);
            let left = self.kinds_left(&view, &kept);
            for (variant, schema) in variants.iter_mut().zip(&kept) {
                if left.meets(self.schemas.kinds(*schema)) {
                    variant.constraints = Constraints::default();
                }
                variant.constraints = own.clone().and(std::mem::take(&mut variant.constraints));
            }
        }
        let (choice, is_decided) = self.schemas.choice(list, &kept);
        if !is_decided {
            let key = if self.schemas.get(list, "oneOf").is_some() { "oneOf" } else { "anyOf" };
            self.report_undecided(self.schemas.child(list, key));
        }
        self.write_tags(&mut variants, &kept, &choice, Some(list));
        Shape::Union(Union { variants, choice })
    }

    /// Returns the union of several schemas that are in no list.
    pub(super) fn union_of_several(&mut self, schemas: &[SchemaId]) -> Shape {
        let (mut variants, kept) = self.variants(schemas.to_vec());
        let (choice, is_decided) = match kept.first() {
            // The first schema's discriminator does not apply to the others.
            Some(_) => self.schemas.choice_of(&kept),
            None => (Choice::Tests(Vec::new()), true),
        };
        if let Some(first) = schemas.first().filter(|_| !is_decided) {
            self.report_undecided(*first);
        }
        self.write_tags(&mut variants, &kept, &choice, None);
        Shape::Union(Union { variants, choice })
    }

    /// Returns a variant for each schema with a new type, the more specific ones first.
    fn variants(&mut self, mut schemas: Vec<SchemaId>) -> (Vec<Variant>, Vec<SchemaId>) {
        schemas.sort_by_cached_key(|schema| self.schemas.facts(*schema).precision);
        let (mut variants, mut kept, mut seen) = (Vec::new(), Vec::new(), HashSet::new());
        for schema in schemas {
            let lowered = self.schema(schema);
            if !seen.insert(lowered.shape.clone()) {
                continue;
            }
            kept.push(schema);
            let words = self.variant_words(schema, &lowered.shape);
            let pointer = self.schemas.pointer(schema);
            let (shape, constraints) = (lowered.shape, lowered.constraints);
            variants.push(Variant { pointer, shape, constraints, words, written_tag: None });
        }
        (variants, kept)
    }

    /// Sets the property and value that only a variant has, so that every value that is sent
    /// includes it. `list` is the schema of the union's discriminator.
    fn write_tags(
        &self,
        variants: &mut [Variant],
        kept: &[SchemaId],
        choice: &Choice,
        list: Option<SchemaId>,
    ) {
        let tag = list.and_then(|list| self.schemas.tag(list));
        // A base with values of its own also declares the property. Its variant decides the value.
        let is_of_base = list.is_some_and(|list| self.schemas.has_own_values(list));
        for (index, variant) in variants.iter_mut().enumerate() {
            let (key, texts) = match choice {
                Choice::Tag { key, values, .. } => (Some(key), values.get(index)),
                Choice::Tests(tests) => match tests.get(index).and_then(|test| test.member.as_ref()) {
                    Some((path, texts)) => (path.first().filter(|_| path.len() == 1), Some(texts)),
                    None => (None, None),
                },
            };
            let (Some(key), Some([first, more @ ..])) = (key, texts.map(Vec::as_slice)) else { continue };
            // If one variant has several values, the caller chooses.
            if !more.is_empty() && tag != Some(key) {
                continue;
            }
            let facts = kept.get(index).map(|schema| self.schemas.facts(*schema));
            let values = facts.as_ref().and_then(|facts| facts.values_of(key)).unwrap_or_default();
            let is_listed = values.len() == 1 && values.iter().all(|value| text(value) == *first);
            let is_required = facts.as_ref().is_some_and(|facts| facts.required.contains(key));
            // A boolean's type holds the other value too.
            let is_own_type = values.iter().all(|value| !value.is_boolean());
            let holds_tag = facts.as_ref().is_some_and(|facts| facts.known.contains(key));
            // A required constant is written by its own type. If there are several values, the
            // caller chooses.
            if !is_of_base && is_listed && is_required && is_own_type || !more.is_empty() && holds_tag {
                continue;
            }
            let value = values.iter().find(|value| text(value) == *first).cloned();
            let kinds = kept.get(index).and_then(|schema| self.schemas.kinds_of_property(*schema, key));
            let value = value.or_else(|| of_kinds(first, kinds?));
            variant.written_tag = Some((key.clone(), value.unwrap_or_else(|| Value::from(first.as_str()))));
        }
    }

    /// Returns a union of the scalars for listed values of several kinds.
    pub(super) fn mixed(&mut self, view: &View<'a>) -> Shape {
        type Row = (fn(&Value) -> bool, Scalar, Kinds, &'static str);
        const KINDS: [Row; 4] = [
            (Value::is_string, Scalar::String, Kinds::STRING, "string"),
            (Value::is_boolean, Scalar::Bool, Kinds::BOOL, "boolean"),
            (is_whole, Scalar::I64, Kinds::INTEGER, "integer"),
            (|value| value.is_number() && !is_whole(value), Scalar::F64, Kinds::FRACTION, "number"),
        ];
        let node = view.last(|node| !node.enumeration.is_empty());
        let values = node.map(|node| node.enumeration);
        let whole = node.map(listed_numbers).unwrap_or_default();
        let (mut variants, mut tests) = (Vec::new(), Vec::new());
        for (is, scalar, kinds, words) in KINDS {
            if values.unwrap_or_default().iter().any(is) {
                variants.push(Variant {
                    pointer: self.schemas.pointer(view.id).child("enum"),
                    shape: TypeRef::Scalar(scalar.holding(&whole)),
                    constraints: Constraints::default(),
                    words: words.to_owned(),
                    written_tag: None,
                });
                tests.push(Test { kinds, ..Test::default() });
            }
        }
        Shape::Union(Union { variants, choice: Choice::Tests(tests) })
    }

    /// Returns the words for a variant whose type has no name.
    fn variant_words(&self, schema: SchemaId, shape: &TypeRef) -> String {
        match shape {
            TypeRef::Named(id) => {
                let named = self.api.get(*id).map(|known| self.schemas.at(&known.pointer));
                self.variant_word(named.unwrap_or(schema))
            }
            TypeRef::List(inner) => {
                format!("{} list", self.variant_words(schema, inner)).replace("list list", "lists")
            }
            TypeRef::Map(_) => "map".to_owned(),
            TypeRef::Tuple(_) => "tuple".to_owned(),
            TypeRef::Nullable(inner) => self.variant_words(schema, inner),
            TypeRef::Any(_) => "any".to_owned(),
            TypeRef::Scalar(scalar) => scalar.word().to_owned(),
        }
    }

    /// Returns the words for a schema among variants: its title, the text that only it has, or its
    /// kind.
    pub(super) fn variant_word(&self, schema: SchemaId) -> String {
        let pointer = self.schemas.pointer(schema);
        if let Some((parent, key)) = pointer.split_last()
            && parent.as_str() == "/components/schemas"
        {
            return key.rsplit('.').find(|segment| !segment.is_empty()).unwrap_or(&key).to_owned();
        }
        let title = self.schemas.get(schema, "title").and_then(Value::as_str);
        let is_name = |title: &&str| title.chars().any(char::is_alphanumeric) && title.len() < 40;
        if let Some(title) = title.filter(is_name) {
            return title.to_owned();
        }
        if let Some(text) = self.own_text(schema) {
            return text;
        }
        if let Some(key) = self.own_property(schema) {
            return key;
        }
        match self.schemas.view(schema).map(|view| view.form.clone()) {
            Some(Form::Enum(_)) => "value".to_owned(),
            Some(Form::Union(_) | Form::Mixed) => "choice".to_owned(),
            Some(Form::List | Form::Tuple) => "list".to_owned(),
            Some(Form::Map) => "map".to_owned(),
            _ => "object".to_owned(),
        }
    }

    /// Returns the constant text of a variant's property. Of several such properties, takes the one
    /// whose text the fewest other variants share, then the first by key.
    fn own_text(&self, schema: SchemaId) -> Option<String> {
        let mut own = self.schemas.single_texts(schema);
        own.retain(|(_, text)| text.chars().any(char::is_alphanumeric));
        if own.len() > 1 {
            let pointer = self.schemas.pointer(schema);
            let list = pointer.split_last().and_then(|(list, _)| Some(list.split_last()?.0));
            let counts = list.map(|list| self.schemas.text_counts(self.schemas.at(&list)));
            own.sort_by_cached_key(|one| {
                let count = counts.as_ref().and_then(|counts| counts.get(one).copied());
                (count.unwrap_or_default(), one.0.clone())
            });
        }
        own.into_iter().next().map(|(_, text)| text)
    }

    /// Returns the property that a variant requires and no other variant of its list requires. Of
    /// several, takes one that no other declares, then the first in `required`. Otherwise returns
    /// the only property, if no other variant declares it.
    fn own_property(&self, schema: SchemaId) -> Option<String> {
        let list = self.schemas.pointer(schema).split_last()?.0.split_last()?.0;
        let list = self.schemas.at(&list);
        if self.schemas.variants(list).len() < 2 {
            return None;
        }
        let counts = self.schemas.property_counts(list);
        let facts = self.schemas.facts(schema);
        let count =
            |counts: &HashMap<String, usize>, key: &String| counts.get(key).copied().unwrap_or_default();
        let is_own =
            |key: &&String| count(&counts.required, key) == 1 && key.chars().any(char::is_alphanumeric);
        let required = facts.required.iter().filter(is_own).min_by_key(|key| count(&counts.known, key));
        let only = match facts.known.as_slice() {
            [only] if count(&counts.known, only) == 1 => Some(only),
            _ => None,
        };
        required.or(only).cloned()
    }

    fn report_undecided(&mut self, list: SchemaId) {
        let message = "these variants can't always be distinguished";
        let note = "the first that matches is used; for objects, the one that declares most of the members";
        self.warn_at(Code::Undecided, list, message, note);
    }

    /// Reports discriminator values without a schema.
    fn report_mapping(&mut self, list: SchemaId) {
        let entries = self.schemas.mapping_entries(list);
        let dangling: Vec<String> = entries
            .into_iter()
            .filter(|(_, target)| target.is_none())
            .map(|(value, _)| value.to_owned())
            .collect();
        for value in dangling {
            let pointer = self.schemas.pointer(list).child("discriminator").child("mapping").child(&value);
            let message = format!("the discriminator maps `{value}` to a schema that does not exist");
            let place = self.place(&pointer);
            let note = "a value with this tag is kept as JSON";
            self.push(Diagnostic::new(Code::Discriminator, message, place).note(note));
        }
        let default = self.schemas.pointer(list).child("discriminator").child("defaultMapping");
        let target = self.schemas.default_mapping(list);
        let is_variant = target.is_some_and(|target| self.schemas.variants(list).contains(&target));
        if self.document.get(&default).is_some() && !is_variant {
            let message = "`defaultMapping` leads to a schema that is not a variant";
            let note = "a value whose tag names no variant is kept as JSON";
            self.warn(Code::Discriminator, &default, message, note);
        }
    }
}

/// Returns the integer or boolean that a tag's text means, or `None` if the property may be a
/// string.
fn of_kinds(text: &str, kinds: Kinds) -> Option<Value> {
    if kinds.meets(Kinds::STRING) {
        return None;
    }
    let integer = || text.parse::<i64>().ok().filter(|_| kinds.meets(Kinds::INTEGER)).map(Value::from);
    let flag = || text.parse::<bool>().ok().filter(|_| kinds.meets(Kinds::BOOL)).map(Value::from);
    integer().or_else(flag)
}
