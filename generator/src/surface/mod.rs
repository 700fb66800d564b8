//! Describes a client's public surface: what programs can name, and what calls send.
//!
//! Input: a [`Crate`]. Output: a [`Surface`], the attributes of each public item as text.
//!
//! Invariant: every change to the type, signature or bytes of an item changes an attribute of that
//! item. Two surfaces can therefore be compared without the documents.

mod attributes;
mod operation;
mod render;
mod rules;
mod types;

use std::collections::HashMap;

use syn::ext::IdentExt;

use crate::ir::{Docs, FlowUrl, TypeId};
use crate::name::flow_constant;
use crate::rust::Crate;
pub(crate) use attributes::Attributes;

/// The public items of a client, by kind and path, such as `field` and `models::User::id`.
pub(crate) type Surface = HashMap<(&'static str, String), Attributes>;

/// Describes a client.
pub(crate) fn surface(rust: &Crate) -> Surface {
    let mut surveyor = Surveyor { rust, surface: Surface::new() };
    surveyor.client();
    surveyor.types();
    surveyor.groups();
    surveyor.operations();
    surveyor.features();
    surveyor.surface
}

/// A description in progress.
struct Surveyor<'a> {
    rust: &'a Crate<'a>,
    surface: Surface,
}

impl Surveyor<'_> {
    fn add(&mut self, kind: &'static str, path: String, attributes: Attributes) {
        self.surface.insert((kind, path), attributes);
    }

    fn client(&mut self) {
        if self.rust.operations.is_empty() {
            return;
        }
        let mut attributes = Attributes::new();
        put(&mut attributes, "server", self.rust.api.server.clone());
        let flows = &self.rust.api.flows;
        let kinds = [
            ("TOKEN_URL", &flows.token_urls),
            ("REFRESH_URL", &flows.refresh_urls),
            ("AUTHORIZATION_URL", &flows.authorization_urls),
        ];
        // A space ends a constant in the list.
        let constant = |(name, url): (&str, &FlowUrl)| {
            format!("{}={}", flow_constant(name, url.kind), url.url.replace(' ', "%20"))
        };
        let urls = kinds.iter().flat_map(|(name, urls)| urls.iter().map(move |url| (*name, url)));
        let constants: Vec<String> = urls.map(constant).collect();
        put(&mut attributes, "oauth", (!constants.is_empty()).then(|| constants.join(" ")));
        self.add("client", "Client".to_owned(), attributes);
    }

    /// Adds the features that the crate declares for the document's tags.
    fn features(&mut self) {
        for tag in self.rust.tags.iter().filter(|_| self.rust.is_gated) {
            let path = format!("features::{}", tag.names.feature.replace('-', "_"));
            self.add("feature", path, Attributes::from([("declared", "yes".to_owned())]));
        }
    }

    /// Returns the path of a type.
    fn type_path(&self, id: TypeId) -> String {
        format!("models::{}", self.rust.name(id).unraw())
    }
}

/// Adds an attribute if it has a value.
fn put(attributes: &mut Attributes, name: &'static str, value: Option<String>) {
    if let Some(value) = value {
        attributes.insert(name, value);
    }
}

/// Adds a flag if it is set.
fn flag(attributes: &mut Attributes, name: &'static str, is_there: bool) {
    if is_there {
        attributes.insert(name, "yes".to_owned());
    }
}

/// Adds the deprecation of an item, and its sunset date.
fn deprecation(attributes: &mut Attributes, docs: &Docs) {
    flag(attributes, "deprecated", docs.deprecated);
    put(attributes, "sunset", docs.sunset.clone());
}
