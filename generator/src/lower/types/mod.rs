//! Writes types: a [`Type`] for each schema with a name in Rust, a [`TypeRef`] for each place.
//!
//! Input: [`Schemas`](super::schema::Schemas). Output: the types of an [`Api`](crate::ir::Api).
//!
//! A schema with a name is a component, an object with properties, an enum or a union. It gets its
//! [`TypeId`] when it is first reached, and its shape later, from a queue. Types may therefore
//! contain each other in any order. All other schemas are lowered in place.

mod constraints;
mod enumeration;
mod object;
mod origin;
pub(super) mod pattern;
mod tags;
mod union;

use std::rc::Rc;

use serde_json::Value;

use super::Lower;
use super::schema::{Form, SchemaId, View};
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::{Constraints, Docs, Origin, Scalar, Shape, Struct, Type, TypeId, TypeRef, Why};
use crate::pointer::Pointer;
use crate::specification::Kind;

/// The type of a place's values, and the annotations of its schema.
pub(super) struct Lowered {
    pub(super) shape: TypeRef,
    pub(super) nullable: bool,
    pub(super) constraints: Constraints,
}

impl Lowered {
    /// Returns the type of any JSON value. For a schema that cannot be read, no other type is
    /// certainly correct.
    fn any(why: Why) -> Self {
        Self { shape: TypeRef::Any(why), nullable: false, constraints: Constraints::default() }
    }

    /// Adds constraints to the type.
    pub(super) fn and(self, constraints: Constraints) -> Self {
        Self { constraints: self.constraints.and(constraints), ..self }
    }

    /// Returns the type, nullable if null is allowed.
    pub(super) fn into_ref(self) -> TypeRef {
        match self.shape {
            shape @ (TypeRef::Nullable(_) | TypeRef::Scalar(Scalar::Null)) => shape,
            shape if self.nullable => TypeRef::Nullable(Box::new(shape)),
            shape => shape,
        }
    }
}

/// Returns the type of a value in an object or list. Null alone becomes any JSON value: such schemas
/// come from examples, and the server sends other values too.
fn value_type(shape: TypeRef) -> TypeRef {
    match shape {
        TypeRef::Scalar(Scalar::Null) => TypeRef::Any(Why::OnlyNull),
        shape => shape,
    }
}

/// A type that has a name but no shape yet.
pub(super) enum Pending {
    Component(TypeId, SchemaId),
    Named(TypeId, SchemaId),
    /// A union inside an object.
    Flattened(TypeId, SchemaId),
    /// The struct of a property that several objects describe.
    Merged(TypeId, Vec<SchemaId>),
    /// The union of undeclared properties that several schemas describe.
    Several(TypeId, Vec<SchemaId>),
}

impl<'a> Lower<'a> {
    /// Lowers `components.schemas`.
    pub(super) fn component_schemas(&mut self) {
        let schemas = self.document.members(&Pointer::of(&["components", "schemas"]));
        let mut components = Vec::new();
        for (key, pointer) in schemas {
            let schema = self.schemas.at(&pointer);
            let docs = self.schemas.annotations(schema).docs.clone();
            let shape = Shape::Alias(TypeRef::Any(Why::Unreadable), Box::default());
            let id = self.api.add_type(Type { pointer, origin: Origin::Component(key), docs, shape });
            self.named.insert(schema, id);
            self.pending.push(Pending::Component(id, schema));
            components.push((id, schema));
        }
        self.write_pending();
        self.wrap_cycles(&components);
    }

    /// Writes the shapes of all types in the queue. Inner types follow their outer type.
    pub(super) fn write_pending(&mut self) {
        let mut left: Vec<Pending> = self.pending.drain(..).rev().collect();
        while let Some(pending) = left.pop() {
            if self.schemas.is_refused() {
                return;
            }
            let (id, shape) = match pending {
                Pending::Component(id, schema) => (id, Some(self.component(id, schema))),
                Pending::Named(id, schema) => {
                    let view = self.schemas.view(schema);
                    (id, view.and_then(|view| self.shape(id, &view)))
                }
                Pending::Flattened(id, list) => (id, Some(self.union(list))),
                Pending::Merged(id, schemas) => (id, Some(self.merged(id, &schemas))),
                Pending::Several(id, schemas) => (id, Some(self.union_of_several(&schemas))),
            };
            if let Some(shape) = shape {
                self.api.set_shape(id, shape);
            }
            left.extend(self.pending.drain(..).rev());
        }
    }

    fn component(&mut self, id: TypeId, schema: SchemaId) -> Shape {
        if let Some(name) = self.replaced.of(&self.schemas.pointer(schema)) {
            return Shape::Foreign(name.to_owned());
        }
        if self.schemas.get(schema, "$ref").is_some() {
            let lowered = self.schema(schema);
            return Shape::Alias(lowered.shape, Box::default());
        }
        let Some(view) = self.readable(schema) else {
            return Shape::Alias(TypeRef::Any(Why::Unreadable), Box::default());
        };
        match self.shape(id, &view) {
            Some(shape) => shape,
            None => {
                let lowered = self.plain(&view);
                Shape::Alias(value_type(lowered.shape), Box::new(lowered.constraints))
            }
        }
    }

