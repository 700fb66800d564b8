//! Determines the kind of type of a schema.

use std::rc::Rc;

use serde_json::{Number, Value};

use super::{Additional, Node, SchemaId, Schemas, View};
use crate::ir::{Base, Scalar, Why};

/// The kind of type of a schema.
#[derive(Clone, Debug)]
pub(in crate::lower) enum Form {
    /// A struct, with the unions that its properties decide. Each union is given by the schema that
    /// lists its variants.
    Struct(Vec<SchemaId>),
    Enum(Base),
    /// A union, given by the schema that lists its variants.
    Union(SchemaId),
    /// Listed values of several kinds.
    Mixed,
    Map,
    List,
    Tuple,
    Scalar(Scalar),
    /// Another schema, to which this one adds nothing.
    Only(SchemaId),
    Any(Why),
}

impl Form {
    pub(super) fn any() -> Self {
        Self::Any(Why::Unsaid)
    }

    /// Returns true if the type needs a name in Rust.
    pub(in crate::lower) fn needs_name(&self) -> bool {
        matches!(self, Self::Struct(_) | Self::Enum(_) | Self::Union(_) | Self::Mixed)
    }
}

/// Returns the kind of type of a schema.
pub(super) fn form<'a>(schemas: &Schemas<'a>, view: &View<'a>) -> Form {
    if let Some(only) = schemas.only(view) {
        return Form::Only(only);
    }
    let has_properties = view.nodes.iter().any(|node| !node.properties.is_empty());
    let unions = schemas.unions(view);
    let kind = view.kind();
    if let [first, more @ ..] = unions.as_slice() {
        let is_object = has_properties || (!more.is_empty() && kind.is_none_or(|kind| kind == "object"));
        if is_object {
            return Form::Struct(unions);
        }
        if let Some(base) = schemas.spread_base(view, *first) {
            return Form::Enum(base);
        }
        return match schemas.variants(*first).as_ref() {
            [only] if *only != view.id && !schemas.has_own_values(*first) => Form::Only(*only),
            _ => Form::Union(*first),
        };
    }
    if let Some(form) = listed(view) {
        return form;
    }
    let says_more = has_properties || view.nodes.iter().any(|node| !node.required.is_empty());
    let has_patterns = view.nodes.iter().any(|node| !node.patterns.is_empty());
    let has_values = has_patterns || view.nodes.iter().any(|node| node.additional != Additional::Unsaid);
    let own = |key: &str| view.nodes.iter().any(|node| node.object.contains_key(key));
    match kind {
        Some("array") | None if own("prefixItems") && is_tuple(view) => Form::Tuple,
        Some("array") => Form::List,
        // Without a type, `prefixItems` allows values that are no lists. `items` without a type is
        // read as a list whose type was forgotten.
        None if own("items") && !own("prefixItems") => Form::List,
        Some("object") | None if says_more => Form::Struct(vec![]),
        Some("object") => match view.last(|node| node.additional != Additional::Unsaid) {
            Some(node) if node.additional == Additional::Any(false) && !has_patterns => Form::Struct(vec![]),
            _ => Form::Map,
        },
        None if has_values => Form::Map,
        Some(kind) => scalar(view, kind).map_or(Form::any(), Form::Scalar),
        None if own("not") => Form::Any(Why::Negated),
        None => Form::any(),
    }
}

/// Returns the form of a schema with `enum`. Returns `None` if there is no `enum`, or if no type
/// fits its values.
fn listed(view: &View<'_>) -> Option<Form> {
    listed_of(view.last(|node| !node.enumeration.is_empty())?, view.kind())
}

