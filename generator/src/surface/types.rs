//! Describes models: their kind, constructors and members.

use syn::ext::IdentExt;

use super::rules::constraints;
use super::{Attributes, Surveyor, deprecation, flag, put};
use crate::ir::{Base, Choice};
use crate::rust::{Field, Flattened, Item, Presence, Struct, Type, Union, Variant};

impl Surveyor<'_> {
    pub(super) fn types(&mut self) {
        let rust = self.rust;
        for known in &rust.types {
            let path = self.type_path(known.id);
            let mut attributes = Attributes::new();
            flag(&mut attributes, "sent", known.is_sent);
            flag(&mut attributes, "received", known.is_received);
            deprecation(&mut attributes, &known.declared.docs);
            let mut derives = known.derives.to_vec();
            derives.sort();
            put(&mut attributes, "derives", (!derives.is_empty()).then(|| derives.join(", ")));
            match &known.item {
                Item::Struct(object) => self.structure(known, object, &path, &mut attributes),
                Item::Enum(list) => {
                    attributes.insert("shape", "enum".to_owned());
                    let base = if list.base == Base::String { "String" } else { "i64" };
                    attributes.insert("base", base.to_owned());
                    for (name, symbol) in &list.variants {
                        let variant = Attributes::from([("value", symbol.value.clone())]);
                        self.add("variant", format!("{path}::{}", name.unraw()), variant);
                    }
                }
                Item::Union(union) => self.variants(union, &path, &mut attributes),
                Item::Wrapper(inner) => {
                    attributes.insert("shape", "wrapper".to_owned());
                    attributes.insert("type", self.shape(inner));
                }
                Item::Foreign(path) => {
                    attributes.insert("shape", "foreign".to_owned());
                    attributes.insert("type", (*path).to_owned());
                }
                Item::Alias(inner, asked) => {
                    attributes.insert("shape", "alias".to_owned());
                    attributes.insert("type", self.shape(inner));
                    constraints(&mut attributes, asked);
                }
            }
            self.add("type", path, attributes);
        }
    }

    fn structure(&mut self, known: &Type, object: &Struct, path: &str, attributes: &mut Attributes) {
        attributes.insert("shape", "struct".to_owned());
        let arguments = known.is_sent.then(|| self.constructor(object));
        let is_default =
            object.is_default || arguments.as_ref().is_some_and(|arguments| arguments.is_empty());
        flag(attributes, "Default", is_default);
        put(attributes, "new", arguments.map(|arguments| format!("({})", arguments.join(", "))));
        flag(attributes, "closed", object.declared.closed);
        constraints(attributes, &object.declared.constraints);
        for field in &object.fields {
            self.add("field", format!("{path}::{}", field.name.unraw()), self.field(known, field));
        }
        for Flattened { declared, name } in &object.flattened {
            let shape = self.shape(&declared.shape);
            let shape = if declared.optional { format!("Option<{shape}>") } else { shape };
            let field = Attributes::from([("type", shape), ("flattened", "yes".to_owned())]);
            self.add("field", format!("{path}::{}", name.unraw()), field);
        }
        if let Some((name, values)) = object.additional {
            let shape = format!("BTreeMap<String, {}>", self.shape(values));
            let mut field = Attributes::from([("type", shape), ("additional", "yes".to_owned())]);
            constraints(&mut field, &object.declared.additional_constraints);
            self.add("field", format!("{path}::{}", name.unraw()), field);
        }
    }

    /// Returns the arguments of `new`: in the order of `required`, then in the order of the fields.
    fn constructor(&self, object: &Struct) -> Vec<String> {
        let positions = object.declared.positions();
        let mut arguments = Vec::new();
        for Field { declared, name, presence, constant, .. } in &object.fields {
            if *presence == Presence::Required && constant.is_none() {
                let place = positions.get(declared.key.as_str()).copied();
                arguments.push((place, format!("{}: {}", name.unraw(), self.shape(&declared.shape))));
            }
        }
        for Flattened { declared, name } in object.flattened.iter().filter(|one| !one.declared.optional) {
            let argument = format!("{}: {}", name.unraw(), self.shape(&declared.shape));
            arguments.push((Some(usize::MAX), argument));
        }
        arguments.sort_by_key(|(place, _)| *place);
        arguments.into_iter().map(|(_, argument)| argument).collect()
    }

    fn field(&self, known: &Type, Field { declared: field, presence, is_boxed, .. }: &Field) -> Attributes {
        let mut shape = self.shape(&field.shape);
        if *is_boxed {
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
        let is_set = known.is_sent && *presence != Presence::Required && !field.read_only;
        flag(&mut attributes, "setter", is_set);
        put(&mut attributes, "default", field.default.as_ref().map(ToString::to_string));
        constraints(&mut attributes, &field.constraints);
        attributes
    }

    fn variants(&mut self, union: &Union, path: &str, attributes: &mut Attributes) {
        attributes.insert("shape", "union".to_owned());
        let choice = match union.choice {
            Choice::Tag { key, .. } => key.clone(),
            Choice::Tests(_) => "by shape".to_owned(),
        };
        attributes.insert("tag", choice);
        for (index, Variant { declared, name }) in union.variants.iter().enumerate() {
            let mut item = Attributes::from([("type", self.shape(&declared.shape))]);
            if let Choice::Tag { values, .. } = union.choice {
                put(&mut item, "tags", values.get(index).map(|values| values.join(" | ")));
            }
            constraints(&mut item, &declared.constraints);
            self.add("variant", format!("{path}::{}", name.unraw()), item);
        }
    }
}
