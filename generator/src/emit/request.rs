//! Writes an operation's items: its request, and the methods that create the request.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::ext::IdentExt;

use super::argument::{Taken, parameter_docs, style_tokens};
use super::description::description;
use super::imports::Imports;
use super::{Emitter, docs};
use crate::doc::{DocText, code, item, item_as, text};
use crate::ir::{Body, BodyForm, ErrorBody, Operation, Status, TypeRef};
use crate::name::{BodyNames, OperationNames};

impl Emitter<'_> {
    /// Returns the items of a request: its type, setters, sending methods, forms and response enums.
    pub(super) fn request_items(
        self,
        operation: &Operation,
        names: &OperationNames,
        imports: &mut Imports,
    ) -> Vec<TokenStream> {
        let mut items = vec![self.request_methods(operation, names, imports)];
        items.extend(self.forms(operation, names, imports));
        items.extend(self.choices(operation, names, imports));
        items
    }

    /// Returns the methods that create a request. If a body is required, there is one for each
    /// body, else a single one.
    pub(super) fn methods(
        self,
        operation: &Operation,
        names: &OperationNames,
        imports: &mut Imports,
    ) -> Vec<TokenStream> {
        let bodies: Vec<Option<usize>> = if operation.body_required {
            (0..operation.bodies.len()).map(Some).collect()
        } else {
            vec![None]
        };
        let methods = bodies.iter().map(|index| {
            let body = index.and_then(|index| Some((operation.bodies.get(index)?, names.body(index)?)));
            self.method(operation, names, body, imports)
        });
        methods.collect()
    }

    fn method(
        self,
        operation: &Operation,
        names: &OperationNames,
        body: Option<(&Body, BodyNames<'_>)>,
        imports: &mut Imports,
    ) -> TokenStream {
        let is_other = body.is_some_and(|(_, body)| *body.name != names.method);
        let text = match body {
            Some((body, _)) if is_other => other_body_docs(body, names),
            _ => self.method_docs(operation, names),
        };
        let docs = docs::attributes(&text);
        let OperationNames { method, request, parameters, .. } = names;
        let method = body.map_or(method, |(_, body)| body.name);
        let taken = self.taken_arguments(operation, parameters, body, imports);
        let arguments = taken.iter().map(|taken| &taken.argument);
        let bindings = taken.iter().filter_map(|taken| taken.binding.as_ref());
        let calls = taken.iter().map(|taken| &taken.call);
        let deprecated = operation.docs.deprecated.then(|| quote! { #[deprecated] });
        let client = match self.names.group(operation) {
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
        parameters: &[Ident],
        body: Option<(&Body, BodyNames<'_>)>,
        imports: &mut Imports,
    ) -> Vec<Taken> {
        let required = operation.parameters.iter().zip(parameters).filter(|(one, _)| one.required);
        let mut taken: Vec<Taken> =
            required.map(|(parameter, name)| self.parameter(parameter, name, imports)).collect();
        taken.extend(body.map(|(body, names)| self.body(body, names.form, imports)));
        taken
    }

    /// Returns the argument for a body.
    fn body(self, body: &Body, form_type: Option<&Ident>, imports: &mut Imports) -> Taken {
        let Body { media_type, form, .. } = body;
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
                let shape = form_type.map_or_else(|| quote! { runtime::Multipart }, |form| quote! { #form });
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
    fn request_methods(
        self,
        operation: &Operation,
        names: &OperationNames,
        imports: &mut Imports,
    ) -> TokenStream {
        let request = &names.request;
        let mut setters = Vec::new();
        for ((parameter, name), empty) in
            operation.parameters.iter().zip(&names.parameters).zip(&names.empties)
        {
            if parameter.required {
                continue;
            }
            let docs = docs::attributes(&parameter_docs(parameter));
            let Taken { argument, binding, call } = self.parameter(parameter, name, imports);
            let deprecated = parameter.docs.deprecated.then(|| quote! { #[deprecated] });
            setters.push(quote! {
                #docs
                #deprecated
                pub fn #name(self, #argument) -> Self {
                    #binding
                    Self(self.0 #call)
                }
            });
            if let Some(empty) = empty {
                let key = &parameter.name;
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
        if !operation.body_required {
            for (index, body) in operation.bodies.iter().enumerate() {
                let Some(BodyNames { name, form }) = names.body(index) else { continue };
                let docs = docs::attributes(&body_docs(body));
                let Taken { argument, binding, call } = self.body(body, form, imports);
                setters.push(quote! {
                    #docs
                    pub fn #name(self, #argument) -> Self {
                        #binding
                        Self(self.0 #call)
                    }
                });
            }
        }
        let sending = self.sending(operation, names, imports);
        let paging = self.paging(operation, imports);
        let description = description(operation);
        let headers = self.header_constants(operation, names, imports);
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
                #description
                #headers
            }
        }
    }

    fn method_docs(self, operation: &Operation, names: &OperationNames) -> DocText {
        let line = format!("{} {}", operation.method.name(), operation.path);
        let required = operation.parameters.iter().zip(&names.parameters).filter(|(one, _)| one.required);
        let mut parameters: Vec<DocText> = required
            .map(|(parameter, name)| parameter_docs(parameter).named(&name.unraw().to_string()))
            .collect();
        if let Some(body) = operation.bodies.first().filter(|_| operation.body_required) {
            if body.media_type.contains('*') {
                let about = [text("The body's media type, one of "), code(&body.media_type), text(".")];
                parameters.push(DocText::line(about).named("media_type"));
            }
            parameters.push(body_docs(body).named("body"));
        }
        let mut errors: Vec<&ErrorBody> = operation.errors.iter().collect();
        errors.sort_by_key(|error| &error.status);
        let errors = DocText::list(errors.into_iter().filter_map(|error| self.error_docs(error)));
        let errors = if errors.is_empty() {
            errors
        } else {
            let about = "Documented error bodies, which [`Error::body`](runtime::Error::body) decodes:";
            DocText::join([DocText::fixed(about), errors])
        };
        let calls = DocText::line([text("Calls "), code(&line), text(".")]);
        let prose = docs::prose(&operation.docs, calls);
        let line = (!prose.shows_code(&line)).then(|| DocText::line([code(&line)]));
        DocText::join([
            prose,
            line.unwrap_or_default(),
            DocText::section("Parameters", DocText::list(parameters)),
            DocText::section("Errors", errors),
        ])
    }

    pub(super) fn request_type(self, operation: &Operation, names: &OperationNames) -> TokenStream {
        let request = &names.request;
        let title = operation.docs.title.as_deref().map(|title| DocText::title(title).stopped());
        let line = code(format!("{} {}", operation.method.name(), operation.path));
        let by =
            [text("A request of "), item(self.method_path(operation, names)), text(", "), line, text(".")];
        let docs = docs::attributes(&DocText::join([
            title.unwrap_or_default(),
            DocText::line(by),
            self.call_example(operation, names),
        ]));
        quote! {
            #docs
            #[derive(Debug)]
            #[must_use = "a request does nothing until it is sent"]
            pub struct #request(runtime::Request);
        }
    }

    /// Returns the path of an operation's method, as seen from the file of its request.
    pub(super) fn method_path(self, operation: &Operation, names: &OperationNames) -> String {
        let method = &names.method;
        match self.names.group(operation) {
            Some(group) => format!("{}::{method}", group.shape),
            None => format!("Client::{method}"),
        }
    }

    fn error_docs(self, error: &ErrorBody) -> Option<DocText> {
        let TypeRef::Named(id) = &error.shape else { return None };
        let name = self.names.type_name(*id).to_string();
        let status = match &error.status {
            Status::Default => "any other status: ".to_owned(),
            status => format!("status {status}: "),
        };
        Some(DocText::line([
            text(status),
            item_as(&name, format!("{}::models::{name}", self.place.root_link(2))),
        ]))
    }
}

fn body_docs(body: &Body) -> DocText {
    let about = [text("Sent as "), code(&body.media_type), text(".")];
    DocText::join([docs::prose(&body.docs, DocText::default()), DocText::line(about)])
}

fn other_body_docs(body: &Body, names: &OperationNames) -> DocText {
    let method = names.method.to_string();
    let link = item_as(&method, format!("Self::{method}"));
    DocText::line([text("As "), link, text(", with a body of "), code(&body.media_type), text(".")])
}
