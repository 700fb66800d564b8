//! Inputs that could take unlimited work, memory or stack. Each gets a diagnostic, or is generated
//! quickly.

use std::path::Path;

use generator::{Code, Diagnostics, Options, Source};

const HEAD: &str = "openapi: 3.0.3\ninfo: {title: t, version: '1'}\npaths: {}\n";

fn generate(document: (&str, &str), overlay: Option<&str>) -> Diagnostics {
    let overlays: Vec<_> = overlay.map(|text| ("overlay.yaml", text)).into_iter().collect();
    let source = Source::from_text(document, &overlays);
    generator::generate(&source, &Options::default())
        .map_or_else(|failed| failed, |output| output.diagnostics)
}

#[track_caller]
fn assert_limit(diagnostics: &Diagnostics) {
    let codes: Vec<_> = diagnostics.iter().map(generator::Diagnostic::code).collect();
    assert!(
        codes.contains(&Code::Limit),
        "{codes:?} {}",
        diagnostics.render_plain().get(..1000).unwrap_or_default()
    );
    // Rendering searches for positions in the same text.
    assert!(diagnostics.render_plain().contains("E007"));
}

#[test]
fn deep_documents() {
    for text in [
        format!("{HEAD}x-a: {}{}\n", "[".repeat(100_000), "]".repeat(100_000)),
        format!("{HEAD}x-a: 1\nx-a:\n  {}a\n", "- ".repeat(10_000)),
        format!("{HEAD}x-a: {}{}\n", "&a [".repeat(10_000), "]".repeat(10_000)),
        format!("{HEAD}x-a:\n  {}a\n", "? ".repeat(10_000)),
    ] {
        assert_limit(&generate(("api.yaml", &text), None));
    }
    let json = format!("{{\"openapi\": {}", "{\"a\": ".repeat(100_000));
    assert_limit(&generate(("api.json", &json), None));
}

#[test]
fn aliases_that_multiply() {
    let scalar = "x".repeat(100_000);
    let text = format!("{HEAD}x-a: &a {scalar}\nx-b: [{}]\n", vec!["*a"; 20_000].join(", "));
    assert_limit(&generate(("api.yaml", &text), None));
    let mut laughs = format!("{HEAD}x-l:\n  - &a0 {{x: lol}}\n");
    for level in 1..30 {
        let aliases = vec![format!("*a{}", level - 1); 9].join(",");
        laughs += &format!("  - &a{level} [{aliases}]\n");
    }
    assert_limit(&generate(("api.yaml", &laughs), None));
}

#[test]
fn events_whose_variants_repeat() {
    let mut text = "openapi: 3.1.0\ninfo: {title: t, version: '1'}\nservers: [{url: 'https://a.test'}]\n\
        paths: {/e: {get: {responses: {'200': {description: d, content: {text/event-stream: \
        {itemSchema: {$ref: '#/components/schemas/E0'}}}}}}}}\ncomponents:\n  schemas:\n    E4: {type: object}\n"
        .to_owned();
    for level in 0..4 {
        let variants = vec![format!("{{$ref: '#/components/schemas/E{}'}}", level + 1); 300].join(", ");
        text += &format!("    E{level}: {{allOf: [{variants}]}}\n");
    }
    generate(("api.yaml", &text), None);
}

fn overlay(actions: &[String]) -> String {
    format!("overlay: 1.1.0\ninfo: {{title: t, version: '1'}}\nactions:\n{}", actions.concat())
}

fn action(target: &str, change: &str) -> String {
    format!("  - {{target: {target:?}, {change}}}\n")
}

/// Returns a document with `count` schemas.
fn schemas(count: usize) -> String {
    let schemas: String = (0..count)
        .map(|index| format!("    S{index}: {{type: object, properties: {{p: {{type: string}}}}}}\n"))
        .collect();
    format!("{HEAD}components:\n  schemas:\n{schemas}")
}

