//! Writes `src/requests/`: a file for each tag, with the requests of its operations, and the methods
//! of the client or of the tag's group that create them.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;

use super::imports::Imports;
use super::{Emitter, File, docs};
use crate::doc::{DocText, code, item, item_as, text};
use crate::name::GroupNames;
use crate::rust::Operation;

impl Emitter<'_> {
    /// Writes the folder's files.
    pub(super) fn requests(self, write: &mut dyn FnMut(File)) {
        let mut tags: BTreeMap<Option<&str>, Vec<&Operation>> = BTreeMap::new();
        for operation in &self.rust.operations {
            tags.entry(operation.declared.tag.as_deref()).or_default().push(operation);
        }
        let (mut modules, mut uses) = (Vec::new(), Vec::new());
        for (key, mut operations) in tags {
            operations.sort_by(|a, b| a.request.cmp(b.request));
            let tag = self.rust.tags.iter().find(|tag| Some(tag.key) == key);
            let untagged = quote::format_ident!("untagged");
            let module = tag.map_or(&untagged, |tag| &tag.names.module);
            let feature = tag.map(|tag| &tag.names.feature).filter(|_| self.rust.is_gated);
            let gate = feature.map(|feature| quote! { #[cfg(feature = #feature)] });
            modules.push(quote! { #gate pub mod #module; });
            uses.push(quote! { #gate pub use #module::*; });
            let path = format!("src/requests/{module}.rs");
            write(match tag.and_then(|tag| Some((tag.key, tag.names.group.as_ref()?))) {
                Some((tag, group)) => self.grouped_file(path, tag, group, &operations),
                None => self.request_file(path, key, &operations),
            });
        }
        let items = vec![quote! { #(#modules)* }, quote! { #(#uses)* }];
        let about = DocText::line([
            text("The requests that the methods of "),
            item_as("Client", format!("{}::Client", self.rust.place.root_link(1))),
            text(" return: a type for each operation."),
        ]);
        let path = "src/requests/mod.rs".to_owned();
        write(File::new(path, docs::inner_attributes(&about), items));
    }

    /// Returns the documentation of a tag.
    fn tag_docs(self, tag: Option<&str>) -> DocText {
        let Some(tag) = tag else { return DocText::fixed("Operations without a tag.") };
        let otherwise = DocText::line([text("Operations with the tag "), code(tag), text(".")]);
        match self.api.tags.get(tag) {
            Some(docs) => docs::prose(docs, otherwise),
            None => otherwise,
        }
    }

    /// Returns a list of operations: method, path and summary.
    fn contents(self, operations: &[&Operation]) -> DocText {
        let root = self.rust.place.root_link(2);
        DocText::list(operations.iter().map(|Operation { declared, method, group, .. }| {
            let method = method.to_string();
            let path = match group {
                Some(_) => format!("Self::{method}"),
                None => format!("{root}::Client::{method}"),
            };
            let link = item_as(&method, path);
            let call = code(format!("{} {}", declared.method.name(), declared.path));
            let title = declared.docs.title.as_deref().map(DocText::title).unwrap_or_default();
            let joint = if title.is_empty() { "" } else { ": " };
            title.prefixed([link, text(", "), call, text(joint)])
        }))
    }

    /// Returns a file whose methods are the client's.
    fn request_file(self, path: String, tag: Option<&str>, operations: &[&Operation]) -> File {
        let mut imports = Imports::default();
        let mut items = Vec::new();
        for operation in operations {
            items.push(self.request_type(operation));
            let methods = self.methods(operation, &mut imports);
            items.push(quote! { impl Client { #(#methods)* } });
            items.extend(self.request_items(operation, &mut imports));
        }
        let about = DocText::join([self.tag_docs(tag), self.contents(operations)]);
        self.file(path, &about, imports, items)
    }

    /// Returns a file whose methods are those of a group.
    fn grouped_file(self, path: String, tag: &str, group: &GroupNames, operations: &[&Operation]) -> File {
        let mut imports = Imports::default();
        let (mut methods, mut items) = (Vec::new(), Vec::new());
        for operation in operations {
            methods.extend(self.methods(operation, &mut imports));
            items.push(self.request_type(operation));
            items.extend(self.request_items(operation, &mut imports));
        }
        let link = item(group.shape.to_string());
        let methods_are = DocText::line([text("The methods of "), link, text(" create the requests.")]);
        let contents = DocText::join([self.tag_docs(Some(tag)), self.contents(operations)]);
        items.splice(0..0, group_items(tag, group, &contents, &methods));
        self.file(path, &DocText::join([self.tag_docs(Some(tag)), methods_are]), imports, items)
    }

    fn file(self, path: String, about: &DocText, imports: Imports, mut items: Vec<TokenStream>) -> File {
        let root = self.rust.place.root(2);
        let crate_imports = if imports.models {
            quote! { use #root::{Client, models}; }
        } else {
            quote! { use #root::Client; }
        };
        let others = imports.items();
        items.insert(0, quote! { #crate_imports #others });
        File::new(path, docs::inner_attributes(about), items)
    }
}

/// Returns the type of a group, the client's method that returns it, and its methods.
fn group_items(tag: &str, group: &GroupNames, about: &DocText, methods: &[TokenStream]) -> [TokenStream; 3] {
    let GroupNames { method, shape } = group;
    let about = docs::attributes(about);
    let returns = [text("Returns the operations with the tag "), code(tag), text(".")];
    let returns = docs::attributes(&DocText::line(returns));
    [
        quote! {
            #about
            #[derive(Clone, Copy, Debug)]
            pub struct #shape<'a>(&'a runtime::Client);
        },
        quote! {
            impl Client {
                #returns
                pub fn #method(&self) -> #shape<'_> {
                    #shape(&self.0)
                }
            }
        },
        quote! {
            impl #shape<'_> {
                #(#methods)*
            }
        },
    ]
}
