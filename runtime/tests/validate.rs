//! `validate()`, compared with two independent judges: a JSON Schema validator, and an ECMA-262
//! engine for patterns.

#![cfg(feature = "validate")]
#![allow(clippy::indexing_slicing, clippy::unwrap_used, reason = "tests stop at the first surprise")]

use runtime::{
    model::{self, Encode, Rule, Rules, Validate, View},
    serde_json::{Map, Value, from_value, json, to_value},
};
use std::collections::{BTreeMap, BTreeSet};

#[derive(Default)]
struct Node {
    name: String,
    size: Option<f64>,
    next: Option<Box<Node>>,
    parts: Vec<Node>,
    by_name: Option<BTreeMap<String, Option<Node>>>,
    at: Option<runtime::model::DateTime>,
    additional: BTreeMap<String, Value>,
}

model::object! {
    Node {
        0 name: required("name").rules(&[Rule::MinLength(1), Rule::MaxLength(3)]),
        1 size: optional("size").rules(&[Rule::ExclusiveMinimum("0"), Rule::MultipleOf("0.01")]),
        2 next: optional("next"),
        3 parts: required("parts").rules(&[Rule::MaxItems(2), Rule::UniqueItems]),
        4 by_name: optional("by name").rules(&[Rule::MinProperties(1)]),
        5 at: optional("at").rules(&[Rule::Pattern("^2023-")]),
    }
    map { 6 additional }
    table {
        .additional()
        .additional_rules(&[Rule::MaxLength(2), Rule::Each(&[Rule::Maximum("1e1")])])
        .rules(&[Rule::MaxProperties(7)])
    }
}

fn node(name: &str) -> Node {
    Node { name: name.to_owned(), ..Node::default() }
}

#[track_caller]
fn finds(node: &Node, expected: &[(&str, Rule)]) {
    let found: Vec<_> = match node.validate() {
        Ok(()) => vec![],
        Err(violations) => violations.iter().map(|one| (one.path().to_owned(), one.rule())).collect(),
    };
    let found: Vec<_> = found.iter().map(|(path, rule)| (path.as_str(), *rule)).collect();
    assert_eq!(found, expected);
}

#[test]
fn valid_values_have_no_violations() {
    let full = Node {
        size: Some(19.99),
        next: Some(Box::new(node("b"))),
        parts: vec![node("a"), node("b")],
        by_name: Some([("x".to_owned(), None)].into()),
        at: Some("2023-05-04T00:00:00Z".parse().unwrap()),
        additional: [("x".to_owned(), json!([10]))].into(),
        ..node("äöü")
    };
    finds(&full, &[]);
    finds(&Node { size: Some(f64::NAN), ..node("a") }, &[]);
}

#[test]
fn every_violation_has_its_path() {
    let broken = Node {
        size: Some(-0.001),
        next: Some(Box::new(Node { next: Some(Box::new(node(""))), ..node("long") })),
        parts: vec![node("a"), node("a"), Node { parts: vec![node("")], ..node("b") }],
        by_name: Some([("it's".to_owned(), Some(node("long"))), ("x".to_owned(), None)].into()),
        at: Some("2024-05-04T00:00:00Z".parse().unwrap()),
        additional: [("x".to_owned(), json!([10.5, 1])), ("y".to_owned(), json!("😀😀😀"))].into(),
        ..node("")
    };
    finds(
        &broken,
        &[
            ("$", Rule::MaxProperties(7)),
            ("$.name", Rule::MinLength(1)),
            ("$.size", Rule::ExclusiveMinimum("0")),
            ("$.size", Rule::MultipleOf("0.01")),
            ("$.next.name", Rule::MaxLength(3)),
            ("$.next.next.name", Rule::MinLength(1)),
            ("$.parts", Rule::MaxItems(2)),
            ("$.parts", Rule::UniqueItems),
            ("$.parts[2].parts[0].name", Rule::MinLength(1)),
            (r"$['by name']['it\'s'].name", Rule::MaxLength(3)),
            ("$.at", Rule::Pattern("^2023-")),
            ("$.x[0]", Rule::Maximum("1e1")),
            ("$.y", Rule::MaxLength(2)),
        ],
    );
    let empty = Node { by_name: Some(BTreeMap::new()), ..node("a") };
    finds(&empty, &[("$['by name']", Rule::MinProperties(1))]);
}

