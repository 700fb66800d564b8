//! Objects with declared fields.
//!
//! Input: a [`Table`] of fields, and access to each field by index. Output: the members of the
//! object in JSON.

use super::table::{Presence, Seen, Table};
use super::{Decode, Encode, Rest, View};

/// A model that is an object in JSON.
///
/// The indexes for [`member`](Self::member) and [`member_mut`](Self::member_mut) are, in order: the
/// table's fields, each flattened union, the map of additional properties if there is one. Any
/// other index is the model's [`Rest`], if it has one.
pub trait Object {
    /// Returns a value whose fields are all blank.
    fn blank() -> Self
    where
        Self: Sized;

    /// Returns the description of the fields: their JSON keys, whether each is required, and their
    /// rules.
    fn table(&self) -> &'static Table;

    /// Returns the value at `index`.
    fn member(&self, index: usize) -> &dyn Encode;

    /// Returns the place of the value at `index`.
    fn member_mut(&mut self, index: usize) -> &mut dyn Decode;
}

/// Returns what an object keeps beside its fields: undeclared properties, and the keys of fields
/// that were null. Returns `None` if its type keeps nothing.
pub(super) fn rest(object: &dyn Object) -> Option<&Rest> {
    match object.member(usize::MAX).view() {
        View::Rest(rest) => Some(rest),
        _ => None,
    }
}

/// Calls `read` with each member of an object in JSON, in the order of encoding: fields, flattened
/// unions, additional and undeclared properties.
pub(super) fn members<'a>(object: &'a dyn Object, read: &mut dyn FnMut(&'a str, View<'a>)) {
    let table = object.table();
    let rest = rest(object);
    // The fields that are written, so that flattened unions do not repeat them.
    let mut written = Seen::default();
    for (index, field) in table.fields().iter().enumerate() {
        match object.member(index).view() {
            View::Absent if field.presence() == Presence::Optional => {
                if !rest.is_some_and(|rest| rest.was_null(index)) {
                    continue;
                }
                read(field.key(), View::Null);
            }
            View::Absent => read(field.key(), View::Null),
            view => match rest.and_then(|rest| rest.digits(index, view)) {
                Some(text) => read(field.key(), View::Raw(text)),
                None => read(field.key(), view),
            },
        }
        written.insert(index);
    }
    for part in table.part_indexes() {
        members_of(object.member(part).view(), &mut |key, view| {
            if !table.index_of(key).is_some_and(|index| written.contains(index)) {
                read(key, view);
            }
        });
    }
    if let Some(additional) = table.additional_index() {
        members_of(object.member(additional).view(), &mut |key, view| match rest
            .and_then(|rest| rest.member_digits(key, view))
        {
            Some(text) => read(key, View::Raw(text)),
            None => read(key, view),
        });
    }
    if let Some(rest) = rest {
        rest.members().for_each(|(key, json)| read(key, View::Raw(json)));
    }
}

/// Calls `read` with each member of an object. Returns false if the value is neither an object nor
/// absent.
pub(crate) fn members_of<'a>(view: View<'a>, read: &mut dyn FnMut(&'a str, View<'a>)) -> bool {
    match view {
        View::Object(object) => members(object, read),
        View::Map(map) => map.each(&mut |key, value| read(key, value.view())),
        View::Any(serde_json::Value::Object(map)) => {
            map.iter().for_each(|(key, value)| read(key, View::Any(value)));
        }
        View::Tagged(tagged) => {
            read(tagged.key, tagged.tag.view());
            return members_of(tagged.object.view(), &mut |key, view| {
                if key != tagged.key {
                    read(key, view);
                }
            });
        }
        View::Checked(value, _) => return members_of(value.view(), read),
        View::Absent | View::Null | View::Any(serde_json::Value::Null) => {}
        _ => return false,
    }
    true
}
