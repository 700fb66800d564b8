//! Compares two versions of a client: what breaks callers at compile time, and what breaks running
//! programs.
//!
//! Input: the old and the new lock. Output: a [`Diff`] with one [`Change`] for each difference.
//! [`table`] has the verdicts of each kind of change.
//!
//! Names are compared after naming and types after planning. The comparison therefore includes what
//! only the generator knows: a lost `Default`, a boxed field, the order of arguments.

mod matching;
mod report;
mod rules;
mod table;

use std::collections::{BTreeMap, BTreeSet};

use crate::lock::{Item, Lock};
use matching::{Matched, matched};
use rules::{Context, Rule, Step};
use table::RULES;

/// The effect of a change on programs that are compiled against the new client.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Bump {
    /// No effect at compile time.
    Patch,
    /// Programs still compile, and can use new items.
    Minor,
    /// A program may no longer compile, or may change its meaning.
    Major,
}

/// The effect of a change on programs that were compiled against the old client and call the new
/// server.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Wire {
    /// Every call still works.
    Works,
    /// Some calls or some values may be refused.
    MayFail,
    /// Every call of the item is refused, or changes its meaning.
    Fails,
}

/// One kind of change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DiffRule {
    /// The rule's name, such as `optional-parameter-added`.
    pub name: &'static str,
    /// The effect on callers at compile time.
    pub rust: Bump,
    /// The effect on running programs.
    pub wire: Wire,
    /// The message, with placeholders: `{path}` is the item's Rust path, `{key}` its key in the
    /// document.
    pub words: &'static str,
}

/// One difference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The rule's name, such as `optional-parameter-added`.
    pub rule: &'static str,
    /// The effect on callers at compile time.
    pub rust: Bump,
    /// The effect on running programs.
    pub wire: Wire,
    /// The operation (such as `GET /users/{id}`) or the type that the change belongs to.
    pub group: String,
    /// The change, in a sentence.
    pub message: String,
    /// The place of the old item: `path:line:column`.
    pub old: Option<String>,
    /// The place of the new item: `path:line:column`.
    pub new: Option<String>,
}

/// All differences of two clients, the worst first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diff {
    /// The differences, by group.
    pub changes: Vec<Change>,
}

/// Compares the client of `old` with the client of `new`.
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
            let names = before.iter().chain(after.attributes.iter());
            let names: BTreeSet<&str> = names.map(|(name, _)| name).collect();
            for name in names {
                let (was, is) = (before.get(name), after.attributes.get(name));
                let step = match (was, is) {
                    (None, Some(_)) => Step::Gained,
                    (Some(_), None) => Step::Lost,
                    (Some(was), Some(is)) if was != is => Step::Changed,
                    _ => continue,
                };
                let context = Context { name, before: was, after: is, ..context };
                if let Some(rule) = rule(step, context) {
                    changes.push(change(rule, &context, &groups, [old, new]));
                }
            }
        }
        changes.extend(found.iter().map(|(rule, context)| change(rule, context, &groups, [old, new])));
    }
    Diff { changes: sorted(changes) }
}

/// Returns the first rule that matches a step. `None` if there is none, or if the rule has no
/// message.
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

/// Returns the path of the item that has `item` as a member. Empty for items that are no members,
/// such as types, methods and requests.
fn scope(item: &Item) -> String {
    let is_member = !matches!(
        item.kind.as_ref(),
        "type" | "request" | "method" | "client" | "file" | "module" | "feature"
    );
    let around = if item.kind == "argument" { "(" } else { "::" };
    let scope = item.path.rsplit_once(around).filter(|_| is_member);
    scope.map(|(scope, _)| scope.to_owned()).unwrap_or_default()
}

/// Returns the items that have members, by path.
fn parents(items: &[Item]) -> BTreeMap<String, &Item> {
    let holders = items.iter().filter(|item| matches!(item.kind.as_ref(), "type" | "request" | "method"));
    holders.map(|item| (item.path.clone(), item)).collect()
}

/// Operations, by the paths of their methods and of their requests.
type Groups = BTreeMap<String, String>;

fn groups(items: &[Item]) -> Groups {
    let mut groups = Groups::new();
    for item in items.iter().filter(|item| item.kind == "method") {
        let get = |name: &str| item.attributes.get(name);
        if let (Some(method), Some(path)) = (get("method"), get("path")) {
            groups.insert(item.path.clone(), format!("{method} {path}"));
            groups.extend(get("request").map(|request| (request.to_owned(), format!("{method} {path}"))));
        }
    }
    groups
}

/// Returns the operation or the type of an item.
fn group(item: &Item, groups: &Groups) -> String {
    let scope = scope(item);
    let path = if scope.is_empty() { item.path.clone() } else { scope };
    if let Some(group) = groups.get(&path) {
        return group.clone();
    }
    // A form and a response enum have the request's name with a suffix.
    let holder = ["Form", "Success"].iter().find_map(|suffix| groups.get(path.strip_suffix(suffix)?));
    holder.cloned().unwrap_or(path)
}

/// Sorts the changes by group. The group with the worst change comes first.
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
    /// Returns the smallest version step that the changes allow. Returns `Patch` if there are no
    /// changes.
    pub fn rust(&self) -> Bump {
        self.changes.iter().map(|change| change.rust).max().unwrap_or(Bump::Patch)
    }

    /// Returns the worst effect on running programs.
    pub fn wire(&self) -> Wire {
        self.changes.iter().map(|change| change.wire).max().unwrap_or(Wire::Works)
    }

    /// Returns all rules, in the order of the table. The first rule that matches a change applies.
    pub fn rules() -> impl Iterator<Item = DiffRule> {
        RULES.iter().filter(|rule| !rule.words.is_empty()).map(|rule| DiffRule {
            name: rule.id,
            rust: rule.rust,
            wire: rule.wire,
            words: rule.words,
        })
    }
}
