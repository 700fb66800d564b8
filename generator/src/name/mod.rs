//! Gives every type, member, operation and parameter its Rust identifier.
//!
//! Input: an [`Api`], the pins, the names in the lock. Output: [`Names`], which maps ids to
//! identifiers.
//!
//! Invariants: only this stage creates identifiers. A name is claimed as words in a scope, then
//! cased. Pins win, then the lock. Collisions are resolved in an order that does not depend on key
//! order, and are reported.

mod given;
mod group;
mod key;
mod member;
mod operation;
mod reserved;
mod scope;
mod shorten;
mod spelling;
mod types;
mod words;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use proc_macro2::Ident;
use syn::ext::IdentExt;

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Part, Place};
use crate::document::Document;
use crate::ir::{Api, FlowKind, Operation, OperationId, TypeId};
use crate::pointer::Pointer;
use crate::{Groups, Options};
use given::LONG;
pub(crate) use given::{Given, Held};
use key::Keys;
use reserved::Kind;
use scope::{Case, Claimed, Holder, Scope};
use spelling::{ident, is_ident};

/// The identifiers of one client.
#[derive(Debug, Default)]
pub(crate) struct Names {
    types: HashMap<TypeId, Ident>,
    modules: HashMap<TypeId, Ident>,
    members: HashMap<TypeId, Vec<Ident>>,
    flattened: HashMap<TypeId, Vec<Ident>>,
    additional: HashMap<TypeId, Ident>,
    rest: HashMap<TypeId, Ident>,
    operations: HashMap<OperationId, OperationNames>,
    tags: BTreeMap<String, TagNames>,
    given: Vec<Given>,
    counts: Counts,
}

/// The numbers of public names.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Counts {
    pub(crate) all: usize,
    /// Names with a number that distinguishes them from others.
    pub(crate) numbered: usize,
    /// Names with more than [`LONG`] characters.
    pub(crate) long: usize,
    /// Names that are not ASCII.
    foreign: usize,
}

/// The names of a tag.
#[derive(Debug)]
pub(crate) struct TagNames {
    /// The module of the requests.
    pub(crate) module: Ident,
    /// The cargo feature that enables the operations.
    pub(crate) feature: String,
    /// The group of the operations' methods. `None` if the methods are the client's.
    pub(crate) group: Option<GroupNames>,
}

/// The names of a group of methods.
#[derive(Debug)]
pub(crate) struct GroupNames {
    /// The client's method that returns the group.
    pub(crate) method: Ident,
    /// The group's type.
    pub(crate) shape: Ident,
}

/// The identifiers of one operation. Each list has the order of the operation's list.
#[derive(Debug)]
pub(crate) struct OperationNames {
    /// The method of the client or of a group, in snake case.
    pub(crate) method: Ident,
    /// The request's type.
    pub(crate) request: Ident,
    pub(crate) parameters: Vec<ParameterNames>,
    pub(crate) bodies: Vec<BodyNames>,
    pub(crate) representations: Vec<RepresentationNames>,
    /// The constants of response headers.
    pub(crate) headers: Vec<Ident>,
}

/// The names of a parameter.
#[derive(Debug)]
pub(crate) struct ParameterNames {
    pub(crate) name: Ident,
    /// The setter that sends the parameter without a value, if it may be empty.
    pub(crate) empty: Option<Ident>,
}

/// The names of a body.
#[derive(Debug)]
pub(crate) struct BodyNames {
    /// The method that takes the body if one is required, else the setter.
    pub(crate) name: Ident,
    /// The form's type and its parts, for a form with named parts.
    pub(crate) form: Option<(Ident, Vec<Ident>)>,
}

/// The names of a representation of the response.
#[derive(Debug)]
pub(crate) struct RepresentationNames {
    /// The sending method, the method that also returns the head, and the method that returns a
    /// stream.
    pub(crate) sends: [Ident; 3],
    /// The enum's type and its variants, if the content depends on the status.
    pub(crate) choice: Option<(Ident, Vec<Ident>)>,
}

/// Names all items. Pins map JSON pointers (`#/components/schemas/user`) to identifiers, `held` has
/// the names of earlier generations.
pub(crate) fn name(
    api: &Api,
    document: &Document,
    options: &Options,
    held: &Held,
    diagnostics: &mut Diagnostics,
) -> Names {
    let mut namer = Namer {
        api,
        document,
        diagnostics,
        pins: HashMap::new(),
        groups: options.groups,
        held,
        keys: Keys::new(document),
        used: BTreeSet::new(),
        names: Names::default(),
    };
    namer.read_pins(&options.names);
    namer.types();
    namer.members();
    let methods = namer.tags();
    namer.operations(methods);
    namer.report_idle_pins();
    namer.names
}

