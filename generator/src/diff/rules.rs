//! The rules of a comparison: the conditions of a change, and the words and predicates that the
//! table uses.

use std::collections::BTreeSet;

use super::{Bump, Wire};
use crate::lock::Item;

/// What happened to an item or to an attribute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// The item has the same path on both sides.
    Kept,
    Added,
    Removed,
    /// The same node of the document has another path.
    Renamed,
    /// An optional parameter became required, or a required one optional.
    Moved,
    /// A new attribute.
    Gained,
    Lost,
    Changed,
}

/// A change and its surroundings.
#[derive(Clone, Copy, Debug)]
pub(super) struct Context<'a> {
    pub(super) old: Option<&'a Item>,
    pub(super) new: Option<&'a Item>,
    pub(super) old_parent: Option<&'a Item>,
    pub(super) new_parent: Option<&'a Item>,
    /// The attribute. Empty for a change of the item itself.
    pub(super) name: &'a str,
    pub(super) before: Option<&'a str>,
    pub(super) after: Option<&'a str>,
}

/// One row of the table.
#[derive(Debug)]
pub(super) struct Rule {
    pub(super) id: &'static str,
    pub(super) kinds: &'static [&'static str],
    pub(super) steps: &'static [Step],
    pub(super) names: &'static [&'static str],
    pub(super) when: fn(&Context<'_>) -> bool,
    pub(super) rust: Bump,
    pub(super) wire: Wire,
    pub(super) words: &'static str,
}

impl<'a> Context<'a> {
    pub(super) fn kind(&self) -> &'a str {
        self.new.or(self.old).map(|item| item.kind.as_ref()).unwrap_or_default()
    }

    /// Fills the placeholders of a rule's message.
    pub(super) fn sentence(&self, words: &str) -> String {
        let path = |item: Option<&Item>| item.map(|item| item.path.clone()).unwrap_or_default();
        let item = self.new.or(self.old);
        let key = item.and_then(|item| item.attributes.get("key")).map(str::to_owned);
        let is_body = item.is_some_and(|item| item.attributes.has("bodyType"));
        let key = key.or_else(|| is_body.then(|| "body".to_owned()));
        let key = key.or_else(|| item.map(|item| item.key.last())).unwrap_or_default();
        let value = |value: Option<&str>| value.unwrap_or("none").to_owned();
        let sunset = self.old.and_then(|item| item.attributes.get("sunset")).unwrap_or_default();
        let values = [
            ("path", path(item)),
            ("old", path(self.old)),
            ("key", key),
            ("sunset", sunset.to_owned()),
            ("name", self.name.to_owned()),
            ("before", value(self.before)),
            ("after", value(self.after)),
        ];
        // Replaced values are not searched again, because a path may itself contain `{after}`.
        let mut sentence = String::new();
        let mut rest = words;
        while let Some((before, name, after)) = rest
            .split_once('{')
            .and_then(|(before, rest)| rest.split_once('}').map(|(name, after)| (before, name, after)))
        {
            sentence.push_str(before);
            sentence
                .extend(values.iter().filter(|(known, _)| *known == name).map(|(_, value)| value.as_str()));
            rest = after;
        }
        sentence + rest
    }

    /// Returns true if either side of the parent has an attribute.
    pub(super) fn parent_has(&self, name: &str) -> bool {
        [self.old_parent, self.new_parent].into_iter().flatten().any(|item| item.attributes.has(name))
    }

    /// Returns true if values of the item are sent. Returns false for models that are only
    /// received, and for fields that are read-only in both versions.
    pub(super) fn is_sent(&self) -> bool {
        let mut sides = [self.old, self.new].into_iter().flatten();
        match self.kind() {
            "type" => sides.any(|item| item.attributes.has("sent")),
            "field" => self.parent_has("sent") && !sides.all(|item| item.attributes.has("readOnly")),
            "variant" => self.parent_has("sent"),
            _ => true,
        }
    }

    /// Returns true for the type of a group. Changes of groups are reported for the client's method.
    pub(super) fn is_group(&self) -> bool {
        self.new.or(self.old).is_some_and(|item| item.attributes.get("shape") == Some("group"))
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.new.or(self.old).is_some_and(|item| item.attributes.has(name))
    }

    pub(super) fn old_has(&self, name: &str) -> bool {
        self.old.is_some_and(|item| item.attributes.has(name))
    }

    pub(super) fn new_has(&self, name: &str) -> bool {
        self.new.is_some_and(|item| item.attributes.has(name))
    }
}

