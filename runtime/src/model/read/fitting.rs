//! Determines the possible variants of a value.
//!
//! Input: a value's text, and a test for each variant. Output: the possible variants, best first.
//! The text is scanned once for all variants.

use super::{Read, Text, kind};
use crate::model::union::{Kinds, Member, Tag, Test};
use std::borrow::Cow;

/// Returns the variants whose tests a value passes, the one that declares most of its members
/// first.
pub(super) fn fitting(json: &str, tests: &[Test]) -> Vec<usize> {
    let scores = scores(&mut Text::new(json), &Vec::from_iter(tests)).unwrap_or_default();
    let scores = scores.into_iter().enumerate().filter_map(|(index, score)| Some((score?, index)));
    let mut scores: Vec<(usize, usize)> = scores.collect();
    scores.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    scores.into_iter().map(|(_, index)| index).collect()
}

/// Scans a value. For each test, returns `None` if the test fails, otherwise a score. The score of
/// an object or a list is the number of members that the variant declares, also inside list items.
fn scores(text: &mut Text<'_>, tests: &[&Test]) -> Read<Vec<Option<usize>>> {
    let of_kind = |kinds: Kinds, score: &dyn Fn(&Test) -> Option<usize>| {
        tests.iter().map(|test| if test.kinds.meets(kinds) { score(test) } else { None }).collect()
    };
    Ok(match text.peek()? {
        b'"' => {
            let text = text.string()?;
            of_kind(Kinds::STRING, &|test| test.score_of_string(&text))
        }
        b'{' => scores_of_object(text, tests)?,
        b'[' => scores_of_array(text, tests)?,
        b'n' => {
            text.word("null")?;
            of_kind(Kinds::NULL, &|_| Some(0))
        }
        b't' | b'f' => {
            text.skip()?;
            of_kind(Kinds::BOOL, &|_| Some(0))
        }
        _ => {
            let number = text.skip()?;
            let is_written_whole = number.bytes().all(|byte| byte == b'-' || byte.is_ascii_digit());
            let kinds = match (is_written_whole, super::integer(number)) {
                (true, _) => Kinds::INTEGER,
                (false, Ok(_)) => Kinds::INTEGER.or(Kinds::FRACTION),
                (false, Err(_)) => Kinds::FRACTION,
            };
            of_kind(kinds, &|_| Some(0))
        }
    })
}

/// The members of an object that a variant's test has matched.
#[derive(Clone, Copy, Default)]
struct Found {
    known: usize,
    required: usize,
    member: bool,
}

fn scores_of_object(text: &mut Text<'_>, tests: &[&Test]) -> Read<Vec<Option<usize>>> {
    let mut found = vec![Found::default(); tests.len()];
    let mut is_empty = true;
    each_member(text, |key, value| {
        is_empty = false;
        let mut looked_up = LookedUp::default();
        for (test, found) in tests.iter().zip(&mut found) {
            found.known += usize::from(test.known.contains(&key));
            found.required += usize::from(test.required.contains(&key));
            if let Some(member) = test.member
                && member.within.first().unwrap_or(&member.key) == &key
            {
                let text = looked_up.get(&member, value);
                found.member = text.is_some_and(|text| member.texts.contains(&text));
            }
        }
    })?;
    let score = |(test, found): (&&Test, Found)| {
        let asks = test.member.is_some() || !test.required.is_empty();
        let passes = test.kinds.meets(Kinds::OBJECT)
            && (test.member.is_none() || found.member)
            && found.required >= test.required.len();
        // A map accepts all members. It ranks above variants that declare none of them, and below
        // those that declare some.
        let keeps_all = !asks && test.known.is_empty() && !is_empty;
        passes.then_some(found.known + usize::from(asks || keeps_all))
    };
    Ok(tests.iter().zip(found).map(score).collect())
}

/// The text of the last requested member. Most variants request the same member, and its value may
/// be large.
#[derive(Default)]
struct LookedUp<'t> {
    member: Option<(&'static [&'static str], &'static str)>,
    text: Option<Cow<'t, str>>,
}

impl<'t> LookedUp<'t> {
    /// Returns the text of a member. `value` is the JSON of the member's first key.
    fn get(&mut self, member: &Member, value: &'t str) -> Option<&str> {
        let wanted = (member.within, member.key);
        if self.member != Some(wanted) {
            let keys = member.within.iter().skip(1).chain((!member.within.is_empty()).then_some(&member.key));
            let mut found = Some(value);
            for key in keys {
                found = found.and_then(|value| member_of(value, key));
            }
            self.member = Some(wanted);
            self.text = found.and_then(scalar);
        }
        self.text.as_deref()
    }
}

