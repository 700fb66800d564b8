//! Lowers objects to structs: the schema's properties, merged with those of its `allOf`.

use std::collections::HashSet;

use serde_json::Value;

use super::super::Lower;
use super::super::schema::{Additional, Form, SchemaId, View};
use super::{Lowered, Pending, value_type};
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::{
    Constraints, Docs, Field, Flattened, Kinds, Origin, Scalar, Shape, Struct, TypeId, TypeRef, Why,
};

/// The deepest nesting of lists and maps that is searched. A list that contains itself has no end.
const DEEPEST: usize = 16;

impl<'a> Lower<'a> {
    /// Returns the struct of a view with the type `id` and the unions that its properties decide.
    pub(super) fn object(&mut self, id: TypeId, view: &View<'a>, unions: &[SchemaId]) -> Struct {
        let all_personal = view.nodes.iter().any(|node| node.says("x-personal-data"));
        let required = view.required();
        let is_required: HashSet<&str> = required.iter().map(|(key, _)| *key).collect();
        let tags = self.tags_of_unions(view, unions);
        let properties = view.properties();
        let written = view.nodes.last().map_or(0, |own| own.properties.len());
        let mut fields: Vec<Field> = Vec::with_capacity(properties.len());
        // The schemas of a refused struct are skipped.
        if !self.schemas.grow(properties.len().saturating_sub(written), view.id) {
            return Struct::default();
        }
        for (key, schemas) in properties.into_iter().filter(|(key, _)| !tags.contains(*key)) {
            fields.push(self.field(id, key, &schemas, is_required.contains(key), all_personal));
        }
        let declared: HashSet<String> = fields.iter().map(|field| field.key.clone()).collect();
        let variants = unions.iter().flat_map(|list| self.schemas.variants(*list).to_vec());
        let in_variants: HashSet<String> =
            variants.flat_map(|variant| self.schemas.facts(variant).known.clone()).collect();
        for (key, stated) in &required {
            if !declared.contains(*key) && !in_variants.contains(*key) && !tags.contains(*key) {
                fields.push(self.undeclared(id, view, key, *stated, all_personal));
            }
        }
        let flattened: Vec<Flattened> = unions.iter().map(|list| self.flattened(id, view, *list)).collect();
        let additional = self.additional(id, view).filter(|_| flattened.is_empty());
        let (additional, additional_constraints) = additional.unzip();
        let values_are_personal = || view.undeclared().into_iter().any(|values| self.is_personal(values));
        let additional_is_personal = additional.is_some() && (all_personal || values_are_personal());
        Struct {
            fields,
            required: required.into_iter().map(|(key, _)| key.to_owned()).collect(),
            flattened,
            additional,
            additional_constraints: Box::new(additional_constraints.unwrap_or_default()),
            additional_is_personal,
            constraints: Box::new(self.constraints_of(view)),
            closed: view.is_closed(),
        }
    }

    fn field(
        &mut self,
        id: TypeId,
        key: &str,
        schemas: &[SchemaId],
        required: bool,
        personal: bool,
    ) -> Field {
        let lowered = self.property(id, key, schemas);
        let annotations: Vec<_> = schemas.iter().map(|schema| self.schemas.annotations(*schema)).collect();
        let write_only = annotations.iter().any(|one| one.write_only);
        let personal = personal || write_only || schemas.iter().any(|schema| self.is_personal(*schema));
        let docs: Vec<&Docs> = annotations.iter().map(|one| &one.docs).collect();
        let said = docs.iter().rev().find(|docs| docs.title.is_some() || docs.description.is_some());
        let deprecated = docs.iter().any(|docs| docs.deprecated);
        let sunset = docs.iter().find_map(|docs| docs.sunset.clone());
        let docs = Docs { deprecated, sunset, ..said.map(|docs| (*docs).clone()).unwrap_or_default() };
        let default = annotations.iter().rev().find_map(|one| one.default);
        let is_of = |lower: &mut Self, value: &Value| {
            schemas.last().is_some_and(|schema| lower.is_of(*schema, value))
        };
        let default = default.filter(|value| is_of(self, value)).cloned();
        let is_null = lowered.shape == TypeRef::Scalar(Scalar::Null);
        Field {
            key: key.to_owned(),
            docs,
            required,
            nullable: lowered.nullable && !is_null,
            shape: value_type(lowered.shape),
            read_only: annotations.iter().any(|one| one.read_only),
            write_only,
            personal,
            constraints: lowered.constraints,
            default,
            constant: None,
            pointer: schemas.last().map(|last| self.schemas.pointer(*last)).unwrap_or_default(),
        }
    }

