//! Shapes of text: nesting and aliases in YAML and JSON, long values, overlays and Markdown.

use serde_json::{Value, json};

use super::{
    Input, Shape, YAML, alone, described, document, each, json_input, overlaid, shape, text, yaml_input,
};

/// The shapes of text.
pub(super) const SHAPES: &[Shape] = &[
    shape("yaml_lists", [1_000, 100_000], |n| {
        yaml_input(format!("{YAML}x-a: {}{}\n", "[".repeat(n), "]".repeat(n)))
    }),
    shape("yaml_aliases", [1_000, 20_000], |n| {
        let alias: String = (0..n).map(|_| "  - *a\n").collect();
        yaml_input(format!("{YAML}x-a:\n  - &a {}\n{alias}", "x".repeat(100_000)))
    }),
    shape("overlay_matches", [2, 3], |n| {
        let all = format!("[{}]", vec!["*"; 50].join(","));
        overlaid(json!([{"target": format!("$..{}", all.repeat(n)), "update": {"x": 1}}]))
    }),
    shape("overlay_doubles", [8, 24], |n| {
        let actions: Vec<Value> = (0..n)
            .map(
                |i| json!({"target": "$.components..[?@.type]", "update": {format!("x-{i}"): {"type": "a"}}}),
            )
            .collect();
        overlaid(Value::Array(actions))
    }),
    shape("markdown_quotes", MARKDOWN, |n| described(&format!("{} a", ">".repeat(n)))),
    shape("markdown_quoted_lists", MARKDOWN, |n| described(&format!("{}a", "> - ".repeat(n)))),
    shape("markdown_links", MARKDOWN, |n| described(&"[a](".repeat(n))),
    shape("yaml_blocks", [100, 1_000], |n| {
        let lines: String = (1..=n).map(|i| format!("{}a:\n", " ".repeat(i))).collect();
        yaml_input(format!("{YAML}x-a:\n{lines}{}b\n", " ".repeat(n + 1)))
    }),
    shape("yaml_dashes", [1_000, 100_000], |n| yaml_input(format!("{YAML}x-a:\n  {}a\n", "- ".repeat(n)))),
    shape("yaml_dashes_repeated_key", [1_000, 100_000], |n| {
        yaml_input(format!("{YAML}x-a: 1\nx-a:\n  {}a\n", "- ".repeat(n)))
    }),
    shape("yaml_repeated_keys", [1_000, 20_000], |n| yaml_input(format!("{YAML}{}", "x-a: 1\n".repeat(n)))),
    shape("yaml_laughs", [4, 10], |n| {
        let mut text = format!("{YAML}x-l:\n  - &a0 {{x: lol}}\n");
        for i in 1..n {
            let below = vec![format!("*a{}", i - 1); 9].join(",");
            text.push_str(&format!("  - &a{i} [{below}]\n"));
        }
        yaml_input(text)
    }),
    shape("yaml_anchors", [1_000, 20_000], |n| {
        let anchors: String = (0..n).map(|i| format!("  - &a{i} x\n")).collect();
        yaml_input(format!("{YAML}x-a:\n{anchors}"))
    }),
    shape("yaml_comments", [1_000, 100_000], |n| yaml_input(format!("{YAML}{}", "# a\n".repeat(n)))),
    shape("json_lists", [1_000, 100_000], |n| {
        let lists = format!("{}{}", "[".repeat(n), "]".repeat(n));
        json_text(format!(
            r#"{{"openapi":"3.0.3","info":{{"title":"t","version":"1"}},"paths":{{}},"x-a":{lists}}}"#
        ))
    }),
    shape("json_schemas", [1_000, 100_000], |n| {
        let schema = format!(r#"{}{{}}{}"#, r#"{"type":"array","items":"#.repeat(n), "}".repeat(n));
        json_text(format!(
            r#"{{"openapi":"3.0.3","info":{{"title":"t","version":"1"}},"paths":{{}},"components":{{"schemas":{{"A":{schema}}}}}}}"#
        ))
    }),
    shape("overlay_parentheses", [100, 5_000], |n| {
        overlaid(json!([{"target": format!("$[?{}@.a", "(".repeat(n)), "remove": true}]))
    }),
    shape("overlay_filters", [100, 5_000], |n| {
        overlaid(json!([{"target": format!("${}", "[?@".repeat(n)), "remove": true}]))
    }),
    shape("overlay_actions", [100, 1_000], |n| {
        let action = json!({"target": "$..*", "update": {"x-a": 1}});
        overlaid(Value::Array(vec![action; n]))
    }),
    shape("overlay_removals", [100, 1_000], |n| {
        overlaid((0..n).map(|i| json!({"target": format!("$.a{i}"), "remove": true})).collect())
    }),
    shape("long_description", LONG, |n| described(&"a b\n".repeat(n / 4))),
    shape("long_line", LONG, |n| described(&"a".repeat(n))),
    shape("long_words", LONG, |n| described(&"a b ".repeat(n / 4))),
    shape("long_pattern", LONG, |n| schema(json!({"type": "string", "pattern": "a".repeat(n)}))),
    shape("repetitions_of_patterns", [50, 400], |n| {
        let pattern =
            |i: usize| json!({"type": "string", "pattern": format!(r"^(\p{{L}}{{1,50}}){{1,50}}{i}$")});
        alone(each("A", n, pattern))
    }),
    shape("long_name_above_many", [500, 4_000], |n| {
        json_input(document(
            json!({"A".repeat(32 * n): {"type": "object", "properties": each("p", n, |_| text())}}),
        ))
    }),
    shape("long_name", LONG, |n| json_input(document(json!({"A".repeat(n): text()})))),
    shape("long_property", LONG, |n| {
        schema(json!({"type": "object", "properties": {"a".repeat(n): text()}}))
    }),
    shape("long_words_of_a_property", LONG, |n| {
        schema(json!({"type": "object", "properties": {"aB_".repeat(n / 3): text()}}))
    }),
    shape("long_default", LONG, |n| schema(json!({"type": "string", "default": "a".repeat(n)}))),
    shape("long_value", LONG, |n| schema(json!({"type": "string", "enum": ["a".repeat(n)]}))),
    shape("long_title", LONG, |n| {
        let mut document = document(json!({}));
        document["info"]["title"] = "a".repeat(n).into();
        json_input(document)
    }),
    shape("long_path", LONG, |n| operation(format!("/{}", "a".repeat(n)), "a")),
    shape("long_template", LONG, |n| operation(format!("/{}", "{".repeat(n)), "a")),
    shape("long_operation_id", LONG, |n| operation("/a".to_owned(), &"a".repeat(n))),
    shape("long_server", LONG, |n| {
        let mut document = document(json!({}));
        document["servers"] = json!([{"url": format!("https://a/{}", "a".repeat(n))}]);
        json_input(document)
    }),
    shape("long_reference", LONG, |n| schema(json!({"$ref": format!("#/{}", "a/".repeat(n / 2))}))),
    shape("markdown_brackets", MARKDOWN, |n| described(&"[".repeat(n))),
    shape("markdown_stars", MARKDOWN, |n| described(&"*a ".repeat(n))),
    shape("markdown_underscores", MARKDOWN, |n| described(&"_a ".repeat(n))),
    shape("markdown_ticks", MARKDOWN, |n| {
        described(&(0..n / 25).map(|i| "`".repeat(i % 50 + 1) + "a").collect::<String>())
    }),
    shape("markdown_nested_lists", [1_000, 5_000], |n| {
        described(&(0..n / 10).map(|i| " ".repeat(2 * i) + "- a\n").collect::<String>())
    }),
    shape("markdown_items", MARKDOWN, |n| described(&"- a\n".repeat(n))),
    shape("markdown_less", MARKDOWN, |n| described(&"<a ".repeat(n))),
    shape("markdown_comments", MARKDOWN, |n| described(&"<!--".repeat(n))),
    shape("markdown_cdata", MARKDOWN, |n| described(&"<![CDATA[".repeat(n))),
    shape("markdown_instructions", MARKDOWN, |n| described(&"<?".repeat(n))),
    shape("markdown_declarations", MARKDOWN, |n| described(&"<!A ".repeat(n))),
    shape("markdown_tables", [1_000, 4_000], |n| {
        let row = "|a".repeat(n) + "|\n";
        described(&format!("{row}{}|\n{row}", "|-".repeat(n)))
    }),
    shape("markdown_short_rows", [100, 1_000], |n| {
        described(&format!("{}|\n{}|\n{}", "|a".repeat(n), "|-".repeat(n), "|a|\n".repeat(n)))
    }),
    shape("markdown_table_links", MARKDOWN, |n| {
        described(&format!("|a|b|\n|-|-|\n{}", "|http://a|x|\n".repeat(n)))
    }),
    shape("markdown_nested_links", MARKDOWN, |n| {
        described(&format!("{}a{}", "[".repeat(n), "](b)".repeat(n)))
    }),
    shape("markdown_nested_stars", MARKDOWN, |n| described(&format!("{}a{}", "*".repeat(n), "*".repeat(n)))),
    shape("markdown_definitions", MARKDOWN, |n| {
        described(&(0..n).map(|i| format!("[a{i}]: b\n")).collect::<String>())
    }),
    shape("markdown_ampersands", MARKDOWN, |n| described(&"&".repeat(n))),
    shape("markdown_escapes", MARKDOWN, |n| described(&"\\".repeat(n))),
    shape("markdown_fences", MARKDOWN, |n| described(&"```\n".repeat(n))),
    shape("markdown_urls", MARKDOWN, |n| described(&"http://a ".repeat(n))),
    shape("markdown_images", MARKDOWN, |n| described(&"![".repeat(n))),
    shape("markdown_footnotes", MARKDOWN, |n| described(&"[^a]".repeat(n))),
    shape("markdown_emphasis", MARKDOWN, |n| described(&format!("a**b{}", "c* ".repeat(n)))),
    shape("markdown_strong", MARKDOWN, |n| described(&"**a *a ".repeat(n))),
    shape("markdown_code_links", MARKDOWN, |n| described(&"[`a::b`] ".repeat(n))),
];

/// The sizes of long values, in bytes.
const LONG: [usize; 2] = [250_000, 2_000_000];

/// How often a Markdown construct is repeated.
const MARKDOWN: [usize; 2] = [5_000, 40_000];

fn json_text(document: String) -> Input {
    Input { document, extension: "json", overlay: None }
}

fn schema(schema: Value) -> Input {
    json_input(document(json!({"A": schema})))
}

fn operation(path: String, id: &str) -> Input {
    let mut document = document(json!({}));
    document["paths"] =
        json!({path: {"get": {"operationId": id, "responses": {"200": {"description": "d"}}}}});
    json_input(document)
}