fn listed_of(node: &Node<'_>, kind: Option<&str>) -> Option<Form> {
    let count = |is: fn(&Value) -> bool| node.enumeration.iter().filter(|value| is(value)).count();
    let (nulls, all) = (count(Value::is_null), node.enumeration.len());
    if nulls == all {
        return Some(Form::Scalar(Scalar::Null));
    }
    let all_are = |is: fn(&Value) -> bool| count(is) + nulls == all;
    // A declared type decides which other values are allowed.
    match kind {
        None | Some("string") if all_are(Value::is_string) => Some(Form::Enum(Base::String)),
        None | Some("integer" | "number") if all_are(|value| value.is_i64()) => {
            Some(Form::Enum(Base::Integer))
        }
        None if all_are(Value::is_boolean) => Some(Form::Scalar(Scalar::Bool)),
        // An integer that no `i64` holds.
        None if all_are(is_whole) => Some(Form::Scalar(Scalar::I64.holding(&listed_numbers(node)))),
        None if all_are(Value::is_number) => Some(Form::Scalar(Scalar::F64)),
        None if !node.enumeration.iter().any(|value| value.is_array() || value.is_object()) => {
            Some(Form::Mixed)
        }
        _ => None,
    }
}

/// Returns true for an integer of any size. A document's number beyond 64 bits is an `f64`.
pub(in crate::lower) fn is_whole(value: &Value) -> bool {
    /// Every `f64` from this number on is an integer.
    const LEAST: f64 = (1_i64 << 53) as f64;
    value
        .as_number()
        .is_some_and(|number| !number.is_f64() || number.as_f64().is_some_and(|one| one.abs() >= LEAST))
}

/// Returns the numbers that a schema lists as its values.
pub(in crate::lower) fn listed_numbers<'n>(node: &'n Node<'_>) -> Vec<(&'n Number, bool)> {
    node.enumeration.iter().filter_map(Value::as_number).map(|number| (number, false)).collect()
}

/// The length of a UUID, in characters (RFC 9562 §4).
const UUID_LENGTH: u64 = 36;

/// Returns the scalar of a type. An integer is as large as the document's bounds, listed values,
/// default and examples need.
fn scalar(view: &View<'_>, kind: &str) -> Option<Scalar> {
    let scalar = Scalar::of(kind, view.format())?;
    let length = |key: &str| view.nodes.iter().find_map(|node| node.object.get(key)?.as_u64());
    let may_be_uuid = || {
        (length("minLength").unwrap_or(0)..=length("maxLength").unwrap_or(u64::MAX)).contains(&UUID_LENGTH)
    };
    Some(match scalar {
        // A value of another length cannot be a UUID.
        Scalar::Uuid if !may_be_uuid() => Scalar::String,
        other => other.holding(&numbers(view)),
    })
}

/// Returns the numbers that the document gives for a schema's values. The flag is true for an
/// exclusive bound.
fn numbers<'v>(view: &'v View<'_>) -> Vec<(&'v Number, bool)> {
    let mut numbers = Vec::new();
    for node in &view.nodes {
        let is_true = |key: &str| node.object.get(key) == Some(&Value::Bool(true));
        let keywords = [
            ("minimum", is_true("exclusiveMinimum")),
            ("maximum", is_true("exclusiveMaximum")),
            ("default", false),
            ("example", false),
        ];
        for (key, is_exclusive) in keywords {
            numbers.extend(node.object.get(key).and_then(Value::as_number).map(|one| (one, is_exclusive)));
        }
        let listed = node.object.get("examples").and_then(Value::as_array).into_iter().flatten();
        let listed = listed.chain(node.enumeration).filter_map(Value::as_number);
        numbers.extend(listed.map(|one| (one, false)));
    }
    numbers
}

/// Returns true if a list always has as many items as `prefixItems` has schemas.
fn is_tuple(view: &View<'_>) -> bool {
    /// Larger tuples have no impls in Rust.
    const LARGEST: usize = 12;
    let count = view.prefix().len();
    let number =
        |key: &str| view.keyword(key).and_then(Value::as_u64).and_then(|count| usize::try_from(count).ok());
    let is_closed =
        view.keyword("items").is_some_and(|items| items.get("not").is_some() || items == &Value::Bool(false))
            || number("maxItems") == Some(count);
    (1..=LARGEST).contains(&count) && is_closed && number("minItems") == Some(count)
}