    /// Returns true if a default value has a kind that its schema allows. Reports other defaults.
    pub(in crate::lower) fn is_of(&mut self, schema: SchemaId, value: &Value) -> bool {
        let is_of = self.schemas.kinds(schema).meets(Kinds::of(value)) || value.is_null();
        if !is_of {
            let pointer = self.schemas.pointer(schema).child("default");
            let message = format!("the default `{value}` is of another type than its schema");
            self.warn(Code::Malformed, &pointer, message, "it is not shown");
        }
        is_of
    }

    /// Returns the discriminators of an object's unions. The variant writes them, so they are no
    /// fields of the object.
    fn tags_of_unions(&self, view: &View<'a>, unions: &[SchemaId]) -> HashSet<String> {
        let writes_tag = |list: &&SchemaId| {
            let is_object = |variant: &SchemaId| self.schemas.kinds(*variant) == Kinds::OBJECT;
            !self.is_optional_union(view, **list) && self.schemas.variants(**list).iter().all(is_object)
        };
        let tags = unions.iter().filter(writes_tag).filter_map(|list| self.schemas.tag(*list));
        tags.map(str::to_owned).collect()
    }

    /// Returns true if a value of the object may match no variant of a union.
    fn is_optional_union(&self, view: &View<'a>, list: SchemaId) -> bool {
        if list == view.id { self.schemas.has_own_values(list) } else { self.schemas.is_nullable(list) }
    }

    /// Returns the type of a property that several schemas may describe. If they conflict, the last
    /// one wins.
    fn property(&mut self, id: TypeId, key: &str, schemas: &[SchemaId]) -> Lowered {
        if let [only] = schemas {
            return self.schema(*only);
        }
        let targets = self.schemas.targets(schemas);
        let mut left = self.schemas.without_repetitions(&targets);
        let Some(last) = left.pop().or_else(|| targets.last().copied()) else {
            return Lowered::any(Why::Unreadable);
        };
        // Keywords beside a reference count as well.
        let written = schemas.iter().rev().find(|schema| self.schemas.resolve(**schema) == Some(last));
        let written = written.copied().unwrap_or(last);
        let mut others = Constraints::default();
        for other in targets.iter().filter(|target| **target != last) {
            others = others.and(self.constraints(*other));
        }
        if left.is_empty() {
            return self.schema(written).and(others);
        }
        left.push(last);
        if left.iter().all(|schema| self.is_struct(*schema)) {
            let merged = self.add_named(last, Origin::Within(id, key.to_owned()));
            let nullable = left.iter().all(|schema| self.schemas.is_nullable(*schema));
            self.pending.push(Pending::Merged(merged, left));
            return Lowered { shape: TypeRef::Named(merged), nullable, constraints: Constraints::default() };
        }
        if self.kinds_differ(&left) {
            let message = format!("`{key}` has two types");
            let place = self.place(&self.schemas.pointer(written)).label("this one is taken");
            let mut diagnostic = Diagnostic::new(Code::ConflictingMembers, message, place);
            if let Some(other) = left.first() {
                let other = self.place(&self.schemas.pointer(*other));
                diagnostic = diagnostic.and(other.label("and this one is not"));
            }
            self.push(diagnostic);
        }
        self.schema(written).and(others)
    }

    /// Returns true if no value can match all the schemas.
    fn kinds_differ(&self, schemas: &[SchemaId]) -> bool {
        let kinds: Vec<_> = schemas.iter().map(|schema| self.schemas.kinds(*schema)).collect();
        kinds
            .iter()
            .enumerate()
            .any(|(index, kind)| kinds.iter().skip(index + 1).any(|other| !kind.meets(*other)))
    }

    fn is_struct(&self, schema: SchemaId) -> bool {
        self.schemas.resolved_view(schema).is_some_and(|view| matches!(view.form, Form::Struct(_)))
    }

    /// Returns the struct of a property that several objects describe together.
    pub(super) fn merged(&mut self, id: TypeId, schemas: &[SchemaId]) -> Shape {
        let views: Vec<_> = schemas.iter().filter_map(|schema| self.schemas.resolved_view(*schema)).collect();
        let mut seen = HashSet::new();
        let nodes = views.iter().flat_map(|view| &view.nodes).filter(|node| seen.insert(node.id)).cloned();
        let Some(last) = schemas.last() else { return Shape::Struct(Struct::default()) };
        let view = View { id: *last, nodes: nodes.collect(), form: Form::Struct(vec![]) };
        Shape::Struct(self.object(id, &view, &[]))
    }

