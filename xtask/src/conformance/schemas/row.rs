//! The figures of one keyword.
//!
//! Input: components, and the outcomes of their tests. Output: counts, and a [`Miss`] for each test
//! with a wrong outcome.

use super::component::Component;
use super::program::Outcome;
use super::suite::Test;
use crate::corpus::difference::differences;
use serde_json::Value;

/// The suite's files of the keywords that decoding or `validate()` checks, as listed in
/// `docs/src/support.md`.
const CLAIMED: &[&str] = &[
    "type",
    "required",
    "minLength",
    "maxLength",
    "pattern",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "minItems",
    "maxItems",
    "uniqueItems",
    "minProperties",
    "maxProperties",
    "optional/ecmascript-regex",
    "optional/non-bmp-regex",
];

/// Reasons for outcomes that differ from the suite: the suite's file or the component, a part of
/// the problem, the reason.
const EXPLAINED: &[(Where, &str, &str)] = &[
    (Where::Untyped, "not decoded: expected an object", NO_TYPE),
    (Where::Untyped, "not decoded: expected an array", NO_TYPE),
    (
        Where::File("optional/bignum"),
        "not decoded: number out of range",
        "an `integer` without bounds is an `i64`",
    ),
    (
        Where::File("optional/float-overflow"),
        "number out of range",
        "an `integer` without bounds is an `i64`",
    ),
    (
        Where::File("optional/bignum"),
        "at most 18446744073709551615",
        "`validate()` sees a `number` as an `f64`",
    ),
    (
        Where::Keyword("patternProperties"),
        NOT_REFUSED,
        "`patternProperties` and `additionalProperties: false` type members, and refuse none",
    ),
    (
        Where::Keyword("prefixItems"),
        NOT_REFUSED,
        "a list whose items have several types is a list of any JSON",
    ),
    (Where::TypeList, NOT_REFUSED, "a value of no variant is kept as `Unknown`"),
];

const NO_TYPE: &str = "without `type`, `properties`, `required` and the like mean an object, `items` a list";
const NOT_REFUSED: &str = "invalid, and not refused";

/// The components that a reason applies to.
#[derive(Debug)]
enum Where {
    File(&'static str),
    /// Components without `type`.
    Untyped,
    /// Components with this keyword.
    Keyword(&'static str),
    /// Components with a list of types.
    TypeList,
}

impl Where {
    fn applies(&self, component: &Component) -> bool {
        let keyword = |key: &str| component.schema.get(key);
        match self {
            Self::File(file) => component.file == *file,
            Self::Untyped => keyword("type").is_none(),
            Self::Keyword(key) => keyword(key).is_some(),
            Self::TypeList => keyword("type").is_some_and(Value::is_array),
        }
    }
}

/// The figures of one keyword of a draft.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Row {
    /// Schemas as the suite has them, and schemas with an added `type`.
    pub(super) schemas: usize,
    /// Schemas that OpenAPI does not have.
    pub(super) apart: usize,
    /// Schemas with a Rust type other than any JSON.
    pub(super) lowered: usize,
    pub(super) valid: usize,
    pub(super) decoded: usize,
    pub(super) same: usize,
    /// Invalid values of lowered schemas.
    pub(super) invalid: usize,
    pub(super) refused: usize,
}

/// A test with a wrong outcome.
#[derive(Debug)]
pub(super) struct Miss {
    pub(super) file: String,
    pub(super) group: String,
    pub(super) is_typed: bool,
    pub(super) test: String,
    pub(super) problem: String,
    /// The reason, if the outcome is as intended.
    pub(super) reason: Option<&'static str>,
}

/// Returns true if invalid values of the keyword must be refused.
pub(super) fn is_claimed(file: &str) -> bool {
    CLAIMED.contains(&file)
}

impl Row {
    pub(super) fn add(&mut self, other: Self) {
        for (sum, one) in [
            (&mut self.schemas, other.schemas),
            (&mut self.apart, other.apart),
            (&mut self.lowered, other.lowered),
            (&mut self.valid, other.valid),
            (&mut self.decoded, other.decoded),
            (&mut self.same, other.same),
            (&mut self.invalid, other.invalid),
            (&mut self.refused, other.refused),
        ] {
            *sum += one;
        }
    }

