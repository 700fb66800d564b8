//! Objects: a schema with properties, and all that its `allOf` brings, in, a struct out.

use openapiv3::AdditionalProperties;
use serde_json::Value;

use super::Lower;
use super::schema::Lowered;
use super::view::View;
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::{Constraints, Docs, Field, Flattened, Origin, Shape, Struct, TypeId, TypeRef, Why};
use crate::pointer::Pointer;

/// Lists and maps within each other that are looked into; a list of itself has no end.
const DEEPEST: usize = 16;

impl Lower<'_> {
    /// The struct of a view, whose type is `id`, with the unions that its members decide.
    pub(super) fn object(&mut self, id: TypeId, view: &View, unions: &[Pointer]) -> Struct {
        let all_personal = view.nodes.iter().any(|node| self.says(&node.pointer, "x-personal-data"));
        let required = view.required();
        let is_required = |key: &str| required.iter().any(|(known, _)| *known == key);
        let mut fields = Vec::new();
        for (key, schemas) in view.properties() {
            let lowered = self.property(id, key, &schemas);
            let last = schemas.last().cloned().unwrap_or_default();
            let says = |keyword: &str| schemas.iter().any(|schema| self.says(schema, keyword));
            let (read_only, write_only) = (says("readOnly"), says("writeOnly"));
            let personal =
                all_personal || write_only || schemas.iter().any(|schema| self.is_personal(schema));
            let default = schemas.iter().rev().find_map(|schema| self.said(schema, "default")).cloned();
            fields.push(Field {
                key: key.to_owned(),
                docs: self.property_docs(&schemas),
                shape: lowered.shape,
                required: is_required(key),
                nullable: lowered.nullable,
                read_only,
                write_only,
                personal,
                constraints: lowered.constraints,
                default,
                pointer: last,
            });
        }
        let variants: Vec<String> = unions
            .iter()
            .flat_map(|list| self.variants(list))
            .flat_map(|variant| self.facts(&variant).known)
            .collect();
        for (key, pointer) in &required {
            let is_declared =
                fields.iter().any(|field| field.key == *key) || variants.iter().any(|one| one == key);
            if !is_declared {
                fields.push(self.undeclared(view, key, pointer, all_personal));
            }
        }
        let flattened: Vec<Flattened> = unions.iter().map(|list| self.flattened(id, view, list)).collect();
        let additional = self.additional(view).filter(|_| flattened.is_empty());
        let (additional, additional_constraints) = additional.unzip();
        let is_personal = |view: &View| {
            view.nodes.iter().any(|node| self.is_personal(&node.pointer.child("additionalProperties")))
        };
        let additional_is_personal = additional.is_some() && (all_personal || is_personal(view));
        let required = required.into_iter().map(|(key, _)| key.to_owned()).collect();
        let closes = |additional: &Option<_>| matches!(additional, Some(AdditionalProperties::Any(false)));
        let closed = view.nodes.iter().any(|node| closes(&node.keywords.additional_properties));
        Struct {
            fields,
            required,
            flattened,
            additional,
            additional_constraints: Box::new(additional_constraints.unwrap_or_default()),
            additional_is_personal,
            constraints: Box::new(self.constraints_of(view)),
            closed,
        }
    }

    /// The type of a member that several schemas may speak of. The last word counts where they don't agree.
    fn property(&mut self, id: TypeId, key: &str, schemas: &[Pointer]) -> Lowered {
        let mut targets: Vec<Pointer> = Vec::new();
        for schema in schemas {
            let target = self.document.resolve(schema).unwrap_or_else(|_| schema.clone());
            if !targets.contains(&target) {
                targets.push(target);
            }
        }
        let mut left = self.without_repetitions(&targets);
        let last = left.pop().or_else(|| targets.pop()).unwrap_or_default();
        // What stands beside a reference counts as well.
        let written = schemas
            .iter()
            .rev()
            .find(|schema| self.document.resolve(schema).is_ok_and(|target| target == last));
        let written = written.cloned().unwrap_or_else(|| last.clone());
        let others = targets.iter().filter(|target| **target != last);
        let others = others.fold(Constraints::default(), |all, other| all.and(self.constraints(other)));
        if left.is_empty() {
            return self.schema(&written).and(others);
        }
        left.push(last.clone());
        if left.iter().all(|schema| self.is_struct(schema)) {
            return self.merged(id, key, &left);
        }
        if self.kinds_differ(&left) {
            let message = format!("`{key}` has two types");
            let place = self.place(&written).label("this one is taken");
            let mut diagnostic = Diagnostic::new(Code::ConflictingMembers, message, place);
            if let Some(other) = left.first() {
                diagnostic = diagnostic.and(self.place(other).label("and this one is not"));
            }
            self.push(diagnostic);
        }
        self.schema(&written).and(others)
    }

    /// Whether no value can be of all the schemas.
    fn kinds_differ(&self, schemas: &[Pointer]) -> bool {
        let kinds: Vec<_> = schemas.iter().map(|schema| self.kinds(schema)).collect();
        kinds
            .iter()
            .enumerate()
            .any(|(index, kind)| kinds.iter().skip(index + 1).any(|other| !kind.meets(*other)))
    }

    fn is_struct(&self, pointer: &Pointer) -> bool {
        self.resolved_view(pointer).is_some_and(|view| matches!(view.form, super::form::Form::Struct(_)))
    }

    /// The struct of a member that several objects describe together.
    fn merged(&mut self, id: TypeId, key: &str, schemas: &[Pointer]) -> Lowered {
        let views: Vec<_> = schemas.iter().filter_map(|schema| self.resolved_view(schema)).collect();
        let pointer = schemas.last().cloned().unwrap_or_default();
        let mut nodes: Vec<std::rc::Rc<super::view::Node>> = Vec::new();
        for node in views.iter().flat_map(|view| &view.nodes) {
            if !nodes.iter().any(|known| known.pointer == node.pointer) {
                nodes.push(node.clone());
            }
        }
        let view = View { pointer: pointer.clone(), nodes, form: super::form::Form::Struct(vec![]) };
        let merged = self.add_named(&pointer, Origin::Within(id, key.to_owned()));
        let shape = Shape::Struct(self.object(merged, &view, &[]));
        self.api.set_shape(merged, shape);
        let nullable = schemas.iter().all(|schema| self.is_nullable(schema));
        Lowered { shape: TypeRef::Named(merged), nullable, constraints: Constraints::default() }
    }

    /// What the last schema says that says something.
    fn property_docs(&self, schemas: &[Pointer]) -> Docs {
        let docs: Vec<Docs> = schemas.iter().map(|schema| self.docs(schema)).collect();
        let deprecated = docs.iter().any(|docs| docs.deprecated);
        let said = docs.into_iter().rev().find(|docs| docs.title.is_some() || docs.description.is_some());
        Docs { deprecated, ..said.unwrap_or_default() }
    }

    /// A member that is required, and declared nowhere: of the type of undeclared members.
    fn undeclared(&mut self, view: &View, key: &str, pointer: &Pointer, personal: bool) -> Field {
        let shape = match self.values(view) {
            Some(values) => self.schema(&values).into_ref(),
            None => {
                let message = format!("`{key}` is required, and declared nowhere");
                self.warn(Code::UndeclaredRequired, pointer, message, "it is a field of any JSON value");
                TypeRef::Any(Why::Undeclared)
            }
        };
        Field {
            key: key.to_owned(),
            pointer: pointer.clone(),
            docs: Docs::default(),
            shape,
            required: true,
            nullable: false,
            read_only: false,
            write_only: false,
            personal,
            constraints: Constraints::default(),
            default: None,
        }
    }

    /// A union whose variants' members stand among those of the object.
    fn flattened(&mut self, id: TypeId, view: &View, list: &Pointer) -> Flattened {
        let named = self.named.get(list).copied().filter(|named| *named != id);
        let union = named.unwrap_or_else(|| {
            let union = self.add_named(list, Origin::Within(id, "variant".to_owned()));
            let shape = self.union(list);
            self.api.set_shape(union, shape);
            union
        });
        let optional = self.is_nullable(list) && *list != view.pointer;
        Flattened { pointer: list.clone(), shape: TypeRef::Named(union), optional }
    }

    /// The type of the members that the object does not declare; nothing where they are ignored.
    fn additional(&mut self, view: &View) -> Option<(TypeRef, Constraints)> {
        if let Some(values) = self.values(view) {
            let lowered = self.schema(&values);
            let constraints = lowered.constraints.clone();
            return Some((lowered.into_ref(), constraints));
        }
        let node = view.last(|keywords| keywords.additional_properties.is_some())?;
        let is_open = matches!(node.keywords.additional_properties, Some(AdditionalProperties::Any(true)));
        is_open.then(|| (TypeRef::Any(Why::FreeForm), Constraints::default()))
    }

    /// Whether the values of the schema at `pointer`, or what they hold in lists and maps, are not to be printed.
    fn is_personal(&self, pointer: &Pointer) -> bool {
        let mut here = pointer.clone();
        for _ in 0..DEEPEST {
            let is_password = self.said(&here, "format").is_some_and(|format| format == "password");
            if is_password || self.says(&here, "x-personal-data") {
                return true;
            }
            let Ok(resolved) = self.document.resolve(&here) else { return false };
            let values = ["items", "additionalProperties"].map(|key| resolved.child(key));
            let members = ["allOf", "oneOf", "anyOf"].map(|key| resolved.child(key).item(0));
            let mut inner = values.into_iter().chain(members);
            match inner.find(|inner| self.document.get(inner).is_some_and(Value::is_object)) {
                Some(inner) => here = inner,
                None => return false,
            }
        }
        false
    }
}
