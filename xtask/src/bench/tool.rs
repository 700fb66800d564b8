//! The generators that are measured: this one, and peers installed from crates.io.

use anyhow::{Context, Result, bail};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A generator to measure.
#[derive(Clone, Debug)]
pub(super) struct Tool {
    pub(super) name: &'static str,
    program: PathBuf,
    arguments: fn(&Path, &Path) -> Vec<String>,
    /// Turns the tool's output into a crate, for tools that write no manifest.
    complete: fn(&Path) -> Result<()>,
}

/// A peer: package, version, function that returns the arguments, function that completes the
/// crate.
type Peer = (&'static str, &'static str, fn(&Path, &Path) -> Vec<String>, fn(&Path) -> Result<()>);

const PEERS: &[Peer] =
    &[("openapi-to-rust", "0.23.0", openapi_to_rust, add_manifest), ("ploidy", "0.15.0", ploidy, nothing)];

impl Tool {
    pub(super) fn ours(program: &Path) -> Self {
        Self { name: "this", program: program.to_owned(), arguments: ours, complete: nothing }
    }

    /// Installs the peers below `target`, as release builds with their own lock files.
    pub(super) fn install_peers(target: &Path) -> Result<Vec<Self>> {
        let root = target.join("peers");
        let mut tools = Vec::new();
        for (name, version, arguments, complete) in PEERS {
            let program = root.join("bin").join(name);
            if !program.exists() {
                let mut command = Command::new("cargo");
                command.args(["install", "--quiet", "--locked", "--root"]).arg(&root);
                command.arg(format!("{name}@{version}"));
                if !command.status().context("cannot run cargo")?.success() {
                    bail!("cargo could not install {name} {version}");
                }
            }
            tools.push(Self { name, program, arguments: *arguments, complete: *complete });
        }
        Ok(tools)
    }

    /// Returns the command that generates a crate from `document` into the folder `out`.
    pub(super) fn command(&self, document: &Path, out: &Path) -> Command {
        let mut command = Command::new(&self.program);
        command.args((self.arguments)(document, out));
        command
    }

    /// Turns the tool's output into a crate that is a workspace of its own.
    pub(super) fn complete(&self, out: &Path) -> Result<()> {
        (self.complete)(out)?;
        let path = out.join("Cargo.toml");
        let manifest =
            fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        if !manifest.contains("\n[workspace]") {
            fs::write(&path, manifest + "\n[workspace]\n")
                .with_context(|| format!("cannot write {}", path.display()))?;
        }
        Ok(())
    }
}

fn texts<const N: usize>(arguments: [&str; N]) -> Vec<String> {
    arguments.map(str::to_owned).to_vec()
}

fn ours(document: &Path, out: &Path) -> Vec<String> {
    let (document, out) = (document.to_string_lossy(), out.to_string_lossy());
    texts(["codegen", "--document", &document, "--out", &out, "--name", "client"])
}

fn ploidy(document: &Path, out: &Path) -> Vec<String> {
    let (document, out) = (document.to_string_lossy(), out.to_string_lossy());
    texts(["generate", "rust", &document, "--output", &out, "--name", "client"])
}

fn openapi_to_rust(document: &Path, out: &Path) -> Vec<String> {
    let out = out.join("src/generated");
    let (document, out) = (document.to_string_lossy(), out.to_string_lossy());
    texts(["generate", &document, "--output-dir", &out, "--module-name", "client"])
}

fn nothing(_: &Path) -> Result<()> {
    Ok(())
}

/// Adds a manifest: openapi-to-rust writes only a module and a list of its dependencies.
fn add_manifest(out: &Path) -> Result<()> {
    let needed = fs::read_to_string(out.join("src/generated/REQUIRED_DEPS.toml"))?;
    let start = needed.find("[dependencies]").context("no dependencies are listed")?;
    let needed = needed.get(start..).unwrap_or_default();
    fs::write(out.join("src/lib.rs"), "pub mod generated;\n")?;
    let head = "[package]\nname = \"client\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n";
    fs::write(out.join("Cargo.toml"), format!("{head}{needed}"))?;
    Ok(())
}
