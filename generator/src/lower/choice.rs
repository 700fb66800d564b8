//! Choices: a union's variants in, how it is told at run time which one a value is of out.
//!
//! By discriminator, else by JSON kind, a member with values of its own, or required members, for all variants or for
//! one; what these don't decide is decided by how many of a value's members a variant knows, and told.

use serde_json::Value;

use super::Lower;
use super::form::Form;
use crate::diagnostic::Code;
use crate::ir::{Base, Choice, Kinds, Scalar, Test};
use crate::pointer::Pointer;

/// What is known of all values of a schema.
#[derive(Clone, Debug, Default)]
pub(super) struct Facts {
    kinds: Kinds,
    /// Of strings: the values that are listed.
    values: Vec<String>,
    /// Of objects: the members that are declared.
    pub(super) known: Vec<String>,
    required: Vec<String>,
    /// The members whose values are listed strings, with these.
    pub(super) texts: Vec<(String, Vec<String>)>,
    /// How special it is among values of its kind: what is listed or declared, what has a format, any, any JSON.
    pub(super) rank: u8,
}

/// Schemas within each other that are looked into.
const DEEPEST: usize = 8;

impl Lower<'_> {
    /// How the variants that the schema at `list` lists are told apart.
    pub(super) fn choice(&mut self, list: &Pointer, variants: &[Pointer]) -> Choice {
        let facts: Vec<Facts> = variants.iter().map(|variant| self.facts(variant)).collect();
        let all_objects = facts.iter().all(|facts| facts.kinds == Kinds::OBJECT);
        if let Some(key) = self.tag(list).map(str::to_owned).filter(|_| all_objects) {
            let values = self.tags(list, &key, variants, &facts);
            return Choice::Tag { key, values };
        }
        let mut tests: Vec<Test> =
            facts.iter().map(|facts| Test { kinds: facts.kinds, ..Test::default() }).collect();
        let objects = indexes(&facts, |facts| !facts.known.is_empty());
        let mut undecided = self.tell_objects(&facts, &objects, &mut tests);
        let strings = indexes(&facts, |facts| facts.kinds.meets(Kinds::STRING));
        if strings.len() > 1 {
            for (test, facts) in tests.iter_mut().zip(&facts) {
                test.texts.clone_from(&facts.values);
            }
            undecided |=
                strings.iter().filter_map(|index| facts.get(*index)).filter(|one| one.rank == 3).count() > 1;
        }
        undecided |= indexes(&facts, |facts| facts.kinds.meets(Kinds::ARRAY)).len() > 1;
        if undecided {
            let pointer = list.child("oneOf");
            let pointer = if self.document.get(&pointer).is_some() { pointer } else { list.child("anyOf") };
            let message = "nothing tells all of these variants apart";
            let note = "the first that fits is taken, of objects the one that knows most of the members";
            self.warn(Code::Undecided, &pointer, message, note);
        }
        Choice::Tests(tests)
    }

    /// The values of the tag that stand for each variant: those of the mapping, else those that the variant itself
    /// lists, else its name.
    fn tags(&mut self, list: &Pointer, key: &str, variants: &[Pointer], facts: &[Facts]) -> Vec<Vec<String>> {
        let mut mapping = self.mapping(list);
        if mapping.is_empty() {
            mapping = self.inherited_mapping(list);
        }
        for (value, _) in mapping.iter().filter(|(_, target)| !variants.contains(target)) {
            self.report_unlisted(list, value);
        }
        let mut all = Vec::new();
        for (variant, facts) in variants.iter().zip(facts) {
            let mut values: Vec<String> = mapping
                .iter()
                .filter(|(_, target)| target == variant)
                .map(|(value, _)| value.clone())
                .collect();
            if values.is_empty() {
                let own = facts.texts.iter().find(|(known, _)| known == key);
                values = own.map(|(_, texts)| texts.clone()).unwrap_or_default();
            }
            if values.is_empty() {
                values.push(variant.last());
            }
            all.push(values);
        }
        all
    }

    /// The mapping of a variant's own base, where the list has none.
    fn inherited_mapping(&self, list: &Pointer) -> Vec<(String, Pointer)> {
        let variants = self.variants(list);
        let bases =
            self.children.iter().filter(|(_, children)| variants.iter().all(|one| children.contains(one)));
        let mut mappings: Vec<_> =
            bases.map(|(base, _)| self.mapping(base)).filter(|one| !one.is_empty()).collect();
        mappings.sort();
        mappings
            .pop()
            .unwrap_or_default()
            .into_iter()
            .filter(|(_, target)| variants.contains(target))
            .collect()
    }

    /// Completes the tests of the variants that are objects. Whether some of them are not told apart.
    fn tell_objects(&self, facts: &[Facts], objects: &[usize], tests: &mut [Test]) -> bool {
        let all_declare =
            facts.iter().filter(|facts| facts.kinds.meets(Kinds::OBJECT)).count() == objects.len();
        if objects.is_empty() || (all_declare && objects.len() == 1) {
            return false;
        }
        let of = |index: &usize| facts.get(*index).cloned().unwrap_or_default();
        let all: Vec<Facts> = objects.iter().map(of).collect();
        if let Some(key) = distinct_member(&all).filter(|_| all_declare) {
            for (index, facts) in objects.iter().zip(&all) {
                let texts = facts.texts.iter().find(|(known, _)| *known == key).cloned();
                if let Some(test) = tests.get_mut(*index) {
                    test.member = texts;
                }
            }
            return false;
        }
        let own: Vec<Vec<String>> =
            all.iter().enumerate().map(|(index, facts)| own_required(facts, index, &all)).collect();
        let without = own.iter().filter(|keys| keys.is_empty()).count();
        let mut undecided = 0;
        for (index, ((object, facts), own)) in objects.iter().zip(&all).zip(own).enumerate() {
            let Some(test) = tests.get_mut(*object) else { continue };
            if without == 0 && all_declare {
                test.required = own;
            } else {
                test.required.clone_from(&facts.required);
                test.known.clone_from(&facts.known);
                if own.is_empty() && without > 1 {
                    test.member = own_member(facts, index, &all);
                    undecided += usize::from(test.member.is_none());
                }
            }
        }
        undecided > 1
    }

    /// The kinds of JSON that a value of the schema at `pointer` may be.
    pub(super) fn kinds(&self, pointer: &Pointer) -> Kinds {
        self.facts(pointer).kinds
    }

    /// What is known of all values of the schema at `pointer`.
    pub(super) fn facts(&self, pointer: &Pointer) -> Facts {
        self.facts_within(pointer, DEEPEST)
    }

    fn facts_within(&self, pointer: &Pointer, depth: usize) -> Facts {
        let any = || Facts { kinds: Kinds::ANY, rank: 4, ..Facts::default() };
        let Some(view) = self.resolved_view(pointer).filter(|_| depth > 0) else { return any() };
        let of_kinds = |kinds, rank| Facts { kinds, rank, ..Facts::default() };
        match &view.form {
            Form::Only(target) => self.facts_within(target, depth - 1),
            Form::Union(list) => {
                let variants = self.variants(list);
                let inner = variants.iter().map(|variant| self.facts_within(variant, depth - 1));
                inner.reduce(Facts::or).unwrap_or_else(any)
            }
            Form::Mixed => {
                of_kinds(Kinds::STRING.and(Kinds::BOOL).and(Kinds::INTEGER).and(Kinds::FRACTION), 3)
            }
            Form::Any(_) => any(),
            Form::List | Form::Tuple => of_kinds(Kinds::ARRAY, 0),
            Form::Map => of_kinds(Kinds::OBJECT, 3),
            Form::Enum(Base::Integer) => of_kinds(Kinds::INTEGER, 0),
            Form::Enum(Base::String) => {
                let values = self.listed_texts(&view.pointer);
                Facts { kinds: Kinds::STRING, values, rank: 0, ..Facts::default() }
            }
            Form::Scalar(scalar @ (Scalar::String | Scalar::F64 | Scalar::Number)) => {
                of_kinds(kinds(*scalar), 3)
            }
            // A date is also read from a time, whose day it is.
            Form::Scalar(Scalar::Date) => of_kinds(Kinds::STRING, 2),
            Form::Scalar(scalar) => of_kinds(kinds(*scalar), 1),
            Form::Struct(_) => {
                let properties = view.properties();
                let texts = properties.iter().filter_map(|(key, schemas)| {
                    let texts = schemas.iter().rev().map(|schema| self.listed_texts(schema));
                    let texts = texts.into_iter().find(|texts| !texts.is_empty())?;
                    Some(((*key).to_owned(), texts))
                });
                Facts {
                    kinds: Kinds::OBJECT,
                    known: properties.iter().map(|(key, _)| (*key).to_owned()).collect(),
                    required: view.required().into_iter().map(|(key, _)| key.to_owned()).collect(),
                    texts: texts.collect(),
                    ..Facts::default()
                }
            }
        }
    }

    /// The strings that the schema at `pointer` lists as all its values.
    fn listed_texts(&self, pointer: &Pointer) -> Vec<String> {
        let Some(view) = self.resolved_view(pointer) else { return Vec::new() };
        let view = match &view.form {
            Form::Only(target) => self.resolved_view(target).unwrap_or(view),
            _ => view,
        };
        let Form::Enum(Base::String) = view.form else { return Vec::new() };
        let lists = self.lists(&view);
        let values = lists.iter().flat_map(|node| &node.keywords.enumeration);
        values.filter_map(Value::as_str).map(str::to_owned).collect()
    }
}

