//! Deeply nested JSON, on a thread with the default stack.

#![allow(clippy::panic, clippy::unwrap_used, reason = "tests stop at the first surprise")]

#[macro_use]
#[path = "support/object.rs"]
mod object;

use runtime::{
    model::{self, Rest, Table},
    serde_json,
};
use std::collections::BTreeMap;

/// A model with as many fields as the largest real ones, which contains itself in every possible
/// way.
macro_rules! node {
    ($($field:ident),*) => {
        #[derive(Default)]
        struct Node {
            $($field: Option<String>,)*
            child: Option<Box<Node>>,
            list: Option<Vec<Node>>,
            map: Option<BTreeMap<String, Node>>,
            union: Option<Either>,
            any: Option<serde_json::Value>,
            rest: Rest,
        }

        object!(
            Node,
            Table::new(
                "Node",
                &[$(stringify!($field),)* "child", "list", "map", "union", "any"],
                "",
                &[],
            ),
            $($field,)* child, list, map, union, any, rest
        );
    };
}

node!(
    a0, a1, a2, a3, a4, a5, a6, a7, a8, a9, b0, b1, b2, b3, b4, b5, b6, b7, b8, b9, c0, c1, c2, c3, c4, c5,
    c6, c7, c8, c9, d0, d1, d2, d3, d4, d5, d6, d7, d8, d9, e0, e1, e2, e3, e4, e5, e6, e7, e8, e9, f0, f1,
    f2, f3, f4, f5, f6, f7, f8, f9, g0, g1, g2, g3, g4, g5, g6, g7, g8, g9, h0, h1, h2, h3, h4, h5, h6, h7,
    h8, h9, i0, i1, i2, i3, i4, i5, i6, i7, i8, i9, j0, j1, j2, j3, j4, j5, j6, j7, j8, j9
);

#[derive(Debug)]
#[allow(dead_code, reason = "it is only read")]
enum Either {
    Node(Box<Node>),
    List(Vec<Either>),
    Unknown(serde_json::Value),
}

model::union! {
    Either {
        0 Node,
        1 List,
    }
    choice {
        model::Choice::Tests(&[
            model::Test::of(model::Kinds::OBJECT),
            model::Test::of(model::Kinds::ARRAY),
        ])
    }
}

/// Decodes a text on a thread with the default stack, and drops the result.
fn read<T: model::DeserializeOwned + std::fmt::Debug>(text: String) -> Result<usize, String> {
    let run = move || {
        let value: T = serde_json::from_str(&text).map_err(|error| error.to_string())?;
        Ok(format!("{value:?}").len())
    };
    std::thread::Builder::new().stack_size(2 << 20).spawn(run).unwrap().join().unwrap()
}

fn nested(open: &str, close: &str, depth: usize) -> String {
    [open.repeat(depth), "null".to_owned(), close.repeat(depth)].concat()
}

