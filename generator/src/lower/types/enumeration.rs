//! Lowers enums: the listed values of a schema, and their names.

use std::collections::HashSet;

use serde_json::Value;

use super::super::Lower;
use super::super::schema::{Node, View, docs, text};
use crate::diagnostic::Code;
use crate::ir::{Base, Docs, Enum, Symbol};

/// Extensions that name the values of an enum, in order.
const NAMES: [&str; 2] = ["x-enum-varnames", "x-enumNames"];

impl<'a> Lower<'a> {
    pub(super) fn enumeration(&mut self, view: &View<'a>, base: Base) -> Enum {
        let mut symbols: Vec<Symbol> = Vec::new();
        let mut seen = HashSet::new();
        let lists = self.schemas.lists(view);
        for node in &lists {
            let list = self.schemas.pointer(node.id).child("enum");
            for (index, value) in node.enumeration.iter().enumerate().filter(|(_, value)| !value.is_null()) {
                let (value, pointer) = (text(value), list.item(index));
                if !seen.insert(value.clone()) {
                    let message = format!("`{value}` appears twice in one `enum`");
                    self.warn(Code::Malformed, &pointer, message, "the second is ignored");
                    continue;
                }
                let mut name = NAMES.iter().find_map(|key| symbol_name(node, key, index));
                let mut of_value = Docs::default();
                if lists.len() > 1 {
                    of_value = docs(node.object);
                    name = name.or_else(|| of_value.title.take().filter(|title| title.len() < 40));
                }
                symbols.push(Symbol { value, name, docs: of_value, pointer });
            }
        }
        Enum { base, symbols }
    }
}

fn symbol_name(node: &Node<'_>, key: &str, index: usize) -> Option<String> {
    let name = node.object.get(key).and_then(|names| names.get(index)).and_then(Value::as_str)?;
    Some(name.to_owned()).filter(|name| name.chars().any(char::is_alphanumeric))
}