    /// Counts a component and the outcomes of its tests. Returns the wrong outcomes.
    pub(super) fn count(
        &mut self,
        component: &Component,
        ty: Option<&str>,
        outcomes: &[Outcome],
    ) -> Vec<Miss> {
        self.schemas += 1;
        self.lowered += usize::from(ty.is_some());
        let mut misses = Vec::new();
        for (test, outcome) in component.tests.iter().zip(outcomes) {
            let problem = if test.valid {
                self.valid += 1;
                let problem = changed(test, outcome);
                self.decoded += usize::from(outcome.error.is_none());
                self.same += usize::from(problem.is_none());
                problem
            } else if ty.is_some() {
                let is_refused = outcome.error.is_some() || outcome.violations.is_some();
                self.invalid += 1;
                self.refused += usize::from(is_refused);
                let is_miss = !is_refused && is_claimed(&component.file);
                is_miss.then(|| NOT_REFUSED.to_owned())
            } else {
                None
            };
            let reason = |problem: &str| {
                let mut known = EXPLAINED.iter();
                let known = known.find(|(place, part, _)| place.applies(component) && problem.contains(part));
                known.map(|(_, _, reason)| *reason)
            };
            misses.extend(problem.map(|problem| Miss {
                reason: reason(&problem),
                file: component.file.clone(),
                group: component.description.clone(),
                is_typed: component.is_typed,
                test: format!("{} (as `{}`): {}", test.description, ty.unwrap_or("AnyJson"), test.data.get()),
                problem,
            }));
        }
        misses
    }
}

/// Returns the difference between a valid value and its outcome.
fn changed(test: &Test, outcome: &Outcome) -> Option<String> {
    let Some(encoded) = &outcome.encoded else {
        return Some(format!("not decoded: {}", outcome.error.as_deref().unwrap_or_default()));
    };
    if let Some(violations) = &outcome.violations {
        return Some(format!("valid, and refused: {violations}"));
    }
    let shown = format!("{{\"value\":{}}}", test.data.get());
    let read = |text: &str| serde_json::from_str::<Value>(text).unwrap_or_default();
    let found = differences(&read(&shown), &read(encoded));
    match found.first() {
        Some(first) => Some(format!("{} at {}: {encoded}", first.way.words(), first.place)),
        None if long_numbers(&shown) != long_numbers(encoded) => Some(format!("digits are lost: {encoded}")),
        None => None,
    }
}

/// Returns the numbers of a JSON text that an `f64` may round.
fn long_numbers(json: &str) -> Vec<&str> {
    let outside = json.split('"').step_by(2).flat_map(|text| text.split([',', '[', ']', '{', '}', ':', ' ']));
    let long =
        outside.map(|token| token.strip_suffix(".0").unwrap_or(token)).filter(|token| token.len() > 15);
    let mut found: Vec<&str> = long.collect();
    found.sort_unstable();
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;
    use serde_json::value::RawValue;

    fn outcome(data: &str, encoded: &str) -> Option<String> {
        let data = RawValue::from_string(data.to_owned()).unwrap();
        let test = Test { description: String::new(), data, valid: true };
        let encoded = Some(format!("{{\"value\":{encoded}}}"));
        changed(&test, &Outcome { error: None, encoded, violations: None })
    }

    #[test]
    fn a_change_of_a_value_is_found() {
        for (data, encoded) in [("[1.0]", "[1]"), ("9007199254740992.0", "9007199254740992"), ("{}", "{}")] {
            assert_eq!(outcome(data, encoded), None, "{data}");
        }
        for (data, encoded) in
            [("[1]", "[2]"), (r#"{"a":null}"#, "{}"), ("18446744073709551617", "18446744073709551616")]
        {
            assert!(outcome(data, encoded).is_some(), "{data}");
        }
    }

    #[test]
    fn invalid_values_must_be_refused_where_it_is_documented() {
        let test = |data: &str, valid| Test {
            description: String::new(),
            data: RawValue::from_string(data.to_owned()).unwrap(),
            valid,
        };
        let component = |file: &str| Component {
            file: file.to_owned(),
            description: String::new(),
            schema: json!({ "type": "string" }),
            tests: vec![test("1", false)],
            is_typed: false,
        };
        let kept = || Outcome { error: None, encoded: Some("{\"value\":1}".to_owned()), violations: None };
        for (file, misses) in [("maxLength", 1), ("not", 0)] {
            let mut row = Row::default();
            assert_eq!(row.count(&component(file), Some("String"), &[kept()]).len(), misses);
            assert_eq!((row.lowered, row.invalid, row.refused), (1, 1, 0));
        }
    }
}
