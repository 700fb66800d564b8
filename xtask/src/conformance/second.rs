//! The second judge: a Python program that reads the recorded calls with openapi-core.
//!
//! Input: the calls that the first judge recorded. Output: a verdict on each. The packages are
//! installed from PyPI into a virtual environment outside the source tree, in the locked versions.

use anyhow::{Context, Result, bail};
use serde::Deserialize;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

const PROGRAMS: [&str; 2] = ["second.py", "second_differs.py"];
const LOCK: &str = "requirements.txt";
/// The virtual environment, and a copy of the lock file, written after a successful installation.
const ENVIRONMENT: &str = "python";
const INSTALLED: &str = "python/installed.txt";
const SYSTEM_PYTHON: &str = if cfg!(windows) { "python" } else { "python3" };
const PYTHON: &str = if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" };

/// The second judge's verdict on one call.
#[derive(Debug, Deserialize)]
pub(super) struct Verdict {
    pub(super) operation: String,
    pub(super) matched: bool,
    pub(super) valid: bool,
    pub(super) equal: bool,
    /// The rules by which openapi-core deviates from the standard in this call. The call counts as
    /// correct.
    pub(super) differs: Vec<String>,
    pub(super) problems: Vec<String>,
}

/// Installs the packages that the lock file in `from` names into the folder `into`, unless they are
/// installed already.
pub(super) fn install(from: &Path, into: &Path) -> Result<()> {
    for program in PROGRAMS {
        fs::copy(from.join(program), into.join(program)).with_context(|| format!("cannot copy {program}"))?;
    }
    let locked = fs::read(from.join(LOCK)).with_context(|| format!("cannot read {LOCK}"))?;
    if fs::read(into.join(INSTALLED)).is_ok_and(|installed| installed == locked) {
        return Ok(());
    }
    run(Command::new(SYSTEM_PYTHON).args(["-m", "venv"]).arg(into.join(ENVIRONMENT)))?;
    let mut pip = Command::new(python(into));
    run(pip.args(["-m", "pip", "install", "--quiet", "--requirement"]).arg(from.join(LOCK)))?;
    fs::write(into.join(INSTALLED), locked).with_context(|| format!("cannot write {INSTALLED}"))
}

/// Judges the calls that were recorded beside `report`.
pub(super) fn judge(folder: &Path, document: &Path, samples: &Path, report: &Path) -> Result<Vec<Verdict>> {
    let mut command = Command::new(python(folder));
    command.arg(folder.join("second.py")).args([document, samples, report]);
    let output = command.output().context("cannot run Python")?;
    if !output.status.success() {
        let text = String::from_utf8_lossy(&output.stderr).into_owned();
        bail!("openapi-core: {}", text.lines().last().unwrap_or_default());
    }
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    text.lines().map(|line| serde_json::from_str(line).context("the verdict is no JSON")).collect()
}

fn python(folder: &Path) -> PathBuf {
    folder.join(ENVIRONMENT).join(PYTHON)
}

fn run(command: &mut Command) -> Result<()> {
    let status = command.stdin(Stdio::null()).status().context("cannot run Python")?;
    if !status.success() {
        bail!("Python could not install openapi-core");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #[test]
    fn each_package_has_one_version() {
        let locked = include_str!("../../conformance/requirements.txt");
        assert!(locked.lines().all(|line| line.contains("==")), "{locked}");
        assert!(locked.lines().any(|line| line == "openapi-core==0.23.1"));
    }
}