    /// Returns a required property that is not declared. It has the type of undeclared properties.
    fn undeclared(
        &mut self,
        id: TypeId,
        view: &View<'a>,
        key: &str,
        stated: SchemaId,
        personal: bool,
    ) -> Field {
        let pointer = self.schemas.pointer(stated).child("required");
        let shape = match self.values(Some(id), view) {
            Some((values, _)) => values,
            None => {
                let message = format!("`{key}` is required, but not declared");
                self.warn(Code::UndeclaredRequired, &pointer, message, "the field has any JSON value");
                TypeRef::Any(Why::Undeclared)
            }
        };
        Field {
            key: key.to_owned(),
            pointer,
            docs: Docs::default(),
            shape,
            required: true,
            nullable: false,
            read_only: false,
            write_only: false,
            personal,
            constraints: Constraints::default(),
            default: None,
            constant: None,
        }
    }

    /// Returns a union whose variants' properties are properties of the object.
    fn flattened(&mut self, id: TypeId, view: &View<'a>, list: SchemaId) -> Flattened {
        let named = self.named.get(&list).copied().filter(|named| *named != id);
        let union = named.unwrap_or_else(|| {
            let union = self.add_named(list, Origin::Within(id, "variant".to_owned()));
            self.pending.push(Pending::Flattened(union, list));
            union
        });
        let pointer = self.schemas.pointer(list);
        Flattened { pointer, shape: TypeRef::Named(union), optional: self.is_optional_union(view, list) }
    }

    /// Returns the type of undeclared properties, or `None` if there are none.
    fn additional(&mut self, id: TypeId, view: &View<'a>) -> Option<(TypeRef, Constraints)> {
        if let Some(values) = self.values(Some(id), view) {
            return Some(values);
        }
        let node = view.last(|node| node.additional != Additional::Unsaid)?;
        let is_open = node.additional == Additional::Any(true);
        is_open.then(|| (TypeRef::Any(Why::FreeForm), Constraints::default()))
    }

    /// Returns the type of the properties that an object does not declare by name, and their
    /// constraints. If several schemas apply, it is a union.
    pub(super) fn values(&mut self, id: Option<TypeId>, view: &View<'a>) -> Option<(TypeRef, Constraints)> {
        let mut schemas = view.undeclared();
        let only = schemas.first().copied()?;
        let has_patterns = view.nodes.iter().any(|node| !node.patterns.is_empty());
        let has_values = view.nodes.iter().any(|node| matches!(node.additional, Additional::Schema(_)));
        let covers_all = !has_patterns || has_values || view.is_closed();
        if schemas.len() == 1 && covers_all {
            let lowered = self.schema(only);
            let constraints = lowered.constraints.clone();
            return Some((value_type(lowered.into_ref()), constraints));
        }
        if let Some(known) = self.several.get(&view.id) {
            return Some((TypeRef::Named(*known), Constraints::default()));
        }
        schemas = self.schemas.targets(&schemas);
        let origin = match id {
            Some(id) => Origin::Within(id, "value".to_owned()),
            None => self.origin(view.id).and("value"),
        };
        let union = self.add_named(only, origin);
        self.several.insert(view.id, union);
        self.pending.push(Pending::Several(union, schemas));
        Some((TypeRef::Named(union), Constraints::default()))
    }

    /// Returns true if `Debug` must redact the values of a schema, or values inside its lists and
    /// maps.
    fn is_personal(&self, schema: SchemaId) -> bool {
        let mut here = schema;
        for _ in 0..DEEPEST {
            let annotations = self.schemas.annotations(here);
            let target = self.schemas.resolve(here);
            let format = self.schemas.get(here, "format").or_else(|| self.schemas.get(target?, "format"));
            if annotations.personal || format.and_then(Value::as_str) == Some("password") {
                return true;
            }
            let Some(node) = target.and_then(|target| self.schemas.node(target)) else { return false };
            let values = match node.additional {
                Additional::Schema(values) => Some(values),
                _ => None,
            };
            let parts = [&node.all_of, &node.one_of, &node.any_of].map(|list| list.first().copied());
            match node.items.into_iter().chain(values).chain(parts.into_iter().flatten()).next() {
                Some(inner) => here = inner,
                None => return false,
            }
        }
        false
    }
}
