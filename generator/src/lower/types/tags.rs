//! Finds constant discriminators: structs that are always a variant with the same discriminator
//! value.

use std::collections::HashMap;

use serde_json::Value;

use super::super::Lower;
use crate::ir::{Base, Constraints, Docs, Enum, Field, Origin, Scalar, Shape, Symbol, Type, TypeId, TypeRef};

/// The discriminator property of a variant and its value, or `None` if unions disagree.
type Tag = Option<(String, Value)>;

impl Lower<'_> {
    /// Makes each required discriminator property with a constant value an enum of that value, so
    /// that no constructor asks for it. All shapes have been written before.
    pub(in crate::lower) fn settle_tags(&mut self) {
        let mut tags: HashMap<TypeId, Tag> = HashMap::new();
        for (_, known) in self.api.types() {
            let Shape::Union(union) = &known.shape else { continue };
            for variant in &union.variants {
                let TypeRef::Named(id) = self.api.unaliased(&variant.shape) else { continue };
                let tag = variant.written_tag.clone();
                let known = tags.entry(*id).or_insert_with(|| tag.clone());
                if *known != tag {
                    *known = None;
                }
            }
        }
        let mut tags: Vec<_> = tags.into_iter().filter_map(|(id, tag)| Some((id, tag?))).collect();
        tags.sort_by_key(|(id, _)| *id);
        for (id, (key, value)) in tags {
            self.settle_tag(id, &key, &value);
        }
    }

    /// Sets the constant of a required boolean field, because a boolean has no type of its own.
    fn settle_flag(&mut self, id: TypeId, key: &str, flag: bool) {
        let Some(Shape::Struct(object)) = self.api.shape_mut(id) else { return };
        let is_tag = |field: &&mut Field| {
            field.key == key && field.required && field.shape == TypeRef::Scalar(Scalar::Bool)
        };
        if let Some(field) = object.fields.iter_mut().find(is_tag) {
            field.constant = Some(flag);
        }
    }

    fn settle_tag(&mut self, id: TypeId, key: &str, value: &Value) {
        let (base, text) = match value {
            Value::String(text) => (Base::String, text.clone()),
            Value::Number(number) => (Base::Integer, number.to_string()),
            Value::Bool(flag) => return self.settle_flag(id, key, *flag),
            _ => return,
        };
        let Some(Shape::Struct(object)) = self.api.get(id).map(|known| &known.shape) else { return };
        let Some(index) = object.fields.iter().position(|field| field.key == key) else { return };
        let Some(field) = object.fields.get(index).filter(|field| field.required && !field.nullable) else {
            return;
        };
        let symbol = match self.api.unaliased(&field.shape) {
            TypeRef::Scalar(Scalar::String) if base == Base::String => None,
            TypeRef::Scalar(Scalar::I64) if base == Base::Integer => None,
            TypeRef::Named(listed) => match self.api.get(*listed).map(|known| &known.shape) {
                Some(Shape::Enum(list)) if list.base == base && list.symbols.len() > 1 => {
                    let known = list.symbols.iter().find(|symbol| symbol.value == text);
                    known.map(|known| (known.name.clone(), known.docs.clone(), known.pointer.clone()))
                }
                _ => return,
            },
            _ => return,
        };
        let pointer = field.pointer.clone();
        // The document lists the values of an enum only.
        let open_enum = symbol.is_none();
        let (name, docs, of_symbol) = symbol.unwrap_or_else(|| (None, Docs::default(), pointer.clone()));
        let symbols = vec![Symbol { value: text, name, docs, pointer: of_symbol }];
        let constant = self.api.add_type(Type {
            pointer,
            origin: Origin::Within(id, key.to_owned()),
            docs: Docs::default(),
            shape: Shape::Enum(Enum { base, symbols }),
        });
        if let Some(Shape::Struct(object)) = self.api.shape_mut(id)
            && let Some(field) = object.fields.get_mut(index)
        {
            field.shape = TypeRef::Named(constant);
            field.constraints = Constraints { open_enum, ..Constraints::default() };
        }
    }
}
