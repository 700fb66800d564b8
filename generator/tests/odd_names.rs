//! Names that could become code that does not compile. Each is in every position of one document,
//! whose client compiles without a warning from rustc, clippy and rustdoc.
//!
//! The positions: schema, property, required property, operationId, tag, parameter in path, query,
//! header and cookie, enum value, response header, security scheme, part of a form, media type,
//! variant of a union.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test stops at the first surprise"
)]

mod support;

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use generator::{Groups, Options, Source};
use serde_json::{Map, Value, json};
use support::crates;

/// Words with a meaning in Rust, in its lints, or in generated code.
const RUST: &str = "as break const continue crate else enum extern false fn for if impl in let loop match mod move mut pub \
    ref return self Self static struct super trait true type unsafe use where while async await dyn abstract become box do \
    final macro override priv typeof unsized virtual yield try gen union auto default raw safe macro_rules std core alloc \
    bool char str u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize f32 f64 String Vec Option Some None Result Ok Err Box \
    Rc Arc Cow Iterator IntoIterator DoubleEndedIterator ExactSizeIterator Extend FromIterator From Into TryFrom TryInto \
    AsRef AsMut ToOwned ToString Clone Copy Debug Default Display Hash PartialEq Eq PartialOrd Ord Drop Fn FnMut FnOnce \
    Send Sync Sized Unpin Future Pin BTreeMap HashMap HashSet Ordering Path PathBuf fmt Formatter main test tests lib bin \
    new clone cmp eq ne lt le gt ge hash fmt from into try_from as_str as_ref as_mut borrow deref index add sub mul div rem \
    neg not shl shr bitand bitor bitxor next from_str from_iter into_iter is_empty len iter to_string to_owned unwrap expect \
    panic assert debug_assert vec println format write todo dbg matches include env concat line file column cfg derive \
    serde serde_json runtime model models request requests client Client generated auth Auth Error ErrorKind Response \
    Request Builder ClientBuilder Operation OPERATION PAGING SERVER USER_AGENT Unknown unknown Other other rest variant \
    additional_properties value object serializer deserializer formatter key key_ page inner index members answer body \
    media_type send send_stream send_with_response items pages header retries attempt_timeout idle_timeout \
    operation_timeout builder server validate check blank part with_new with_id Page Pages Items Form Success Model Models \
    Models2 Requests Value Json Bytes Stream Event EventStream LineStream Multipart Part Header Token Timeout Transport \
    Observer Attempt Clock Date DateTime Uuid Base64 Number Rfc2822 UnixTime jiff uuid http bytes transport testing Rest Choice \
    Union Object Flattened Blank Serialize Deserialize Serializer Deserializer MapAccess Writer Kinds Test Style Param \
    S D A T E K V Ok2 Err2 foo bar baz quux l O I is_ok to_vec into_inner from_parts as_bytes get_mut set_x";

/// Names of Windows devices.
const DEVICES: &str = "aux con nul prn com1 com9 lpt1 lpt9 AUX CON NUL PRN COM1 LPT1 clock conin conout";

/// Names with symbols, digits and other scripts, one a line.
const OTHERS: &str = include_str!("odd_names/others.txt");

fn names() -> Vec<String> {
    let mut names: BTreeSet<String> = RUST
        .split_whitespace()
        .chain(DEVICES.split_whitespace())
        .chain(OTHERS.lines())
        .map(str::to_owned)
        .collect();
    for name in names.clone() {
        let mut chars = name.chars();
        let first: String = chars.next().into_iter().flat_map(char::to_uppercase).collect();
        if name.len() < 9 {
            names.insert(format!("{first}{}", chars.as_str()));
        }
    }
    names.extend(["", " ", "\n", "\r", "\t", "\u{202e}x", "a\u{0}b", "a\rb"].map(str::to_owned));
    names.into_iter().collect()
}

/// Returns true for a text that JSON pointers, paths and media types can contain anywhere.
fn is_plain(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || "._-".contains(c))
}

