//! Forms: a schema's keywords in, what kind of type it is out.

use openapiv3::AdditionalProperties;
use serde_json::Value;

use super::Lower;
use super::view::{Node, View};
use crate::document::target;
use crate::ir::{Base, Scalar, Why};
use crate::pointer::Pointer;

/// What a schema is, by its keywords.
#[derive(Clone, Debug)]
pub(super) enum Form {
    /// With the unions that its members decide, each by its variants.
    Struct(Vec<Pointer>),
    Enum(Base),
    /// The schema that lists the variants.
    Union(Pointer),
    /// Values of several kinds that are listed one by one.
    Mixed,
    Map,
    List,
    Tuple,
    Scalar(Scalar),
    /// Another schema, of which this one says no more.
    Only(Pointer),
    Any(Why),
}

impl Form {
    pub(super) fn any() -> Self {
        Self::Any(Why::Unsaid)
    }

    /// Whether it has a name in Rust.
    pub(super) fn needs_name(&self) -> bool {
        matches!(self, Self::Struct(_) | Self::Enum(_) | Self::Union(_) | Self::Mixed)
    }
}

/// What a schema is.
pub(super) fn form(lower: &Lower<'_>, view: &View) -> Form {
    if let Some(only) = lower.only(view) {
        return Form::Only(only);
    }
    let has_members = view.nodes.iter().any(|node| !node.keywords.properties.is_empty());
    let unions = lower.unions(view);
    let kind = view.kind();
    if let [first, more @ ..] = unions.as_slice() {
        let is_object = has_members || (!more.is_empty() && kind.is_none_or(|kind| kind == "object"));
        if is_object {
            return Form::Struct(unions);
        }
        if let Some(base) = lower.spread_base(view, first) {
            return Form::Enum(base);
        }
        return match lower.variants(first).as_slice() {
            [only] if *only != view.pointer => Form::Only(only.clone()),
            _ => Form::Union(first.clone()),
        };
    }
    if let Some(form) = listed(view) {
        return form;
    }
    let says_more = has_members || view.nodes.iter().any(|node| !node.keywords.required.is_empty());
    let has_values = view.last(|keywords| keywords.additional_properties.is_some()).is_some()
        || lower.patterns(view).is_some();
    let own =
        |key: &str| view.nodes.iter().any(|node| lower.document.get(&node.pointer.child(key)).is_some());
    match kind {
        Some("array") | None if own("prefixItems") && lower.is_tuple(view) => Form::Tuple,
        Some("array") => Form::List,
        // `prefixItems` without a type says nothing of values that are no lists; `items` stands for one that was forgotten.
        None if own("items") && !own("prefixItems") => Form::List,
        Some("object") | None if says_more => Form::Struct(vec![]),
        Some("object") => match view.last(|keywords| keywords.additional_properties.is_some()) {
            Some(node) if is_closed(node.keywords.additional_properties.as_ref()) => {
                if lower.patterns(view).is_some() { Form::Map } else { Form::Struct(vec![]) }
            }
            _ => Form::Map,
        },
        None if has_values => Form::Map,
        Some(kind) => scalar(lower, view, kind).map_or(Form::any(), Form::Scalar),
        None if own("not") => Form::Any(Why::Negated),
        None => Form::any(),
    }
}

fn is_closed(additional: Option<&AdditionalProperties>) -> bool {
    matches!(additional, Some(AdditionalProperties::Any(false)))
}

/// What a schema is that lists its values.
fn listed(view: &View) -> Option<Form> {
    listed_of(view.last(|keywords| !keywords.enumeration.is_empty())?, view.kind())
}

fn listed_of(node: &Node, kind: Option<&str>) -> Option<Form> {
    let count = |is: fn(&Value) -> bool| node.keywords.enumeration.iter().filter(|value| is(value)).count();
    let (nulls, all) = (count(Value::is_null), node.keywords.enumeration.len());
    if nulls == all {
        return Some(Form::Scalar(Scalar::Null));
    }
    let all_are = |is: fn(&Value) -> bool| count(is) + nulls == all;
    // What a value may be besides is decided by its type, where it names one.
    match kind {
        None | Some("string") if all_are(Value::is_string) => Some(Form::Enum(Base::String)),
        None | Some("integer" | "number") if all_are(|value| value.is_i64()) => {
            Some(Form::Enum(Base::Integer))
        }
        None if all_are(Value::is_boolean) => Some(Form::Scalar(Scalar::Bool)),
        None if all_are(Value::is_number) => Some(Form::Scalar(Scalar::F64)),
        None if !node.keywords.enumeration.iter().any(|value| value.is_array() || value.is_object()) => {
            Some(Form::Mixed)
        }
        _ => None,
    }
}

