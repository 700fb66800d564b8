//! Finds operations with paged lists.
//!
//! Input: lowered operations. Output: their [`Paging`].
//!
//! Invariant: a list is paged only if `x-pages` declares it, or if a page holds one list and
//! identifies the next page by names in the tables below.

mod declared;

use super::super::Lower;
use crate::diagnostic::Code;
use crate::ir::{
    Api, Content, End, Location, Method, Next, Operation, Paging, Scalar, Shape, Step, TypeId, TypeRef,
};

/// Paths to the URL of the next page.
const URLS: &[&[&str]] = &[
    &["next_page_uri"],
    &["next_page_url"],
    &["nextPageUrl"],
    &["next_url"],
    &["nextUrl"],
    &["@odata.nextLink"],
    &["nextLink"],
    &["next"],
    &["meta", "next_page_url"],
    &["meta", "next"],
    &["links", "next"],
    &["_links", "next", "href"],
    &["paging", "next"],
    &["pagination", "next"],
    &["pagination", "next_url"],
];

/// Paths to a token of the next page, and the query parameters that take it.
const TOKENS: &[(&[&str], &[&str])] = &[
    (&["nextPageToken"], &["pageToken", "page_token"]),
    (&["next_page_token"], &["page_token", "pageToken"]),
    (&["next-page-token"], &["pageToken", "page_token"]),
    (&["next_page"], &["page_token", "pageToken"]),
    (&["next_token"], &["next_token", "token"]),
    (&["nextToken"], &["nextToken"]),
    (&["next_cursor"], &["cursor", "next_cursor"]),
    (&["nextCursor"], &["cursor"]),
    (&["cursor"], &["cursor"]),
    (&["next_marker"], &["marker"]),
    (&["iterator"], &["iterator"]),
    (&["continue"], &["continue"]),
    (&["metadata", "continue"], &["continue"]),
    (&["meta", "next_cursor"], &["cursor"]),
    (&["response_metadata", "next_cursor"], &["cursor"]),
    (&["pagination", "next_cursor"], &["cursor"]),
    (&["pagination", "cursor"], &["cursor"]),
    (&["pagination", "next_page_token"], &["page_token"]),
    (&["next_page", "offset"], &["offset"]),
    (&["last_id"], &["after", "after_id"]),
];

/// Paths to the numeric offset of the next page, and the query parameter that takes it.
const OFFSETS: &[(&[&str], &str)] = &[
    (&["pagination", "next_offset"], "offset"),
    (&["meta", "next_offset"], "offset"),
    (&["next_offset"], "offset"),
];

/// Paths to the number of the page, and the query parameter that takes it.
const COUNTS: &[(&[&str], &str)] = &[
    (&["pagination", "max_page"], "page"),
    (&["max_page"], "page"),
    (&["pagination", "total_pages"], "page"),
    (&["meta", "total_pages"], "page"),
    (&["total_pages"], "page"),
];

/// Query parameters that take the id of a page's last item, if the page has a member of [`MORE`].
const AFTER: &[&str] = &["starting_after", "after", "after_id"];

/// Paths to a boolean that is false on the last page.
const MORE: &[&[&str]] = &[
    &["has_more"],
    &["hasMore"],
    &["has_next_page"],
    &["hasNextPage"],
    &["has_next"],
    &["hasNext"],
    &["pagination", "has_more"],
    &["pagination", "has_next"],
    &["meta", "has_more"],
];

/// Paths to a boolean that is true on the last page.
const DONE: &[&[&str]] = &[&["done"], &["is_last"], &["isLast"], &["last_page"]];

impl Lower<'_> {
    /// Finds the paged lists among the operations. All types have been lowered before.
    pub(in crate::lower) fn find_paging(&mut self) {
        let find = |operation| match declared::declared(self.document, &self.api, operation) {
            Some(declared) => declared,
            None => Ok(recognised(&self.api, operation)),
        };
        let found: Vec<_> = self.api.operations.iter().map(find).collect();
        for (index, paging) in found.into_iter().enumerate() {
            match paging {
                Err((pointer, message)) => {
                    self.warn(Code::Paging, &pointer, message, "the operation returns one page at a time");
                }
                Ok(paging) => {
                    if let Some(operation) = self.api.operations.get_mut(index) {
                        operation.paging = paging;
                    }
                }
            }
        }
    }
}

/// Returns the JSON type of an operation's successful responses, if all have this type. Redirects
/// do not count.
fn json_page(operation: &Operation) -> Option<&TypeRef> {
    let [representation] = operation.success.representations.as_slice() else { return None };
    match representation.only_answer()? {
        Content::Json(page) => Some(page),
        _ => None,
    }
}

