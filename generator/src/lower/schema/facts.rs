//! Facts: conditions that all values of a schema meet. A value that does not meet them is of
//! another schema.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use serde_json::Value;

use super::{Form, SchemaId, Schemas, View};
use crate::ir::{Base, Kinds, Scalar};

/// Conditions that all values of a schema meet.
#[derive(Clone, Debug, Default)]
pub(in crate::lower) struct Facts {
    pub(in crate::lower) kinds: Kinds,
    /// For strings: the listed values.
    pub(in crate::lower) values: Vec<String>,
    /// For strings: the format.
    pub(in crate::lower) format: Option<Scalar>,
    /// For objects: the declared properties.
    pub(in crate::lower) known: Vec<String>,
    pub(in crate::lower) required: Vec<String>,
    /// For objects: the properties with listed values.
    pub(in crate::lower) listed: Vec<Listed>,
    /// For lists: the facts of the items.
    pub(in crate::lower) items: Option<Rc<Facts>>,
    pub(in crate::lower) precision: Precision,
}

/// A property with listed values.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::lower) struct Listed {
    /// The path of keys to the property.
    pub(in crate::lower) path: Vec<String>,
    /// Strings, integers and booleans.
    pub(in crate::lower) values: Vec<Value>,
}

impl Listed {
    /// Returns the values as text.
    pub(in crate::lower) fn texts(&self) -> Vec<String> {
        self.values.iter().map(text).collect()
    }
}

/// Returns the text of a string. Any other value is returned as JSON.
pub(in crate::lower) fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// For each property, the number of variants of a list that require it, and the number that declare
/// it.
#[derive(Debug, Default)]
pub(in crate::lower) struct PropertyCounts {
    pub(in crate::lower) required: HashMap<String, usize>,
    pub(in crate::lower) known: HashMap<String, usize>,
}

/// How specific a schema is among those of the same JSON kind. Variants are tried in this order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::lower) enum Precision {
    /// Values, or the properties of an object, are listed.
    #[default]
    Listed,
    Format,
    /// A date. It comes after other formats, because a date also accepts a date-time.
    Date,
    /// Any value of the kind.
    Kind,
    Any,
}

/// The deepest nesting of schemas that is searched.
const DEEPEST: usize = 8;

impl<'a> Schemas<'a> {
    /// Returns the JSON kinds of the schema's values.
    pub(in crate::lower) fn kinds(&self, id: SchemaId) -> Kinds {
        self.facts(id).kinds
    }

    /// Returns the facts of the schema or of its `$ref` target.
    pub(in crate::lower) fn facts(&self, id: SchemaId) -> Rc<Facts> {
        let slot = self.slot(self.target(id));
        if let Some(known) = slot.facts.get() {
            return known.clone();
        }
        let facts = self.facts_within(id, DEEPEST);
        slot.facts.get_or_init(|| facts).clone()
    }

    /// Returns the facts to a depth. Each depth is computed once for each schema, so that schemas
    /// that all contain each other take no longer.
    fn facts_within(&self, id: SchemaId, depth: usize) -> Rc<Facts> {
        let id = self.target(id);
        if let Some(known) = self.facts_within.borrow().get(&(id, depth)) {
            return known.clone();
        }
        let facts = Rc::new(match self.view(id).filter(|_| depth > 0) {
            Some(view) => self.find_facts(&view, depth),
            None => Facts::any(),
        });
        self.facts_within.borrow_mut().insert((id, depth), facts.clone());
        facts
    }

    fn find_facts(&self, view: &View<'a>, depth: usize) -> Facts {
        let of_kinds = |kinds, precision| Facts { kinds, precision, ..Facts::default() };
        match &view.form {
            Form::Only(target) => (*self.facts_within(*target, depth - 1)).clone(),
            Form::Union(list) => {
                let variants = self.variants(*list);
                let all: Vec<Rc<Facts>> =
                    variants.iter().map(|variant| self.facts_within(*variant, depth - 1)).collect();
                let union = union(&all);
                self.grow(union.known.len().saturating_sub(1), view.id);
                union
            }
            Form::Mixed => of_kinds(
                Kinds::STRING.and(Kinds::BOOL).and(Kinds::INTEGER).and(Kinds::FRACTION),
                Precision::Kind,
            ),
            Form::Any(_) => Facts::any(),
            Form::List => {
                let items = view
                    .items()
                    .filter(|_| view.prefix().is_empty())
                    .map(|items| self.facts_within(items, depth - 1));
                Facts { items, ..of_kinds(Kinds::ARRAY, Precision::Listed) }
            }
            Form::Tuple => of_kinds(Kinds::ARRAY, Precision::Listed),
            Form::Map => of_kinds(Kinds::OBJECT, Precision::Kind),
            Form::Enum(Base::Integer) => of_kinds(Kinds::INTEGER, Precision::Listed),
            Form::Enum(Base::String) => {
                let values = self.listed_texts(view.id);
                Facts { values, ..of_kinds(Kinds::STRING, Precision::Listed) }
            }
            Form::Scalar(scalar @ (Scalar::String | Scalar::F64 | Scalar::Number)) => {
                of_kinds(kinds(*scalar), Precision::Kind)
            }
            Form::Scalar(scalar) => {
                let precision = if *scalar == Scalar::Date { Precision::Date } else { Precision::Format };
                let format = Some(*scalar).filter(|scalar| scalar.is_formatted());
                Facts { format, ..of_kinds(kinds(*scalar), precision) }
            }
            Form::Struct(_) => self.object_facts(view),
        }
    }