/// How many characters a UUID has (RFC 9562 §4).
const UUID_LENGTH: u64 = 36;

/// The scalar of a type; an integer that may be larger than its format says is of a larger type.
fn scalar(lower: &Lower<'_>, view: &View, kind: &str) -> Option<Scalar> {
    let scalar = Scalar::of(kind, view.format())?;
    let bounds =
        || view.nodes.iter().flat_map(|node| ["maximum", "minimum"].map(|key| node.pointer.child(key)));
    let beyond = |limit: f64| {
        bounds().filter_map(|pointer| lower.document.get(&pointer)?.as_f64()).any(|bound| bound.abs() > limit)
    };
    let is_negative =
        || bounds().filter_map(|pointer| lower.document.get(&pointer)?.as_f64()).any(|bound| bound < 0.0);
    let length =
        |key: &str| view.nodes.iter().find_map(|node| lower.document.get(&node.pointer.child(key))?.as_u64());
    let may_be_uuid = || {
        (length("minLength").unwrap_or(0)..=length("maxLength").unwrap_or(u64::MAX)).contains(&UUID_LENGTH)
    };
    Some(match scalar {
        // A format that no value of these lengths can have is none.
        Scalar::Uuid if !may_be_uuid() => Scalar::String,
        Scalar::I64 if beyond(u64::MAX as f64) || (beyond(i64::MAX as f64) && is_negative()) => {
            Scalar::Number
        }
        Scalar::I64 if beyond(i64::MAX as f64) => Scalar::U64,
        other => other,
    })
}

