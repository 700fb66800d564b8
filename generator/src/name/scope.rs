//! A namespace in which nodes of the document claim names.
//!
//! Input: the candidate names of a node, best first. Output: the first free name, or else the first
//! name with a number.
//!
//! Invariants: the first claimer keeps the name, and the order of claims does not depend on key
//! order. A name that the lock holds for a node is given to that node only. A claim takes constant
//! time, however many names collide.

use std::collections::{HashMap, HashSet, VecDeque};

use super::reserved::Kind;
use super::spelling::plain;
use crate::pointer::Pointer;

/// The names of one namespace and their holders.
#[derive(Debug)]
pub(super) struct Scope {
    pub(super) kind: &'static Kind,
    /// The path of the item that has the namespace, such as `models::User`.
    at: String,
    taken: HashMap<String, Holder>,
    /// The lock's names for this scope, by the keys of their nodes.
    held: HashMap<Pointer, VecDeque<String>>,
    /// The key of each operation in the lock, by the operation's place in the document.
    places: HashMap<Pointer, Pointer>,
    /// The next number to try for a name.
    numbers: HashMap<String, usize>,
}

/// The case of the names of a scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Case {
    /// `snake_case`: fields, methods, modules.
    Snake,
    /// `PascalCase`: types and variants.
    Pascal,
    /// `SHOUT_CASE`: constants.
    Shout,
}

/// A claimed name, and the holder of the preferred name if it was taken.
pub(super) struct Claimed {
    pub(super) name: String,
    pub(super) holder: Option<Holder>,
    /// True if the name is a candidate with a number.
    pub(super) is_numbered: bool,
}

/// The holder of a name.
#[derive(Clone, Debug)]
pub(super) enum Holder {
    /// Rust or generated code.
    Reserved,
    /// A node of the document.
    Node(Pointer),
}

impl Scope {
    /// Creates the scope of the item at a path. `held` has the lock's names.
    pub(super) fn new(
        kind: &'static Kind,
        at: &str,
        held: impl IntoIterator<Item = (Pointer, String)>,
        places: impl IntoIterator<Item = (Pointer, Pointer)>,
    ) -> Self {
        let mut taken = HashMap::new();
        let mut waiting: HashMap<Pointer, VecDeque<String>> = HashMap::new();
        for (pointer, name) in held {
            taken.insert(name.clone(), Holder::Node(pointer.clone()));
            // Two paths may refer to the node of one operation.
            waiting.entry(pointer).or_default().push_back(name);
        }
        let held = waiting;
        Self {
            kind,
            at: at.to_owned(),
            taken,
            held,
            places: places.into_iter().collect(),
            numbers: HashMap::new(),
        }
    }

    /// Claims the first free name of `names`. A reserved name gets the scope's suffix. If no name
    /// is free, the first gets the lowest free number from 2 on.
    pub(super) fn claim(&mut self, names: &[String], key: &Pointer, pointer: &Pointer) -> Claimed {
        let held = if self.held.contains_key(key) { Some(key) } else { self.places.get(pointer) };
        let held = held.and_then(|key| self.held.get_mut(key));
        if let Some(name) = held.and_then(VecDeque::pop_front) {
            return Claimed { name, holder: None, is_numbered: false };
        }
        let mut holder = None;
        for name in names {
            let name = self.suffixed(name, &mut holder);
            match self.holder(&name) {
                None => return self.give(name, pointer, holder, false),
                Some(known) => holder = holder.or(Some(known)),
            }
        }
        let name = self.suffixed(names.first().map(String::as_str).unwrap_or_default(), &mut holder);
        let joint = match self.kind.case {
            Case::Pascal if !name.ends_with(char::is_numeric) => "",
            _ if name.ends_with('_') => "",
            _ => "_",
        };
        let mut number = self.numbers.get(&name).copied().unwrap_or(2);
        let mut free = format!("{name}{joint}{number}");
        while self.is_taken(&free) {
            number += 1;
            free = format!("{name}{joint}{number}");
        }
        self.numbers.insert(name, number + 1);
        self.give(free, pointer, holder, true)
    }

    /// Drops the lock's name of a pinned node. If the lock holds the pinned name for another node,
    /// drops that too.
    pub(super) fn release(&mut self, key: &Pointer, pin: &str) {
        for name in self.held.remove(key).into_iter().flatten() {
            self.taken.remove(&name);
        }
        if let Some(Holder::Node(other)) = self.taken.get(pin).cloned()
            && let Some(names) = self.held.get_mut(&other)
        {
            names.retain(|name| name != pin);
            self.taken.remove(pin);
        }
    }

    /// Drops the lock's names of the nodes whose keys `is_gone` selects.
    pub(super) fn forget(&mut self, is_gone: impl Fn(&Pointer) -> bool) {
        let keys: Vec<Pointer> = self.held.keys().filter(|key| is_gone(key)).cloned().collect();
        for name in keys.iter().filter_map(|key| self.held.remove(key)).flatten() {
            self.taken.remove(&name);
        }
    }

