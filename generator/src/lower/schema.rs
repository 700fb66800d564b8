//! Schemas: a schema node in, a type out.
//!
//! A schema that has a name in Rust (a component, an object with properties, an enum) is lowered once and then
//! named by its id; all others are lowered where they stand.

use openapiv3::{AdditionalProperties, AnySchema};
use serde_json::Value;

use super::Lower;
use super::constraints::constraints;
use super::form::{Form, composed, form};
use crate::diagnostic::{Code, Diagnostic};
use crate::document::shape::Kind;
use crate::document::target;
use crate::ir::{Constraints, Docs, Enum, Origin, Scalar, Shape, Struct, Symbol, Type, TypeId, TypeRef};
use crate::pointer::Pointer;

/// What a place holds: its type, and what its schema says besides.
pub(super) struct Lowered {
    pub(super) shape: TypeRef,
    pub(super) nullable: bool,
    pub(super) constraints: Constraints,
}

impl Lowered {
    /// Any JSON value: the nearest honest type of what can't be read.
    fn any() -> Self {
        Self { shape: TypeRef::Any, nullable: false, constraints: Constraints::default() }
    }

    /// The type with its null.
    pub(super) fn into_ref(self) -> TypeRef {
        if self.nullable { TypeRef::Nullable(Box::new(self.shape)) } else { self.shape }
    }
}

/// A schema node by itself: its keywords, with each child as a pointer.
pub(super) struct Node {
    pub(super) pointer: Pointer,
    pub(super) keywords: AnySchema,
}