    fn object_facts(&self, view: &View<'a>) -> Facts {
        let properties = view.properties();
        let required = view.required();
        let mut listed: Vec<Listed> = Vec::new();
        for (key, schemas) in &properties {
            let values = schemas.iter().rev().map(|schema| self.listed_values(*schema));
            if let Some(values) = values.into_iter().find(|values| !values.is_empty()) {
                listed.push(Listed { path: vec![(*key).to_owned()], values });
            }
        }
        Facts {
            kinds: Kinds::OBJECT,
            known: properties.iter().map(|(key, _)| (*key).to_owned()).collect(),
            required: required.into_iter().map(|(key, _)| key.to_owned()).collect(),
            listed,
            ..Facts::default()
        }
    }

    /// Returns the facts of a property that is an object, or `None` if it may be something else.
    pub(super) fn facts_inside(&self, id: SchemaId, key: &str) -> Option<Rc<Facts>> {
        self.facts_of_property(id, key).find(|facts| facts.kinds == Kinds::OBJECT)
    }

    /// Returns the JSON kinds of a property.
    pub(in crate::lower) fn kinds_of_property(&self, id: SchemaId, key: &str) -> Option<Kinds> {
        self.facts_of_property(id, key).map(|facts| facts.kinds).find(|kinds| *kinds != Kinds::ANY)
    }

    /// Returns the facts of a property by each schema that describes it, the last one first.
    fn facts_of_property(&self, id: SchemaId, key: &str) -> impl Iterator<Item = Rc<Facts>> {
        let properties = self.resolved_view(id).map(|view| view.properties()).unwrap_or_default();
        let found = properties.into_iter().find(|(known, _)| *known == key);
        found.into_iter().flat_map(|(_, schemas)| schemas.into_iter().rev()).map(|schema| self.facts(schema))
    }

    /// Returns the strings that a schema lists as its only values.
    pub(super) fn listed_texts(&self, id: SchemaId) -> Vec<String> {
        self.listed_values(id).iter().filter_map(Value::as_str).map(str::to_owned).collect()
    }

    /// Returns the strings, integers or booleans that a schema lists as its only values.
    fn listed_values(&self, id: SchemaId) -> Vec<Value> {
        let Some(view) = self.resolved_view(id) else { return Vec::new() };
        let view = match &view.form {
            Form::Only(target) => self.resolved_view(*target).unwrap_or(view),
            _ => view,
        };
        let is_listed = |value: &&Value| value.is_string() || value.is_i64() || value.is_boolean();
        if !matches!(view.form, Form::Enum(_) | Form::Scalar(Scalar::Bool)) {
            return Vec::new();
        }
        let lists = self.lists(&view);
        let values: Vec<Value> =
            lists.iter().flat_map(|node| node.enumeration).filter(is_listed).cloned().collect();
        if matches!(view.form, Form::Scalar(_)) && values.len() != 1 { Vec::new() } else { values }
    }

    /// Counts the variants of a list that have each text of each property.
    pub(in crate::lower) fn text_counts(&self, list: SchemaId) -> Rc<HashMap<(String, String), usize>> {
        let slot = self.slot(list);
        if let Some(known) = slot.text_counts.get() {
            return known.clone();
        }
        let mut counts = HashMap::new();
        for variant in self.variants(list).iter() {
            for (key, text) in self.single_texts(*variant) {
                *counts.entry((key, text)).or_default() += 1;
            }
        }
        slot.text_counts.get_or_init(|| Rc::new(counts)).clone()
    }

