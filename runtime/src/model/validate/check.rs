//! The state of one validation: the current path, and the violations found.

use super::{Violation, Violations, decimal::Decimal, pattern::Budget, same};
use crate::model::{List, Map, Object, Rule, Rules, View, json_path, members_of, write};
use serde_json::Value;
use std::fmt::Write;

/// The most violations that are recorded.
pub(super) const MOST: usize = 1000;

/// The most bytes of recorded paths. The keys of maps are data, and all values under a key repeat
/// the key.
const MOST_PATHS: usize = 1 << 20;

/// The state of a validation: the path of the current value, and the violations so far.
pub(super) struct Check {
    path: String,
    found: Vec<Violation>,
    /// The bytes of the paths in `found`.
    paths: usize,
    /// True if the validation ended early, at a limit.
    is_cut: bool,
    patterns: Budget,
}

impl Default for Check {
    fn default() -> Self {
        let path = "$".to_owned();
        Self { path, found: Vec::new(), paths: 0, is_cut: false, patterns: Budget::default() }
    }
}

impl Check {
    pub(super) fn end(self) -> Result<(), Violations> {
        let Self { found, is_cut, .. } = self;
        if found.is_empty() { Ok(()) } else { Err(Violations { found, is_cut }) }
    }

    /// Checks a value by the rules of its place and by its own, then all values inside it. Null,
    /// and rules for another JSON type, are skipped.
    pub(super) fn value(&mut self, view: View<'_>, rules: Rules) {
        match view {
            View::Absent | View::Null | View::Bool(_) | View::Raw(_) | View::Rest(_) => {}
            View::Integer(number) if !rules.is_empty() => self.number(&number.to_string(), rules),
            View::Float(number) if !rules.is_empty() => {
                self.number(&write::number(number).unwrap_or_default(), rules);
            }
            View::Number(number) if !rules.is_empty() => self.number(&number.to_string(), rules),
            View::Digits(text) if !rules.is_empty() => self.number(text, rules),
            View::Integer(_) | View::Float(_) | View::Number(_) | View::Digits(_) => {}
            View::String(text) | View::Text(text, _) => self.string(text, rules),
            View::Any(value) => self.any(value, rules),
            View::List(list) => self.list(list, rules),
            View::Map(map) => self.map(map, rules),
            View::Object(object) => self.object(object),
            View::Unlisted(value) => {
                let is_open = rules.contains(&Rule::OpenEnum);
                self.each(if is_open { &[] } else { &[Rule::Enum] }, |_| false);
                self.value(value.view(), rules);
            }
            View::Tagged(tagged) => self.value(tagged.object.view(), rules),
            View::Checked(value, own) => {
                self.value(value.view(), own);
            }
        }
    }

    fn any(&mut self, value: &Value, rules: Rules) {
        match value {
            Value::Null | Value::Bool(_) => {}
            Value::Number(number) => self.number(&number.to_string(), rules),
            Value::String(text) => self.string(text, rules),
            Value::Array(items) => self.list(items, rules),
            Value::Object(members) => {
                self.members(members.len(), rules);
                let rules = inner(rules);
                members.iter().for_each(|(key, value)| self.field(key, View::Any(value), rules));
            }
        }
    }

    fn string(&mut self, text: &str, rules: Rules) {
        let mut patterns = std::mem::take(&mut self.patterns);
        self.each(rules, |rule| match rule {
            Rule::MinLength(least) => length(text.chars().count()) >= *least,
            Rule::MaxLength(most) => length(text.chars().count()) <= *most,
            Rule::Pattern(pattern) => patterns.matches(pattern, text),
            _ => true,
        });
        self.patterns = patterns;
    }