pub(super) const PATCH: Bump = Bump::Patch;
pub(super) const MINOR: Bump = Bump::Minor;
pub(super) const MAJOR: Bump = Bump::Major;
pub(super) const WORKS: Wire = Wire::Works;
pub(super) const MAY_FAIL: Wire = Wire::MayFail;
pub(super) const FAILS: Wire = Wire::Fails;

pub(super) const ADDED: &[Step] = &[Step::Added];
pub(super) const REMOVED: &[Step] = &[Step::Removed];
pub(super) const RENAMED: &[Step] = &[Step::Renamed];
pub(super) const MOVED: &[Step] = &[Step::Moved];
pub(super) const GAINED: &[Step] = &[Step::Gained];
pub(super) const LOST: &[Step] = &[Step::Lost];
pub(super) const CHANGED: &[Step] = &[Step::Changed];
pub(super) const ANY: &[Step] = &[Step::Gained, Step::Lost, Step::Changed];

/// Keywords with a lower bound.
pub(super) const LOWER: &[&str] = &["minLength", "minimum", "exclusiveMinimum", "minItems", "minProperties"];
/// Keywords with an upper bound.
pub(super) const UPPER: &[&str] = &["maxLength", "maximum", "exclusiveMaximum", "maxItems", "maxProperties"];

pub(super) const METHOD: &[&str] = &["method"];
pub(super) const ARGUMENT: &[&str] = &["argument"];
pub(super) const SETTER: &[&str] = &["setter"];
pub(super) const PARAMETER: &[&str] = &["argument", "setter"];
pub(super) const TYPE: &[&str] = &["type"];
pub(super) const FIELD: &[&str] = &["field"];
pub(super) const VARIANT: &[&str] = &["variant"];
pub(super) const OUTCOME: &[&str] = &["outcome"];
pub(super) const HEADER: &[&str] = &["header"];
pub(super) const PART: &[&str] = &["part"];
pub(super) const REQUEST: &[&str] = &["request"];
pub(super) const CLIENT: &[&str] = &["client"];
pub(super) const MODULE: &[&str] = &["module"];
pub(super) const FEATURE: &[&str] = &["feature"];

pub(super) fn always(_: &Context<'_>) -> bool {
    true
}

/// Returns true if a method of the client is now one of a group, or vice versa.
pub(super) fn is_in_another_scope(context: &Context<'_>) -> bool {
    let scope = |item: Option<&Item>| {
        item.and_then(|item| item.path.rsplit_once("::")).map(|(scope, _)| scope.to_owned())
    };
    scope(context.old) != scope(context.new)
}

/// Returns true if one list of words contains all words of the other: `a | b` and `a`.
pub(super) fn holds(long: Option<&str>, short: Option<&str>, separator: &str) -> bool {
    let words = |text: Option<&str>| -> BTreeSet<String> {
        let words = text.unwrap_or_default().split(separator).map(|word| word.trim().to_owned());
        words.filter(|word| !word.is_empty()).collect()
    };
    words(short).is_subset(&words(long))
}

/// Returns true if the number in an attribute has grown.
pub(super) fn grew(context: &Context<'_>) -> bool {
    let number = |text: Option<&str>| text.and_then(|text| text.parse::<f64>().ok()).unwrap_or_default();
    number(context.after) > number(context.before)
}

/// Returns true if two paths differ in the names of their parameters only.
pub(super) fn is_same_template(context: &Context<'_>) -> bool {
    let holes = |path: Option<&str>| -> String {
        let mut text = String::new();
        let mut is_inside = false;
        for c in path.unwrap_or_default().chars() {
            is_inside = (is_inside || c == '{') && c != '}';
            if !is_inside || c == '{' {
                text.push(c);
            }
        }
        text
    };
    holes(context.before) == holes(context.after)
}