    /// Returns the shape of a type that needs a name.
    fn shape(&mut self, id: TypeId, view: &View<'a>) -> Option<Shape> {
        match &view.form {
            Form::Struct(unions) => Some(Shape::Struct(self.object(id, view, unions))),
            Form::Enum(base) => Some(Shape::Enum(self.enumeration(view, *base))),
            Form::Union(list) => Some(self.union(*list)),
            Form::Mixed => {
                self.report_unlisted_values(view);
                Some(self.mixed(view))
            }
            _ => None,
        }
    }

    /// Lowers the schema at `pointer` or its `$ref` target.
    pub(super) fn schema_at(&mut self, pointer: &Pointer) -> Lowered {
        let schema = self.schemas.at(pointer);
        self.schema(schema)
    }

    /// Lowers a schema or its `$ref` target.
    pub(super) fn schema(&mut self, schema: SchemaId) -> Lowered {
        let Some(target) = self.schemas.resolve(schema) else {
            if let Err(problem) = self.document.resolve(&self.schemas.pointer(schema)) {
                self.push(problem.note("read as any JSON value"));
            }
            return Lowered::any(Why::Unreadable);
        };
        let is_nullable = target != schema && self.schemas.is_nullable(schema);
        let mut lowered = self.resolved(target);
        lowered.nullable |= is_nullable;
        lowered
    }

    fn resolved(&mut self, target: SchemaId) -> Lowered {
        if let Some(id) = self.name(target) {
            return Lowered {
                shape: TypeRef::Named(id),
                nullable: self.schemas.is_nullable(target),
                constraints: self.constraints(target),
            };
        }
        if !self.open.insert(target) {
            let message = "this schema contains itself, with no named type between";
            self.warn_at(Code::ReferenceCycle, target, message, "read as any JSON value");
            return Lowered::any(Why::Unreadable);
        }
        let lowered = match self.readable(target) {
            Some(view) => self.plain(&view),
            None => Lowered::any(Why::Unreadable),
        };
        self.open.remove(&target);
        lowered
    }

    /// Returns the type of a schema with a name. Creates the type if the schema is reached for the
    /// first time.
    pub(super) fn name(&mut self, schema: SchemaId) -> Option<TypeId> {
        if let Some(id) = self.named.get(&schema) {
            return Some(*id);
        }
        if !self.schemas.view(schema).is_some_and(|view| view.form.needs_name()) {
            return None;
        }
        let origin = self.origin(schema);
        // Computing the origin may have reached the schema.
        if let Some(id) = self.named.get(&schema) {
            return Some(*id);
        }
        let id = self.add_named(schema, origin);
        self.named.insert(schema, id);
        self.pending.push(Pending::Named(id, schema));
        Some(id)
    }

    /// Adds a type without a shape.
    fn add_named(&mut self, schema: SchemaId, origin: Origin) -> TypeId {
        let docs = self.schemas.annotations(schema).docs.clone();
        let shape = Shape::Struct(Struct::default());
        self.api.add_type(Type { pointer: self.schemas.pointer(schema), origin, docs, shape })
    }

    /// Lowers a schema that needs no name.
    fn plain(&mut self, view: &View<'a>) -> Lowered {
        self.report_unlisted_values(view);
        let mut constraints = self.constraints_of(view);
        let nullable = self.schemas.is_nullable(view.id);
        let shape = match &view.form {
            Form::List => TypeRef::List(Box::new(match view.items() {
                Some(items) if self.is_of_one_type(view, items) => self.inner(items, &mut constraints),
                _ => TypeRef::Any(Why::FreeItems),
            })),
            Form::Tuple => {
                let items = view.prefix().to_vec();
                TypeRef::Tuple(
                    items.into_iter().map(|item| value_type(self.schema(item).into_ref())).collect(),
                )
            }
            Form::Map => match self.values(None, view) {
                Some((values, of_values)) => {
                    constraints.items =
                        Some(Box::new(of_values)).filter(|items| **items != Constraints::default());
                    TypeRef::Map(Box::new(values))
                }
                None => {
                    let values = Scalar::of_map(view.format());
                    let nullable = |scalar| TypeRef::Nullable(Box::new(TypeRef::Scalar(scalar)));
                    TypeRef::Map(Box::new(values.map_or(TypeRef::Any(Why::FreeForm), nullable)))
                }
            },
            Form::Only(member) => {
                let lowered = self.schema(*member);
                let left = self.kinds_left(view, &[*member]);
                let constraints = match left.meets(self.schemas.kinds(*member)) {
                    false => constraints.and(lowered.constraints),
                    true => constraints,
                };
                return Lowered { nullable: lowered.nullable || nullable, constraints, ..lowered };
            }
            Form::Scalar(scalar) => match view.format().and_then(|format| self.of_format(format)) {
                Some(id) => TypeRef::Named(id),
                None => TypeRef::Scalar(*scalar),
            },
            Form::Any(why) => TypeRef::Any(*why),
            Form::Struct(_) | Form::Enum(_) | Form::Union(_) | Form::Mixed => TypeRef::Any(Why::Unreadable),
        };
        Lowered { shape, nullable, constraints }
    }

