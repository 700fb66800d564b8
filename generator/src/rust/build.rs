//! Joins an [`Api`], its [`Names`] and its [`Plan`].

use std::collections::BTreeSet;

use proc_macro2::Ident;

use super::{
    Body, Constant, Crate, Enum, Field, Flattened, Form, Header, Item, Operation, Outcome, Outcomes,
    Parameter, Part, Representation, Struct, Tag, Type, Union, Variant,
};
use crate::Options;
use crate::ir::{self, Api, BodyForm, Content, Origin, Shape, TypeId};
use crate::name::{BodyNames, Names, OperationNames, RepresentationNames};
use crate::plan::{Plan, Presence, only_value};

/// Builds the crate of an API. An item without a name is left out, so that code which uses it does
/// not compile.
pub(crate) fn build<'a>(api: &'a Api, names: &'a Names, plan: &'a Plan, options: &'a Options) -> Crate<'a> {
    let builder = Builder { api, names, plan };
    let types: Vec<Type<'a>> = api.types().map(|(id, known)| builder.model(id, known)).collect();
    let operations = api
        .operations()
        .filter_map(|(id, operation)| Some(builder.operation(operation, names.operation(id)?)));
    let tags: BTreeSet<&str> =
        api.operations.iter().filter_map(|operation| operation.tag.as_deref()).collect();
    let tags = tags.into_iter().filter_map(|key| Some(Tag { key, names: names.tag(key)? }));
    Crate {
        api,
        place: options.place,
        library: options.library.as_deref(),
        positions: types.iter().enumerate().map(|(position, known)| (known.id, position)).collect(),
        types,
        operations: operations.collect(),
        tags: tags.collect(),
        is_gated: !plan.gates.is_empty(),
        is_ascii: names.is_ascii(),
        unnamed: Ident::new("unnamed", proc_macro2::Span::call_site()),
    }
}

/// The results of the previous stages.
#[derive(Clone, Copy)]
struct Builder<'a> {
    api: &'a Api,
    names: &'a Names,
    plan: &'a Plan,
}

