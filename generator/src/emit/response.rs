//! Writes responses: the methods that send a request, the enum of successful responses, and
//! constants for headers.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use super::imports::Imports;
use super::{Emitter, docs};
use crate::doc::{DocText, code, item, item_as, text};
use crate::ir::{Content, Status, TypeRef};
use crate::rust::{Header, Operation, Outcome, Outcomes, Representation};

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

    /// Returns the method for a response that is read as a stream.
    fn stream(about: &'static str, reply: TokenStream, shape: TokenStream) -> Self {
        Self { about, reply, shape, has_head: false }
    }
}

impl Emitter<'_> {
    /// Returns the methods that send a request: `send` for the first representation, and one for
    /// each other representation.
    pub(super) fn sending(self, operation: &Operation, imports: &mut Imports) -> TokenStream {
        let mut methods = TokenStream::new();
        for (index, representation) in operation.representations.iter().enumerate() {
            methods.extend(self.sending_of(representation, index == 0, imports));
        }
        methods
    }

    fn sending_of(
        self,
        representation: &Representation,
        is_first: bool,
        imports: &mut Imports,
    ) -> TokenStream {
        let Representation { declared, send, send_with_response, send_stream, result } = representation;
        let accept = &declared.accept;
        let accept = (!is_first).then(|| quote! { .accept(#accept) });
        let sent = match result {
            Outcomes::Several(name, _) => Sent::new(quote! { #name }, quote! { #name }),
            Outcomes::One(content) => self.sent(content, imports),
        };
        let Sent { about, reply, shape, has_head } = sent;
        let switch = declared.switch.as_ref().map(|key| quote! { .json_member(#key, true) });
        let head = has_head.then(|| {
            quote! {
                /// Sends the request. Also returns status, headers and request id.
                pub fn #send_with_response(self) -> runtime::ResponseFuture<runtime::Response<#shape>> {
                    self.0 #accept #switch.send_with_response::<#reply>()
                }
            }
        });
        let streamed = (declared.only_answer() == Some(&Content::Bytes)).then(|| {
            quote! {
                /// Sends the request. Returns when the head of the response was received, with the body as a
                /// stream of bytes. The body may exceed the client's limit.
                pub fn #send_stream(self) -> runtime::ResponseFuture<runtime::Response<runtime::ByteStream>> {
                    self.0 #accept.send_with_response::<runtime::ByteStream>()
                }
            }
        });
        let switched = declared.switch.as_ref().map(|key| {
            let sets = [text("Sets "), code(key), text(" to "), code("true"), text(" in the body.")];
            DocText::line(sets)
        });
        let about = docs::attributes(&DocText::join([DocText::fixed(about), switched.unwrap_or_default()]));
        quote! {
            #about
            pub fn #send(self) -> runtime::ResponseFuture<#shape> {
                self.0 #accept #switch.send::<#reply>()
            }
            #head
            #streamed
        }
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
            Content::NamedEvents(shape) => {
                let shape = tokens(shape);
                let reply = quote! { runtime::reply::NamedEvents<#shape> };
                Sent::stream(events, reply, quote! { runtime::EventStream<#shape> })
            }
            Content::Lines(shape) => {
                let shape = tokens(shape);
                let shape = quote! { runtime::LineStream<#shape> };
                Sent::stream(lines, shape.clone(), shape)
            }
            Content::Redirect(_) => {
                let about = "Sends the request. Returns the redirect, which is not followed.";
                let shape = quote! { runtime::Redirect };
                Sent { about, ..Sent::new(shape.clone(), shape) }
            }
        }
    }

    /// Returns the enums for representations whose type depends on the status.
    pub(super) fn choices(self, operation: &Operation, imports: &mut Imports) -> Vec<TokenStream> {
        let mut items = Vec::new();
        for representation in &operation.representations {
            if let Outcomes::Several(name, outcomes) = &representation.result {
                items.extend(self.choice(name, outcomes, &operation.method_path(), imports));
            }
        }
        items
    }

    fn choice(
        self,
        name: &Ident,
        outcomes: &[Outcome],
        method: &str,
        imports: &mut Imports,
    ) -> [TokenStream; 2] {
        let about = [text("The successful responses of "), item(method), text(".")];
        let about = docs::attributes(&DocText::line(about));
        let declared = outcomes.iter().map(|Outcome { declared, variant }| {
            let status = match &declared.status {
                Status::Default => DocText::fixed("Any other status."),
                status => DocText::line([text(format!("Status {status}."))]),
            };
            let prose = docs::prose(&declared.docs, DocText::default());
            let body = self.redirect_body(&declared.content);
            let docs = docs::attributes(&DocText::join([prose, status, body]));
            let shape = self.sent(&declared.content, imports).shape;
            match &declared.content {
                Content::Nothing => quote! { #docs #variant },
                _ => quote! { #docs #variant(#shape) },
            }
        });
        let declared: Vec<TokenStream> = declared.collect();
        let value = |Outcome { declared, variant }: &Outcome| match &declared.content {
            Content::Json(_) => quote! { answer.read::<runtime::reply::Json<_>>().map(Self::#variant) },
            Content::Text => quote! { answer.read::<runtime::reply::Text>().map(Self::#variant) },
            Content::Bytes => quote! { answer.read::<runtime::reply::Binary>().map(Self::#variant) },
            Content::Redirect(_) => quote! { answer.read::<runtime::Redirect>().map(Self::#variant) },
            Content::Nothing | Content::Events(_) | Content::NamedEvents(_) | Content::Lines(_) => {
                quote! { Ok(Self::#variant) }
            }
        };
        let nearest = nearest(outcomes);
        let others =
            outcomes.iter().filter(|one| nearest.is_none_or(|nearest| nearest.variant != one.variant));
        // A range follows the statuses that it includes.
        let (ranges, codes): (Vec<&Outcome>, Vec<&Outcome>) =
            others.partition(|outcome| matches!(outcome.declared.status, Status::Range(_)));
        let exact = codes.into_iter().chain(ranges).filter_map(|outcome| {
            let (literal, value) = (Literal::u16_unsuffixed, value(outcome));
            match outcome.declared.status {
                Status::Code(code) => {
                    let code = literal(code);
                    Some(quote! { #code => #value })
                }
                Status::Range(class) => {
                    let (first, last) = (literal(class * 100), literal(class * 100 + 99));
                    Some(quote! { #first..=#last => #value })
                }
                Status::Default => None,
            }
        });
        let other = nearest.map(value);
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

    /// Returns which body of a redirect is documented.
    fn redirect_body(self, content: &Content) -> DocText {
        let Content::Redirect(Some(TypeRef::Named(id))) = content else { return DocText::default() };
        let name = self.rust.name(*id).to_string();
        let path = format!("{}::models::{name}", self.rust.place.root_link(2));
        let decodes = item_as("Redirect::body", "runtime::Redirect::body");
        DocText::line([
            text("Documented body, which "),
            decodes,
            text(" decodes: "),
            item_as(&name, path),
            text("."),
        ])
    }

    /// Returns a constant for each response header, for use with `Response::header` and
    /// `Error::header`.
    pub(super) fn header_constants(self, operation: &Operation, imports: &mut Imports) -> TokenStream {
        let constants = operation.headers.iter().map(|Header { declared, name }| {
            let otherwise = [text("The response header "), code(&declared.name), text(".")];
            let docs = docs::attributes(&docs::prose(&declared.docs, DocText::line(otherwise)));
            let shape = self.type_tokens(&declared.shape, &quote! { models:: }, imports);
            let key = &declared.name;
            quote! {
                #docs
                pub const #name: runtime::Header<#shape> = runtime::Header::new(#key);
            }
        });
        constants.collect()
    }
}

/// Returns the response that also decodes undocumented statuses: the response of a range or
/// `default`, otherwise the response with the lowest status. Redirects come last, because the
/// runtime refuses undocumented redirects.
fn nearest<'a>(outcomes: &'a [Outcome<'a>]) -> Option<&'a Outcome<'a>> {
    let is_redirect = |outcome: &&Outcome| matches!(outcome.declared.content, Content::Redirect(_));
    let answers = || outcomes.iter().filter(|outcome| !is_redirect(outcome));
    let range = answers().find(|outcome| !matches!(outcome.declared.status, Status::Code(_)));
    let lowest = answers().min_by_key(|outcome| &outcome.declared.status);
    range.or(lowest).or(outcomes.first())
}
