//! Re-exports: the client's files in, what the client's root gives of the runtime out.
//!
//! The one rule: what a caller has to name to use this client is found in its root, and what it has no use for is not.

use std::collections::BTreeSet;

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::{ToTokens, format_ident, quote};

use super::{Emitter, File};
use crate::ir::{Content, Way};

impl Emitter<'_> {
    /// The client's type, what every client has of the runtime, and what its files use besides.
    pub(super) fn reexports(self, others: &[File]) -> TokenStream {
        let has_operations = !self.api.operations.is_empty();
        let ways = self.api.operations.iter().flat_map(|operation| &operation.success.ways);
        let contents: Vec<&Content> = ways.filter_map(Way::only).collect();
        let any = |is: fn(&Content) -> bool| contents.iter().any(|content| is(content));
        let mut used = BTreeSet::new();
        for item in others.iter().flat_map(|file| &file.items) {
            used_of_runtime(item.clone(), false, &mut used);
        }
        let has = |name: &str| used.contains(name);
        let events = any(|content| matches!(content, Content::Events(_)));
        let models = ["Base64", "Date", "DateTime", "Rfc2822", "UnixTime", "Uuid"]
            .into_iter()
            .filter(|name| has(name));
        let models: Vec<Ident> = models.map(|name| format_ident!("{name}")).collect();
        let names = [
            ("Attempt", has_operations),
            ("Auth", has_operations),
            ("ByteStream", any(|content| matches!(content, Content::Bytes))),
            ("ClientBuilder", has_operations),
            ("Clock", has_operations),
            ("Error", has_operations),
            ("ErrorKind", has_operations),
            ("Event", events),
            ("EventStream", events),
            ("Header", has("Header")),
            ("Items", has("Items")),
            ("LineStream", any(|content| matches!(content, Content::Lines(_)))),
            ("Multipart", has("Multipart")),
            ("Observer", has_operations),
            ("Pages", has("Pages")),
            ("Part", has("Part")),
            ("Response", has_operations),
            ("ResponseFuture", has_operations),
            ("Sleep", has_operations),
            ("Timeout", has_operations),
            ("Token", has_operations),
            ("TokenFuture", has_operations),
            ("TokenProvider", has_operations),
            ("bytes", has_operations || has("Base64")),
            ("http", has_operations),
            ("http_body", has_operations),
            ("jiff", ["Date", "DateTime", "Rfc2822", "UnixTime"].into_iter().any(has)),
            ("model", !models.is_empty()),
            ("serde_json", true),
            ("testing", has_operations),
            ("transport", has_operations),
            ("uuid", has("Uuid")),
        ];
        let names = names.into_iter().filter(|(_, is_used)| *is_used).map(|(name, _)| match name {
            "model" => quote! { model::{#(#models),*} },
            name => format_ident!("{name}").into_token_stream(),
        });
        let client = has_operations.then(|| quote! { pub use client::Client; });
        quote! {
            #client
            pub use runtime::{#(#names),*};
        }
    }
}

/// What these tokens name of `runtime` and of its `model`: `runtime::Part`, `runtime::{jiff, model}`, `model::Base64`.
fn used_of_runtime(tokens: TokenStream, is_inside: bool, found: &mut BTreeSet<String>) {
    let (mut path, mut colons) = (String::new(), 0);
    for token in tokens {
        let is_below = colons == 2 && matches!(path.as_str(), "runtime" | "model");
        colons =
            if matches!(&token, TokenTree::Punct(punct) if punct.as_char() == ':') { colons + 1 } else { 0 };
        match token {
            TokenTree::Group(group) => used_of_runtime(group.stream(), is_below, found),
            TokenTree::Ident(name) => {
                path = name.to_string();
                found.extend((is_below || is_inside).then(|| path.clone()));
            }
            TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_used_is_named_below_runtime_or_its_model() {
        let tokens = quote! {
            use runtime::{jiff, model::{self, Rfc2822}};
            pub fn part(part: runtime::Part, model: Items) -> Option<Vec<model::Base64>> {
                runtime::send_methods!(models::Pages);
                runtime::Header::<uuid::Uuid>::new("x")
            }
        };
        let mut used = BTreeSet::new();
        used_of_runtime(tokens, false, &mut used);
        let used = Vec::from_iter(used.iter().map(String::as_str));
        assert_eq!(used, ["Base64", "Header", "Part", "Rfc2822", "jiff", "model", "self", "send_methods"]);
    }
}
