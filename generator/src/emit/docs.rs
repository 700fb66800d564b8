//! Writes doc comments from the document's texts.
//!
//! Invariant: only this module creates `#[doc]` attributes with text, and only from [`DocText`].

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::doc::{DocText, Inline, code, joined, text};
use crate::ir::{Bound, Constraints, Docs};

/// Returns the text as an attribute, which `format` writes as `///` lines.
pub(super) fn attributes(text: &DocText) -> TokenStream {
    let text = literal(text).into_iter();
    quote! { #(#[doc = #text])* }
}

/// Returns the text as an attribute, which `format` writes as `//!` lines.
pub(super) fn inner_attributes(text: &DocText) -> TokenStream {
    let text = literal(text).into_iter();
    quote! { #(#![doc = #text])* }
}

/// Returns a literal of all lines, each with the space after `///`, or nothing for an empty text. A
/// raw literal is read as it is. `Literal::string` would look up each character in tables.
fn literal(text: &DocText) -> Option<Literal> {
    let lines = text.lines();
    let mut content = String::with_capacity(lines.iter().map(|line| line.len() + 2).sum());
    for (index, line) in lines.iter().enumerate() {
        content.push_str(if index > 0 { "\n" } else { "" });
        content.push_str(if line.is_empty() { "" } else { " " });
        content.push_str(line);
    }
    let longest = content.split(|c| c != '#').map(str::len).max().unwrap_or_default();
    let hashes = "#".repeat(if content.contains('"') { longest + 1 } else { 0 });
    let raw = format!("r{hashes}\"{content}\"{hashes}").parse();
    (!lines.is_empty()).then(|| raw.unwrap_or_else(|_| Literal::string(&content)))
}

/// Returns an item's documentation, or `otherwise` (which may be empty), with a note if the item is
/// deprecated.
pub(super) fn prose(docs: &Docs, otherwise: DocText) -> DocText {
    let title = docs.title.as_deref().map(|title| DocText::title(title).stopped()).unwrap_or_default();
    let description = docs.description.as_deref().map(DocText::markdown).unwrap_or_default();
    let repeats = match (&docs.title, &docs.description) {
        (Some(title), Some(description)) => repeats(description, title),
        _ => false,
    };
    let said = if repeats { description } else { DocText::join([title, description]) };
    let said = if said.is_empty() { otherwise } else { said };
    let deprecated = if docs.deprecated { DocText::fixed("Deprecated.") } else { DocText::default() };
    DocText::join([said, deprecated])
}

/// Returns true if a description begins with its title.
fn repeats(description: &str, title: &str) -> bool {
    let mut letters = description.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase);
    let mut title = title.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase);
    title.all(|c| letters.next() == Some(c))
}

/// Returns a paragraph with a value's constraints, or nothing if there are none.
pub(super) fn constraints(constraints: &Constraints) -> DocText {
    let mut inlines = joined(listed(constraints), "; ");
    if let Some(Inline::Text(first)) = inlines.first_mut() {
        if let Some(upper) = first.get(..1).map(str::to_uppercase) {
            first.replace_range(..1, &upper);
        }
        inlines.push(text("."));
    }
    DocText::line(inlines)
}

/// Returns each constraint in words.
fn listed(constraints: &Constraints) -> Vec<Vec<Inline>> {
    let plain = |words: String| vec![text(words)];
    let count = |what: &str, min: Option<usize>, max: Option<usize>| match (min, max) {
        (Some(min), Some(max)) if min == max => Some(format!("{what} {min}")),
        (Some(min), Some(max)) => Some(format!("{what} {min} to {max}")),
        (Some(0) | None, None) => None,
        (Some(min), None) => Some(format!("{what} at least {min}")),
        (None, Some(max)) => Some(format!("{what} at most {max}")),
    };
    let least = |bound: &Bound| {
        format!("{} {}", if bound.exclusive { "greater than" } else { "at least" }, bound.number)
    };
    let most =
        |bound: &Bound| format!("{} {}", if bound.exclusive { "less than" } else { "at most" }, bound.number);
    let bounds = match (&constraints.minimum, &constraints.maximum) {
        (Some(min), Some(max)) if !min.exclusive && !max.exclusive => {
            vec![format!("from {} to {}", min.number, max.number)]
        }
        (min, max) => min.as_ref().map(least).into_iter().chain(max.as_ref().map(most)).collect(),
    };
    let patterns = constraints.patterns.iter().map(|pattern| vec![text("pattern "), code(&pattern.text)]);
    let multiples = constraints.multiple_of.iter().map(|number| plain(format!("a multiple of {number}")));
    let mut listed = Vec::new();
    listed.extend(count("length", constraints.min_length, constraints.max_length).map(plain));
    listed.extend(patterns);
    listed.extend(bounds.into_iter().map(plain));
    listed.extend(multiples);
    listed.extend(count("number of items", constraints.min_items, constraints.max_items).map(plain));
    listed.extend(constraints.unique_items.then(|| plain("no item twice".to_owned())));
    listed.extend(
        count("number of members", constraints.min_properties, constraints.max_properties).map(plain),
    );
    let each = constraints.items.as_ref().map(|items| self::listed(items)).unwrap_or_default();
    if !each.is_empty() {
        listed.push([text("each: ")].into_iter().chain(joined(each, ", ")).collect());
    }
    listed
}