/// Returns the JSON of a member of a value. Returns `None` if the value is not an object with this
/// member.
pub(super) fn member_of<'t>(json: &'t str, wanted: &str) -> Option<&'t str> {
    let mut text = Text::new(json);
    if text.peek().ok()? != b'{' {
        return None;
    }
    let mut found = None;
    each_member(&mut text, |key, value| {
        if key == wanted {
            found = Some(value);
        }
    })
    .ok()?;
    found
}

fn scores_of_array(text: &mut Text<'_>, tests: &[&Test]) -> Read<Vec<Option<usize>>> {
    let of_items: Vec<&Test> = tests.iter().filter_map(|test| test.items).collect();
    let mut sums = vec![Some(0); of_items.len()];
    text.open()?;
    let mut more = text.peek()? != b']';
    while more {
        if of_items.is_empty() || text.peek()? == b'n' {
            text.skip()?;
        } else {
            for (sum, score) in sums.iter_mut().zip(scores(text, &of_items)?) {
                *sum = sum.zip(score).map(|(sum, score)| sum + score + 1);
            }
        }
        more = text.comma(b']')?;
    }
    text.close();
    let mut sums = sums.into_iter();
    let score = |test: &&Test| {
        let sum = test.items.and_then(|_| sums.next()).flatten().unwrap_or_default();
        test.kinds.meets(Kinds::ARRAY).then_some(sum)
    };
    Ok(tests.iter().map(score).collect())
}

/// Calls `read` with each member of an object, and its value's JSON.
fn each_member<'t>(text: &mut Text<'t>, mut read: impl FnMut(&str, &'t str)) -> Read {
    text.open()?;
    let mut more = text.peek()? != b'}';
    while more {
        let key = text.key()?;
        read(&key, text.skip()?);
        more = text.comma(b'}')?;
    }
    text.close();
    Ok(())
}

/// Returns the text of a scalar: a string's content, the notation of a number or boolean. An integer
/// has one text, however it is written: `1.0` is `1`.
fn scalar(json: &str) -> Option<Cow<'_, str>> {
    match json.as_bytes().first().copied().and_then(kind)? {
        "a string" => Text::new(json).string().ok(),
        "an object" | "an array" | "null" => None,
        "a number" if json.contains(['.', 'e', 'E']) => {
            let text = |number: i128| Cow::Owned(number.to_string());
            Some(super::number::integer(json).map_or(Cow::Borrowed(json), text))
        }
        _ => Some(Cow::Borrowed(json)),
    }
}

impl Tag {
    /// Returns the variant that the value's tag names.
    pub(super) fn variant(&self, json: &str) -> Option<usize> {
        let tag = scalar(member_of(json, self.key)?)?;
        self.texts.iter().position(|texts| texts.contains(&&*tag))
    }
}

