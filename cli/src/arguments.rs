//! The arguments of `wirewright`.
//!
//! Invariant: clap refuses every unusable combination of arguments.

use crate::levels::Deny;
use crate::package::{CrateName, RuntimeSource};
use crate::shell::quoted;
use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use std::path::PathBuf;

/// Generates Rust clients from OpenAPI documents.
///
/// Never opens a network connection: documents are files, or come through standard input.
#[derive(Debug, Parser)]
#[command(name = "wirewright", version, arg_required_else_help = true, after_help = EXIT_CODES)]
pub struct Arguments {
    /// The subcommand to run.
    #[command(subcommand)]
    pub command: Command,
}

const EXIT_CODES: &str = "\
Exit codes:
  0  done, or up to date
  1  `check` found differences, or `diff` more than `--max`
  2  a document can't be read or has errors, or has diagnostics that are denied
  3  the arguments or the configuration can't be used, or another file can't be read or written";

/// A subcommand.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Writes a commented wirewright.toml into the current folder
    Init(Init),
    /// Generates clients
    Generate(Generate),
    /// Shows how the files differ from what would be generated, and exits with 1 if they do
    Check(Check),
    /// Compares two versions of a client: what breaks callers, and what breaks running programs
    Diff(Diff),
    /// Explains a diagnostic code
    Explain(Explain),
    /// Prints the result of a stage of the generator for a document
    Dump(Dump),
    /// Prints a completion script for a shell
    Completions(Completions),
}

/// The arguments of `wirewright init`.
#[derive(Args, Debug)]
pub struct Init {
    /// The OpenAPI document [default: the one with a usual name in this folder, spec/, api/ or
    /// openapi/]
    pub document: Option<PathBuf>,
}

/// The arguments of `wirewright generate`.
///
/// Without DOCUMENT: every client of wirewright.toml, which is searched for in the current folder
/// and above it. With DOCUMENT: one crate.
///
/// Only files that differ are written. Stale generated files are removed. A file whose first line
/// is not the generated header is never touched.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub struct Generate {
    #[command(flatten)]
    pub(crate) selection: Selection,

    /// Write nothing: list the files that would be written or removed
    #[arg(long)]
    pub(crate) dry_run: bool,

    /// Raise the version of each crate that changes, as far as the change requires, and add an
    /// entry to its CHANGELOG.md. The changes are found by comparison with the previous client.lock
    #[arg(long, conflicts_with = "module")]
    pub(crate) bump: bool,
}

const EXAMPLES: &str = "\
Examples:
  wirewright generate
  wirewright generate api.yaml --out api-client
  curl https://example.com/openapi.json | wirewright generate - --out client --name example
  wirewright check --deny warnings";

/// The arguments of `wirewright check`.
///
/// Writes nothing. The differences are printed as a unified diff.
#[derive(Args, Debug)]
pub struct Check {
    #[command(flatten)]
    pub(crate) selection: Selection,
}

/// The clients to generate, and the form of the messages.
#[derive(Args, Debug)]
pub(crate) struct Selection {
    /// The OpenAPI document, YAML or JSON; `-` is standard input
    #[arg(requires = "place")]
    pub(crate) document: Option<PathBuf>,

    /// The folder of the generated crate
    #[arg(long, value_name = "DIR", requires = "document", group = "place")]
    pub(crate) out: Option<PathBuf>,

    /// Generate a module of an existing crate in this folder instead: `--module src/api` for `mod
    /// api;`
    #[arg(long, value_name = "DIR", requires = "document", group = "place", conflicts_with_all = ["name", "examples", "runtime"])]
    pub(crate) module: Option<PathBuf>,

    /// An OpenAPI Overlay to apply to the document; may be repeated, applied in this order
    #[arg(long, value_name = "FILE", requires = "document")]
    pub(crate) overlay: Vec<PathBuf>,

    /// The name of the generated crate [default: from the document's file name]
    #[arg(long, requires = "document")]
    pub(crate) name: Option<CrateName>,

    /// Write the document's examples of JSON bodies into tests/examples.rs, which decodes and
    /// encodes each
    #[arg(long, requires = "document")]
    pub(crate) examples: bool,

    /// Where the crate finds `runtime`: a version requirement of the package wirewright-runtime, a
    /// git source (`URL` or `URL#REV`) or a folder [default: the version of this generator]
    #[arg(long, value_name = "SPEC", requires = "document")]
    pub(crate) runtime: Option<RuntimeSource>,

    /// The configuration file [default: wirewright.toml in the current folder or above]
    #[arg(long, value_name = "FILE", conflicts_with = "document")]
    pub(crate) config: Option<PathBuf>,

    /// Refuse to generate from a document with such diagnostics: `warnings`, or a code such as
    /// W003; may be repeated
    #[arg(long, value_name = "KIND")]
    pub(crate) deny: Vec<Deny>,

    /// Print every diagnostic. Without this option, three diagnostics of each code are shown and
    /// the rest is counted
    #[arg(long, conflicts_with = "json")]
    pub(crate) verbose: bool,

    /// Print diagnostics (in rustc's JSON format) and a summary as JSON, one object a line
    #[arg(long)]
    pub(crate) json: bool,
}

/// Compares two versions of a client.
///
/// OLD and NEW are documents, locks (`client/client.lock`) or files of a git revision
/// (`HEAD~1:api.yaml`). If NEW is a document, the lock of OLD supplies its names, as in the next
/// generation. A revision alone (`HEAD~1`) selects every client of wirewright.toml at that
/// revision. It is compared with the revision NEW or, without NEW, with the files in the folder.
///
/// Prints two verdicts: for callers at compile time (patch, minor, major) and for running programs
/// (works, may fail, fails).
#[derive(Args, Debug)]
#[command(after_help = DIFF_EXAMPLES)]
pub struct Diff {
    /// The document, lock or revision to compare with
    pub(crate) old: String,

