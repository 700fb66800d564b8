//! Lists in pages: how a page is taken apart, and the methods that give all pages and all items.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::Emitter;
use super::imports::Imports;
use crate::ir::{Next, Operation, Paging, Shape, Step};
use crate::plan::Presence;

/// What is taken of a page.
#[derive(Clone, Copy)]
enum Take {
    /// The items, and the page is gone.
    Items,
    /// How many items there are.
    Count,
    /// A text, borrowed.
    Text,
}

/// How a page holds what is taken of it.
enum Reached {
    Value(TokenStream),
    Option(TokenStream),
}

impl Emitter<'_> {
    /// The request's methods for a list's pages, and the constant that tells the runtime of them.
    pub(super) fn paging(self, operation: &Operation, imports: &mut Imports) -> Option<TokenStream> {
        let Paging { page, item, items, next } = operation.paging.as_ref()?;
        let models = quote! { models:: };
        let page = self.type_tokens(page, &models, imports);
        let item = self.type_tokens(item, &models, imports);
        let count = || match self.reach(items, Take::Count) {
            Reached::Value(count) => count,
            Reached::Option(count) => quote! { #count.unwrap_or_default() },
        };
        let text = |steps: &[Step]| match self.reach(steps, Take::Text) {
            Reached::Value(text) => quote! { Some(#text) },
            Reached::Option(text) => text,
        };
        let next = match next {
            Next::Url(steps) => {
                let text = text(steps);
                quote! { runtime::Next::Url(|page| #text) }
            }
            Next::Token(parameter, steps) => {
                let text = text(steps);
                quote! { runtime::Next::Token(#parameter, |page| #text) }
            }
            Next::Offset(parameter) => {
                let count = count();
                quote! { runtime::Next::Offset(#parameter, |page| #count) }
            }
            Next::Page(parameter) => {
                let count = count();
                quote! { runtime::Next::Page(#parameter, |page| #count) }
            }
            Next::Link => quote! { runtime::Next::Link },
        };
        let items = match self.reach(items, Take::Items) {
            Reached::Value(items) => items,
            Reached::Option(items) => quote! { #items.unwrap_or_default() },
        };
        Some(quote! {
            /// Returns this page and all that follow it, one by one.
            pub fn pages(self) -> runtime::Pages<#page, #item> {
                self.0.pages(Self::PAGING)
            }

            /// Returns the items of this page and of all that follow it, one by one.
            pub fn items(self) -> runtime::Items<#page, #item> {
                self.0.pages(Self::PAGING).items()
            }

            const PAGING: runtime::Paging<#page, #item> = runtime::Paging::new(|page| #items, #next);
        })
    }

    /// What a page holds at the end of `steps`; the page itself where there are none.
    fn reach(self, steps: &[Step], take: Take) -> Reached {
        let fields: Vec<_> = steps.iter().filter_map(|step| self.field(*step)).collect();
        let mut tokens = quote! { page };
        let mut options = Vec::new();
        let Some(((name, presence), others)) = fields.split_last() else {
            return Reached::Value(match take {
                Take::Count => quote! { page.len() },
                Take::Items | Take::Text => tokens,
            });
        };
        for (name, presence) in others {
            let option = match (take, presence) {
                (_, Presence::Required) => {
                    tokens = quote! { #tokens.#name };
                    continue;
                }
                (Take::Items, Presence::Tristate) => quote! { #tokens.#name.flatten() },
                (Take::Items, _) => quote! { #tokens.#name },
                (_, Presence::Tristate) => quote! { #tokens.#name.as_ref().and_then(Option::as_ref) },
                (_, _) => quote! { #tokens.#name.as_ref() },
            };
            options.push(option);
            tokens = quote! { inner };
        }
        if *presence == Presence::Required {
            let value = match take {
                Take::Items => quote! { #tokens.#name },
                Take::Text => quote! { #tokens.#name.as_str() },
                Take::Count => quote! { #tokens.#name.len() },
            };
            return match options.pop() {
                None => Reached::Value(value),
                Some(outer) => Reached::Option(chained(options, quote! { #outer.map(|inner| #value) })),
            };
        }
        let end = match (take, presence) {
            (Take::Items, Presence::Tristate) => quote! { #tokens.#name.flatten() },
            (Take::Items, _) => quote! { #tokens.#name },
            (Take::Text, Presence::Tristate) => quote! { #tokens.#name.as_ref().and_then(Option::as_deref) },
            (Take::Text, _) => quote! { #tokens.#name.as_deref() },
            (Take::Count, Presence::Tristate) => {
                quote! { #tokens.#name.as_ref().and_then(Option::as_ref).map(Vec::len) }
            }
            (Take::Count, _) => quote! { #tokens.#name.as_ref().map(Vec::len) },
        };
        Reached::Option(chained(options, end))
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
