//! The generated code and the diagnostics of each case, compared with the snapshot beside the case.

mod support;

use std::path::Path;

use support::Case;

/// Files with the same content in every case. The area `client` shows them.
const EVERYWHERE: [&str; 3] = ["src/lib.rs", "src/client.rs", "src/models/mod.rs"];

#[test]
fn each_case_generates_what_its_snapshot_shows() {
    for case in Case::all().iter().filter(|case| !["errors", "normalise"].contains(&case.area.as_str())) {
        let output = case.generate().unwrap_or_else(|all| panic!("{}: {}", case.name, all.render_plain()));
        let mut text = String::new();
        for (path, file) in &output.files {
            if case.area == "client" || !EVERYWHERE.contains(&path.as_str()) {
                text += &format!("==> {path} <==\n{file}\n");
            }
        }
        text += &output.diagnostics.render_plain();
        case.assert_snapshot(&text);
    }
}

#[test]
fn each_document_is_normalised_as_its_snapshot_shows() {
    for case in Case::all().iter().filter(|case| case.area == "normalise") {
        case.assert_snapshot(&case.normalised().unwrap_or_else(|all| all.render_plain()));
    }
}

#[test]
fn each_diagnostic_reads_as_its_snapshot_shows() {
    let cases: Vec<Case> = Case::all().into_iter().filter(|case| case.area == "errors").collect();
    for case in &cases {
        let diagnostics = match case.generate() {
            Ok(output) => output.diagnostics,
            Err(diagnostics) => diagnostics,
        };
        let code = case.name.split('_').next().unwrap_or_default().to_uppercase();
        assert!(
            diagnostics.iter().any(|one| one.code().id() == code),
            "the case {} does not give {code}:\n{}",
            case.name,
            diagnostics.render_plain()
        );
        case.assert_snapshot(&diagnostics.render_plain());
    }
    // An unreadable file has no text for a case, and text that is not Rust cannot be provoked.
    let elsewhere = ["E001", "E099"];
    for code in generator::Code::ALL.iter().map(|code| code.id()).filter(|id| !elsewhere.contains(id)) {
        let prefix = format!("{}_", code.to_lowercase());
        assert!(
            cases.iter().any(|case| case.name.starts_with(&prefix)),
            "no case in cases/errors shows {code}"
        );
    }
}

#[test]
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

#[test]
fn key_order_changes_no_name() {
    for case in Case::all() {
        let Ok(output) = case.generate() else { continue };
        let Ok(reversed) = case.reversed().generate() else { panic!("{}: reversed, it fails", case.name) };
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
        assert_eq!(names(&output), names(&reversed), "{}/{}", case.area, case.name);
    }
}

#[test]
fn the_same_document_gives_the_same_bytes() {
    for case in Case::all() {
        if let (Ok(first), Ok(second)) = (case.generate(), case.generate()) {
            assert_eq!(first.files, second.files, "{}/{}", case.area, case.name);
        }
    }
}

#[test]
fn a_file_that_cannot_be_read_is_named() {
    let problem =
        generator::Source::read("no/such/file.yaml".as_ref(), &[]).expect_err("there is no such file");
    insta::assert_snapshot!(problem.render_plain().trim(), @r"
    error[E001]: `no/such/file.yaml` can't be read: No such file or directory (os error 2)
    --> no/such/file.yaml
    ");
}
