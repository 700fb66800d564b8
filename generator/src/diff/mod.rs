//! Compares two locks: what of a change breaks callers at compile time, and what breaks running programs.
//!
//! Input: the lock of the old client and that of the new one. Output: a [`Diff`], one [`Change`] for each difference, with
//! two verdicts by the table of [`rules`].
//!
//! Invariant: names are compared after naming, types after planning. What only the generator knows counts: a lost `Default`,
//! a field that is boxed, the order of arguments.

mod matching;
mod report;
mod rules;

use std::collections::BTreeMap;

use crate::lock::{Item, Lock};
use matching::{Matched, matched};
use rules::{Context, RULES, Rule, Step};

/// What a change is to a program that is compiled against the client.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Bump {
    /// No program sees the change when it is compiled.
    Patch,
    /// Programs compile as before and can use more.
    Minor,
    /// A program may no longer compile, or mean something else.
    Major,
}

/// What a change is to a program that was compiled against the old client and runs against the new server.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Wire {
    /// Every call goes on as before.
    Works,
    /// Some calls or some values may be refused.
    MayFail,
    /// Every call of the item is refused, or means something else.
    Fails,
}

/// One kind of change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DiffRule {
    /// The rule's name, as `optional-parameter-added`.
    pub name: &'static str,
    /// What the change is to callers.
    pub rust: Bump,
    /// What the change is to running programs.
    pub wire: Wire,
    /// What a change says, with placeholders: `{path}` of the item in Rust, `{key}` of it in the document.
    pub words: &'static str,
}

/// One difference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The rule's name, as `optional-parameter-added`.
    pub rule: &'static str,
    /// What the change is to callers.
    pub rust: Bump,
    /// What the change is to running programs.
    pub wire: Wire,
    /// The operation, as `GET /users/{id}`, or the type that the change belongs to.
    pub group: String,
    /// What changed, in a sentence.
    pub message: String,
    /// Where the old item stands.
    pub old: Option<String>,
    /// Where the new item stands.
    pub new: Option<String>,
}

/// All differences of two clients, the worst first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diff {
    /// The differences, by group.
    pub changes: Vec<Change>,
}

