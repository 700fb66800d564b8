//! The command line: arguments in, [`Cli`] out.
//!
//! The rule: combinations that can't be used are refused here, by clap, with exit code 2.

use clap::{Args, Parser, Subcommand};
use glob::Pattern;
use std::path::PathBuf;
use wirewright::package::{CrateName, RuntimeSource};
use wirewright::shell::quoted;

/// The maintainers' commands.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", arg_required_else_help = true)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// What is to be done.
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
    History(History),
    #[command(hide = true)]
    CorpusDocument(CorpusDocument),
}

/// Measures generation and the build of a generated crate, beside other generators.
///
/// Prints tables of CPU seconds, seconds on the clock and MiB: medians of the rounds, in each of which every tool takes
/// its turn. Builds are of the first document's crate alone, with its dependencies built before and without an
/// incremental cache. Needs GNU time as /usr/bin/time.
#[derive(Args, Debug)]
pub(crate) struct Bench {
    /// The documents, JSON or YAML
    #[arg(value_name = "DOCUMENT", required = true)]
    pub(crate) documents: Vec<PathBuf>,

    /// Measure openapi-to-rust and ploidy as well, which are installed into target/bench
    #[arg(long)]
    pub(crate) peers: bool,

    /// Measure check, debug and release build of the crate that the first document gives
    #[arg(long)]
    pub(crate) build: bool,

    /// Measure generation of the first document with 1, 2, 4, 8 and 16 copies of its paths and schemas
    #[arg(long)]
    pub(crate) growth: bool,

    /// How often each figure is measured
    #[arg(long, value_name = "N", default_value_t = 3, value_parser = clap::value_parser!(u8).range(1..))]
    rounds: u8,

    /// Write the tables into this file, between its lines `<!-- cargo xtask bench -->` and `<!-- end of … -->`
    #[arg(long, value_name = "FILE")]
    pub(crate) write: Option<PathBuf>,
}

impl Bench {
    pub(crate) fn rounds(&self) -> usize {
        self.rounds.into()
    }
}

/// Measures the generator on documents that were made to cause much work.
///
/// Makes documents of each shape at two sizes, generates each in a process of its own, and prints CPU seconds, peak
/// memory and the power of the input's size by which CPU time grows, worst first. Fails if a document takes more than 2
/// CPU seconds or 300 MB for each MB of input, or if CPU time grows faster than the input to the power of 1.2. Smaller
/// inputs may take 2 CPU seconds and 64 MiB. Measures a release build.
#[derive(Args, Debug)]
pub(crate) struct Bounds {
    /// Measure the documents of this folder as well, each by itself
    #[arg(value_name = "DIR")]
    pub(crate) folder: Option<PathBuf>,

    /// Measure only documents whose name contains TEXT; may be repeated
    #[arg(long, value_name = "TEXT")]
    pub(crate) only: Vec<String>,

    /// Divide all sizes by 25, measure this build, and fail only for 10 CPU seconds, 2 GB for each MB, or a power of 1.6:
    /// a check for each change, in a build without optimisation
    #[arg(long)]
    pub(crate) small: bool,
}

/// Generates one document and prints what that takes as JSON.
#[derive(Args, Debug)]
pub(crate) struct BoundsDocument {
    pub(crate) document: PathBuf,
    #[arg(long)]
    pub(crate) overlay: Option<PathBuf>,
}

/// Drives generated clients against servers that others wrote.
///
/// Without DIR: starts a Prism mock server with each document of spec/codegen.toml and runs the client's tests/prism.rs
/// against it. With DIR: generates a client of every document below it, calls each operation once with sample values
/// through the client's public methods, and has openapi-backend judge the requests: whether each reached its operation,
/// is valid, gives back the values that were sent, and has the credentials; and whether the client decodes the judge's
/// answer. Where the judge reads a request otherwise than the standard, a rule of xtask/conformance/differs.js says so, and
/// the call is counted as the standard has it. Anything else that is not as it should be fails the command.
///
/// Both are installed from npm into target/conformance, on free loopback ports. Without Node.js nothing is done, which
/// is said in one line.
#[derive(Args, Debug)]
pub(crate) struct Conformance {
    /// The folder of the documents
    #[arg(value_name = "DIR")]
    pub(crate) folder: Option<PathBuf>,

