//! Writes paged lists: access to the parts of a page, and methods that return all pages and all
//! items.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::Emitter;
use super::imports::Imports;
use crate::ir::{End, Next, Operation, Paging, Step};
use crate::rust::{Item, Presence};

/// The part of a page to access.
#[derive(Clone, Copy)]
enum Take {
    /// The items, by value. Consumes the page.
    Items,
    /// The items, borrowed.
    List,
    /// The number of items.
    Count,
    /// A string, borrowed.
    Text,
    /// A boolean or a number.
    Plain,
}

/// How a page holds the accessed part.
enum Reached {
    Value(TokenStream),
    Option(TokenStream),
}

impl<'a> Emitter<'a> {
    /// Returns the request's methods for a paged list, and the constant that describes the paging
    /// for the runtime.
    pub(super) fn paging(self, operation: &Operation, imports: &mut Imports) -> Option<TokenStream> {
        let Paging { page, item, items, next, end } = operation.paging.as_ref()?;
        let models = quote! { models:: };
        let page = self.type_tokens(page, &models, imports);
        let item = self.type_tokens(item, &models, imports);
        let count = || match self.reach(items, Take::Count, &quote! { page }) {
            Reached::Value(count) => count,
            Reached::Option(count) => quote! { #count.unwrap_or_default() },
        };
        let is_more = end.as_ref().map(|end| self.is_more(end));
        let text = |text: TokenStream| match &is_more {
            Some(is_more) => quote! { if #is_more { #text } else { None } },
            None => text,
        };
        let counted = |count: TokenStream| match &is_more {
            Some(is_more) => quote! { if #is_more { #count } else { 0 } },
            None => count,
        };
        let next = match next {
            Next::Url(steps) => {
                let text = text(self.text(steps, &quote! { page }));
                quote! { runtime::Next::Url(|page| #text) }
            }
            Next::Token(parameter, steps) => {
                let text = text(self.text(steps, &quote! { page }));
                quote! { runtime::Next::Token(#parameter, |page| #text) }
            }
            Next::LastItem(parameter, steps) => {
                let of_item = match self.reach(steps, Take::Text, &quote! { item }) {
                    Reached::Value(text) => quote! { map(|item| #text) },
                    Reached::Option(text) => quote! { and_then(|item| #text) },
                };
                let list = match self.reach(items, Take::List, &quote! { page }) {
                    Reached::Value(list) => quote! { #list.last() },
                    Reached::Option(list) => quote! { #list.and_then(|items| items.last()) },
                };
                let text = text(quote! { #list.#of_item });
                quote! { runtime::Next::Token(#parameter, |page| #text) }
            }
            Next::Offset(parameter) => {
                let count = counted(count());
                quote! { runtime::Next::Offset(#parameter, |page| #count) }
            }
            Next::Page(parameter) => {
                let count = counted(count());
                quote! { runtime::Next::Page(#parameter, |page| #count) }
            }
            Next::Link => quote! { runtime::Next::Link },
        };
        let items = match self.reach(items, Take::Items, &quote! { page }) {
            Reached::Value(items) => items,
            Reached::Option(items) => quote! { #items.unwrap_or_default() },
        };
        Some(quote! {
            /// Returns this page and all following pages as a stream.
            pub fn pages(self) -> runtime::Pages<#page, #item> {
                self.0.pages(Self::PAGING)
            }

            /// Returns the items of this page and of all following pages as a stream.
            pub fn items(self) -> runtime::Items<#page, #item> {
                self.0.pages(Self::PAGING).items()
            }

            const PAGING: runtime::Paging<#page, #item> = runtime::Paging::new(|page| #items, #next);
        })
    }

    /// Returns an expression that is true if there is a next page.
    fn is_more(self, end: &End) -> TokenStream {
        let (End::False(steps) | End::True(steps) | End::Missing(steps)) = end;
        let reached = self.reach(steps, Take::Plain, &quote! { page });
        match (end, reached) {
            (End::False(_), Reached::Value(more)) => more,
            (End::False(_), Reached::Option(more)) => quote! { #more.unwrap_or(true) },
            (End::True(_), Reached::Value(done)) => quote! { !#done },
            (End::True(_), Reached::Option(done)) => quote! { !#done.unwrap_or(false) },
            (End::Missing(_), Reached::Value(_)) => quote! { true },
            (End::Missing(_), Reached::Option(number)) => quote! { #number.is_some() },
        }
    }

    /// Returns the string at the end of `steps`, as an `Option`.
    fn text(self, steps: &[Step], from: &TokenStream) -> TokenStream {
        match self.reach(steps, Take::Text, from) {
            Reached::Value(text) => quote! { Some(#text) },
            Reached::Option(text) => text,
        }
    }

    /// Returns the value at the end of `steps` in a page or item, or the page or item itself if
    /// there are no steps.
    fn reach(self, steps: &[Step], take: Take, from: &TokenStream) -> Reached {
        let fields: Vec<_> = steps.iter().filter_map(|step| self.field(*step)).collect();
        let mut tokens = from.clone();
        let mut options = Vec::new();
        let Some(((name, presence), others)) = fields.split_last() else {
            return Reached::Value(match take {
                Take::Count => quote! { #tokens.len() },
                Take::Items | Take::Text | Take::Plain | Take::List => tokens,
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
                Take::Items | Take::Plain | Take::List => quote! { #tokens.#name },
                Take::Text => quote! { #tokens.#name.as_str() },
                Take::Count => quote! { #tokens.#name.len() },
            };
            return match options.pop() {
                None => Reached::Value(value),
                Some(outer) => {
                    let borrow = matches!(take, Take::List).then(|| quote! { & });
                    Reached::Option(chained(options, quote! { #outer.map(|inner| #borrow #value) }))
                }
            };
        }
        let end = match (take, presence) {
            (Take::Items | Take::Plain, Presence::Tristate) => quote! { #tokens.#name.flatten() },
            (Take::Items | Take::Plain, _) => quote! { #tokens.#name },
            (Take::List, Presence::Tristate) => quote! { #tokens.#name.as_ref().and_then(Option::as_ref) },
            (Take::List, _) => quote! { #tokens.#name.as_ref() },
            (Take::Text, Presence::Tristate) => quote! { #tokens.#name.as_ref().and_then(Option::as_deref) },
            (Take::Text, _) => quote! { #tokens.#name.as_deref() },
            (Take::Count, Presence::Tristate) => {
                quote! { #tokens.#name.as_ref().and_then(Option::as_ref).map(Vec::len) }
            }
            (Take::Count, _) => quote! { #tokens.#name.as_ref().map(Vec::len) },
        };
        Reached::Option(chained(options, end))
    }

    /// Returns a field's name, and how it represents absent values.
    fn field(self, step: Step) -> Option<(&'a Ident, Presence)> {
        let Item::Struct(object) = &self.rust.get(step.of)?.item else { return None };
        let field = object.fields.get(step.field)?;
        Some((field.name, field.presence))
    }
}

/// Chains options: each option is computed from the value of the previous one.
fn chained(options: Vec<TokenStream>, end: TokenStream) -> TokenStream {
    options.into_iter().rev().fold(end, |inner, outer| quote! { #outer.and_then(|inner| #inner) })
}
