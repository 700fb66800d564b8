//! Names fields and variants.

use std::borrow::Cow;
use std::collections::HashMap;

use syn::ext::IdentExt;

use super::Namer;
use super::reserved::{FIELDS, VARIANTS};
use super::scope::{Case, Scope};
use super::spelling::{ident, pascal, snake};
use super::words::{full_words, style_word, words};
use crate::ir::{Base, Origin, Shape, TypeId, TypeRef, Union};
use crate::pointer::Pointer;

/// A member: its name in the document, the words of its Rust name, and its place.
struct Member {
    key: String,
    words: Option<Vec<String>>,
    pointer: Pointer,
}

impl Member {
    fn own_words(&self) -> Cow<'_, [String]> {
        match &self.words {
            Some(words) => words.into(),
            None => words(&self.key).into(),
        }
    }
}

impl Namer<'_> {
    pub(super) fn members(&mut self) {
        let api = self.api;
        for (id, known) in api.types() {
            let at = format!("models::{}", self.names.type_name(id).unraw());
            match &known.shape {
                Shape::Struct(object) => {
                    let member = |field: &crate::ir::Field| Member {
                        key: field.key.clone(),
                        words: None,
                        pointer: field.pointer.clone(),
                    };
                    let mut scope = self.scope(&FIELDS, &at);
                    let members = object.fields.iter().map(member).collect();
                    self.name_members(id, members, &mut scope);
                    let mut flattened = Vec::new();
                    for one in &object.flattened {
                        let name = self.claim_quietly(&mut scope, &["variant".to_owned()], &one.pointer);
                        flattened.push(ident(&name));
                    }
                    self.names.flattened.insert(id, flattened);
                    if object.additional.is_some() {
                        let pointer = known.pointer.child("additionalProperties");
                        let names = ["additional_properties".to_owned()];
                        let name = self.claim_quietly(&mut scope, &names, &pointer);
                        self.names.additional.insert(id, ident(&name));
                    }
                    // The field is private, so its name may change.
                    let rest =
                        scope.claim(&["rest".to_owned()], &known.pointer.child("rest"), &known.pointer).name;
                    self.names.rest.insert(id, ident(&rest));
                }
                Shape::Enum(list) => {
                    let members = list.symbols.iter().map(|symbol| {
                        let named = symbol.name.as_deref().map(words);
                        let number = (list.base == Base::Integer).then(|| number_words(&symbol.value));
                        let pointer = symbol.pointer.clone();
                        Member { key: symbol.value.clone(), words: named.or(number), pointer }
                    });
                    let mut scope = self.scope(&VARIANTS, &at);
                    self.name_members(id, members.collect(), &mut scope);
                }
                Shape::Union(union) => self.variants(id, union, &at),
                Shape::Alias(..) | Shape::Wrapper(_) | Shape::Foreign(_) => {}
            }
        }
    }

    /// Names variants by the names of their types, else by the document's words. If several have
    /// the same name, the first in document order keeps it.
    fn variants(&mut self, id: TypeId, union: &Union, at: &str) {
        let mut scope = self.scope(&VARIANTS, at);
        let union_name = words(&self.names.type_name(id).unraw().to_string());
        let mut order = Vec::new();
        let mut keys: HashMap<Pointer, usize> = HashMap::new();
        for (index, variant) in union.variants.iter().enumerate() {
            let own = pascal(&words(&variant.words));
            let names = match variant.shape {
                TypeRef::Named(of) if self.is_component(of) => {
                    let name = self.names.type_name(of).unraw().to_string();
                    vec![own_words(&name, &union_name), name, own]
                }
                _ => vec![own],
            };
            let pin = self.pin(&variant.pointer, true);
            // The variants for a list of values of several kinds have the same place.
            let count = keys.entry(variant.pointer.clone()).or_default();
            *count += 1;
            let pointer =
                if *count > 1 { variant.pointer.child(&variant.words) } else { variant.pointer.clone() };
            let names: Vec<String> = pin.into_iter().chain(names).collect();
            order.push((index, names, pointer));
        }
        order.sort_by_cached_key(|(index, _, pointer)| (pointer.in_order(), *index));
        let mut named = Vec::new();
        for (index, names, pointer) in order {
            let given = self.claim_quietly(&mut scope, &names, &pointer);
            named.push((index, ident(&given)));
        }
        named.sort_by_key(|(index, _)| *index);
        self.names.members.insert(id, named.into_iter().map(|(_, name)| name).collect());
    }

    fn is_component(&self, id: TypeId) -> bool {
        self.api.get(id).is_some_and(|known| matches!(known.origin, Origin::Component(_)))
    }

    /// Names members in an order that does not depend on the document: pinned members, then members
    /// already in Rust's case, then by spelling.
    fn name_members(&mut self, id: TypeId, members: Vec<Member>, scope: &mut Scope) {
        let is_type = scope.kind.case == Case::Pascal;
        let cased = if is_type { pascal } else { snake };
        let mut order = Vec::with_capacity(members.len());
        for (index, member) in members.into_iter().enumerate() {
            let name = cased(&member.own_words());
            let is_pinned = self.pinned(&member.pointer, is_type).is_some();
            order.push(((!is_pinned, name != member.key), index, name, member));
        }
        order.sort_by(|(rank, .., member), (other, .., next)| (rank, &member.key).cmp(&(other, &next.key)));
        let mut named = Vec::with_capacity(order.len());
        for (_, index, name, member) in order {
            let is_free = scope.is_free(&name);
            let mut names = vec![name];
            if !is_free {
                let styled = [&*member.own_words(), &[style_word(&member.key).to_owned()]].concat();
                names.extend([cased(&full_words(&member.key)), cased(&styled)]);
            }
            if let Some(pin) = self.pin(&member.pointer, is_type) {
                names.insert(0, pin);
            }
            let given = self.claim(scope, &names, &member.pointer);
            named.push((index, ident(&given)));
        }
        named.sort_by_key(|(index, _)| *index);
        self.names.members.insert(id, named.into_iter().map(|(_, name)| name).collect());
    }
}

/// Returns the words for an integer: `value 7`, `minus 1`.
fn number_words(number: &str) -> Vec<String> {
    let (word, digits) = match number.strip_prefix('-') {
        Some(digits) => ("minus", digits),
        None => ("value", number),
    };
    vec![word.to_owned(), digits.to_owned()]
}

/// Returns a variant's name without the words that it shares with its union at the beginning and
/// end: `RequestTextMessage` in `RequestMessage` is `Text`.
fn own_words(name: &str, union: &[String]) -> String {
    let all = words(name);
    let common =
        |ours: &mut dyn Iterator<Item = (&String, &String)>| ours.take_while(|(a, b)| a == b).count();
    let first = common(&mut all.iter().zip(union));
    let last = common(&mut all.iter().rev().zip(union.iter().rev()));
    match all.get(first..all.len().saturating_sub(last)) {
        Some(own @ [head, ..]) if !head.starts_with(|c: char| c.is_ascii_digit()) => pascal(own),
        _ => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{own_words, words};

    #[test]
    fn a_variant_does_not_repeat_its_union() {
        for (name, union, expected) in [
            ("RequestTextMessage", "RequestMessage", "Text"),
            ("Cat", "Pet", "Cat"),
            ("PetCat", "Pet", "Cat"),
            ("Pet", "Pet", "Pet"),
            ("Pet2", "Pet", "Pet2"),
            ("Message", "RequestMessage", "Message"),
        ] {
            assert_eq!(own_words(name, &words(union)), expected);
        }
    }
}