    /// Counts the variants of a list that require each property, and those that declare it.
    pub(in crate::lower) fn property_counts(&self, list: SchemaId) -> Rc<PropertyCounts> {
        let slot = self.slot(list);
        if let Some(known) = slot.property_counts.get() {
            return known.clone();
        }
        let mut counts = PropertyCounts::default();
        for variant in self.variants(list).iter() {
            let facts = self.facts(*variant);
            let required: HashSet<&String> = facts.required.iter().collect();
            let known: HashSet<&String> = facts.known.iter().chain(&facts.required).collect();
            for (counts, keys) in [(&mut counts.required, required), (&mut counts.known, known)] {
                keys.into_iter().for_each(|key| *counts.entry(key.clone()).or_default() += 1);
            }
        }
        slot.property_counts.get_or_init(|| Rc::new(counts)).clone()
    }

    /// Returns the properties of a schema with a single text as value.
    pub(in crate::lower) fn single_texts(&self, id: SchemaId) -> Vec<(String, String)> {
        let facts = self.facts(id);
        let single = facts.listed.iter().filter_map(|listed| {
            match (listed.path.as_slice(), listed.values.as_slice()) {
                ([key], [Value::String(text)]) => Some((key.clone(), text.clone())),
                _ => None,
            }
        });
        single.collect()
    }
}

impl Facts {
    fn any() -> Self {
        Self { kinds: Kinds::ANY, precision: Precision::Any, ..Self::default() }
    }

    /// Returns the listed values of a property directly in the object.
    pub(in crate::lower) fn values_of(&self, key: &str) -> Option<&[Value]> {
        let listed = self
            .listed
            .iter()
            .find(|listed| listed.path.len() == 1 && listed.path.iter().all(|one| one == key));
        listed.map(|listed| listed.values.as_slice())
    }
}

/// Returns the facts of a value of any of the schemas.
fn union(all: &[Rc<Facts>]) -> Facts {
    let Some(first) = all.first() else { return Facts::any() };
    let mut known = Vec::new();
    let mut seen = HashSet::new();
    let mut required: HashMap<&str, usize> = HashMap::new();
    let mut listed: HashMap<&[String], Vec<&Listed>> = HashMap::new();
    for facts in all {
        known.extend(facts.known.iter().filter(|key| seen.insert(key.as_str())).cloned());
        for key in facts.required.iter().map(String::as_str) {
            *required.entry(key).or_default() += 1;
        }
        for one in &facts.listed {
            listed.entry(one.path.as_slice()).or_default().push(one);
        }
    }
    let in_all =
        |one: &&Listed| listed.get(one.path.as_slice()).is_some_and(|found| found.len() == all.len());
    let join = |one: &Listed| {
        let found = listed.get(one.path.as_slice()).into_iter().flatten();
        Listed { path: one.path.clone(), values: found.flat_map(|one| one.values.iter().cloned()).collect() }
    };
    let lists: Vec<&Rc<Facts>> = all.iter().filter(|facts| facts.kinds.meets(Kinds::ARRAY)).collect();
    let items: Option<Vec<Rc<Facts>>> = lists.iter().map(|facts| facts.items.clone()).collect();
    let items = items.filter(|items| !items.is_empty()).map(|items| match items.as_slice() {
        [only] => only.clone(),
        items => Rc::new(union(items)),
    });
    let has_values = all.iter().all(|facts| !facts.values.is_empty());
    Facts {
        kinds: all.iter().fold(Kinds::default(), |kinds, facts| kinds.and(facts.kinds)),
        format: first.format.filter(|ours| all.iter().all(|facts| facts.format == Some(*ours))),
        values: if has_values {
            all.iter().flat_map(|facts| facts.values.iter().cloned()).collect()
        } else {
            Vec::new()
        },
        required: first
            .required
            .iter()
            .filter(|key| required.get(key.as_str()) == Some(&all.len()))
            .cloned()
            .collect(),
        listed: first.listed.iter().filter(in_all).map(join).collect(),
        known,
        items,
        precision: all.iter().map(|facts| facts.precision).max().unwrap_or_default(),
    }
}

/// Returns the JSON kinds of a scalar.
fn kinds(scalar: Scalar) -> Kinds {
    match scalar {
        Scalar::Bool => Kinds::BOOL,
        Scalar::Null => Kinds::NULL,
        Scalar::F64 | Scalar::Number => Kinds::INTEGER.and(Kinds::FRACTION),
        Scalar::I64 | Scalar::U64 | Scalar::UnixTime => Kinds::INTEGER,
        Scalar::String
        | Scalar::DateTime
        | Scalar::Date
        | Scalar::Uuid
        | Scalar::Rfc2822
        | Scalar::Base64 => Kinds::STRING,
    }
}