#[test]
fn deep_nesting_is_an_error_and_no_overflow() {
    for (open, close, deepest) in [
        (r#"{"child":"#, "}", 16),
        (r#"{"list":[{"child":"#, "}]}", 8),
        (r#"{"map":{"a":{"child":"#, "}}}", 5),
        (r#"{"union":"#, "}", 16),
        (r#"{"union":[["#, "]]}", 16),
    ] {
        assert!(read::<Node>(nested(open, close, deepest)).is_ok(), "{open}");
        for depth in [200, 100_000] {
            let error = read::<Node>(nested(open, close, depth)).unwrap_err();
            assert!(error.contains("recursion limit"), "{open} {error}");
        }
        // Below serde_json's own limit, the size of the model matters.
        for depth in 17..43 {
            let _ = read::<Node>(nested(open, close, depth));
        }
    }
    for depth in 100..128 {
        let _ = read::<Node>(nested(r#"{"child":"#, "}", depth));
        let _ = read::<Node>(nested(r#"{"union":"#, "}", depth));
    }
    for (open, close) in [("[", "]"), (r#"{"a":"#, "}")] {
        let any = format!(r#"{{"any":{}}}"#, nested(open, close, 100_000));
        assert!(read::<Node>(any).unwrap_err().contains("recursion limit"));
        // Undeclared properties are kept at any depth. Items of a list are decoded.
        match read::<Either>(nested(open, close, 100_000)) {
            Ok(_) => assert_eq!(close, "}"),
            Err(error) => assert!(close == "]" && error.contains("recursion limit"), "{error}"),
        }
        assert!(read::<serde_json::Value>(nested(open, close, 100_000)).is_err());
    }
}

#[test]
fn undeclared_properties_are_kept_at_any_depth() {
    let text = format!(r#"{{"new":{}}}"#, nested("[", "]", 100_000));
    assert!(read::<Node>(text).is_ok());
}

/// A value of either of two types. The first matches by its members and fails by a value.
#[derive(Debug)]
#[allow(dead_code, reason = "it is only read")]
enum Twin {
    First(Box<Half>),
    Second(Box<Whole>),
    Unknown(serde_json::Value),
}

model::union! {
    Twin {
        0 First,
        1 Second,
    }
    choice {
        model::Choice::Tests(&[
            model::Test::of(model::Kinds::OBJECT).known(&["child", "x"]),
            model::Test::of(model::Kinds::OBJECT).known(&["child"]),
        ])
    }
}

#[derive(Default)]
struct Half {
    child: Option<Twin>,
    x: Option<i32>,
    rest: Rest,
}

#[derive(Default)]
struct Whole {
    child: Option<Twin>,
    rest: Rest,
}

object!(Half, Table::new("Half", &["child", "x"], "", &[]), child, x, rest);
object!(Whole, Table::new("Whole", &["child"], "", &[]), child, rest);

#[test]
fn a_second_choice_at_every_level_does_not_double_the_time() {
    let twins = nested(r#"{"child":"#, r#","x":"no number"}"#, 60);
    assert!(read::<Twin>(twins).is_ok());
    let shallow = nested(r#"{"child":"#, r#","x":"no number"}"#, 3);
    let Twin::Second(whole) = serde_json::from_str(&shallow).unwrap() else {
        panic!("the first has a number")
    };
    let Some(Twin::Second(whole)) = whole.child else { panic!("a choice in a choice") };
    assert!(matches!(whole.child, Some(Twin::Second(_))));
    // Many values side by side are as many choices.
    let many: Vec<Twin> = serde_json::from_str(&format!("[{}]", vec![shallow; 1000].join(","))).unwrap();
    assert!(many.iter().all(|one| matches!(one, Twin::Second(_))));
}

#[test]
fn nested_unions_do_not_multiply_memory() {
    let mass = format!("[{}[]]", "[],".repeat(60_000));
    let twins = |depth| {
        let open = r#"{"child":"#.repeat(depth);
        format!(r#"{open}{{"mass":{mass}}}{}"#, "}".repeat(depth))
    };
    // A value beyond the limit is kept as JSON, like one that matches no variant.
    for (depth, is_whole) in [(10, true), (120, false)] {
        let text = twins(depth);
        let mut read = None;
        let held = allocation_counter::measure(|| read = serde_json::from_str::<Twin>(&text).ok());
        let mut node = read.as_ref().unwrap();
        while let Twin::First(half) = node
            && let Some(child) = &half.child
        {
            node = child;
        }
        assert_eq!(matches!(node, Twin::First(_)), is_whole, "{depth}");
        assert!(held.bytes_max < 200 << 20, "{depth} levels took {} bytes", held.bytes_max);
    }
}

/// An object and a flattened union, both with the member `child`.
#[derive(Default)]
struct Fork {
    child: Option<Box<Fork>>,
    part: Option<Part>,
    rest: Rest,
}

#[derive(Default)]
struct Part {
    child: Option<Box<Fork>>,
    rest: Rest,
}

object!(Fork, Table::new("Fork", &["child"], "", &[]).parts(1).closed(), child, part, rest);
object!(Part, Table::new("Part", &["child"], "", &[]), child, rest);

#[test]
fn a_member_of_two_parts_at_every_level_does_not_double_the_time() {
    let fork: Fork = serde_json::from_str(&nested(r#"{"child":"#, "}", 4)).unwrap();
    assert!(fork.child.is_some() && fork.part.is_some_and(|part| part.child.is_some()));
    let error = read::<Fork>(nested(r#"{"child":"#, "}", 100)).unwrap_err();
    assert!(error.contains("recursion limit"), "{error}");
}
