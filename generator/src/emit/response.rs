//! Responses: how a request is sent and what comes, the enum of what success can give, and the headers by type.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::imports::Imports;
use super::{Emitter, docs};
use crate::doc::{DocText, code, item, text};
use crate::ir::{Content, Operation, Outcome, Status, Way};
use crate::name::OperationNames;

impl Emitter<'_> {
    /// The methods that send a request: `send` for the first way, and one for each other.
    pub(super) fn sending(
        self,
        operation: &Operation,
        names: &OperationNames,
        imports: &mut Imports,
    ) -> TokenStream {
        let ways = operation.success.ways.iter().zip(&names.choices).zip(&names.sends).enumerate();
        let calls = ways.map(|(index, ((way, choice), [send, with_response, stream]))| {
            let (kind, shape) = match (way.only(), choice) {
                (_, Some(choice)) => (quote! { choice }, quote! { #choice }),
                (Some(Content::Bytes), None) => (quote! { bytes }, quote! { runtime::bytes::Bytes, #stream }),
                (Some(content), None) => self.kind(content, imports),
                (None, None) => (quote! {}, quote! {}),
            };
            match index {
                0 => quote! { runtime::request_methods!(#kind #shape); },
                _ => {
                    let accept = &way.accept;
                    quote! { runtime::send_methods!(#accept, #send, #with_response, #kind #shape); }
                }
            }
        });
        let calls: Vec<TokenStream> = calls.collect();
        quote! { #(#calls)* }
    }

    /// What the runtime's macro calls this kind of content, and the type of its value.
    fn kind(self, content: &Content, imports: &mut Imports) -> (TokenStream, TokenStream) {
        let models = quote! { models:: };
        match content {
            Content::Nothing => (quote! {}, quote! {}),
            Content::Json(shape) => (quote! {}, self.type_tokens(shape, &models, imports)),
            Content::Text => (quote! { text }, quote! { String }),
            Content::Bytes => (quote! { bytes }, quote! { runtime::bytes::Bytes }),
            Content::Events(None) => (quote! { text_events }, quote! { String }),
            Content::Events(Some(shape)) => (quote! { events }, self.type_tokens(shape, &models, imports)),
            Content::Lines(shape) => (quote! { lines }, self.type_tokens(shape, &models, imports)),
        }
    }

    /// The enums of those ways that give another type with another status.
    pub(super) fn choices(
        self,
        operation: &Operation,
        names: &OperationNames,
        imports: &mut Imports,
    ) -> Vec<TokenStream> {
        let ways = operation.success.ways.iter().zip(&names.choices).zip(&names.variants);
        let enums = ways.filter_map(|((way, name), variants)| Some((way, name.as_ref()?, variants)));
        enums.flat_map(|(way, name, variants)| self.choice(way, name, variants, names, imports)).collect()
    }

    fn choice(
        self,
        way: &Way,
        name: &Ident,
        variants: &[Ident],
        names: &OperationNames,
        imports: &mut Imports,
    ) -> [TokenStream; 2] {
        let method = format!("Client::{}", names.method);
        let about = [text("What "), item(method), text(" gives when it succeeds.")];
        let about = docs::attributes(&DocText::line(about));
        let outcomes: Vec<(&Outcome, &Ident)> = way.outcomes.iter().zip(variants).collect();
        let declared = outcomes.iter().map(|(outcome, variant)| {
            let status = match &outcome.status {
                Status::Default => DocText::fixed("Any other status."),
                status => DocText::line([text(format!("Status {status}."))]),
            };
            let prose = docs::prose(&outcome.docs, DocText::default());
            let docs = docs::attributes(&DocText::join([prose, status]));
            let (_, shape) = self.kind(&outcome.content, imports);
            match &outcome.content {
                Content::Nothing => quote! { #docs #variant },
                _ => quote! { #docs #variant(#shape) },
            }
        });
        let declared: Vec<TokenStream> = declared.collect();
        let value = |outcome: &Outcome, variant: &Ident| match &outcome.content {
            Content::Json(_) => quote! { answer.read::<runtime::reply::Json<_>>().map(Self::#variant) },
            Content::Text => quote! { answer.read::<runtime::reply::Text>().map(Self::#variant) },
            Content::Bytes => quote! { answer.read::<runtime::reply::Binary>().map(Self::#variant) },
            Content::Nothing | Content::Events(_) | Content::Lines(_) => quote! { Ok(Self::#variant) },
        };
        // A status that the document does not describe is read as the nearest one that it does.
        let nearest = outcomes.iter().find(|(outcome, _)| !matches!(outcome.status, Status::Code(_)));
        let nearest = nearest.or_else(|| outcomes.iter().min_by_key(|(outcome, _)| &outcome.status));
        let exact = outcomes.iter().filter_map(|(outcome, variant)| match outcome.status {
            Status::Code(code) if nearest.is_none_or(|(_, nearest)| nearest != variant) => {
                let (code, value) = (proc_macro2::Literal::u16_unsuffixed(code), value(outcome, variant));
                Some(quote! { #code => #value })
            }
            _ => None,
        });
        let other = nearest.map(|(outcome, variant)| value(outcome, variant));
        let other = other.into_iter();
        [
            quote! {
                #about
                #[derive(Clone, Debug, PartialEq)]
                #[non_exhaustive]
                #[allow(clippy::large_enum_variant, reason = "the document's types, each as large as it is")]
                pub enum #name {
                    #(#declared,)*
                }
            },
            quote! {
                impl runtime::reply::Reply for #name {
                    type Value = Self;

                    fn read(answer: runtime::Answer) -> Result<Self, runtime::Error> {
                        match answer.status() {
                            #(#exact,)*
                            #(_ => #other,)*
                        }
                    }
                }
            },
        ]
    }

    /// A constant for each header that the responses have, by which `Response::header` and `Error::header` read it.
    pub(super) fn header_constants(
        self,
        operation: &Operation,
        names: &OperationNames,
        imports: &mut Imports,
    ) -> TokenStream {
        let constants = operation.headers.iter().zip(&names.headers).map(|(header, name)| {
            let otherwise = [text("The response header "), code(&header.name), text(".")];
            let docs = docs::attributes(&docs::prose(&header.docs, DocText::line(otherwise)));
            let shape = self.type_tokens(&header.shape, &quote! { models:: }, imports);
            let key = &header.name;
            quote! {
                #docs
                pub const #name: runtime::Header<#shape> = runtime::Header::new(#key);
            }
        });
        let constants: Vec<TokenStream> = constants.collect();
        quote! { #(#constants)* }
    }
}
