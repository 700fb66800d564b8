//! `src/requests/`: a file for each operation, with its request and the client's method that makes it.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::ext::IdentExt;

use super::argument::{parameter_docs, style_tokens};
use super::description::description;
use super::imports::Imports;
use super::{Emitter, File, docs};
use crate::doc::{DocText, code, item, item_as, text};
use crate::ir::{Body, BodyForm, ErrorBody, Operation, Status, TypeRef};
use crate::name::{BodyNames, OperationNames};

impl Emitter<'_> {
    pub(super) fn requests(self) -> Vec<File> {
        let named =
            self.api.operations().filter_map(|(id, operation)| Some((operation, self.names.operation(id)?)));
        let mut named: Vec<(&Operation, &OperationNames)> = named.collect();
        named.sort_by(|(_, a), (_, b)| a.module.cmp(&b.module));
        let modules = named.iter().map(|(_, names)| &names.module);
        let uses = named.iter().map(|(_, OperationNames { module, request, choices, forms, .. })| {
            let forms = forms.iter().flatten().map(|(form, _)| form);
            let choices: Vec<&Ident> = choices.iter().flatten().chain(forms).collect();
            match choices.as_slice() {
                [] => quote! { pub use #module::#request; },
                choices => quote! { pub use #module::{#request, #(#choices),*}; },
            }
        });
        let mut index = vec![quote! { #(mod #modules;)* }, quote! { #(#uses)* }];
        index.retain(|item| !item.is_empty());
        let about = DocText::line([
            text("One type for each operation: the request that a method of "),
            item_as("Client", format!("{}::Client", self.place.root_link(1))),
            text(" makes."),
        ]);
        let mut files = vec![File {
            path: "src/requests/mod.rs".to_owned(),
            docs: docs::inner_attributes(&about),
            items: index,
        }];
        files.extend(named.iter().map(|(operation, names)| self.request_file(operation, names)));
        files
    }

    fn request_file(self, operation: &Operation, names: &OperationNames) -> File {
        let mut imports = Imports::default();
        let mut items = vec![
            request_type(names),
            description(operation),
            self.client_methods(operation, names, &mut imports),
            self.request_methods(operation, names, &mut imports),
        ];
        items.extend(self.paging(operation, names, &mut imports));
        items.extend(self.forms(operation, names, &mut imports));
        items.extend(self.choices(operation, names, &mut imports));
        let root = self.place.root(2);
        let crate_imports = if imports.models {
            quote! { use #root::{Client, models}; }
        } else {
            quote! { use #root::Client; }
        };
        let others = imports.items();
        items.insert(0, quote! { #crate_imports #others });
        File { path: format!("src/requests/{}.rs", names.module), docs: TokenStream::new(), items }
    }

    /// The methods that make a request: one, or one for each body where the request has to have one.
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
        let (mut arguments, mut calls) = (Vec::new(), Vec::new());
        for (parameter, name) in operation.parameters.iter().zip(parameters).filter(|(one, _)| one.required) {
            let shape = self.argument(&parameter.shape, imports).shape;
            arguments.push(quote! { #name: #shape });
            calls.push(self.argument_call(parameter, name, imports));
        }
        if let Some((body, names)) = body {
            let (shape, call) = self.body(body, names.form, imports);
            arguments.push(shape);
            calls.push(call);
        }
        quote! {
            #docs
            pub fn #method(&self, #(#arguments),*) -> #request {
                #request(runtime::Request::new(&self.0, &OPERATION) #(#calls)*)
            }
        }
    }

    /// A body's arguments, and the call of the runtime that takes them.
    fn body(
        self,
        body: &Body,
        form_type: Option<&Ident>,
        imports: &mut Imports,
    ) -> (TokenStream, TokenStream) {
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
                let (shape, value) = self.written_body(shape, imports);
                (quote! { body: #shape }, quote! { .json(#media_type, #value) })
            }
            BodyForm::Form(shape, styles) => {
                let (shape, value) = self.written_body(shape, imports);
                let styles = styles.iter().map(|(name, style)| {
                    let style = style_tokens(*style);
                    quote! { (#name, #style) }
                });
                (quote! { body: #shape }, quote! { .form(&[#(#styles),*], #value) })
            }
            BodyForm::Multipart(_) => {
                let shape = form_type.map_or_else(|| quote! { runtime::Multipart }, |form| quote! { #form });
                let media_type = body.media_type.as_str();
                let is_form = media_type.contains('*') || media_type.starts_with("multipart/form-data");
                let call = if is_form {
                    quote! { .multipart(body) }
                } else {
                    quote! { .multipart_of(#media_type, body) }
                };
                (quote! { body: #shape }, call)
            }
            BodyForm::Text => (quote! { #range body: &str }, quote! { .body(#named, body.to_owned()) }),
            BodyForm::Bytes => {
                (quote! { #range body: impl Into<runtime::transport::Body> }, quote! { .body(#named, body) })
            }
        }
    }

    /// The type of a body that is written from a model, and the reference by which the runtime takes it.
    fn written_body(self, shape: &TypeRef, imports: &mut Imports) -> (TokenStream, TokenStream) {
        let argument = self.argument(shape, imports);
        let value = argument.reference(&quote::format_ident!("body"));
        (argument.shape, value)
    }

    /// The setters of optional parameters and bodies, and how the request is sent.
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
            let shape = self.argument(&parameter.shape, imports).shape;
            let call = self.argument_call(parameter, name, imports);
            setters.push(quote! {
                #docs
                pub fn #name(self, #name: #shape) -> Self {
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
                let (shape, call) = self.body(body, form, imports);
                setters.push(quote! {
                    #docs
                    pub fn #name(self, #shape) -> Self {
                        Self(self.0 #call)
                    }
                });
            }
        }
        let headers = self.header_constants(operation, names, imports);
        let sending = self.sending(operation, names, imports);
        quote! {
            impl #request {
                #headers
                #(#setters)*
                #sending
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
            let about = "An error of the API carries what it answered, which [`Error::body`](runtime::Error::body) decodes:";
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
