//! Writes an operation's items: its request, and the methods that create the request.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::ext::IdentExt;

use super::argument::{Taken, parameter_docs, style_tokens};
use super::description::description;
use super::imports::Imports;
use super::{Emitter, docs};
use crate::doc::{DocText, code, item, item_as, text};
use crate::ir::{self, BodyForm, ErrorBody, Status, TypeRef};
use crate::rust::{Body, Form, Operation, Parameter};

impl Emitter<'_> {
    /// Returns the items of a request: its type, setters, sending methods, forms and response enums.
    pub(super) fn request_items(self, operation: &Operation, imports: &mut Imports) -> Vec<TokenStream> {
        let mut items = vec![self.request_methods(operation, imports), self.constants(operation, imports)];
        items.extend(self.forms(operation, imports));
        items.extend(self.choices(operation, imports));
        items
    }

    /// Returns the methods that create a request. If a body is required, there is one method for
    /// each body. Otherwise there is a single method.
    pub(super) fn methods(self, operation: &Operation, imports: &mut Imports) -> Vec<TokenStream> {
        if operation.declared.body_required {
            operation.bodies.iter().map(|body| self.method(operation, Some(body), imports)).collect()
        } else {
            vec![self.method(operation, None, imports)]
        }
    }

    fn method(self, operation: &Operation, body: Option<&Body>, imports: &mut Imports) -> TokenStream {
        let Operation { method, request, .. } = operation;
        let text = match body {
            Some(body) if body.name != *method => other_body_docs(body, method),
            _ => self.method_docs(operation),
        };
        let docs = docs::attributes(&text);
        let method = body.map_or(method, |body| &body.name);
        let taken = self.taken_arguments(operation, body, imports);
        let arguments = taken.iter().map(|taken| &taken.argument);
        let bindings = taken.iter().filter_map(|taken| taken.binding.as_ref());
        let calls = taken.iter().map(|taken| &taken.call);
        let deprecated = operation.declared.docs.deprecated.then(|| quote! { #[deprecated] });
        let client = match operation.group {
            Some(_) => quote! { self.0 },
            None => quote! { &self.0 },
        };
        quote! {
            #docs
            #deprecated
            pub fn #method(&self, #(#arguments),*) -> #request {
                #(#bindings)*
                #request(runtime::Request::new(#client, &#request::OPERATION) #(#calls)*)
            }
        }
    }

    /// Returns the arguments of a method: the required parameters, and a body.
    pub(super) fn taken_arguments(
        self,
        operation: &Operation,
        body: Option<&Body>,
        imports: &mut Imports,
    ) -> Vec<Taken> {
        let mut taken: Vec<Taken> =
            operation.required().map(|parameter| self.parameter(parameter, imports)).collect();
        taken.extend(body.map(|body| self.body(body, imports)));
        taken
    }

    /// Returns the argument for a body.
    fn body(self, body: &Body, imports: &mut Imports) -> Taken {
        let ir::Body { media_type, form, .. } = body.declared;
        let is_range = media_type.contains('*');
        let range = is_range.then(|| quote! { media_type: &str, });
        let named = if is_range {
            quote! { media_type }
        } else {
            quote! { #media_type }
        };
        match form {
            BodyForm::Json(shape) => {
                self.written_body(shape, imports, |value| quote! { .json(#media_type, #value) })
            }
            BodyForm::Form(shape, styles) => {
                let styles = styles.iter().map(|(name, style)| {
                    let style = style_tokens(*style);
                    quote! { (#name, #style) }
                });
                self.written_body(shape, imports, |value| quote! { .form(&[#(#styles),*], #value) })
            }
            BodyForm::Multipart(_) => {
                let shape = match &body.form {
                    Some(Form { name, .. }) => quote! { #name },
                    None => quote! { runtime::Multipart },
                };
                let is_form = is_range || media_type.starts_with("multipart/form-data");
                let call = if is_form {
                    quote! { .multipart(body) }
                } else {
                    quote! { .multipart_of(#media_type, body) }
                };
                Taken { argument: quote! { body: #shape }, binding: None, call }
            }
            BodyForm::Text => Taken {
                argument: quote! { #range body: &str },
                binding: None,
                call: quote! { .body(#named, body.to_owned()) },
            },
            BodyForm::Bytes => Taken {
                argument: quote! { #range body: impl Into<runtime::transport::Body> },
                binding: None,
                call: quote! { .body(#named, body) },
            },
        }
    }

    /// Returns the argument for a body that is encoded from a model.
    fn written_body(
        self,
        shape: &TypeRef,
        imports: &mut Imports,
        call: impl FnOnce(TokenStream) -> TokenStream,
    ) -> Taken {
        let given = self.argument(shape, imports);
        let name = quote::format_ident!("body");
        let shape = given.shape();
        Taken {
            argument: quote! { body: #shape },
            binding: given.binding(&name),
            call: call(given.reference(&name)),
        }
    }

    /// Returns the setters of optional parameters and bodies, and the sending methods.
    fn request_methods(self, operation: &Operation, imports: &mut Imports) -> TokenStream {
        let request = operation.request;
        let mut setters = Vec::new();
        for parameter in operation.parameters.iter().filter(|parameter| !parameter.declared.required) {
            let Parameter { declared, name, empty } = parameter;
            let docs = docs::attributes(&parameter_docs(declared));
            let Taken { argument, binding, call } = self.parameter(parameter, imports);
            let deprecated = declared.docs.deprecated.then(|| quote! { #[deprecated] });
            setters.push(quote! {
                #docs
                #deprecated
                pub fn #name(self, #argument) -> Self {
                    #binding
                    Self(self.0 #call)
                }
            });
            if let Some(empty) = empty {
                let key = &declared.name;
                let about = [text("Sends "), code(key), text(" without a value.")];
                let about = docs::attributes(&DocText::line(about));
                setters.push(quote! {
                    #about
                    pub fn #empty(self) -> Self {
                        Self(self.0.query(#key, ""))
                    }
                });
            }
        }
        for body in operation.bodies.iter().filter(|_| !operation.declared.body_required) {
            let name = body.name;
            let docs = docs::attributes(&body_docs(body.declared));
            let Taken { argument, binding, call } = self.body(body, imports);
            setters.push(quote! {
                #docs
                pub fn #name(self, #argument) -> Self {
                    #binding
                    Self(self.0 #call)
                }
            });
        }
        let sending = self.sending(operation, imports);
        let paging = self.paging(operation.declared, imports);
        quote! {
            impl #request {
                #(#setters)*

                /// Changes the settings of this call.
                pub fn with(
                    self,
                    change: impl FnOnce(runtime::CallOptions) -> runtime::CallOptions,
                ) -> Self {
                    Self(self.0.with(change))
                }

                #sending
                #paging
            }
        }
    }

    /// Returns the constants of a request. They have an `impl` of their own, because rustdoc lists
    /// the constants of an `impl` before its methods.
    fn constants(self, operation: &Operation, imports: &mut Imports) -> TokenStream {
        let request = operation.request;
        let description = description(operation.declared);
        let headers = self.header_constants(operation, imports);
        quote! {
            impl #request {
                #description
                #headers
            }
        }
    }

    fn method_docs(self, operation: &Operation) -> DocText {
        let declared = operation.declared;
        let line = format!("{} {}", declared.method.name(), declared.path);
        let mut parameters: Vec<DocText> = operation
            .required()
            .map(|parameter| parameter_docs(parameter.declared).named(&parameter.name.unraw().to_string()))
            .collect();
        if let Some(Body { declared, .. }) = operation.required_body() {
            if declared.media_type.contains('*') {
                let about = [text("The body's media type, one of "), code(&declared.media_type), text(".")];
                parameters.push(DocText::line(about).named("media_type"));
            }
            parameters.push(body_docs(declared).named("body"));
        }
        let mut errors: Vec<&ErrorBody> = declared.errors.iter().collect();
        errors.sort_by_key(|error| &error.status);
        let errors = DocText::list(errors.into_iter().filter_map(|error| self.error_docs(error)));
        let errors = if errors.is_empty() {
            errors
        } else {
            let about = "Documented error bodies, which [`Error::body`](runtime::Error::body) decodes:";
            DocText::join([DocText::fixed(about), errors])
        };
        let calls = DocText::line([text("Calls "), code(&line), text(".")]);
        let prose = docs::prose(&declared.docs, calls);
        let line = (!prose.shows_code(&line)).then(|| DocText::line([code(&line)]));
        DocText::join([
            prose,
            line.unwrap_or_default(),
            DocText::section("Parameters", DocText::list(parameters)),
            DocText::section("Errors", errors),
        ])
    }

    pub(super) fn request_type(self, operation: &Operation) -> TokenStream {
        let Operation { request, declared, .. } = operation;
        let title = declared.docs.title.as_deref().map(|title| DocText::title(title).stopped());
        let line = code(format!("{} {}", declared.method.name(), declared.path));
        let by = [text("A request of "), item(operation.method_path()), text(", "), line, text(".")];
        let docs = docs::attributes(&DocText::join([
            title.unwrap_or_default(),
            DocText::line(by),
            self.call_example(operation),
        ]));
        quote! {
            #docs
            #[derive(Debug)]
            #[must_use = "a request does nothing until it is sent"]
            pub struct #request(runtime::Request);
        }
    }

    fn error_docs(self, error: &ErrorBody) -> Option<DocText> {
        let TypeRef::Named(id) = &error.shape else { return None };
        let name = self.rust.name(*id).to_string();
        let status = match &error.status {
            Status::Default => "any other status: ".to_owned(),
            status => format!("status {status}: "),
        };
        Some(DocText::line([
            text(status),
            item_as(&name, format!("{}::models::{name}", self.rust.place.root_link(2))),
        ]))
    }
}

fn body_docs(body: &ir::Body) -> DocText {
    let about = [text("Sent as "), code(&body.media_type), text(".")];
    DocText::join([docs::prose(&body.docs, DocText::default()), DocText::line(about)])
}

fn other_body_docs(body: &Body, method: &Ident) -> DocText {
    let method = method.to_string();
    let link = item_as(&method, format!("Self::{method}"));
    let media_type = code(&body.declared.media_type);
    DocText::line([text("As "), link, text(", with a body of "), media_type, text(".")])
}