    /// Returns the caller's own type for a format. It is created at the format's first use.
    fn of_format(&mut self, format: &'a str) -> Option<TypeId> {
        if let Some(id) = self.formats.get(format) {
            return Some(*id);
        }
        let name = self.replaced.of_format(format)?;
        let id = self.api.add_type(Type {
            // No node of the document has this pointer, so that each format has its own.
            pointer: Pointer::of(&["formats", format]),
            origin: Origin::Operation(format.to_owned(), String::new()),
            docs: Docs { description: Some(format!("A value of the format `{format}`.")), ..Docs::default() },
            shape: Shape::Foreign(name.to_owned()),
        });
        self.formats.insert(format, id);
        Some(id)
    }

    /// Returns the type of a list's items, and adds their constraints to the list's.
    fn inner(&mut self, items: SchemaId, constraints: &mut Constraints) -> TypeRef {
        let lowered = self.schema(items);
        let items = Box::new(lowered.constraints.clone());
        constraints.items = Some(items).filter(|items| **items != Constraints::default());
        value_type(lowered.into_ref())
    }

    /// Returns true if the first items of a list, which `prefixItems` describes, and the `items`
    /// after them have one type and no constraints of their own. Reports a list whose items differ.
    fn is_of_one_type(&mut self, view: &View<'a>, items: SchemaId) -> bool {
        let mut all = view.prefix().to_vec();
        let Some(first) = all.first().copied() else { return true };
        let is_never = self.schemas.get(items, "not").is_some();
        all.extend(Some(items).filter(|_| !is_never));
        let mut lowered = all.into_iter().map(|schema| self.schema(schema));
        let one = lowered.next().map(|one| (one.constraints.clone(), one.into_ref()));
        let is_one = !is_never
            && one
                .is_some_and(|one| lowered.all(|other| (other.constraints.clone(), other.into_ref()) == one));
        if !is_one {
            let message = "`prefixItems` of a list of any length is not checked";
            self.warn_at(Code::Unchecked, first, message, "the items are read as any JSON value");
        }
        is_one
    }

    /// Reports listed values that do not become an enum.
    fn report_unlisted_values(&mut self, view: &View<'a>) {
        let Some(node) = view.last(|node| !node.enumeration.is_empty()) else { return };
        let values = node.enumeration;
        let all_flags = [true, false].iter().all(|flag| values.contains(&Value::Bool(*flag)));
        if all_flags || values.iter().all(Value::is_null) || matches!(view.form, Form::Only(_)) {
            return;
        }
        let place = self.place(&self.schemas.pointer(node.id).child("enum")).key();
        let message = "`enum` of a schema of this type is not checked";
        let note = "all values are accepted, even unlisted ones";
        self.push(Diagnostic::new(Code::Unchecked, message, place).note(note));
    }

    /// Returns the view of a schema. Reports a schema that cannot be read.
    pub(super) fn readable(&mut self, schema: SchemaId) -> Option<Rc<View<'a>>> {
        let view = self.schemas.view(schema);
        if view.is_none() && !self.schemas.is_refused() {
            let pointer = self.schemas.pointer(schema);
            if let Err(problem) = self.document.read::<serde_json::Map<String, Value>>(&pointer, Kind::Schema)
            {
                self.push(problem.note("read as any JSON value"));
            }
        }
        view
    }

    /// Returns the documentation of the node at `pointer`.
    pub(super) fn docs(&self, pointer: &Pointer) -> Docs {
        let node = self.document.get(pointer).and_then(Value::as_object);
        node.map(super::schema::docs).unwrap_or_default()
    }

    /// Makes a list or map that contains itself a type of its own, because Rust's aliases cannot be
    /// recursive.
    fn wrap_cycles(&mut self, components: &[(TypeId, SchemaId)]) {
        let cycles = self.api.alias_cycles();
        for (id, schema) in components.iter().copied().filter(|(id, _)| cycles.contains(id)) {
            let Some(Shape::Alias(aliased, _)) = self.api.get(id).map(|known| &known.shape) else { continue };
            // An earlier type may have broken the cycle.
            if !self.api.is_alias_of_itself(id) {
                continue;
            }
            let aliased = aliased.clone();
            if matches!(aliased, TypeRef::Named(_)) {
                let message = "this schema is another name for itself";
                self.warn_at(Code::ReferenceCycle, schema, message, "read as any JSON value");
                self.api.set_shape(id, Shape::Alias(TypeRef::Any(Why::Unreadable), Box::default()));
            } else {
                self.api.set_shape(id, Shape::Wrapper(aliased));
            }
        }
    }
}
