//! Determines how to distinguish the variants of a union.
//!
//! Input: the schema that lists the variants. Output: a [`Choice`]. Variants are distinguished by,
//! in order:
//!
//! 1. the discriminator,
//! 2. the JSON kind,
//! 3. a property with distinguishing values,
//! 4. required properties,
//! 5. a property with distinguishing values, inside an object that all variants require.
//!
//! If several variants remain, the one that declares most of the value's properties wins, and
//! `is_decided` is false.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use super::facts::{Facts, Listed, Precision, text};
use super::{SchemaId, Schemas};
use crate::ir::{Choice, Kinds, Test};

/// The most properties that are searched for objects that distinguish the variants.
const MOST_INSIDE: usize = 16;

impl Schemas<'_> {
    /// Returns how to distinguish the variants that a schema lists, and whether that works for all
    /// values.
    pub(in crate::lower) fn choice(&self, list: SchemaId, variants: &[SchemaId]) -> (Choice, bool) {
        let facts: Vec<Rc<Facts>> = variants.iter().map(|variant| self.facts(*variant)).collect();
        let all_objects = facts.iter().all(|facts| facts.kinds == Kinds::OBJECT);
        let tag = self.tag(list).map(str::to_owned).filter(|_| all_objects);
        let Some(key) = tag else { return self.tests(variants, &facts) };
        let values = self.tag_values(list, &key, variants, &facts);
        let otherwise = self.default_mapping(list);
        let is_default =
            |variant: &SchemaId| self.resolve(*variant).is_some_and(|one| Some(one) == otherwise);
        (Choice::Tag { key, values, otherwise: variants.iter().position(is_default) }, true)
    }

    /// Returns how to distinguish schemas that are in no list, and whether that works for all
    /// values.
    pub(in crate::lower) fn choice_of(&self, variants: &[SchemaId]) -> (Choice, bool) {
        let facts: Vec<Rc<Facts>> = variants.iter().map(|variant| self.facts(*variant)).collect();
        self.tests(variants, &facts)
    }

    /// Returns the test of each variant. Objects that have no distinguishing property of their own
    /// are distinguished by a property of an object inside them, if possible.
    fn tests(&self, variants: &[SchemaId], facts: &[Rc<Facts>]) -> (Choice, bool) {
        let (tests, is_decided) = tests(facts);
        if is_decided || facts.iter().any(|facts| facts.kinds != Kinds::OBJECT) {
            return (Choice::Tests(tests), is_decided);
        }
        match self.inside(variants, facts) {
            Some(tests) => (Choice::Tests(tests), true),
            None => (Choice::Tests(tests), false),
        }
    }

    /// Returns tests by a property of an object that all variants require as a property:
    /// `inner.type`.
    fn inside(&self, variants: &[SchemaId], facts: &[Rc<Facts>]) -> Option<Vec<Test>> {
        let (first, others) = facts.split_first()?;
        let others: Vec<HashSet<&String>> =
            others.iter().map(|facts| facts.required.iter().collect()).collect();
        let keys = first.required.iter().filter(|key| others.iter().all(|other| other.contains(key)));
        keys.take(MOST_INSIDE).find_map(|key| {
            let inside = variants.iter().map(|variant| self.facts_inside(*variant, key));
            let inside = inside.collect::<Option<Vec<Rc<Facts>>>>()?;
            let path = distinct(&inside.iter().map(Rc::as_ref).collect::<Vec<&Facts>>())?;
            let test = |facts: &Rc<Facts>| {
                let listed = facts.listed.iter().find(|listed| listed.path == path);
                let whole = [std::slice::from_ref(key), &path].concat();
                let member = listed.map(|listed| (whole, listed.texts()));
                Test { kinds: Kinds::OBJECT, member, ..Test::default() }
            };
            Some(inside.iter().map(test).collect())
        })
    }

    /// Returns the discriminator values of each variant: those of the mapping, else those of the
    /// nearest base's mapping, else those that the variant lists, else its name.
    fn tag_values(
        &self,
        list: SchemaId,
        key: &str,
        variants: &[SchemaId],
        facts: &[Rc<Facts>],
    ) -> Vec<Vec<String>> {
        let mapped = self.tags(list);
        let of_base = self.listed_tags(list);
        let values = variants.iter().zip(facts).map(|(variant, facts)| {
            let of_mapping = mapped.get(variant).cloned();
            if let Some(values) = of_mapping.or_else(|| self.inherited_tags(*variant, key)) {
                return values;
            }
            let name = self.pointer(*variant).last();
            let own: Vec<String> = facts.values_of(key).unwrap_or_default().iter().map(text).collect();
            if own.is_empty() {
                let is_default = self.default_mapping(list).is_some_and(|one| one == *variant);
                return if is_default { Vec::new() } else { vec![name] };
            }
            // A value that all derived schemas inherit belongs to the derived schema of that name.
            let is_inherited = own.len() > 1 && own == of_base;
            let named = own.iter().find(|value| is_inherited && letters(value) == letters(&name));
            match named {
                Some(named) => vec![named.clone()],
                None if is_inherited => vec![name],
                None => own,
            }
        });
        values.collect()
    }
}

