//! Generates Rust clients from OpenAPI documents.
//!
//! [`generate`] runs the pipeline. Each stage is a module and produces one type:
//!
//! | stage | input | output |
//! | --- | --- | --- |
//! | read | files | [`Source`]: texts, and their trees in document order, by [`parse`] |
//! | [`bundle`] | trees | `Tree`: the document merged with the files that it refers to |
//! | [`overlay`] | `Tree`, overlays' trees | `Tree` |
//! | [`normalise`] | `Tree` | `Document`: one dialect, OpenAPI 3.0 |
//! | [`mod@lower`] | `Document` | `ir::Api`: types and operations, no `$ref`, no Rust |
//! | [`name`] | `Api` | `Names`: ids to identifiers |
//! | [`plan`] | `Api`, `Names` | `Plan`: which fields are boxed, which traits are derived |
//! | [`rust`] | `Api`, `Names`, `Plan` | `Crate`: the client's items, each with its name |
//! | [`surface`] | `Crate` | `Surface`: what callers and servers see. [`mod@lock`] stores it, [`mod@diff`] compares it |
//! | [`emit`] | `Crate` | files of tokens |
//! | [`format`] | tokens | [`Output`]: path to text |
//!
//! Invariants: a stage does not use later stages. `emit` does not know OpenAPI, `lower` does not
//! know Rust, and only `name` creates identifiers. This crate does not print, write files, or open
//! network connections.
#![allow(rustdoc::private_intra_doc_links, reason = "the stages are the table of contents for maintainers")]

mod bundle;
mod diagnostic;
mod diff;
mod doc;
mod document;
mod emit;
mod file;
mod format;
mod groups;
mod header;
mod ir;
mod limits;
mod lock;
mod lower;
mod name;
mod normalise;
mod output;
mod overlay;
mod parse;
mod place;
mod plan;
mod pointer;
mod replace;
mod rust;
mod source;
mod specification;
mod stage;
mod surface;
mod tree;
mod wildcard;

use std::collections::BTreeMap;

pub use diagnostic::{Code, Diagnostic, Diagnostics, Severity, escaped};
pub use diff::{Bump, Change, Diff, DiffRule, Wire, diff};
pub use groups::Groups;
pub use header::Header;
pub use lock::{Lock, LockError};
pub use lower::Only;
pub use output::{Example, Output, Summary};
pub use place::Place;
pub use pointer::Pointer;
pub use source::Source;
pub use stage::Stage;

/// Compiles and runs the example of README.md.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

/// The options of a generation.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The document's name in the header, such as `spec/twilio_conversations_v1.yaml`.
    pub origin: String,
    /// The command that the header names.
    pub header: Header,
    /// The place of the code: a crate, or a module of one.
    pub place: Place,
    /// Pinned names: JSON pointer (`#/components/schemas/a.b`) to Rust identifier. They win over
    /// all other names.
    pub names: BTreeMap<String, String>,
    /// The caller's own types that replace generated types: JSON pointer of a component schema, or
    /// a format such as `format:decimal`, to Rust type, such as `rust_decimal::Decimal`. They must
    /// implement serde's traits.
    pub types: BTreeMap<String, String>,
    /// Traits that models derive in addition to those that all models have: pattern of type names,
    /// in which `*` is any text, to paths such as `Ord` or `strum::EnumIter`. A trait of the
    /// standard library that a part of a type lacks is not derived, and N005 is reported.
    pub derives: BTreeMap<String, Vec<String>>,
    /// Where the methods of operations are. Default: on the client.
    pub groups: Groups,
    /// The library's name in Rust code, if the crate's manifest is generated too. `cargo test` then
    /// compiles the example of each request. Without the name, the examples are not compiled.
    pub library: Option<String>,
    /// The operations to generate. Models that no selected operation uses are omitted.
    pub only: Only,
    /// The library's name in Rust code, if the crate should have the document's examples as
    /// `tests/examples.rs`. Off by default, because the tests take time to compile and also fail
    /// for wrong examples.
    pub examples: Option<String>,
    /// True if the crate has a feature for each tag. The crate's `Cargo.toml` must declare them.
    pub features: bool,
    /// The path of the client's lock within the crate's folder, if it should have one.
    pub lock: Option<String>,
    /// The text of the previous lock. Its names stay in use.
    pub earlier_lock: Option<String>,
    /// Sample values and the package's name, for a test that calls every operation once.
    pub calls: Option<(serde_json::Value, String)>,
}

