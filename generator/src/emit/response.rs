//! Writes responses: the methods that send a request, the enum of successful responses, and
//! constants for headers.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::imports::Imports;
use super::{Emitter, docs};
use crate::doc::{DocText, code, item, text};
use crate::ir::{Content, Operation, Outcome, Representation, Status};
use crate::name::OperationNames;

/// A method that sends a request.
struct Sent {
    /// The documentation of the method.
    about: &'static str,
    /// The runtime's type that decodes the response.
    reply: TokenStream,
    /// The type of the result.
    shape: TokenStream,
    /// True if callers can ask for the response's head too.
    has_head: bool,
}

impl Sent {
    fn new(reply: TokenStream, shape: TokenStream) -> Self {
        Self { about: "Sends the request.", reply, shape, has_head: true }
    }

    /// A response that is read as a stream.
    fn stream(about: &'static str, reply: TokenStream, shape: TokenStream) -> Self {
        Self { about, reply, shape, has_head: false }
    }
}

impl Emitter<'_> {
    /// Returns the methods that send a request: `send` for the first representation, and one for
    /// each other representation.
    pub(super) fn sending(
        self,
        operation: &Operation,
        names: &OperationNames,
        imports: &mut Imports,
    ) -> TokenStream {
        let representations =
            operation.success.representations.iter().zip(&names.choices).zip(&names.sends).enumerate();
        let methods =
            representations.map(|(index, ((representation, choice), [send, with_response, stream]))| {
                let accept = &representation.accept;
                let accept = (index > 0).then(|| quote! { .accept(#accept) });
                let sent = match (representation.only(), choice) {
                    (_, Some(choice)) => Sent::new(quote! { #choice }, quote! { #choice }),
                    (Some(content), None) => self.sent(content, imports),
                    (None, None) => self.sent(&Content::Nothing, imports),
                };
                let Sent { about, reply, shape, has_head } = sent;
                let switch = representation.switch.as_ref().map(|key| quote! { .json_member(#key, true) });
                let head = has_head.then(|| {
                    quote! {
                        /// Sends the request. Also returns status, headers and request id.
                        pub fn #with_response(self) -> runtime::ResponseFuture<runtime::Response<#shape>> {
                            self.0 #accept #switch.send_with_response::<#reply>()
                        }
                    }
                });
                let streamed = (choice.is_none() && representation.only() == Some(&Content::Bytes)).then(|| {
                quote! {
                    /// Sends the request. Returns when the head of the response was received, with the body as a
                    /// stream of bytes. The body may exceed the client's limit.
                    pub fn #stream(self) -> runtime::ResponseFuture<runtime::Response<runtime::ByteStream>> {
                        self.0 #accept.send_with_response::<runtime::ByteStream>()
                    }
                }
            });
                let switched = representation.switch.as_ref().map(|key| {
                    let sets = [text("Sets "), code(key), text(" to "), code("true"), text(" in the body.")];
                    DocText::line(sets)
                });
                let about =
                    docs::attributes(&DocText::join([DocText::fixed(about), switched.unwrap_or_default()]));
                quote! {
                    #about
                    pub fn #send(self) -> runtime::ResponseFuture<#shape> {
                        self.0 #accept #switch.send::<#reply>()
                    }
                    #head
                    #streamed
                }
            });
        methods.collect()
    }

    /// Returns how to send a request whose response has this kind of content.
    fn sent(self, content: &Content, imports: &mut Imports) -> Sent {
        let mut tokens = |shape| self.type_tokens(shape, &quote! { models:: }, imports);
        let events = "Sends the request. Returns the response's events as a stream.";
        let lines = "Sends the request. Returns the response's values as a stream.";
        match content {
            Content::Nothing => Sent::new(quote! { runtime::reply::Empty }, quote! { () }),
            Content::Json(shape) => {
                let shape = tokens(shape);
                Sent::new(quote! { runtime::reply::Json<#shape> }, shape)
            }
            Content::Text => Sent::new(quote! { runtime::reply::Text }, quote! { String }),
            Content::Bytes => Sent::new(quote! { runtime::reply::Binary }, quote! { runtime::bytes::Bytes }),
            Content::Events(None) => {
                let shape = quote! { runtime::EventStream<String> };
                Sent::stream(events, quote! { runtime::reply::TextEvents }, shape)
            }
            Content::Events(Some(shape)) => {
                let shape = tokens(shape);
                let shape = quote! { runtime::EventStream<#shape> };
                Sent::stream(events, shape.clone(), shape)
            }
            Content::Lines(shape) => {
                let shape = tokens(shape);
                let shape = quote! { runtime::LineStream<#shape> };
                Sent::stream(lines, shape.clone(), shape)
            }
        }
    }

    /// Returns the enums for representations whose type depends on the status.
    pub(super) fn choices(
        self,
        operation: &Operation,
        names: &OperationNames,
        imports: &mut Imports,
    ) -> Vec<TokenStream> {
        let representations =
            operation.success.representations.iter().zip(&names.choices).zip(&names.variants);
        let enums = representations.filter_map(|((representation, name), variants)| {
            Some((representation, name.as_ref()?, variants))
        });
        let method = self.method_path(operation, names);
        enums
            .flat_map(|(representation, name, variants)| {
                self.choice(representation, name, variants, &method, imports)
            })
            .collect()
    }

    fn choice(
        self,
        representation: &Representation,
        name: &Ident,
        variants: &[Ident],
        method: &str,
        imports: &mut Imports,
    ) -> [TokenStream; 2] {
        let about = [text("The successful responses of "), item(method), text(".")];
        let about = docs::attributes(&DocText::line(about));
        let outcomes: Vec<(&Outcome, &Ident)> = representation.outcomes.iter().zip(variants).collect();
        let declared = outcomes.iter().map(|(outcome, variant)| {
            let status = match &outcome.status {
                Status::Default => DocText::fixed("Any other status."),
                status => DocText::line([text(format!("Status {status}."))]),
            };
            let prose = docs::prose(&outcome.docs, DocText::default());
            let docs = docs::attributes(&DocText::join([prose, status]));
            let shape = self.sent(&outcome.content, imports).shape;
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
        // A status that the document does not describe is read as the nearest one that it does
        // describe.
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

    /// Returns a constant for each response header, for use with `Response::header` and
    /// `Error::header`.
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
