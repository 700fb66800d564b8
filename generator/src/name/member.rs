//! Names of fields and variants.

use syn::ext::IdentExt;

use super::Namer;
use super::scope::{Case, Scope};
use super::words::{ident, pascal, snake, words};
use crate::ir::{Base, Origin, Shape, TypeId, TypeRef, Union};
use crate::pointer::Pointer;

/// A member by its name in the document, and where it stands.
type Member = (String, Pointer);

impl Namer<'_> {
    pub(super) fn members(&mut self) {
        let api = self.api;
        for (id, known) in api.types() {
            match &known.shape {
                Shape::Struct(object) => {
                    let members =
                        object.fields.iter().map(|field| (field.key.clone(), field.pointer.clone()));
                    let mut scope = Scope::new(Case::Snake, [""; 0], "");
                    self.name_members(id, members.collect(), &mut scope);
                    let flattened =
                        object.flattened.iter().map(|one| ident(&scope.claim("variant", &one.pointer).name));
                    let flattened = flattened.collect();
                    self.names.flattened.insert(id, flattened);
                    if object.additional.is_some() {
                        let name = scope.claim("additional_properties", &known.pointer).name;
                        self.names.additional.insert(id, ident(&name));
                    }
                    let rest = scope.claim("rest", &known.pointer).name;
                    self.names.rest.insert(id, ident(&rest));
                }
                Shape::Enum(list) => {
                    let members = list.symbols.iter().map(|symbol| {
                        let number = (list.base == Base::Integer).then(|| number_words(&symbol.value));
                        let words = symbol.name.clone().or(number).unwrap_or_else(|| symbol.value.clone());
                        (words, symbol.pointer.clone())
                    });
                    let mut scope = Scope::new(Case::Pascal, ["Unknown"], "Value");
                    self.name_members(id, members.collect(), &mut scope);
                }
                Shape::Union(union) => self.variants(id, union),
                Shape::Alias(..) | Shape::Wrapper(_) => {}
            }
        }
    }

    /// Names variants by their types where these have names of their own, else by the document's words; in an order of
    /// their own.
    fn variants(&mut self, id: TypeId, union: &Union) {
        let mut scope = Scope::new(Case::Pascal, ["Unknown"], "Value");
        let union_name = words(&self.names.type_name(id).unraw().to_string());
        let mut order: Vec<(usize, String, Pointer)> = Vec::new();
        for (index, variant) in union.variants.iter().enumerate() {
            let name = match variant.shape {
                TypeRef::Named(of) if self.is_component(of) => {
                    own_words(&self.names.type_name(of).unraw().to_string(), &union_name)
                }
                _ => pascal(&words(&variant.words)),
            };
            order.push((index, self.pin(&variant.pointer, true).unwrap_or(name), variant.pointer.clone()));
        }
        order.sort_by_key(|(index, name, pointer)| (name.clone(), pointer.clone(), *index));
        let mut named: Vec<(usize, proc_macro2::Ident)> = order
            .iter()
            .map(|(index, name, pointer)| (*index, ident(&scope.claim(name, pointer).name)))
            .collect();
        named.sort_by_key(|(index, _)| *index);
        self.names.members.insert(id, named.into_iter().map(|(_, name)| name).collect());
    }

    fn is_component(&self, id: TypeId) -> bool {
        self.api.get(id).is_some_and(|known| matches!(known.origin, Origin::Component(_)))
    }

    /// Names members in an order of their own: pinned ones first, then those that are spelled as Rust spells
    /// them, then by spelling.
    fn name_members(&mut self, id: TypeId, members: Vec<Member>, scope: &mut Scope) {
        let variants = scope.case() == Case::Pascal;
        let cased = if variants { pascal } else { snake };
        let mut order: Vec<(usize, String, Member)> = Vec::new();
        for (index, member) in members.into_iter().enumerate() {
            order.push((index, cased(&words(&member.0)), member));
        }
        order.sort_by_key(|(_, name, (key, pointer))| {
            (self.pinned(pointer, variants).is_none(), key != name, key.clone())
        });
        let mut named = Vec::new();
        for (index, name, (_, pointer)) in order {
            let wanted = self.pin(&pointer, variants).unwrap_or(name);
            let given = self.claim(scope, &wanted, &pointer);
            named.push((index, ident(&given)));
        }
        named.sort_by_key(|(index, _)| *index);
        self.names.members.insert(id, named.into_iter().map(|(_, name)| name).collect());
    }
}

/// What an integer is called: `value 7`, `minus 1`.
fn number_words(number: &str) -> String {
    match number.strip_prefix('-') {
        Some(digits) => format!("minus {digits}"),
        None => format!("value {number}"),
    }
}

/// A variant's type without the words at its beginning and end that its union has there as well:
/// `RequestTextMessage` in `RequestMessage` is `Text`.
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
