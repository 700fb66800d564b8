//! Builds `fuzz/engine`, and runs targets in it.
//!
//! Input: a target, and a CPU time. Output: what the run did, and a file for a finding.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, bail};

use super::run::{Run, figure};
use crate::workspace::Workspace;

/// The flags that cargo-fuzz gives to rustc for libFuzzer without a sanitizer.
const FLAGS: &str = "--cfg fuzzing -Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
    -Cllvm-args=-sanitizer-coverage-trace-compares";

/// The time limit for one input, in seconds. It is wall time, so a busy machine needs a long one.
const SLOW: u64 = 30;

/// The memory limit, in MiB.
const MEMORY: u64 = 2048;

/// A target: its name, and the length of its longest input.
pub(super) struct Target {
    pub(super) name: String,
    longest: u64,
}

/// The program that runs targets.
pub(super) struct Engine {
    path: PathBuf,
    /// The folder for the files of each target.
    folder: PathBuf,
    /// The folder for the inputs that are found.
    found: PathBuf,
    /// A folder with more documents.
    seeds: Option<PathBuf>,
}

impl Engine {
    /// Builds the program.
    pub(super) fn build(workspace: &Workspace, seeds: Option<&Path>) -> Result<Self> {
        let host = output(Command::new("rustc").args(["--print", "host-tuple"]))?;
        let (host, target) = (host.trim(), workspace.root().join("target/fuzz"));
        let mut command = Command::new("cargo");
        // With a target, build scripts and macros do not get the flags.
        command.args(["build", "--release", "--quiet", "--locked", "--target", host, "--target-dir"]);
        command.arg(&target).current_dir(workspace.root().join("fuzz/engine")).env("RUSTFLAGS", FLAGS);
        if !command.status().context("cannot run cargo")?.success() {
            bail!("cargo could not build fuzz/engine");
        }
        let seeds = seeds.map(std::path::absolute).transpose().context("cannot find the folder of seeds")?;
        let path = target.join(host).join("release/fuzz-engine");
        Ok(Self { path, folder: target, found: workspace.root().join("fuzz/found"), seeds })
    }

    /// Returns all targets.
    pub(super) fn targets(&self) -> Result<Vec<Target>> {
        let list = output(Command::new(&self.path).env_remove("FUZZ_TARGET"))?;
        let target = |line: &str| {
            let (name, longest) = line.split_once(' ')?;
            Some(Target { name: name.to_owned(), longest: longest.parse().ok()? })
        };
        Ok(list.lines().filter_map(target).collect())
    }

    /// Runs a target until the CPU time is used or the target fails.
    pub(super) fn attempt(&self, target: &Target, left: Duration) -> Result<Run> {
        let folder = self.folder.join("targets").join(&target.name);
        for name in ["corpus", "seeds", "artifacts"] {
            std::fs::create_dir_all(folder.join(name))
                .with_context(|| format!("cannot make {}", folder.display()))?;
        }
        let (log, cpu) = (folder.join("log"), folder.join("cpu"));
        std::fs::write(&cpu, "0")?;
        // The program writes the words before libFuzzer reads them.
        std::fs::write(folder.join("words"), "")?;
        let mut command = Command::new(&self.path);
        command.env("FUZZ_TARGET", &target.name).env("FUZZ_FOLDER", &folder);
        command.env("FUZZ_SEEDS", self.seeds.clone().unwrap_or_default());
        command.arg(folder.join("corpus")).arg(folder.join("seeds"));
        command.arg(format!("-artifact_prefix={}/", folder.join("artifacts").display()));
        command.arg(format!("-dict={}", folder.join("words").display()));
        for (name, value) in [
            ("max_total_time", left.as_secs().max(1)),
            ("max_len", target.longest),
            ("timeout", SLOW),
            ("rss_limit_mb", MEMORY),
            ("print_final_stats", 1),
        ] {
            command.arg(format!("-{name}={value}"));
        }
        let file = std::fs::File::create(&log).with_context(|| format!("cannot make {}", log.display()))?;
        let streams = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(file);
        let status = streams.status().with_context(|| format!("cannot run {}", self.path.display()))?;
        let log = String::from_utf8_lossy(&std::fs::read(&log)?).into_owned();
        let finding = self.keep(target, &folder.join("artifacts"))?;
        if !status.success() && finding.is_none() {
            bail!("the engine ended with {status} and without a finding: {log}");
        }
        let cpu = std::fs::read_to_string(cpu)?.parse().unwrap_or_default();
        Ok(Run {
            executions: figure(&log, "stat::number_of_executed_units:"),
            reached: figure(&log, " cov:"),
            edges: figure(&log, "INFO: Loaded 1 modules   ("),
            cpu: Duration::from_millis(cpu),
            findings: finding.into_iter().collect(),
        })
    }

    /// Moves the input that failed to those that are replayed, if there is one. The first line of its
    /// panic is in the log.
    fn keep(&self, target: &Target, artifacts: &Path) -> Result<Option<PathBuf>> {
        let mut kept = None;
        for entry in std::fs::read_dir(artifacts)? {
            let path = entry?.path();
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            // libFuzzer names files `crash-` or `timeout-` and a hash.
            let hash = name.rsplit_once('-').map_or(name.as_str(), |(_, hash)| hash);
            let new = self.found.join(format!("{}-{}", target.name, hash.get(..12).unwrap_or(hash)));
            std::fs::create_dir_all(&self.found)?;
            std::fs::rename(&path, &new).context("cannot keep a finding")?;
            kept = Some(new);
        }
        Ok(kept)
    }
}

fn output(command: &mut Command) -> Result<String> {
    let output = command.output().with_context(|| format!("cannot run {:?}", command.get_program()))?;
    if !output.status.success() {
        bail!("{:?} ended with {}", command.get_program(), output.status);
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}
