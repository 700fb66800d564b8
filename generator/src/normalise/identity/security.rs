//! Replaces URIs in security requirements (OpenAPI 3.2 §4.30) by scheme names.

use serde_json::{Map, Value};

use super::index::Index;
use crate::pointer::Pointer;

/// Replaces URIs in the requirements of the document and its operations by keys of
/// `components.securitySchemes`.
///
/// A text that is the key of a scheme is kept, even if it looks like a URI.
pub(super) fn name(root: &mut Value, index: &Index) {
    let container = Pointer::of(&["components", "securitySchemes"]);
    let schemes = root.pointer(container.as_str()).and_then(Value::as_object);
    let known: Vec<String> = schemes.into_iter().flat_map(Map::keys).cloned().collect();
    let name_of = |key: &str| {
        let target = index.locate(key).filter(|_| !known.iter().any(|known| known == key))?;
        let (parent, name) = target.split_last()?;
        (parent == container).then_some(name)
    };
    let requirements = |value: &mut Value| {
        let list = value.get_mut("security").and_then(Value::as_array_mut);
        for requirement in list.into_iter().flatten().filter_map(Value::as_object_mut) {
            if requirement.keys().any(|key| name_of(key).is_some()) {
                *requirement = std::mem::take(requirement)
                    .into_iter()
                    .map(|(key, scopes)| (name_of(&key).unwrap_or(key), scopes))
                    .collect();
            }
        }
    };
    requirements(root);
    let items = root.get_mut("paths").and_then(Value::as_object_mut);
    for item in items.into_iter().flat_map(Map::values_mut).filter_map(Value::as_object_mut) {
        item.values_mut().for_each(requirements);
    }
}