/// Returns the name of the constant for a URL of OAuth 2.0: `TOKEN_URL` if all flows share the URL,
/// else `PASSWORD_TOKEN_URL`.
pub(crate) fn flow_constant(url: &str, kind: Option<FlowKind>) -> String {
    match kind {
        Some(kind) => format!("{}_{url}", kind.words().to_uppercase().replace(' ', "_")),
        None => url.to_owned(),
    }
}

/// Returns the text of the identifier for a name.
pub(crate) fn identifier(name: &str) -> String {
    ident(name).to_string()
}

/// The path of the scope of the client's methods.
const CLIENT: &str = "Client";

/// Returns the path of the scope of a group's methods.
fn group_scope(method: &Ident) -> String {
    format!("{CLIENT}::{}", method.unraw())
}

/// Returns the path of the scope of methods: `Client::issues` for those of a group, else `Client`.
pub(crate) fn method_scope(group: Option<&GroupNames>) -> String {
    group.map_or_else(|| CLIENT.to_owned(), |group| group_scope(&group.method))
}

/// A naming in progress.
struct Namer<'a> {
    api: &'a Api,
    document: &'a Document,
    diagnostics: &'a mut Diagnostics,
    pins: HashMap<Pointer, String>,
    groups: Groups,
    held: &'a Held,
    keys: Keys<'a>,
    /// The pins that were applied.
    used: BTreeSet<Pointer>,
    names: Names,
}

impl Namer<'_> {
    fn read_pins(&mut self, pins: &BTreeMap<String, String>) {
        for (text, name) in pins {
            let pointer = Pointer::from_fragment(text).filter(|_| text.starts_with('#'));
            match pointer {
                Some(pointer) if is_ident(name) => {
                    self.pins.insert(pointer, name.clone());
                }
                Some(pointer) => {
                    let message = format!("the pinned name `{name}` is not a Rust identifier");
                    let place = self.document.place(&pointer);
                    self.diagnostics.push(Diagnostic::new(Code::BadPin, message, place));
                }
                None => {
                    let message =
                        format!("the pin `{text}` is not a JSON pointer such as `#/components/schemas/User`");
                    self.diagnostics.push(Diagnostic::new(Code::BadPin, message, Place::file(0)));
                }
            }
        }
    }

    fn report_idle_pins(&mut self) {
        let mut idle: Vec<_> = self.pins.iter().filter(|(pointer, _)| !self.used.contains(pointer)).collect();
        idle.sort();
        for (pointer, name) in idle {
            let message = format!("the pin of `{pointer}` to `{name}` applies to nothing");
            let place = Place::node(0, pointer.clone(), Part::Key);
            self.diagnostics.push(
                Diagnostic::new(Code::IdlePin, message, place)
                    .note("no type, field, enum value, operation or tag is there"),
            );
        }
    }

    /// Returns the name that is pinned for the node at `pointer`. A property and its inline type
    /// have the same pointer: the pin of a type begins with a capital.
    fn pin(&mut self, pointer: &Pointer, is_type: bool) -> Option<String> {
        let name = self.pinned(pointer, is_type)?.to_owned();
        self.used.insert(pointer.clone());
        Some(name)
    }

    fn pinned(&self, pointer: &Pointer, is_type: bool) -> Option<&str> {
        self.pins
            .get(pointer)
            .map(String::as_str)
            .filter(|name| name.starts_with(char::is_uppercase) == is_type)
    }

    /// Returns the place of a node. A tag is shown in its first operation.
    fn place(&self, pointer: &Pointer) -> Place {
        let mut tokens = pointer.tokens();
        let tag = (tokens.next().as_deref() == Some("tags")).then(|| tokens.next()).flatten();
        let mut operations = self.api.operations.iter();
        let tagged = tag.and_then(|tag| operations.find(|operation| operation.tag.as_ref() == Some(&tag)));
        match tagged {
            Some(operation) => self.document.place(&operation.pointer.child("tags")),
            None => self.document.place(pointer),
        }
    }

    /// Creates the scope of a kind for the item at a path.
    fn scope(&self, kind: &'static Kind, at: &str) -> Scope {
        Scope::new(kind, at, self.held.of(kind.word, at), self.held.moved(kind.word, at))
    }

    /// Claims the first free name of `names`, or the first one with a number if none is free. Does
    /// not report a collision.
    fn claim_quietly(&mut self, scope: &mut Scope, names: &[String], pointer: &Pointer) -> String {
        self.claim_any(scope, names, pointer).name
    }

    fn claim_any(&mut self, scope: &mut Scope, names: &[String], pointer: &Pointer) -> Claimed {
        let key = if scope.kind.in_operation {
            self.keys.within_operation(pointer)
        } else {
            self.keys.key(pointer)
        };
        // A request has the name of its method, which a pin may set.
        let is_type = scope.kind.case == Case::Pascal && scope.kind.word != reserved::REQUESTS.word;
        if let (Some(_), Some(pin)) = (self.pinned(pointer, is_type), names.first()) {
            scope.release(&key, pin);
        }
        let claimed = scope.claim(names, &key, pointer);
        let length = claimed.name.chars().count();
        self.names.counts.all += 1;
        self.names.counts.numbered += usize::from(claimed.is_numbered);
        self.names.counts.long += usize::from(length > LONG);
        self.names.counts.foreign += usize::from(!claimed.name.is_ascii());
        self.names.given.push(Given {
            kind: scope.kind.word,
            path: scope.path(&claimed.name),
            key,
            pointer: pointer.clone(),
        });
        claimed
    }

    /// Claims the first free name of `names`. Reports a collision if this is not the first of
    /// `names`.
    fn claim(&mut self, scope: &mut Scope, names: &[String], pointer: &Pointer) -> String {
        let Claimed { name: given, holder, .. } = self.claim_any(scope, names, pointer);
        let name = names.first().map(String::as_str).unwrap_or_default();
        let Some(holder) = holder else { return given };
        let place = self.place(pointer).key();
        let diagnostic = match holder {
            Holder::Reserved => {
                let message = format!("the Rust name `{name}` is reserved by generated code");
                Diagnostic::new(Code::ReservedName, message, place)
            }
            Holder::Node(first) => {
                let message = format!("two items have the Rust name `{name}`");
                Diagnostic::new(Code::NameCollision, message, place.label("this one"))
                    .and(self.place(&first).key().label("and this one"))
            }
        };
        let note =
            format!("it is named `{given}`; to choose another name, pin `{pointer}` in `[client.names]`");
        self.diagnostics.push(diagnostic.note(note));
        given
    }
}

