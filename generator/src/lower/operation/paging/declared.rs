//! Reads the paging that an operation's `x-pages` declares.
//!
//! Invariant: a declaration is followed as written, or reported with its place. Nothing is guessed
//! instead.

use serde_json::{Map, Value};

use super::{json_page, only_list};
use crate::document::Document;
use crate::ir::{Api, End, Location, Next, Operation, Paging, Scalar, Shape, Step, TypeRef};
use crate::pointer::Pointer;

/// The keys that say how to find the next page. One of them is required.
const WAYS: [&str; 6] = ["url", "token", "last_item", "offset", "page", "link"];

/// The other keys of `x-pages`.
const OTHERS: [&str; 4] = ["items", "parameter", "has_more", "done"];

/// The place of a problem, and its description.
type Problem = (Pointer, String);

/// Returns the declared paging. Returns `None` if there is no `x-pages`, and `Ok(None)` if
/// `x-pages` is `false`.
pub(super) fn declared(
    document: &Document,
    api: &Api,
    operation: &Operation,
) -> Option<Result<Option<Paging>, Problem>> {
    let pointer = operation.pointer.child("x-pages");
    Some(match document.get(&pointer)? {
        Value::Bool(false) => Ok(None),
        Value::Object(members) => Declared { api, operation, pointer, members }.paging().map(Some),
        _ => Err((pointer, "`x-pages` must be an object, or `false`".to_owned())),
    })
}

struct Declared<'a> {
    api: &'a Api,
    operation: &'a Operation,
    pointer: Pointer,
    members: &'a Map<String, Value>,
}

impl Declared<'_> {
    fn paging(&self) -> Result<Paging, Problem> {
        let known = |key: &str| WAYS.contains(&key) || OTHERS.contains(&key);
        if let Some(key) = self.members.keys().find(|key| !known(key)) {
            return self.problem(key, format!("`x-pages` has no `{key}`"));
        }
        let Some(page) = json_page(self.operation) else {
            return self.problem("", "`x-pages` is on an operation that returns no JSON".to_owned());
        };
        let (items, item) = self.items(page)?;
        let next = self.next(page, &item)?;
        Ok(Paging { page: page.clone(), item, items, next, end: self.end(page)? })
    }

    fn items(&self, page: &TypeRef) -> Result<(Vec<Step>, TypeRef), Problem> {
        let only = |(step, item)| (vec![step], item);
        if !self.members.contains_key("items")
            && let TypeRef::Named(id) = self.api.unaliased(page)
        {
            let message = "a page does not have exactly one list: `items` must select it".to_owned();
            return only_list(self.api, *id).map(only).ok_or_else(|| (self.pointer.clone(), message));
        }
        let (steps, shape) = self.follow("items", page)?;
        match self.api.unaliased(&shape) {
            TypeRef::List(item) => Ok((steps, (**item).clone())),
            _ => self.problem("items", "`items` does not refer to a list".to_owned()),
        }
    }

    /// Returns what marks the last page.
    fn end(&self, page: &TypeRef) -> Result<Option<End>, Problem> {
        let flag = |key: &str| {
            if !self.members.contains_key(key) {
                return Ok(None);
            }
            let (steps, shape) = self.follow(key, page)?;
            match self.api.unaliased(&shape) {
                TypeRef::Scalar(Scalar::Bool) if !steps.is_empty() => Ok(Some(steps)),
                _ => self.problem(key, format!("`{key}` has to lead to a boolean")),
            }
        };
        Ok(match flag("has_more")? {
            Some(steps) => Some(End::False(steps)),
            None => flag("done")?.map(End::True),
        })
    }

    fn next(&self, page: &TypeRef, item: &TypeRef) -> Result<Next, Problem> {
        let ways: Vec<&str> = WAYS.into_iter().filter(|way| self.members.contains_key(*way)).collect();
        let [way] = ways.as_slice() else {
            return self
                .problem("", format!("`x-pages` must have one of `{}` besides `items`", WAYS.join("`, `")));
        };
        if !["token", "last_item"].contains(way) && self.members.contains_key("parameter") {
            return self.problem("parameter", "`parameter` goes with `token` or `last_item`".to_owned());
        }
        Ok(match *way {
            "url" => Next::Url(self.text("url", page)?),
            "token" => Next::Token(self.parameter("parameter")?, self.text("token", page)?),
            "last_item" => Next::LastItem(self.parameter("parameter")?, self.text("last_item", item)?),
            "offset" => Next::Offset(self.parameter("offset")?),
            "page" => Next::Page(self.parameter("page")?),
            _ if self.members.get("link") == Some(&Value::Bool(true)) => Next::Link,
            _ => return self.problem("link", "`link` must be `true`".to_owned()),
        })
    }

    fn text(&self, key: &str, page: &TypeRef) -> Result<Vec<Step>, Problem> {
        let (steps, shape) = self.follow(key, page)?;
        match self.api.unaliased(&shape) {
            TypeRef::Scalar(Scalar::String) if !steps.is_empty() => Ok(steps),
            _ => self.problem(key, "this does not refer to a string".to_owned()),
        }
    }

    /// Returns the query parameter that `key` names.
    fn parameter(&self, key: &str) -> Result<String, Problem> {
        let Some(name) = self.members.get(key).and_then(Value::as_str) else {
            return self.problem(key, format!("`{key}` names a query parameter"));
        };
        let is_named =
            |one: &&crate::ir::Parameter| one.place == Location::Query && one.name.as_str() == name;
        match self.operation.parameters.iter().find(is_named) {
            Some(parameter) => Ok(parameter.name.clone()),
            None => self.problem(key, format!("the operation has no query parameter `{name}`")),
        }
    }

    /// Follows the JSON pointer of `key` from a page. Returns the steps, and the type of the value
    /// there.
    fn follow(&self, key: &str, page: &TypeRef) -> Result<(Vec<Step>, TypeRef), Problem> {
        let said = self.members.get(key).map_or(Some(""), Value::as_str).and_then(Pointer::from_text);
        let Some(way) = said else {
            return self.problem(key, format!("`{key}` must be a JSON pointer into a page, as `/meta/next`"));
        };
        let (mut steps, mut here) = (Vec::new(), page);
        for name in way.tokens() {
            let TypeRef::Named(of) = self.api.unaliased(here) else { return self.absent(key, &name) };
            let Some(Shape::Struct(object)) = self.api.get(*of).map(|known| &known.shape) else {
                return self.absent(key, &name);
            };
            let found = object.fields.iter().enumerate().find(|(_, field)| field.key == name);
            let Some((field, declared)) = found else { return self.absent(key, &name) };
            steps.push(Step { of: *of, field });
            here = &declared.shape;
        }
        Ok((steps, here.clone()))
    }

    fn absent<T>(&self, key: &str, name: &str) -> Result<T, Problem> {
        self.problem(key, format!("a page has no member `{name}` there"))
    }

    fn problem<T>(&self, key: &str, message: String) -> Result<T, Problem> {
        let there = self.pointer.child(key);
        let is_there = self.members.contains_key(key);
        Err((if is_there { there } else { self.pointer.clone() }, message))
    }
}