impl Facts {
    /// What is known of a value of either.
    fn or(self, other: Self) -> Self {
        let both = |ours: Vec<String>, theirs: &[String]| {
            ours.into_iter().filter(|one| theirs.contains(one)).collect()
        };
        let either = |mut ours: Vec<String>, theirs: Vec<String>| {
            ours.extend(theirs);
            ours
        };
        let texts = self.texts.into_iter().filter_map(|(key, ours)| {
            let (_, theirs) = other.texts.iter().find(|(known, _)| *known == key)?;
            Some((key, either(ours, theirs.clone())))
        });
        Self {
            kinds: self.kinds.and(other.kinds),
            values: if self.values.is_empty() || other.values.is_empty() {
                Vec::new()
            } else {
                either(self.values, other.values)
            },
            required: both(self.required, &other.required),
            texts: texts.collect(),
            known: either(self.known, other.known),
            rank: self.rank.max(other.rank),
        }
    }
}

fn indexes(facts: &[Facts], is: impl Fn(&Facts) -> bool) -> Vec<usize> {
    facts.iter().enumerate().filter(|(_, facts)| is(facts)).map(|(index, _)| index).collect()
}

/// A member that all have, with values that no other has.
fn distinct_member(all: &[Facts]) -> Option<String> {
    let (first, _) = all.split_first()?;
    let is_distinct = |key: &String| {
        let mut seen = Vec::new();
        all.iter().all(|facts| {
            let Some((_, texts)) = facts.texts.iter().find(|(known, _)| known == key) else { return false };
            let is_new = texts.iter().all(|text| !seen.contains(text));
            seen.extend(texts.iter().cloned());
            is_new
        })
    };
    first.texts.iter().map(|(key, _)| key).find(|key| is_distinct(key)).cloned()
}