/// Returns the letters and digits of a name, in lower case.
fn letters(name: &str) -> String {
    name.chars().filter(|char| char.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Returns a test for each variant, and whether the tests distinguish all variants.
fn tests(facts: &[Rc<Facts>]) -> (Vec<Test>, bool) {
    let mut tests: Vec<Test> =
        facts.iter().map(|facts| Test { kinds: facts.kinds, ..Test::default() }).collect();
    let objects = indexes(facts, |facts| !facts.known.is_empty());
    let mut undecided = tell_objects(facts, &objects, &mut tests);
    let strings = indexes(facts, |facts| facts.kinds.meets(Kinds::STRING));
    if strings.len() > 1 {
        for (test, facts) in tests.iter_mut().zip(facts) {
            test.texts.clone_from(&facts.values);
            test.format = facts.format;
        }
        let any = strings.iter().filter_map(|index| facts.get(*index));
        undecided |= any.filter(|one| one.precision == Precision::Kind).count() > 1;
    }
    let lists = indexes(facts, |facts| facts.kinds.meets(Kinds::ARRAY));
    if lists.len() > 1 {
        undecided |= tell_lists(facts, &lists, &mut tests);
    }
    (tests, !undecided)
}

/// Adds tests of items to variants that are lists. Returns true if some variants stay
/// indistinguishable.
fn tell_lists(facts: &[Rc<Facts>], lists: &[usize], all: &mut [Test]) -> bool {
    let items = |index: &usize| facts.get(*index)?.items.clone();
    let Some(items) = lists.iter().map(items).collect::<Option<Vec<Rc<Facts>>>>() else { return true };
    let (items, is_decided) = tests(&items);
    for (index, items) in lists.iter().zip(items) {
        if let Some(test) = all.get_mut(*index) {
            test.items = Some(Box::new(items));
        }
    }
    !is_decided
}

/// Adds tests of properties to variants that are objects. Returns true if some variants stay
/// indistinguishable.
fn tell_objects(facts: &[Rc<Facts>], objects: &[usize], tests: &mut [Test]) -> bool {
    let all_declare = facts.iter().filter(|facts| facts.kinds.meets(Kinds::OBJECT)).count() == objects.len();
    if objects.is_empty() || (all_declare && objects.len() == 1) {
        return false;
    }
    let all: Vec<&Facts> = objects.iter().filter_map(|index| facts.get(*index)).map(Rc::as_ref).collect();
    if let Some(path) = distinct(&all).filter(|_| all_declare) {
        for (index, facts) in objects.iter().zip(&all) {
            if let Some(test) = tests.get_mut(*index) {
                let listed = facts.listed.iter().find(|listed| listed.path == path);
                test.member = listed.map(|listed| (listed.path.clone(), listed.texts()));
            }
        }
        return false;
    }
    let sole = Sole::of(&all);
    let own: Vec<Vec<String>> = all.iter().map(|facts| sole.required(facts)).collect();
    let without = own.iter().filter(|keys| keys.is_empty()).count();
    let mut undecided = 0;
    for ((object, facts), own) in objects.iter().zip(&all).zip(own) {
        let Some(test) = tests.get_mut(*object) else { continue };
        if without == 0 && all_declare {
            test.required = own;
        } else {
            test.required.clone_from(&facts.required);
            test.known.clone_from(&facts.known);
            if own.is_empty() && without > 1 {
                test.member = sole.listed(facts);
                undecided += usize::from(test.member.is_none());
            }
        }
    }
    undecided > 1
}

fn indexes(facts: &[Rc<Facts>], is: impl Fn(&Facts) -> bool) -> Vec<usize> {
    facts.iter().enumerate().filter(|(_, facts)| is(facts)).map(|(index, _)| index).collect()
}

/// Returns the path to a property that all variants have, with different values in each.
fn distinct(all: &[&Facts]) -> Option<Vec<String>> {
    let (first, _) = all.split_first()?;
    let mut listed: HashMap<&[String], Vec<&Listed>> = HashMap::new();
    for one in all.iter().flat_map(|facts| &facts.listed) {
        listed.entry(one.path.as_slice()).or_default().push(one);
    }
    let is_distinct = |path: &[String]| {
        let Some(found) = listed.get(path).filter(|found| found.len() == all.len()) else { return false };
        let mut seen = HashSet::new();
        found.iter().all(|one| {
            let texts: HashSet<String> = one.texts().into_iter().collect();
            texts.into_iter().all(|text| seen.insert(text))
        })
    };
    first.listed.iter().map(|one| &one.path).find(|path| is_distinct(path)).cloned()
}

/// Counts of properties and values, to find those that only one of several variants has.
struct Sole<'a> {
    /// The number of variants that declare each property.
    known: HashMap<&'a str, usize>,
    /// For each property, the number of variants that list values, and the number that list each
    /// value.
    listed: HashMap<&'a [String], usize>,
    values: HashMap<(&'a [String], String), usize>,
}

impl<'a> Sole<'a> {
    fn of(all: &[&'a Facts]) -> Self {
        let mut sole = Self { known: HashMap::new(), listed: HashMap::new(), values: HashMap::new() };
        for facts in all {
            for key in facts.known.iter().map(String::as_str).collect::<HashSet<_>>() {
                *sole.known.entry(key).or_default() += 1;
            }
            for one in &facts.listed {
                *sole.listed.entry(&one.path).or_default() += 1;
                for text in one.texts().into_iter().collect::<HashSet<_>>() {
                    *sole.values.entry((&one.path, text)).or_default() += 1;
                }
            }
        }
        sole
    }

    /// Returns the first property that the variant requires and no other variant declares.
    fn required(&self, facts: &Facts) -> Vec<String> {
        let is_sole = |key: &&String| {
            let others = self.known.get(key.as_str()).copied().unwrap_or_default();
            others <= usize::from(facts.known.contains(key))
        };
        facts.required.iter().find(is_sole).into_iter().cloned().collect()
    }

    /// Returns the first property that the variant requires and whose listed values differ from
    /// those of other variants.
    fn listed(&self, facts: &Facts) -> Option<(Vec<String>, Vec<String>)> {
        let is_sole = |one: &&Listed| {
            let is_required = one.path.first().is_some_and(|key| facts.required.contains(key));
            let others = self.listed.get(one.path.as_slice()).is_some_and(|count| *count > 1);
            let is_new =
                |text: String| self.values.get(&(one.path.as_slice(), text)).is_none_or(|count| *count <= 1);
            is_required && others && one.texts().into_iter().all(is_new)
        };
        facts.listed.iter().find(is_sole).map(|one| (one.path.clone(), one.texts()))
    }
}
