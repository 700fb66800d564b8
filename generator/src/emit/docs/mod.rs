//! Docs: what a document says of a thing in, lines of rustdoc out.

mod clean;
mod html;
mod markdown;

use proc_macro2::TokenStream;
use quote::quote;

use crate::ir::{Bound, Constraints, Docs};
use markdown::wrap;
pub(super) use markdown::{begins_block, code, markdown};

/// `///` attributes, one a line.
pub(super) fn attributes(lines: &[String]) -> TokenStream {
    let lines = indented(lines);
    quote! { #(#[doc = #lines])* }
}

/// `//!` attributes, one a line.
pub(super) fn inner_attributes(lines: &[String]) -> TokenStream {
    let lines = indented(lines);
    quote! { #(#![doc = #lines])* }
}

/// Each line with the space that stands between it and its `///`.
fn indented(lines: &[String]) -> impl Iterator<Item = String> + '_ {
    lines.iter().map(|line| if line.is_empty() { String::new() } else { format!(" {line}") })
}

/// What the document says of a thing, or `otherwise` (which may be empty), and that it is deprecated.
pub(super) fn prose(docs: &Docs, otherwise: &str) -> Vec<String> {
    let title = docs.title.as_ref().map(|title| {
        let stop = if title.ends_with(char::is_alphanumeric) { "." } else { "" };
        markdown(&format!("{title}{stop}"))
    });
    let mut lines = match (&docs.title, title, &docs.description) {
        (Some(title), Some(_), Some(text)) if repeats(text, title) => markdown(text),
        (_, title, text) => {
            paragraphs([title.unwrap_or_default(), text.as_deref().map(markdown).unwrap_or_default()])
        }
    };
    if lines.is_empty() && !otherwise.is_empty() {
        lines = vec![otherwise.to_owned()];
    }
    if docs.deprecated {
        lines = paragraphs([lines, vec!["Deprecated.".to_owned()]]);
    }
    lines
}

/// Whether a description says its title again.
fn repeats(description: &str, title: &str) -> bool {
    let plain = |text: &str| text.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    plain(description).starts_with(&plain(title))
}

/// Blocks with an empty line between; empty ones are left out.
pub(super) fn paragraphs(blocks: impl IntoIterator<Item = Vec<String>>) -> Vec<String> {
    blocks.into_iter().filter(|block| !block.is_empty()).collect::<Vec<_>>().join(&String::new())
}

/// One line that tells a value's constraints; none where it has none.
pub(super) fn constraints(constraints: &Constraints) -> Vec<String> {
    let mut line = told(constraints).join("; ");
    let Some(first) = line.get(..1).map(str::to_uppercase) else { return vec![] };
    line.replace_range(..1, &first);
    line.push('.');
    wrap(&line)
}

fn told(constraints: &Constraints) -> Vec<String> {
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
    let patterns = constraints.patterns.iter().map(|pattern| format!("pattern {}", code(&pattern.text)));
    let multiples = constraints.multiple_of.iter().map(|number| format!("a multiple of {number}"));
    let mut told = Vec::from_iter(count("length", constraints.min_length, constraints.max_length));
    told.extend(patterns);
    told.extend(bounds);
    told.extend(multiples);
    told.extend(count("number of items", constraints.min_items, constraints.max_items));
    told.extend(constraints.unique_items.then(|| "no item twice".to_owned()));
    told.extend(count("number of members", constraints.min_properties, constraints.max_properties));
    told.extend(constraints.items.as_ref().map(|items| format!("each: {}", self::told(items).join(", "))));
    told
}
