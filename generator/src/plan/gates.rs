//! Finds the tags whose operations use a type, so that a program with few tags compiles few models.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use crate::ir::{Api, Origin, TypeId, TypeRef};

/// The tags that need a type, by the type that owns the file. A type without an entry is always
/// compiled.
pub(crate) type Gates = BTreeMap<TypeId, BTreeSet<String>>;

/// The most tags in a condition. A type that more tags use is always compiled, because a long
/// condition costs more than the type.
const MOST: usize = 8;

/// Finds the types that only operations of few tags use. A document with one tag has none.
pub(super) fn gates(api: &Api) -> Gates {
    let mut operations: BTreeMap<Option<&String>, Vec<TypeId>> = BTreeMap::new();
    for operation in &api.operations {
        let named = operation.sent().chain(operation.received()).flat_map(TypeRef::named);
        operations.entry(operation.tag.as_ref()).or_default().extend(named);
    }
    if operations.len() < 2 {
        return Gates::new();
    }
    let webhooks = api.webhooks.iter().chain(api.examples.iter().map(|example| &example.shape));
    let always: Vec<TypeId> = webhooks.flat_map(TypeRef::named).collect();
    operations.entry(None).or_default().extend(always);
    let mut gates = Gates::new();
    let mut open: HashSet<TypeId> = HashSet::new();
    for (tag, roots) in operations {
        for owner in files(api, &roots) {
            match tag {
                Some(tag) => {
                    gates.entry(owner).or_default().insert(tag.clone());
                }
                None => {
                    open.insert(owner);
                }
            }
        }
    }
    // A component that no operation uses is always compiled, with all types that it contains.
    let unused = api.types().map(|(id, _)| owner(api, id)).filter(|id| !gates.contains_key(id));
    open.extend(files(api, &unused.collect::<Vec<_>>()));
    gates.retain(|owner, tags| tags.len() <= MOST && !open.contains(owner));
    gates
}

/// Returns the owners of all files that the types need. A file needs what any of its types needs.
fn files(api: &Api, roots: &[TypeId]) -> HashSet<TypeId> {
    let mut inside: BTreeMap<TypeId, Vec<TypeId>> = BTreeMap::new();
    for (id, _) in api.types() {
        inside.entry(owner(api, id)).or_default().push(id);
    }
    let mut owners = HashSet::new();
    let mut next: Vec<TypeId> = roots.iter().map(|id| owner(api, *id)).collect();
    while let Some(id) = next.pop() {
        if owners.insert(id) {
            let held = inside.get(&id).into_iter().flatten().filter_map(|id| api.get(*id));
            next.extend(held.flat_map(|known| known.held()).map(|id| owner(api, id)));
        }
    }
    owners
}

fn owner(api: &Api, id: TypeId) -> TypeId {
    match api.get(id).map(|known| &known.origin) {
        Some(Origin::Within(parent, _)) => owner(api, *parent),
        _ => id,
    }
}