/// Returns true if two lists of arguments have the same members in another order.
pub(super) fn is_reordered(context: &Context<'_>) -> bool {
    let arguments = |text: Option<&str>| -> Vec<String> {
        let text = text.unwrap_or_default().trim_start_matches('(').trim_end_matches(')').to_owned();
        let mut arguments: Vec<String> = text.split(", ").map(str::to_owned).collect();
        arguments.sort();
        arguments
    };
    arguments(context.before) == arguments(context.after)
}

/// Returns the type of a page's items: `models::User` for `models::User by page`.
pub(super) fn item_of(paging: Option<&str>) -> &str {
    paging.and_then(|paging| paging.rsplit_once(" by ")).map_or("", |(item, _)| item)
}

pub(super) fn is_wrapped(outer: &str, inner: Option<&str>, whole: Option<&str>) -> bool {
    inner.zip(whole).is_some_and(|(inner, whole)| whole == format!("{outer}<{inner}>"))
}

/// Types, each with the types that accept all its values in JSON.
const WIDER: &[(&str, &[&str])] = &[
    ("u8", &["u16", "u32", "u64", "i32", "i64", "f64", "Number"]),
    ("u16", &["u32", "u64", "i32", "i64", "f64", "Number"]),
    ("u32", &["u64", "i64", "f64", "Number"]),
    ("u64", &["f64", "Number"]),
    ("i32", &["i64", "f64", "Number"]),
    ("i64", &["f64", "Number"]),
    ("f64", &["Number"]),
    ("DateTime", &["String"]),
    ("Date", &["String"]),
    ("Uuid", &["String"]),
    ("Rfc2822", &["String"]),
    ("Base64", &["String"]),
];

/// Returns true if the type `wide` accepts all values of the type `narrow`. For example, `Vec<f64>`
/// accepts all values of `Vec<i64>`.
pub(super) fn is_wider(wide: Option<&str>, narrow: Option<&str>) -> bool {
    const WRAPPERS: [&str; 3] = ["Option<", "Vec<", "BTreeMap<String, "];
    fn inner<'a>(of: &'a str, wrapper: &str) -> Option<&'a str> {
        of.strip_prefix(wrapper)?.strip_suffix('>')
    }
    let Some((mut wide, mut narrow)) = wide.zip(narrow) else { return false };
    while let Some(inners) =
        WRAPPERS.iter().find_map(|wrapper| inner(wide, wrapper).zip(inner(narrow, wrapper)))
    {
        (wide, narrow) = inners;
    }
    is_wrapped("Option", Some(narrow), Some(wide))
        || WIDER.iter().any(|(known, wider)| *known == narrow && wider.contains(&wide))
}

/// Returns the names of a list of constants and values: `TOKEN_URL` for `TOKEN_URL=https://…`.
fn constants(text: Option<&str>) -> BTreeSet<&str> {
    let pairs = text.unwrap_or_default().split(' ');
    pairs.filter_map(|pair| Some(pair.split_once('=')?.0)).collect()
}

/// Returns true if all constants of `few` are in `many`.
pub(super) fn has_constants(many: Option<&str>, few: Option<&str>) -> bool {
    constants(few).is_subset(&constants(many))
}

pub(super) fn without_box(text: Option<&str>) -> String {
    text.unwrap_or_default().replace("Box<", "<").replace(['<', '>'], "")
}

#[cfg(test)]
mod tests {
    use super::Context;

    #[test]
    fn placeholders_are_replaced_once() {
        let context = Context {
            old: None,
            new: None,
            old_parent: None,
            new_parent: None,
            name: "path",
            before: Some("/a/{after}"),
            after: Some("/b/{name}"),
        };
        assert_eq!(context.sentence("`{after}`, was `{before}`"), "`/b/{name}`, was `/a/{after}`");
    }
}
