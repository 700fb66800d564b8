//! Limits the work of a generation: memory allocations for each operation with its model, which do
//! not depend on the machine.
//!
//! The threads that format files are not counted. A change that needs more allocations has to raise
//! the limit, with a reason.

#![allow(clippy::expect_used, reason = "tests stop at the first surprise")]

use std::fmt::Write;

use generator::{Options, Source};

/// Allocations for each operation and its model.
const ALLOCATIONS: u64 = 4_200;
/// Allocated bytes for each operation and its model, freed ones included.
const BYTES: u64 = 465_000;

#[test]
fn the_work_of_a_generation_is_linear_and_limited() {
    let (small, large) = (work(50), work(400));
    println!("{small:?}, {large:?} allocations and bytes for each operation");
    assert!(large.0 <= ALLOCATIONS, "{} allocations", large.0);
    assert!(large.1 <= BYTES, "{} bytes", large.1);
    assert!(large.0 * 10 <= small.0 * 11, "{} allocations, then {}", small.0, large.0);
    assert!(large.1 * 10 <= small.1 * 11, "{} bytes, then {}", small.1, large.1);
}

/// Returns the allocations and bytes for each of `count` operations.
fn work(count: u64) -> (u64, u64) {
    let text = document(count);
    let work = allocation_counter::measure(|| {
        let source = Source::from_text(("api.yaml", &text), &[]);
        let output = generator::generate(&source, &Options::default()).expect("a client");
        assert_eq!(output.summary.operations, usize::try_from(count).expect("a count"));
    });
    (work.count_total / count, work.bytes_total / count)
}

/// Returns a document with `count` operations, each with a body and a response of its own.
fn document(count: u64) -> String {
    let mut text = "openapi: 3.0.3\ninfo: {title: Things, version: '1'}\n\
                    servers: [{url: https://example.com}]\npaths:\n"
        .to_owned();
    for index in 0..count {
        let operation = format!(
            "  /things{index}/{{id}}:
    post:
      operationId: changeThing{index}
      tags: [tag{}]
      summary: Changes the thing `{index}`.
      parameters:
        - {{name: id, in: path, required: true, schema: {{type: string}}}}
        - {{name: limit, in: query, description: The most things., schema: {{type: integer, maximum: 100}}}}
      requestBody: {{content: {{application/json: {{schema: {{$ref: '#/components/schemas/Thing{index}'}}}}}}}}
      responses:
        '200': {{description: Done., content: {{application/json: {{schema: {{$ref: '#/components/schemas/Thing{index}'}}}}}}}}
        '404': {{description: None.}}
",
            index / 20
        );
        text.push_str(&operation);
    }
    text.push_str("components:\n  schemas:\n");
    for index in 0..count {
        write!(
            text,
            "    Thing{index}:
      type: object
      description: A thing with a number, a kind and a time.
      required: [id, kind]
      properties:
        id: {{type: string, description: The id.}}
        kind: {{type: string, enum: [small, large]}}
        created: {{type: string, format: date-time}}
        sizes: {{type: array, items: {{type: number}}}}
        other: {{$ref: '#/components/schemas/Thing{}'}}
",
            (index + 1) % count
        )
        .expect("a text");
    }
    text
}