    /// Take only documents whose path below DIR matches; may be repeated
    #[arg(long, value_name = "GLOB", requires = "folder")]
    pub(crate) only: Vec<glob::Pattern>,

    /// Write the figures, and what is not as it should be, as JSON, keyed by file
    #[arg(long, value_name = "FILE", requires = "folder")]
    pub(crate) json: Option<PathBuf>,

    /// Make the calls a second time, to Prism, and count those that it accepts. It is slow with large documents
    #[arg(long, requires = "folder")]
    pub(crate) prism: bool,
}

/// Measures the generator on a folder of documents.
///
/// Generates every OpenAPI document below DIR, each in a process of its own, as a crate of one workspace in
/// target/corpus, and prints a row for each: operations and component schemas as the document declares them and as they
/// were generated, fields of any JSON value, diagnostics, milliseconds and peak memory. A document that others refer to
/// and that names no version of OpenAPI is a part of them.
///
/// Times are of this build: `cargo run --release --package xtask -- corpus DIR` gives those of users.
#[derive(Args, Debug)]
pub(crate) struct Corpus {
    /// The folder of the documents
    #[arg(value_name = "DIR")]
    pub(crate) folder: PathBuf,

    /// Measure only documents whose path below DIR matches; may be repeated. For a sample that is quick enough to run
    /// on every change
    #[arg(long, value_name = "GLOB")]
    pub(crate) only: Vec<Pattern>,

    /// Run clippy on all generated crates, which counts rustc's errors and warnings too, and decode, encode and compare
    /// the examples of bodies, which jsonschema judges
    #[arg(long)]
    pub(crate) check: bool,

    /// Write the same figures as JSON, keyed by file
    #[arg(long, value_name = "FILE")]
    pub(crate) json: Option<PathBuf>,

    /// Write the figures that are the same on every machine, a line for each document
    #[arg(long, value_name = "FILE")]
    pub(crate) summary: Option<PathBuf>,

    /// Compare with such a file, and exit with 1 where a figure is worse
    #[arg(long, value_name = "FILE")]
    pub(crate) against: Option<PathBuf>,
}

/// Compares the successive versions of documents, and compiles programs that tell whether the verdicts are true.
///
/// DIR has a folder for each API, with a document for each version. Versions are in the order of the numbers in their file
/// names. Each version is compared with the one before it, by which it is named, and a row is printed for each step: the
/// changes, the verdicts, and the milliseconds of the comparison and of two generations.
#[derive(Args, Debug)]
pub(crate) struct History {
    /// The folder of the APIs
    #[arg(value_name = "DIR")]
    pub(crate) folder: PathBuf,

    /// Take only steps of APIs whose folder's name matches; may be repeated
    #[arg(long, value_name = "GLOB")]
    pub(crate) only: Vec<Pattern>,

    /// Write a program that uses every public item of the older client, and compile it against the newer one. Exit with 1 if
    /// one does not compile though the verdict is less than major
    #[arg(long)]
    pub(crate) check: bool,
}

/// Generates one document of a corpus and prints its figures as JSON.
#[derive(Args, Debug)]
pub(crate) struct CorpusDocument {
    pub(crate) document: PathBuf,
    #[arg(long)]
    pub(crate) out: PathBuf,
    #[arg(long)]
    pub(crate) name: CrateName,
    /// Generate it with its keys in another order, too, and compare the names
    #[arg(long)]
    pub(crate) reverse: bool,
}

