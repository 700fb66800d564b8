//! Replaces references by their targets where OpenAPI has a map, or an object that is no component
//! in 3.0.

use serde_json::{Map, Value};

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::pointer::Pointer;
use crate::specification::{Context, Kind, visit};
use crate::tree::Tree;

/// Replaces `properties: {$ref: …}` by its target, with a note. Replaces references to a Media Type
/// Object of `components.mediaTypes` (OpenAPI 3.2) too.
pub(super) fn include(tree: &mut Tree, diagnostics: &mut Diagnostics) {
    let mut found = Vec::new();
    visit(&tree.root, &mut Pointer::root(), Context::Node(Kind::OpenApi), &mut |members, here, context| {
        let is_map = match context {
            Context::Map(_) => true,
            Context::Node(Kind::MediaType) => false,
            _ => return true,
        };
        let is_reference = members.get("$ref").is_some_and(Value::is_string);
        if is_reference {
            found.push((here.clone(), is_map));
        }
        !is_reference
    });
    for (here, is_map) in found {
        let place = tree.place(&here.child("$ref"));
        let Some((target, members)) = target(tree, &here) else { continue };
        let Some(Value::Object(holder)) = tree.root.pointer_mut(here.as_str()) else { continue };
        holder.shift_remove("$ref");
        for (key, value) in members {
            if !holder.contains_key(&key) {
                tree.origins.copy(&target.child(&key), &here.child(&key));
                holder.insert(key, value);
            }
        }
        if is_map {
            let message = format!("`{}` is a map, and can't be a `$ref`", here.last());
            let note = "read as the members of the `$ref`'s target";
            diagnostics.push(Diagnostic::new(Code::Mended, message, place).note(note));
        }
    }
}

/// Returns the members of the object that the `$ref` at `here` leads to.
fn target(tree: &Tree, here: &Pointer) -> Option<(Pointer, Map<String, Value>)> {
    let reference = tree.get(here)?.get("$ref")?.as_str()?;
    let target = Pointer::from_fragment(reference.strip_prefix('#')?)?;
    let target = tree.follow(&target)?;
    let members = tree.get(&target)?.as_object()?.clone();
    (!here.is_within(&target)).then_some((target, members))
}
