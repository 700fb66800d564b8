//! Writes forms: the type of a multipart body, with a setter for each part.

use proc_macro2::TokenStream;
use quote::quote;

use super::argument::Taken;
use super::imports::Imports;
use super::{Emitter, docs};
use crate::doc::{DocText, code, item, text};
use crate::rust::{Form, Operation, Part};

impl Emitter<'_> {
    /// Returns the forms of an operation's bodies.
    pub(super) fn forms(self, operation: &Operation, imports: &mut Imports) -> Vec<TokenStream> {
        let method = operation.method_path();
        let forms = operation.bodies.iter().filter_map(|body| body.form.as_ref());
        forms.flat_map(|form| self.form(form, &method, imports)).collect()
    }

    fn form(self, form: &Form, method: &str, imports: &mut Imports) -> Vec<TokenStream> {
        let Form { name: form, parts } = form;
        let about = [text("The form that "), item(method), text(" sends.")];
        let about = docs::attributes(&DocText::line(about));
        let (mut arguments, mut calls, mut setters) = (Vec::new(), Vec::new(), Vec::new());
        let (mut required, mut bindings) = (Vec::new(), Vec::new());
        for part in parts {
            let Part { declared, name } = part;
            let Taken { argument, binding, call } = self.part(part, imports);
            let otherwise = DocText::line([text("The part "), code(&declared.name), text(".")]);
            let prose = docs::prose(&declared.docs, otherwise);
            let about = DocText::join([prose, docs::constraints(&declared.constraints)]);
            if declared.required {
                required.push(about.named(&name.to_string()));
                arguments.push(argument);
                bindings.extend(binding);
                calls.push(call);
            } else {
                let docs = docs::attributes(&about);
                setters.push(quote! {
                    #docs
                    pub fn #name(self, #argument) -> Self {
                        #binding
                        Self(self.0 #call)
                    }
                });
            }
        }
        let default = arguments.is_empty().then(|| quote! { , Default });
        let docs = docs::attributes(&DocText::join([
            DocText::fixed("Creates a form with its required parts."),
            DocText::list(required),
        ]));
        vec![
            quote! {
                #about
                #[derive(Debug #default)]
                pub struct #form(runtime::Multipart);
            },
            quote! {
                impl #form {
                    #docs
                    pub fn new(#(#arguments),*) -> Self {
                        #(#bindings)*
                        Self(runtime::Multipart::new() #(#calls)*)
                    }

                    #(#setters)*

                    /// Sets a part that the document does not name.
                    pub fn part(self, name: &str, part: impl Into<runtime::Part>) -> Self {
                        Self(self.0.part(name, part))
                    }
                }
            },
            quote! {
                impl From<#form> for runtime::Multipart {
                    fn from(form: #form) -> Self {
                        form.0
                    }
                }
            },
        ]
    }

    /// Returns the argument for a part.
    fn part(self, Part { declared, name }: &Part, imports: &mut Imports) -> Taken {
        let key = &declared.name;
        match &declared.shape {
            Some(shape) => {
                let given = self.argument(shape, imports);
                let media_type = declared.media_type.as_deref().unwrap_or_default();
                let (shape, value) = (given.shape(), given.reference(name));
                let call = match declared.separator {
                    Some(separator) => quote! { .joined(#key, #separator, #value) },
                    None => quote! { .value(#key, #media_type, #value) },
                };
                Taken { argument: quote! { #name: #shape }, binding: given.binding(name), call }
            }
            None if declared.several => Taken {
                argument: quote! { #name: impl IntoIterator<Item = runtime::Part> },
                binding: None,
                call: quote! { .parts(#key, #name) },
            },
            None => Taken {
                argument: quote! { #name: impl Into<runtime::Part> },
                binding: None,
                call: quote! { .part(#key, #name) },
            },
        }
    }
}