impl Names {
    /// Returns true if all names are ASCII.
    pub(crate) fn is_ascii(&self) -> bool {
        self.counts.foreign == 0
    }

    /// Takes every public name, in the order in which names were claimed.
    pub(crate) fn take_given(&mut self) -> Vec<Given> {
        std::mem::take(&mut self.given)
    }

    /// Returns the numbers of public names.
    pub(crate) fn counts(&self) -> Counts {
        self.counts
    }

    /// Returns the name of a type. A missing name is a bug, which an identifier that does not
    /// compile reveals.
    pub(crate) fn type_name(&self, id: TypeId) -> Ident {
        self.types.get(&id).cloned().unwrap_or_else(|| ident("unnamed"))
    }

    /// Returns the module of a type, or `None` if the type is in the module of another type.
    pub(crate) fn module(&self, id: TypeId) -> Option<&Ident> {
        self.modules.get(&id)
    }

    /// Returns the fields of a struct or the variants of an enum or union, in the order of the
    /// type's members.
    pub(crate) fn members(&self, id: TypeId) -> &[Ident] {
        self.members.get(&id).map(Vec::as_slice).unwrap_or_default()
    }

    /// Returns the fields of a struct that hold its flattened unions.
    pub(crate) fn flattened(&self, id: TypeId) -> &[Ident] {
        self.flattened.get(&id).map(Vec::as_slice).unwrap_or_default()
    }

    /// Returns the field that keeps what no other field of a struct represents.
    pub(crate) fn rest(&self, id: TypeId) -> Option<&Ident> {
        self.rest.get(&id)
    }

    /// Returns the field with a struct's undeclared properties, if the document declares their
    /// type.
    pub(crate) fn additional(&self, id: TypeId) -> Option<&Ident> {
        self.additional.get(&id)
    }

    /// Returns the features of all tags: feature name and tag, sorted.
    pub(crate) fn features(&self) -> Vec<(String, String)> {
        let mut features: Vec<(String, String)> =
            self.tags.iter().map(|(tag, names)| (names.feature.clone(), tag.clone())).collect();
        features.sort();
        features
    }

    /// Returns the names of a tag.
    pub(crate) fn tag(&self, tag: &str) -> Option<&TagNames> {
        self.tags.get(tag)
    }

    /// Returns the group of an operation's method, or `None` if the method is the client's.
    pub(crate) fn group(&self, operation: &Operation) -> Option<&GroupNames> {
        self.tag(operation.tag.as_ref()?)?.group.as_ref()
    }

    /// Returns the names of an operation.
    pub(crate) fn operation(&self, id: OperationId) -> Option<&OperationNames> {
        self.operations.get(&id)
    }
}
