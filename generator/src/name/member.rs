//! Names of fields and variants.

use super::Namer;
use super::scope::{Case, Scope};
use super::words::{ident, pascal, snake, words};
use crate::ir::{Shape, TypeId};
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
                    if object.additional.is_some() {
                        let name = scope.claim("additional_properties", &known.pointer).name;
                        self.names.additional.insert(id, ident(&name));
                    }
                }
                Shape::Enum(list) => {
                    let members =
                        list.symbols.iter().map(|symbol| (symbol.value.clone(), symbol.pointer.clone()));
                    let mut scope = Scope::new(Case::Pascal, ["Unknown"], "Value");
                    self.name_members(id, members.collect(), &mut scope);
                }
                Shape::Alias(..) => {}
            }
        }
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
