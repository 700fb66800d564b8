//! The code of every case has rustfmt's default style.

#![allow(clippy::expect_used, reason = "a test stops at the first surprise")]

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::process::Command;

use generator::{Options, Source};
use support::Case;

/// Returns the files for an object that is sent and has more properties than its setters are kept as
/// tokens for.
fn large() -> BTreeMap<String, String> {
    let types = ["string", "integer", "array, items: {type: boolean}"];
    let properties: String = (0..1200)
        .map(|index| format!("        p{index}: {{type: {}}}\n", types.get(index % 3).unwrap_or(&"string")))
        .collect();
    let document = format!(
        "openapi: 3.0.3\ninfo: {{title: t, version: '1'}}\nservers: [{{url: 'https://a.test'}}]\n\
         paths: {{/a: {{post: {{operationId: a, responses: {{'200': {{description: d}}}}, \
         requestBody: {{content: {{application/json: {{schema: {{$ref: '#/components/schemas/A'}}}}}}}}}}}}}}\n\
         components:\n  schemas:\n    A:\n      type: object\n      required: [p0]\n      properties:\n{properties}"
    );
    let source = Source::from_text(("api.yaml", &document), &[]);
    let output = generator::generate(&source, &Options::default()).expect("the document is valid");
    let model = output.files.get("src/models/a.rs").expect("the object has a file");
    assert!(model.contains("    pub fn with_p1199("), "the last property has a setter");
    output.files
}

#[test]
fn rustfmt_changes_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    // Without its own settings file, rustfmt uses that of a parent folder.
    let settings = folder.path().join("rustfmt.toml");
    fs::write(&settings, "").expect("a file");
    let mut roots = Vec::new();
    let cases = Case::all().into_iter().filter_map(|case| {
        let files = case.generate().ok()?.files;
        Some((format!("{}-{}", case.area, case.name), files))
    });
    for (name, files) in cases.chain([("large".to_owned(), large())]) {
        let member = folder.path().join(name);
        for (path, text) in &files {
            let path = member.join(path);
            fs::create_dir_all(path.parent().expect("a file has a folder")).expect("a folder");
            fs::write(path, text).expect("a file");
        }
        roots.push(member.join("src/lib.rs"));
    }
    let output = Command::new("rustfmt")
        .args(["--check", "--color", "never", "--edition", "2024", "--config-path"])
        .arg(&settings)
        .args(&roots)
        .output()
        .expect("rustfmt runs");
    let shown: String = String::from_utf8_lossy(&output.stdout).chars().take(20_000).collect();
    assert!(output.status.success(), "{shown}\n{}", String::from_utf8_lossy(&output.stderr));
}