impl Lower<'_> {
    /// The one schema that an `allOf` comes to, where the schema and the others say no more than it does.
    fn only(&self, view: &View) -> Option<Pointer> {
        let own = view.nodes.last()?;
        if own.keywords.all_of.is_empty() {
            return None;
        }
        let mut members = self.targets(&own.keywords.all_of);
        members.retain(|member| *member != view.pointer);
        let mut left = self.without_repetitions(&members);
        let adds = !own.keywords.properties.is_empty()
            || !own.keywords.enumeration.is_empty()
            || own.keywords.items.is_some()
            || !own.keywords.one_of.is_empty()
            || !own.keywords.any_of.is_empty()
            || matches!(own.keywords.additional_properties, Some(AdditionalProperties::Schema(_)));
        let only = left.pop().filter(|_| left.is_empty() && !adds)?;
        // A base that lists this schema among its variants is not this schema: it would be its own variant.
        if self.variants(&only).contains(&view.pointer) {
            return None;
        }
        // A type that is described right here has this schema's name.
        let is_named = || self.view(&only).is_some_and(|view| matches!(view.form, Form::Struct(_)));
        if only.is_within(&view.pointer) && is_named() {
            return None;
        }
        let required = self.view(&only).map(|view| view.required().len());
        (Some(view.required().len()) == required).then_some(only)
    }

    /// Of schemas that all hold, those that say more of a value's type than the others do.
    pub(super) fn without_repetitions(&self, schemas: &[Pointer]) -> Vec<Pointer> {
        let said: Vec<Said> = schemas.iter().map(|schema| self.said_of_type(schema)).collect();
        let mut left = Vec::new();
        for (index, (schema, mine)) in schemas.iter().zip(&said).enumerate() {
            let is_said_by =
                |(other, theirs): (usize, &Said)| other != index && mine.is_said_by(theirs, other < index);
            if !said.iter().enumerate().any(is_said_by) {
                left.push(schema.clone());
            }
        }
        left
    }

    fn said_of_type(&self, schema: &Pointer) -> Said {
        let Some(view) = self.resolved_view(schema) else { return Said::default() };
        let own = view.nodes.last();
        Said {
            is_more: !own.is_some_and(|node| node.is_plain()),
            kind: view.kind().map(str::to_owned),
            format: view.format().map(str::to_owned),
        }
    }

    /// The schemas, of those that a view is made of, that list variants.
    fn unions(&self, view: &View) -> Vec<Pointer> {
        let mut unions = Vec::new();
        for node in &view.nodes {
            let is_own = node.pointer == view.pointer;
            let variants = self.variants(&node.pointer);
            // A base that lists its children says nothing more of each child.
            let is_parent = !is_own && (self.is_inherited(&node.pointer) || variants.contains(&view.pointer));
            let inherits = is_own && self.is_inherited(&node.pointer);
            let lists = !node.keywords.one_of.is_empty() || !node.keywords.any_of.is_empty();
            if (lists || inherits) && !is_parent && !variants.is_empty() {
                if inherits && !lists {
                    return vec![node.pointer.clone()];
                }
                unions.push(node.pointer.clone());
            }
        }
        unions
    }

    /// What the values of an enum are that is written as variants of one value each.
    fn spread_base(&self, view: &View, list: &Pointer) -> Option<Base> {
        let variants = self.variants(list);
        let bases = variants.iter().map(|variant| {
            let node = self.node(variant).filter(|_| variant.is_within(&view.pointer))?;
            match listed_of(&node, node.keywords.typ.as_deref().or(view.kind()))? {
                Form::Enum(base) if node.keywords.enumeration.len() == 1 => Some(base),
                _ => None,
            }
        });
        let bases: Option<Vec<Base>> = bases.collect();
        let (first, others) = bases.as_deref()?.split_first()?;
        (!others.is_empty() && others.iter().all(|base| base == first)).then_some(*first)
    }

    /// The schemas that list the values of an enum.
    pub(super) fn lists(&self, view: &View) -> Vec<std::rc::Rc<Node>> {
        let own = view.nodes.iter().rev().find(|node| !node.keywords.enumeration.is_empty());
        match own {
            Some(own) => vec![own.clone()],
            None => {
                let unions = self.unions(view);
                let variants = unions.first().map(|list| self.variants(list)).unwrap_or_default();
                variants.iter().filter_map(|variant| self.node(variant)).collect()
            }
        }
    }

    /// The one schema of all members whose names match patterns, where there is one.
    pub(super) fn patterns(&self, view: &View) -> Option<Pointer> {
        view.nodes.iter().rev().find_map(|node| {
            let patterns = self.document.members(&node.pointer.child("patternProperties"));
            match patterns.as_slice() {
                [(_, only)] => Some(only.clone()),
                _ => None,
            }
        })
    }

    /// The schemas of a list's first items.
    pub(super) fn prefix(&self, view: &View) -> Vec<Pointer> {
        let lists =
            view.nodes.iter().rev().map(|node| self.document.items(&node.pointer.child("prefixItems")));
        lists.into_iter().find(|items| !items.is_empty()).unwrap_or_default()
    }

    /// Whether a list has as many items as `prefixItems` has schemas, always.
    fn is_tuple(&self, view: &View) -> bool {
        /// Tuples of more values have no impls in Rust.
        const LARGEST: usize = 12;
        let count = self.prefix(view).len();
        let own =
            |key: &str| view.nodes.iter().rev().find_map(|node| self.document.get(&node.pointer.child(key)));
        let number =
            |key: &str| own(key).and_then(Value::as_u64).and_then(|count| usize::try_from(count).ok());
        let is_closed = own("items")
            .is_some_and(|items| items.get("not").is_some() || items == &Value::Bool(false))
            || number("maxItems") == Some(count);
        (1..=LARGEST).contains(&count) && is_closed && number("minItems") == Some(count)
    }
}

/// What a schema says of a value's type.
#[derive(Debug, Default)]
struct Said {
    /// It says more than a type and a format.
    is_more: bool,
    kind: Option<String>,
    format: Option<String>,
}

impl Said {
    /// Whether another schema says all of this, and more, or the same and first.
    fn is_said_by(&self, other: &Self, is_earlier: bool) -> bool {
        let same_kind = match (self.kind.as_deref(), other.kind.as_deref()) {
            (None, _) => true,
            (Some("number"), Some("integer")) | (Some("object"), None) => true,
            (mine, theirs) => mine == theirs,
        };
        let same_format = self.format.is_none() || self.format == other.format;
        let is_less = other.is_more
            || (self.kind.is_none() && other.kind.is_some())
            || (self.kind.as_deref() == Some("number") && other.kind.as_deref() == Some("integer"))
            || (self.format.is_none() && other.format.is_some());
        !self.is_more && same_kind && (same_format || other.is_more) && (is_less || is_earlier)
    }
}

/// The schema of a list's items.
pub(super) fn items(view: &View) -> Option<Pointer> {
    let node = view.last(|keywords| keywords.items.is_some())?;
    node.keywords.items.as_ref().map(target)
}
