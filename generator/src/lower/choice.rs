//! Choices: a union's variants in, how it is told at run time which one a value is of out.
//!
//! By discriminator, else by JSON kind, a member with values of its own, or required members, for all variants or for
//! one; what these don't decide is decided by how many of a value's members a variant knows, and told.

use super::Lower;
use super::facts::Facts;
use crate::diagnostic::Code;
use crate::ir::{Choice, Kinds, Test};
use crate::pointer::Pointer;

impl Lower<'_> {
    /// How the variants that the schema at `list` lists are told apart.
    pub(super) fn choice(&mut self, list: &Pointer, variants: &[Pointer]) -> Choice {
        let facts: Vec<Facts> = variants.iter().map(|variant| self.facts(variant)).collect();
        let all_objects = facts.iter().all(|facts| facts.kinds == Kinds::OBJECT);
        if let Some(key) = self.tag(list).map(str::to_owned).filter(|_| all_objects) {
            let values = self.tags(list, &key, variants, &facts);
            return Choice::Tag { key, values };
        }
        let (tests, is_decided) = tests(&facts);
        if !is_decided {
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
}

/// What each variant asks of a value, and whether that tells all of them apart.
fn tests(facts: &[Facts]) -> (Vec<Test>, bool) {
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
        undecided |=
            strings.iter().filter_map(|index| facts.get(*index)).filter(|one| one.rank == 3).count() > 1;
    }
    let lists = indexes(facts, |facts| facts.kinds.meets(Kinds::ARRAY));
    if lists.len() > 1 {
        undecided |= tell_lists(facts, &lists, &mut tests);
    }
    (tests, !undecided)
}

/// Completes the tests of the variants that are lists, by what their items are. Whether some of them are not told apart.
fn tell_lists(facts: &[Facts], lists: &[usize], all: &mut [Test]) -> bool {
    let items = |index: &usize| facts.get(*index)?.items.as_deref().cloned();
    let Some(items) = lists.iter().map(items).collect::<Option<Vec<Facts>>>() else { return true };
    let (items, is_decided) = tests(&items);
    for (index, items) in lists.iter().zip(items) {
        if let Some(test) = all.get_mut(*index) {
            test.items = Some(Box::new(items));
        }
    }
    !is_decided
}

/// Completes the tests of the variants that are objects. Whether some of them are not told apart.
fn tell_objects(facts: &[Facts], objects: &[usize], tests: &mut [Test]) -> bool {
    let all_declare = facts.iter().filter(|facts| facts.kinds.meets(Kinds::OBJECT)).count() == objects.len();
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