    /// The document, lock or revision that is compared [default: the current files, if OLD is a
    /// revision]
    pub(crate) new: Option<String>,

    /// An OpenAPI Overlay to apply to documents; may be repeated, applied in this order
    #[arg(long, value_name = "FILE")]
    pub(crate) overlay: Vec<PathBuf>,

    /// The configuration file, for revisions [default: wirewright.toml in the current folder or
    /// above]
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,

    /// Exit with 1 if the change is greater than this for callers
    #[arg(long, value_enum, value_name = "BUMP")]
    pub(crate) max: Option<Bump>,

    /// Print the verdicts and the changes as JSON, one object for each client
    #[arg(long, conflicts_with = "markdown")]
    pub(crate) json: bool,

    /// Print the changes as Markdown, for a pull request or a changelog
    #[arg(long)]
    pub(crate) markdown: bool,
}

const DIFF_EXAMPLES: &str = "\
Examples:
  wirewright diff old.yaml new.yaml
  wirewright diff HEAD~1
  wirewright diff HEAD~1:api.yaml api.yaml --max minor
  wirewright diff main:client/client.lock client/client.lock --markdown";

/// The effect of a change on callers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Bump {
    /// Callers are not affected
    Patch,
    /// Callers can use new items
    Minor,
    /// Callers may no longer compile
    Major,
}

impl From<Bump> for generator::Bump {
    fn from(bump: Bump) -> Self {
        match bump {
            Bump::Patch => Self::Patch,
            Bump::Minor => Self::Minor,
            Bump::Major => Self::Major,
        }
    }
}

/// The arguments of `wirewright explain`.
#[derive(Args, Debug)]
pub struct Explain {
    /// The code, such as W005; without it, all codes are listed
    pub(crate) code: Option<String>,
}

/// The arguments of `wirewright dump`.
#[derive(Args, Debug)]
pub struct Dump {
    /// The OpenAPI document, YAML or JSON; `-` is standard input
    pub(crate) document: PathBuf,

    /// An OpenAPI Overlay to apply to the document; may be repeated, applied in this order
    #[arg(long, value_name = "FILE")]
    pub(crate) overlay: Vec<PathBuf>,

    /// The last stage to run
    #[arg(long, value_enum, default_value_t = Stage::Normalise)]
    pub(crate) stage: Stage,
}

/// A stage of the generator whose result can be printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Stage {
    /// The document, merged with the files that it refers to, as JSON
    Bundle,
    /// The document with its overlays applied, as JSON
    Overlay,
    /// The document, rewritten as OpenAPI 3.0, as JSON
    Normalise,
    /// Types and operations, before they are named
    Lower,
    /// The Rust name of every item
    Name,
}

impl From<Stage> for generator::Stage {
    fn from(stage: Stage) -> Self {
        match stage {
            Stage::Bundle => Self::Bundle,
            Stage::Overlay => Self::Overlay,
            Stage::Normalise => Self::Normalise,
            Stage::Lower => Self::Lower,
            Stage::Name => Self::Name,
        }
    }
}

/// The arguments of `wirewright completions`.
#[derive(Args, Debug)]
pub struct Completions {
    /// The shell
    #[arg(value_enum)]
    pub(crate) shell: Shell,
}

impl Selection {
    /// Returns the command that updates the files, quoted for a POSIX shell.
    pub(crate) fn update_command(&self) -> String {
        let mut words = vec!["wirewright generate".to_owned()];
        words.extend(self.document.iter().map(|path| quoted(&path.to_string_lossy())));
        let mut option = |name: &str, value: &str| words.push(format!("--{name} {}", quoted(value)));
        for (name, path) in [("config", &self.config), ("out", &self.out), ("module", &self.module)] {
            path.iter().for_each(|path| option(name, &path.to_string_lossy()));
        }
        self.overlay.iter().for_each(|path| option("overlay", &path.to_string_lossy()));
        self.name.iter().for_each(|name| option("name", name.as_str()));
        self.runtime.iter().for_each(|runtime| option("runtime", runtime.as_given()));
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

    fn check(arguments: &str) -> Result<Selection, clap::Error> {
        let words = ["wirewright", "check"].into_iter().chain(arguments.split_whitespace());
        match Arguments::try_parse_from(words)?.command {
            Command::Check(check) => Ok(check.selection),
            other => panic!("not check: {other:?}"),
        }
    }

    #[test]
    fn the_definition_is_sound() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn unusable_combinations_are_refused() {
        for arguments in [
            "a.yaml",
            "--out a",
            "--module a",
            "a.yaml --out a --module b",
            "a.yaml --module b --name c",
            "--overlay a.yaml",
            "--name a",
            "--examples",
            "--runtime 1",
            "a.yaml --out b --name 1st",
            "a.yaml --out b --runtime no/such/folder",
            "a.yaml b.yaml --out c",
            "a.yaml --out b --config c.toml",
            "--deny W999",
            "--json --verbose",
            "--dry-run",
            "--unknown",
        ] {
            assert!(check(arguments).is_err(), "{arguments}");
        }
    }

    #[test]
    fn the_update_command_repeats_what_decides_the_files() {
        let command = |arguments| check(arguments).unwrap().update_command();
        assert_eq!(command(""), "wirewright generate");
        assert_eq!(command("--config a/b.toml --deny warnings"), "wirewright generate --config a/b.toml");
        assert_eq!(
            command("a.yaml --overlay b.yaml --overlay it's --out d --name e --runtime ^1 --examples"),
            r"wirewright generate a.yaml --out d --overlay b.yaml --overlay 'it'\''s' --name e --runtime '^1' --examples"
        );
    }
}
