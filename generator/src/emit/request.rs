//! Writes `src/requests/`: a file for each tag, with the requests of its operations and the
//! client's methods that create them.

use std::collections::BTreeMap;

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::ext::IdentExt;

use super::argument::{Taken, parameter_docs, style_tokens};
use super::description::description;
use super::imports::Imports;
use super::{Emitter, File, docs};
use crate::doc::{DocText, code, item, item_as, text};
use crate::ir::{Body, BodyForm, ErrorBody, Operation, Status, TypeRef};
use crate::name::{BodyNames, OperationNames};

/// An operation with its names.
type Named<'a> = (&'a Operation, &'a OperationNames);

impl<'a> Emitter<'a> {
    /// Writes the folder's files.
    pub(super) fn requests(self, write: &mut dyn FnMut(File)) {
        let named =
            self.api.operations().filter_map(|(id, operation)| Some((operation, self.names.operation(id)?)));
        let mut tags: BTreeMap<Option<&String>, Vec<Named<'a>>> = BTreeMap::new();
        for (operation, names) in named {
            tags.entry(operation.tag.as_ref()).or_default().push((operation, names));
        }
        for operations in tags.values_mut() {
            operations.sort_by(|(_, a), (_, b)| a.request.cmp(&b.request));
        }
        let (mut modules, mut uses) = (Vec::new(), Vec::new());
        for (tag, operations) in &tags {
            let names = tag.and_then(|tag| self.names.tag(tag));
            let untagged = quote::format_ident!("untagged");
            let module = names.map_or(&untagged, |names| &names.module);
            let feature = names.map(|names| &names.feature).filter(|_| !self.plan.gates.is_empty());
            let gate = feature.map(|feature| quote! { #[cfg(feature = #feature)] });
            modules.push(quote! { #gate pub mod #module; });
            uses.push(quote! { #gate pub use #module::*; });
            let about = DocText::join([self.tag_docs(*tag), self.contents(operations)]);
            write(self.request_file(format!("src/requests/{module}.rs"), &about, operations));
        }
        let items = vec![quote! { #(#modules)* }, quote! { #(#uses)* }];
        let about = DocText::line([
            text("The requests that the methods of "),
            item_as("Client", format!("{}::Client", self.place.root_link(1))),
            text(" return: a type for each operation."),
        ]);
        let path = "src/requests/mod.rs".to_owned();
        write(File { path, docs: docs::inner_attributes(&about), items });
    }

    /// Returns the documentation of a tag.
    fn tag_docs(self, tag: Option<&String>) -> DocText {
        let Some(tag) = tag else { return DocText::fixed("Operations without a tag.") };
        let otherwise = DocText::line([text("Operations with the tag "), code(tag), text(".")]);
        match self.api.tags.get(tag) {
            Some(docs) => docs::prose(docs, otherwise),
            None => otherwise,
        }
    }

    /// Returns a list of a file's operations: method, path and summary.
    fn contents(self, operations: &[Named<'_>]) -> DocText {
        let root = self.place.root_link(2);
        DocText::list(operations.iter().map(|(operation, names)| {
            let method = names.method.to_string();
            let link = item_as(&method, format!("{root}::Client::{method}"));
            let call = code(format!("{} {}", operation.method.name(), operation.path));
            let title = operation.docs.title.as_deref().map(DocText::title).unwrap_or_default();
            let joint = if title.is_empty() { "" } else { ": " };
            title.prefixed([link, text(", "), call, text(joint)])
        }))
    }

    fn request_file(self, path: String, about: &DocText, operations: &[Named<'a>]) -> File {
        let mut imports = Imports::default();
        let mut items = Vec::new();
        for (operation, names) in operations {
            items.push(request_type(names));
            items.push(self.client_methods(operation, names, &mut imports));
            items.push(self.request_methods(operation, names, &mut imports));
            items.extend(self.forms(operation, names, &mut imports));
            items.extend(self.choices(operation, names, &mut imports));
        }
        let root = self.place.root(2);
        let crate_imports = if imports.models {
            quote! { use #root::{Client, models}; }
        } else {
            quote! { use #root::Client; }
        };
        let others = imports.items();
        items.insert(0, quote! { #crate_imports #others });
        File { path, docs: docs::inner_attributes(about), items }
    }

    /// Returns the methods that create a request. If a body is required, there is one for each
    /// body, else a single one.
    fn client_methods(
        self,
        operation: &Operation,
        names: &OperationNames,
        imports: &mut Imports,
    ) -> TokenStream {
        let bodies: Vec<Option<usize>> = if operation.body_required {
            (0..operation.bodies.len()).map(Some).collect()
        } else {
            vec![None]
        };
        let methods = bodies.iter().map(|index| {
            let body = index.and_then(|index| Some((operation.bodies.get(index)?, names.body(index)?)));
            self.client_method(operation, names, body, imports)
        });
        let methods: Vec<TokenStream> = methods.collect();
        quote! {
            impl Client {
                #(#methods)*
            }
        }
    }

    fn client_method(
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
        let required = operation.parameters.iter().zip(parameters).filter(|(one, _)| one.required);
        let mut taken: Vec<Taken> =
            required.map(|(parameter, name)| self.parameter(parameter, name, imports)).collect();
        taken.extend(body.map(|(body, names)| self.body(body, names.form, imports)));
        let arguments = taken.iter().map(|taken| &taken.argument);
        let bindings = taken.iter().filter_map(|taken| taken.binding.as_ref());
        let calls = taken.iter().map(|taken| &taken.call);
        let deprecated = operation.docs.deprecated.then(|| quote! { #[deprecated] });
        quote! {
            #docs
            #deprecated
            pub fn #method(&self, #(#arguments),*) -> #request {
                #(#bindings)*
                #request(runtime::Request::new(&self.0, &#request::OPERATION) #(#calls)*)
            }
        }
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

fn request_type(names: &OperationNames) -> TokenStream {
    let OperationNames { method, request, .. } = names;
    let about = [text("A request of "), item(format!("Client::{method}")), text(".")];
    let docs = docs::attributes(&DocText::line(about));
    quote! {
        #docs
        #[derive(Debug)]
        #[must_use = "a request does nothing until it is sent"]
        pub struct #request(runtime::Request);
    }
}
