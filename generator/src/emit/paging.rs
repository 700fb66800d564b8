//! Lists in pages: how a page is taken apart, and the methods that give all pages and all items.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::Emitter;
use super::imports::Imports;
use crate::ir::{Next, Operation, Paging, Shape, Step};
use crate::name::OperationNames;
use crate::plan::Presence;

impl Emitter<'_> {
    /// The constant that tells the runtime of a list's pages, and the request's methods for them.
    pub(super) fn paging(
        self,
        operation: &Operation,
        names: &OperationNames,
        imports: &mut Imports,
    ) -> Vec<TokenStream> {
        let Some(Paging { page, item, items, next }) = &operation.paging else { return vec![] };
        let models = quote! { models:: };
        let page = self.type_tokens(page, &models, imports);
        let item = self.type_tokens(item, &models, imports);
        let items = match items.and_then(|step| self.field(step)) {
            Some((name, Presence::Required)) => quote! { page.#name },
            Some((name, Presence::Tristate)) => quote! { page.#name.flatten().unwrap_or_default() },
            Some((name, _)) => quote! { page.#name.unwrap_or_default() },
            None => quote! { page },
        };
        let next = match next {
            Next::Url(steps) => {
                let text = self.text_at(steps);
                quote! { runtime::Next::Url(|page| #text) }
            }
            Next::Token(parameter, steps) => {
                let text = self.text_at(steps);
                quote! { runtime::Next::Token(#parameter, |page| #text) }
            }
            Next::Link => quote! { runtime::Next::Link },
        };
        let request = &names.request;
        vec![
            quote! {
                const PAGING: runtime::Paging<#page, #item> = runtime::Paging::new(|page| #items, #next);
            },
            quote! {
                impl #request {
                    /// Gives this page and all that follow it, one by one.
                    pub fn pages(self) -> runtime::Pages<#page, #item> { self.0.pages(PAGING) }

                    /// Gives the items of this page and of all that follow it, one by one.
                    pub fn items(self) -> runtime::Items<#page, #item> { self.0.pages(PAGING).items() }
                }
            },
        ]
    }

    /// The text that a page holds, where it holds one.
    fn text_at(self, steps: &[Step]) -> TokenStream {
        let Some((last, others)) = steps.split_last() else { return quote! { None } };
        let mut tokens = quote! { page };
        let mut closures = Vec::new();
        for (name, presence) in others.iter().filter_map(|step| self.field(*step)) {
            tokens = match presence {
                Presence::Required => quote! { #tokens.#name },
                Presence::Tristate => {
                    closures.push(quote! { #tokens.#name.as_ref().and_then(Option::as_ref) });
                    quote! { inner }
                }
                _ => {
                    closures.push(quote! { #tokens.#name.as_ref() });
                    quote! { inner }
                }
            };
        }
        let end = match self.field(*last) {
            Some((name, Presence::Required)) => {
                let text = quote! { #tokens.#name.as_str() };
                return match closures.pop() {
                    None => quote! { Some(#text) },
                    Some(outer) => chained(closures, quote! { #outer.map(|inner| #text) }),
                };
            }
            Some((name, Presence::Tristate)) => quote! { #tokens.#name.as_ref().and_then(Option::as_deref) },
            Some((name, _)) => quote! { #tokens.#name.as_deref() },
            None => quote! { None },
        };
        chained(closures, end)
    }

    /// A field's name, and how it holds its value.
    fn field(self, step: Step) -> Option<(Ident, Presence)> {
        let Shape::Struct(object) = &self.api.get(step.of)?.shape else { return None };
        let field = object.fields.get(step.field)?;
        let name = self.names.members(step.of).get(step.field)?.clone();
        Some((name, self.plan.presence(step.of, step.field, field)))
    }
}

/// Each option, and what is made of its value by those behind it.
fn chained(options: Vec<TokenStream>, end: TokenStream) -> TokenStream {
    options.into_iter().rev().fold(end, |inner, outer| quote! { #outer.and_then(|inner| #inner) })
}