#[derive(Clone, Debug, PartialEq)]
enum Color {
    Red,
    Unknown(String),
}

model::symbols! { Color { Red = "red", } }

#[derive(Clone, Debug, PartialEq)]
enum Level {
    One,
    Unknown(i64),
}

model::integers! { Level { One = 1, } }

struct Painted {
    color: Color,
    any: Option<Color>,
    colors: Vec<Color>,
    anything: Vec<Color>,
    level: Level,
}

model::object! {
    Painted {
        0 color: required("color"),
        1 any: optional("any").rules(&[Rule::OpenEnum]),
        2 colors: required("colors").rules(&[Rule::MinItems(1)]),
        3 anything: required("anything").rules(&[Rule::Each(&[Rule::OpenEnum])]),
        4 level: required("level"),
    }
}

#[test]
fn values_that_an_enum_does_not_list_are_violations_unless_it_is_open() {
    let painted: Painted = from_value(json!({
        "color": "red", "any": "blue", "colors": ["red"], "anything": ["blue"], "level": 1.0
    }))
    .unwrap();
    assert_eq!(painted.validate(), Ok(()));
    let text = r#"{"color":"blue","any":"red","colors":["red","blue"],"anything":[],"level":2}"#;
    let painted: Painted = model::from_json(text).unwrap();
    let violations = painted.validate().unwrap_err();
    let expected = ["color", "colors[1]", "level"].map(|path| format!("$.{path}: one of the listed values"));
    assert_eq!(violations.to_string(), expected.join("; "));
    assert_eq!(model::to_json(&painted).unwrap(), text);
    assert_eq!(violations.iter().next().map(|one| one.rule().keyword()), Some("enum"));
    // A listed value in the variant of unlisted ones is listed.
    assert_eq!(vec![Color::Unknown("red".to_owned())].validate(), Ok(()));
    assert_eq!(vec![Level::Unknown(1)].validate(), Ok(()));
    assert!(vec![Level::Unknown(3)].validate().is_err());
}

#[test]
fn a_tuple_is_an_array() {
    let pair = BTreeMap::from([("pair".to_owned(), (node("a"), Some(Box::new(node("long")))))]);
    let violations = pair.validate().unwrap_err();
    assert_eq!(violations.to_string(), "$.pair[1].name: length at most 3");
}

#[test]
fn a_violation_contains_no_value() {
    let violations = Node { size: Some(-1.0), ..node("canary") }.validate().unwrap_err();
    assert_eq!(violations.to_string(), "$.name: length at most 3; $.size: greater than 0");
    assert!(!format!("{violations:?}").contains("canary"));
    let rules = violations.into_iter().map(|violation| violation.rule().keyword());
    assert_eq!(rules.collect::<Vec<_>>(), ["maxLength", "exclusiveMinimum"]);
}

/// Combinations of rules for one place.
const PLACES: &[Rules] = &[
    &[],
    &[Rule::MinLength(2)],
    &[Rule::MaxLength(3), Rule::Minimum("0"), Rule::MaxItems(1)],
    &[Rule::MinLength(0), Rule::MaxLength(0)],
    &[Rule::Pattern("^[a-c]*$"), Rule::MinProperties(2)],
    &[Rule::Pattern(r"\d"), Rule::UniqueItems],
    &[Rule::Minimum("1.5"), Rule::Maximum("10")],
    &[Rule::ExclusiveMinimum("0"), Rule::ExclusiveMaximum("1e2")],
    &[Rule::Maximum("18446744073709551615"), Rule::Minimum("-9223372036854775808")],
    &[Rule::ExclusiveMinimum("9223372036854775807")],
    &[Rule::MultipleOf("2"), Rule::MultipleOf("3")],
    &[Rule::MultipleOf("0.01")],
    &[Rule::MultipleOf("0.5")],
    &[Rule::MinItems(1), Rule::MaxItems(2), Rule::UniqueItems],
    &[Rule::MinProperties(1), Rule::MaxProperties(1), Rule::Each(&[Rule::MaxLength(1)])],
    &[Rule::UniqueItems, Rule::Each(&[Rule::Minimum("1"), Rule::UniqueItems, Rule::MinProperties(1)])],
    &[Rule::Each(&[Rule::Each(&[Rule::Maximum("1"), Rule::MinLength(1)]), Rule::MinItems(2)])],
];