/// Compares the client of `old` with that of `new`.
pub fn diff(old: &Lock, new: &Lock) -> Diff {
    let matched = matched(&old.items, &new.items);
    let parents_old = parents(&old.items);
    let parents_new = parents(&new.items);
    let groups = [groups(&old.items), groups(&new.items)];
    let mut changes = Vec::new();
    for Matched { old: before, new: after, step } in &matched.pairs {
        let scope = |item: &Item| scope(item);
        let context = Context {
            old: *before,
            new: *after,
            old_parent: before.and_then(|item| parents_old.get(&scope(item)).copied()),
            new_parent: after.and_then(|item| parents_new.get(&scope(item)).copied()),
            name: "",
            before: None,
            after: None,
        };
        let mut found: Vec<(&Rule, Context<'_>)> = Vec::new();
        if *step != Step::Kept {
            found.extend(rule(*step, context).map(|rule| (rule, context)));
        }
        if let (Some(before), Some(after)) = (before, after) {
            let before = matched.translated(before);
            let names = before.keys().chain(after.attributes.keys());
            let names: std::collections::BTreeSet<&String> = names.collect();
            for name in names {
                let (was, is) = (before.get(name), after.attributes.get(name));
                let step = match (was, is) {
                    (None, Some(_)) => Step::Gained,
                    (Some(_), None) => Step::Lost,
                    (Some(was), Some(is)) if was != is => Step::Changed,
                    _ => continue,
                };
                let context = Context {
                    name,
                    before: was.map(String::as_str),
                    after: is.map(String::as_str),
                    ..context
                };
                if let Some(rule) = rule(step, context) {
                    changes.push(change(rule, &context, &groups, [old, new]));
                }
            }
        }
        changes.extend(found.iter().map(|(rule, context)| change(rule, context, &groups, [old, new])));
    }
    Diff { changes: sorted(changes) }
}

/// The first rule that speaks of a step, if it says anything.
fn rule(step: Step, context: Context<'_>) -> Option<&'static Rule> {
    let fits = |rule: &&Rule| {
        rule.steps.contains(&step)
            && (rule.kinds.is_empty() || rule.kinds.contains(&context.kind()))
            && (rule.names.is_empty() || rule.names.contains(&context.name))
            && (rule.when)(&context)
    };
    RULES.iter().find(fits).filter(|rule| !rule.words.is_empty())
}

fn change(rule: &Rule, context: &Context<'_>, groups: &[Groups; 2], [old, new]: [&Lock; 2]) -> Change {
    let group = match (context.new, context.old) {
        (Some(item), _) => group(item, &groups[1]),
        (None, Some(item)) => group(item, &groups[0]),
        (None, None) => String::new(),
    };
    Change {
        rule: rule.id,
        rust: rule.rust,
        wire: rule.wire,
        group,
        message: context.sentence(rule.words),
        old: context.old.map(|item| old.locate(item)),
        new: context.new.map(|item| new.locate(item)),
    }
}

/// The path of the item that another is a member of; empty for types, methods and requests.
fn scope(item: &Item) -> String {
    let is_member = !matches!(
        item.kind.as_str(),
        "type" | "request" | "method" | "client" | "file" | "module" | "feature"
    );
    let around = if item.kind == "argument" { "(" } else { "::" };
    let scope = item.path.rsplit_once(around).filter(|_| is_member);
    scope.map(|(scope, _)| scope.to_owned()).unwrap_or_default()
}

/// The items that others are members of, by path.
fn parents(items: &[Item]) -> BTreeMap<String, &Item> {
    let holders = items.iter().filter(|item| matches!(item.kind.as_str(), "type" | "request" | "method"));
    holders.map(|item| (item.path.clone(), item)).collect()
}

/// The operations, by the path of their method and by that of their request.
type Groups = BTreeMap<String, String>;

fn groups(items: &[Item]) -> Groups {
    let mut groups = Groups::new();
    for item in items.iter().filter(|item| item.kind == "method") {
        let get = |name: &str| item.attributes.get(name);
        if let (Some(method), Some(path)) = (get("method"), get("path")) {
            groups.insert(item.path.clone(), format!("{method} {path}"));
            groups.extend(get("request").map(|request| (request.clone(), format!("{method} {path}"))));
        }
    }
    groups
}

/// The operation of an item, or its type.
fn group(item: &Item, groups: &Groups) -> String {
    let scope = scope(item);
    let path = if scope.is_empty() { item.path.clone() } else { scope };
    if let Some(group) = groups.get(&path) {
        return group.clone();
    }
    // A form and the outcomes of a request are called after the request.
    let holder = ["Form", "Success"].iter().find_map(|suffix| groups.get(path.strip_suffix(suffix)?));
    holder.cloned().unwrap_or(path)
}

/// The changes by group, the group with the worst first.
fn sorted(mut changes: Vec<Change>) -> Vec<Change> {
    let mut worst: BTreeMap<String, (Bump, Wire)> = BTreeMap::new();
    for change in &changes {
        let known = worst.entry(change.group.clone()).or_insert((change.rust, change.wire));
        *known = (known.0.max(change.rust), known.1.max(change.wire));
    }
    changes.sort_by_cached_key(|change| {
        let group = worst.get(&change.group).copied();
        let own = (change.rust, change.wire);
        (std::cmp::Reverse(group), change.group.clone(), std::cmp::Reverse(own), change.message.clone())
    });
    changes.dedup();
    changes
}

impl Diff {
    /// The least version step that the changes allow; a patch where there are none.
    pub fn rust(&self) -> Bump {
        self.changes.iter().map(|change| change.rust).max().unwrap_or(Bump::Patch)
    }

    /// What running programs have to expect.
    pub fn wire(&self) -> Wire {
        self.changes.iter().map(|change| change.wire).max().unwrap_or(Wire::Works)
    }

    /// All rules, in the order of the table: a change is an instance of the first that fits.
    pub fn rules() -> impl Iterator<Item = DiffRule> {
        RULES.iter().filter(|rule| !rule.words.is_empty()).map(|rule| DiffRule {
            name: rule.id,
            rust: rule.rust,
            wire: rule.wire,
            words: rule.words,
        })
    }
}
