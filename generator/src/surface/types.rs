//! Describes models: their kind, constructors and members.

use syn::ext::IdentExt;

use super::rules::constraints;
use super::{Attributes, Surveyor, deprecation, flag, put};
use crate::ir::{Base, Choice, Field, Shape, Struct, Type, TypeId, Union};
use crate::plan::{Presence, only_value};

impl Surveyor<'_> {
    pub(super) fn types(&mut self) {
        let api = self.api;
        for (id, known) in api.types() {
            let path = self.type_path(id);
            let mut attributes = self.type_attributes(id, known);
            match &known.shape {
                Shape::Struct(object) => self.structure(id, object, &path, &mut attributes),
                Shape::Enum(list) => {
                    attributes.insert("shape", "enum".to_owned());
                    let base = if list.base == Base::String { "String" } else { "i64" };
                    attributes.insert("base", base.to_owned());
                    for (symbol, name) in list.symbols.iter().zip(self.names.members(id)) {
                        let variant = Attributes::from([("value", symbol.value.clone())]);
                        self.surface.insert(("variant", format!("{path}::{}", name.unraw())), variant);
                    }
                }
                Shape::Union(union) => self.variants(id, union, &path, &mut attributes),
                Shape::Wrapper(inner) => {
                    attributes.insert("shape", "wrapper".to_owned());
                    attributes.insert("type", self.shape(inner));
                }
                Shape::Foreign(path) => {
                    attributes.insert("shape", "foreign".to_owned());
                    attributes.insert("type", path.clone());
                }
                Shape::Alias(inner, asked) => {
                    attributes.insert("shape", "alias".to_owned());
                    attributes.insert("type", self.shape(inner));
                    constraints(&mut attributes, asked);
                }
            }
            self.add("type", path, attributes);
        }
    }

    fn type_attributes(&self, id: TypeId, known: &Type) -> Attributes {
        let mut attributes = Attributes::new();
        flag(&mut attributes, "sent", self.plan.is_sent(id));
        flag(&mut attributes, "received", self.plan.is_received(id));
        deprecation(&mut attributes, &known.docs);
        attributes
    }

    fn structure(&mut self, id: TypeId, object: &Struct, path: &str, attributes: &mut Attributes) {
        attributes.insert("shape", "struct".to_owned());
        let arguments = self.constructor(id, object);
        let is_default = self.plan.is_default(id, object)
            || arguments.as_ref().is_some_and(|arguments| arguments.is_empty());
        flag(attributes, "Default", is_default);
        put(attributes, "new", arguments.map(|arguments| format!("({})", arguments.join(", "))));
        flag(attributes, "closed", object.closed);
        constraints(attributes, &object.constraints);
        for (index, (field, name)) in object.fields.iter().zip(self.names.members(id)).enumerate() {
            let field = self.field(id, index, field);
            self.surface.insert(("field", format!("{path}::{}", name.unraw())), field);
        }
        for (union, name) in object.flattened.iter().zip(self.names.flattened(id)) {
            let shape = self.shape(&union.shape);
            let shape = if union.optional { format!("Option<{shape}>") } else { shape };
            let field = Attributes::from([("type", shape), ("flattened", "yes".to_owned())]);
            self.surface.insert(("field", format!("{path}::{}", name.unraw())), field);
        }
        if let Some((values, name)) = object.additional.as_ref().zip(self.names.additional(id)) {
            let shape = format!("BTreeMap<String, {}>", self.shape(values));
            let field = Attributes::from([("type", shape), ("additional", "yes".to_owned())]);
            self.surface.insert(("field", format!("{path}::{}", name.unraw())), field);
        }
    }

    /// Returns the arguments of `new` for a struct that is sent: in the order of `required`, then
    /// in the order of the fields.
    fn constructor(&self, id: TypeId, object: &Struct) -> Option<Vec<String>> {
        if !self.plan.is_sent(id) {
            return None;
        }
        let positions = object.positions();
        let mut arguments = Vec::new();
        for (index, (field, name)) in object.fields.iter().zip(self.names.members(id)).enumerate() {
            let is_asked = self.plan.presence(id, index, field) == Presence::Required
                && field.constant.is_none()
                && only_value(self.api, &field.shape).is_none();
            if is_asked {
                let place = positions.get(field.key.as_str()).copied();
                arguments.push((place, format!("{}: {}", name.unraw(), self.shape(&field.shape))));
            }
        }
        for (union, name) in object.flattened.iter().zip(self.names.flattened(id)) {
            if !union.optional {
                arguments.push((Some(usize::MAX), format!("{}: {}", name.unraw(), self.shape(&union.shape))));
            }
        }
        arguments.sort_by_key(|(place, _)| *place);
        Some(arguments.into_iter().map(|(_, argument)| argument).collect())
    }

    fn field(&self, id: TypeId, index: usize, field: &Field) -> Attributes {
        let presence = self.plan.presence(id, index, field);
        let mut shape = self.shape(&field.shape);
        if self.plan.is_boxed(id, index) {
            shape = format!("Box<{shape}>");
        }
        let shape = match presence {
            Presence::Required => shape,
            Presence::Nullable | Presence::Optional | Presence::Either => format!("Option<{shape}>"),
            Presence::Tristate => format!("Option<Option<{shape}>>"),
        };
        let mut attributes = Attributes::from([("type", shape), ("key", field.key.clone())]);
        flag(&mut attributes, "required", field.required);
        flag(&mut attributes, "nullable", field.nullable);
        flag(&mut attributes, "readOnly", field.read_only);
        flag(&mut attributes, "writeOnly", field.write_only);
        deprecation(&mut attributes, &field.docs);
        let is_set = self.plan.is_sent(id) && presence != Presence::Required && !field.read_only;
        flag(&mut attributes, "setter", is_set);
        put(&mut attributes, "default", field.default.as_ref().map(ToString::to_string));
        constraints(&mut attributes, &field.constraints);
        attributes
    }

    fn variants(&mut self, id: TypeId, union: &Union, path: &str, attributes: &mut Attributes) {
        attributes.insert("shape", "union".to_owned());
        let choice = match &union.choice {
            Choice::Tag { key, .. } => key.clone(),
            Choice::Tests(_) => "by shape".to_owned(),
        };
        attributes.insert("tag", choice);
        for (index, (variant, name)) in union.variants.iter().zip(self.names.members(id)).enumerate() {
            let mut item = Attributes::from([("type", self.shape(&variant.shape))]);
            if let Choice::Tag { values, .. } = &union.choice {
                put(&mut item, "tags", values.get(index).map(|values| values.join(" | ")));
            }
            constraints(&mut item, &variant.constraints);
            self.surface.insert(("variant", format!("{path}::{}", name.unraw())), item);
        }
    }
}