/// Returns the rules as JSON Schema 2020-12.
fn schema(rules: Rules) -> Value {
    let number = |text: &str| runtime::serde_json::from_str(text).unwrap();
    let mut all = Vec::new();
    for rule in rules {
        let value = match rule {
            Rule::MinLength(count) | Rule::MaxLength(count) => json!(count),
            Rule::MinItems(count) | Rule::MaxItems(count) => json!(count),
            Rule::MinProperties(count) | Rule::MaxProperties(count) => json!(count),
            Rule::Pattern(text) => json!(text),
            Rule::UniqueItems => json!(true),
            Rule::Each(inner) => {
                let inner = schema(inner);
                all.push(json!({"additionalProperties": inner}));
                inner
            }
            Rule::Minimum(text)
            | Rule::ExclusiveMinimum(text)
            | Rule::Maximum(text)
            | Rule::ExclusiveMaximum(text)
            | Rule::MultipleOf(text) => number(text),
            _ => continue,
        };
        all.push(Value::Object(Map::from_iter([(rule.keyword().to_owned(), value)])));
    }
    json!({ "allOf": [{}], "$defs": {} }).as_object().map_or(Value::Null, |schema| {
        let mut schema = schema.clone();
        schema["allOf"].as_array_mut().unwrap().extend(all);
        Value::Object(schema)
    })
}

/// Pseudo-random numbers from a seed (xorshift).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % 1_000_003).unwrap() % limit
    }

    fn value(&mut self, depth: usize) -> Value {
        let strings = ["", "a", "é", "ab", "abc", "a1", "😀😀", "٣", "abcd", "a\nb"];
        // No number has so many digits that the judge rounds it.
        let numbers = "0 1 -1 1.0 1.5 2.5 6 10 100 99.99 0.07 0.075 19.99 -0.01 1e2 1e20 4.35 1.1 -6 5 0.29 \
                       9223372036854775807 9223372036854775808 18446744073709551615 -9223372036854775808";
        let numbers: Vec<&str> = numbers.split(' ').collect();
        let count = self.below(4);
        match self.below(if depth == 0 { 6 } else { 10 }) {
            0 => [Value::Null, json!(true), json!(false)][self.below(3)].clone(),
            1 | 2 => json!(strings[self.below(strings.len())]),
            3..=5 => runtime::serde_json::from_str(numbers[self.below(numbers.len())]).unwrap(),
            6..=8 => (0..count).map(|_| self.value(depth - 1)).collect(),
            _ => Value::Object((0..count).map(|_| (self.key(), self.value(depth - 1))).collect()),
        }
    }

    fn key(&mut self) -> String {
        ["a", "b", "key", "a b", "0", "it's"][self.below(6)].to_owned()
    }
}

/// Returns a JSON pointer in RFC 9535's notation.
fn path(pointer: &str, root: &Value) -> String {
    let mut path = "$".to_owned();
    let mut here = root;
    for token in pointer.split('/').skip(1) {
        let token = token.replace("~1", "/").replace("~0", "~");
        if let Value::Array(items) = here {
            path += &format!("[{token}]");
            here = &items[token.parse::<usize>().unwrap()];
            continue;
        }
        here = &here[token.as_str()];
        path += &match token.as_str() {
            "a b" => "['a b']".to_owned(),
            "it's" => r"['it\'s']".to_owned(),
            "0" => "['0']".to_owned(),
            name => format!(".{name}"),
        };
    }
    path
}