impl Test {
    fn score_of_string(&self, text: &str) -> Option<usize> {
        if !self.texts.is_empty() {
            return self.texts.contains(&text).then_some(2);
        }
        Some(self.format.map_or(1, |is_valid| 2 * usize::from(is_valid(text))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn fitting(value: &serde_json::Value, tests: &[Test]) -> Vec<usize> {
        super::fitting(&value.to_string(), tests)
    }

    #[test]
    fn a_tag_names_its_variant() {
        const TAG: Tag =
            Tag { key: "kind", texts: &[&["cat"], &["dog", "hound"], &["1"], &["true"]], otherwise: None };
        for (json, variant) in [
            (json!({"kind": "hound"}), Some(1)),
            (json!({"a": {"kind": "cat"}, "kind": "dog"}), Some(1)),
            (json!({"kind": 1}), Some(2)),
            (json!({"kind": 1.0}), Some(2)),
            (json!({"kind": 1.5}), None),
            (json!({"kind": true}), Some(3)),
            (json!({"kind": "bird"}), None),
            (json!({"kind": null}), None),
            (json!({"kind": ["cat"]}), None),
            (json!({}), None),
            (json!("cat"), None),
            (json!(null), None),
        ] {
            assert_eq!(TAG.variant(&json.to_string()), variant, "{json}");
        }
        assert_eq!(TAG.variant(r#"{"kind": 10e-1}"#), Some(2));
        assert_eq!(TAG.variant(r#" { "k\u0069nd" : "c\u0061t" } "#), Some(0));
    }

    #[test]
    fn tests_tell_by_kind_text_member_and_what_is_known() {
        const NUMBER: Kinds = Kinds::INTEGER.or(Kinds::FRACTION);
        const TESTS: &[Test] = &[
            Test::of(NUMBER),
            Test::of(Kinds::STRING).texts(&["a"]),
            Test::of(Kinds::STRING),
            Test::of(Kinds::OBJECT).member("type", &["x"]),
            Test::of(Kinds::OBJECT).required(&["id"]).known(&["id"]),
            Test::of(Kinds::OBJECT).required(&["id"]).known(&["id", "name"]),
            Test::of(Kinds::OBJECT),
            Test::of(Kinds::ARRAY),
            Test::of(Kinds::ARRAY).items(&Test::of(Kinds::INTEGER)),
            Test::of(Kinds::ARRAY).items(&Test::of(Kinds::ARRAY).items(&Test::of(Kinds::STRING))),
            Test::of(Kinds::ARRAY).items(&Test::of(Kinds::OBJECT).known(&["id"])),
            Test::of(Kinds::ARRAY).items(&Test::of(Kinds::OBJECT).known(&["id", "name"])),
        ];
        for (value, expected) in [
            (json!(1), vec![0]),
            (json!(1.5), vec![0]),
            (json!("a"), vec![1, 2]),
            (json!("b"), vec![2]),
            (json!({"type": "x"}), vec![3, 6]),
            (json!({"id": 1}), vec![4, 5, 6]),
            (json!({"id": 1, "name": 2}), vec![5, 4, 6]),
            (json!({"z": 1}), vec![6]),
            (json!({}), vec![6]),
            (json!([]), vec![7, 8, 9, 10, 11]),
            (json!([1]), vec![8, 7, 9, 10, 11]),
            (json!([null, 1, 2]), vec![8, 7, 9, 10, 11]),
            (json!([1, true]), vec![7, 8, 9, 10, 11]),
            (json!([["a"], [null]]), vec![9, 7, 8, 10, 11]),
            (json!([{"id": 1}, {"name": 2}]), vec![11, 10, 7, 8, 9]),
            (json!(null), vec![]),
            (json!(true), vec![]),
        ] {
            assert_eq!(fitting(&value, TESTS), expected, "{value}");
        }
    }

    #[test]
    fn a_member_of_an_object_inside_tells_too() {
        const TESTS: &[Test] = &[
            Test::of(Kinds::OBJECT).member("type", &["created"]).within(&["inner"]),
            Test::of(Kinds::OBJECT).member("type", &["removed"]).within(&["inner"]),
            Test::of(Kinds::OBJECT).member("type", &["1"]).within(&["inner", "deep"]),
        ];
        for (value, expected) in [
            (json!({"type": "sync", "inner": {"type": "created"}}), vec![0]),
            (json!({"inner": {"a": 1, "type": "removed"}, "type": "sync"}), vec![1]),
            (json!({"inner": {"deep": {"type": 1}}}), vec![2]),
            (json!({"inner": {"type": "removed", "deep": {"type": 1}}}), vec![1, 2]),
            (json!({"type": "removed"}), vec![]),
            (json!({"inner": "removed"}), vec![]),
            (json!({"inner": {"type": {"type": "removed"}}}), vec![]),
        ] {
            assert_eq!(fitting(&value, TESTS), expected, "{value}");
        }
    }

    #[test]
    fn a_whole_number_is_an_integer_however_it_is_written() {
        const TESTS: &[Test] = &[Test::of(Kinds::INTEGER), Test::of(Kinds::FRACTION)];
        for (json, expected) in [("7", vec![0]), ("7.0", vec![0, 1]), ("7e0", vec![0, 1]), ("7.5", vec![1])] {
            assert_eq!(super::fitting(json, TESTS), expected, "{json}");
        }
    }

    #[test]
    fn a_string_is_of_the_format_that_it_has_and_else_of_none() {
        use crate::model::{Date, DateTime, Uuid};
        const TESTS: &[Test] = &[
            Test::of(Kinds::STRING).texts(&["2024-02-29", "never"]),
            Test::of(Kinds::STRING).format(DateTime::is_valid),
            Test::of(Kinds::STRING).format(Date::is_valid),
            Test::of(Kinds::STRING).format(Uuid::is_valid),
            Test::of(Kinds::STRING),
        ];
        for (text, first) in [
            ("never", 0),
            ("2024-02-29", 0),
            ("2024-02-29T12:00:00Z", 1),
            ("2024-02-28", 2),
            ("f81d4fae-7dec-11d0-a765-00a0c91e6bf6", 3),
            ("", 4),
        ] {
            assert_eq!(fitting(&json!(text), TESTS).first(), Some(&first), "{text}");
        }
        assert_eq!(fitting(&json!("none"), TESTS.get(1..4).unwrap()), [0, 1, 2]);
    }

    #[test]
    fn a_map_comes_before_what_knows_no_member() {
        const TESTS: &[Test] = &[Test::of(Kinds::OBJECT).known(&["a"]), Test::of(Kinds::OBJECT)];
        for (value, expected) in [
            (json!({}), [0, 1]),
            (json!({"a": 1}), [0, 1]),
            (json!({"a": 1, "new": 2}), [0, 1]),
            (json!({"z": 1}), [1, 0]),
        ] {
            assert_eq!(fitting(&value, TESTS), expected, "{value}");
        }
    }
}
