//! Writes a program that uses every public item of a client, from the client's lock.
//!
//! The program shows whether a change breaks callers: it is written from the old lock and compiled
//! against the new crate. It is never run.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::argument::Types;
use super::{Item, Lock};
use crate::plan::standard_trait;

impl Lock {
    /// Returns the program's source. `library` is the client crate's name in Rust code.
    pub fn caller(&self, library: &str) -> String {
        let mut members: BTreeMap<&str, Vec<&Item>> = BTreeMap::new();
        for item in &self.items {
            let scope = match item.kind.as_ref() {
                "argument" => item.path.split('(').next(),
                _ => item.path.rsplit_once("::").map(|(scope, _)| scope),
            };
            members.entry(scope.unwrap_or_default()).or_default().push(item);
        }
        let mut text = format!(
            "//! Uses every public item of `{library}`, so that the compiler sees each.\n\n\
             #![allow(clippy::all, dead_code, deprecated, non_snake_case, unused_imports, unused_mut, unused_variables)]\n\n\
             use std::collections::BTreeMap;\n\nuse {library}::*;\n\n\
             fn main() {{}}\n\n\
             fn any<T>() -> T {{\n    unimplemented!()\n}}\n"
        );
        let types = Types::new(&self.items);
        let mut number = 0;
        for item in &self.items {
            let own = members.get(item.path.as_str()).map(Vec::as_slice).unwrap_or_default();
            let lines = match item.kind.as_ref() {
                "type" => uses_of_type(item, own),
                "method" => {
                    let request = item.attributes.get("request").unwrap_or_default();
                    let setters = members.get(request).map(Vec::as_slice).unwrap_or_default();
                    uses_of_method(item, own, setters, &types)
                }
                "request" => uses_of_request(item, own, &types),
                "client" => uses_of_client(item),
                _ => continue,
            };
            if lines.is_empty() {
                continue;
            }
            number += 1;
            // Writing to a string can't fail.
            let _ = write!(text, "\n/// `{}`\nasync fn use_{number}(client: &Client) {{\n", item.path);
            lines.iter().for_each(|line| text.push_str(&format!("    {line}\n")));
            text.push_str("}\n");
        }
        if !self.items.iter().any(|item| item.kind == "client") {
            text.push_str("\nstruct Client;\n");
        }
        text
    }
}

fn get<'a>(item: &'a Item, name: &str) -> Option<&'a str> {
    item.attributes.get(name)
}

/// Returns the last part of an item's path, as an identifier.
fn name(item: &Item) -> String {
    identifier(item.path.rsplit(['(', ':']).next().unwrap_or_default().trim_end_matches(')'))
}

/// Returns a call without arguments of a method of the client or of a group: `client.issues().list()`
/// for `Client::issues::list`.
fn called(item: &Item) -> String {
    item.path
        .split("::")
        .skip(1)
        .fold("client".to_owned(), |all, name| format!("{all}.{}()", identifier(name)))
}

fn path(path: &str) -> String {
    path.split("::").map(identifier).collect::<Vec<_>>().join("::")
}

fn identifier(name: &str) -> String {
    crate::name::identifier(name)
}

/// Returns a type with its models' names as identifiers.
pub(super) fn shape(text: &str) -> String {
    let is_word = |c: char| c.is_alphanumeric() || c == '_' || c == ':';
    let mut all = String::new();
    let mut word = String::new();
    for c in text.chars().chain(['\n']) {
        if is_word(c) {
            word.push(c);
            continue;
        }
        all.push_str(&if word.contains("::") { path(&word) } else { word.clone() });
        word.clear();
        all.push(c);
    }
    all.pop();
    all.replace("Vec<", "std::vec::Vec<")
}

fn uses_of_client(item: &Item) -> Vec<String> {
    let server = if get(item, "server").is_some() { "" } else { "any::<&str>(), " };
    let constants = get(item, "oauth").unwrap_or_default().split(' ').filter_map(|pair| pair.split_once('='));
    let mut lines = vec![format!("let _ = Client::new({server}any::<Auth>());")];
    lines.extend(constants.map(|(name, _)| format!("let _: &str = Client::{name};")));
    lines
}

