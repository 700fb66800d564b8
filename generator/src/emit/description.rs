//! Writes the constant that describes an operation for the runtime.

use proc_macro2::TokenStream;
use quote::quote;

use crate::ir::{Credential, Location, Method, Operation, Status};

/// Returns a credential as a value of the runtime.
pub(super) fn credential_tokens(credential: &Credential) -> TokenStream {
    match credential {
        Credential::Basic => quote! { runtime::Credential::Basic },
        Credential::Bearer => quote! { runtime::Credential::Bearer },
        Credential::Key(Location::Query, name) => quote! { runtime::Credential::QueryKey(#name) },
        Credential::Key(Location::Cookie, name) => quote! { runtime::Credential::CookieKey(#name) },
        Credential::Key(_, name) => quote! { runtime::Credential::HeaderKey(#name) },
    }
}

pub(super) fn description(operation: &Operation) -> TokenStream {
    let Operation { id, template, .. } = operation;
    // The runtime knows the methods of the table. Any other is neither safe nor idempotent, as
    // POST.
    let (method, extension) = match &operation.method {
        Method::Other(name) => ("POST".to_owned(), Some(quote! { .extension_method(#name) })),
        method => (method.name(), None),
    };
    let method = quote::format_ident!("{method}");
    let server = operation.server.as_ref().map(|server| quote! { .server(#server) });
    let security = (!operation.security.is_empty()).then(|| {
        let alternatives = operation.security.iter().map(|alternative| {
            let credentials = alternative.iter().map(credential_tokens);
            quote! { &[#(#credentials),*] }
        });
        quote! { .security(&[#(#alternatives),*]) }
    });
    // The runtime treats every 2xx as success.
    let redirects: std::collections::BTreeSet<u16> = operation
        .success
        .statuses
        .iter()
        .filter(|status| status.is_redirect())
        .flat_map(|status| match status {
            Status::Code(code) => vec![*code],
            _ => vec![300, 301, 302, 303, 307, 308],
        })
        .collect();
    let redirects: Vec<_> = redirects.into_iter().map(proc_macro2::Literal::u16_unsuffixed).collect();
    let success = (!redirects.is_empty()).then(|| quote! { .success(&[#(#redirects),*]) });
    let accept = operation
        .success
        .representations
        .first()
        .map(|representation| &representation.accept)
        .filter(|accept| !accept.is_empty());
    let accept = accept.map(|accept| quote! { .accept(#accept) });
    let repeatable = (!operation.repeatable.is_empty()).then(|| {
        let statuses =
            operation.repeatable.iter().map(|status| proc_macro2::Literal::u16_unsuffixed(*status));
        quote! { .repeatable(&[#(#statuses),*]) }
    });
    let request_id = operation.request_id.as_ref().map(|header| quote! { .request_id(#header) });
    let key = operation.idempotency_key.as_ref().map(|header| {
        let header = header.to_ascii_lowercase();
        quote! { .idempotency_key(#header) }
    });
    quote! {
        /// The description of the operation for the runtime.
        pub const OPERATION: runtime::Operation =
            runtime::Operation::new(#id, runtime::Method::#method, #template) #extension #server #security #success #accept #repeatable #request_id #key;
    }
}
