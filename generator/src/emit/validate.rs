//! Validation: the table of a type's constraints, behind the feature `validate`.
//!
//! The one rule: a type in which there is nothing to check costs nothing, and a field costs a line.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::Emitter;
use crate::ir::{Bound, Constraints, Shape, Struct, Type, TypeId, Union};
use crate::plan::{Place, asked, asked_of_struct};

impl Emitter<'_> {
    /// `impl Validate` of a type that has one.
    pub(super) fn validation(self, id: TypeId, known: &Type) -> Option<TokenStream> {
        if !self.plan.checked.is_known(id) {
            return None;
        }
        let name = self.names.type_name(id);
        let body = match &known.shape {
            _ if !self.plan.checked.is_constrained(id) => TokenStream::new(),
            Shape::Struct(object) => self.checks_of_struct(id, object),
            Shape::Union(union) => self.checks_of_union(id, union),
            Shape::Wrapper(_) => quote! { model::Validate::check(&self.0, &[], check); },
            Shape::Enum(_) | Shape::Alias(..) => TokenStream::new(),
        };
        let check = if body.is_empty() {
            quote! { _ }
        } else {
            quote! { check }
        };
        Some(quote! {
            #[cfg(feature = "validate")]
            impl model::Validate for #name {
                fn check(&self, _: model::Rules, #check: &mut model::Check) { #body }
            }
        })
    }

    fn checks_of_struct(self, id: TypeId, object: &Struct) -> TokenStream {
        let own = asked_of_struct(object);
        let count = (own != Constraints::default()).then(|| {
            let rules = list(&own);
            quote! { check.count(self, #rules); }
        });
        let fields = object.fields.iter().zip(self.names.members(id)).filter_map(|(field, name)| {
            let key = &field.key;
            let rules = self.rules((&field.shape, Some(&field.constraints)))?;
            Some(quote! { check.field(#key, &self.#name, #rules); })
        });
        let flattened = object.flattened.iter().zip(self.names.flattened(id)).filter_map(|(union, name)| {
            let rules = self.rules((&union.shape, None))?;
            Some(quote! { model::Validate::check(&self.#name, #rules, check); })
        });
        let additional =
            object.additional.as_ref().zip(self.names.additional(id)).and_then(|(values, name)| {
                let rules = self.rules((values, Some(&*object.additional_constraints)))?;
                Some(quote! { check.additional(&self.#name, #rules); })
            });
        let checks = quote! { #count #(#fields)* #(#flattened)* #additional };
        with_import(&checks)
    }

    fn checks_of_union(self, id: TypeId, union: &Union) -> TokenStream {
        let variants = union.variants.iter().zip(self.names.members(id)).filter_map(|(variant, name)| {
            let rules = self.rules((&variant.shape, Some(&variant.constraints)))?;
            Some((quote! { Self::#name(value) }, quote! { model::Validate::check(value, #rules, check) }))
        });
        let (patterns, checks): (Vec<TokenStream>, Vec<TokenStream>) = variants.unzip();
        // `Unknown` at least is left.
        with_import(&match patterns.as_slice() {
            [only] => quote! { if let #only = self { #(#checks;)* } },
            _ => quote! { match self { #(#patterns => #checks,)* _ => {} } },
        })
    }

    /// The rules of a place, as a list; nothing where there is nothing to check.
    fn rules(self, place: Place<'_>) -> Option<TokenStream> {
        let rules = place.1.map(|constraints| asked(self.api, place.0, constraints)).unwrap_or_default();
        self.plan.checked.is_place(self.api, place).then(|| list(&rules))
    }
}

/// Checks, with what they name.
fn with_import(checks: &TokenStream) -> TokenStream {
    let names_rules = checks.to_string().contains("Rule ::");
    let import = names_rules.then(|| quote! { use model::Rule; });
    quote! { #import #checks }
}

fn list(constraints: &Constraints) -> TokenStream {
    let count = |rule: TokenStream, count: Option<usize>| {
        let count = Literal::usize_unsuffixed(count?);
        Some(quote! { Rule::#rule(#count) })
    };
    let bound = |closed: TokenStream, open: TokenStream, bound: &Option<Bound>| {
        let bound = bound.as_ref()?;
        let (rule, number) = (if bound.exclusive { open } else { closed }, bound.number.to_string());
        Some(quote! { Rule::#rule(#number) })
    };
    let mut rules = Vec::new();
    rules.extend(count(quote! { MinLength }, constraints.min_length));
    rules.extend(count(quote! { MaxLength }, constraints.max_length));
    rules.extend(constraints.patterns.iter().map(|pattern| {
        let text = &pattern.text;
        quote! { Rule::Pattern(#text) }
    }));
    rules.extend(bound(quote! { Minimum }, quote! { ExclusiveMinimum }, &constraints.minimum));
    rules.extend(bound(quote! { Maximum }, quote! { ExclusiveMaximum }, &constraints.maximum));
    rules.extend(constraints.multiple_of.iter().map(|number| {
        let number = number.to_string();
        quote! { Rule::MultipleOf(#number) }
    }));
    rules.extend(count(quote! { MinItems }, constraints.min_items));
    rules.extend(count(quote! { MaxItems }, constraints.max_items));
    rules.extend(constraints.unique_items.then(|| quote! { Rule::UniqueItems }));
    rules.extend(count(quote! { MinProperties }, constraints.min_properties));
    rules.extend(count(quote! { MaxProperties }, constraints.max_properties));
    rules.extend(constraints.items.as_ref().map(|items| {
        let items = list(items);
        quote! { Rule::Each(#items) }
    }));
    quote! { &[#(#rules),*] }
}