    /// Drops the places of operations that still exist, even at other places.
    pub(super) fn forget_places(&mut self, present: &HashSet<Pointer>) {
        self.places.retain(|_, key| !present.contains(key));
    }

    fn give(
        &mut self,
        name: String,
        pointer: &Pointer,
        holder: Option<Holder>,
        is_numbered: bool,
    ) -> Claimed {
        self.taken.insert(name.clone(), Holder::Node(pointer.clone()));
        Claimed { name, holder, is_numbered }
    }

    /// Returns a name with the scope's suffix if it is reserved, or if it needs a capital and has
    /// none.
    fn suffixed(&self, name: &str, holder: &mut Option<Holder>) -> String {
        let is_reserved = matches!(self.holder(name), Some(Holder::Reserved));
        if is_reserved && holder.is_none() {
            *holder = Some(Holder::Reserved);
        }
        let lacks_capital = self.kind.capitals && !name.contains(char::is_uppercase);
        let suffix = if is_reserved || lacks_capital { self.kind.suffix } else { "" };
        if suffix.is_empty() { plain(name) } else { plain(&format!("{name}{suffix}")) }
    }

    /// Returns the path of an item of this scope.
    pub(super) fn path(&self, name: &str) -> String {
        let [before, behind] = self.kind.around;
        format!("{}{before}{name}{behind}", self.at)
    }

    /// Returns true if the lock holds a name for a key.
    pub(super) fn holds(&self, key: &Pointer) -> bool {
        self.held.contains_key(key)
    }

    pub(super) fn is_taken(&self, name: &str) -> bool {
        self.taken.contains_key(name) || self.kind.names.contains(&name)
    }

    /// Returns true if this name can be claimed, possibly with the suffix of a reserved name.
    pub(super) fn is_free(&self, name: &str) -> bool {
        !self.is_taken(&self.suffixed(name, &mut None))
    }

    /// Returns the holder of a name. A name that the lock holds for a node belongs to that node,
    /// even if reserved.
    fn holder(&self, name: &str) -> Option<Holder> {
        let reserved = || self.kind.names.contains(&name).then_some(Holder::Reserved);
        self.taken.get(name).cloned().or_else(reserved)
    }
}

#[cfg(test)]
mod tests {
    use super::super::reserved::{FIELDS, TYPES};
    use super::Scope;
    use crate::pointer::Pointer;

    fn claim(scope: &mut Scope, names: &[&str]) -> String {
        let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        let node = Pointer::root().child("x");
        scope.claim(&names, &node, &node).name
    }

    #[test]
    fn the_first_free_name_is_given_then_numbers() {
        let mut scope = Scope::new(&TYPES, "models", [], []);
        let names = [&["User"][..], &["User", "UserLower"], &["User", "UserLower"], &["User"]];
        let given = names.map(|names| claim(&mut scope, names));
        assert_eq!(given, ["User", "UserLower", "User2", "User3"]);
        assert_eq!(claim(&mut scope, &["Option"]), "OptionModel");
        assert_eq!(claim(&mut scope, &["商品"]), "商品Model");
        assert_eq!(claim(&mut scope, &["V2"]), "V2");
        assert_eq!(claim(&mut scope, &["V2"]), "V2_2");
    }

    #[test]
    fn a_name_that_the_lock_holds_is_its_nodes() {
        let node = Pointer::root().child("b");
        let mut scope = Scope::new(&FIELDS, "models::User", [(node.clone(), "name".to_owned())], []);
        assert_eq!(claim(&mut scope, &["name"]), "name_2");
        assert_eq!(scope.claim(&["other".to_owned()], &node, &node).name, "name");
        assert_eq!(scope.path("name"), "models::User::name");
    }

    #[test]
    fn a_pin_takes_a_name_from_the_lock() {
        let [a, b] = ["a", "b"].map(|name| Pointer::root().child(name));
        let held = [(a.clone(), "one".to_owned()), (b.clone(), "two".to_owned())];
        let mut scope = Scope::new(&FIELDS, "models::User", held, []);
        scope.release(&a, "two");
        assert_eq!(scope.claim(&["two".to_owned()], &a, &a).name, "two");
        assert_eq!(scope.claim(&["two".to_owned()], &b, &b).name, "two_2");
        assert_eq!(claim(&mut scope, &["one"]), "one");
    }

    /// Trying each number for each name would take two hundred million steps.
    #[test]
    fn many_names_that_collide_take_a_step_each() {
        let mut scope = Scope::new(&FIELDS, "models::User", [], []);
        for _ in 0..20_000 {
            claim(&mut scope, &["name"]);
        }
        assert_eq!(claim(&mut scope, &["name"]), "name_20001");
    }
}
