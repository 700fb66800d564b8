//! A file of a client, in chunks that are formatted one by one.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::braced;

/// A file of the client: its path in the crate, and its items.
#[derive(Debug)]
pub(crate) struct File {
    pub(crate) path: String,
    /// The file's `//!` lines, as inner attributes.
    pub(crate) docs: TokenStream,
    pub(crate) chunks: Vec<Chunk>,
}

/// One or more items.
#[derive(Debug)]
pub(crate) enum Chunk {
    Tokens(TokenStream),
    /// An `impl` without its members, and each member as source text.
    Impl(TokenStream, Vec<String>),
}

/// The members of an `impl`.
pub(super) enum Members {
    Few(TokenStream),
    Many(Vec<String>),
}

/// An `impl` with at least this many members keeps each member as text until it is formatted. The
/// tokens of a member take ten times the memory of its text. An object can have 100,000 properties.
const MANY: usize = 1000;

impl File {
    pub(super) fn new(path: String, docs: TokenStream, items: Vec<TokenStream>) -> Self {
        Self { path, docs, chunks: items.into_iter().map(Chunk::Tokens).collect() }
    }
}

impl Chunk {
    pub(super) fn of_impl(name: &Ident, members: Members) -> Self {
        match members {
            Members::Few(members) => {
                let members = braced(members);
                Self::Tokens(quote! { impl #name #members })
            }
            Members::Many(members) => Self::Impl(quote! { impl #name }, members),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        matches!(self, Self::Tokens(tokens) if tokens.is_empty())
    }
}

impl Members {
    /// Returns the members of an `impl` that will have at most `count`.
    pub(super) fn new(count: usize) -> Self {
        if count < MANY { Self::Few(TokenStream::new()) } else { Self::Many(Vec::with_capacity(count)) }
    }

    pub(super) fn push(&mut self, member: TokenStream) {
        match self {
            Self::Few(members) => members.extend(member),
            Self::Many(members) => members.push(member.to_string()),
        }
    }

    /// Returns these members after another one.
    pub(super) fn after(self, first: TokenStream) -> Self {
        match self {
            Self::Few(members) => Self::Few(quote! { #first #members }),
            Self::Many(mut members) => {
                members.insert(0, first.to_string());
                Self::Many(members)
            }
        }
    }
}