    /// Checks a number in JSON's notation.
    fn number(&mut self, text: &str, rules: Rules) {
        let Some(number) = Decimal::parse(text).filter(|_| !rules.is_empty()) else { return };
        // A limit that is no number is ignored.
        let is = |limit: &str, holds: fn(&Decimal, &Decimal) -> bool| {
            Decimal::parse(limit).is_none_or(|limit| holds(&number, &limit))
        };
        self.each(rules, |rule| match rule {
            Rule::Minimum(limit) => is(limit, Decimal::ge),
            Rule::ExclusiveMinimum(limit) => is(limit, Decimal::gt),
            Rule::Maximum(limit) => is(limit, Decimal::le),
            Rule::ExclusiveMaximum(limit) => is(limit, Decimal::lt),
            Rule::MultipleOf(divisor) => is(divisor, Decimal::is_multiple_of),
            _ => true,
        });
    }

    fn list(&mut self, list: &dyn List, rules: Rules) {
        self.each(rules, |rule| match rule {
            Rule::MinItems(least) => length(list.count()) >= *least,
            Rule::MaxItems(most) => length(list.count()) <= *most,
            Rule::UniqueItems => same::are_distinct(list),
            _ => true,
        });
        let rules = inner(rules);
        for (index, item) in (0..list.count()).filter_map(|index| Some((index, list.at(index)?))) {
            if self.is_cut {
                return;
            }
            let step = |path: &mut String| {
                // Writing to a String can't fail.
                let _ = write!(path, "[{index}]");
            };
            self.inside(step, |check| check.value(item.view(), rules));
        }
    }

    fn map(&mut self, map: &dyn Map, rules: Rules) {
        self.members(map.count(), rules);
        self.entries(map, inner(rules));
    }

    fn entries(&mut self, map: &dyn Map, rules: Rules) {
        map.each(&mut |key, value| self.field(key, value.view(), rules));
    }

    fn object(&mut self, object: &dyn Object) {
        let table = object.table();
        if !table.own_rules().is_empty() {
            let mut count = 0;
            members_of(View::Object(object), &mut |_, _| count += 1);
            self.members(count, table.own_rules());
        }
        for (index, field) in table.fields().iter().enumerate() {
            self.field(field.key(), object.member(index).view(), field.own_rules());
        }
        for part in table.part_indexes() {
            self.value(object.member(part).view(), &[]);
        }
        if let Some(additional) = table.additional_index()
            && let View::Map(map) = object.member(additional).view()
        {
            self.entries(map, table.rules_of_additional());
        }
    }

    fn field(&mut self, key: &str, view: View<'_>, rules: Rules) {
        if !matches!(view, View::Absent | View::Null) {
            self.inside(|path| json_path::push_name(path, key), |check| check.value(view, rules));
        }
    }

    fn members(&mut self, count: usize, rules: Rules) {
        self.each(rules, |rule| match rule {
            Rule::MinProperties(least) => length(count) >= *least,
            Rule::MaxProperties(most) => length(count) <= *most,
            _ => true,
        });
    }

    /// Checks a value one step further inside.
    fn inside(&mut self, step: impl FnOnce(&mut String), check: impl FnOnce(&mut Self)) {
        if self.is_full() {
            self.is_cut = true;
            return;
        }
        let length = self.path.len();
        step(&mut self.path);
        check(self);
        self.path.truncate(length);
    }

    /// Returns true if no further violation is recorded.
    fn is_full(&self) -> bool {
        self.found.len() >= MOST || self.paths >= MOST_PATHS
    }

    /// Records every rule that does not hold here.
    fn each(&mut self, rules: Rules, mut holds: impl FnMut(&Rule) -> bool) {
        for rule in rules.iter().filter(|rule| !holds(rule)) {
            if self.is_full() {
                self.is_cut = true;
                return;
            }
            self.paths += self.path.len();
            self.found.push(Violation { path: self.path.clone(), rule: *rule });
        }
    }
}

/// Returns the rules for each item or value.
fn inner(rules: Rules) -> Rules {
    let each = rules.iter().find_map(|rule| match rule {
        Rule::Each(rules) => Some(*rules),
        _ => None,
    });
    each.unwrap_or_default()
}

/// Returns a length as `u64`. A larger length is `u64::MAX`.
fn length(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}