fn document(names: &[String]) -> Value {
    let object = |properties: Map<String, Value>| json!({"type": "object", "properties": properties});
    let text = || json!({"type": "string"});
    let properties = || names.iter().map(|name| (name.clone(), text())).collect::<Map<_, _>>();
    // Few of each larger kind, so that the crate compiles fast enough for a test.
    let schema = |(index, name): (usize, &String)| match index % 7 {
        0 => (name.clone(), object(Map::from_iter([(name.clone(), text())]))),
        1 => (name.clone(), json!({"type": "string", "enum": [name]})),
        _ => (name.clone(), text()),
    };
    let mut schemas: Map<String, Value> = names.iter().enumerate().map(schema).collect();
    let references: Vec<Value> = schemas
        .keys()
        .filter(|name| is_plain(name))
        .step_by(9)
        .map(|name| json!({"$ref": format!("#/components/schemas/{name}")}))
        .collect();
    let odd = |name: &str, schema: Value| (format!("odd.{name}"), schema);
    let required: Vec<&String> = names.iter().collect();
    let mut all_required = object(properties());
    all_required["required"] = json!(required);
    schemas.extend([
        odd("all", object(properties())),
        odd("all_required", all_required),
        odd("values", json!({"type": "string", "enum": names})),
        odd("any_of_all", json!({"anyOf": references})),
    ]);
    let mut paths = Map::new();
    for (index, name) in names.iter().enumerate() {
        let is_header = is_plain(name);
        let parameter = |place: &str, required: bool| json!({"name": name, "in": place, "required": required, "schema": text()});
        let mut parameters = vec![parameter("query", index % 2 == 0)];
        parameters.extend(is_header.then(|| parameter("header", index % 3 == 0)));
        parameters.extend(is_header.then(|| parameter("cookie", index % 5 == 0)));
        let in_path = !name.contains(['{', '}', '/']) && !name.is_empty();
        let path = if in_path {
            parameters.push(parameter("path", true));
            format!("/{index}/{{{name}}}")
        } else {
            format!("/{index}")
        };
        let mut headers = Map::new();
        if is_header {
            headers.insert(name.clone(), json!({"schema": text()}));
        }
        let form = json!({"type": "object", "properties": {(name.clone()): text(), "file": {"type": "string", "format": "binary"}}});
        let media_type =
            if is_plain(name) { format!("application/{name}+json") } else { "application/json".to_owned() };
        let content = json!({(media_type): {"schema": text()}});
        let mut responses = json!({"200": {"description": name, "headers": headers, "content": content}});
        if index % 9 == 0 {
            responses["201"] = json!({"description": name, "content": {"application/json": {"schema": {"type": "integer"}}}});
        }
        paths.insert(
            path,
            json!({"post": {
                "operationId": name,
                "tags": [name],
                "parameters": parameters,
                "security": [{(name.clone()): []}],
                "requestBody": {"content": {"multipart/form-data": {"schema": form}}},
                "responses": responses
            }}),
        );
    }
    paths.insert(
        "/all".to_owned(),
        json!({"post": {
            "operationId": "odd all",
            "requestBody": {"required": true, "content": {"application/json": {"schema": {"$ref": "#/components/schemas/odd.all_required"}}}},
            "responses": {"200": {"description": "", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/odd.all"}}}}}
        }}),
    );
    let schemes: Map<String, Value> =
        names.iter().map(|name| (name.clone(), json!({"type": "http", "scheme": "bearer"}))).collect();
    json!({
        "openapi": "3.0.3",
        "info": {"title": "Odd names", "version": "1"},
        "servers": [{"url": "https://api.example.com"}],
        "paths": paths,
        "components": {"schemas": schemas, "securitySchemes": schemes}
    })
}

#[test]
fn a_document_of_odd_names_alone_compiles_without_a_warning() {
    let names = names();
    assert!(names.len() >= 678, "{}", names.len());
    let text = document(&names).to_string();
    let source = Source::from_text(("odd_names.json", &text), &[]);
    // Each name is then also a method of the client, a type of a group and a method of a group.
    let options = Options { groups: Groups::Tag, ..Options::default() };
    let output = generator::generate(&source, &options).expect("a client");
    assert_eq!(output.summary.operations, names.len() + 1);
    let mut files = BTreeSet::new();
    for path in output.files.keys() {
        assert!(path.is_ascii() && files.insert(path.to_lowercase()), "{path}");
        let stem = path.rsplit('/').next().and_then(|file| file.split('.').next()).expect("a file");
        assert!(!DEVICES.split_whitespace().take(8).any(|device| device == stem), "{path}");
    }
    let repository = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace");
    let folder = repository.join("target/odd_names");
    crates::write_all(&folder.join("odd_names"), &output.files);
    crates::write(&folder.join("odd_names/Cargo.toml"), &crates::manifest("odd_names", repository));
    crates::write(&folder.join("Cargo.toml"), &crates::workspace(&["odd_names".to_owned()]));
    std::fs::copy(repository.join("Cargo.lock"), folder.join("Cargo.lock")).expect("a copy of Cargo.lock");
    for command in [&["clippy", "--all-features"][..], &["doc", "--no-deps"]] {
        let output = Command::new(env!("CARGO"))
            .args(command)
            .args(["--offline", "--quiet", "--target-dir", "../cases/target"])
            .args(if command.contains(&"clippy") { &["--", "-D", "warnings"][..] } else { &[] })
            .current_dir(&folder)
            .env_remove("CARGO_TARGET_DIR")
            .env_remove("RUSTFLAGS")
            .env("RUSTDOCFLAGS", "-D warnings")
            .output()
            .expect("cargo runs");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{command:?}: {}", said.chars().take(20_000).collect::<String>());
    }
}
