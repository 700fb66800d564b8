//! Writes the list of rules that `validate()` checks.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::ir::{Bound, Constraints};

/// Returns the rules of a place as a list, or nothing if there are none.
pub(super) fn rules(constraints: &Constraints) -> Option<TokenStream> {
    let rules = list(constraints);
    (!rules.is_empty()).then(|| quote! { &[#(#rules),*] })
}

fn list(constraints: &Constraints) -> Vec<TokenStream> {
    let count = |rule: TokenStream, count: Option<usize>| {
        let count = Literal::usize_unsuffixed(count?);
        Some(quote! { model::Rule::#rule(#count) })
    };
    let bound = |closed: TokenStream, open: TokenStream, bound: &Option<Bound>| {
        let bound = bound.as_ref()?;
        let (rule, number) = (if bound.exclusive { open } else { closed }, bound.number.to_string());
        Some(quote! { model::Rule::#rule(#number) })
    };
    let mut rules = Vec::new();
    rules.extend(count(quote! { MinLength }, constraints.min_length));
    rules.extend(count(quote! { MaxLength }, constraints.max_length));
    rules.extend(constraints.patterns.iter().map(|pattern| {
        let text = &pattern.text;
        quote! { model::Rule::Pattern(#text) }
    }));
    rules.extend(bound(quote! { Minimum }, quote! { ExclusiveMinimum }, &constraints.minimum));
    rules.extend(bound(quote! { Maximum }, quote! { ExclusiveMaximum }, &constraints.maximum));
    rules.extend(constraints.multiple_of.iter().map(|number| {
        let number = number.to_string();
        quote! { model::Rule::MultipleOf(#number) }
    }));
    rules.extend(count(quote! { MinItems }, constraints.min_items));
    rules.extend(count(quote! { MaxItems }, constraints.max_items));
    rules.extend(constraints.unique_items.then(|| quote! { model::Rule::UniqueItems }));
    rules.extend(count(quote! { MinProperties }, constraints.min_properties));
    rules.extend(count(quote! { MaxProperties }, constraints.max_properties));
    rules.extend(constraints.items.as_deref().and_then(self::rules).map(|items| {
        quote! { model::Rule::Each(#items) }
    }));
    rules
}
