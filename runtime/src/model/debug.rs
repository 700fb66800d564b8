//! `Debug` of models: fields without absent ones, with secret and personal data redacted.

use super::{Encode, Object, REDACTED, View, members_of};
use std::fmt::{self, Debug, Formatter};

/// Formats a value from its JSON: a model by its name and its fields, without absent ones.
///
/// # Errors
/// The formatter's error.
pub fn debug(value: &dyn Encode, f: &mut Formatter<'_>) -> fmt::Result {
    Shown(value.view()).fmt(f)
}

struct Shown<'a>(View<'a>);

impl Debug for Shown<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self.0 {
            View::Absent | View::Null => f.write_str("null"),
            View::Bool(value) => value.fmt(f),
            View::Integer(value) => value.fmt(f),
            View::Float(value) => value.fmt(f),
            View::Number(value) => fmt::Display::fmt(value, f),
            View::Digits(text) => f.write_str(text),
            View::String(text) | View::Text(text, _) => text.fmt(f),
            View::Any(value) => value.fmt(f),
            View::Raw(_) | View::Rest(_) => f.write_str("_"),
            View::List(list) => {
                let items = (0..list.count()).filter_map(|index| list.at(index));
                f.debug_list().entries(items.map(|item| Shown(item.view()))).finish()
            }
            View::Object(object) => fields(object, f),
            View::Checked(value, _) | View::Unlisted(value) => debug(value, f),
            view @ (View::Map(_) | View::Tagged(_)) => {
                let mut map = f.debug_map();
                members_of(view, &mut |key, value| {
                    map.entry(&key, &Shown(value));
                });
                map.finish()
            }
        }
    }
}

fn fields(object: &dyn Object, f: &mut Formatter<'_>) -> fmt::Result {
    let table = object.table();
    let mut shown = f.debug_struct(table.name());
    for (index, field) in table.fields().iter().enumerate() {
        match object.member(index).view() {
            // Even the absence of a value is not shown.
            _ if field.is_redacted() => drop(shown.field(field.key(), &REDACTED)),
            View::Absent => {}
            view => drop(shown.field(field.key(), &Shown(view))),
        }
    }
    for part in table.part_indexes() {
        // A flattened union may contain the object's own members, also redacted ones.
        members_of(object.member(part).view(), &mut |key, view| {
            let own = table.index_of(key).and_then(|index| table.fields().get(index));
            if own.is_none() {
                shown.field(key, &Shown(view));
            }
        });
    }
    if let Some(additional) = table.additional_index() {
        let view = object.member(additional).view();
        match view {
            View::Map(map) if map.count() == 0 => {}
            _ if table.hides_additional() => drop(shown.field("additional", &REDACTED)),
            view => drop(shown.field("additional", &Shown(view))),
        }
    }
    shown.finish()
}
