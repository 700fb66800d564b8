//! Finds the new item for each item of the old client.
//!
//! Items match by path. Remaining items of one scope match by their place in the document: these
//! were renamed or moved. Members match within matching scopes, so that the members of a renamed type are
//! not reported as removed.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::rules::Step;
use super::scope;
use crate::lock::Item;
use crate::surface::Attributes;

/// The items of both sides, in pairs.
pub(super) struct Matching<'a> {
    pub(super) pairs: Vec<Matched<'a>>,
    /// The new paths of renamed items, by old path.
    renamed: HashMap<String, String>,
    /// The HTTP method and path of each operation, for the old and the new client. The keys are the
    /// Rust paths of its method and its request type.
    places: (Places, Places),
}

type Places = HashMap<String, String>;

fn places(items: &[Item]) -> Places {
    let mut places = Places::new();
    for item in items {
        let get = |name: &str| item.attributes.get(name);
        if let (Some(method), Some(path), Some(request)) = (get("method"), get("path"), get("request")) {
            places.insert(item.path.clone(), format!("{method} {path}"));
            places.insert(request.to_owned(), format!("{method} {path}"));
        }
    }
    places
}

/// An item of the old client, of the new one, or of both.
pub(super) struct Matched<'a> {
    pub(super) old: Option<&'a Item>,
    pub(super) new: Option<&'a Item>,
    pub(super) step: Step,
}

/// Kinds of items that have members.
const HOLDERS: &[&str] = &["type", "request", "method"];

/// Kinds of items that callers can't name.
const PRIVATE: &[&str] = &["file"];

/// Kinds of parameters: a required one is an argument, an optional one is a setter.
const PARAMETERS: &[&str] = &["argument", "setter"];

pub(super) fn matched<'a>(old: &'a [Item], new: &'a [Item]) -> Matching<'a> {
    let mut matching =
        Matching { pairs: Vec::new(), renamed: HashMap::new(), places: (places(old), places(new)) };
    let is_holder = |item: &&Item| HOLDERS.contains(&item.kind.as_ref());
    let is_member = |item: &&Item| !is_holder(item) && !PRIVATE.contains(&item.kind.as_ref());
    matching
        .pair(old.iter().filter(is_holder).collect(), new.iter().filter(is_holder).collect(), |path| path);
    let known = |items: &'a [Item]| -> HashSet<&'a str> {
        items.iter().filter(is_holder).map(|item| item.path.as_str()).collect()
    };
    let (old_holders, new_holders) = (known(old), known(new));
    let mut scopes: BTreeMap<String, (Vec<&Item>, Vec<&Item>)> = BTreeMap::new();
    for item in old.iter().filter(is_member) {
        let scope = matching.scope_of(item);
        // Members of a removed item are not reported themselves.
        if scope.is_empty() || new_holders.contains(scope.as_str()) {
            scopes.entry(scope).or_default().0.push(item);
        }
    }
    let new_names: HashMap<&String, &String> = matching.renamed.iter().map(|(old, new)| (new, old)).collect();
    for item in new.iter().filter(is_member) {
        let scope = scope(item);
        let was = new_names.get(&scope).map_or(scope.as_str(), |was| was.as_str());
        if scope.is_empty() || old_holders.contains(was) {
            scopes.entry(scope).or_default().1.push(item);
        }
    }
    // The arguments of a method and the setters of its request are parameters of the same
    // operation.
    let operations: Vec<(String, String)> = new
        .iter()
        .filter_map(|item| Some((item.path.clone(), item.attributes.get("request")?.to_owned())))
        .collect();
    for (method, request) in operations {
        if let Some((old, new)) = scopes.remove(&method) {
            let (olds, news) = scopes.entry(request).or_default();
            olds.extend(old);
            news.extend(new);
        }
    }
    for (old, new) in scopes.into_values() {
        matching.pair(old, new, own_name);
    }
    matching
}

