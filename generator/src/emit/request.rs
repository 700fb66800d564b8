//! `src/requests/`: a file for each operation, with its request and the client's method that makes it.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::ext::IdentExt;

use super::argument::{parameter_docs, style_tokens};
use super::description::description;
use super::imports::Imports;
use super::{Emitter, File, docs};
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
        let about =
            ["One type for each operation: the request that a method of [`Client`](crate::Client) makes."
                .to_owned()];
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
        let crate_imports = if imports.models {
            quote! { use crate::{Client, models}; }
        } else {
            quote! { use crate::Client; }
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
        let lines = match body {
            Some((body, _)) if is_other => other_body_docs(body, names),
            _ => self.method_docs(operation, names),
        };
        let docs = docs::attributes(&lines);
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
                let about = format!(" Sends {} without a value.", docs::code(key));
                setters.push(quote! {
                    #[doc = #about]
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

    fn method_docs(self, operation: &Operation, names: &OperationNames) -> Vec<String> {
        let line = docs::code(&format!("{} {}", operation.method.name(), operation.path));
        let mut parameters = Vec::new();
        for (parameter, name) in operation.parameters.iter().zip(&names.parameters) {
            if parameter.required {
                parameters.extend(item(&name.unraw().to_string(), parameter_docs(parameter)));
            }
        }
        if let Some(body) = operation.bodies.first().filter(|_| operation.body_required) {
            if body.media_type.contains('*') {
                let about = format!("The body's media type, one of {}.", docs::code(&body.media_type));
                parameters.extend(item("media_type", vec![about]));
            }
            parameters.extend(item("body", body_docs(body)));
        }
        if !parameters.is_empty() {
            parameters.splice(0..0, ["# Parameters".to_owned(), String::new()]);
        }
        let mut errors: Vec<&ErrorBody> = operation.errors.iter().collect();
        errors.sort_by_key(|error| &error.status);
        let errors: Vec<String> = errors.into_iter().filter_map(|error| self.error_docs(error)).collect();
        let errors = if errors.is_empty() {
            vec![]
        } else {
            let about = "An error of the API carries what it answered, which [`Error::body`](runtime::Error::body) decodes:";
            docs::paragraphs([vec!["# Errors".to_owned()], vec![about.to_owned()], errors])
        };
        let prose = docs::prose(&operation.docs, &format!("Calls {line}."));
        let line = if prose.iter().any(|known| known.contains(&line)) { vec![] } else { vec![line] };
        docs::paragraphs([prose, line, parameters, errors])
    }

    fn error_docs(self, error: &ErrorBody) -> Option<String> {
        let TypeRef::Named(id) = &error.shape else { return None };
        let name = self.names.type_name(*id);
        let status = match &error.status {
            Status::Default => "any other status".to_owned(),
            status => format!("status {status}"),
        };
        Some(format!("* {status}: [`{name}`](crate::models::{name})"))
    }
}

/// What is said of an argument, as an item of a list.
pub(super) fn item(name: &str, lines: Vec<String>) -> Vec<String> {
    let name = docs::code(name);
    // Behind a name a fence, a table or another list would be text.
    let apart = lines.first().filter(|line| docs::begins_block(line)).map(|_| vec![String::new(); 2]);
    let lines: Vec<String> = apart.into_iter().flatten().chain(lines).collect();
    lines
        .into_iter()
        .enumerate()
        .map(|(index, line)| match index {
            0 => format!("* {name}: {line}").trim_end().to_owned(),
            _ if line.is_empty() => line,
            _ => format!("  {line}"),
        })
        .collect()
}

fn body_docs(body: &Body) -> Vec<String> {
    let about = format!("Sent as {}.", docs::code(&body.media_type));
    docs::paragraphs([docs::prose(&body.docs, ""), vec![about]])
}

fn other_body_docs(body: &Body, names: &OperationNames) -> Vec<String> {
    let OperationNames { method, .. } = names;
    let first = format!("As [`{method}`](Self::{method}), with a body of {}.", docs::code(&body.media_type));
    docs::paragraphs([vec![first]])
}

fn request_type(names: &OperationNames) -> TokenStream {
    let OperationNames { method, request, .. } = names;
    let docs = format!(" A request of [`Client::{method}`].");
    quote! {
        #[doc = #docs]
        #[derive(Debug)]
        #[must_use = "a request does nothing until it is sent"]
        pub struct #request(runtime::Request);
    }
}