fn uses_of_type(item: &Item, members: &[&Item]) -> Vec<String> {
    let own = path(&item.path);
    let mut lines = vec![format!("let mut value: {own} = any();")];
    if get(item, "Default").is_some() {
        lines.push(format!("let _ = <{own} as Default>::default();"));
    }
    if let Some(arguments) = get(item, "new") {
        lines.push(format!("let _: {own} = {own}::new({});", given(arguments)));
    }
    let derives = get(item, "derives").unwrap_or_default().split(", ");
    lines.extend(
        derives.filter_map(standard_trait).map(|of| format!("{{ fn has<T: {of}>() {{}} has::<{own}>(); }}")),
    );
    if get(item, "shape") == Some("alias") {
        lines.push(format!("let _: {} = value;", shape(get(item, "type").unwrap_or_default())));
    }
    for member in members {
        let member_name = name(member);
        let shape = shape(get(member, "type").unwrap_or_default());
        match (member.kind.as_ref(), get(member, "value")) {
            ("field", _) => {
                lines.push(format!("let _: &{shape} = &value.{member_name};"));
                if get(member, "setter").is_some() {
                    let method =
                        format!("with_{}", member_name.trim_start_matches("r#").trim_start_matches('_'));
                    lines.push(format!("value = value.{method}(any::<{}>());", innermost(&shape)));
                }
            }
            ("variant", Some(_)) => lines.push(format!("let _ = {own}::{member_name};")),
            ("variant", None) => {
                lines.push(format!(
                    "if let {own}::{member_name}(inner) = &value {{ let _: &{shape} = inner; }}"
                ));
            }
            _ => {}
        }
    }
    match get(item, "base") {
        Some("String") => lines.push("let _: &str = value.as_str();".to_owned()),
        Some(_) => lines.push("let _: i64 = value.as_i64();".to_owned()),
        None => {}
    }
    lines
}

/// Returns a type without `Option` and `Box`.
fn innermost(shape: &str) -> &str {
    let inner = ["Option<", "Box<"].iter().find_map(|wrapper| shape.strip_prefix(wrapper)?.strip_suffix('>'));
    inner.map_or(shape, innermost)
}

/// Returns values for the arguments of a constructor, such as `(id: String, kind: models::Kind)`.
fn given(arguments: &str) -> String {
    let types = split(arguments).into_iter().map(|(_, of)| format!("any::<{}>()", shape(&of)));
    types.collect::<Vec<_>>().join(", ")
}

/// Splits a list of arguments into names and types.
fn split(arguments: &str) -> Vec<(String, String)> {
    let inner = arguments.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')).unwrap_or_default();
    let (mut depth, mut parts) = (0_i32, vec![String::new()]);
    for c in inner.chars() {
        depth += i32::from(matches!(c, '<' | '(')) - i32::from(matches!(c, '>' | ')'));
        match parts.last_mut() {
            Some(last) if c != ',' || depth > 0 => last.push(c),
            _ => parts.push(String::new()),
        }
    }
    let named = parts.iter().filter_map(|part| part.trim().split_once(": "));
    named.map(|(name, of)| (name.to_owned(), of.to_owned())).collect()
}

/// Returns the body of a function that calls the item.
fn body(item: &Item, types: &Types<'_>) -> Vec<String> {
    let Some(of) = get(item, "bodyType") else { return Vec::new() };
    let is_range = get(item, "mediaType").is_some_and(|media_type| media_type.contains('*'));
    let value = match of {
        "String" => "any::<&str>()".to_owned(),
        "Body" => "any::<transport::Body>()".to_owned(),
        _ if of.starts_with("requests::") || of == "Multipart" => format!("any::<{}>()", shape(of)),
        _ => types.argument(of),
    };
    is_range.then(|| "any::<&str>()".to_owned()).into_iter().chain([value]).collect()
}

