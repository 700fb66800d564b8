//! The command line.
//!
//! Input: arguments. Output: [`Cli`]. clap refuses unusable combinations of arguments with exit
//! code 2.

mod codegen;
#[cfg(test)]
mod tests;

use clap::{Args, Parser, Subcommand, ValueEnum};
pub(crate) use codegen::Codegen;
use glob::Pattern;
use std::path::PathBuf;
use wirewright::package::CrateName;

/// The maintainers' commands.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", arg_required_else_help = true)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// The command to run.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Bench(Bench),
    Bounds(Bounds),
    #[command(hide = true)]
    BoundsDocument(BoundsDocument),
    Codegen(Codegen),
    Conformance(Conformance),
    Corpus(Corpus),
    Diff(wirewright::arguments::Diff),
    Fuzz(Fuzz),
    History(History),
    #[command(hide = true)]
    CorpusDocument(CorpusDocument),
}

/// Measures generation and the build of a generated crate, for this generator and others
///
/// Prints tables of CPU seconds, wall seconds and MiB. Each figure is the median of several rounds,
/// and every tool runs once a round. Builds are of the first document's crate alone: its
/// dependencies are built before, and the incremental cache is off. Needs GNU time as
/// /usr/bin/time.
#[derive(Args, Debug)]
pub(crate) struct Bench {
    /// The documents, JSON or YAML
    #[arg(value_name = "DOCUMENT", required = true)]
    pub(crate) documents: Vec<PathBuf>,

    /// Measure openapi-to-rust and ploidy as well. They are installed into target/bench
    #[arg(long)]
    pub(crate) peers: bool,

    /// Measure the check, debug and release builds of the first document's crate
    #[arg(long)]
    pub(crate) build: bool,

    /// Measure generation of the first document with 1, 2, 4, 8 and 16 copies of its paths and
    /// schemas
    #[arg(long)]
    pub(crate) growth: bool,

    /// How often each figure is measured
    #[arg(long, value_name = "N", default_value_t = 3, value_parser = clap::value_parser!(u8).range(1..))]
    rounds: u8,

    /// Write the tables into this file, between the lines `<!-- cargo xtask bench -->` and `<!--
    /// end of … -->`
    #[arg(long, value_name = "FILE")]
    pub(crate) write: Option<PathBuf>,
}

impl Bench {
    pub(crate) fn rounds(&self) -> usize {
        self.rounds.into()
    }
}

/// Measures the generator on documents that could cause much work
///
/// Makes documents of each shape at two sizes and generates each in a separate process. Prints CPU
/// seconds, peak memory and the exponent by which CPU time grows with the input, worst first. Fails
/// if a document takes more than 2 CPU seconds or 300 MB per MB of input, or if the exponent
/// exceeds 1.2. Smaller inputs may take 2 CPU seconds and 64 MiB. Measures a release build.
#[derive(Args, Debug)]
pub(crate) struct Bounds {
    /// Measure the documents of this folder as well. They have one size, so no growth is measured
    #[arg(value_name = "DIR")]
    pub(crate) folder: Option<PathBuf>,

    /// Measure only documents whose name contains TEXT; may be repeated
    #[arg(long, value_name = "TEXT")]
    pub(crate) only: Vec<String>,

    /// Divide all sizes by 25 and measure this build. Fail only for more than 10 CPU seconds, 2 GB
    /// per MB, or an exponent of 1.6. Meant for every change, in an unoptimised build
    #[arg(long)]
    pub(crate) small: bool,
}

/// Generates one document and prints the cost as JSON
#[derive(Args, Debug)]
pub(crate) struct BoundsDocument {
    pub(crate) document: PathBuf,
    #[arg(long)]
    pub(crate) overlay: Option<PathBuf>,
}

/// A judge of the calls beside openapi-backend.
#[derive(ValueEnum, Clone, Copy, Debug)]
pub(crate) enum SecondJudge {
    /// The Python package, installed from PyPI into target/conformance/python
    OpenapiCore,
}

/// Runs generated clients against independent servers
///
/// Without DIR: starts a Prism mock server with each document of spec/codegen.toml and runs the
/// client's tests/prism.rs against it.
///
/// With DIR: generates a client of every document below DIR and calls each operation once, with
/// sample values, through the client's public methods. openapi-backend judges each request: it must
/// reach its operation, be valid, decode to the values that were sent, and carry the credentials.
/// The client must decode the judge's response. Where openapi-backend deviates from the standard, a
/// rule in xtask/conformance/differs.js describes the deviation, and the call counts as correct.
/// Any other problem fails the command.
///
/// With --judge: openapi-core, which is written in Python, judges the same calls. Its deviations are
/// rules in xtask/conformance/second_differs.py.
///
/// Both servers are installed from npm into target/conformance and listen on free loopback ports.
/// Without Node.js the command prints one line and does nothing.
///
/// With --schemas: generates models of the schemas of JSON-Schema-Test-Suite, draft 4 and 2020-12,
/// and prints a table by keyword. Valid data must decode and encode as the same JSON. Invalid data
/// must be refused if the keyword's check is documented. Needs no Node.js.
///
/// With --autorest: generates clients of the documents of AutoRest's test server, and calls their
/// operations. The server refuses wrong requests and counts the scenarios that were right. Results
/// are checked as well. Fails for a wrong result, for a scenario that is neither covered nor listed
/// in xtask/conformance/autorest/uncovered.tsv, and below 95 % of the required scenarios.
#[derive(Args, Debug)]
pub(crate) struct Conformance {
    /// The folder of the documents
    #[arg(value_name = "DIR")]
    pub(crate) folder: Option<PathBuf>,