#[test]
fn any_value_has_the_violations_that_a_json_schema_validator_finds() {
    let mut numbers = Numbers(88_172_645_463_325_252);
    let mut violations = 0;
    for rules in PLACES {
        let validator = jsonschema::validator_for(&schema(rules)).unwrap();
        for _ in 0..2_000 {
            let value = numbers.value(3);
            let expected: BTreeSet<(String, String)> = validator
                .iter_errors(&value)
                .map(|error| {
                    (path(error.instance_path().as_str(), &value), error.kind().keyword().to_owned())
                })
                .collect();
            let found = Holder(value.clone(), rules).validate();
            let found = found.map_or_else(|all| all.into_iter().collect(), |()| vec![]);
            let found: BTreeSet<(String, String)> =
                found.iter().map(|one| (one.path().to_owned(), one.rule().keyword().to_owned())).collect();
            assert_eq!(found, expected, "{value} by {rules:?}");
            violations += found.len();
        }
    }
    assert!(violations > 4_000, "only {violations} violations");
}

/// A value with rules.
struct Holder<T>(T, Rules);

impl<T: Encode> Encode for Holder<T> {
    fn view(&self) -> View<'_> {
        View::Checked(&self.0, self.1)
    }
}

#[test]
fn violations_are_limited() {
    let many = Holder(json!(vec![""; 100_000]), &[Rule::Each(&[Rule::MinLength(1), Rule::Pattern("a")])]);
    let violations = many.validate().unwrap_err();
    assert_eq!(violations.iter().count(), 1000);
    assert!(!violations.is_complete());
    assert!(violations.to_string().ends_with("; the check ended here, and there may be more"));
    let rules: Rules = &[Rule::Each(&[Rule::MinLength(1)])];
    let thousand = Holder(json!(vec![""; 1000]), rules).validate().unwrap_err();
    assert!(thousand.is_complete() && thousand.iter().count() == 1000);
    // Values after the limit may be valid.
    let mixed = Holder(json!([vec![""; 1000], vec!["a"]].concat()), rules).validate().unwrap_err();
    assert!(!mixed.is_complete());
}

#[test]
fn typed_values_are_checked_as_their_json() {
    let rules: Rules = &[
        Rule::MinLength(11),
        Rule::Minimum("5"),
        Rule::MaxItems(1),
        Rule::MaxProperties(1),
        Rule::Each(&[Rule::Maximum("6")]),
    ];
    #[track_caller]
    fn same<T: Encode + model::Serialize>(value: T, rules: Rules) {
        let json = to_value(&value).unwrap();
        assert_eq!(Holder(value, rules).validate(), Holder(json, rules).validate());
    }
    same(4_u8, rules);
    same(-4_i64, rules);
    same(u64::MAX, rules);
    same(4.5, rules);
    same(true, rules);
    same("short".to_owned(), rules);
    same(Some(vec![7, 5]), rules);
    same(None::<i32>, rules);
    same(Box::new(3), rules);
    same(BTreeMap::from([("a".to_owned(), 7), ("b".to_owned(), 6)]), rules);
    same("2023-05-04".parse::<runtime::model::Date>().unwrap(), rules);
    same("2023-05-04T00:00:00Z".parse::<runtime::model::DateTime>().unwrap(), rules);
    same(runtime::model::Uuid::from(runtime::uuid::Uuid::nil()), rules);
    same(runtime::model::UnixTime::from_number(2), rules);
    same(runtime::model::Number::from(3), rules);
    let lists: Vec<BTreeMap<String, i32>> = from_value(json!([{"a": 9}, {"a": 1, "b": 2}])).unwrap();
    same(lists, &[Rule::Each(&[Rule::MaxProperties(1), Rule::Each(&[Rule::Maximum("6")])])]);
}

