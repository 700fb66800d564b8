//! The place of generated code: a crate of its own, or a module of an existing crate.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;

/// The place of generated code.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Place {
    /// A crate. Its root is `src/lib.rs`.
    #[default]
    Crate,
    /// A module at any path of an existing crate. Its root is `mod.rs`, and it refers to its own
    /// parts by `super::`.
    ///
    /// The features are those of the crate around it: with a feature `validate` the module has
    /// `validate()`.
    Module,
}

impl Place {
    /// Returns the path of the root from a module `depth` levels below it.
    pub(crate) fn root(self, depth: usize) -> TokenStream {
        let supers = (1..depth).map(|_| quote! { ::super });
        match self {
            Self::Crate => quote! { crate },
            Self::Module => quote! { super #(#supers)* },
        }
    }

    /// Returns the same path as text, for links in documentation.
    pub(crate) fn root_link(self, depth: usize) -> String {
        match self {
            Self::Crate => "crate".to_owned(),
            Self::Module => vec!["super"; depth].join("::"),
        }
    }

    /// Moves the files of a crate to the paths of this place.
    pub(crate) fn files(self, files: BTreeMap<String, String>) -> BTreeMap<String, String> {
        if self == Self::Crate {
            return files;
        }
        let moved = files.into_iter().filter_map(|(path, text)| {
            let path = path.strip_prefix("src/")?;
            Some((if path == "lib.rs" { "mod.rs" } else { path }.to_owned(), text))
        });
        moved.collect()
    }
}
