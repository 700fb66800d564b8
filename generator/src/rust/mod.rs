//! A client as Rust code: what `emit` writes and `surface` describes, with a name in each node.
//!
//! Input: an [`Api`], its [`Names`](crate::name::Names) and its [`Plan`](crate::plan::Plan). Output:
//! a [`Crate`].
//!
//! Invariants: only `build` joins the three. A node borrows what the document declares, and adds
//! the item's name and the decisions about it.

mod build;
mod rules;

use std::collections::HashMap;

use proc_macro2::Ident;

use crate::ir::{Api, Content, TypeId};
use crate::name::{GroupNames, TagNames};
pub(crate) use crate::plan::Presence;
use crate::{Place, ir};
pub(crate) use build::build;
pub(crate) use rules::{asked, asked_of_struct};

/// The client of an API.
pub(crate) struct Crate<'a> {
    pub(crate) api: &'a Api,
    pub(crate) place: Place,
    /// The library's name in Rust code, if it is known.
    pub(crate) library: Option<&'a str>,
    /// The models, in the order of the document.
    pub(crate) types: Vec<Type<'a>>,
    /// The operations, in the order of the document.
    pub(crate) operations: Vec<Operation<'a>>,
    /// The tags that have operations, sorted.
    pub(crate) tags: Vec<Tag<'a>>,
    /// True if the operations of a tag have a cargo feature.
    pub(crate) is_gated: bool,
    /// True if all names are ASCII.
    pub(crate) is_ascii: bool,
    /// The position of each type in `types`.
    positions: HashMap<TypeId, usize>,
    /// The name of a type that is not in `types`: an identifier that does not compile.
    unnamed: Ident,
}

/// A tag, and the module of its requests.
pub(crate) struct Tag<'a> {
    /// The name in the document.
    pub(crate) key: &'a str,
    pub(crate) names: &'a TagNames,
}

/// A model.
pub(crate) struct Type<'a> {
    pub(crate) id: TypeId,
    pub(crate) declared: &'a ir::Type,
    pub(crate) name: Ident,
    /// The type whose file the model is in.
    pub(crate) owner: TypeId,
    /// The model's file, if it has one of its own.
    pub(crate) module: Option<&'a Ident>,
    /// The features that compile the model. Empty if it is always compiled.
    pub(crate) features: Vec<&'a str>,
    /// The traits that the caller configured.
    pub(crate) derives: &'a [String],
    /// True if callers send values, and so must be able to create them.
    pub(crate) is_sent: bool,
    /// True if values are decoded.
    pub(crate) is_received: bool,
    pub(crate) item: Item<'a>,
}

/// The item that a model is.
pub(crate) enum Item<'a> {
    Struct(Struct<'a>),
    Enum(Enum<'a>),
    Union(Union<'a>),
    Wrapper(&'a ir::TypeRef),
    Foreign(&'a str),
    Alias(&'a ir::TypeRef, &'a ir::Constraints),
}

/// An object with declared properties.
pub(crate) struct Struct<'a> {
    pub(crate) declared: &'a ir::Struct,
    pub(crate) fields: Vec<Field<'a>>,
    /// The fields with the unions whose properties are inlined in the JSON.
    pub(crate) flattened: Vec<Flattened<'a>>,
    /// The map of undeclared properties: its name, and the type of its values.
    pub(crate) additional: Option<(&'a Ident, &'a ir::TypeRef)>,
    /// The private field that keeps undeclared properties and nulls.
    pub(crate) rest: Option<&'a Ident>,
    /// True if no field requires a value, so that the struct implements `Default`.
    pub(crate) is_default: bool,
}

/// A property of a struct.
pub(crate) struct Field<'a> {
    pub(crate) declared: &'a ir::Field,
    pub(crate) name: &'a Ident,
    pub(crate) presence: Presence,
    pub(crate) is_boxed: bool,
    /// The only value that a caller can send, if the field must have one.
    pub(crate) constant: Option<Constant<'a>>,
}

/// The value of a field that a caller does not choose.
pub(crate) enum Constant<'a> {
    Bool(bool),
    /// The only variant of an enum.
    Variant(TypeId, &'a Ident),
}

/// A union whose variants' properties are properties of a struct.
pub(crate) struct Flattened<'a> {
    pub(crate) declared: &'a ir::Flattened,
    pub(crate) name: &'a Ident,
}

/// A string or integer with known values.
pub(crate) struct Enum<'a> {
    pub(crate) base: ir::Base,
    pub(crate) variants: Vec<(&'a Ident, &'a ir::Symbol)>,
}

/// A value of one of several types.
pub(crate) struct Union<'a> {
    pub(crate) choice: &'a ir::Choice,
    pub(crate) variants: Vec<Variant<'a>>,
}

/// One of a union's types.
pub(crate) struct Variant<'a> {
    pub(crate) declared: &'a ir::Variant,
    pub(crate) name: &'a Ident,
}

/// An operation: the method that creates its request, and the request.
pub(crate) struct Operation<'a> {
    pub(crate) declared: &'a ir::Operation,
    /// The method of the client or of a group.
    pub(crate) method: &'a Ident,
    /// The group that has the method, or `None` if the client has it.
    pub(crate) group: Option<&'a GroupNames>,
    /// The request's type.
    pub(crate) request: &'a Ident,
    pub(crate) parameters: Vec<Parameter<'a>>,
    pub(crate) bodies: Vec<Body<'a>>,
    pub(crate) representations: Vec<Representation<'a>>,
    pub(crate) headers: Vec<Header<'a>>,
}

/// A parameter: an argument of the method, or a setter of the request.
pub(crate) struct Parameter<'a> {
    pub(crate) declared: &'a ir::Parameter,
    pub(crate) name: &'a Ident,
    /// The setter that sends the parameter without a value, if it may be empty.
    pub(crate) empty: Option<&'a Ident>,
}

/// A body.
pub(crate) struct Body<'a> {
    pub(crate) declared: &'a ir::Body,
    /// The method that takes the body if one is required, else the setter.
    pub(crate) name: &'a Ident,
    /// The type of a multipart body with declared parts.
    pub(crate) form: Option<Form<'a>>,
}

/// The type of a multipart body.
pub(crate) struct Form<'a> {
    pub(crate) name: &'a Ident,
    pub(crate) parts: Vec<Part<'a>>,
}

/// A part of a form: an argument or a setter.
pub(crate) struct Part<'a> {
    pub(crate) declared: &'a ir::Part,
    pub(crate) name: &'a Ident,
}

/// A representation of successful responses that can be requested, with the methods that send the
/// request.
pub(crate) struct Representation<'a> {
    pub(crate) declared: &'a ir::Representation,
    pub(crate) send: &'a Ident,
    /// The method that also returns the response's head.
    pub(crate) send_with_response: &'a Ident,
    /// The method that returns the body as a stream.
    pub(crate) send_stream: &'a Ident,
    pub(crate) result: Outcomes<'a>,
}

/// The results of a representation.
pub(crate) enum Outcomes<'a> {
    /// The same content for each status.
    One(&'a Content),
    /// An enum, because the content depends on the status.
    Several(&'a Ident, Vec<Outcome<'a>>),
}

/// A successful response with its variant.
pub(crate) struct Outcome<'a> {
    pub(crate) declared: &'a ir::Outcome,
    pub(crate) variant: &'a Ident,
}

/// A response header with its constant.
pub(crate) struct Header<'a> {
    pub(crate) declared: &'a ir::Header,
    pub(crate) name: &'a Ident,
}