/// The first member that a variant requires and no other knows.
fn own_required(facts: &Facts, index: usize, all: &[Facts]) -> Vec<String> {
    let others = || all.iter().enumerate().filter(|(other, _)| *other != index).map(|(_, other)| other);
    let is_own = |key: &&String| others().all(|other| !other.known.contains(key));
    facts.required.iter().find(is_own).into_iter().cloned().collect()
}

/// The first member that a variant requires with listed values, where others list other values for it.
fn own_member(facts: &Facts, index: usize, all: &[Facts]) -> Option<(String, Vec<String>)> {
    let others = || all.iter().enumerate().filter(|(other, _)| *other != index).map(|(_, other)| other);
    let is_own = |(key, texts): &&(String, Vec<String>)| {
        let theirs = || others().flat_map(|other| &other.texts).filter(|(known, _)| known == key);
        facts.required.contains(key)
            && theirs().next().is_some()
            && theirs().all(|(_, theirs)| !theirs.iter().any(|text| texts.contains(text)))
    };
    facts.texts.iter().find(is_own).cloned()
}

/// The kinds of JSON that a scalar may be.
fn kinds(scalar: Scalar) -> Kinds {
    match scalar {
        Scalar::Bool => Kinds::BOOL,
        Scalar::Null => Kinds::NULL,
        Scalar::F64 | Scalar::Number => Kinds::INTEGER.and(Kinds::FRACTION),
        Scalar::I32
        | Scalar::I64
        | Scalar::U8
        | Scalar::U16
        | Scalar::U32
        | Scalar::U64
        | Scalar::UnixTime => Kinds::INTEGER,
        Scalar::String
        | Scalar::DateTime
        | Scalar::Date
        | Scalar::Uuid
        | Scalar::Rfc2822
        | Scalar::Base64 => Kinds::STRING,
    }
}