impl<'a> Matching<'a> {
    /// Pairs items. `name` returns the part of a path that is the same on both sides.
    fn pair(&mut self, old: Vec<&'a Item>, new: Vec<&'a Item>, name: fn(&str) -> &str) {
        let name = |item: &Item| (item.kind.clone(), name(&item.path).to_owned());
        let mut by_name: HashMap<_, &Item> = new.iter().map(|item| (name(item), *item)).collect();
        let mut left = Vec::new();
        for item in old {
            match by_name.remove(&name(item)) {
                Some(same) => self.push(Some(item), Some(same), Step::Kept),
                None => left.push(item),
            }
        }
        let kind = |item: &Item| {
            if PARAMETERS.contains(&item.kind.as_ref()) {
                "parameter".to_owned()
            } else {
                item.kind.to_string()
            }
        };
        let mut by_key: HashMap<_, &Item> =
            by_name.into_values().map(|item| ((kind(item), item.key.clone()), item)).collect();
        let mut rest: Vec<&Item> = Vec::new();
        let mut lost = Vec::new();
        for item in left {
            match by_key.remove(&(kind(item), item.key.clone())) {
                Some(same) if same.kind == item.kind => {
                    self.renamed.insert(item.path.clone(), same.path.clone());
                    self.push(Some(item), Some(same), Step::Renamed);
                }
                Some(same) => self.push(Some(item), Some(same), Step::Moved),
                None => lost.push(item),
            }
        }
        rest.extend(by_key.into_values());
        rest.sort_by(|a, b| a.path.cmp(&b.path));
        lost.retain(|item: &&'a Item| match self.at_place_of(item, &rest) {
            Some(index) => {
                let same = rest.remove(index);
                self.renamed.insert(item.path.clone(), same.path.clone());
                self.push(Some(item), Some(same), Step::Renamed);
                false
            }
            None => true,
        });
        lost.into_iter().for_each(|item| self.push(Some(item), None, Step::Removed));
        rest.into_iter().for_each(|item| self.push(None, Some(item), Step::Added));
    }

    /// Returns the index of the new item in the place of the old one: the operation of the same
    /// HTTP method and path, or the only parameter of a path.
    fn at_place_of(&self, old: &Item, new: &[&'a Item]) -> Option<usize> {
        let place = self.places.0.get(&old.path);
        let is_there =
            |item: &Item| item.kind == old.kind && place.is_some() && self.places.1.get(&item.path) == place;
        let in_path = |item: &Item| item.kind == "argument" && item.attributes.get("in") == Some("path");
        let mut in_paths = new.iter().enumerate().filter(|(_, item)| in_path(item));
        match (in_paths.next(), in_paths.next()) {
            (Some((index, _)), None) if in_path(old) => Some(index),
            _ => new.iter().position(|item| is_there(item)),
        }
    }

    fn push(&mut self, old: Option<&'a Item>, new: Option<&'a Item>, step: Step) {
        self.pairs.push(Matched { old, new, step });
    }

    /// Returns the scope of an old item, by its new name.
    fn scope_of(&self, item: &Item) -> String {
        let scope = scope(item);
        self.renamed.get(&scope).cloned().unwrap_or(scope)
    }

    /// Returns the attributes of an old item. Renamed types have their new names.
    pub(super) fn translated(&self, item: &Item) -> Attributes {
        item.attributes.map(|value| self.renamed_in(value))
    }

    fn renamed_in(&self, text: &str) -> String {
        if self.renamed.is_empty() || !text.contains("::") {
            return text.to_owned();
        }
        let mut all = String::with_capacity(text.len());
        let mut path = String::new();
        for c in text.chars().chain(['\n']) {
            if c.is_alphanumeric() || c == '_' || c == ':' {
                path.push(c);
                continue;
            }
            all.push_str(self.renamed.get(&path).unwrap_or(&path));
            path.clear();
            all.push(c);
        }
        all.pop();
        all
    }
}

/// Returns the last part of a path.
fn own_name(path: &str) -> &str {
    path.rsplit(['(', ':']).next().unwrap_or(path).trim_end_matches(')')
}