impl Lower<'_> {
    /// Lowers `components.schemas`. All are named before the first is lowered, so that they may name each other.
    pub(super) fn component_schemas(&mut self) {
        let schemas = self.document.members(&Pointer::root().child("components").child("schemas"));
        let mut ids = Vec::new();
        for (key, pointer) in schemas {
            let shape = Shape::Alias(TypeRef::Any, Box::default());
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
            let shape = self.component(pointer);
            self.api.set_shape(*id, shape);
        }
        for (id, pointer) in &ids {
            self.break_alias_cycle(*id, pointer);
        }
    }

    fn component(&mut self, pointer: &Pointer) -> Shape {
        if self.document.get(&pointer.child("$ref")).is_some() {
            let lowered = self.schema(pointer);
            return Shape::Alias(lowered.shape, Box::default());
        }
        let Some(node) = self.node(pointer) else {
            return Shape::Alias(TypeRef::Any, Box::default());
        };
        match self.form(&node) {
            Form::Struct => Shape::Struct(self.fields(&node)),
            Form::Enum => Shape::Enum(self.symbols(&node)),
            form => {
                let lowered = self.plain(&node, form);
                Shape::Alias(lowered.shape, Box::new(lowered.constraints))
            }
        }
    }

    /// Lowers the schema at `pointer`, or the one that it refers to.
    pub(super) fn schema(&mut self, pointer: &Pointer) -> Lowered {
        let target = match self.document.resolve(pointer) {
            Ok(target) => target,
            Err(problem) => {
                self.push(problem.note("read as any JSON value"));
                return Lowered::any();
            }
        };
        if !self.named.contains_key(&target) && self.needs_name(&target) {
            let origin = self.origin(&target);
            self.lower_in_place(&target, origin);
        }
        if let Some(id) = self.named.get(&target).copied() {
            return Lowered {
                shape: TypeRef::Named(id),
                nullable: self.is_nullable(&target),
                constraints: self.constraints(&target),
            };
        }
        if !self.open.insert(target.clone()) {
            let message = "this schema contains itself without passing a type that has a name";
            self.warn(Code::ReferenceCycle, &target, message, "read as any JSON value");
            return Lowered::any();
        }
        let lowered = match self.node(&target) {
            Some(node) => {
                let form = self.form(&node);
                self.plain(&node, form)
            }
            None => Lowered::any(),
        };
        self.open.remove(&target);
        lowered
    }

    /// Whether the schema at `pointer` is a struct or an enum, which has a name in Rust.
    pub(super) fn needs_name(&self, pointer: &Pointer) -> bool {
        let node = self.document.read::<AnySchema>(pointer, Kind::Schema);
        node.is_ok_and(|keywords| matches!(form(&keywords), Form::Struct | Form::Enum))
    }

    /// Lowers a struct or an enum that is no component.
    pub(super) fn lower_in_place(&mut self, pointer: &Pointer, origin: Origin) {
        let Some(node) = self.node(pointer).filter(|_| !self.named.contains_key(pointer)) else { return };
        let id = self.api.add_type(Type {
            pointer: pointer.clone(),
            origin,
            docs: self.docs(pointer),
            shape: Shape::Struct(Struct::default()),
        });
        self.named.insert(pointer.clone(), id);
        let shape = match self.form(&node) {
            Form::Enum => Shape::Enum(self.symbols(&node)),
            _ => Shape::Struct(self.fields(&node)),
        };
        self.api.set_shape(id, shape);
    }

    /// A schema that needs no name of its own.
    fn plain(&mut self, node: &Node, form: Form) -> Lowered {
        let mut constraints = self.constraints(&node.pointer);
        let mut inner = |lower: &mut Self, pointer: &Pointer| {
            let lowered = lower.schema(pointer);
            constraints.items =
                Some(Box::new(lowered.constraints.clone())).filter(|items| **items != Constraints::default());
            Box::new(lowered.into_ref())
        };
        let shape = match form {
            Form::List => match &node.keywords.items {
                Some(items) => TypeRef::List(inner(self, &target(items))),
                None => TypeRef::List(Box::new(TypeRef::Any)),
            },
            Form::Map => match &node.keywords.additional_properties {
                Some(AdditionalProperties::Schema(values)) => TypeRef::Map(inner(self, &target(values))),
                _ => {
                    let values = Scalar::of_map(node.keywords.format.as_deref());
                    TypeRef::Map(Box::new(values.map_or(TypeRef::Any, TypeRef::Scalar)))
                }
            },
            Form::Only(member) => {
                let lowered = self.schema(&member);
                let nullable = lowered.nullable || self.is_nullable(&node.pointer);
                return Lowered { nullable, ..lowered };
            }
            Form::Scalar(scalar) => TypeRef::Scalar(scalar),
            Form::Struct | Form::Enum | Form::Any => TypeRef::Any,
        };
        Lowered { shape, nullable: self.is_nullable(&node.pointer), constraints }
    }

    fn node(&mut self, pointer: &Pointer) -> Option<Node> {
        match self.document.read::<AnySchema>(pointer, Kind::Schema) {
            Ok(keywords) => Some(Node { pointer: pointer.clone(), keywords }),
            Err(problem) => {
                self.push(problem.note("read as any JSON value"));
                None
            }
        }
    }

    /// Decides what a schema is, and says what of it is not supported.
    fn form(&mut self, node: &Node) -> Form {
        let keywords = &node.keywords;
        let form = form(keywords);
        if let (Form::Any, Some(key)) = (&form, composed(keywords)) {
            let message = format!("`{key}` is not supported yet");
            let place = self.place(&node.pointer.child(key)).key();
            self.push(
                Diagnostic::new(Code::UnsupportedSchema, message, place).note("read as any JSON value"),
            );
        } else if !keywords.enumeration.is_empty()
            && !matches!(form, Form::Enum)
            && !lists_all_booleans(keywords)
        {
            let message = "an `enum` of values that are not all strings is not supported yet";
            self.warn(
                Code::UnsupportedSchema,
                &node.pointer.child("enum"),
                message,
                "any value of its type is taken",
            );
        }
        form
    }

    fn constraints(&self, pointer: &Pointer) -> Constraints {
        self.document.get(pointer).and_then(Value::as_object).map(constraints).unwrap_or_default()
    }

    fn symbols(&mut self, node: &Node) -> Enum {
        let mut symbols: Vec<Symbol> = Vec::new();
        let list = node.pointer.child("enum");
        for (index, value) in node.keywords.enumeration.iter().enumerate() {
            let Some(value) = value.as_str() else { continue };
            let pointer = list.item(index);
            if symbols.iter().any(|symbol| symbol.value == value) {
                let message = format!("`{value}` stands twice in one `enum`");
                self.warn(Code::Malformed, &pointer, message, "the second is ignored");
                continue;
            }
            symbols.push(Symbol { value: value.to_owned(), pointer });
        }
        Enum { symbols }
    }

    /// Whether null is a value of the schema at `pointer`.
    fn is_nullable(&self, pointer: &Pointer) -> bool {
        let Some(Value::Object(schema)) = self.document.get(pointer) else { return false };
        let of = |key: &str| schema.get(key);
        of("nullable") == Some(&Value::Bool(true))
            || of("enum").and_then(Value::as_array).is_some_and(|values| values.contains(&Value::Null))
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

    /// A name for a list or map of itself is no Rust type: its items become any JSON value.
    fn break_alias_cycle(&mut self, id: TypeId, pointer: &Pointer) {
        let Some(Shape::Alias(aliased, constraints)) = self.api.get(id).map(|known| &known.shape) else {
            return;
        };
        let Some(broken) = self.api.without_alias(aliased, id) else { return };
        let constraints = constraints.clone();
        self.api.set_shape(id, Shape::Alias(broken, constraints));
        let message = "a list or map of itself is not supported yet";
        self.warn(Code::UnsupportedSchema, pointer, message, "what it holds is read as any JSON value");
    }
}

/// Whether an `enum` says no more than `type: boolean` does.
fn lists_all_booleans(keywords: &AnySchema) -> bool {
    [true, false].iter().all(|flag| keywords.enumeration.contains(&Value::Bool(*flag)))
}
