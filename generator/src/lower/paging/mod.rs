//! Paging: an operation in, how its list comes in pages out.
//!
//! The one rule: a list is taken for one in pages only where it is declared as such, or where its page holds one list and
//! names the next page by a name that says so; all else is left to the caller.

mod declared;

use super::Lower;
use crate::diagnostic::Code;
use crate::ir::{
    Api, Content, Location, Method, Next, Operation, Paging, Scalar, Shape, Step, TypeId, TypeRef,
};

/// The members that hold the URL of the next page, by the way to them.
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

/// The members that hold a token of the next page, by the way to them, and the query parameters that take it.
const TOKENS: &[(&[&str], &[&str])] = &[
    (&["nextPageToken"], &["pageToken", "page_token"]),
    (&["next_page_token"], &["page_token", "pageToken"]),
    (&["next-page-token"], &["pageToken", "page_token"]),
    (&["next_token"], &["next_token", "token"]),
    (&["next_cursor"], &["cursor", "next_cursor"]),
    (&["nextCursor"], &["cursor"]),
    (&["next_marker"], &["marker"]),
    (&["meta", "next_cursor"], &["cursor"]),
    (&["response_metadata", "next_cursor"], &["cursor"]),
    (&["pagination", "next_cursor"], &["cursor"]),
    (&["pagination", "next_page_token"], &["page_token"]),
];

impl Lower<'_> {
    /// Finds the lists among the operations. All types are known by now.
    pub(super) fn find_paging(&mut self) {
        let find = |operation| match declared::declared(self.document, &self.api, operation) {
            Some(declared) => declared,
            None => Ok(recognised(&self.api, operation)),
        };
        let found: Vec<_> = self.api.operations.iter().map(find).collect();
        for (index, paging) in found.into_iter().enumerate() {
            match paging {
                Err((pointer, message)) => {
                    self.warn(Code::Paging, &pointer, message, "the operation gives one page at a time");
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

/// The type of the JSON that an operation gives, where it gives nothing else.
fn json_page(operation: &Operation) -> Option<&TypeRef> {
    let [way] = operation.success.ways.as_slice() else { return None };
    match way.only()? {
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
            });
        }
        TypeRef::Named(id) => {
            let (step, item) = only_list(api, *id)?;
            (*id, vec![step], item)
        }
        _ => return None,
    };
    let url = URLS.iter().find_map(|names| text_at(api, id, names)).map(Next::Url);
    let next = url.or_else(|| token(api, operation, id)).or(has_link.then_some(Next::Link))?;
    Some(Paging { page: page.clone(), item, items, next })
}

fn token(api: &Api, operation: &Operation, page: TypeId) -> Option<Next> {
    TOKENS.iter().find_map(|(names, parameters)| {
        let takes = |parameter: &&&str| {
            operation.parameters.iter().any(|one| one.place == Location::Query && one.name == ***parameter)
        };
        let parameter = parameters.iter().find(takes)?;
        Some(Next::Token((*parameter).to_owned(), text_at(api, page, names)?))
    })
}

/// The one field of a struct that is a list, and the type of its items.
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

/// The way by `names` from a struct to a string.
fn text_at(api: &Api, id: TypeId, names: &[&str]) -> Option<Vec<Step>> {
    let (name, rest) = names.split_first()?;
    let Shape::Struct(object) = &api.get(id)?.shape else { return None };
    let field = object.fields.iter().position(|field| field.key == *name)?;
    let step = Step { of: id, field };
    match (api.unaliased(&object.fields.get(field)?.shape), rest) {
        (TypeRef::Scalar(Scalar::String), []) => Some(vec![step]),
        (TypeRef::Named(inner), [_, ..]) => {
            let mut steps = text_at(api, *inner, rest)?;
            steps.insert(0, step);
            Some(steps)
        }
        _ => None,
    }
}
