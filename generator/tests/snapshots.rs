//! A test for each case: the generated code and the diagnostics, compared with the snapshot beside
//! the case.
//!
//!     cargo test -p wirewright-generator --test snapshots operations/pages
//!
//! Invariant: a case that fails does not hide the others.

#![allow(clippy::expect_used, clippy::panic, reason = "a test stops at the first surprise")]

mod support;

use std::path::Path;
use std::process::ExitCode;

use libtest_mimic::{Arguments, Trial};
use support::Case;

/// Files with the same content in every case. The area `client` shows them.
const EVERYWHERE: [&str; 3] = ["src/lib.rs", "src/client.rs", "src/models/mod.rs"];

fn main() -> ExitCode {
    let mut trials = Vec::new();
    let mut add = |name: String, run: Box<dyn FnOnce() + Send>| {
        trials.push(Trial::test(name, move || {
            run();
            Ok(())
        }));
    };
    for case in Case::all() {
        let name = format!("{}/{}", case.area, case.name);
        let (reversed, again) = (case.clone(), case.clone());
        add(
            format!("{name}: key order changes no name"),
            Box::new(move || key_order_changes_no_name(&reversed)),
        );
        add(format!("{name}: the same bytes again"), Box::new(move || the_same_bytes_again(&again)));
        add(
            name,
            match case.area.as_str() {
                "errors" => Box::new(move || diagnostics(&case)),
                "normalise" => Box::new(move || normalised(&case)),
                _ => Box::new(move || generated(&case)),
            },
        );
    }
    add("each_code_has_a_case".to_owned(), Box::new(each_code_has_a_case));
    add(
        "the_generated_client_equals_its_snapshot".to_owned(),
        Box::new(the_generated_client_equals_its_snapshot),
    );
    add("a_file_that_cannot_be_read_is_named".to_owned(), Box::new(a_file_that_cannot_be_read_is_named));
    libtest_mimic::run(&Arguments::from_args(), trials).exit_code()
}

/// The case generates what its snapshot shows.
fn generated(case: &Case) {
    let output = case.generate().unwrap_or_else(|all| panic!("{}", all.render_plain()));
    let mut text = String::new();
    for (path, file) in &output.files {
        if case.area == "client" || !EVERYWHERE.contains(&path.as_str()) {
            text += &format!("==> {path} <==\n{file}\n");
        }
    }
    text += &output.diagnostics.render_plain();
    case.assert_snapshot(&text);
}

/// The document is normalised as its snapshot shows.
fn normalised(case: &Case) {
    case.assert_snapshot(&case.normalised().unwrap_or_else(|all| all.render_plain()));
}

/// The case gives the diagnostic that it is named after, and its messages are those of its snapshot.
fn diagnostics(case: &Case) {
    let diagnostics = match case.generate() {
        Ok(output) => output.diagnostics,
        Err(diagnostics) => diagnostics,
    };
    let code = case.name.split('_').next().unwrap_or_default().to_uppercase();
    assert!(
        diagnostics.iter().any(|one| one.code().id() == code),
        "the case does not give {code}:\n{}",
        diagnostics.render_plain()
    );
    case.assert_snapshot(&diagnostics.render_plain());
}

fn each_code_has_a_case() {
    let cases = Case::all();
    // An unreadable file has no text for a case, and text that is not Rust cannot be provoked.
    let elsewhere = ["E001", "E099"];
    for code in generator::Code::ALL.iter().map(|code| code.id()).filter(|id| !elsewhere.contains(id)) {
        let prefix = format!("{}_", code.to_lowercase());
        assert!(
            cases.iter().any(|case| case.area == "errors" && case.name.starts_with(&prefix)),
            "no case in cases/errors shows {code}"
        );
    }
}

fn the_generated_client_equals_its_snapshot() {
    let client = Path::new(env!("CARGO_MANIFEST_DIR")).join("../generated-client");
    let mut files = Vec::new();
    let mut folders = vec![client.join("src")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() { folders.push(path) } else { files.push(path) }
        }
    }
    files.sort();
    let mut text = String::new();
    for path in &files {
        let shown = path
            .strip_prefix(&client)
            .expect("a file of the client")
            .display()
            .to_string()
            .replace('\\', "/");
        text += &format!("==> {shown} <==\n{}\n", std::fs::read_to_string(path).expect("a text"));
    }
    insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!("generated_client", text);
    });
}

fn key_order_changes_no_name(case: &Case) {
    let Ok(output) = case.generate() else { return };
    let reversed = case.reversed().generate();
    let reversed = reversed.unwrap_or_else(|all| panic!("reversed, it fails: {}", all.render_plain()));
    let names = |output: &generator::Output| {
        let mut words: Vec<String> = output
            .files
            .iter()
            .flat_map(|(path, text)| {
                text.lines()
                    .map(str::trim)
                    .filter(|line| line.starts_with("pub ") || line.starts_with("mod "))
                    .map(move |line| format!("{path}: {line}"))
            })
            .collect();
        words.sort();
        words
    };
    assert_eq!(names(&output), names(&reversed));
}

fn the_same_bytes_again(case: &Case) {
    if let (Ok(first), Ok(second)) = (case.generate(), case.generate()) {
        assert_eq!(first.files, second.files);
    }
}

fn a_file_that_cannot_be_read_is_named() {
    let problem =
        generator::Source::read("no/such/file.yaml".as_ref(), &[]).expect_err("there is no such file");
    insta::assert_snapshot!(problem.render_plain().trim(), @r"
    error[E001]: `no/such/file.yaml` can't be read: No such file or directory (os error 2)
    --> no/such/file.yaml
    ");
}
