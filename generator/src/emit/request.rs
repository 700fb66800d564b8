//! `src/requests/`: a file for each operation, with its request and the client's method that makes it.

use proc_macro2::TokenStream;
use quote::quote;
use syn::ext::IdentExt;

use super::imports::Imports;
use super::{Emitter, File, docs};
use crate::ir::{Credential, ErrorBody, Operation, Parameter, Scalar, Status, TypeRef};
use crate::name::OperationNames;

impl Emitter<'_> {
    pub(super) fn requests(self) -> Vec<File> {
        let named =
            self.api.operations().filter_map(|(id, operation)| Some((operation, self.names.operation(id)?)));
        let mut named: Vec<(&Operation, &OperationNames)> = named.collect();
        named.sort_by(|(_, a), (_, b)| a.module.cmp(&b.module));
        let modules = named.iter().map(|(_, names)| &names.module);
        let uses = named
            .iter()
            .map(|(_, OperationNames { module, request, .. })| quote! { pub use #module::#request; });
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
            self.client_method(operation, names, &mut imports),
            self.sending(operation, names, &mut imports),
        ];
        let crate_imports = if imports.models {
            quote! { use crate::{Client, models}; }
        } else {
            quote! { use crate::Client; }
        };
        let others = imports.items();
        items.insert(0, quote! { #crate_imports #others });
        File { path: format!("src/requests/{}.rs", names.module), docs: TokenStream::new(), items }
    }

    fn client_method(
        self,
        operation: &Operation,
        names: &OperationNames,
        imports: &mut Imports,
    ) -> TokenStream {
        let docs = docs::attributes(&self.method_docs(operation, names));
        let OperationNames { method, request, parameters, .. } = names;
        let arguments = operation.parameters.iter().zip(parameters).map(|(parameter, name)| {
            let shape = self.argument_type(&parameter.shape, imports);
            quote! { #name: #shape }
        });
        let values = operation.parameters.iter().zip(parameters).map(|(parameter, name)| {
            let key = &parameter.name;
            let value = self.argument_text(&parameter.shape, name);
            quote! { .path(#key, #value) }
        });
        quote! {
            impl Client {
                #docs
                pub fn #method(&self, #(#arguments),*) -> #request {
                    #request(runtime::Request::new(&self.0, &OPERATION) #(#values)*)
                }
            }
        }
    }

    fn sending(self, operation: &Operation, names: &OperationNames, imports: &mut Imports) -> TokenStream {
        let request = &names.request;
        let body = operation
            .success
            .body
            .as_ref()
            .map(|(shape, _)| self.type_tokens(shape, &quote! { models:: }, imports));
        quote! {
            impl #request {
                runtime::request_methods!(#body);
            }
        }
    }

    /// Texts are borrowed, all else is taken as it is.
    fn argument_type(self, shape: &TypeRef, imports: &mut Imports) -> TokenStream {
        match self.scalar(shape) {
            Some(Scalar::String) => quote! { &str },
            Some(_) => self.type_tokens(shape, &quote! { models:: }, imports),
            None => {
                let shape = self.type_tokens(shape, &quote! { models:: }, imports);
                quote! { &#shape }
            }
        }
    }

    fn argument_text(self, shape: &TypeRef, name: &proc_macro2::Ident) -> TokenStream {
        match self.scalar(shape) {
            Some(Scalar::String) => quote! { #name },
            Some(_) => quote! { &#name.to_string() },
            None => quote! { #name.as_str() },
        }
    }

    /// The scalar that a parameter is, under whatever name; `None` for an enum.
    fn scalar(self, shape: &TypeRef) -> Option<Scalar> {
        match self.api.unaliased(shape) {
            TypeRef::Scalar(scalar) => Some(*scalar),
            _ => None,
        }
    }

    fn method_docs(self, operation: &Operation, names: &OperationNames) -> Vec<String> {
        let line = docs::code(&format!("{} {}", operation.method.name(), operation.path));
        let mut parameters = Vec::new();
        for (parameter, name) in operation.parameters.iter().zip(&names.parameters) {
            parameters.extend(parameter_docs(parameter, &name.unraw().to_string()));
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
        let missing: Vec<String> = operation.missing.iter().map(|what| format!("* {what}")).collect();
        let missing = if missing.is_empty() {
            vec![]
        } else {
            docs::paragraphs([vec!["# Not supported yet, and never sent".to_owned()], missing])
        };
        let prose = docs::prose(&operation.docs, &format!("Calls {line}."));
        let line = if prose.iter().any(|known| known.contains(&line)) { vec![] } else { vec![line] };
        docs::paragraphs([prose, line, parameters, missing, errors])
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

fn parameter_docs(parameter: &Parameter, name: &str) -> Vec<String> {
    let prose = docs::prose(&parameter.docs, &format!("The path parameter {}.", docs::code(&parameter.name)));
    let lines = docs::paragraphs([prose, docs::constraints(&parameter.constraints)]);
    let name = docs::code(name);
    if lines.is_empty() {
        return vec![format!("* {name}")];
    }
    lines
        .into_iter()
        .enumerate()
        .map(|(index, line)| match index {
            0 => format!("* {name}: {line}"),
            _ if line.is_empty() => line,
            _ => format!("  {line}"),
        })
        .collect()
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

/// What the runtime knows of an operation.
fn description(operation: &Operation) -> TokenStream {
    let Operation { id, path, .. } = operation;
    let method = quote::format_ident!("{}", operation.method.name());
    let security = (!operation.security.is_empty()).then(|| {
        let alternatives = operation.security.iter().map(|alternative| {
            let credentials = alternative.iter().map(|credential| match credential {
                Credential::Basic => quote! { runtime::Credential::Basic },
                Credential::Bearer => quote! { runtime::Credential::Bearer },
            });
            quote! { &[#(#credentials),*] }
        });
        quote! { .security(&[#(#alternatives),*]) }
    });
    let statuses = operation.success.statuses.iter().map(ToString::to_string);
    let success = (!operation.success.statuses.is_empty()).then(|| quote! { .success(&[#(#statuses),*]) });
    let accept = operation.success.body.as_ref().map(|(_, media_type)| quote! { .accept(#media_type) });
    let repeatable = (!operation.repeatable.is_empty()).then(|| {
        let statuses =
            operation.repeatable.iter().map(|status| proc_macro2::Literal::u16_unsuffixed(*status));
        quote! { .repeatable(&[#(#statuses),*]) }
    });
    let request_id = operation.request_id.as_ref().map(|header| quote! { .request_id(#header) });
    quote! {
        const OPERATION: runtime::Operation =
            runtime::Operation::new(#id, runtime::Method::#method, #path) #security #success #accept #repeatable #request_id;
    }
}
