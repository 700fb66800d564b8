//! Writes `src/lib.rs`: the crate's documentation and modules.

use quote::quote;

use super::{Emitter, File, docs};
use crate::Place;
use crate::doc::{DocText, code, item, item_as, text};
use crate::rust::Tag;

impl Emitter<'_> {
    pub(super) fn library(self) -> File {
        let title =
            if self.api.title.trim().is_empty() { "an API without a title" } else { self.api.title.trim() };
        let version = Some(self.api.version.trim()).filter(|version| !version.is_empty());
        let version = version.map(|version| [text(", version "), code(version)]).into_iter().flatten();
        let has_operations = !self.api.operations.is_empty();
        let what = if has_operations { "Client" } else { "Models" };
        let heading = DocText::title(title).prefixed([text(format!("{what} of "))]);
        let heading = heading.suffixed(version.chain([text(".")]));
        let about = self.api.description.as_deref().map(DocText::markdown).unwrap_or_default();
        let how = if has_operations { self.how() } else { DocText::default() };
        let about = if has_operations { DocText::section("About the API", about) } else { about };
        let lines = DocText::join([heading, how, self.tags(), about]);
        let mut items = if has_operations {
            vec![quote! {
                mod client;
                pub mod models;
                pub mod requests;
            }]
        } else {
            vec![quote! { pub mod models; }]
        };
        items.push(self.reexports());
        items.push(quote! {
            #[cfg(feature = "validate")]
            pub use runtime::model::{Rule, Validate, Violation, Violations};
        });
        let docs = docs::inner_attributes(&lines);
        // The crate around a module need not use or document all of it, nor have a client's
        // features.
        let of_module = (self.rust.place == Place::Module)
            .then(|| quote! { dead_code, missing_docs, unexpected_cfgs, unreachable_pub, unused_imports, });
        // Other scripts have letters that look like Latin ones.
        let scripts = (!self.rust.is_ascii).then(|| quote! { confusable_idents, mixed_script_confusables, });
        let allowed = quote! {
            #![allow(
                #scripts
                clippy::disallowed_names,
                clippy::should_implement_trait,
                clippy::too_many_arguments,
                clippy::type_complexity,
                #of_module
                reason = "the document's names, parameters and types"
            )]
        };
        File::new("src/lib.rs".to_owned(), quote! { #docs #allowed }, items)
    }

    /// Returns a list of the document's tags, each with the module of its requests.
    fn tags(self) -> DocText {
        let is_gated = self.rust.is_gated;
        let lines = self.rust.tags.iter().map(|Tag { key, names }| {
            let requests = item(format!("requests::{}", names.module));
            let mut words = match &names.group {
                Some(group) => {
                    let method = item_as(group.method.to_string(), format!("Client::{}", group.method));
                    vec![method, text(", "), requests]
                }
                None => vec![requests],
            };
            if names.module != *key && names.feature != *key && !key.trim().is_empty() {
                words.extend([text(": "), text(*key)]);
            }
            if is_gated {
                words.extend([text(", feature "), code(&names.feature)]);
            }
            DocText::line(words)
        });
        let list = DocText::list(lines);
        let about = "A feature holds the requests of a tag, and the models that no other tag needs. All are on by default.";
        let about = if is_gated { DocText::fixed(about) } else { DocText::default() };
        if list.is_empty() {
            return list;
        }
        DocText::section("Operations by tag", DocText::join([about, list]))
    }

    /// Returns a section on how to use the client, with an example.
    fn how(self) -> DocText {
        let has_groups = self.rust.tags.iter().any(|tag| tag.names.group.is_some());
        let how = if has_groups {
            "[`Client`] has a method for each tag, which returns the methods of the tag's operations. Each of these returns \
             a request of [`requests`]. `.send().await` returns a value of [`models`], or an [`Error`] with the number of \
             attempts and the response, if there was one."
        } else {
            "[`Client`] has a method for each operation, which returns a request of [`requests`]. `.send().await` returns \
             a value of [`models`], or an [`Error`] with the number of attempts and the response, if there was one."
        };
        let runs = "With the feature `hyper`, which is on by default, calls need a tokio runtime with I/O and time \
                    enabled. Without the feature the client takes your own [`transport`]. [`testing`] has answers for \
                    tests without a network.";
        DocText::join([DocText::fixed(how), self.usage(), DocText::fixed(runs)])
    }
}
