//! Enums: a schema that lists its values in, their names out.

use serde_json::Value;

use super::Lower;
use super::view::View;
use crate::diagnostic::Code;
use crate::ir::{Base, Docs, Enum, Symbol};
use crate::pointer::Pointer;

/// Extensions by which documents name the values of an enum, in their order.
const NAMES: [&str; 2] = ["x-enum-varnames", "x-enumNames"];

impl Lower<'_> {
    pub(super) fn enumeration(&mut self, view: &View, base: Base) -> Enum {
        let mut symbols: Vec<Symbol> = Vec::new();
        let lists = self.lists(view);
        for node in &lists {
            let list = node.pointer.child("enum");
            for (index, value) in node.keywords.enumeration.iter().enumerate() {
                let value = match value {
                    Value::String(text) => text.clone(),
                    Value::Null => continue,
                    other => other.to_string(),
                };
                let pointer = list.item(index);
                if symbols.iter().any(|symbol| symbol.value == value) {
                    let message = format!("`{value}` stands twice in one `enum`");
                    self.warn(Code::Malformed, &pointer, message, "the second is ignored");
                    continue;
                }
                let mut name = NAMES.iter().find_map(|key| self.symbol_name(&node.pointer.child(key), index));
                let mut docs = Docs::default();
                if lists.len() > 1 {
                    docs = self.docs(&node.pointer);
                    name = name.or_else(|| docs.title.take().filter(|title| title.len() < 40));
                }
                symbols.push(Symbol { value, name, docs, pointer });
            }
        }
        Enum { base, symbols }
    }

    fn symbol_name(&self, names: &Pointer, index: usize) -> Option<String> {
        let name = self.document.get(&names.item(index))?.as_str()?;
        Some(name.to_owned()).filter(|name| name.chars().any(char::is_alphanumeric))
    }
}
