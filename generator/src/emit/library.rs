//! `src/lib.rs`: what the client is, and what it consists of.

use quote::quote;

use super::{Emitter, File, docs};

impl Emitter<'_> {
    pub(super) fn library(self) -> File {
        let title =
            if self.api.title.trim().is_empty() { "an API without a title" } else { self.api.title.trim() };
        let version = Some(self.api.version.trim()).filter(|version| !version.is_empty());
        let version = version.map(|version| format!(", version {}", docs::code(version))).unwrap_or_default();
        let has_operations = !self.api.operations.is_empty();
        let what = if has_operations { "Client" } else { "Models" };
        let heading = docs::markdown(&format!("{what} of {title}{version}."));
        let about = self.api.description.as_deref().map(docs::markdown).unwrap_or_default();
        let how = [
            "[`Client`] has a method for each operation, which gives a request of [`requests`]; `.send().await` gives",
            "a value of [`models`], or an [`Error`].",
            "",
            "With the feature `reqwest`, which is on by default, calls run on a tokio runtime that has its I/O and time",
            "enabled. Without it the client takes a [`transport`] of one's own, and runs anywhere.",
        ];
        let how = if has_operations { how.map(str::to_owned).to_vec() } else { vec![] };
        let lines = docs::paragraphs([heading, about, how]);
        let mut items = if has_operations {
            vec![
                quote! {
                    mod client;
                    pub mod models;
                    pub mod requests;
                },
                quote! {
                    pub use client::Client;
                    pub use runtime::{
                        Attempt, Auth, ByteStream, ClientBuilder, Clock, Error, ErrorKind, Event, EventStream, Header, Items, LineStream, Observer, Pages, Part, Response, ResponseFuture, Sleep, Timeout, Token, TokenFuture, TokenProvider, bytes, http, http_body, jiff, model::{Base64, DateTime, Rfc2822, UnixTime}, serde_json, testing, transport, uuid,
                    };
                },
            ]
        } else {
            vec![
                quote! { pub mod models; },
                quote! { pub use runtime::{bytes, jiff, model::{Base64, DateTime, Rfc2822, UnixTime}, serde_json, uuid}; },
            ]
        };
        if !self.plan.checked.is_empty() {
            items.push(quote! {
                #[cfg(feature = "validate")]
                pub use runtime::model::{Rule, Validate, Violation, Violations};
            });
        }
        let docs = docs::inner_attributes(&lines);
        let allowed = quote! {
            #![allow(
                clippy::disallowed_names,
                clippy::too_many_arguments,
                clippy::type_complexity,
                reason = "the document's names, parameters and types"
            )]
        };
        File { path: "src/lib.rs".to_owned(), docs: quote! { #docs #allowed }, items }
    }
}