fn recognised(api: &Api, operation: &Operation) -> Option<Paging> {
    let page = json_page(operation).filter(|_| operation.method == Method::Get)?;
    let has_link = operation.headers.iter().any(|header| header.name.eq_ignore_ascii_case("link"));
    let (id, items, item) = match api.unaliased(page) {
        TypeRef::List(item) if has_link => {
            return Some(Paging {
                page: page.clone(),
                item: (**item).clone(),
                items: Vec::new(),
                next: Next::Link,
                end: None,
            });
        }
        TypeRef::Named(id) => {
            let (step, item) = only_list(api, *id)?;
            (*id, vec![step], item)
        }
        _ => return None,
    };
    let mut end = end(api, id);
    let url = URLS.iter().find_map(|names| text_at(api, id, names)).map(Next::Url);
    let next = url
        .or_else(|| token(api, operation, id))
        .or_else(|| last_item(api, operation, &item).filter(|_| end.is_some()))
        .or_else(|| {
            let (next, missing) = offset(api, operation, id)?;
            end = end.take().or(Some(missing));
            Some(next)
        })
        .or_else(|| count(api, operation, id))
        .or(has_link.then_some(Next::Link))?;
    Some(Paging { page: page.clone(), item, items, next, end })
}

/// Returns true if an operation has a query parameter.
fn takes(operation: &Operation, parameter: &str) -> bool {
    operation.parameters.iter().any(|one| one.place == Location::Query && one.name == parameter)
}

fn token(api: &Api, operation: &Operation, page: TypeId) -> Option<Next> {
    TOKENS.iter().find_map(|(names, parameters)| {
        let parameter = parameters.iter().find(|parameter| takes(operation, parameter))?;
        Some(Next::Token((*parameter).to_owned(), text_at(api, page, names)?))
    })
}

/// Returns paging by the `id` of the last item.
fn last_item(api: &Api, operation: &Operation, item: &TypeRef) -> Option<Next> {
    let parameter = AFTER.iter().find(|parameter| takes(operation, parameter))?;
    let TypeRef::Named(item) = api.unaliased(item) else { return None };
    Some(Next::LastItem((*parameter).to_owned(), text_at(api, *item, &["id"])?))
}

fn offset(api: &Api, operation: &Operation, page: TypeId) -> Option<(Next, End)> {
    OFFSETS.iter().filter(|(_, parameter)| takes(operation, parameter)).find_map(|(names, parameter)| {
        let steps = scalar_at(api, page, names, is_integer)?;
        Some((Next::Offset((*parameter).to_owned()), End::Missing(steps)))
    })
}

fn count(api: &Api, operation: &Operation, page: TypeId) -> Option<Next> {
    let counts = COUNTS.iter().filter(|(_, parameter)| takes(operation, parameter));
    let mut counts = counts.filter(|(names, _)| scalar_at(api, page, names, is_integer).is_some());
    counts.next().map(|(_, parameter)| Next::Page((*parameter).to_owned()))
}

/// Returns what marks the last page.
fn end(api: &Api, page: TypeId) -> Option<End> {
    let flag = |names: &&[&str]| scalar_at(api, page, names, |scalar| scalar == Scalar::Bool);
    let more = MORE.iter().find_map(flag).map(End::False);
    more.or_else(|| DONE.iter().find_map(flag).map(End::True))
}

fn is_integer(scalar: Scalar) -> bool {
    matches!(scalar, Scalar::I64 | Scalar::U64)
}

/// Returns the only list field of a struct, and the type of its items.
fn only_list(api: &Api, id: TypeId) -> Option<(Step, TypeRef)> {
    let Shape::Struct(object) = &api.get(id)?.shape else { return None };
    let lists = object.fields.iter().enumerate().filter_map(|(field, declared)| {
        match api.unaliased(&declared.shape) {
            TypeRef::List(item) => Some((Step { of: id, field }, (**item).clone())),
            _ => None,
        }
    });
    let mut lists = lists;
    lists.next().filter(|_| lists.next().is_none())
}

/// Returns the steps along `names` from a struct to a string.
fn text_at(api: &Api, id: TypeId, names: &[&str]) -> Option<Vec<Step>> {
    scalar_at(api, id, names, |scalar| scalar == Scalar::String)
}

/// Returns the steps along `names` from a struct to a scalar that `is` accepts.
fn scalar_at(api: &Api, id: TypeId, names: &[&str], is: impl Fn(Scalar) -> bool) -> Option<Vec<Step>> {
    let (mut steps, mut here) = (Vec::new(), id);
    for (index, name) in names.iter().enumerate() {
        let Shape::Struct(object) = &api.get(here)?.shape else { return None };
        let field = object.fields.iter().position(|field| field.key == *name)?;
        steps.push(Step { of: here, field });
        let is_last = index + 1 == names.len();
        match api.unaliased(&object.fields.get(field)?.shape) {
            TypeRef::Scalar(scalar) if is_last && is(*scalar) => return Some(steps),
            TypeRef::Named(inner) if !is_last => here = *inner,
            _ => return None,
        }
    }
    None
}
