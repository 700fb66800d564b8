//! RFC 6570's test suite, for the styles simple, label, matrix and form.
//!
//! The data is <https://github.com/uri-templates/uritemplate-test> at 4171dac, under the Apache
//! License 2.0, in `runtime/tests/uritemplate/`. A case runs if each of its expressions has an
//! operator of OpenAPI (none, `.`, `;`, `?`, `&`) and no prefix (`:3`).

use super::{style::Style, tree::Tree};
use crate::wire::percent::{Keep, encode};
use percent_encoding::percent_decode_str;

const FILES: &[(&str, &str)] = &[
    ("spec-examples", include_str!("../../tests/uritemplate/spec-examples.json")),
    ("spec-examples-by-section", include_str!("../../tests/uritemplate/spec-examples-by-section.json")),
    ("extended-tests", include_str!("../../tests/uritemplate/extended-tests.json")),
];

fn member<'a>(object: &'a Tree, key: &str) -> Option<&'a Tree> {
    let Tree::Object(members) = object else { panic!("an object") };
    members.iter().find(|(known, _)| known == key).map(|(_, value)| value)
}

fn items(list: &Tree) -> &[Tree] {
    match list {
        Tree::List(items) => items,
        other => std::slice::from_ref(other),
    }
}

/// Expands an expression, or returns `None` if OpenAPI has no style for it.
fn expression(text: &str, variables: &Tree) -> Option<Result<String, String>> {
    let operator = text.chars().next().filter(|first| "+#./;?&=,!@|".contains(*first));
    let (style, first, between) = match operator {
        None => (Style::SIMPLE, "", ","),
        Some('.') => (Style::LABEL, "", ""),
        Some(';') => (Style::MATRIX, "", ""),
        Some('?') => (Style::FORM, "?", "&"),
        Some('&') => (Style::FORM, "&", "&"),
        Some(_) => return None,
    };
    let mut parts = Vec::new();
    for name in text.get(operator.map_or(0, char::len_utf8)..)?.split(',') {
        let (name, explode) = name.strip_suffix('*').map_or((name, false), |name| (name, true));
        if name.contains(':') {
            return None;
        }
        let Some(value) = member(variables, name).filter(|value| **value != Tree::Null) else { continue };
        if matches!(value, Tree::List(parts) if parts.is_empty())
            || matches!(value, Tree::Object(parts) if parts.is_empty())
        {
            continue;
        }
        // OpenAPI's `.` between the parts of an exploded list is the same as RFC 6570's. Other
        // lists have a comma.
        let style = if explode { style.exploded() } else { style };
        // A document writes a parameter's name without escapes.
        let name = &*percent_decode_str(name).decode_utf8_lossy();
        let expanded = match operator {
            Some('?' | '&') => style.pairs(name, value, None).map(|pairs| {
                pairs.iter().map(|(name, text)| format!("{name}={text}")).collect::<Vec<_>>().join("&")
            }),
            _ => style.path(name, value),
        };
        match expanded {
            Ok(text) => parts.push(text),
            Err(problem) => return Some(Err(problem)),
        }
    }
    let first = if parts.is_empty() { "" } else { first };
    Some(Ok(format!("{first}{}", parts.join(between))))
}

/// Copies a literal. Escapes stay as they are (RFC 6570 §3.1).
fn copy(literal: &str, out: &mut String) {
    for (index, part) in literal.split('%').enumerate() {
        out.push_str(if index == 0 { "" } else { "%" });
        encode(part, Keep::Reserved, out);
    }
}

fn expand(template: &str, variables: &Tree) -> Option<Result<String, String>> {
    let (mut expanded, mut rest, mut seen) = (String::new(), template, false);
    while let Some((literal, tail)) = rest.split_once('{') {
        let (inner, tail) = tail.split_once('}')?;
        copy(literal, &mut expanded);
        match expression(inner, variables)? {
            Ok(text) => expanded.push_str(&text),
            Err(problem) => return Some(Err(problem)),
        }
        (rest, seen) = (tail, true);
    }
    copy(rest, &mut expanded);
    seen.then_some(Ok(expanded))
}

#[test]
fn the_test_suite_of_rfc_6570() {
    let (mut passed, mut refused, mut skipped, mut wrong) = (0, Vec::new(), 0, Vec::new());
    for (file, text) in FILES {
        let Tree::Object(groups) = Tree::parse(text).unwrap() else { panic!("an object") };
        for (_, group) in groups {
            let variables = member(&group, "variables").unwrap();
            for case in items(member(&group, "testcases").unwrap()) {
                let template = items(case)[0].text().unwrap();
                let expected: Vec<&str> = items(&items(case)[1]).iter().filter_map(Tree::text).collect();
                match expand(template, variables) {
                    None => skipped += 1,
                    Some(Ok(text)) if expected.contains(&&*text) => passed += 1,
                    Some(Ok(text)) => wrong.push(format!("{file}: {template} is {text}, not {expected:?}")),
                    Some(Err(_)) => refused.push(template.to_owned()),
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(refused.is_empty(), "{refused:?}");
    assert_eq!((passed, skipped), (123, 111));
}