#[test]
fn overlays_that_select_too_much() {
    let stars = vec!["*"; 50].join(",");
    let document = schemas(1000);
    for path in [
        format!("$[?{}1==1{}]", "(".repeat(5000), ")".repeat(5000)),
        format!("${}{}", "[?@".repeat(5000), "]".repeat(5000)),
        "$..[?count($..*) > 0][?count($..*) > 0]".to_owned(),
        "$..[?@..[?@..[?@..*]]]".to_owned(),
    ] {
        let overlay = overlay(&[action(&path, "update: {}")]);
        assert_limit(&generate(("api.yaml", &document), Some(&overlay)));
    }
    let path = format!("$..[{stars}][{stars}][{stars}]");
    let diagnostics = generate(("api.yaml", &document), Some(&overlay(&[action(&path, "remove: true")])));
    assert_eq!(diagnostics.errors(), 0, "{}", diagnostics.render_plain());
}

#[test]
fn overlays_that_double_the_document() {
    let updates: Vec<String> = (0..40)
        .map(|index| action("$.components..[?@.type]", &format!("update: {{x-{index}: {{type: a}}}}")))
        .collect();
    let copies: Vec<String> = vec![action("$", "update: {x-list: [a]}")]
        .into_iter()
        .chain((0..40).map(|_| action("$['x-list']", "copy: \"$['x-list']\"")))
        .collect();
    let deep: Vec<String> =
        (0..200).map(|_| action("$..[?@['x-deep']]", "update: {x-deep: {x-deep: {}}}")).collect();
    let deep = [vec![action("$", "update: {x-a: {x-deep: {}}}")], deep].concat();
    for actions in [updates, copies, deep] {
        assert_limit(&generate(("api.yaml", &schemas(20)), Some(&overlay(&actions))));
    }
}

#[test]
fn removing_many_items_takes_linear_time() {
    let items: String = (0..50_000).map(|index| format!("  - {index}\n")).collect();
    let document = format!("{HEAD}x-list:\n{items}");
    let overlay = overlay(&[action("$['x-list'][:25000]", "remove: true")]);
    let source = Source::from_text(("api.yaml", &document), &[("overlay.yaml", &overlay)]);
    let merged = generator::merged_json(&source).unwrap_or_else(|failed| panic!("{}", failed.render_plain()));
    assert!(!merged.contains("24999") && merged.contains("25000") && merged.contains("49999"));
}

#[test]
fn endless_files_are_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let large = folder.path().join("large.json");
    std::fs::File::create(&large).and_then(|file| file.set_len(10 << 30)).expect("a sparse file");
    let mut paths = vec![large, folder.path().to_path_buf()];
    if cfg!(unix) {
        paths.push("/dev/zero".into());
        let pipe = folder.path().join("pipe");
        let made = std::process::Command::new("mkfifo").arg(&pipe).status();
        paths.extend(made.is_ok_and(|status| status.success()).then_some(pipe));
    }
    for path in paths {
        let refused = Source::read(&path, &[]).expect_err("refused");
        assert_eq!(refused.errors(), 1, "{}", path.display());
    }
    // A reference to such a file is dangling.
    let document = folder.path().join("api.yaml");
    let text = format!("{HEAD}components: {{schemas: {{A: {{$ref: pipe}}, B: {{$ref: large.json}}}}}}\n");
    std::fs::write(&document, text).expect("written");
    let source = Source::read(Path::new(&document), &[]).expect("a document");
    let output = generator::generate(&source, &Options::default()).expect("generated");
    assert_eq!(output.diagnostics.warnings(), 2, "{}", output.diagnostics.render_plain());
}

#[track_caller]
fn assert_warning(document: &str, code: Code, words: &str) {
    let diagnostics = generate(("api.yaml", document), None);
    let is_reported = diagnostics.iter().any(|one| one.code() == code && one.message().contains(words));
    assert!(is_reported, "{}", diagnostics.render_plain().get(..1000).unwrap_or_default());
}