/// Generates Rust clients from OpenAPI documents.
///
/// Without arguments: every client of spec/codegen.toml. With --document and --out: a complete crate from any document.
///
/// Files are replaced as a whole and only when they differ, stale generated files are removed, and a file whose first
/// line is not the generated header is never touched.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Codegen {
    /// Write nothing: show what differs as a unified diff and exit with 1 if anything does
    #[arg(long)]
    pub(crate) check: bool,

    /// The OpenAPI document, YAML or JSON, to generate from, in place of those of spec/codegen.toml
    #[arg(long, value_name = "FILE", requires = "out")]
    pub(crate) document: Option<PathBuf>,

    /// An OpenAPI Overlay to apply to the document; may be repeated, applied in this order
    #[arg(long, value_name = "FILE", requires = "document")]
    pub(crate) overlay: Vec<PathBuf>,

    /// The folder of the generated crate
    #[arg(long, value_name = "DIR", requires = "document")]
    pub(crate) out: Option<PathBuf>,

    /// The name of the generated crate [default: from the document's file name]
    #[arg(long, requires = "document")]
    pub(crate) name: Option<CrateName>,

    /// Carry the document's examples of JSON bodies as tests/examples.rs, which decodes each, encodes it again and
    /// compares. Off by default: they test the document as much as the client, and take time to compile
    #[arg(long, requires = "document")]
    pub(crate) examples: bool,

    /// Where the generated crate finds `runtime`: a git source (`URL` or `URL#REV`), a folder, or a version requirement
    /// of a registry that has it: crates.io's crate of that name is another [default: this workspace's runtime folder]
    #[arg(long, value_name = "SPEC", requires = "document")]
    pub(crate) runtime: Option<RuntimeSource>,
}

const EXAMPLES: &str = "\
Examples:
  cargo xtask codegen
  cargo xtask codegen --check
  cargo xtask codegen --document api.yaml --out ../api-client
  cargo xtask codegen --document api.yaml --overlay fixes.yaml --out clients/api --name api
  cargo xtask codegen --document api.yaml --out ../api-client --runtime https://example.com/clients.git#v0.1.0";

impl Codegen {
    /// The command that brings the files up to date: these arguments without `--check`, quoted for a POSIX shell.
    pub(crate) fn update_command(&self) -> String {
        let mut words = vec!["cargo xtask codegen".to_owned()];
        let mut option = |name: &str, value: &str| words.push(format!("--{name} {}", quoted(value)));
        if let Some(document) = &self.document {
            option("document", &document.to_string_lossy());
        }
        for overlay in &self.overlay {
            option("overlay", &overlay.to_string_lossy());
        }
        if let Some(out) = &self.out {
            option("out", &out.to_string_lossy());
        }
        if let Some(name) = &self.name {
            option("name", name.as_str());
        }
        if let Some(runtime) = &self.runtime {
            option("runtime", runtime.as_given());
        }
        if self.examples {
            words.push("--examples".to_owned());
        }
        words.join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    fn codegen(arguments: &str) -> Result<Codegen, clap::Error> {
        let words = ["xtask", "codegen"].into_iter().chain(arguments.split_whitespace());
        match Cli::try_parse_from(words)?.command {
            Command::Codegen(codegen) => Ok(codegen),
            other => panic!("not codegen: {other:?}"),
        }
    }

    #[test]
    fn the_definition_is_sound() {
        Cli::command().debug_assert();
    }

    #[test]
    fn unusable_combinations_exit_with_2() {
        for arguments in [
            "--document a.yaml",
            "--out a",
            "--overlay a.yaml",
            "--overlay a.yaml --out b",
            "--name a",
            "--examples",
            "--runtime 1",
            "--document a.yaml --out b --name 1st",
            "--document a.yaml --out b --runtime no/such/folder",
            "--document a.yaml --document b.yaml --out c",
            "--unknown",
            "a.yaml",
        ] {
            let error = codegen(arguments).expect_err(arguments);
            assert_eq!(error.exit_code(), 2, "{arguments}");
        }
    }

    #[test]
    fn usable_combinations_parse() {
        assert!(!codegen("").unwrap().check);
        assert!(codegen("--check").unwrap().check);
        let all =
            "--check --document a.yaml --overlay b.yaml --overlay c.yaml --out d --name e --runtime ^1.2";
        assert_eq!(codegen(all).unwrap().overlay.len(), 2);
    }

    #[test]
    fn the_update_command_repeats_the_arguments_without_check() {
        let command = |arguments| codegen(arguments).unwrap().update_command();
        assert_eq!(command("--check"), "cargo xtask codegen");
        assert_eq!(
            command(
                "--check --document a.yaml --overlay b.yaml --overlay it's --out d --name e --runtime ^1 --examples"
            ),
            r"cargo xtask codegen --document a.yaml --overlay b.yaml --overlay 'it'\''s' --out d --name e --runtime '^1' --examples"
        );
    }
}
