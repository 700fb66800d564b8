//! Names stay when other items are added or removed.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test stops at the first surprise"
)]

use generator::{Groups, Lock, Options, Output, Source};

fn document(version: &str, paths: &str, schemas: &str) -> String {
    format!(
        "openapi: 3.0.3\ninfo: {{title: T, version: '{version}'}}\npaths: {paths}\ncomponents: {{schemas: {schemas}}}\n"
    )
}

fn generate(text: &str, earlier: Option<&Output>) -> Output {
    let source = Source::from_text(("api.yaml", text), &[]);
    let earlier_lock = earlier.map(|output| output.lock.render("header"));
    let options = Options { earlier_lock, lock: Some("client.lock".to_owned()), ..Options::default() };
    generator::generate(&source, &options).unwrap_or_else(|all| panic!("{}", all.render_plain()))
}

/// Returns the lines of the lock that begin with a kind and contain a text.
fn lines(output: &Output, kind: &str, text: &str) -> Vec<String> {
    let lock = output.lock.render("header");
    let lines = lock.lines().filter(|line| line.starts_with(&format!("{kind}\t")) && line.contains(text));
    lines.map(|line| line.split('\t').take(3).collect::<Vec<_>>().join(" ")).collect()
}

#[test]
fn a_name_stays_when_a_sibling_comes_that_would_have_it() {
    let old = document("1", "{}", "{a.Book: {type: object, properties: {fooBar: {type: string}}}}");
    let new = document(
        "2",
        "{}",
        "{a.Book: {type: object, properties: {fooBar: {type: string}, foo_bar: {type: string}}}, b.Book: {type: object}}",
    );
    let first = generate(&old, None);
    let second = generate(&new, Some(&first));
    assert_eq!(lines(&second, "type", "a.Book"), ["type models::Book #/components/schemas/a.Book"]);
    assert_eq!(lines(&second, "type", "b.Book"), ["type models::BBook #/components/schemas/b.Book"]);
    let fields = lines(&second, "field", "models::Book::");
    assert_eq!(
        fields,
        [
            "field models::Book::foo_bar #/components/schemas/a.Book/properties/fooBar",
            "field models::Book::foo_bar_snake #/components/schemas/a.Book/properties/foo_bar",
        ]
    );
    // Without the lock, the one already in Rust's case has the name.
    let without = generate(&new, None);
    assert!(
        lines(&without, "field", "models::")[0]
            .contains("foo_bar #/components/schemas/a.Book/properties/foo_bar")
    );
}

#[test]
fn a_name_that_is_gone_is_kept_for_one_release() {
    let with = |version: &str, schemas: &str| document(version, "{}", schemas);
    let first = generate(&with("1", "{x.User: {type: object}}"), None);
    let second = generate(&with("2", "{y.User: {type: object}}"), Some(&first));
    assert_eq!(lines(&second, "gone", "type"), ["gone 2 type"]);
    assert_eq!(lines(&second, "type", "y.User"), ["type models::YUser #/components/schemas/y.User"]);
    let again = generate(&with("2", "{y.User: {type: object}}"), Some(&second));
    assert_eq!(again.lock.render("h"), second.lock.render("h"), "the same release");
    let third = generate(&with("3", "{y.User: {type: object}, z.User: {type: object}}"), Some(&again));
    assert_eq!(lines(&third, "gone", "type"), [""; 0]);
    assert_eq!(lines(&third, "type", "z.User"), ["type models::ZUser #/components/schemas/z.User"]);
}

#[test]
fn items_of_arrays_are_known_by_what_they_are() {
    let schema = |values: &str| document("1", "{}", &format!("{{E: {{type: string, enum: [{values}]}}}}"));
    let first = generate(&schema("b, B"), None);
    let second = generate(&schema("a, B, b"), Some(&first));
    let names = |output: &Output| lines(output, "variant", "models::E::");
    let kept = names(&second);
    assert!(names(&first).iter().all(|line| kept.contains(line)), "{kept:?}");
}

#[test]
fn an_operation_keeps_its_name_where_its_path_or_its_id_changes() {
    let operation = |path: &str, id: &str| {
        let parameters = "[{name: limit, in: query, schema: {type: integer}}]";
        let paths = format!(
            "{{{path}: {{get: {{operationId: {id}, parameters: {parameters}, responses: {{'204': {{description: ok}}}}}}}}}}"
        );
        document("1", &paths, "{}")
    };
    let first = generate(&operation("/users", "listUsers"), None);
    for (path, id) in [("/people", "listUsers"), ("/users", "allUsers")] {
        let second = generate(&operation(path, id), Some(&first));
        assert_eq!(lines(&second, "method", "Client::list_users").len(), 1, "{path} {id}");
        assert_eq!(lines(&second, "setter", "requests::ListUsers::limit").len(), 1, "{path} {id}");
    }
}

