//! OpenAPI documents in, Rust client source out.
//!
//! [`generate`] is the pipeline, one line a stage; each stage is a module, and has one noun for what comes out
//! of it:
//!
//! | stage | takes | gives |
//! | --- | --- | --- |
//! | read | files | [`Source`]: texts, and by [`parse`] their trees in document order |
//! | [`bundle`] | trees | one `Tree`, of the document and what it refers to |
//! | [`overlay`] | `Tree`, overlays' trees | `Tree` |
//! | [`normalise`] | `Tree` | `Document`: one dialect, OpenAPI 3.0 |
//! | [`lower`] | `Document` | `ir::Api`: types and operations, no `$ref`, no Rust |
//! | [`name`] | `Api` | `Names`: ids to identifiers |
//! | [`plan`] | `Api` | `Plan`: what is boxed, required, derived |
//! | [`emit`] | all three | files of tokens |
//! | [`format`] | tokens | [`Output`]: path to text |
//!
//! Stages never look back: `emit` does not know OpenAPI, `lower` does not know Rust, and only `name` makes an
//! identifier. Nothing here prints, writes, or reaches for the network.
#![allow(rustdoc::private_intra_doc_links, reason = "the stages are the table of contents for maintainers")]

mod bundle;
mod diagnostic;
mod doc;
mod document;
mod emit;
mod file;
mod format;
mod header;
mod ir;
mod limits;
mod lower;
mod name;
mod normalise;
mod output;
mod overlay;
mod parse;
mod place;
mod plan;
mod pointer;
mod source;
mod stage;
mod tree;

use std::collections::BTreeMap;

pub use diagnostic::{Code, Diagnostic, Diagnostics, Severity, escaped};
pub use header::Header;
pub use lower::Only;
pub use output::{Example, Output, Summary};
pub use place::Place;
pub use pointer::Pointer;
pub use source::Source;
pub use stage::Stage;

/// What a generation is asked for.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// What the header says that the files are made from, as `spec/twilio_conversations_v1.yaml`.
    pub origin: String,
    /// The command that the header names.
    pub header: Header,
    /// Whether the code is a crate, or a module of one.
    pub place: Place,
    /// Pinned names: JSON pointer (`#/components/schemas/a.b`) to Rust identifier. They win over all others.
    pub names: BTreeMap<String, String>,
    /// The operations that are wanted; models that no other uses are left out.
    pub only: Only,
    /// What Rust code calls the library, where its crate is to carry the document's examples as `tests/examples.rs`.
    /// They take time to compile and test the document as much as the client, so they are there only if asked for.
    pub examples: Option<String>,
    /// The crate has a feature for each tag, which its `Cargo.toml` declares.
    pub features: bool,
    /// Sample values, and the package's name, for a test that calls every operation once.
    pub calls: Option<(serde_json::Value, String)>,
}

/// Generates a client's source from a document.
///
/// # Errors
/// All diagnostics, where at least one of them is an error; nothing is generated then.
pub fn generate(source: &Source, options: &Options) -> Result<Output, Diagnostics> {
    let (document, mut diagnostics) = read_document(source)?;
    let api = lower::lower(&document, &options.only, options.examples.is_some(), &mut diagnostics);
    let names = name::name(&api, &document, &options.names, &mut diagnostics);
    let plan = plan::plan(&api, &document, options.features, &mut diagnostics);
    let header = options.header.line(&options.origin);
    let mut files = format::format(&header, &mut diagnostics, |write| {
        emit::emit(&api, &names, &plan, options, write);
    });
    let examples: Vec<Example> = api.examples.iter().map(Example::new).collect();
    files.extend(output::examples(&examples, &header));
    let files = options.place.files(files);
    let (files, diagnostics) = diagnostics.stop_on_error(files)?;
    let summary = Summary {
        operations: api.operations.len(),
        operations_skipped: api.skipped,
        models: api.types().count(),
        schemas: api.types().filter(|(_, known)| known.origin.is_component()).count(),
        untyped: api.untyped(),
    };
    let features = if plan.gates.is_empty() { vec![] } else { names.features() };
    Ok(Output { files, summary, features, examples, diagnostics })
}

/// The document with its overlays applied, in the words of OpenAPI 3.0, as JSON text: what types are made from, and
/// what other tools that read OpenAPI may read.
///
/// # Errors
/// As [`generate`], of the stages up to `normalise`.
pub fn merged_json(source: &Source) -> Result<String, Diagnostics> {
    let (document, _) = read_document(source)?;
    Ok(format!("{:#}\n", document.root()))
}

/// Returns what `stage` makes of a document, as text for people: JSON, or the debug format of Rust.
///
/// # Errors
/// As [`generate`], of the stages up to `stage`.
pub fn dump(source: &Source, options: &Options, stage: Stage) -> Result<String, Diagnostics> {
    let mut diagnostics = Diagnostics::new(source.files());
    source::check(source, &mut diagnostics);
    let ((), mut diagnostics) = diagnostics.stop_on_error(())?;
    let tree = bundle::bundle(source);
    if stage == Stage::Bundle {
        return Ok(format!("{:#}\n", tree.root));
    }
    let tree = overlay::apply(tree, source, &mut diagnostics);
    let (tree, mut diagnostics) = diagnostics.stop_on_error(tree)?;
    if stage == Stage::Overlay {
        return Ok(format!("{:#}\n", tree.root));
    }
    let document = normalise::normalise(tree, &mut diagnostics);
    let (document, mut diagnostics) = diagnostics.stop_on_error(document)?;
    if stage == Stage::Normalise {
        return Ok(format!("{:#}\n", document.root()));
    }
    let api = lower::lower(&document, &options.only, options.examples.is_some(), &mut diagnostics);
    if stage == Stage::Lower {
        return Ok(format!("{api:#?}\n"));
    }
    Ok(format!("{:#?}\n", name::name(&api, &document, &options.names, &mut diagnostics)))
}

/// The stages that know files: parse, bundle, overlay, normalise. Errors stop the run after each.
fn read_document(source: &Source) -> Result<(document::Document, Diagnostics), Diagnostics> {
    let mut diagnostics = Diagnostics::new(source.files());
    source::check(source, &mut diagnostics);
    let ((), mut diagnostics) = diagnostics.stop_on_error(())?;
    let tree = overlay::apply(bundle::bundle(source), source, &mut diagnostics);
    let (tree, mut diagnostics) = diagnostics.stop_on_error(tree)?;
    let document = normalise::normalise(tree, &mut diagnostics);
    diagnostics.stop_on_error(document)
}
