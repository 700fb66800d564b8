//! One check: where it is, and what it has found.

use super::{Rule, Rules, Validate, Violation, Violations, decimal::Decimal, pattern, same};
use crate::model::json_path;
use serde_core::Serialize;
use std::{collections::BTreeMap, fmt::Write};

/// A check that is under way: the path of the value that is checked, and the violations so far.
#[derive(Debug)]
pub struct Check {
    path: String,
    found: Vec<Violation>,
}

impl Default for Check {
    fn default() -> Self {
        Self { path: "$".to_owned(), found: Vec::new() }
    }
}

impl Check {
    /// Checks a field of an object, by its key in JSON.
    pub fn field(&mut self, key: &str, value: &dyn Validate, rules: Rules) {
        self.inside(|path| json_path::push_name(path, key), |check| value.check(rules, check));
    }

    /// Checks members of an object that its document does not declare.
    pub fn additional<T: Validate>(&mut self, additional: &BTreeMap<String, T>, rules: Rules) {
        for (key, value) in additional {
            self.field(key, value, rules);
        }
    }

    /// Checks how many members an object has in JSON.
    pub fn count<T: Serialize>(&mut self, object: &T, rules: Rules) {
        if let Ok(serde_json::Value::Object(members)) = serde_json::to_value(object) {
            self.members(members.len(), rules);
        }
    }

    pub(super) fn end(self) -> Result<(), Violations> {
        if self.found.is_empty() { Ok(()) } else { Err(Violations(self.found)) }
    }

    pub(super) fn string(&mut self, text: &str, rules: Rules) {
        self.each(rules, |rule| match rule {
            Rule::MinLength(least) => length(text.chars().count()) >= *least,
            Rule::MaxLength(most) => length(text.chars().count()) <= *most,
            Rule::Pattern(pattern) => pattern::matches(pattern, text),
            _ => true,
        });
    }

    /// Checks a number in JSON's notation.
    pub(super) fn number(&mut self, text: &str, rules: Rules) {
        let Some(number) = Decimal::parse(text).filter(|_| !rules.is_empty()) else { return };
        // A limit that is no number asks for nothing.
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

    pub(super) fn list<T: Validate + Serialize>(&mut self, items: &[T], rules: Rules) {
        self.each(rules, |rule| match rule {
            Rule::MinItems(least) => length(items.len()) >= *least,
            Rule::MaxItems(most) => length(items.len()) <= *most,
            Rule::UniqueItems => same::are_distinct(items),
            _ => true,
        });
        let rules = inner(rules);
        for (index, item) in items.iter().enumerate() {
            self.item(index, |check| item.check(rules, check));
        }
    }

    pub(super) fn map<'a, T: Validate + 'a>(
        &mut self,
        members: impl ExactSizeIterator<Item = (&'a String, &'a T)>,
        rules: Rules,
    ) {
        self.members(members.len(), rules);
        let rules = inner(rules);
        for (key, value) in members {
            self.field(key, value, rules);
        }
    }

    fn members(&mut self, count: usize, rules: Rules) {
        self.each(rules, |rule| match rule {
            Rule::MinProperties(least) => length(count) >= *least,
            Rule::MaxProperties(most) => length(count) <= *most,
            _ => true,
        });
    }

    /// Checks an item of an array.
    pub(super) fn item(&mut self, index: usize, check: impl FnOnce(&mut Self)) {
        let step = |path: &mut String| {
            // Writing to a String can't fail.
            let _ = write!(path, "[{index}]");
        };
        self.inside(step, check);
    }

    /// Checks something one step further inside.
    fn inside(&mut self, step: impl FnOnce(&mut String), check: impl FnOnce(&mut Self)) {
        let length = self.path.len();
        step(&mut self.path);
        check(self);
        self.path.truncate(length);
    }

    /// Notes every rule that does not hold here.
    fn each(&mut self, rules: Rules, holds: impl Fn(&Rule) -> bool) {
        let broken = rules.iter().filter(|rule| !holds(rule));
        self.found.extend(broken.map(|rule| Violation { path: self.path.clone(), rule: *rule }));
    }
}

/// The rules for each item or value.
fn inner(rules: Rules) -> Rules {
    let each = rules.iter().find_map(|rule| match rule {
        Rule::Each(rules) => Some(*rules),
        _ => None,
    });
    each.unwrap_or_default()
}

/// A length as documents count; one that is too long for that is as long as can be.
fn length(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}
