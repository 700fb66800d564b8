//! Objects with declared fields.
//!
//! Input: a [`Table`] of fields, and access to each field by index. Output: the members of the
//! object in JSON.

use super::field::Presence;
use super::table::{Seen, Table};
use super::{Constant, Decode, Encode, Rest, View};

/// A model that is an object in JSON.
///
/// The indexes for [`member`](Self::member) and [`member_mut`](Self::member_mut) are, in order: the
/// table's fields, each flattened union, the map of additional properties if there is one. Any
/// other index is the model's [`Rest`], if it has one.
pub trait Object {
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

/// Returns the tag that a variant in a flattened union of the object writes under `key`. Such a
/// variant is more specific than the object, so its tag replaces the object's own.
fn tag_of_parts(object: &dyn Object, key: &str) -> Option<Constant> {
    object.table().part_indexes().find_map(|part| match object.member(part).view() {
        View::Tagged(tagged) if tagged.key == key => {
            Some(tag_of(tagged.object.view(), key).unwrap_or(tagged.tag))
        }
        _ => None,
    })
}

/// Returns the tag that a variant inside an object writes under `key`.
fn tag_of(view: View<'_>, key: &str) -> Option<Constant> {
    if let View::Object(object) = view { tag_of_parts(object, key) } else { None }
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
            view => {
                let view = match tag_of_parts(object, field.key()) {
                    Some(tag) => tag.view(),
                    None => view,
                };
                match rest.and_then(|rest| rest.digits(index, view)) {
                    Some(text) => read(field.key(), View::Raw(text)),
                    None => read(field.key(), view),
                }
            }
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
            let of_parts = tag_of(tagged.object.view(), tagged.key);
            read(tagged.key, of_parts.unwrap_or(tagged.tag).view());
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

#[cfg(test)]
mod tests {
    use crate::model::{self, AnyJson, Choice, Encode, Rest, View, read};

    #[derive(Clone)]
    struct Animal {
        kind: String,
        variant: Option<AnimalVariant>,
    }

    #[derive(Clone, Debug, PartialEq)]
    enum AnimalVariant {
        Pet(Box<Pet>),
        Cat(Box<Cat>),
        Unknown(AnyJson),
    }

    #[derive(Clone)]
    struct Pet {
        name: Option<String>,
        variant: PetVariant,
    }

    #[derive(Clone, Debug, PartialEq)]
    enum PetVariant {
        Cat(Box<Cat>),
        Unknown(AnyJson),
    }

    #[derive(Clone)]
    struct Cat {
        kind: String,
        rest: Rest,
    }

    model::object! {
        Animal { 0 kind: required("kind"), }
        parts { 1 variant, }
        table { .closed() }
    }

    model::union! {
        AnimalVariant {
            0 Pet(value) => View::tagged("kind", "pet", value),
            1 Cat(value) => View::tagged("kind", "cat", value),
        }
        choice { Choice::tag("kind", &[&["pet"], &["cat"]]) }
    }

    model::object! {
        Pet { 0 name: optional("name"), }
        parts { 1 variant, }
        table { .closed() }
    }

    model::union! {
        PetVariant { 0 Cat(value) => View::tagged("kind", "cat", value), }
        choice { Choice::tag("kind", &[&["cat"]]) }
    }

    model::object! {
        Cat { 0 kind: required("kind"), }
        rest { rest }
    }

    fn json(value: &impl Encode) -> String {
        model::to_json(value).unwrap()
    }

    #[test]
    fn the_tag_of_the_innermost_variant_is_written() {
        let cat = || Box::new(Cat { kind: "x".to_owned(), rest: model::blank() });
        let pet = |variant| Pet { name: Some("Tom".to_owned()), variant };
        let held = AnimalVariant::Pet(Box::new(pet(PetVariant::Cat(cat()))));
        assert_eq!(json(&held), r#"{"kind":"cat","name":"Tom"}"#);
        let unknown = AnyJson::Object([("kind".to_owned(), "ape".into())].into());
        let plain = AnimalVariant::Pet(Box::new(pet(PetVariant::Unknown(unknown))));
        assert_eq!(json(&plain), r#"{"kind":"pet","name":"Tom"}"#);
        for (variant, expected) in [
            (Some(AnimalVariant::Cat(cat())), r#"{"kind":"cat"}"#),
            (Some(held), r#"{"kind":"cat","name":"Tom"}"#),
            (Some(plain), r#"{"kind":"pet","name":"Tom"}"#),
            (None, r#"{"kind":"animal"}"#),
        ] {
            let animal = Animal { kind: "animal".to_owned(), variant };
            assert_eq!(json(&animal), expected);
            assert_eq!(json(&read::<Animal>(expected).unwrap()), expected);
        }
    }
}
