//! Writes `tests/conformance.rs`: a call of each operation with sample values, for `cargo xtask
//! conformance`.
//!
//! Invariant: the calls use the same methods as users. Only the values are samples.

use proc_macro2::TokenStream;
use quote::quote;
use serde_json::Value;

use super::argument::Given;
use super::imports::Imports;
use super::types::scalar_tokens;
use super::{Emitter, File};
use crate::ir::{self, BodyForm, Credential, TypeRef};
use crate::rust::{Body, Form, Operation, Parameter, Part};

impl Emitter<'_> {
    /// Returns the test. `samples` has the values by operation, for each parameter (`query:page`)
    /// and body (by media type).
    pub(super) fn calls(self, samples: &Value, package: &str) -> File {
        let package = quote::format_ident!("{}", package.replace('-', "_"));
        let calls = self.rust.operations.iter().map(|operation| {
            let pointer = operation.declared.pointer.as_str();
            let call = samples.get(pointer).and_then(|samples| self.call(operation, samples));
            call.unwrap_or_else(|| quote! { (#pointer, |_| Err("no values to send".to_owned())) })
        });
        let calls: Vec<TokenStream> = calls.collect();
        let builder = match &self.api.server {
            Some(_) => quote! { Client::builder() },
            None => quote! { Client::builder(&url) },
        };
        // A client refuses credentials that no operation accepts.
        let taken = self.taken();
        let kinds = [
            (quote! { Auth::basic("user", "password") }, Credential::Basic),
            (quote! { Auth::bearer("token") }, Credential::Bearer),
        ];
        let kinds = kinds.into_iter().filter(|(_, kind)| taken.contains(kind)).map(|(auth, _)| auth);
        let key = taken.iter().any(|one| matches!(one, Credential::Key(..)));
        let auth = kinds.chain(key.then(|| quote! { Auth::api_key("key") }));
        let auth =
            auth.reduce(|all, one| quote! { #all.and(#one) }).unwrap_or_else(|| quote! { Auth::none() });
        let items = vec![
            quote! {
                use std::{future::Future, pin::Pin};
                use #package::{Auth, Client, Error, models, requests};
                use runtime::model;
            },
            quote! { type Call = Pin<Box<dyn Future<Output = Result<(), Error>>>>; },
            quote! {
                fn sample<T: runtime::model::DeserializeOwned>(json: &str) -> Result<T, String> {
                    runtime::serde_json::from_str(json).map_err(|error| format!("the sample {json} is none: {error}"))
                }
            },
            quote! {
                fn sent<T: 'static>(future: runtime::ResponseFuture<T>) -> Call {
                    Box::pin(async { future.await.map(drop) })
                }
            },
            quote! {
                const CALLS: &[(&str, fn(&Client) -> Result<Call, String>)] = &[#(#calls,)*];
            },
            quote! {
                // Without optimisation, a model of many fields needs much stack, and models nest.
                #[test]
                fn conformance() {
                    let calls = std::thread::Builder::new().stack_size(67_108_864).spawn(calls).expect("a thread");
                    calls.join().expect("all calls return");
                }
            },
            quote! {
                fn calls() {
                    let url = std::env::var("JUDGE_URL").expect("the judge's URL");
                    let auth = #auth;
                    let client = #builder.server(&url).auth(auth).retries(0).build().expect("a client");
                    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("tokio");
                    for (name, call) in CALLS {
                        match call(&client) {
                            Err(problem) => println!("{name}\tuncalled\t\t{problem}"),
                            Ok(call) => match runtime.block_on(call) {
                                Ok(()) => println!("{name}\tdecoded\t200\t"),
                                Err(error) => {
                                    let status = error.status().map_or(0, |status| status.as_u16());
                                    println!("{name}\t{:?}\t{status}\t{error}", error.kind());
                                }
                            },
                        }
                    }
                }
            },
        ];
        let docs =
            quote! { #![allow(unused_imports, clippy::all, reason = "calls of the document's operations")] };
        File::new("tests/conformance.rs".to_owned(), docs, items)
    }

    fn call(self, operation: &Operation, samples: &Value) -> Option<TokenStream> {
        let pointer = operation.declared.pointer.as_str();
        let (mut arguments, mut setters) = (Vec::new(), Vec::new());
        for Parameter { declared, name, .. } in &operation.parameters {
            let place = declared.place.word();
            let value = samples.get("parameters")?.get(format!("{place}:{}", declared.name));
            let fallback = Value::from("a b");
            let value = self.value(&declared.shape, value.unwrap_or(&fallback));
            if declared.required { arguments.push(value) } else { setters.push(quote! { .#name(#value) }) }
        }
        let mut method = operation.method;
        if let Some(body) = operation.bodies.first() {
            let bodies = samples.get("bodies")?;
            // A media range of the document is sent as a concrete type.
            let of_range =
                || Some(bodies.as_object()?.iter().find(|(media_type, _)| media_type.contains('*'))?.1);
            let value = bodies.get(&body.declared.media_type).or_else(of_range).unwrap_or(&Value::Null);
            let values = self.body_value(body, value);
            if operation.declared.body_required {
                method = body.name;
                arguments.push(values);
            } else {
                let name = body.name;
                setters.push(quote! { .#name(#values) });
            }
        }
        let header = percent(pointer);
        let group = operation.group.map(|group| &group.method).map(|group| quote! { .#group() });
        Some(quote! {
            (#pointer, |client| Ok(sent(client #group.#method(#(#arguments),*) #(#setters)* .with(|call| call.header("x-conformance", #header)).send())))
        })
    }

    /// Returns an argument of this type, from JSON.
    fn value(self, shape: &TypeRef, value: &Value) -> TokenStream {
        let json = value.to_string();
        let scalar = |shape: &TypeRef| match shape {
            TypeRef::Scalar(scalar) => {
                let shape = scalar_tokens(*scalar, &mut Imports::default());
                if scalar.is_formatted() {
                    quote! { runtime::#shape }
                } else {
                    shape
                }
            }
            _ => self.type_tokens(shape, &quote! { models:: }, &mut Imports::default()),
        };
        let is_null = value.is_null();
        match (self.argument(shape, &mut Imports::default()), self.api.unaliased(shape)) {
            (Given::Text, _) => {
                let text = value.as_str().map_or(json, str::to_owned);
                quote! { #text }
            }
            (_, TypeRef::Nullable(_)) if is_null => quote! { None },
            (_, TypeRef::Nullable(inner)) => {
                let value = match self.argument(inner, &mut Imports::default()) {
                    Given::Text | Given::Value(_) => self.value(inner, value),
                    _ => quote! { &sample(#json)? },
                };
                quote! { Some(#value) }
            }
            (Given::Texts, _) => quote! { sample::<Vec<String>>(#json)? },
            (Given::Pairs, _) => quote! { sample::<std::collections::BTreeMap<String, String>>(#json)? },
            (Given::Values(_) | Given::Converted(_), TypeRef::List(inner)) => {
                let inner = scalar(self.api.unaliased(inner));
                quote! { sample::<Vec<#inner>>(#json)? }
            }
            (Given::Into(_) | Given::Model(_), shape) => {
                let shape = scalar(shape);
                quote! { sample::<#shape>(#json)? }
            }
            (Given::Reference(_), TypeRef::List(_)) => quote! { &sample::<Vec<_>>(#json)? },
            (Given::Reference(_), _) => quote! { &sample(#json)? },
            _ => quote! { sample(#json)? },
        }
    }

    fn body_value(self, body: &Body, value: &Value) -> TokenStream {
        let declared = body.declared;
        let range = declared.media_type.contains('*').then(|| {
            let media_type = declared.media_type.replace("*/", "application/").replace("/*", "/octet-stream");
            quote! { #media_type, }
        });
        match &declared.form {
            BodyForm::Json(shape) | BodyForm::Form(shape, _) => self.value(shape, value),
            BodyForm::Text | BodyForm::Bytes => {
                let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                quote! { #range #text }
            }
            BodyForm::Multipart(_) => match &body.form {
                Some(form) => self.form_value(form, value),
                None => quote! { runtime::Multipart::new() },
            },
        }
    }

    fn form_value(self, Form { name: form, parts }: &Form, value: &Value) -> TokenStream {
        let (mut arguments, mut setters) = (Vec::new(), Vec::new());
        for Part { declared, name } in parts {
            let fallback = Value::from("bytes");
            match (value.get(&declared.name), declared.required) {
                (value, true) => arguments.push(self.part_value(declared, value.unwrap_or(&fallback))),
                (Some(value), false) => {
                    let value = self.part_value(declared, value);
                    setters.push(quote! { .#name(#value) });
                }
                (None, false) => {}
            }
        }
        quote! { requests::#form::new(#(#arguments),*) #(#setters)* }
    }

    fn part_value(self, part: &ir::Part, value: &Value) -> TokenStream {
        match &part.shape {
            Some(shape) => self.value(shape, value),
            None => {
                let bytes = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                match value.as_array().filter(|_| part.several) {
                    Some(items) => {
                        let items = items.iter().map(bytes);
                        quote! { [#(runtime::Part::from(#items)),*] }
                    }
                    None => {
                        let value = bytes(value);
                        if part.several {
                            quote! { [runtime::Part::from(#value)] }
                        } else {
                            quote! { #value }
                        }
                    }
                }
            }
        }
    }
}

/// Percent-encodes a text, so that a header can carry it.
fn percent(text: &str) -> String {
    percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string()
}
