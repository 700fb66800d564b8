//! Format: files of tokens in, an [`Output`](crate::Output)'s text out.
//!
//! The one rule: the same tokens give the same bytes. Every text begins with the generated header.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place};
use crate::emit::File;

/// A file that keeps `cargo fmt` from touching the others: they would differ from what is generated next time.
const SETTINGS: (&str, &str) = ("src/rustfmt.toml", "disable_all_formatting = true");

/// Formats each file; one that is not Rust is a bug of the generator, and reported as one.
pub(crate) fn format(
    files: &[File],
    header: &str,
    diagnostics: &mut Diagnostics,
) -> BTreeMap<String, String> {
    let mut texts = BTreeMap::from([(SETTINGS.0.to_owned(), format!("# {header}\n{}\n", SETTINGS.1))]);
    for file in files {
        match format_file(file, header) {
            Ok(text) => {
                texts.insert(file.path.clone(), text);
            }
            Err(error) => {
                let message = format!("the generator wrote `{}`, which is not Rust: {error}", file.path);
                let note = "this is a bug of the generator; please report it with the document";
                diagnostics.push(Diagnostic::new(Code::Internal, message, Place::file(0)).note(note));
            }
        }
    }
    texts
}

fn format_file(file: &File, header: &str) -> syn::Result<String> {
    let mut text = format!("// {header}\n");
    text.push_str(&prettyplease::unparse(&syn::parse2(file.docs.clone())?));
    for item in &file.items {
        let item = prettyplease::unparse(&syn::parse2(item.clone())?);
        text.push('\n');
        text.push_str(&spaced(&item));
    }
    Ok(text)
}

/// The items of an `impl`, which `prettyplease` sets line to line, with an empty line between.
fn spaced(item: &str) -> String {
    let mut text = String::with_capacity(item.len());
    let mut ended = false;
    for line in item.split_inclusive('\n') {
        let inner = line.strip_prefix("    ").filter(|inner| !inner.starts_with(' ')).map(str::trim_end);
        let begins = inner.is_some_and(|inner| {
            ["///", "#[", "pub ", "fn ", "const "].iter().any(|start| inner.starts_with(start))
        });
        if ended && begins {
            text.push('\n');
        }
        // `prettyplease` does not know what a macro's tokens are.
        if line.contains("request_methods!(") {
            text.push_str(&line.replace(" < ", "<").replace(" >", ">").replace(" ,", ","));
        } else {
            text.push_str(line);
        }
        ended = inner.is_some_and(|inner| inner == "}" || (inner.ends_with(';') && !inner.starts_with("//")));
    }
    text
}
