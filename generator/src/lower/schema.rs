//! Schemas: a schema node in, a type out.
//!
//! A schema that has a name in Rust (a component, an object with properties, an enum, a union) is lowered once and then
//! named by its id; all others are lowered where they stand.

use std::rc::Rc;

use openapiv3::AdditionalProperties;
use serde_json::Value;

use super::Lower;
use super::form::{Form, items};
use super::view::View;
use crate::diagnostic::{Code, Diagnostic};
use crate::document::shape::Kind;
use crate::document::target;
use crate::ir::{Constraints, Docs, Origin, Scalar, Shape, Struct, Type, TypeId, TypeRef, Why};
use crate::pointer::Pointer;

/// What a place holds: its type, and what its schema says besides.
pub(super) struct Lowered {
    pub(super) shape: TypeRef,
    pub(super) nullable: bool,
    pub(super) constraints: Constraints,
}

impl Lowered {
    /// Any JSON value: the nearest honest type of what can't be read.
    fn any(why: Why) -> Self {
        Self { shape: TypeRef::Any(why), nullable: false, constraints: Constraints::default() }
    }

    /// The same type, of which more is asked.
    pub(super) fn and(self, constraints: Constraints) -> Self {
        Self { constraints: self.constraints.and(constraints), ..self }
    }

    /// The type with its null.
    pub(super) fn into_ref(self) -> TypeRef {
        if self.nullable { TypeRef::Nullable(Box::new(self.shape)) } else { self.shape }
    }
}

