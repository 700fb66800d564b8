//! The arguments of `cargo xtask codegen`.

use clap::Args;
use std::path::PathBuf;
use wirewright::package::{CrateName, RuntimeSource};
use wirewright::shell::quoted;

/// Generates Rust clients from OpenAPI documents
///
/// Without arguments, generates every client of spec/codegen.toml. With --document and --out,
/// generates a complete crate from any document.
///
/// Only files that differ are written. Stale generated files are removed. A file whose first line
/// is not the generated header is never changed.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Codegen {
    /// Write nothing. Show what differs as a unified diff, and exit with 1 if anything does
    #[arg(long)]
    pub(crate) check: bool,

    /// The OpenAPI document to generate from, YAML or JSON, in place of those of spec/codegen.toml
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

    /// Write the document's examples of JSON bodies into tests/examples.rs, a test that decodes
    /// each example, encodes it again and compares. Off by default, because it takes time to
    /// compile and also fails for wrong examples
    #[arg(long, requires = "document")]
    pub(crate) examples: bool,

    /// Where the generated crate finds `runtime`: a git source (`URL` or `URL#REV`), a folder, or a
    /// version requirement. The crate named `runtime` on crates.io is a different one [default:
    /// this workspace's runtime folder]
    #[arg(long, value_name = "SPEC", requires = "document")]
    pub(crate) runtime: Option<RuntimeSource>,

    /// Print every diagnostic. Without this option, three diagnostics of each code are shown and
    /// the rest is counted
    #[arg(long)]
    pub(crate) verbose: bool,
}

const EXAMPLES: &str = "\
Examples:
  cargo xtask codegen
  cargo xtask codegen --check
  cargo xtask codegen --document api.yaml --out ../api-client
  cargo xtask codegen --document api.yaml --overlay fixes.yaml --out clients/api --name api
  cargo xtask codegen --document api.yaml --out ../api-client --runtime https://example.com/clients.git#v0.1.0";

impl Codegen {
    /// Returns the command that updates the files: these arguments without `--check`, quoted for a
    /// POSIX shell.
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