/// Generates a client's source from a document.
///
/// # Errors
/// Returns all diagnostics if at least one of them is an error. Nothing is generated then.
pub fn generate(source: &Source, options: &Options) -> Result<Output, Diagnostics> {
    let (Named { document, earlier, api, mut names, plan }, mut diagnostics) = named(source, options)?;
    let given = names.take_given();
    let rust = rust::build(&api, &names, &plan, options);
    let locator = diagnostic::Locator::new(source.files());
    let lock = Lock::new(given, surface::surface(&rust), document, locator, earlier.as_ref());
    let header = options.header.line(&options.origin);
    let mut files = format::format(&header, &mut diagnostics, |write| {
        emit::emit(&rust, write);
        let calls =
            options.calls.as_ref().and_then(|(samples, package)| emit::calls(&rust, samples, package));
        let examples = options.examples.as_ref().and_then(|library| emit::examples(&rust, library));
        calls.into_iter().chain(examples).for_each(write);
    });
    let examples: Vec<Example> = api.examples.iter().map(Example::new).collect();
    files.extend(output::examples(&examples, &header));
    let mut files = options.place.files(files);
    files.extend(options.lock.as_ref().map(|path| (path.clone(), lock.render(&header))));
    let (files, diagnostics) = diagnostics.stop_on_error(files)?;
    let counts = names.counts();
    let summary = Summary {
        operations: api.operations.len(),
        operations_skipped: api.skipped,
        models: api.types().count(),
        schemas: api.types().filter(|(_, known)| known.origin.is_component()).count(),
        untyped: api.untyped(),
        names: counts.all,
        numbered: counts.numbered,
        long: counts.long,
    };
    let features = if plan.gates.is_empty() { vec![] } else { names.features() };
    Ok(Output { files, summary, features, examples, lock, diagnostics })
}

/// Returns the lock of a document's client, without generating its source. [`diff()`] compares two
/// locks.
///
/// # Errors
/// The same as [`generate`].
pub fn lock(source: &Source, options: &Options) -> Result<Lock, Diagnostics> {
    let (Named { document, earlier, api, mut names, plan }, diagnostics) = named(source, options)?;
    let given = names.take_given();
    let surface = surface::surface(&rust::build(&api, &names, &plan, options));
    let lock =
        Lock::new(given, surface, document, diagnostic::Locator::new(source.files()), earlier.as_ref());
    Ok(diagnostics.stop_on_error(lock)?.0)
}

/// The results of the stages up to `plan`.
struct Named {
    document: document::Document,
    /// The previous lock.
    earlier: Option<Lock>,
    api: ir::Api,
    names: name::Names,
    plan: plan::Plan,
}

/// Runs the stages up to `plan`.
fn named(source: &Source, options: &Options) -> Result<(Named, Diagnostics), Diagnostics> {
    let (document, mut diagnostics) = read_document(source)?;
    let earlier = earlier_lock(options, &mut diagnostics);
    let (earlier, mut diagnostics) = diagnostics.stop_on_error(earlier)?;
    let api = lower(&document, options, &mut diagnostics);
    let held = earlier.as_ref().map(Lock::held).unwrap_or_default();
    let names = name::name(&api, &document, options, &held, &mut diagnostics);
    let plan = plan::plan(&api, &names, &document, options, &mut diagnostics);
    Ok((Named { document, earlier, api, names, plan }, diagnostics))
}

fn lower(document: &document::Document, options: &Options, diagnostics: &mut Diagnostics) -> ir::Api {
    let replaced = replace::Replacements::read(&options.types, document, diagnostics);
    lower::lower(document, &options.only, &replaced, options.examples.is_some(), diagnostics)
}

/// Reads the previous lock.
fn earlier_lock(options: &Options, diagnostics: &mut Diagnostics) -> Option<Lock> {
    match Lock::parse(options.earlier_lock.as_deref()?) {
        Ok(lock) => Some(lock),
        Err(error) => {
            let message = format!("the client's lock can't be read: {error}");
            let note = "restore it from the repository, or remove it to get new names";
            let place = diagnostic::Place::file(0);
            diagnostics.push(Diagnostic::new(Code::BadLock, message, place).note(note));
            None
        }
    }
}

/// Returns the document with its overlays applied, rewritten as OpenAPI 3.0, as JSON text. Types
/// are generated from this document, and other OpenAPI tools can read it.
///
/// # Errors
/// The same as [`generate`], for the stages up to `normalise`.
pub fn merged_json(source: &Source) -> Result<String, Diagnostics> {
    let (document, _) = read_document(source)?;
    Ok(format!("{:#}\n", document.root()))
}

/// Returns the result of `stage` for a document, as text to read: JSON, or Rust's debug format.
///
/// # Errors
/// The same as [`generate`], for the stages up to `stage`.
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
    let api = lower(&document, options, &mut diagnostics);
    if stage == Stage::Lower {
        return Ok(format!("{api:#?}\n"));
    }
    Ok(format!("{:#?}\n", name::name(&api, &document, options, &name::Held::default(), &mut diagnostics)))
}

/// Runs the stages that read files: parse, bundle, overlay, normalise. Errors stop the run after
/// each stage.
fn read_document(source: &Source) -> Result<(document::Document, Diagnostics), Diagnostics> {
    let mut diagnostics = Diagnostics::new(source.files());
    source::check(source, &mut diagnostics);
    let ((), mut diagnostics) = diagnostics.stop_on_error(())?;
    let tree = overlay::apply(bundle::bundle(source), source, &mut diagnostics);
    if source.is_merged() {
        tree.check_pointers(&mut diagnostics);
    }
    let (tree, mut diagnostics) = diagnostics.stop_on_error(tree)?;
    let document = normalise::normalise(tree, &mut diagnostics);
    diagnostics.stop_on_error(document)
}