impl<'a> Builder<'a> {
    fn model(self, id: TypeId, declared: &'a ir::Type) -> Type<'a> {
        let owner = self.owner(id);
        let tags = self.plan.gates.get(&owner).into_iter().flatten();
        let members = self.names.members(id);
        Type {
            id,
            declared,
            name: self.names.type_name(id),
            owner,
            module: self.names.module(owner),
            features: tags.filter_map(|tag| Some(self.names.tag(tag)?.feature.as_str())).collect(),
            derives: self.plan.derives(id),
            is_sent: self.plan.is_sent(id),
            is_received: self.plan.is_received(id),
            item: match &declared.shape {
                Shape::Struct(object) => Item::Struct(self.object(id, object)),
                Shape::Enum(list) => Item::Enum(Enum {
                    base: list.base,
                    variants: members.iter().zip(&list.symbols).collect(),
                }),
                Shape::Union(union) => {
                    let variants = union.variants.iter().zip(members);
                    let variants = variants.map(|(declared, name)| Variant { declared, name });
                    Item::Union(Union { choice: &union.choice, variants: variants.collect() })
                }
                Shape::Wrapper(inner) => Item::Wrapper(inner),
                Shape::Foreign(path) => Item::Foreign(path),
                Shape::Alias(aliased, constraints) => Item::Alias(aliased, constraints),
            },
        }
    }

    /// Returns the type that owns the file of a type.
    fn owner(self, id: TypeId) -> TypeId {
        match self.api.get(id).map(|known| &known.origin) {
            Some(Origin::Within(parent, _)) => self.owner(*parent),
            _ => id,
        }
    }

    fn object(self, id: TypeId, declared: &'a ir::Struct) -> Struct<'a> {
        let fields = declared.fields.iter().zip(self.names.members(id)).enumerate();
        let fields = fields.map(|(index, (declared, name))| {
            let presence = self.plan.presence(id, index, declared);
            let is_boxed = self.plan.is_boxed(id, index);
            let constant = (presence == Presence::Required).then(|| self.constant(declared)).flatten();
            Field { declared, name, presence, is_boxed, constant }
        });
        let flattened = declared.flattened.iter().zip(self.names.flattened(id));
        Struct {
            declared,
            fields: fields.collect(),
            flattened: flattened.map(|(declared, name)| Flattened { declared, name }).collect(),
            additional: self.names.additional(id).zip(declared.additional.as_ref()),
            rest: self.names.rest(id).filter(|_| self.plan.keeps_rest(id, declared)),
            is_default: self.plan.is_default(id, declared),
        }
    }

    fn constant(self, field: &'a ir::Field) -> Option<Constant<'a>> {
        if let Some(constant) = field.constant {
            return Some(Constant::Bool(constant));
        }
        let (id, _) = only_value(self.api, &field.shape)?;
        // The name by which the field's type is imported may be an alias.
        let ir::TypeRef::Named(named) = &field.shape else { return None };
        Some(Constant::Variant(*named, self.names.members(id).first()?))
    }

    fn operation(self, declared: &'a ir::Operation, names: &'a OperationNames) -> Operation<'a> {
        let parameters = declared.parameters.iter().zip(&names.parameters);
        let bodies = declared.bodies.iter().zip(&names.bodies);
        let representations = declared.success.representations.iter().zip(&names.representations);
        let headers = declared.headers.iter().zip(&names.headers);
        Operation {
            declared,
            method: &names.method,
            group: self.names.group(declared),
            request: &names.request,
            parameters: parameters
                .map(|(declared, names)| Parameter {
                    declared,
                    name: &names.name,
                    empty: names.empty.as_ref(),
                })
                .collect(),
            bodies: bodies.map(|(declared, names)| body(declared, names)).collect(),
            representations: representations
                .map(|(declared, names)| representation(declared, names))
                .collect(),
            headers: headers.map(|(declared, name)| Header { declared, name }).collect(),
        }
    }
}

fn body<'a>(declared: &'a ir::Body, names: &'a BodyNames) -> Body<'a> {
    let form = match (&declared.form, &names.form) {
        (BodyForm::Multipart(parts), Some((name, names))) => {
            let parts = parts.iter().zip(names).map(|(declared, name)| Part { declared, name });
            Some(Form { name, parts: parts.collect() })
        }
        _ => None,
    };
    Body { declared, name: &names.name, form }
}

fn representation<'a>(
    declared: &'a ir::Representation,
    names: &'a RepresentationNames,
) -> Representation<'a> {
    let [send, send_with_response, send_stream] = &names.sends;
    let result = match &names.choice {
        Some((name, variants)) => {
            let outcomes = declared.outcomes.iter().zip(variants);
            let outcomes = outcomes.map(|(declared, variant)| Outcome { declared, variant });
            Outcomes::Several(name, outcomes.collect())
        }
        None => Outcomes::One(declared.only().unwrap_or(&Content::Nothing)),
    };
    Representation { declared, send, send_with_response, send_stream, result }
}

impl<'a> Crate<'a> {
    /// Returns a model.
    pub(crate) fn get(&self, id: TypeId) -> Option<&Type<'a>> {
        self.types.get(*self.positions.get(&id)?)
    }

    /// Returns the name of a model.
    pub(crate) fn name(&self, id: TypeId) -> &Ident {
        self.get(id).map_or(&self.unnamed, |known| &known.name)
    }
}

impl Operation<'_> {
    /// Returns the parameters that every call has, which are arguments of the method.
    pub(crate) fn required(&self) -> impl Iterator<Item = &Parameter<'_>> {
        self.parameters.iter().filter(|parameter| parameter.declared.required)
    }

    /// Returns the path of the method, as seen from the file of its request.
    pub(crate) fn method_path(&self) -> String {
        match self.group {
            Some(group) => format!("{}::{}", group.shape, self.method),
            None => format!("Client::{}", self.method),
        }
    }

    /// Returns the body that every call has, if it must have one.
    pub(crate) fn required_body(&self) -> Option<&Body<'_>> {
        self.bodies.first().filter(|_| self.declared.body_required)
    }
}
