//! Paging: where a page of a list holds its items, and how the next page is found.

use super::{TypeId, TypeRef};

/// How a list comes in pages.
#[derive(Debug)]
pub(crate) struct Paging {
    /// The type of a page.
    pub(crate) page: TypeRef,
    /// The type of an item.
    pub(crate) item: TypeRef,
    /// The way to the field that holds the items; empty if the page itself is the list.
    pub(crate) items: Vec<Step>,
    pub(crate) next: Next,
    /// What says that a page is the last one, although `next` leads on.
    pub(crate) end: Option<End>,
}

/// A field of a struct.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Step {
    pub(crate) of: TypeId,
    pub(crate) field: usize,
}

/// What says which page is next.
#[derive(Debug)]
pub(crate) enum Next {
    /// A URL in the page.
    Url(Vec<Step>),
    /// A token in the page, which this query parameter takes.
    Token(String, Vec<Step>),
    /// A string of the page's last item, which this query parameter takes.
    LastItem(String, Vec<Step>),
    /// Nothing: this query parameter counts items, and a page without any is the last.
    Offset(String),
    /// Nothing: this query parameter counts pages, and one without items is the last.
    Page(String),
    /// The header `Link` (RFC 8288).
    Link,
}

/// What a page says if it is the last one.
#[derive(Debug)]
pub(crate) enum End {
    /// A boolean that is false, as `has_more`.
    False(Vec<Step>),
    /// A boolean that is true, as `done`.
    True(Vec<Step>),
    /// A number that is missing, as `next_offset`.
    Missing(Vec<Step>),
}