impl<'a> Schemas<'a> {
    /// Returns the only effective schema of an `allOf`, if the schema itself and the other parts
    /// add nothing to it.
    fn only(&self, view: &View<'a>) -> Option<SchemaId> {
        let own = view.nodes.last()?;
        if own.all_of.is_empty() {
            return None;
        }
        let mut members = self.targets(&own.all_of);
        members.retain(|member| *member != view.id);
        let mut left = self.without_repetitions(&members);
        let adds = !own.properties.is_empty()
            || !own.enumeration.is_empty()
            || !own.patterns.is_empty()
            || own.items.is_some()
            || own.has_variants()
            || matches!(own.additional, Additional::Schema(_));
        let only = left.pop().filter(|_| left.is_empty() && !adds)?;
        // A part without a type has the schema's type. A plain part is merged with the schema.
        let is_merged = |view: &View<'_>| {
            let is_plain = view.nodes.last().is_some_and(|node| node.is_plain());
            is_plain && (matches!(view.form, Form::Any(_)) || self.is_within(only, own.id))
        };
        if own.kind.or(own.format).is_some() && self.view(only).is_none_or(|view| is_merged(&view)) {
            return None;
        }
        // If a base lists this schema among its variants, it is another type: this schema would be
        // its own variant.
        if self.variants(only).contains(&view.id) {
            return None;
        }
        // An inline struct has this schema's name.
        let is_named = || self.view(only).is_some_and(|view| matches!(view.form, Form::Struct(_)));
        if self.is_within(only, view.id) && is_named() {
            return None;
        }
        let required = self.view(only).map(|view| view.required().len());
        (Some(view.required().len()) == required).then_some(only)
    }

    /// Returns the schemas that are not redundant beside the others.
    pub(in crate::lower) fn without_repetitions(&self, schemas: &[SchemaId]) -> Vec<SchemaId> {
        let said: Vec<OfType> = schemas.iter().map(|schema| self.of_type(*schema)).collect();
        let is_left = |(index, mine): (usize, &OfType)| {
            let is_by = |(other, theirs): (usize, &OfType)| {
                other != index && mine.is_repeated_by(theirs, other < index)
            };
            let is_repeated = !mine.is_more && said.iter().enumerate().any(is_by);
            schemas.get(index).copied().filter(|_| !is_repeated)
        };
        said.iter().enumerate().filter_map(is_left).collect()
    }

    fn of_type(&self, schema: SchemaId) -> OfType {
        let Some(view) = self.resolved_view(schema) else { return OfType::default() };
        let is_plain = view.nodes.last().is_some_and(|node| node.is_plain());
        OfType {
            is_more: !is_plain,
            kind: view.kind().map(str::to_owned),
            format: view.format().map(str::to_owned),
        }
    }

    /// Returns the type of the values of an enum that is written as variants of one value each.
    fn spread_base(&self, view: &View<'a>, list: SchemaId) -> Option<Base> {
        let variants = self.variants(list);
        let bases = variants.iter().map(|variant| {
            let node = self.node(*variant).filter(|_| self.is_within(*variant, view.id))?;
            match listed_of(&node, node.kind.or(view.kind()))? {
                Form::Enum(base) if node.enumeration.len() == 1 => Some(base),
                _ => None,
            }
        });
        let bases: Option<Vec<Base>> = bases.collect();
        let (first, others) = bases.as_deref()?.split_first()?;
        (!others.is_empty() && others.iter().all(|base| base == first)).then_some(*first)
    }

    /// Returns the schemas that list the values of an enum.
    pub(in crate::lower) fn lists(&self, view: &View<'a>) -> Vec<Rc<Node<'a>>> {
        let own = view.nodes.iter().rev().find(|node| !node.enumeration.is_empty());
        match own {
            Some(own) => vec![own.clone()],
            None => {
                let unions = self.unions(view);
                let variants = unions.first().map(|list| self.variants(*list));
                variants.iter().flat_map(|all| all.iter()).filter_map(|one| self.node(*one)).collect()
            }
        }
    }
}

/// The keywords of a schema that determine a value's type.
#[derive(Debug, Default)]
struct OfType {
    /// True if there is more than a type and a format.
    is_more: bool,
    kind: Option<String>,
    format: Option<String>,
}

impl OfType {
    /// Returns true if `other` makes this schema redundant: it implies everything here, or is
    /// identical and comes first.
    fn is_repeated_by(&self, other: &Self, is_earlier: bool) -> bool {
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
