//! A namespace in which names are claimed, each by one node of the document.
//!
//! Input: the names that a node may have, best first. Output: the first of them that is free, else the first with a number.
//!
//! Invariants: the first claimer keeps the name, and callers claim in an order that no order of keys changes. A name that
//! the lock holds for a node is given to that node only. A claim takes constant time, however many names collide.

use std::collections::{HashMap, HashSet, VecDeque};

use super::reserved::Kind;
use super::spelling::plain;
use crate::pointer::Pointer;

/// The names of one namespace, and who has them.
#[derive(Debug)]
pub(super) struct Scope {
    pub(super) kind: &'static Kind,
    /// The path of the item that holds the namespace, as `models::User`.
    at: String,
    taken: HashMap<String, Holder>,
    /// The names that the lock gives in this scope, by the keys of their nodes.
    held: HashMap<Pointer, VecDeque<String>>,
    /// The keys of operations of the lock, by where they stood.
    places: HashMap<Pointer, Pointer>,
    /// The number that is tried next for a name.
    numbers: HashMap<String, usize>,
}

/// How the names of a scope are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Case {
    /// `snake_case`: fields, methods, modules.
    Snake,
    /// `PascalCase`: types and variants.
    Pascal,
    /// `SHOUT_CASE`: constants.
    Shout,
}

/// A name that was given, and who had the name that was asked for.
pub(super) struct Claimed {
    pub(super) name: String,
    pub(super) holder: Option<Holder>,
    /// The name differs from all that were asked for by a number.
    pub(super) is_numbered: bool,
}

/// Who has a name already.
#[derive(Clone, Debug)]
pub(super) enum Holder {
    /// The language, or the generated code itself.
    Reserved,
    /// A node of the document.
    Node(Pointer),
}

impl Scope {
    /// Creates a scope at the path of an item, in which `held` are the names of the lock.
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
            // Two paths may share the node of an operation.
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

    /// Gives the first of `names` that is free. A reserved one gets the scope's suffix first. Where none is free, the first
    /// gets the lowest number from 2 on that makes it free.
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

    /// Forgets the name that the lock holds for a node that is pinned, and gives the pinned name up, if the lock holds it for
    /// another.
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

    /// Forgets the places of operations that are still there, wherever they stand now.
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

    /// A name with the scope's suffix where it is reserved, or where it has no capital and needs one.
    fn suffixed(&self, name: &str, holder: &mut Option<Holder>) -> String {
        let is_reserved = matches!(self.holder(name), Some(Holder::Reserved));
        if is_reserved && holder.is_none() {
            *holder = Some(Holder::Reserved);
        }
        let lacks_capital = self.kind.capitals && !name.contains(char::is_uppercase);
        let suffix = if is_reserved || lacks_capital { self.kind.suffix } else { "" };
        if suffix.is_empty() { plain(name) } else { plain(&format!("{name}{suffix}")) }
    }

    /// The path of an item of this scope.
    pub(super) fn path(&self, name: &str) -> String {
        let [before, behind] = self.kind.around;
        format!("{}{before}{name}{behind}", self.at)
    }

    /// Returns true if the lock holds a name for what is known by a key.
    pub(super) fn holds(&self, key: &Pointer) -> bool {
        self.held.contains_key(key)
    }

    pub(super) fn is_taken(&self, name: &str) -> bool {
        self.taken.contains_key(name) || self.kind.names.contains(&name)
    }

    /// Returns true if a claim of this name gives it, with the suffix of a reserved one.
    pub(super) fn is_free(&self, name: &str) -> bool {
        !self.is_taken(&self.suffixed(name, &mut None))
    }

    /// Who has a name. One that the lock holds for a node is the node's, reserved or not.
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

    /// Trying each number anew for each of so many would take two hundred million steps.
    #[test]
    fn many_names_that_collide_take_a_step_each() {
        let mut scope = Scope::new(&FIELDS, "models::User", [], []);
        for _ in 0..20_000 {
            claim(&mut scope, &["name"]);
        }
        assert_eq!(claim(&mut scope, &["name"]), "name_20001");
    }
}
