//! Paging: where a page has its items, and how to find the next page.

use super::{TypeId, TypeRef};

/// The paging of an operation.
#[derive(Debug)]
pub(crate) struct Paging {
    /// The type of a page.
    pub(crate) page: TypeRef,
    /// The type of an item.
    pub(crate) item: TypeRef,
    /// The path to the field with the items. Empty if the page itself is the list.
    pub(crate) items: Vec<Step>,
    pub(crate) next: Next,
    /// The mark of the last page, even if `next` finds another.
    pub(crate) end: Option<End>,
}

/// A field of a struct.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Step {
    pub(crate) of: TypeId,
    pub(crate) field: usize,
}

/// How to find the next page.
#[derive(Debug)]
pub(crate) enum Next {
    /// A URL in the page.
    Url(Vec<Step>),
    /// A token in the page, sent as this query parameter.
    Token(String, Vec<Step>),
    /// A string in the page's last item, sent as this query parameter.
    LastItem(String, Vec<Step>),
    /// This query parameter counts items. A page without items is the last.
    Offset(String),
    /// This query parameter counts pages. A page without items is the last.
    Page(String),
    /// The header `Link` (RFC 8288).
    Link,
}

/// The mark of the last page.
#[derive(Debug)]
pub(crate) enum End {
    /// A boolean that is false, such as `has_more`.
    False(Vec<Step>),
    /// A boolean that is true, such as `done`.
    True(Vec<Step>),
    /// A number that is missing, such as `next_offset`.
    Missing(Vec<Step>),
}