#[test]
fn credentials_media_types_and_patterns_are_limited() {
    let head = "openapi: 3.0.3\ninfo: {title: t, version: '1'}\n";
    let schemes: String =
        (0..40).map(|i| format!("    s{i}: {{type: apiKey, in: header, name: X-{i}}}\n")).collect();
    let paths = "paths: {/a: {get: {responses: {'200': {description: d}}}}}\n";
    let together: Vec<String> = (0..40).map(|i| format!("s{i}: []")).collect();
    let each: Vec<String> = (0..40).map(|i| format!("{{s{i}: []}}")).collect();
    for (security, words) in [
        (format!("[{{{}}}]", together.join(", ")), "credentials in one alternative"),
        (format!("[{}]", each.join(", ")), "alternatives of credentials"),
    ] {
        let text = format!("{head}{paths}security: {security}\ncomponents:\n  securitySchemes:\n{schemes}");
        assert_warning(&text, Code::UnsupportedSecurity, words);
    }
    let content: String = (0..100).map(|i| format!("              image/x{i}: {{schema: {{}}}}\n")).collect();
    let text = format!(
        "{head}paths:\n  /a:\n    get:\n      responses:\n        '200':\n          description: d\n          \
         content:\n{content}"
    );
    assert_warning(&text, Code::OddResponse, "more than 64 media types");
    let pattern = "a".repeat(40_000);
    let text = format!("{HEAD}components: {{schemas: {{A: {{type: string, pattern: {pattern}}}}}}}\n");
    assert_warning(&text, Code::UnsupportedPattern, "it has more than 32768 bytes");
}

/// Each node has a JSON Pointer, which repeats the names above the node.
#[test]
fn long_names_above_many_nodes_are_refused() {
    let members: Vec<String> = (0..3_000).map(|i| format!("p{i}: {{type: string}}")).collect();
    let properties = format!("{{type: object, properties: {{{}}}}}", members.join(", "));
    let text = |name: usize| {
        let name = "A".repeat(name);
        format!(
            "openapi: 3.0.3\ninfo: {{title: t, version: '1'}}\npaths: {{}}\ncomponents:\n  schemas:\n    ? {name}\n    : {properties}\n"
        )
    };
    assert!(!generate(("api.yaml", &text(30)), None).render_plain().contains("E007"));
    let shown = generate(("api.yaml", &text(3_000)), None).render_plain();
    assert!(shown.contains("E007") && shown.contains("api.yaml:6:"), "{shown}");
    // An overlay adds the nodes.
    let base = "openapi: 3.0.3\ninfo: {title: t, version: '1'}\npaths: {}\n";
    let name = "A".repeat(3_000);
    let overlay = format!(
        "overlay: 1.0.0\ninfo: {{title: t, version: '1'}}\nactions:\n- target: $\n  update: {{components: {{schemas: {{? {name} : {{}}}}}}}}\n- target: $.components.schemas.*\n  update: {properties}\n"
    );
    let shown = generate(("api.yaml", base), Some(&overlay)).render_plain();
    assert!(shown.contains("E007") && shown.contains("overlay.yaml:7"), "{shown}");
}

/// A variable occurs many times in the URL of a server, and its default is long.
#[test]
fn a_long_url_of_a_server_is_refused() {
    let text = format!(
        "openapi: 3.0.3\ninfo: {{title: t, version: '1'}}\npaths: {{}}\nservers:\n- url: https://a.example/{}\n  variables: {{a: {{default: {}}}}}\n",
        "{a}".repeat(1_000),
        "b".repeat(1_000)
    );
    let shown = generate(("api.yaml", &text), None).render_plain();
    assert!(shown.contains("the server's URL has more than 65536 bytes"), "{shown}");
}

/// Many diagnostics on one line: each is located without reading the line again.
#[test]
fn many_diagnostics_in_one_line_are_located() {
    let properties: Vec<String> = (0..5_000).map(|i| format!(r##""p{i}":{{"$ref":"#/p{i}"}}"##)).collect();
    let text = format!(
        r#"{{"openapi":"3.0.3","info":{{"title":"t","version":"1"}},"paths":{{}},"components":{{"schemas":{{"A":{{"type":"object","properties":{{{}}}}}}}}}}}"#,
        properties.join(",")
    );
    for name in ["api.json", "api.yaml"] {
        let diagnostics = generate((name, &text), None);
        let shown = diagnostics.render_plain();
        let (_, last) =
            shown.rsplit_once(&format!("{name}:1:")).unwrap_or_else(|| panic!("{:?}", shown.get(..500)));
        let column: usize = last.lines().next().and_then(|column| column.parse().ok()).expect("a column");
        assert_eq!(text.get(column - 1..column + 6), Some(r##""#/p499"##));
    }
}
