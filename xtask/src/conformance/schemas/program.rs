//! The generated crate of a document, and the program that reads values as its models.
//!
//! Input: the components of a document. Output: an [`Outcome`] for each of their tests, and the
//! Rust type of each component.

use super::component::{Component, document};
use super::suite::Draft;
use crate::crates::Crates;
use crate::workspace::Workspace;
use anyhow::{Context, Result, anyhow, bail};
use generator::{Header, Options, Source};
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use std::process::Stdio;
use wirewright::folder::Plan;

/// What a model made of a value.
#[derive(Debug, Deserialize)]
pub(super) struct Outcome {
    /// The error, if the value is not one of the type.
    pub(super) error: Option<String>,
    /// The JSON that was written.
    pub(super) encoded: Option<String>,
    /// The violations that `validate()` found.
    pub(super) violations: Option<String>,
}

/// A document with its crate.
#[derive(Debug)]
pub(super) struct Program<'c> {
    draft: Draft,
    name: String,
    components: Vec<(usize, &'c Component)>,
    types: Types,
}

impl<'c> Program<'c> {
    /// Generates the crate `name` of these components.
    pub(super) fn generate(
        workspace: &Workspace,
        crates: &Crates,
        name: String,
        draft: Draft,
        components: Vec<(usize, &'c Component)>,
    ) -> Result<Self> {
        let path = format!("documents/{name}.json");
        crates.write(&path, &format!("{:#}\n", document(draft, &components)))?;
        let options = Options { origin: format!("{name}.json"), header: Header::Xtask, ..Options::default() };
        let source = Source::read(&crates.member(&path), &[]);
        let output = source.and_then(|source| generator::generate(&source, &options));
        let output = output.map_err(|failed| anyhow!("{}", failed.render_plain()))?;
        crates.write(&format!("diagnostics/{name}.txt"), &output.diagnostics.render_plain())?;
        let types = Types::read(&output.files)?;
        Plan::new(&crates.member(&name), output.files)?.apply()?;
        crates.write(&format!("{name}/Cargo.toml"), &manifest(&name, &workspace.runtime()))?;
        let program = Self { draft, name, components, types };
        crates.write(&format!("{}/tests/schemas.rs", program.name), &program.source())?;
        crates.write(&format!("{}/tests/schemas.jsonl", program.name), &program.input())?;
        Ok(program)
    }

    /// Returns the Rust type of a component, if it has one other than any JSON.
    pub(super) fn lowered(&self, index: usize) -> Option<&str> {
        self.types.of(index)
    }

    pub(super) fn components(&self) -> &[(usize, &'c Component)] {
        &self.components
    }

    pub(super) fn draft(&self) -> Draft {
        self.draft
    }

    /// Runs the program. Returns the outcomes in the order of the components and their tests.
    pub(super) fn run(&self, crates: &Crates) -> Result<Vec<Outcome>> {
        let mut cargo = crates.cargo();
        cargo.args(["test", "--offline", "--quiet", "--test", "schemas", "--package", &self.name]);
        cargo.args(["--", "--nocapture"]).stdin(Stdio::null());
        let output = cargo.output().context("cannot run cargo")?;
        if !output.status.success() {
            bail!("{}: {}", self.name, String::from_utf8_lossy(&output.stderr));
        }
        let text = String::from_utf8_lossy(&output.stdout);
        let lines = text.lines().filter_map(|line| line.strip_prefix("outcome "));
        let outcomes: Vec<Outcome> = lines.map(serde_json::from_str).collect::<Result<_, _>>()?;
        let expected: usize = self.components.iter().map(|(_, component)| component.tests.len()).sum();
        if outcomes.len() != expected {
            bail!("{}: {} outcomes of {expected}", self.name, outcomes.len());
        }
        Ok(outcomes)
    }

    fn source(&self) -> String {
        let library = self.name.replace('-', "_");
        let rows = self.components.iter().map(|(index, component)| {
            format!("    (check::<models::Case{index}>, {}),\n", component.tests.len())
        });
        PROGRAM.replace("LIBRARY", &library).replace("ROWS", &rows.collect::<String>())
    }

    /// Returns the values, one a line.
    fn input(&self) -> String {
        let tests = self.components.iter().flat_map(|(_, component)| &component.tests);
        tests.map(|test| format!("{{\"value\":{}}}\n", test.data.get())).collect()
    }
}

/// The types of a generated crate's models.
#[derive(Debug, Default)]
struct Types {
    /// The type of the property `value` of each model `Case…`.
    values: HashMap<usize, String>,
    /// The type of each alias.
    aliases: HashMap<String, String>,
}

impl Types {
    fn read(files: &BTreeMap<String, String>) -> Result<Self> {
        let mut types = Self::default();
        for (path, text) in files.iter().filter(|(path, _)| path.starts_with("src/models")) {
            for item in syn::parse_file(text).with_context(|| path.clone())?.items {
                match item {
                    syn::Item::Type(alias) => {
                        types.aliases.insert(alias.ident.to_string(), name(&alias.ty));
                    }
                    syn::Item::Struct(item) => types.add(&item),
                    _ => {}
                }
            }
        }
        Ok(types)
    }

    fn add(&mut self, item: &syn::ItemStruct) {
        let ident = item.ident.to_string();
        let index = ident.strip_prefix("Case").and_then(|index| index.parse().ok());
        let is_value = |field: &&syn::Field| field.ident.as_ref().is_some_and(|ident| ident == "value");
        let field = item.fields.iter().find(is_value);
        self.values.extend(index.zip(field).map(|(index, field)| (index, name(&field.ty))));
    }

    /// Returns the type of a case's property `value`, if it is other than any JSON.
    fn of(&self, index: usize) -> Option<&str> {
        let mut ty = self.values.get(&index)?;
        while let Some(aliased) = self.aliases.get(ty) {
            ty = aliased;
        }
        Some(ty.as_str()).filter(|ty| *ty != ANY)
    }
}

/// The type of any JSON.
const ANY: &str = "AnyJson";

/// Returns a type's last name. For an `Option`, returns the name of the inner type.
fn name(ty: &syn::Type) -> String {
    let syn::Type::Path(path) = ty else { return String::new() };
    let Some(last) = path.path.segments.last() else { return String::new() };
    match &last.arguments {
        syn::PathArguments::AngleBracketed(inner) if last.ident == "Option" => match inner.args.first() {
            Some(syn::GenericArgument::Type(inner)) => name(inner),
            _ => String::new(),
        },
        _ => last.ident.to_string(),
    }
}

fn manifest(name: &str, runtime: &Path) -> String {
    format!(
        "[package]\nname = {name:?}\nversion = \"0.0.0\"\nedition = \"2024\"\npublish = false\n\n[dependencies]\n\
         runtime = {{ package = \"wirewright-runtime\", path = {runtime:?}, default-features = false, \
         features = [\"validate\"] }}\n"
    )
}

/// Reads each line as its model, and prints the outcome.
const PROGRAM: &str = r#"use LIBRARY::models;
use runtime::model::{self, DeserializeOwned, Encode, Validate};
use runtime::serde_json::{self, json};

type Check = fn(&str) -> serde_json::Value;

/// The model of each component, and the number of its values.
const CASES: &[(Check, usize)] = &[
ROWS];

#[test]
fn values_come_back() {
    let mut lines = include_str!("schemas.jsonl").lines();
    for (check, values) in CASES {
        for line in lines.by_ref().take(*values) {
            println!("\noutcome {}", check(line));
        }
    }
}

fn check<T: DeserializeOwned + Encode>(text: &str) -> serde_json::Value {
    let value: T = match serde_json::from_str(text) {
        Ok(value) => value,
        Err(error) => return json!({ "error": error.to_string() }),
    };
    let violations = value.validate().err().map(|violations| violations.to_string());
    match model::to_json(&value) {
        Some(encoded) => json!({ "encoded": encoded, "violations": violations }),
        None => json!({ "error": "not encoded" }),
    }
}
"#;