impl Lower<'_> {
    /// Lowers `components.schemas`. All are named before the first is lowered, so that they may name each other.
    pub(super) fn component_schemas(&mut self) {
        let schemas = self.document.members(&Pointer::root().child("components").child("schemas"));
        let mut ids = Vec::new();
        for (key, pointer) in schemas {
            let shape = Shape::Alias(TypeRef::Any(Why::Unreadable), Box::default());
            let docs = self.docs(&pointer);
            let id = self.api.add_type(Type {
                pointer: pointer.clone(),
                origin: Origin::Component(key),
                docs,
                shape,
            });
            self.named.insert(pointer.clone(), id);
            ids.push((id, pointer));
        }
        for (id, pointer) in &ids {
            let shape = self.component(*id, pointer);
            self.api.set_shape(*id, shape);
        }
        for (id, pointer) in &ids {
            self.wrap_cycle(*id, pointer);
        }
    }

    fn component(&mut self, id: TypeId, pointer: &Pointer) -> Shape {
        if self.document.get(&pointer.child("$ref")).is_some() {
            let lowered = self.schema(pointer);
            return Shape::Alias(lowered.shape, Box::default());
        }
        let Some(view) = self.readable(pointer) else {
            return Shape::Alias(TypeRef::Any(Why::Unreadable), Box::default());
        };
        match self.shape(id, &view) {
            Some(shape) => shape,
            None => {
                let lowered = self.plain(&view);
                Shape::Alias(lowered.shape, Box::new(lowered.constraints))
            }
        }
    }

    /// The shape of a type that has a name for its own sake.
    fn shape(&mut self, id: TypeId, view: &View) -> Option<Shape> {
        match &view.form {
            Form::Struct(unions) => Some(Shape::Struct(self.object(id, view, unions))),
            Form::Enum(base) => Some(Shape::Enum(self.enumeration(view, *base))),
            Form::Union(list) => Some(self.union(list)),
            Form::Mixed => Some(self.mixed(view)),
            _ => None,
        }
    }

    /// Lowers the schema at `pointer`, or the one that it refers to.
    pub(super) fn schema(&mut self, pointer: &Pointer) -> Lowered {
        let target = match self.document.resolve(pointer) {
            Ok(target) => target,
            Err(problem) => {
                self.push(problem.note("read as any JSON value"));
                return Lowered::any(Why::Unreadable);
            }
        };
        let is_nullable = target != *pointer && self.is_nullable(pointer);
        let mut lowered = self.resolved(&target);
        lowered.nullable |= is_nullable;
        lowered
    }

    fn resolved(&mut self, target: &Pointer) -> Lowered {
        if !self.named.contains_key(target) && self.needs_name(target) {
            let origin = self.origin(target);
            self.lower_in_place(target, origin);
        }
        if let Some(id) = self.named.get(target).copied() {
            return Lowered {
                shape: TypeRef::Named(id),
                nullable: self.is_nullable(target),
                constraints: self.constraints(target),
            };
        }
        if !self.open.insert(target.clone()) {
            let message = "this schema contains itself without passing a type that has a name";
            self.warn(Code::ReferenceCycle, target, message, "read as any JSON value");
            return Lowered::any(Why::Unreadable);
        }
        let lowered = match self.readable(target) {
            Some(view) => self.plain(&view),
            None => Lowered::any(Why::Unreadable),
        };
        self.open.remove(target);
        lowered
    }

    /// Whether the schema at `pointer` has a name in Rust.
    pub(super) fn needs_name(&self, pointer: &Pointer) -> bool {
        self.view(pointer).is_some_and(|view| view.form.needs_name())
    }

    /// Lowers a struct, an enum or a union that is no component.
    pub(super) fn lower_in_place(&mut self, pointer: &Pointer, origin: Origin) {
        let Some(view) = self.readable(pointer).filter(|_| !self.named.contains_key(pointer)) else { return };
        let id = self.add_named(pointer, origin);
        self.named.insert(pointer.clone(), id);
        if let Some(shape) = self.shape(id, &view) {
            self.api.set_shape(id, shape);
        }
    }

    /// A type whose shape is still to come.
    pub(super) fn add_named(&mut self, pointer: &Pointer, origin: Origin) -> TypeId {
        let docs = self.docs(pointer);
        let shape = Shape::Struct(Struct::default());
        self.api.add_type(Type { pointer: pointer.clone(), origin, docs, shape })
    }

    /// A schema that needs no name of its own.
    fn plain(&mut self, view: &View) -> Lowered {
        self.report_unlisted_values(view);
        let mut constraints = self.constraints(&view.pointer);
        let nullable = self.is_nullable(&view.pointer);
        let mut inner = |lower: &mut Self, pointer: &Pointer| {
            let lowered = lower.schema(pointer);
            constraints.items =
                Some(Box::new(lowered.constraints.clone())).filter(|items| **items != Constraints::default());
            Box::new(lowered.into_ref())
        };
        let shape = match &view.form {
            Form::List => match items(view) {
                Some(items) => TypeRef::List(inner(self, &items)),
                None => TypeRef::List(Box::new(TypeRef::Any(Why::FreeItems))),
            },
            Form::Tuple => {
                let items = self.prefix(view);
                TypeRef::Tuple(items.iter().map(|item| self.schema(item).into_ref()).collect())
            }
            Form::Map => match self.values(view) {
                Some(values) => TypeRef::Map(inner(self, &values)),
                None => {
                    let values = Scalar::of_map(view.format());
                    let nullable = |scalar| TypeRef::Nullable(Box::new(TypeRef::Scalar(scalar)));
                    TypeRef::Map(Box::new(values.map_or(TypeRef::Any(Why::FreeForm), nullable)))
                }
            },
            Form::Only(member) => {
                let lowered = self.schema(member);
                let constraints = match self.is_alone(view, std::slice::from_ref(member), member) {
                    true => constraints.and(lowered.constraints),
                    false => constraints,
                };
                return Lowered { nullable: lowered.nullable || nullable, constraints, ..lowered };
            }
            Form::Scalar(scalar) => TypeRef::Scalar(*scalar),
            Form::Any(why) => TypeRef::Any(*why),
            Form::Struct(_) | Form::Enum(_) | Form::Union(_) | Form::Mixed => TypeRef::Any(Why::Unreadable),
        };
        Lowered { shape, nullable, constraints }
    }

    /// Says that values are listed which no enum stands for.
    fn report_unlisted_values(&mut self, view: &View) {
        let Some(node) = view.last(|keywords| !keywords.enumeration.is_empty()) else { return };
        let values = &node.keywords.enumeration;
        let all_flags = [true, false].iter().all(|flag| values.contains(&Value::Bool(*flag)));
        if all_flags || values.iter().all(Value::is_null) || matches!(view.form, Form::Only(_)) {
            return;
        }
        let place = self.place(&node.pointer.child("enum")).key();
        let message = "`enum` of a schema of this type is not checked";
        let note = "values are taken whether they are listed or not";
        self.push(Diagnostic::new(Code::Unchecked, message, place).note(note));
    }

    /// The schema of an object's undeclared members.
    pub(super) fn values(&self, view: &View) -> Option<Pointer> {
        let node = view
            .last(|keywords| matches!(keywords.additional_properties, Some(AdditionalProperties::Schema(_))));
        match node.and_then(|node| node.keywords.additional_properties.as_ref()) {
            Some(AdditionalProperties::Schema(values)) => Some(target(values)),
            _ => self.patterns(view),
        }
    }

    /// The view of a schema; where it can't be read, that is told.
    pub(super) fn readable(&mut self, pointer: &Pointer) -> Option<Rc<View>> {
        let view = self.view(pointer);
        if view.is_none()
            && let Err(problem) = self.document.read::<openapiv3::AnySchema>(pointer, Kind::Schema)
        {
            self.push(problem.note("read as any JSON value"));
        }
        view
    }

    /// Whether null is a value of the schema at `pointer`: because it says so, or one of its variants does, or the
    /// schema that it is another name for.
    pub(super) fn is_nullable(&self, pointer: &Pointer) -> bool {
        /// References and variants within each other that are followed.
        const DEEPEST: usize = 16;
        self.is_nullable_within(pointer, DEEPEST)
    }

    fn is_nullable_within(&self, pointer: &Pointer, depth: usize) -> bool {
        let Some(Value::Object(schema)) = self.document.get(pointer) else { return false };
        let says_so = schema.get("nullable") == Some(&Value::Bool(true))
            || schema
                .get("enum")
                .and_then(Value::as_array)
                .is_some_and(|values| values.contains(&Value::Null));
        if says_so || depth == 0 {
            return says_so;
        }
        let members = |key: &str| self.document.items(&pointer.child(key));
        let mut inner = [members("oneOf"), members("anyOf")].concat();
        if schema.contains_key("$ref") {
            inner.extend(self.document.resolve(pointer));
        }
        inner.iter().any(|inner| self.is_nullable_within(inner, depth - 1))
    }

    /// What the node at `pointer` says of itself for readers. Beside a `$ref` too: there it changes no value.
    pub(super) fn docs(&self, pointer: &Pointer) -> Docs {
        let node = self.document.get(pointer);
        let text = |key: &str| {
            node?.get(key)?.as_str().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned)
        };
        Docs {
            title: text("title").or_else(|| text("summary")),
            description: text("description"),
            deprecated: node.and_then(|node| node.get("deprecated")) == Some(&Value::Bool(true)),
        }
    }

    /// A list or map of itself is a type of its own: Rust's aliases can't hold themselves.
    fn wrap_cycle(&mut self, id: TypeId, pointer: &Pointer) {
        let Some(Shape::Alias(aliased, _)) = self.api.get(id).map(|known| &known.shape) else { return };
        if !self.api.aliases(aliased, id) {
            return;
        }
        let aliased = aliased.clone();
        if matches!(aliased, TypeRef::Named(_)) {
            let place = self.place(pointer);
            let message = "this schema is another name for itself";
            self.push(Diagnostic::new(Code::ReferenceCycle, message, place).note("read as any JSON value"));
            self.api.set_shape(id, Shape::Alias(TypeRef::Any(Why::Unreadable), Box::default()));
        } else {
            self.api.set_shape(id, Shape::Wrapper(aliased));
        }
    }
}