#[test]
fn patterns_match_as_ecma_262_says() {
    let patterns = r"^AC[0-9a-fA-F]{32}$ ^\d+$ ^\w+$ ^\s$ ^\S+$ ^\D$ ^\W$ ^.$ ^.*$ a|b ^(a|b)+$ ^[^a]$ ^[\w-]+$ ^[\w.\-]*$
        ^a{2,3}$ ^(?:ab)?c$ ^\/a$ ^[a&&b]$ ^[+--]$ ^[[a]$ ^\u0041$ ^\x41$ ^\p{L}+$ $ ^ ^\.$ ^(?=a)[a-c]+$ ^(?!b)[a-c]+$
        ^(a)\1$ ^[^\s]+$ ^[\d\-]+$ ^\t$ ^[\u00e0-\u00ff]$ ^(?<x>a)b$ ^a+?$ ^[\s\S]$ ^\cA$ ^(?:[a-c]{2})*$";
    let alphabet: Vec<char> =
        "abcABz019-_./& é\u{e4}\u{feff}\u{a0}\n\r\t\u{2028}\u{85}😀٣ſK[]^A\u{1}\\".chars().collect();
    let mut numbers = Numbers(7);
    for pattern in patterns.split_whitespace() {
        let unicode = regress::Regex::with_flags(pattern, "u");
        let judge = unicode.or_else(|_| regress::Regex::new(pattern)).unwrap();
        let rules: Rules = vec![Rule::Pattern(pattern)].leak();
        for _ in 0..2_000 {
            let length = numbers.below(5);
            let text: String = (0..length).map(|_| alphabet[numbers.below(alphabet.len())]).collect();
            let is_found = Holder(text.clone(), rules).validate().is_ok();
            assert_eq!(is_found, judge.find(&text).is_some(), "{pattern} on {text:?}");
        }
    }
}

#[test]
fn no_text_makes_a_pattern_slow() {
    let text = json!("a".repeat(100_000) + "!");
    let holds = |pattern| Holder(text.clone(), vec![Rule::Pattern(pattern)].leak()).validate();
    // An automaton.
    assert!(holds(r"^(a+)+$").is_err());
    assert!(holds(r"^(a|a)*!$").is_ok());
    // Backtracking, which gives up.
    assert!(holds(r"^(?=(a+)+$)").is_err());
}

#[test]
fn many_texts_do_not_make_a_pattern_slow() {
    let pattern: Rules = &[Rule::Each(&[Rule::Pattern(r"^(a*)*\1b$")])];
    let took = |count: usize| {
        let texts = json!(vec!["a".repeat(28) + "c"; count]);
        let start = std::time::Instant::now();
        assert_eq!(Holder(texts, pattern).validate().unwrap_err().iter().count(), count.min(1000));
        start.elapsed()
    };
    // One text takes a million steps. So do seven more, and each of the others takes a thousand.
    let (one, many) = (took(1), took(6_450));
    assert!(many < one * 50, "{one:?} {many:?}");
    // Ordinary texts use no budget, however many there are.
    let pattern: Rules = &[Rule::Each(&[Rule::Pattern(r"^(?!b)[a-c]+$")])];
    assert!(Holder(json!(vec!["abcabc"; 20_000]), pattern).validate().is_ok());
    assert!(Holder(json!(vec!["a".repeat(50_000); 20]), pattern).validate().is_ok());
}

/// Each step of this pattern scans the rest of its text. Without a limit the first text takes an
/// hour.
#[test]
fn a_long_text_does_not_make_a_look_ahead_slow() {
    let pattern: Rules = &[Rule::Each(&[Rule::Pattern(r"(?=.*[A-Z])(?=.*\d)[A-Za-z\d]{8,}")])];
    assert!(Holder(json!(["a".repeat(1 << 20)]), pattern).validate().is_err());
    assert!(Holder(json!(["a".repeat(100_000) + "A1"]), pattern).validate().is_ok());
}

/// All values under a key have the key in their paths.
#[test]
fn paths_of_violations_are_limited() {
    let key = "k".repeat(100_000);
    let rules: Rules = &[Rule::Each(&[Rule::Each(&[Rule::MinLength(1)])])];
    let violations = Holder(json!({ key: vec![""; 1000] }), rules).validate().unwrap_err();
    assert_eq!((violations.iter().count(), violations.is_complete()), (11, false));
}
