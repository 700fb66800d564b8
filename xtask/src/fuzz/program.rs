//! The programs with fuzz targets: this one for the generator, and `runtime-fuzz`.
//!
//! Input: a target, and the number of its first input. Output: the number of inputs, how the
//! process ended, and a file for a finding. `runtime-fuzz` is a separate program because xtask must
//! compile even if the runtime does not.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, bail};

use super::target::TARGETS;
use crate::workspace::Workspace;

/// The time limit for one input.
const SLOW: Duration = Duration::from_secs(10);

/// A program with fuzz targets.
pub(super) struct Program {
    path: PathBuf,
    pub(super) targets: Vec<String>,
    /// The folder for the inputs that are found.
    found: PathBuf,
    kind: Kind,
}

enum Kind {
    /// This program, and a folder with more documents.
    Generator(Option<PathBuf>),
    Runtime,
}

impl Program {
    pub(super) fn generator(workspace: &Workspace, seeds: Option<PathBuf>) -> Result<Self> {
        let targets = TARGETS.iter().map(|target| target.name.to_owned()).collect();
        let (path, found) = (workspace.release_build("xtask")?, workspace.fuzz_findings());
        Ok(Self { path, targets, found, kind: Kind::Generator(seeds) })
    }

    pub(super) fn runtime(workspace: &Workspace) -> Result<Self> {
        let path = workspace.release_build("runtime-fuzz")?;
        let list =
            Command::new(&path).arg("list").output().context("cannot list the targets of the runtime")?;
        let targets = String::from_utf8_lossy(&list.stdout).lines().map(str::to_owned).collect();
        Ok(Self { path, targets, found: workspace.runtime().join("fuzz/found"), kind: Kind::Runtime })
    }

    /// Runs a target in another process until the time is over or the process ends. Returns the
    /// executions, and the exit status if the process failed or was too slow.
    pub(super) fn attempt(
        &self,
        target: &str,
        folder: &Path,
        left: Duration,
        start: u64,
    ) -> Result<(u64, Option<String>)> {
        let mut command = Command::new(&self.path);
        let (start, seconds) = (start.to_string(), left.as_secs().to_string());
        match &self.kind {
            Kind::Generator(seeds) => {
                command.args(["fuzz-target", target]).arg(folder);
                command.args(["--start", &start, "--seconds", &seconds]);
                if let Some(seeds) = seeds {
                    command.arg("--seeds").arg(seeds);
                }
            }
            Kind::Runtime => {
                command.args(["run", target]).arg(folder).args([&start, &seconds]);
            }
        }
        let streams = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let mut child = streams.spawn().with_context(|| format!("cannot run {}", self.path.display()))?;
        // Both programs write the count before each input.
        let count = folder.join("count");
        let status = loop {
            if let Some(status) = child.try_wait()? {
                break status;
            }
            let written = std::fs::metadata(&count).and_then(|file| file.modified());
            let age = written.ok().and_then(|at| at.elapsed().ok());
            if age.is_some_and(|age| age > SLOW) {
                child.kill()?;
                break child.wait()?;
            }
            std::thread::sleep(Duration::from_millis(200));
        };
        let count = std::fs::read_to_string(count).unwrap_or_default();
        let count = count.trim().parse().unwrap_or_default();
        Ok((count, (!status.success()).then(|| status.to_string())))
    }

    /// Keeps the input of a finding. Returns its file.
    pub(super) fn keep(&self, target: &str, folder: &Path, number: u64) -> Result<PathBuf> {
        let kept = self.found.join(format!("{target}-{number}.txt"));
        std::fs::create_dir_all(&self.found)?;
        match self.kind {
            Kind::Generator(_) => {
                std::fs::copy(folder.join("input"), &kept).context("cannot keep a finding")?;
            }
            Kind::Runtime => {
                let number = number.to_string();
                let output = Command::new(&self.path).args(["input", target, &number]).output()?;
                if !output.status.success() {
                    bail!("cannot make input {number} of {target}");
                }
                std::fs::write(&kept, output.stdout).context("cannot keep a finding")?;
            }
        }
        Ok(kept)
    }
}