    /// Run JSON-Schema-Test-Suite on generated models
    #[arg(long, conflicts_with = "folder")]
    pub(crate) schemas: bool,

    /// Call the operations of AutoRest's test server
    #[arg(long, conflicts_with_all = ["folder", "schemas"])]
    pub(crate) autorest: bool,

    /// Take only documents whose path below DIR matches; may be repeated
    #[arg(long, value_name = "GLOB", requires = "folder")]
    pub(crate) only: Vec<glob::Pattern>,

    /// Write the counts and the problems as JSON, keyed by file
    #[arg(long, value_name = "FILE", requires = "folder")]
    pub(crate) json: Option<PathBuf>,

    /// Let another judge read the same calls too
    #[arg(long, requires = "folder")]
    pub(crate) judge: Option<SecondJudge>,

    /// Repeat the calls against Prism, and count those that it accepts. Slow for large documents
    #[arg(long, requires = "folder")]
    pub(crate) prism: bool,
}

/// Measures the generator on a folder of documents
///
/// Generates every OpenAPI document below DIR in a separate process, as a crate of one workspace in
/// target/corpus. Prints a row for each document: declared and generated operations and component
/// schemas, fields typed as any JSON value, diagnostics, milliseconds and peak memory. A file
/// without an OpenAPI version is no document. If documents refer to such a file, it counts as a
/// part of them.
///
/// Times are those of this build. `cargo run --release --package xtask -- corpus DIR` measures what
/// users see.
#[derive(Args, Debug)]
pub(crate) struct Corpus {
    /// The folder of the documents
    #[arg(value_name = "DIR")]
    pub(crate) folder: PathBuf,

    /// Measure only documents whose path below DIR matches; may be repeated. Selects a sample that
    /// is fast enough to run on every change
    #[arg(long, value_name = "GLOB")]
    pub(crate) only: Vec<Pattern>,

    /// Run clippy on all generated crates, which includes rustc's errors and warnings. Decode,
    /// encode and compare the examples of bodies, after jsonschema has judged them
    #[arg(long)]
    pub(crate) check: bool,

    /// Write the same figures as JSON, keyed by file
    #[arg(long, value_name = "FILE")]
    pub(crate) json: Option<PathBuf>,

    /// Write the figures that are equal on every machine, one line for each document
    #[arg(long, value_name = "FILE")]
    pub(crate) summary: Option<PathBuf>,

    /// Compare with an earlier summary, and exit with 1 if a figure is worse
    #[arg(long, value_name = "FILE")]
    pub(crate) against: Option<PathBuf>,
}

/// Runs the generator and the runtime on mutated inputs, and keeps those that fail
///
/// Each target runs under libFuzzer in a separate process and gets an equal share of the time. An
/// input fails if the process panics, dies or takes more than 30 seconds, if a generated file is
/// not Rust, or if the runtime and a simple decoder get different results. The input is moved into fuzz/found, and a test replays it from then on. Prints a line for each
/// target, with the edges of the program that its inputs reached. Needs a C++ compiler.
#[derive(Args, Debug)]
pub(crate) struct Fuzz {
    /// Mutate the documents of this folder as well as those of generator/tests/cases
    #[arg(value_name = "DIR")]
    pub(crate) folder: Option<PathBuf>,

    /// The CPU time of all targets, in minutes
    #[arg(long, value_name = "N", default_value_t = 10)]
    pub(crate) minutes: u64,

    /// Run only this target; may be repeated
    #[arg(long, value_name = "TARGET")]
    pub(crate) only: Vec<String>,

    /// The number of targets that run at a time
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub(crate) jobs: usize,

    /// The number of failing inputs of a target after which the next target runs
    #[arg(long, value_name = "N", default_value_t = 5)]
    pub(crate) findings: usize,
}

/// Compares successive versions of documents, and compiles programs that check the verdicts
///
/// DIR has a folder for each API, with a document for each version. The numbers in the file names
/// order the versions. Each version is compared with the version before it, and keeps that
/// version's names. A row for each step has the changes, the verdicts, and the milliseconds of the
/// comparison and of two generations.
#[derive(Args, Debug)]
pub(crate) struct History {
    /// The folder of the APIs
    #[arg(value_name = "DIR")]
    pub(crate) folder: PathBuf,

    /// Take only APIs whose folder name matches; may be repeated
    #[arg(long, value_name = "GLOB")]
    pub(crate) only: Vec<Pattern>,

    /// Write a program that uses every public item of the older client, and compile it against the
    /// newer client. Exit with 1 if a program does not compile although the verdict is less than
    /// major
    #[arg(long)]
    pub(crate) check: bool,
}

/// Generates one document of a corpus and prints its figures as JSON
#[derive(Args, Debug)]
pub(crate) struct CorpusDocument {
    pub(crate) document: PathBuf,
    #[arg(long)]
    pub(crate) out: PathBuf,
    #[arg(long)]
    pub(crate) name: CrateName,
    /// Generate the document with its keys reversed as well, and compare the names
    #[arg(long)]
    pub(crate) reverse: bool,
}
