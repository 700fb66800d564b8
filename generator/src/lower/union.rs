//! Unions: a schema that lists variants in, a type for each and how they are told apart out.

use serde_json::Value;

use super::Lower;
use super::form::Form;
use super::view::{Node, View};
use crate::diagnostic::Code;
use crate::ir::{Choice, Constraints, Kinds, Scalar, Shape, Test, TypeRef, Union, Variant};
use crate::pointer::Pointer;

impl Lower<'_> {
    /// The variants that the schema at `pointer` lists, or that inherit from it, each once. Left out are those that say
    /// nothing of the value's type.
    pub(super) fn variants(&self, pointer: &Pointer) -> Vec<Pointer> {
        let Some(node) = self.node(pointer) else { return Vec::new() };
        let listed = match (node.keywords.one_of.as_slice(), node.keywords.any_of.as_slice()) {
            ([], []) => return self.heirs(pointer),
            ([], any_of) => self.targets(any_of),
            (one_of, _) => self.targets(one_of),
        };
        let nodes: Vec<_> =
            listed.iter().filter(|one| *one != pointer).filter_map(|one| self.node(one)).collect();
        let is_text_list = |node: &Node| node.keywords.enumeration.iter().any(Value::is_string);
        let has_text_list = nodes.iter().any(|node| is_text_list(node));
        let mut scalars: Vec<Scalar> = Vec::new();
        let mut variants = Vec::new();
        for node in &nodes {
            if self.is_constraint(node) || is_null(node) {
                continue;
            }
            if let Some(scalar) = plain_scalar(node) {
                // An enum keeps the values that it does not know.
                if scalars.contains(&scalar) || (scalar == Scalar::String && has_text_list) {
                    continue;
                }
                scalars.push(scalar);
            }
            variants.push(node.pointer.clone());
        }
        variants
    }

    /// Whether other schemas inherit from the one at `pointer`, and a discriminator tells which a value is of.
    pub(super) fn is_inherited(&self, pointer: &Pointer) -> bool {
        self.node(pointer)
            .is_some_and(|node| node.keywords.one_of.is_empty() && node.keywords.any_of.is_empty())
            && !self.heirs(pointer).is_empty()
    }

    /// The schemas that inherit from a schema with a discriminator: those of its mapping first, in that order.
    fn heirs(&self, pointer: &Pointer) -> Vec<Pointer> {
        if self.tag(pointer).is_none() {
            return Vec::new();
        }
        let mapped = self.mapping(pointer).into_iter().map(|(_, target)| target);
        let known = self.children.get(pointer).into_iter().flatten().cloned();
        let mut heirs: Vec<Pointer> = Vec::new();
        for heir in mapped.chain(known).filter(|heir| heir != pointer) {
            if !heirs.contains(&heir) {
                heirs.push(heir);
            }
        }
        heirs
    }

    /// The member that tells the variants of the schema at `pointer` apart (OpenAPI 3.0.3 §4.7.25).
    pub(super) fn tag(&self, pointer: &Pointer) -> Option<&str> {
        self.document.get(&pointer.child("discriminator").child("propertyName"))?.as_str()
    }

    /// What a discriminator maps its values to, through references; a name without `/` is that of a component.
    pub(super) fn mapping(&self, pointer: &Pointer) -> Vec<(String, Pointer)> {
        let mapping = self.document.get(&pointer.child("discriminator").child("mapping"));
        let schemas = Pointer::root().child("components").child("schemas");
        let entries = mapping.and_then(Value::as_object).into_iter().flatten();
        let targets = entries.filter_map(|(value, target)| {
            let target = target.as_str()?;
            let named = schemas.child(target);
            let target = match target.strip_prefix('#') {
                Some(fragment) => Pointer::from_fragment(fragment)?,
                None => named,
            };
            Some((value.clone(), self.document.resolve(&target).ok()?))
        });
        targets.filter(|(_, target)| self.document.get(target).is_some()).collect()
    }

    /// The union of the variants that the schema at `list` lists.
    pub(super) fn union(&mut self, list: &Pointer) -> Shape {
        // Of what is tried in order the more special comes first.
        let mut pointers = self.variants(list);
        pointers.sort_by_cached_key(|pointer| self.facts(pointer).rank);
        let mut variants: Vec<Variant> = Vec::new();
        let mut kept = Vec::new();
        for pointer in &pointers {
            let lowered = self.schema(pointer);
            let (shape, constraints) = (lowered.shape, lowered.constraints);
            if variants.iter().any(|known| known.shape == shape) {
                continue;
            }
            kept.push(pointer.clone());
            let words = self.variant_words(pointer, &shape);
            let pointer = pointer.clone();
            variants.push(Variant { pointer, shape, constraints, words, written_tag: None });
        }
        if let Some(view) = self.view(list) {
            let own = self.constraints_of(&view);
            for (variant, pointer) in variants.iter_mut().zip(&kept) {
                if !self.is_alone(&view, &kept, pointer) {
                    variant.constraints = Constraints::default();
                }
                variant.constraints = own.clone().and(std::mem::take(&mut variant.constraints));
            }
        }
        let choice = self.choice(list, &kept);
        if let Choice::Tag { key, values } = &choice {
            for ((variant, pointer), values) in variants.iter_mut().zip(&kept).zip(values) {
                let holds_tag = self.facts(pointer).known.iter().any(|known| known == key);
                variant.written_tag = values.first().filter(|_| !holds_tag).cloned();
            }
        }
        Shape::Union(Union { variants, choice })
    }

    /// A union of the scalars that a list of values of several kinds holds.
    pub(super) fn mixed(&mut self, view: &View) -> Shape {
        type Row = (fn(&Value) -> bool, Scalar, Kinds, &'static str);
        const KINDS: [Row; 4] = [
            (Value::is_string, Scalar::String, Kinds::STRING, "string"),
            (Value::is_boolean, Scalar::Bool, Kinds::BOOL, "boolean"),
            (Value::is_i64, Scalar::I64, Kinds::INTEGER, "integer"),
            (Value::is_f64, Scalar::F64, Kinds::FRACTION, "number"),
        ];
        let values: Vec<Value> = view
            .last(|keywords| !keywords.enumeration.is_empty())
            .map(|node| node.keywords.enumeration.clone())
            .unwrap_or_default();
        let (mut variants, mut tests) = (Vec::new(), Vec::new());
        for (is, scalar, kinds, words) in KINDS {
            if values.iter().any(is) {
                variants.push(Variant {
                    pointer: view.pointer.child("enum"),
                    shape: TypeRef::Scalar(scalar),
                    constraints: Constraints::default(),
                    words: words.to_owned(),
                    written_tag: None,
                });
                tests.push(Test { kinds, ..Test::default() });
            }
        }
        Shape::Union(Union { variants, choice: Choice::Tests(tests) })
    }

    /// What a variant is called whose type has no name of its own.
    fn variant_words(&self, pointer: &Pointer, shape: &TypeRef) -> String {
        match shape {
            TypeRef::Named(id) => {
                let named = self.api.get(*id).map(|known| &known.pointer);
                self.variant_word(named.unwrap_or(pointer))
            }
            TypeRef::List(inner) => {
                format!("{} list", self.variant_words(pointer, inner)).replace("list list", "lists")
            }
            TypeRef::Map(_) => "map".to_owned(),
            TypeRef::Tuple(_) => "tuple".to_owned(),
            TypeRef::Nullable(inner) => self.variant_words(pointer, inner),
            TypeRef::Any(_) => "any".to_owned(),
            TypeRef::Scalar(scalar) => scalar.word().to_owned(),
        }
    }

    /// What the schema at `pointer` is called among variants: its title, the value by which others know it, its kind.
    pub(super) fn variant_word(&self, pointer: &Pointer) -> String {
        if let Some((parent, key)) = pointer.split_last()
            && parent.as_str() == "/components/schemas"
        {
            return key.rsplit('.').find(|segment| !segment.is_empty()).unwrap_or(&key).to_owned();
        }
        let title = self.document.get(&pointer.child("title")).and_then(Value::as_str);
        if let Some(title) =
            title.filter(|title| title.chars().any(char::is_alphanumeric) && title.len() < 40)
        {
            return title.to_owned();
        }
        if let Some(text) = self.own_text(pointer) {
            return text;
        }
        match self.view(pointer).map(|view| view.form.clone()) {
            Some(Form::Enum(_)) => "value".to_owned(),
            Some(Form::Union(_) | Form::Mixed) => "choice".to_owned(),
            Some(Form::List | Form::Tuple) => "list".to_owned(),
            Some(Form::Map) => "map".to_owned(),
            _ => "object".to_owned(),
        }
    }

    /// The text that a member of a variant always has; of several such members, that which the fewest others share, in
    /// the order of their keys.
    fn own_text(&self, pointer: &Pointer) -> Option<String> {
        let texts = |pointer: &Pointer| {
            let texts = self.facts(pointer).texts.into_iter();
            texts.filter_map(|(key, texts)| <[String; 1]>::try_from(texts).ok().map(|[text]| (key, text)))
        };
        let mut own: Vec<_> =
            texts(pointer).filter(|(_, text)| text.chars().any(char::is_alphanumeric)).collect();
        if own.len() > 1 {
            let list = pointer.split_last().and_then(|(list, _)| Some(list.split_last()?.0));
            let variants = list.map(|list| self.variants(&list)).unwrap_or_default();
            let others: Vec<_> = variants.iter().filter(|other| *other != pointer).flat_map(texts).collect();
            own.sort_by_cached_key(|one| {
                (others.iter().filter(|other| *other == one).count(), one.0.clone())
            });
        }
        own.into_iter().next().map(|(_, text)| text)
    }

    /// Whether a schema asks for members, or forbids something, and says nothing of a value's type.
    fn is_constraint(&self, node: &Node) -> bool {
        let keywords = &node.keywords;
        let says_something =
            !keywords.required.is_empty() || self.document.get(&node.pointer.child("not")).is_some();
        says_something
            && matches!(keywords.typ.as_deref(), None | Some("object"))
            && keywords.properties.is_empty()
            && keywords.enumeration.is_empty()
            && keywords.items.is_none()
            && keywords.additional_properties.is_none()
            && !node.is_composed()
    }

    /// Says that a mapping names a schema that is no variant.
    pub(super) fn report_unlisted(&mut self, list: &Pointer, value: &str) {
        let pointer = list.child("discriminator").child("mapping").child(value);
        let message = format!("the discriminator maps `{value}` to a schema that is not listed as a variant");
        self.warn(Code::Discriminator, &pointer, message, "the value is kept as JSON");
    }
}

/// Whether null is the only value.
fn is_null(node: &Node) -> bool {
    let values = &node.keywords.enumeration;
    !values.is_empty() && values.iter().all(Value::is_null)
}

/// The scalar that a schema says and no more.
fn plain_scalar(node: &Node) -> Option<Scalar> {
    let kind = node.keywords.typ.as_deref().filter(|_| node.is_plain())?;
    Scalar::of(kind, node.keywords.format.as_deref())
}
