//! Names tags: modules, features and, if methods are grouped by tag, the groups.
//!
//! A group's methods have names without the tag's words: `issues/create` with the tag `issues` is
//! `client.issues().create(…)`.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use proc_macro2::Ident;
use syn::ext::IdentExt;

use super::operation::{operation_words, plain_names};
use super::reserved::{FEATURES, METHODS, MODULES};
use super::scope::Scope;
use super::shorten::without_prefix;
use super::spelling::{file, ident, module, pascal};
use super::words::words;
use super::{CLIENT, GroupNames, Groups, Namer, TagNames, group_scope};
use crate::ir::{Api, Operation, OperationId};
use crate::pointer::Pointer;

/// The scopes of methods: the client's, and one for each group.
#[derive(Debug)]
pub(super) struct Methods {
    client: Scope,
    /// The client's method that returns the group, and the scope of the group, by tag.
    groups: BTreeMap<String, (Ident, Scope)>,
}

impl Methods {
    /// Returns the scope of an operation's methods.
    pub(super) fn of(&mut self, operation: &Operation) -> &mut Scope {
        let group = operation.tag.as_ref().and_then(|tag| self.groups.get_mut(tag));
        group.map_or(&mut self.client, |(_, scope)| scope)
    }

    /// Drops the places of operations that still exist, even at other places.
    pub(super) fn forget_places(&mut self, present: &HashSet<Pointer>) {
        let groups = self.groups.values_mut().map(|(_, scope)| scope);
        groups.chain([&mut self.client]).for_each(|scope| scope.forget_places(present));
    }
}

impl Namer<'_> {
    /// Names the tags of operations, in alphabetical order. Returns the scopes of methods. The
    /// names of groups are in the client's.
    pub(super) fn tags(&mut self) -> Methods {
        let tags: BTreeSet<&String> =
            self.api.operations.iter().filter_map(|operation| operation.tag.as_ref()).collect();
        let mut modules = self.scope(&MODULES, "requests");
        let mut features = self.scope(&FEATURES, "features");
        let mut methods = Methods { client: self.client_scope(), groups: BTreeMap::new() };
        for tag in tags {
            let pointer = tag_pointer(tag);
            let pin = self.pin(&pointer, false);
            let wanted = pin.map_or_else(|| plain_names(tag), |pin| vec![pin]);
            let files: Vec<String> = wanted.iter().map(|name| file(std::slice::from_ref(name))).collect();
            let wanted_features: Vec<String> =
                files.iter().map(|name| name.trim_start_matches('_').to_owned()).collect();
            let feature = self.claim_quietly(&mut features, &wanted_features, &pointer).replace('_', "-");
            let wanted_modules: Vec<String> = files.iter().map(|name| module(name).to_string()).collect();
            let module = module(&self.claim_quietly(&mut modules, &wanted_modules, &pointer));
            if self.groups == Groups::Tag {
                let method = ident(&self.claim(&mut methods.client, &wanted, &pointer));
                let scope = self.scope(&METHODS, &group_scope(&method));
                methods.groups.insert(tag.clone(), (method, scope));
            }
            self.names.tags.insert(tag.clone(), TagNames { module, feature, group: None });
        }
        methods
    }

    /// Returns the scope of the client's methods. The lock's names of methods that are now in a
    /// group are free again. If methods are not grouped, the lock's names of groups are free again.
    fn client_scope(&mut self) -> Scope {
        let mut client = self.scope(&METHODS, CLIENT);
        match self.groups {
            Groups::Flat => client.forget(|key| key.as_str().starts_with("/tags/")),
            Groups::Tag => {
                let tagged = self.api.operations.iter().filter(|operation| operation.tag.is_some());
                let tagged: HashSet<Pointer> =
                    tagged.map(|operation| self.keys.key(&operation.pointer)).collect();
                client.forget(|key| key.ancestors().any(|key| tagged.contains(&key)));
            }
        }
        client
    }

    /// Names the types of groups, after the requests, whose names do not depend on groups.
    pub(super) fn group_types(&mut self, methods: Methods, requests: &mut Scope) {
        for (tag, (method, _)) in methods.groups {
            let mut name = words(&method.unraw().to_string());
            // A reserved name has this suffix already: `new_operation` is `NewOperations`.
            name.pop_if(|word| word == "operation");
            name.push("operations".to_owned());
            let shape = ident(&self.claim_quietly(requests, &[pascal(&name)], &tag_pointer(&tag)));
            if let Some(names) = self.names.tags.get_mut(&tag) {
                names.group = Some(GroupNames { method, shape });
            }
        }
    }
}

/// Returns the pointer that identifies a tag in pins and in the lock.
fn tag_pointer(tag: &str) -> Pointer {
    Pointer::root().child("tags").child(tag)
}

/// Returns the words of operations without those of their tag. An operation keeps the tag's words
/// if another operation of the tag would have the same name.
pub(super) fn short_words(api: &Api) -> HashMap<OperationId, Vec<String>> {
    let mut counts: HashMap<(&String, Vec<String>), usize> = HashMap::new();
    let mut short = BTreeMap::new();
    for (id, operation) in api.operations() {
        let Some((tag, own)) = operation.tag.as_ref().zip(operation_words(operation).into_iter().next())
        else {
            continue;
        };
        if let Some(rest) = without_prefix(&own, &words(tag)) {
            *counts.entry((tag, rest.clone())).or_default() += 1;
            short.insert(id, (tag, rest));
        }
        *counts.entry((tag, own)).or_default() += 1;
    }
    short.retain(|_, name| counts.get(name) == Some(&1));
    short.into_iter().map(|(id, (_, rest))| (id, rest)).collect()
}
