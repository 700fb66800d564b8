//! Writes the list of rules that `validate()` checks.

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};

use crate::ir::{Bound, Constraints};

/// Returns the rules of a place as a list, or nothing if there are none.
pub(super) fn rules(constraints: &Constraints) -> Option<TokenStream> {
    let rules = list(constraints);
    (!rules.is_empty()).then(|| quote! { &[#(#rules),*] })
}

fn list(constraints: &Constraints) -> Vec<TokenStream> {
    let count = |rule, count: Option<usize>| {
        let (rule, count) = (format_ident!("{rule}"), Literal::usize_unsuffixed(count?));
        Some(quote! { model::Rule::#rule(#count) })
    };
    let bound = |closed, open, bound: &Option<Bound>| {
        let bound = bound.as_ref()?;
        let rule = format_ident!("{}", if bound.exclusive { open } else { closed });
        let number = bound.number.to_string();
        Some(quote! { model::Rule::#rule(#number) })
    };
    let mut rules = Vec::new();
    rules.extend(count("MinLength", constraints.min_length));
    rules.extend(count("MaxLength", constraints.max_length));
    rules.extend(constraints.patterns.iter().map(|pattern| {
        let text = &pattern.text;
        quote! { model::Rule::Pattern(#text) }
    }));
    rules.extend(bound("Minimum", "ExclusiveMinimum", &constraints.minimum));
    rules.extend(bound("Maximum", "ExclusiveMaximum", &constraints.maximum));
    rules.extend(constraints.multiple_of.iter().map(|number| {
        let number = number.to_string();
        quote! { model::Rule::MultipleOf(#number) }
    }));
    rules.extend(count("MinItems", constraints.min_items));
    rules.extend(count("MaxItems", constraints.max_items));
    rules.extend(constraints.unique_items.then(|| quote! { model::Rule::UniqueItems }));
    rules.extend(count("MinProperties", constraints.min_properties));
    rules.extend(count("MaxProperties", constraints.max_properties));
    rules.extend(constraints.open_enum.then(|| quote! { model::Rule::OpenEnum }));
    rules.extend(constraints.items.as_deref().and_then(self::rules).map(|items| {
        quote! { model::Rule::Each(#items) }
    }));
    rules
}
