//! Sorts `use` items as rustfmt does: the version sort of the style edition 2024.

use std::cmp::Ordering;

/// Compares two identifiers: digits as numbers, `_` first, then by character.
fn version(a: &str, b: &str) -> Ordering {
    let (mut left, mut right) = (plain(a), plain(b));
    loop {
        let order = match (next(&mut left), next(&mut right)) {
            (None, None) => return a.cmp(b),
            (Some(Part::Number(one)), Some(Part::Number(other))) => {
                let (short, long) = (one.trim_start_matches('0'), other.trim_start_matches('0'));
                let order = short.len().cmp(&long.len()).then_with(|| short.cmp(long));
                order.then_with(|| other.len().cmp(&one.len()))
            }
            (one, other) => rank(one).cmp(&rank(other)),
        };
        if order != Ordering::Equal {
            return order;
        }
    }
}

/// Compares two paths segment by segment: `self`, `super` and `crate` come before names.
pub(super) fn path(a: &str, b: &str) -> Ordering {
    let key = |segment: &str| match segment {
        "self" => 0,
        "super" => 1,
        "crate" => 2,
        list if list.starts_with('{') => 4,
        _ => 3,
    };
    let (mut left, mut right) = (a.split("::"), b.split("::"));
    loop {
        match (left.next(), right.next()) {
            (None, None) => return Ordering::Equal,
            (None, Some(_)) => return Ordering::Less,
            (Some(_), None) => return Ordering::Greater,
            (Some(one), Some(other)) => {
                let order = key(one).cmp(&key(other)).then_with(|| version(one, other));
                if order != Ordering::Equal {
                    return order;
                }
            }
        }
    }
}

fn plain(name: &str) -> &str {
    name.strip_prefix("r#").unwrap_or(name)
}

/// A part of an identifier.
enum Part<'a> {
    Number(&'a str),
    Character(char),
}

/// Takes the next part of an identifier.
fn next<'a>(name: &mut &'a str) -> Option<Part<'a>> {
    let first = name.chars().next()?;
    let is_number = first.is_ascii_digit();
    let end = name.find(|c: char| !c.is_ascii_digit()).unwrap_or(name.len());
    let (part, rest) = name.split_at(if is_number { end } else { first.len_utf8() });
    *name = rest;
    Some(if is_number { Part::Number(part) } else { Part::Character(first) })
}

/// Returns the sort rank of a part. The end of a name (`None`) is first, then `_`.
fn rank(part: Option<Part<'_>>) -> Option<u32> {
    part.map(|part| match part {
        Part::Character('_') => 0,
        Part::Character(c) => u32::from(c),
        Part::Number(digits) => digits.chars().next().map_or(0, u32::from),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_count_as_numbers_and_an_underscore_comes_first() {
        let mut names = ["x10", "x2", "x_a", "xa", "X", "r#type", "typed", "a", "_b"];
        names.sort_by(|a, b| version(a, b));
        assert_eq!(names, ["_b", "X", "a", "r#type", "typed", "x_a", "x2", "x10", "xa"]);
    }

    #[test]
    fn relative_paths_come_before_names() {
        let mut paths = ["std::fmt", "runtime::model", "crate::models", "super::Pet", "runtime::{A, b}"];
        paths.sort_by(|a, b| path(a, b));
        assert_eq!(paths, ["super::Pet", "crate::models", "runtime::model", "runtime::{A, b}", "std::fmt"]);
    }
}