fn uses_of_method(item: &Item, arguments: &[&Item], setters: &[&Item], types: &Types<'_>) -> Vec<String> {
    if let Some(group) = get(item, "group") {
        return vec![format!("let _: {}<'_> = {};", path(group), called(item))];
    }
    // The other methods of an operation have other bodies, and the same other arguments as the
    // first.
    let Some(list) = get(item, "arguments") else { return Vec::new() };
    let is_known = |argument_name: &str| arguments.iter().any(|item| name(item) == identifier(argument_name));
    let mut values: Vec<String> =
        split(list).iter().filter(|(name, _)| is_known(name)).map(|(_, of)| types.argument(of)).collect();
    if get(item, "body").is_some() {
        values.extend(body(item, types));
    }
    let method = called(item);
    let method = method.trim_end_matches("()");
    let mut lines = vec![format!("let mut request = {method}({});", values.join(", "))];
    for setter in setters.iter().filter(|setter| setter.kind == "setter" && get(setter, "result").is_none()) {
        let values = match get(setter, "bodyType") {
            Some(_) => body(setter, types),
            None => vec![types.argument(get(setter, "type").unwrap_or("String"))],
        };
        // An item without attributes is a variant of another item.
        if setter.attributes.is_empty() {
            if name(setter).ends_with("_empty") {
                lines.push(format!("request = request.{}();", name(setter)));
            }
            continue;
        }
        lines.push(format!("request = request.{}({});", name(setter), values.join(", ")));
    }
    let result = get(item, "result").unwrap_or("()");
    let is_stream = ["EventStream", "LineStream", "Bytes"].iter().any(|stream| result.starts_with(stream));
    let awaited = if is_stream { "let _".to_owned() } else { format!("let _: {}", shape(result)) };
    let first = lines.first().cloned().unwrap_or_default();
    lines.push(format!("{awaited} = request.send().await.unwrap();"));
    if let Some((of, _)) = get(item, "paging").and_then(|paging| paging.rsplit_once(" by ")) {
        lines.push(first.clone());
        lines.push("let mut items = request.items();".to_owned());
        let of = shape(of);
        lines.push(format!("while let Some(item) = items.next().await {{ let _: {of} = item.unwrap(); }}"));
    }
    for other in setters.iter().filter(|setter| setter.kind == "setter" && get(setter, "result").is_some()) {
        lines.push(first.clone());
        lines.push(format!("let _ = request.{}().await.unwrap();", name(other)));
    }
    lines
}

/// Returns a value for a part of a form.
fn part(of: &str, is_list: bool, types: &Types<'_>) -> String {
    match of {
        "Part" if is_list => "[any::<Part>()]".to_owned(),
        "Part" => "any::<Part>()".to_owned(),
        _ => types.argument(of),
    }
}

fn uses_of_request(item: &Item, members: &[&Item], types: &Types<'_>) -> Vec<String> {
    let own = path(&item.path);
    let mut lines = Vec::new();
    if let (Some(module), Some(name)) = (get(item, "module"), item.path.strip_prefix("requests::")) {
        lines.push(format!("let _ = any::<{}>;", path(&format!("requests::{module}::{name}"))));
    }
    if let Some(arguments) = get(item, "new") {
        let values = split(arguments).into_iter().map(|(name, of)| {
            let is_it = |member: &&&Item| member.path.ends_with(&format!("::{name}"));
            let is_list = members.iter().find(is_it).is_some_and(|member| get(member, "several").is_some());
            part(&of, is_list, types)
        });
        lines.push(format!("let _: {own} = {own}::new({});", values.collect::<Vec<_>>().join(", ")));
    }
    for member in members {
        match (member.kind.as_ref(), get(item, "shape")) {
            ("header", _) => {
                let of = shape(get(member, "type").unwrap_or("String"));
                lines.push(format!("let _: &Header<{of}> = &{own}::{};", name(member)));
            }
            ("outcome", _) => {
                let of = shape(get(member, "type").unwrap_or("()"));
                let name = name(member);
                lines.push(match of.as_str() {
                    "()" => format!("if let {own}::{name} = any::<{own}>() {{}}"),
                    "Bytes" => continue,
                    of => format!("if let {own}::{name}(inner) = any::<{own}>() {{ let _: {of} = inner; }}"),
                });
            }
            ("part", _) if get(member, "required").is_none() => {
                let value =
                    part(get(member, "type").unwrap_or("Part"), get(member, "several").is_some(), types);
                lines.push(format!("let _ = any::<{own}>().{}({value});", name(member)));
            }
            _ => {}
        }
    }
    lines
}