#[test]
fn the_lock_of_a_document_that_did_not_change_does_not_change() {
    let text = include_str!("diffs/base.yaml");
    let first = generate(text, None);
    let second = generate(text, Some(&first));
    assert_eq!(first.files, second.files);
    assert_eq!(Lock::parse(&first.files["client.lock"]).expect("a lock").render("h"), first.lock.render("h"));
}

#[test]
fn a_change_of_a_parameter_is_located_in_its_operation() {
    let paths = |of_b: &str| {
        let operation = |id: &str, of: &str| {
            format!(
                "  /{id}:\n    get:\n      operationId: {id}\n      parameters:\n      - {{name: x, in: query, schema: {{type: {of}}}}}\n      responses: {{'204': {{description: ok}}}}\n"
            )
        };
        format!(
            "openapi: 3.0.3\ninfo: {{title: T, version: '1'}}\npaths:\n{}{}{}",
            operation("a", "string"),
            operation("b", of_b),
            operation("c", "string")
        )
    };
    let first = generate(&paths("string"), None);
    let second = generate(&paths("integer"), Some(&first));
    let diff = generator::diff(&first.lock, &second.lock);
    let places: Vec<_> = diff.changes.iter().filter_map(|change| change.new.as_deref()).collect();
    assert_eq!(places, ["api.yaml:14:9"]);
}

#[test]
fn a_pin_wins_over_the_lock() {
    let paths = "{/users: {get: {operationId: listUsers, responses: {'204': {description: ok}}}}}";
    let text = document("1", paths, "{User: {type: object, properties: {name: {type: string}}}}");
    let first = generate(&text, None);
    let pins = [
        ("#/components/schemas/User", "Person"),
        ("#/components/schemas/User/properties/name", "full_name"),
        ("#/paths/~1users/get", "list_people"),
    ];
    let names = pins.map(|(pointer, name)| (pointer.to_owned(), name.to_owned())).into();
    let source = Source::from_text(("api.yaml", &text), &[]);
    let options = Options { names, earlier_lock: Some(first.lock.render("header")), ..Options::default() };
    let second =
        generator::generate(&source, &options).unwrap_or_else(|all| panic!("{}", all.render_plain()));
    for (kind, path) in [
        ("type", "models::Person"),
        ("field", "models::Person::full_name"),
        ("method", "Client::list_people"),
        ("request", "requests::ListPeople"),
    ] {
        assert_eq!(lines(&second, kind, path).len(), 1, "{path}: {}", second.lock.render("h"));
    }
}

#[test]
fn a_change_between_groups_and_the_client_frees_the_names_of_moved_methods() {
    let operation = |id: &str, tag: &str| {
        format!("{{operationId: {id}, tags: {tag}, responses: {{'204': {{description: ok}}}}}}")
    };
    let paths = format!(
        "{{/meta: {{get: {}, put: {}}}, /tag: {{get: {}}}}}",
        operation("meta", "[meta]"),
        operation("meta/update", "[meta]"),
        operation("ping", "[]")
    );
    let text = document("1", &paths, "{}");
    let source = Source::from_text(("api.yaml", &text), &[]);
    let mut earlier: Option<Output> = None;
    let flat = ["Client::meta", "Client::meta_update", "Client::ping"];
    let grouped = ["Client::meta", "Client::meta::meta", "Client::meta::update", "Client::ping"];
    // The second time, the lock also has names that are gone.
    for (groups, expected) in
        [(Groups::Flat, &flat[..]), (Groups::Tag, &grouped), (Groups::Tag, &grouped), (Groups::Flat, &flat)]
    {
        let earlier_lock = earlier.as_ref().map(|output| output.lock.render("header"));
        let options = Options { groups, earlier_lock, ..Options::default() };
        let output = generator::generate(&source, &options).expect("a client");
        let methods = lines(&output, "method", "Client");
        let names: Vec<&str> = methods.iter().filter_map(|line| line.split(' ').nth(1)).collect();
        assert_eq!(names, expected);
        earlier = Some(output);
    }
}
